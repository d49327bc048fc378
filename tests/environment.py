"""Tests see little of the machine's environment: no proxy and no account of whoever runs them."""

from __future__ import annotations

import os

KEPT = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH")
KEPT_ALL = ("LC_", "CHROMIUM", "PLAYWRIGHT", "PYTHON", "PYTEST", "COVERAGE", "COV_")  # of these beginnings


def keep_little() -> None:
    """Forget every variable that neither Python nor its test tools need; requests reads all of them at every call."""
    for name in set(os.environ):
        if name not in KEPT and not name.startswith(KEPT_ALL):
            del os.environ[name]
