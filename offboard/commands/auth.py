"""`offboard auth`: sign in or out, and see which account and permissions."""

from __future__ import annotations

from collections.abc import Collection

import click

from offboard.commands.output import Invocation, with_options
from offboard.commands.session import open_connection
from offboard.errors import Exit, SignedOutError, UsageError
from offboard.workspace.auth import CALENDAR, EXTRAS, LOGIN, SCOPES, SignIn, find_sign_in, sign_in, sign_out
from offboard.workspace.failures import AUDIENCE

LOGIN_CALENDAR = "offboard auth login --calendar"


@click.group()
def auth() -> None:
    """Sign in or out; see which account and permissions."""


@auth.command()
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening a browser.")
@click.option("--calendar", is_flag=True, help="Allow calls in your Google calendar, too, with a Meet link.")
@with_options
def login(invocation: Invocation, no_browser: bool, calendar: bool) -> int:
    """Sign in with Google, in your browser."""
    let_sign_in(invocation, no_browser=no_browser, extras={CALENDAR} if calendar else ())
    name, email = open_connection(invocation).drive.get_person()
    if invocation.json:
        invocation.print_json("auth login", {"email": email, "name": name})
    else:
        invocation.print_lines(
            [f"Signed in as {email}.", "Next:  offboard init" if not invocation.config.tracker.value else ""]
        )
    return Exit.OK


def let_sign_in(invocation: Invocation, *, no_browser: bool, extras: Collection[str] = ()) -> None:
    """Show the person Google's page, and wait until it is answered; what was allowed besides before is kept."""
    if invocation.no_input and not no_browser:
        raise UsageError("Signing in needs a person and a browser.", "Type it without --no-input: offboard auth login")
    how = "Open this address in your browser" if no_browser else "Your browser opens Google's page. If not, open this"

    def show(address: str) -> None:
        click.echo(f"{how}, and sign in:\n{address}\n", err=invocation.json)

    wanted = {*extras, *(EXTRAS.keys() & set(_granted(invocation)))}
    sign_in(invocation.config, open_browser=not no_browser, show=show, extras=sorted(wanted))


def _granted(invocation: Invocation) -> tuple[str, ...]:
    """What the sign-in before this one was given; nothing where it cannot be read any more."""
    try:
        stored = find_sign_in(invocation.config)
    except SignedOutError:
        return ()
    return stored.granted if stored else ()


@auth.command()
@with_options
def status(invocation: Invocation) -> int:
    """Which account is signed in, and what it allowed."""
    stored = find_sign_in(invocation.config)
    if stored is None:
        raise SignedOutError("You are not signed in.", LOGIN)
    name, email = open_connection(invocation).drive.get_person()
    where = invocation.config.origin
    if invocation.json:
        body = {
            "email": email,
            "name": name,
            "granted": list(stored.granted),
            "expires": stored.expires.isoformat() if stored.expires else None,
            "home": str(invocation.config.home),
            "tracker": invocation.config.tracker.value or None,
            "origin": where.value or None,
        }
        invocation.print_json("auth status", body)
        return Exit.OK
    lines = [f"Signed in as {name} <{email}>", "", "offboard may"]
    allowed = [words for scope, words in (SCOPES | EXTRAS).items() if scope in stored.granted]
    lines += [f"  {invocation.marks['ok']} {words}" for words in allowed]
    if CALENDAR not in stored.granted:
        lines += ["", "Your calls in your Google calendar, with a Meet link?", f"  {LOGIN_CALENDAR}"]
    lines += ["", f"Home:     {invocation.config.home}"]
    lines.append(f"Tracker:  {invocation.config.tracker.value or 'none yet: offboard init'}")
    if where.value:
        lines.append(f"Google:   pretended at {where.value} ({where.source})")
    invocation.print_lines([*lines, *_how_long(stored)])
    return Exit.OK


def _how_long(stored: SignIn) -> list[str]:
    until = f" (next: {stored.expires.astimezone():%H:%M})" if stored.expires else ""
    return [
        f"Sign-in:  renews itself every hour{until} until you sign out.",
        "",
        "Ended after 7 days? Your app is still in “Testing”: publish it, sign in again:",
        f"  {AUDIENCE}",
    ]


@auth.command()
@with_options
def logout(invocation: Invocation) -> int:
    """Sign out: Google forgets this sign-in, and it is deleted here."""
    gone = sign_out(invocation.config)
    if invocation.json:
        invocation.print_json("auth logout", {"signed_out": gone})
    else:
        invocation.print_lines(["Signed out." if gone else "You were not signed in."])
    return Exit.OK
