"""Letters to the sandbox's own addresses: those that its README names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import offboard.sandbox
from tests.fuzz.bodies import Known, spoil, write
from tests.fuzz.chance import Chance
from tests.fuzz.letter import Letter, spoil_letter
from tests.fuzz.words import JUNK

README = (Path(offboard.sandbox.__file__).parent / "README.md").read_text(encoding="utf-8")
ADDRESSES = sorted(set(re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/sandbox/[^`\s]*)`", README)))
FAULTS = sorted(set(re.findall(r"`([a-z0-9-]+)`", README.partition("| `fault` |")[2].partition("Beside")[0])))
BODIES: list[dict[str, Any]] = [
    {},
    {"email": "new@x.example"},
    {"set": "2026-05-04T09:00:00Z"},
    {"set": "9999-12-31T23:59:59-23:59"},
    {"advance": 60},
    {"advance": 1e300},
    {"email": "kim@oldagency.example", "fileId": "x", "role": "reader", "message": "\x00"},
    {"latency": {"*": 0.001}, "lag": 1, "quotas": {}},
]


def control_letter(known: Known, chance: Chance) -> Letter:
    """One more letter to the sandbox itself."""
    http, path = chance.one([*ADDRESSES, ("GET", "/sandbox/"), ("POST", "/sandbox/nowhere")])
    letter = Letter(f"control {http} {path}", http, path)
    if http != "GET" or chance.often(0.1):
        fault = {
            "method": chance.one(["*", "drive.files.get", "nope"]),
            "fault": chance.one(FAULTS),
            "call": chance.up_to(3),
        }
        body = chance.one(
            [*BODIES, {"faults": [fault]}, {"faults": [fault | {"requests": [{"http": "GET", "path": "/"}]}]}]
        )
        if "fileId" in body:
            body = body | {"fileId": chance.one(known["fileId"])}
        letter.content = write(
            chance.one([body, spoil(body, chance), spoil(body, chance), chance.one(JUNK[:11])]), chance
        )
    if chance.often(0.3):
        spoil_letter(letter, chance)
    return letter
