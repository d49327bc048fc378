"""The layout: the one batch that makes an empty spreadsheet into a tracker, all of it or nothing."""

from __future__ import annotations

from offboard.tracker.colours import colour_requests, outcome_colour_requests
from offboard.tracker.log_tabs import LEDGER_SHAPE, LOG_SHAPE, ledger_requests, log_requests
from offboard.tracker.records import record_requests, record_shapes
from offboard.tracker.region import get_region
from offboard.tracker.setup_tab import setup_requests, setup_shape
from offboard.tracker.tabs import RECORDS
from offboard.tracker.today import today_requests, today_rules, today_shape
from offboard.workspace.sheet_requests import SheetRequest, add_tab, reshape_tab, set_region


def tracker_requests(locale: str, timezone: str, currency: str = "") -> list[SheetRequest]:
    """What makes a new spreadsheet, whose only tab is blank and has the id 0, into the tracker.

    Without a currency, amounts that name none are in the locale's own.
    """
    region = get_region(locale, currency)
    return [
        set_region(locale, timezone),
        reshape_tab(today_shape()),
        # every tab is there before a formula or a dropdown speaks of it
        *(add_tab(shape) for shape in (*record_shapes(), setup_shape(), LOG_SHAPE, LEDGER_SHAPE)),
        *today_requests(region),
        *today_rules(),
        *(request for tab in RECORDS for request in record_requests(tab, region)),
        *setup_requests(region),
        *log_requests(),
        *ledger_requests(),
        *(request for tab in RECORDS for request in colour_requests(tab)),
        *outcome_colour_requests(),
    ]
