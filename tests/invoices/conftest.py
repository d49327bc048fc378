"""A cron job for every test."""

from __future__ import annotations

import pytest

from tests.invoices.cron import Cron
from tests.rehearsal import Rehearsal


@pytest.fixture
def cron(rehearsal: Rehearsal) -> Cron:
    """The demo's Workspace on a Monday morning in May, with a way to be paid."""
    made = Cron(rehearsal)
    return made.on(made.moment.date())
