"""What the sign-in answers when it refuses: OAuth's error word and Google's sentence."""

from __future__ import annotations


class Denial(Exception):
    """A sign-in request that Google would refuse; JSON at the token address, a page at the consent address."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status
