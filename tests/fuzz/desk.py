"""Letters to the desk: its pages, its parts and its acts, as its own pages ask them, and otherwise."""

from __future__ import annotations

from urllib.parse import urlencode

from offboard.sandbox.desk.desk import ACTS, PARTS, VIEWS
from tests.fuzz.bodies import Known
from tests.fuzz.chance import Chance
from tests.fuzz.languages import typed
from tests.fuzz.letter import Letter, spoil_letter
from tests.fuzz.words import WORDS

FIELDS = [
    "who",
    "view",
    "file",
    "folder",
    "mail",
    "draft",
    "book",
    "tab",
    "row",
    "column",
    "text",
    "mark",
    "subject",
    "to",
    "down",
]
PEOPLE = ["", "", "", "maya@bloom.example", "ana@sandbox.example", "nobody@x.example"]


def desk_letter(known: Known, port: int, chance: Chance) -> Letter:
    """One more letter to the desk."""
    here = f"127.0.0.1:{port}"
    fields = {name: _value(name, known, chance) for name in chance.some(FIELDS, 0.8)}
    kind = chance.one(["page", "page", "part", "act", "act", "asset"])
    if kind == "act":
        letter = Letter("desk act", "POST", "/desk/act", headers={"origin": f"http://{here}"})
        form = fields | {"act": chance.one([*ACTS, "nope"]), "token": chance.one(known.get("desk", ["none"]))}
        letter.content = urlencode(form, errors="replace").encode()
        letter.headers["content-type"] = "application/x-www-form-urlencoded"
    else:
        fields["view"] = chance.one([*VIEWS, "requests", "nope"])
        assets = [
            "/favicon.ico",
            "/desk/changes",
            "/desk/desk.js",
            "/desk/..%2Fdesk.py",
            "/desk/nope",
            "/desk/%00",
            "/desk/",
        ]
        path = {"page": "/", "part": chance.one(sorted(PARTS)), "asset": chance.one(assets)}[kind]
        letter = Letter(f"desk {kind}", "GET", path, query=list(fields.items()) if kind != "asset" else [])
    letter.headers["host"] = here
    if chance.often(0.3):
        spoil_letter(letter, chance)
    return letter


def _value(name: str, known: Known, chance: Chance) -> str:
    if chance.often(0.1):
        return chance.one(WORDS)
    if name == "who":
        return chance.one(PEOPLE)
    if name in ("row", "column", "tab"):
        return str(chance.up_to(4))
    ids = {
        "book": "spreadsheetId",
        "draft": "gmail.users.drafts.id",
        "mail": "messageId",
        "file": "fileId",
        "folder": "fileId",
    }
    if name in ids:
        return chance.one(known.get(ids[name], ["x"]))
    return {"mark": "any", "down": "1"}.get(name) or typed(chance)
