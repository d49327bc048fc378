"""A spreadsheet as a file of Drive: made, copied, imported and exported there."""

from __future__ import annotations

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area

SHEET = "application/vnd.google-apps.spreadsheet"


def test_a_spreadsheet_made_in_drive_opens_in_sheets(ana: Caller) -> None:
    made = ana.call("POST", "/drive/v3/files", json={"name": "Tracker", "mimeType": SHEET}).json()
    got = ana.call("GET", f"/v4/spreadsheets/{made['id']}").json()
    assert (got["properties"]["title"], got["sheets"][0]["properties"]["title"]) == ("Tracker", "Sheet1")


def test_a_csv_becomes_a_sheet_whose_cells_were_typed(ana: Caller) -> None:
    made = ana.call("POST", "/drive/v3/files", json={"name": "Numbers", "mimeType": SHEET}).json()
    sent = ana.call(
        "PATCH",
        f"/upload/drive/v3/files/{made['id']}",
        data=b"Month,Reach\n2026-05-01,1200\n",
        headers={"Content-Type": "text/csv"},
        uploadType="media",
    )
    assert sent.status_code == 200, sent.text
    values = ana.call(
        "GET", f"/v4/spreadsheets/{made['id']}/values/Numbers!A1:B2", valueRenderOption="UNFORMATTED_VALUE"
    )
    assert values.json()["values"] == [["Month", "Reach"], [46143, 1200]]


def test_a_csv_export_holds_what_a_person_sees(ana: Caller) -> None:
    book = Workbook(ana, "de_DE")
    book.type_in("A1", ["Betrag", "Tag"], ["1.234,50", "27.04.2026"], ['="a"&1', "=1/0"])
    exported = ana.call("GET", f"/drive/v3/files/{book.id}/export", mimeType="text/csv")
    assert exported.text.splitlines() == ["Betrag,Tag", '"1.234,50",27.04.2026', "a1,#DIV/0!"]


def test_a_copy_has_everything_and_goes_its_own_way(ana: Caller) -> None:
    book = Workbook(ana, "en_GB", "One", "Two")
    book.type_in("One!A1", ["x", "=Two!A1", "27/04/2026"])
    book.type_in("Two!A1", ["y"])
    book.batch(
        {"addNamedRange": {"namedRange": {"name": "Named", "range": area(0, 1, 0, 1)}}},
        {"mergeCells": {"range": area(3, 5, 0, 2), "mergeType": "MERGE_ROWS"}},
        {"addProtectedRange": {"protectedRange": {"range": area(0, 1, 0, 2), "warningOnly": True}}},
    )
    copied = ana.call("POST", f"/drive/v3/files/{book.id}/copy", json={"name": "Copy"}).json()["id"]
    path = f"/v4/spreadsheets/{copied}"
    write = ana.call("PUT", path + "/values/Two!A1", json={"values": [["z"]]}, valueInputOption="RAW")
    assert write.status_code == 200
    assert ana.call("GET", path + "/values/One!A1:C1").json()["values"] == [["x", "z", "27/04/2026"]]
    assert book.values("One!A1:C1") == [["x", "y", "27/04/2026"]]
    got = ana.call("GET", path).json()
    assert got["properties"]["title"] == "Copy"
    assert got["namedRanges"][0]["name"] == "Named"
    assert len(got["sheets"][0]["merges"]) == 2
    assert got["sheets"][0]["protectedRanges"][0]["warningOnly"] is True
