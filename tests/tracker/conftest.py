"""A tracker as `init` lays it out, in a person's hands, on Thursday 21 May 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from offboard.sandbox.accounts import OWNER
from offboard.sandbox.control import person_token
from offboard.sandbox.server import Sandbox
from offboard.tracker.layout import tracker_requests
from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook


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
