"""How a person says that something is to be made anew: the command, as it is typed."""

from __future__ import annotations

from offboard.model import Client


def make_anew(client: Client, step: str) -> str:
    """`offboard run bloom --again end-date`."""
    return f"offboard run {client.short} --again {step.replace(' ', '-')}"
