"""A home signed in to a sandbox, and what may happen to that sign-in."""

from __future__ import annotations

from pathlib import Path

from offboard.commands.rehearsal import write_home
from offboard.sandbox.server import Sandbox


def home_of(sandbox: Sandbox, home: Path) -> Path:
    """A home signed in to this sandbox."""
    write_home(home, sandbox)
    return home


def end_access_tokens(sandbox: Sandbox) -> None:
    """Every access token ends now; the sign-ins themselves go on."""
    with sandbox.state.transaction():
        sandbox.state.db.execute("DELETE FROM access_tokens")
