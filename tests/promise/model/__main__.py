"""Try every interleaving and tell: `python -m tests.promise.model`; with `--ways` the shortest way to each damage."""

from __future__ import annotations

import sys
import time

from tests.promise.model.explore import explore, tell
from tests.promise.model.worlds import LARGER, NEEDED, WORLDS, without


def main() -> int:
    """Print states and seconds of each world, then rule, damage and the length of the shortest way to it."""
    ok = True
    for name, world in (WORLDS | LARGER).items():
        began = time.perf_counter()
        found = explore(world)
        ok = ok and found.whole and not found.ways
        harm = ", ".join(found.ways) or "no damage"
        print(f"{found.states:>9,} states {time.perf_counter() - began:6.1f} s  {name}: {harm}")
    for case in NEEDED:
        way = explore(without(WORLDS[case.world], case.off), case.damage).ways.get(case.damage, ())
        ok = ok and bool(way)
        print(f"\nwithout: {case.off}\n  {case.world}: {case.damage}, after {len(way)} steps")
        if "--ways" in sys.argv:
            print(tell(way))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
