"""Whether an answer is one that a sound sandbox may give."""

from __future__ import annotations

import re

from tests.fuzz.conversation import Reply
from tests.fuzz.letter import Letter

INSIDE = re.compile(
    rb"Traceback|object has no attribute|<class '|NoneType|KeyError|sqlite3|unexpected keyword|not subscriptable"
)


def list_faults(letter: Letter, reply: Reply) -> list[str]:
    """What is wrong with this answer, whatever was asked."""
    if not reply.status:
        # half a letter may be left without an answer; nobody may be left waiting
        return [] if letter.raw and "seconds" not in reply.why else [reply.why]
    found = []
    if reply.status >= 500 and not (reply.status == 501 and _is_honest(reply)):
        found.append(f"answered {reply.status} {reply.content[:300]!r}")
    if letter.raw and reply.status == 200 and letter.raw.startswith(b"\x00"):
        found.append("noise was answered")
    if reply.status >= 400 and INSIDE.search(reply.content):
        found.append(f"shows its inside: {reply.content[:300]!r}")
    if (
        reply.headers.get("content-type", "").startswith("application/json")
        and letter.http != "HEAD"
        and reply.json() is None
    ):
        found.append(f"says that it is JSON: {reply.content[:300]!r}")
    return found


def _is_honest(reply: Reply) -> bool:
    """Whether a 501 names what the sandbox does not answer."""
    said = reply.json() or {}
    return str(said.get("error", {}).get("message", "")).startswith("The sandbox ") or not reply.content
