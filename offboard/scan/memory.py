"""What was looked into already, by its content: one line of the ledger a client, so that nothing is read twice."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from offboard import __version__
from offboard.scan.finding import Looked, from_plain, to_plain
from offboard.scan.look import RULES
from offboard.scan.wanted import Wanted

LENGTH = 10  # characters of a stamp: 60 bits
MOST = 40_000  # characters in all: a cell takes 50,000

Memory = dict[str, Looked]


def stamp_of(content: str, name: str, wanted: Wanted) -> str:
    """What names one content as looked into by these rules for these words; others mean another look."""
    rules = f"{__version__} {RULES} {wanted}"
    ending = name.rpartition(".")[2].lower()  # a file is read by it
    return urlsafe_b64encode(sha256(f"{content}\0{ending}\0{rules}".encode()).digest()).decode()[:LENGTH]


def remember(memory: Memory) -> dict[str, Any]:
    """As the ledger keeps it: the clean ones as one word, the others with what was found.

    What does not fit into a cell is read anew each time.
    """
    clean = sorted(stamp for stamp, looked in memory.items() if looked.clean)[: MOST // 2 // LENGTH]
    found: dict[str, Any] = {}
    left = MOST - LENGTH * len(clean)
    for stamp, looked in sorted(memory.items()):
        if not looked.clean:
            plain = to_plain(looked)
            left -= len(str(plain)) + LENGTH + 8
            if left < 0:
                break
            found[stamp] = plain
    return {"clean": "".join(clean), "found": found}


def recall(more: Mapping[str, Any]) -> Memory:
    """What remember kept; what cannot be read counts as not looked into."""
    try:
        clean = str(more.get("clean", ""))
        memory = {clean[at : at + LENGTH]: Looked() for at in range(0, len(clean), LENGTH)}
        return memory | {str(stamp): from_plain(plain) for stamp, plain in dict(more.get("found", {})).items()}
    except (TypeError, ValueError):
        return {}
