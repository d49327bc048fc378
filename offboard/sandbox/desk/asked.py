"""What a request to the desk says, read strictly: a name, a number, a text; anything else is malformed."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

LONGEST = 200  # characters of what names something; texts of cells and mails may be longer


class Malformed(Exception):
    """The request is not one that the desk's own pages make."""


class Asked:
    """The fields of an address or of a form."""

    def __init__(self, encoded: str) -> None:
        try:
            pairs = parse_qsl(encoded, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=50)
        except ValueError:
            raise Malformed("This cannot be read.") from None
        self._fields = dict(pairs)
        if any("\0" in text for pair in pairs for text in pair):
            raise Malformed("This cannot be read.")

    def text(self, name: str, default: str | None = None) -> str:
        """A field as it was typed; without a default it must be there."""
        found = self._fields.get(name, default)
        if found is None:
            raise Malformed(f"“{name}” is missing.")
        return found

    def name(self, name: str, default: str | None = None) -> str:
        """An id, an address, a word."""
        found = self.text(name, default)
        if len(found) > LONGEST or not found.isprintable():
            raise Malformed(f"“{name}” is too long.")
        return found

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number that is not negative."""
        found = self.name(name, None if default is None else str(default))
        if not re.fullmatch(r"[0-9]{1,10}", found):
            raise Malformed(f"“{name}” is no number.")
        return int(found)


def link(**fields: object) -> str:
    """The address of the page that shows this; what is empty is left out."""
    kept = {name: value for name, value in fields.items() if value not in ("", None)}
    return f"/?{urlencode(kept)}" if kept else "/"
