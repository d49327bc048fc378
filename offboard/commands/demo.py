"""`offboard demo`: a whole goodbye on a pretend Google account, from plan to "nothing to do"."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from offboard.commands.plan import plan
from offboard.commands.rehearsal import seed, start_home
from offboard.commands.run import run
from offboard.commands.status import status


@click.command()
def demo() -> None:
    """Watch a whole goodbye on a pretend Google account (1 minute). Nothing leaves this computer."""
    for name in ("OFFBOARD_ORIGIN", "OFFBOARD_TRACKER"):  # these would win over the demo's own settings
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="offboard-demo-") as folder:
        home = Path(folder)
        os.environ["OFFBOARD_HOME"] = folder
        with start_home(home) as sandbox:
            seed(sandbox.origin, home)
            for command, words in (
                (plan, ["bloom"]),
                (run, ["bloom", "--yes"]),
                (run, ["bloom", "--yes"]),
                (status, []),
            ):
                click.secho(f"$ offboard {' '.join([command.name or '', *words])}", bold=True)
                before = len(sandbox.requests)
                code = command.main(words, standalone_mode=False)
                if code:
                    raise click.exceptions.Exit(code)
                seen = sandbox.requests[before:]
                writes = sum(request["method"] != "GET" for request in seen)
                requests = "1 request" if len(seen) == 1 else f"{len(seen)} requests"
                click.echo(f"  ({requests} to Google, {writes or 'none'} of them to write)\n")
    click.echo("That was all on this computer. With your own Google account:  offboard setup")
