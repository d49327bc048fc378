"""The tracker's tabs, as one batch."""

from __future__ import annotations

from typing import Any

from offboard.model import TABS, Setup, columns_of
from offboard.tracker.tabs import LEDGER_HEADERS, LOG_HEADERS, SHEET_IDS


def _row(texts: Any) -> dict[str, Any]:
    return {"values": [{"userEnteredValue": {"stringValue": text}} if text else {} for text in texts]}


def tracker_requests(locale: str, timezone: str, currency: str) -> list[dict[str, Any]]:
    """Everything that makes an empty spreadsheet a tracker."""
    requests: list[dict[str, Any]] = [
        {"updateSpreadsheetProperties": {"properties": {"locale": locale, "timeZone": timezone}, "fields": "locale,timeZone"}}
    ]
    for title, id in SHEET_IDS.items():
        if id:
            requests.append({"addSheet": {"properties": {"sheetId": id, "title": title}}})
        else:
            requests.append({"updateSheetProperties": {"properties": {"sheetId": 0, "title": title}, "fields": "title"}})
        if title in ("Log", "Ledger"):
            rows = [_row(LOG_HEADERS if title == "Log" else LEDGER_HEADERS)]
        elif title == "Setup":
            rows = [_row(("What", "Yours", "Used for"))] + [_row((c.header, "", c.note)) for c in columns_of(Setup).values()]
        elif title in TABS:
            rows = [_row([c.header for c in columns_of(TABS[title]).values() if not c.extra])]
        else:
            continue
        requests.append({"updateCells": {"start": {"sheetId": id, "rowIndex": 0, "columnIndex": 0}, "rows": rows, "fields": "userEnteredValue"}})
    return requests
