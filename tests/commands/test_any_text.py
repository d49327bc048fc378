"""Any text in any cell, header, template and file name: said or shown as text, and it never becomes anything else."""

from __future__ import annotations

import base64
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from offboard.commands.rehearsal import STATE, write_home
from offboard.errors import Exit
from offboard.sandbox.server import Sandbox
from offboard.tracker.tabs import RECORDS, SHEET_IDS, columns_made
from tests.discovery import Witness
from tests.emails.test_injection import EVIL, Tags
from tests.rehearsal import Rehearsal, copy_home

COMMANDS = ("run bloom --yes", "plan bloom", "status bloom", "invoices bloom", "next bloom", "timetable bloom",
            "verify bloom", "run bloom --yes")  # fmt: skip
OURS = ("Log", "Ledger")  # tabs that the program alone writes
HEADERS = {"to", "subject", "mime-version", "content-type", "x-offboard-key", "x-offboard-written"}
GMAILS = {"message-id", "from", "date"}
TAGS = {"html", "body", "div", "p", "br", "ol", "ul", "li", "a", "strong", "em", "h1", "h2"}
OWN_TAGS = TAGS | {"h3", "blockquote", "hr", "pre", "code", "img"}  # what Markdown in the person's own template makes
ATTRIBUTES = {"style", "href", "start", "title", "src", "alt", "class"}
FORMULAS = ("=1+1", '=IMPORTXML("http://evil.example";"//a")', "+1", "@SUM(1)", "-2", "'=1")
CELLS = [(tab, field) for tab in RECORDS for field in columns_made(tab)] + [
    ("Setup", str(row)) for row in range(2, 14)
]  # a tab, and a column's field; of Setup, a row
texts = st.text(max_size=60) | st.sampled_from(
    [*EVIL, *FORMULAS, "\x00", "\ud7ff\ufffe", "../../etc/passwd", "a" * 300]
)
typed = st.dictionaries(st.sampled_from(CELLS), texts, max_size=5)
headers = st.dictionaries(st.sampled_from(RECORDS), texts, max_size=1)
names = st.lists(texts.filter(lambda name: name != ""), max_size=3)
lines = st.lists(texts | st.sampled_from(["{{ client }}", "{% if agenda %}", "{% endif %}", "{{", "{{ nothing }}"]))


def _write(sheet: int, row: int, column: int, text: str) -> dict[str, Any]:
    """The text itself, as a paste of plain text leaves it: nothing of it is read as a date or a formula."""
    cell = {"userEnteredValue": {"stringValue": text}} if text else {}
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"rows": [{"values": [cell]}], "fields": "userEnteredValue,chipRuns", "start": start}}


def _place(tab: str, field: str) -> tuple[int, int]:
    return (int(field) - 1, 1) if tab == "Setup" else (1, list(columns_made(tab)).index(field))


def _scribble(rehearsal: Rehearsal, cells: dict[tuple[str, str], str], heads: dict[str, str]) -> None:
    changes = [_write(SHEET_IDS[tab], *_place(tab, field), text) for (tab, field), text in cells.items()]
    changes += [_write(SHEET_IDS[tab], 0, 1 + len(text) % 4, text) for tab, text in heads.items()]
    if changes:
        rehearsal.person.ask("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", {"requests": changes})


def _upload(rehearsal: Rehearsal, names: list[str]) -> None:
    """Reports of these names, in the folder that the client's row links to."""
    found = rehearsal.get("/drive/v3/files?q=name = 'Bloom reports'&fields=files(id)")["files"][0]["id"]
    for name in names:
        rehearsal.person.upload(name, name.encode(), "text/plain", found)


def _check_tracker(rehearsal: Rehearsal) -> None:
    """What the program wrote into the sheet is text or a number: no formula."""
    fields = "sheets/data/rowData/values/userEnteredValue"
    ranges = "&".join(f"ranges={tab}" for tab in OURS)
    found = rehearsal.get(f"/v4/spreadsheets/{rehearsal.tracker}?{ranges}&fields={fields}")
    values = [
        cell.get("userEnteredValue", {})
        for sheet in found["sheets"]
        for data in sheet["data"]
        for row in data.get("rowData", [])
        for cell in row.get("values", [])
    ]
    assert not [value for value in values if "formulaValue" in value]


def _check_letters(rehearsal: Rehearsal, tags: set[str]) -> None:
    """Every header is ours or Gmail's and stands there once, there is one reader, the HTML has these tags alone."""
    for listed in rehearsal.get("/gmail/v1/users/me/drafts").get("drafts", []):
        raw = rehearsal.get(f"/gmail/v1/users/me/drafts/{listed['id']}?format=raw")["message"]["raw"]
        letter = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
        keys = [key.lower() for key in letter]
        assert len(keys) == len(set(keys)), keys
        assert set(keys) <= HEADERS | GMAILS, keys
        assert len(letter["To"].addresses if letter["To"] else ()) <= 1
        page = letter.get_body(("html",))
        if page:
            seen = Tags()
            seen.feed(page.get_content())
            assert {tag for tag, _ in seen.tags} <= tags
            assert {name for _, attributes in seen.tags for name, _ in attributes} <= ATTRIBUTES


@pytest.mark.parametrize("examples", [8, pytest.param(200, marks=pytest.mark.every)])
def test_any_text_anywhere_is_said_or_shown_and_never_becomes_anything_else(
    examples: int, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=examples, deadline=None, derandomize=examples == 8, suppress_health_check=list(HealthCheck))
    @example({("Clients", "name"): "=1+1\r\nBcc: evil@evil.example"}, {}, ["=1+1.txt", "../../x\n"], [])
    @example({("Invoices", "number"): "<b>=1</b>", ("Setup", "4"): "</div><script>"}, {"Access": "=1"}, [], [])
    @example({("Clients", "contact"): "![a](http://evil.example/x.png)"}, {}, [], [])
    @given(typed, headers, names, lines)
    def check(cells: dict[tuple[str, str], str], heads: dict[str, str], files: list[str], words: list[str]) -> None:
        home, witness = tmp_path_factory.mktemp("text") / "home", Witness()
        copy_home(template, home)
        with Sandbox(home / STATE, witness=witness) as sandbox:
            write_home(home, sandbox)
            rehearsal = Rehearsal(sandbox, home)
            _upload(rehearsal, files)
            _scribble(rehearsal, cells, heads)
            if words:
                (home / "templates").mkdir()
                text = "\n".join(["Subject: {{ client }}", "", *words])
                (home / "templates" / "handover.md.j2").write_text(text, encoding="utf-8", newline="")
            for command in COMMANDS:
                result = rehearsal.offboard(*command.split())
                assert result.exit_code in set(Exit), result.output
                assert "Something went wrong inside" not in result.output, result.output
                assert "Traceback" not in result.output, result.output
            _check_tracker(rehearsal)
            _check_letters(rehearsal, OWN_TAGS if words else TAGS)
        assert not witness.violations

    check()
