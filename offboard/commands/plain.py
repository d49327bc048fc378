"""Terminals that cannot show every sign get the plain ones; none gets a sign that would steer it."""

from __future__ import annotations

import codecs
import sys
import unicodedata

PLAIN = {
    "“": '"',
    "”": '"',
    "’": "'",
    "–": "-",
    "—": "-",
    "·": "-",
    "…": "...",
    "›": ">",
    "€": "EUR ",
    "✓": "+",
    "✗": "x",
}
TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))  # of the direction of writing
STEERING = dict.fromkeys([code for code in (*range(32), *range(127, 160), *TURNING) if code != ord("\n")])


def without_steering(text: str) -> str:
    """The text without what a terminal would obey: names of files and clients come from elsewhere."""
    return text.translate(STEERING)


def write_plainly() -> None:
    """From now on stdout and stderr write something readable for each sign that their encoding lacks."""
    codecs.register_error("plain", _replace)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="plain")


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_plain(sign) for sign in error.object[error.start : error.end]), error.end


def _plain(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return PLAIN.get(sign) or bare or "?"
