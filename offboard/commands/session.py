"""From a command's options to a Place: the home's settings, the connection, the templates, the clock."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from offboard.commands.output import Invocation
from offboard.emails.templates import load_templates
from offboard.engine.look import Place
from offboard.platforms import load_platforms
from offboard.workspace.google import Patience
from offboard.workspace.workspace import Workspace, open_workspace


def open_connection(invocation: Invocation) -> Workspace:
    """The signed-in person's Google Workspace."""
    patience = Patience(
        invocation.config.timeout.value,
        clock=invocation.clock,
        sleep=invocation.clock.sleep,
        on_wait=invocation.say_waiting,
        on_found=invocation.say_found,
    )
    return open_workspace(invocation.config, patience)


def open_place(invocation: Invocation) -> Place:
    """Where this command looks and works; NotReadyError where something is not set up yet."""
    config = invocation.config
    templates, platforms = load_templates(config.home), load_platforms(config.home)
    workspace, clock = open_connection(invocation), invocation.clock.now
    return Place(workspace, config.tracker.value, templates, clock, config.home, platforms)


def now(zone: ZoneInfo) -> datetime:
    """The present moment in a time zone."""
    return datetime.now(zone)


def new_nonce() -> str:
    """A name for this run, different from every other."""
    return secrets.token_hex(4)
