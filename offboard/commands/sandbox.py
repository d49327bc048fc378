"""`offboard sandbox`: a pretend Google account on this computer, with a complete home to rehearse with."""

from __future__ import annotations

import shlex
import signal
import threading
import webbrowser
from pathlib import Path

import click

from offboard.commands.door import open_door
from offboard.commands.rehearsal import STATE, UNFINISHED, seed_once, start_home
from offboard.errors import Exit


@click.command()
@click.option("--home", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where its home goes.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; default: the one it had, else a free one.")
@click.option("--empty", is_flag=True, help="Begin without the sample clients.")
@click.option("--open", "open_desk", is_flag=True, help="Show it in your browser: Drive, mail, the tracker.")
def sandbox(home: Path, port: int | None, empty: bool, open_desk: bool) -> int:
    """A pretend Google account to rehearse with; runs until ^C and remembers everything."""
    home = home.expanduser().resolve()
    with open_door(as_json=False, debug=False, home=home):
        fresh = not (home / STATE).exists() or (home / UNFINISHED).exists()
        with start_home(home, port) as server:
            if fresh and not empty:
                seed_once(server, home)
            stop = _listen_for_interrupt()
            click.echo(f"ready: {server.origin}")
            click.echo(f"export OFFBOARD_HOME={shlex.quote(str(home))}")
            click.echo("Paste that line into another window, then: offboard plan bloom. ^C ends it.", err=True)
            click.echo(f"Look at it all, and as your client: {server.origin}/", err=True)
            if open_desk:
                webbrowser.open(server.origin)
            while not stop.wait(3600):
                continue
    return Exit.OK


def _listen_for_interrupt() -> threading.Event:
    """An event that is set when somebody presses ^C or ends the process politely."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
