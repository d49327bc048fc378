"""`offboard init`: make the tracker, once; an existing one of ours is found before a second is made."""

from __future__ import annotations

import locale as system_locale
import os
from pathlib import Path

import click
from babel.numbers import list_currencies

from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import row
from offboard.commands.session import new_nonce, now, open_connection, open_place
from offboard.config import save_setting
from offboard.engine.update import update_tracker
from offboard.errors import Exit, UsageError
from offboard.tracker.init import MadeTracker, make_tracker
from offboard.tracker.update import Update


@click.command()
@click.option("--locale", help="How dates and amounts are written, such as en_GB or de_DE.")
@click.option("--timezone", help="Such as Europe/Berlin.")
@click.option("--currency", default="", help="Of amounts that name none, such as EUR.")
@click.option("--fresh", is_flag=True, help="Make a new one although there is one.")
@click.option("--update", is_flag=True, help="Bring an older tracker up to date; shows how, and asks first.")
@click.option("--yes", is_flag=True, help="Bring it up to date without asking.")
@with_options
def init(
    invocation: Invocation,
    locale: str | None,
    timezone: str | None,
    currency: str,
    fresh: bool,
    update: bool,
    yes: bool,
) -> int:
    """Make your tracker: a spreadsheet in your Drive. An existing one is found, not made again."""
    if update:
        return _bring_up_to_date(invocation, yes=yes)
    if currency and currency.upper() not in list_currencies():
        raise UsageError(f"“{currency}” is no currency.", "Write it like EUR.")
    tracker = create_tracker(
        invocation,
        locale=locale or _own_locale(),
        timezone=timezone or _own_timezone(),
        currency=currency,
        fresh=fresh,
    )
    if invocation.json:
        invocation.print_json("init", {"tracker": tracker.id, "url": tracker.url, "made": tracker.made})
        return Exit.OK
    told = "Your tracker is made." if tracker.made else "Your tracker is there already."
    invocation.print_lines(
        [told, f"  {tracker.url}", "", "Type a client into the tab Clients, then:  offboard plan CLIENT"]
    )
    return Exit.OK


def _bring_up_to_date(invocation: Invocation, *, yes: bool) -> int:
    def ask(update: Update) -> bool:
        if not invocation.json:
            lines = (line for tab, does in update.does for line in row(tab, does))
            invocation.print_lines(["Your tracker gets this. No cell that you typed is touched.", *lines, ""])
        if not yes and not invocation.can_ask:
            raise UsageError(
                "There is nobody to ask here. Nothing was changed.", "Add --yes: offboard init --update --yes"
            )
        return yes or invocation.confirm("Do it?")

    update = update_tracker(open_place(invocation), new_nonce(), ask)
    if invocation.json:
        told = [{"tab": tab, "what": does} for tab, does in update.does] if update else []
        invocation.print_json("init", {"updated": update is not None, "done": told})
    else:
        invocation.print_lines(
            ["Your tracker is up to date.", "See it:  offboard open tracker"] if update else ["Nothing was changed."]
        )
    return Exit.OK


def create_tracker(
    invocation: Invocation, *, locale: str = "", timezone: str = "", currency: str = "", fresh: bool = False
) -> MadeTracker:
    """The tracker of this home: the one that config names, one of ours in Drive, or a new one; config remembers it."""
    config = invocation.config
    workspace = open_connection(invocation)
    tracker = make_tracker(
        workspace.drive,
        workspace.sheets,
        known="" if fresh else config.tracker.value,
        fresh=fresh,
        locale=locale or _own_locale(),
        timezone=timezone or _own_timezone(),
        currency=currency,
        nonce=new_nonce(),
        clock=now,
    )
    if config.tracker.value != tracker.id:
        save_setting(config.home, "tracker", tracker.id)
    return tracker


def _own_locale() -> str:
    found = system_locale.getlocale()[0] or ""
    return found if "_" in found else "en_GB"


def _own_timezone() -> str:
    zone = os.environ.get("TZ", "").lstrip(":")
    if zone:
        return zone
    place = Path("/etc/localtime").resolve().as_posix()
    return place.partition("/zoneinfo/")[2] or "UTC"
