"""`offboard demo`: a whole goodbye on a pretend Google account, from plan to "officially offboarded"."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from offboard.commands.invoices import invoices
from offboard.commands.next import next_
from offboard.commands.plan import plan
from offboard.commands.rehearsal import go_on, seed, start_home
from offboard.commands.run import run
from offboard.commands.status import status
from offboard.demo.goodbye import WORDS

BLOOM = ["bloom"]


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
            for command, words in ((plan, BLOOM), (run, [*BLOOM, "--yes"]), (run, [*BLOOM, "--yes"])):
                _show(sandbox.requests, command, words)
            click.secho(f"# {WORDS}\n", bold=True)
            go_on(sandbox.origin, home)
            for command, words in (
                (run, [*BLOOM, "--yes"]),
                (run, [*BLOOM, "--yes"]),
                (status, BLOOM),
                (invoices, []),
                (next_, []),
            ):
                _show(sandbox.requests, command, words)
    click.echo("That was all on this computer. With your own Google account:  offboard setup")


def _show(requests: Sequence[Mapping[str, Any]], command: click.Command, words: list[str]) -> None:
    """Type one command, and count what it asked of Google."""
    click.secho(f"$ offboard {' '.join([command.name or '', *words])}", bold=True)
    before = len(requests)
    code = command.main(words, standalone_mode=False)
    if code:
        raise click.exceptions.Exit(code)
    seen = requests[before:]
    writes = sum(request["method"] != "GET" for request in seen)
    asked = "1 request" if len(seen) == 1 else f"{len(seen)} requests"
    click.echo(f"  ({asked} to Google, {writes or 'none'} of them to write)\n")
