"""Waiting that costs no time: what sleeps by this clock is awake at once, and the seconds have passed."""

from __future__ import annotations


class Patient:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds
