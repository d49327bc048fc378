"""Tests see little of the machine: no proxy and no account of whoever runs them, and each worker one core."""

from __future__ import annotations

import os

KEPT = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH")
KEPT_ALL = ("LC_", "CHROMIUM", "PLAYWRIGHT", "PYTHON", "PYTEST", "COVERAGE", "COV_")  # of these beginnings


def keep_little() -> None:
    """Forget every variable that neither Python nor its test tools need; requests reads all of them at every call."""
    for name in set(os.environ):
        if name not in KEPT and not name.startswith(KEPT_ALL):
            del os.environ[name]


def keep_to_one_core(worker: int) -> None:
    """Let the n-th of some workers stay on one core, where the system allows it.

    Client and sandbox are threads that take turns: each turn that changes the core costs a tenth of a run.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[worker % len(cores)]})
