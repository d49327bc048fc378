"""The garbage collector works between the tests: within them it took a quarter of the time."""

from __future__ import annotations

import gc

MOST = 200_000  # objects that may lie about


def wait_with_garbage() -> None:
    """From now on garbage stays until `collect_garbage`; what is there already is never looked at again."""
    gc.collect()
    gc.freeze()
    gc.disable()


def collect_garbage() -> None:
    """Collect what lies about, if it is much."""
    if gc.get_count()[0] > MOST:
        gc.collect()
