"""Letters to the desk's own addresses: those that the sandbox's README names."""

from __future__ import annotations

import re
from pathlib import Path

import offboard.sandbox
from tests.fuzz.bodies import spoil, write
from tests.fuzz.chance import Chance
from tests.fuzz.letter import Letter, spoil_letter
from tests.fuzz.words import JUNK

README = (Path(offboard.sandbox.__file__).parent / "README.md").read_text(encoding="utf-8")
ADDRESSES = sorted(set(re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/(?:sandbox/[^`\s]*)?)`", README)))
BODIES = [{}, {"email": "new@x.example"}]


def desk_letter(chance: Chance) -> Letter:
    """One more letter to the desk."""
    http, path = chance.one([*ADDRESSES, ("GET", "/sandbox/"), ("POST", "/sandbox/nowhere")])
    letter = Letter(f"desk {http} {path}", http, re.sub(r"\{\w+\}", "1", path))
    if http != "GET" or chance.often(0.1):
        body = chance.one(BODIES)
        letter.content = write(spoil(body, chance) if chance.often(0.7) else chance.one(JUNK[:11]), chance)
    if chance.often(0.3):
        spoil_letter(letter, chance)
    return letter
