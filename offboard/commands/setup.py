"""`offboard setup`: credentials found and checked, sign-in, tracker made and opened; each only where it is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from offboard.commands.auth import let_sign_in
from offboard.commands.init import create_tracker
from offboard.commands.output import Invocation, with_options
from offboard.commands.session import open_connection
from offboard.errors import Exit, NotReadyError
from offboard.workspace.auth import check_credentials, find_sign_in

BEFORE_GOOGLE = """\
Google's pages come next. They will show
  1. “Choose an account”: the one whose Drive and Gmail you work with
  2. “Google hasn't verified this app”: it is your own app; press Advanced,
     then “Go to offboard (unsafe)”
  3. Boxes to tick: leave all of them ticked"""


@click.command()
@click.option("--no-browser", is_flag=True, help="Print addresses instead of opening a browser.")
@with_options
def setup(invocation: Invocation, no_browser: bool) -> int:
    """Connect your Google account and make your tracker; goes on where it stopped."""
    _bring_credentials(invocation)
    check_credentials(invocation.config)
    if find_sign_in(invocation.config) is None:
        invocation.say(BEFORE_GOOGLE)
        if invocation.can_ask and not click.confirm("Go on?", default=True, err=True):
            return Exit.OK
        let_sign_in(invocation, no_browser=no_browser)
    _, email = open_connection(invocation).drive.get_person()
    tracker = create_tracker(invocation)
    if invocation.json:
        invocation.print_json(
            "setup", {"email": email, "tracker": tracker.id, "url": tracker.url, "made": tracker.made}
        )
        return Exit.OK
    done = invocation.marks["ok"]
    told = "made" if tracker.made else "found"
    invocation.print_lines(
        [
            f"  {done} signed in as {email}",
            f"  {done} tracker {told}:",
            f"    {tracker.url}",
            "",
            "Type your clients into its tab Clients, then:  offboard plan CLIENT",
        ]
    )
    if invocation.can_ask and not no_browser:
        click.launch(tracker.url)
    return Exit.OK


def _bring_credentials(invocation: Invocation) -> None:
    """Find the file that Google's console downloaded, and copy it into the home."""
    target = invocation.config.credentials
    if target.exists():
        return
    found = sorted((Path.home() / "Downloads").glob("client_secret_*.json"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise NotReadyError(
            f"There are no credentials yet: {target}",
            "Make an app of your own at Google: the README says how, in five lines. Then run `offboard setup` again.",
        )
    if invocation.can_ask and not invocation.confirm(f"Use {found[-1]}?"):
        raise NotReadyError("No credentials were chosen.", f"Put the file there yourself: {target}")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(found[-1], target)
    target.chmod(0o600)
