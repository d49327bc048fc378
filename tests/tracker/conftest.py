"""A tracker as `init` lays it out, in a person's hands, on Thursday 21 May 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from offboard.sandbox.accounts import OWNER
from offboard.sandbox.control import person_token
from offboard.sandbox.server import Sandbox
from offboard.tracker.layout import tracker_requests
from offboard.tracker.tabs import letter_of
from offboard.workspace.sheet_requests import Look
from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Json, Workbook


@pytest.fixture
def lay_out(sandbox: Sandbox) -> Callable[[str], Workbook]:
    """Make a spreadsheet the tracker of a locale."""
    sandbox.state.clock.set(datetime(2026, 5, 21, 7, tzinfo=UTC))

    def make(locale: str) -> Workbook:
        book = Workbook(Caller(sandbox.origin, person_token(sandbox, OWNER)))
        book.batch(*tracker_requests(locale, "Europe/Berlin"))
        return book

    return make


@pytest.fixture
def tracker(lay_out: Callable[[str], Workbook]) -> Workbook:
    """A British tracker without any client."""
    return lay_out("en_GB")


def address(tab: str, field: str, row: int) -> str:
    """Where a field stands in a row."""
    return f"{tab}!{letter_of(tab, field)}{row}"


def shown_look(cell: Json) -> Look:
    """How a cell is shown: its colours, and whether it is bold or in italics."""
    shown = cell["effectiveFormat"]
    text = shown["textFormat"]
    ground, ink = (
        _hexadecimal(part["rgbColor"]) for part in (shown["backgroundColorStyle"], text["foregroundColorStyle"])
    )
    return Look(ground=ground, ink=ink, bold=text["bold"], italic=text["italic"])


def _hexadecimal(colour: Json) -> str:
    return "#" + "".join(f"{round(255 * colour.get(part, 0)):02x}" for part in ("red", "green", "blue"))
