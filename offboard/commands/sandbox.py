"""`offboard sandbox`: a pretend Google account on this computer, with a complete home to rehearse with."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from offboard.commands.door import open_door
from offboard.config import load_config, save_setting, write_private
from offboard.errors import Exit, OffboardError
from offboard.sandbox.accounts import OWNER
from offboard.sandbox.oauth.clients import CLIENT_ID, format_credentials, get_client
from offboard.sandbox.oauth.refresh import sign_in
from offboard.sandbox.oauth.tokens import LIFETIME
from offboard.sandbox.server import Sandbox
from offboard.workspace.auth import SCOPES

STATE = "sandbox.sqlite"


@click.command()
@click.option("--home", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where its home goes.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; default: the one it had, else a free one.")
@click.option("--empty", is_flag=True, help="Begin without the sample clients.")
def sandbox(home: Path, port: int | None, empty: bool) -> int:
    """A pretend Google account to rehearse with; runs until ^C and remembers everything."""
    home = home.expanduser().resolve()
    with open_door(as_json=False, debug=False, home=home):
        begun = (home / STATE).exists()
        with start_home(home, port) as server:
            if not begun and not empty:
                from offboard.commands.demo import seed  # it imports this module

                seed(server.origin, home)
            click.echo(f"ready: {server.origin}")
            click.echo(f"export OFFBOARD_HOME={home}")
            click.echo("Paste that line into another window, then: offboard plan bloom. ^C ends it.", err=True)
            _wait_for_interrupt()
    return Exit.OK


@contextlib.contextmanager
def start_home(home: Path, port: int | None = None) -> Iterator[Sandbox]:
    """A running sandbox whose state lies in this home, and the home signed in to it."""
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


def write_home(home: Path, server: Sandbox, email: str = OWNER) -> None:
    """Settings, credentials and a sign-in, as the ordinary flow would leave them."""
    save_setting(home, "origin", server.origin)
    credentials = format_credentials(get_client(server.state, CLIENT_ID), server.origin)
    write_private(home / "credentials.json", json.dumps(credentials, indent=2) + "\n")
    access, refresh = sign_in(server.state, email, CLIENT_ID, SCOPES)
    app = credentials["installed"]
    expiry = datetime.now(UTC) + timedelta(seconds=LIFETIME)
    token = {
        "token": access,
        "refresh_token": refresh,
        "token_uri": app["token_uri"],
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "scopes": sorted(SCOPES),
        "expiry": expiry.replace(tzinfo=None).isoformat(),
    }
    write_private(home / "token.json", json.dumps(token, indent=2) + "\n")


def _wait_for_interrupt() -> None:
    """Return when somebody presses ^C or ends the process politely."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(3600):
        continue
