"""A ledger that an older version wrote is read as it was meant: nothing that it remembers is made again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from offboard.columns import Cell
from offboard.ledger import Event
from offboard.tracker.ledger_tab import read_ledger
from offboard.tracker.tabs import LEDGER_HEADERS, SHEET_IDS
from offboard.workspace.sheets import Spreadsheet, Tab

STORED = sorted(Path(__file__).parent.glob("ledger_*.json"))  # one of each version that people have used


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_an_older_ledger_is_whole_and_remembers_everything(path: Path) -> None:
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = [tuple(Cell(value, str(value)) for value in row) for row in [LEDGER_HEADERS, *stored["rows"]]]
    tab = Tab(SHEET_IDS["Ledger"], "Ledger", tuple(rows))
    marks = {int(version): nonce for version, nonce in stored["marks"].items()}
    ledger = read_ledger(Spreadsheet(stored["spreadsheet"], "", "", "en_GB", "UTC", (tab,), marks), tab)
    made = {entry.key: entry for entry in ledger.below("bloom/") if entry.event is Event.MADE}
    assert {"bloom/folder", "bloom/call/draft", "bloom/feedback/draft", "bloom/share/maya@bloom.example"} <= set(made)
    assert len([key for key in made if key.startswith("bloom/reports/")]) == 7
    assert all(entry.value for entry in made.values())
    assert made["bloom/folder"].more["name"].startswith("Bloom Bakery – Offboarding")
    assert all(made[f"bloom/{step}/draft"].more["revision"] for step in ("call", "feedback"))
