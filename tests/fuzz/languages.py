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
                "9e307*99",
                "1/0",
                '"*?*?*?*?*?*?*a"',
                '"<"&1e308',
                "-1",
                "99999999999",
                '"yyyy[h]#"',
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
    value = chance.one([*CLOCKS, *WORDS]) if "Time" in name else chance.one(["root", "a", "May", *WORDS, *LONG])
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
        value = chance.one(
            ["draft", "inbox", "attachment", "maya", '"a b"', "(a b)", "{a b}", "me", *WHEN, *WORDS, *LONG]
        )
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


LONG = [
    "a" * 5000 + "!",
    "9" * 5000,
    "1" * 5000 + ":",
    " " * 5000,
    "(" * 5000,
    "'" * 5001,
    "*?" * 60,
    "-" * 5000,
    '"' * 5001,
]
LONG += [
    "A" + "9" * 5000,
    "1" + ",111" * 1500,
    "1/" * 2500,
    "1:" * 2500,
    "<a" * 2500,
    "a@" * 2500,
    "1e" + "9" * 400,
    "\t" * 5000,
]
LONG += [
    "R1C" + "9" * 5000,
    "$" * 3000,
    "A1:" * 2000,
    "." * 5000,
    "a." * 2500,
    "\\" * 5001,
    "{" * 3000,
    "=" * 5000,
    "~*" * 2000,
]
TYPED = [
    "1",
    "-1",
    "1,234.5",
    "1.234,5",
    "€ 7",
    "7 €",
    "$-1",
    "(5)",
    "5%",
    "%5",
    "1e5",
    "1e999",
    "-1e-999",
    "1/2",
    "1/2/3",
    "31/2/26",
]
TYPED += [
    "29.2.2027",
    "1.13.26",
    "2026-01-01",
    "2026-1-1T10:00",
    "0-0-0",
    "99999-1-1",
    "1/1/10000",
    "1/1/0001",
    "12:60",
    "25:00",
]
TYPED += [
    "999999999:00:00",
    "10:30 pm",
    "13pm",
    "1 Jan",
    "Jan 99 2026",
    "Feb 30",
    "TRUE",
    "true",
    "'1",
    "''",
    "+1",
    "+a",
    "=",
    "==1",
]
TYPED += [
    "www.x.example",
    "http://[",
    "a@b.example",
    "@",
    "#REF!",
    "#N/A",
    "\n",
    "a\nb",
    "١",
    "²",
    "1\u00a02",
    "12,34",
    ",",
    ".",
]
PIECES = [
    "0",
    "#",
    "?",
    ".",
    ",",
    "%",
    "E+",
    "e-",
    "y",
    "yyyy",
    "m",
    "mm",
    "mmmmm",
    "d",
    "ddd",
    "h",
    "[h]",
    "[mm]",
    "s",
    "ss.000",
]
PIECES += [
    "am/pm",
    "a/p",
    '"',
    '"a"',
    "\\",
    "_",
    "*",
    "@",
    ";",
    "[red]",
    "[color99]",
    "[<1]",
    "[",
    "]",
    "[$€-407]",
    "/",
    "General",
    " ",
]


def typed(chance: Chance) -> str:
    """What somebody types into a cell."""
    return chance.one([*TYPED, *TYPED, *LONG, *PLACES, *WORDS])


def pattern(chance: Chance) -> str:
    """How a number is to be shown."""
    return "".join(chance.one(PIECES) for _ in range(chance.up_to(6) + 1)) * chance.one([1, 1, 1, 1, 200])


def mask(chance: Chance) -> str:
    """What `fields` looks like."""
    names = [
        "files",
        "id",
        "name",
        "*",
        "sheets",
        "properties",
        "title",
        "drafts",
        "message",
        "user",
        "kind",
        "owners",
        "nope",
    ]
    pieces = [
        chance.one(names) + chance.one(["", "/", ".", "(", ")", ",", "))", ",,", " , "])
        for _ in range(chance.up_to(6) + 1)
    ]
    return "".join(pieces) if chance.often(0.7) else chance.one([*FIELDS, *LONG])
