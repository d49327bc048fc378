"""Sentences of the small languages inside requests: formulas, both searches, ranges, masks; mostly well formed."""

from __future__ import annotations

from offboard.sandbox.drive.query import TERMS
from offboard.sandbox.gmail.terms import OPERATORS
from offboard.sandbox.sheets.formula.evaluate import FUNCTIONS
from tests.fuzz.chance import Chance
from tests.fuzz.words import ESCAPES, WORDS

PLACES = ["A1", "B2:C3", "A:A", "1:2", "Sheet1", "Sheet1!A1:C3", "'Sheet1'!B2", "Clients!A1:F9", "Clients", "Log!A:C"]
PLACES += ["Nope!A1", "A0", "ZZZZ9", "A1:", ":A1", "A1:B", "R1C1:R2C2", "$A$1:$B2", "'It''s'!A1", "'", "!", "A99999999"]
PLACES += [
    "A1:A1048576",
    "Clients!B3:B",
    "Sheet1!A1:Sheet2!B2",
    "A1,B2",
    "a1:c3",
    "Today!A1:H40",
    "AAA1:AAB2",
    "A" * 400,
]
MASKS = ["*", "*", "userEnteredValue", "userEnteredFormat", "note", "title", "gridProperties.frozenRowCount", "name"]
MASKS += [
    "",
    "nonsense",
    "userEnteredFormat.textFormat.bold",
    "range",
    "*,*",
    ".",
    "a.b.c",
    "user_entered_value",
    ",",
    "(",
]
FIELDS = [
    "*",
    "id",
    "kind",
    "nextPageToken",
    "files(id,name)",
    "files/id",
    "files(*)",
    "sheets.data.rowData.values",
    "drafts",
]
FIELDS += [
    "files(permissions(emailAddress))",
    "message/payload/headers",
    "id,",
    "(",
    "a(b",
    "a)b",
    "files(",
    "/",
    "*/*",
    "**",
]
FIELDS += ["sheets(properties(title),data(rowData(values(effectiveValue))))", "(" * 300, "a/" * 300, "é"]
SIGNS = [
    "+",
    "-",
    "*",
    "/",
    "^",
    "&",
    "=",
    "<>",
    "<",
    ">=",
    " ",
    ",",
    ";",
    ":",
    "!",
    "%",
    "{",
    "}",
    "(",
    ")",
    '"',
    "#REF!",
]
GLUE = ["and", "or", "not", "AND", "(", ")", ""]
CLOCKS = [
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00",
    "0000-00-00",
    "9999-99-99",
    "",
    "now",
    "99999-01-01",
]
WHEN = ["2026/01/01", "2026-1-1", "0/0/0", "1735689600", "9" * 12, "9" * 30, "1d", "2m", "99999y", "x", "", "10000/1/1"]


def formula(chance: Chance, depth: int = 0) -> str:
    """What somebody types into a cell after a `=`."""
    written = "=" + _term(chance, depth)
    if chance.often(0.15):  # somebody slipped
        at = chance.up_to(len(written))
        written = written[:at] + chance.one([*SIGNS, *WORDS[:24]]) + written[at + chance.up_to(2) :]
    return written


def _term(chance: Chance, depth: int) -> str:
    if depth > 4 or chance.often(0.3):
        return chance.one(
            [
                "1",
                "0",
                "-2.5",
                "1e308",
                '"a"',
                '""',
                "TRUE",
                "A1",
                "A1:B3",
                "B:B",
                "2:3",
                "Clients!A2:C",
                "$C$1",
                "#N/A",
                "'No such'!A1",
                "{1,2;3,4}",
                "{1,2;3}",
                "1%",
                "9" * 400,
                '"' + "x" * 500 + '"',
                "A1:A1000",
                "ZZZ99999",
                "Today!A1",
            ]
        )
    if chance.often(0.3):
        return f"({_term(chance, depth + 1)}{chance.one(SIGNS[:8])}{_term(chance, depth + 1)})"
    if chance.often(0.05):
        return "-" * chance.up_to(300) + "(" * chance.up_to(300) + "1"
    arguments = [_term(chance, depth + 1) if chance.often(0.95) else "" for _ in range(chance.up_to(4))]
    return f"{chance.one(sorted(FUNCTIONS))}({','.join(arguments)})"


def drive_query(chance: Chance) -> str:
    """What Drive's `q` looks like."""
    words = [_condition(chance)]
    for _ in range(chance.up_to(3)):
        words += [chance.one(["and", "or", "and", "or", *GLUE]), _condition(chance)]
    written = " ".join(words)
    if chance.often(0.05):
        return "(" * 200 + written + ")" * chance.one([200, 199])
    return written[: chance.up_to(len(written))] if chance.often(0.1) else written


def _condition(chance: Chance) -> str:
    name = chance.one(sorted(TERMS))
    operator = chance.one(TERMS[name] if chance.often(0.9) else ["contains", "=", "<", "in", "has", "~"])
    value = chance.one([*CLOCKS, *WORDS]) if "Time" in name else chance.one(["root", "a", "May", *WORDS])
    quoted = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" if chance.often(0.9) else value
    if operator == "has":
        return f"{name} has {{ key={quoted} and value={quoted} }}"
    if operator == "in":
        return f"{quoted} in {name}"
    if chance.often(0.2):
        return f"{name} {operator} {chance.one(['true', 'false'])}"
    return f"{name} {operator} {quoted}"


def gmail_search(chance: Chance) -> str:
    """What Gmail's `q` looks like."""
    words = []
    for _ in range(chance.up_to(4) + 1):
        value = chance.one(["draft", "inbox", "attachment", "maya", '"a b"', "(a b)", "{a b}", "me", *WHEN, *WORDS])
        operator = chance.one(sorted(OPERATORS))
        words += [chance.one(["", "", "-", "--", "+"]) + (f"{operator}:" if operator else "") + value]
        words += [chance.one(["", "", "OR", "AND", "(", ")", "{", "}", '"'])]
    if chance.often(0.03):
        words = ["(" * 3000, *words]
    return " ".join(words)


def place(chance: Chance) -> str:
    """A range in A1 notation, or nearly."""
    return chance.one(PLACES)


def broken_query(chance: Chance) -> str:
    """Something that no URL should hold."""
    return "".join(chance.one([*ESCAPES, "a", "=", "&", "fields", "q"]) for _ in range(chance.up_to(9) + 1))
