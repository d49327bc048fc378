"""Letters right in all but one sentence: a formula, a typed value, a pattern, a search, a mask, a mail."""

from __future__ import annotations

from typing import Any

from tests.fuzz.bodies import Known
from tests.fuzz.chance import Chance
from tests.fuzz.languages import drive_query, formula, gmail_search, mask, pattern, typed
from tests.fuzz.letter import Letter
from tests.fuzz.mails import mail

KINDS = ["formulas", "formulas", "typed", "patterns", "drive q", "gmail q", "fields", "ranges", "mail", "find", "order"]
FINDS = [
    "a",
    "^.*$",
    "(",
    "[",
    "(a+)+$",
    "\\",
    "$1",
    "(?<=x)",
    "\\1",
    "a{999999}",
    "(a|a)*b",
    "\\d",
    "(?P<n>a)",
    "a**",
    "(?i)A",
]
REPLACEMENTS = ["", "$1", "$9", "\\", "\\1", "\\g<1>", "\\g<nope>", "=1/0", "x" * 60_000, "$", "$0", "\\x", "\x00"]
ORDERS = [
    "name",
    "name desc",
    "name,name",
    "folder,modifiedTime desc",
    "name_natural",
    "nope",
    ",",
    "name asc",
    "recency," * 50,
]


def sentence_letter(known: Known, token: str, chance: Chance) -> Letter:
    """One more letter around a sentence."""
    kind = chance.one(KINDS)
    letter = Letter(
        f"sentence: {kind}", headers={"authorization": f"Bearer {token}", "content-type": "application/json"}
    )
    book = f"/v4/spreadsheets/{chance.one(known['spreadsheetId'])}"
    if kind in ("formulas", "typed"):
        said = formula if kind == "formulas" else typed
        letter.http, letter.path = "PUT", f"{book}/values/{chance.one(['A1', 'B2', 'Sheet2!A1'])}"
        letter.query = [("valueInputOption", "USER_ENTERED"), ("includeValuesInResponse", "true")]
        letter.say({"values": [[said(chance) for _ in range(3)] for _ in range(3)]})
    elif kind == "patterns":
        letter.http, letter.path = "POST", f"{book}:batchUpdate"
        letter.query = [("fields", "updatedSpreadsheet.sheets.data.rowData.values(formattedValue,effectiveValue)")]
        letter.say(
            {"requests": [_cells(chance)], "includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
        )
    elif kind == "find":
        letter.http, letter.path = "POST", f"{book}:batchUpdate"
        how = {name: chance.often(0.5) for name in ("matchCase", "matchEntireCell", "includeFormulas")}
        words = {"find": chance.one(FINDS), "replacement": chance.one(REPLACEMENTS), "searchByRegex": chance.often(0.2)}
        letter.say({"requests": [{"findReplace": how | words | {"allSheets": True}}]})
    elif kind in ("drive q", "order"):
        letter.path = "/drive/v3/files"
        letter.query = [("q", drive_query(chance))] if kind == "drive q" else [("orderBy", chance.one(ORDERS))]
    elif kind == "gmail q":
        letter.path, letter.query = (
            f"/gmail/v1/users/me/{chance.one(['messages', 'drafts'])}",
            [("q", gmail_search(chance))],
        )
    elif kind == "fields":
        letter.path = chance.one(["/drive/v3/files", "/drive/v3/about", book, "/gmail/v1/users/me/drafts"])
        letter.query = [("fields", mask(chance))]
    elif kind == "ranges":
        letter.path = chance.one([f"{book}/values:batchGet", book])
        letter.query = [("ranges", typed(chance)) for _ in range(2)]
    else:
        letter.http, letter.path = "POST", "/gmail/v1/users/me/drafts"
        letter.say({"message": {"raw": mail(chance)}})
    return letter


def _cells(chance: Chance) -> dict[str, Any]:
    numbers: list[Any] = [
        0,
        1,
        -1,
        0.5,
        1e308,
        -1e308,
        5e-324,
        1e15,
        123456789.987654321,
        2958466,
        -3e6,
        1e21,
        46000.75,
    ]
    cells = []
    for _ in range(4):
        value = {"numberValue": chance.one(numbers)} if chance.often(0.8) else {"formulaValue": formula(chance)}
        kind = chance.one(["NUMBER", "DATE", "TIME", "DATE_TIME", "PERCENT", "CURRENCY", "SCIENTIFIC", "TEXT"])
        look = {"type": kind, "pattern": pattern(chance)} if chance.often(0.8) else {"type": kind}
        cells.append({"userEnteredValue": value, "userEnteredFormat": {"numberFormat": look}})
    area = {"sheetId": 0, "rowIndex": chance.up_to(3), "columnIndex": chance.up_to(2)}
    return {"updateCells": {"rows": [{"values": cells}], "fields": "*", "start": area}}
