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
                command.main([*words, "--home", str(home)], standalone_mode=False)
                writes = [r for r in sandbox.requests[before:] if r["method"] != "GET"]
                click.echo(f"  ({len(sandbox.requests) - before} requests to Google, {len(writes)} of them write)\n")
    click.echo("That was all on this computer. With your own Google account:  offboard setup")
