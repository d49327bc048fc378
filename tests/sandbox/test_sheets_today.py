"""The tracker's Today tab: its very formulas compute what a freelancer wants to see in the morning."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area

ROW = {
    "J": '=IFERROR(INDEX(FILTER(Clients!$A:$A;ROW(Clients!$A:$A)>1;Clients!$A:$A<>"";'
    '(Clients!$F:$F<>"")+(Clients!$H:$H<>""));ROW()-4);"")',
    "A": '=IF($J5="";"";XLOOKUP($J5;Clients!$A:$A;Clients!$B:$B;$J5))',
    "B": '=IF($J5="";"";XLOOKUP($J5&"|next";Ledger!$B:$B;Ledger!$C:$C;"type: offboard plan "&$J5;0;-1))',
    "C": '=IF($J5="";"";XLOOKUP($J5&"|by";Ledger!$B:$B;Ledger!$C:$C;"";0;-1))',
    "D": '=IF($J5="";"";XLOOKUP($J5;Clients!$A:$A;Clients!$H:$H;""))',
    "E": '=IF(ISNUMBER($D5);$D5-TODAY();"")',
    "F": '=IF($J5="";"";IF(COUNTIFS(Invoices!$A:$A;$J5)=0;"none listed";'
    'IF(COUNTIFS(Invoices!$A:$A;$J5;Invoices!$F:$F;"";Invoices!$H:$H;"<>written off")=0;"all paid";'
    'COUNTIFS(Invoices!$A:$A;$J5;Invoices!$F:$F;"";Invoices!$H:$H;"<>written off")&" open, "&'
    'COUNTIFS(Invoices!$A:$A;$J5;Invoices!$F:$F;"";Invoices!$H:$H;"<>written off";Invoices!$D:$D;"<"&TODAY())'
    '&" overdue")))',
    "G": '=IF($J5="";"";COUNTIFS(Access!$A:$A;$J5;Access!$F:$F;"<>")&" of "&COUNTIFS(Access!$A:$A;$J5)&" left")',
    "H": '=IF($J5="";"";IFERROR(HYPERLINK(XLOOKUP($J5&"|folder";Ledger!$B:$B;Ledger!$C:$C;NA();0;-1);"open");'
    '"not yet"))',
}
TOP = {
    "A1": '=IF($K$1=0;"Nothing here yet. In a terminal: offboard next";'
    'IF(TODAY()-$K$1>3;"Not checked for "&(TODAY()-$K$1)&" days: this may be "&"old. In a terminal: offboard next";'
    'IF(TODAY()=$K$1;"Checked today.";"Checked in the last 3 days.")))',
    "A2": '="Invoices, all clients: "&COUNTIFS(Invoices!$B:$B;"<>";Invoices!$F:$F;"")&" open, "&'
    'COUNTIFS(Invoices!$B:$B;"<>";Invoices!$F:$F;"";Invoices!$D:$D;"<"&TODAY())&" past due."',
    "K1": '=IFERROR(XLOOKUP("heartbeat";Ledger!$B:$B;Ledger!$C:$C;0;0;-1);0)',
}
CLIENTS = [
    ["Short name", "Client", "Contact", "E-mail", "Share with", "Notice given", "Notice days", "Last day"],
    ["stays", "Staying On"],
    ["bloom", "Bloom Bakery", "Maya", "maya@bloom.example", "", "27/04/2026", "30", "31/05/2026"],
    ["corvo", "Corvo Coffee", "Leo", "leo@corvo.example", "", "", "", "30/06/2026"],
]
INVOICES = [
    ["Client", "Invoice", "Issued", "Due", "Amount", "Paid on", "Paid so far", "Pause"],
    ["bloom", "INV-104", "30/04/2026", "15/05/2026", "€850.00"],
    ["bloom", "INV-109", "", "29/05/2026", "€850.00"],
    ["corvo", "INV-1", "", "01/04/2026", "€10.00", "yes"],
    ["corvo", "INV-2", "", "01/04/2026", "€10.00", "", "", "written off"],
]
ACCESS = [["Client", "Platform", "Account", "Since", "Still running", "I left on"], ["bloom", "TikTok"]]
ACCESS.append(["bloom", "Canva", "", "", "", "20/05/2026"])
LEDGER = [
    ["at", "key", "value"],
    ["", "bloom|next", "Send the notice"],
    ["", "bloom|next", "Ask Maya to accept “owner”"],
    ["", "bloom|folder", "https://drive.google.com/drive/folders/1kQ7"],
    ["", "heartbeat", 46163],
]


@pytest.fixture
def tracker(sandbox: Sandbox, ana: Caller) -> Workbook:
    sandbox.state.clock.set(datetime(2026, 5, 21, 7, 0, tzinfo=UTC))
    book = Workbook(ana, "en_GB", "Today", "Clients", "Invoices", "Access", "Ledger", rowCount=1000)
    for title, rows in (("Clients", CLIENTS), ("Invoices", INVOICES), ("Access", ACCESS), ("Ledger", LEDGER)):
        book.type_in(f"{title}!A1", *rows)
    cells = [
        {
            "repeatCell": {
                "range": area(4, 24, ord(column) - 65, ord(column) - 64),
                "cell": {"userEnteredValue": {"formulaValue": formula}},
                "fields": "userEnteredValue",
            }
        }
        for column, formula in ROW.items()
    ]
    book.batch(*cells)
    for where, formula in TOP.items():
        book.type_in(f"Today!{where}", [formula])
    return book


def test_today_shows_who_leaves_what_is_next_and_what_is_owed(tracker: Workbook) -> None:
    rows = tracker.values("Today!A5:J8")
    assert rows[0] == [
        "Bloom Bakery",
        "Ask Maya to accept “owner”",
        "",
        "31/05/2026",
        "10",
        "2 open, 1 overdue",
        "1 of 2 left",
        "open",
        "",
        "bloom",
    ]
    assert rows[1] == [
        "Corvo Coffee",
        "type: offboard plan corvo",
        "",
        "30/06/2026",
        "40",
        "all paid",
        "0 of 0 left",
        "not yet",
        "",
        "corvo",
    ]
    assert set(rows[2]) == {""}
    assert tracker.cell("Today!H5")["hyperlink"] == "https://drive.google.com/drive/folders/1kQ7"
    assert tracker.value("Today!A2") == "Invoices, all clients: 3 open, 2 past due."


def test_today_says_when_it_was_last_checked(sandbox: Sandbox, tracker: Workbook) -> None:
    assert tracker.value("Today!A1") == "Checked today."
    sandbox.state.clock.advance(2 * 86_400)
    assert tracker.value("Today!A1") == "Checked in the last 3 days."
    sandbox.state.clock.advance(5 * 86_400)
    assert tracker.value("Today!A1", fields="values") == (
        "Not checked for 7 days: this may be old. In a terminal: offboard next"
    )
    tracker.call("POST", "/values/Ledger!A2:C9:clear", {})
    assert tracker.value("Today!A1") == "Nothing here yet. In a terminal: offboard next"


def test_sorting_and_inserting_rows_cannot_misplace_it(tracker: Workbook) -> None:
    sort = {
        "range": {"sheetId": 1, "startRowIndex": 1},
        "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}],
    }
    top = {"sheetId": 1, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    before = sorted(tracker.values("Today!A5:H6"))
    tracker.batch({"sortRange": sort}, {"insertDimension": {"range": top}})
    tracker.type_in("Clients!A2", ["zeta", "Zeta", "", "", "", "", "", "01/07/2026"])
    after = tracker.values("Today!A5:H7")
    assert [row[0] for row in after] == ["Zeta", "Corvo Coffee", "Bloom Bakery"]
    assert sorted(after[1:]) == before
