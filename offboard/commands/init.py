"""`offboard init`: make the tracker, once; an existing one of ours is found before a second is made."""

from __future__ import annotations

import locale as system_locale
import os
from pathlib import Path

import click
from babel.numbers import list_currencies

from offboard.commands.output import Invocation, with_options
from offboard.commands.session import new_nonce, now, open_connection
from offboard.config import save_setting
from offboard.errors import Exit, UsageError
from offboard.tracker.init import MadeTracker, make_tracker


@click.command()
@click.option("--locale", help="How dates and amounts are written, such as en_GB or de_DE.")
@click.option("--timezone", help="Such as Europe/Berlin.")
@click.option("--currency", default="", help="Of amounts that name none, such as EUR.")
@click.option("--fresh", is_flag=True, help="Make a new one although there is one.")
@with_options
def init(invocation: Invocation, locale: str | None, timezone: str | None, currency: str, fresh: bool) -> int:
    """Make your tracker: a spreadsheet in your Drive. An existing one is found, not made again."""
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
