"""`python -m offboard.scan`: looks into one file after the other, each sent to it through its standard input.

A process of its own, because a file may be made, or have gone wrong, so that reading it takes hours or all memory:
then this process is ended, and the run goes on. Each job is a line of JSON and then the file's bytes; each answer a
line of JSON.
"""

from __future__ import annotations

import json
import sys

from offboard.scan.finding import Looked, to_plain
from offboard.scan.look import look_into
from offboard.scan.wanted import Term, Wanted

MOST_MEMORY = 2 * 1024**3  # bytes of address space; what is lent to libraries counts, too


def main() -> None:
    """Answer until nobody asks any more."""
    _limit_memory()
    wanted = Wanted()
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        if "terms" in job:
            wanted = Wanted(tuple(Term(*term) for term in job["terms"]))
            continue
        content = sys.stdin.buffer.read(job["size"])
        try:
            looked = look_into(job["name"], content, wanted)
        except MemoryError:
            looked = Looked(unread="it takes too much memory")
        print(json.dumps(to_plain(looked)), flush=True)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has none: there the limits of size and time must do
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))


if __name__ == "__main__":
    main()
