"""A home with a sandbox of its own: the only place that opens the sandbox, for the demo, the tests and a rehearsal."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from offboard.commands.init import create_tracker
from offboard.commands.output import Invocation
from offboard.commands.session import now
from offboard.config import load_config, save_setting, write_private
from offboard.demo.person import Person
from offboard.demo.sample import seed_drive, seed_tracker
from offboard.errors import OffboardError, UsageError
from offboard.sandbox.accounts import OWNER
from offboard.sandbox.oauth.clients import CLIENT_ID, format_credentials, get_client
from offboard.sandbox.oauth.refresh import sign_in
from offboard.sandbox.oauth.tokens import LIFETIME
from offboard.sandbox.server import Sandbox
from offboard.workspace.auth import SCOPES

ZONE = "Europe/Berlin"  # the sample tracker's
STATE = "sandbox.sqlite"
UNFINISHED = "sandbox.unfinished"  # lies there while the sample clients are being typed in


@contextlib.contextmanager
def start_home(home: Path, port: int | None = None) -> Iterator[Sandbox]:
    """A running sandbox whose state lies in this home, and the home signed in to it."""
    _refuse_real_home(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if port is None:
        port = urlsplit(load_config(home, {}).origin.value).port or 0
    try:
        server = Sandbox(home / STATE, port)
    except OSError as error:
        raise OffboardError(
            f"Port {port} is in use: another sandbox, perhaps this one's, is running.",
            "Stop that one, or name another port: --port 0 takes a free one.",
        ) from error
    with server:
        write_home(home, server)
        yield server


def _refuse_real_home(home: Path) -> None:
    for name in ("credentials.json", "token.json"):
        path = home / name
        if path.exists() and re.search(r'"token_uri":\s*"https://', path.read_text(encoding="utf-8", errors="replace")):
            raise UsageError(
                f"{home} belongs to your real Google account; a rehearsal would overwrite its sign-in.",
                "Name another folder: offboard sandbox --home ~/offboard-rehearsal",
            )


def write_home(home: Path, server: Sandbox, email: str = OWNER, extras: Iterable[str] = ()) -> None:
    """Settings, credentials and a sign-in, as the ordinary flow would leave them; `extras`: more scopes."""
    save_setting(home, "origin", server.origin)
    credentials = format_credentials(get_client(server.state, CLIENT_ID), server.origin)
    write_private(home / "credentials.json", json.dumps(credentials, indent=2) + "\n")
    scopes = (*SCOPES, *extras)
    access, refresh = sign_in(server.state, email, CLIENT_ID, scopes)
    app = credentials["installed"]
    expiry = datetime.now(UTC) + timedelta(seconds=LIFETIME)
    token = {
        "token": access,
        "refresh_token": refresh,
        "token_uri": app["token_uri"],
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "scopes": sorted(scopes),
        "expiry": expiry.replace(tzinfo=None).isoformat(),
    }
    write_private(home / "token.json", json.dumps(token, indent=2) + "\n")


def act_as_owner(server: Sandbox) -> Person:
    """The freelancer in Google's own pages."""
    return Person(server.origin, OWNER)


def seed_once(server: Sandbox, home: Path) -> None:
    """Fill a fresh sandbox; one that was interrupted in the midst of it begins anew the next time."""
    server.state.reset()
    (home / UNFINISHED).touch()
    seed(server.origin, home)
    (home / UNFINISHED).unlink()


def seed(origin: str, home: Path) -> None:
    """Fill a fresh sandbox: report files and sample rows by a person's hand, the tracker by init's own code."""
    person = Person(origin, OWNER)
    reports = seed_drive(person)
    invocation = Invocation(load_config(home, {}), quiet=True)
    tracker = create_tracker(invocation, locale="en_GB", timezone=ZONE, currency="EUR")
    seed_tracker(person, tracker.id, reports, now(ZoneInfo(ZONE)).date())
