"""A finding: what stands where in a file, masked, and the id by which a person lets it pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

MASK = "••••••"
ID_LENGTH = 6  # hexadecimal digits: short enough to type, and a client's findings are few


class Kind(StrEnum):
    """What should not be shared."""

    PASSWORD = "password"
    KEY = "key"  # a token, an API key: it opens an account without a password
    PRIVATE_KEY = "private key"
    CLIENT = "client"  # another client's name, address or handle
    INTERNAL = "internal"  # marked as not for the client


@dataclass(frozen=True)
class Finding:
    """One finding in one file; `excerpt` never holds a secret, it is made of our own words and a mask."""

    id: str
    kind: Kind
    place: str  # `page 2`, `Costs!B4`, `line 7`; empty: the file's name
    excerpt: str
    what: str = ""  # of a client: the name; of a key: whose
    more: int = 0  # further places in the same file

    def says(self, file: str) -> str:
        """`“May report.pdf”, page 2: a password (Passwort: ••••••)`."""
        more = f" and {self.more} more place{'' if self.more == 1 else 's'}" if self.more else ""
        where = f", {self.place}{more}" if self.place else ", its name"
        match self.kind:
            case Kind.PASSWORD:
                told = f"a password ({self.excerpt})"
            case Kind.KEY:
                told = f"a secret key, {self.what} ({self.excerpt})"
            case Kind.PRIVATE_KEY:
                told = f"a private key ({self.excerpt})"
            case Kind.CLIENT:
                told = f"another client, {self.what} (“{self.excerpt}”)"
            case Kind.INTERNAL:
                told = f"marked as yours alone (“{self.excerpt}”)"
        return f"“{file}”{where}: {told}"


@dataclass(frozen=True)
class Looked:
    """What a look into one file's contents gave: findings, or why it could not be read."""

    findings: tuple[Finding, ...] = ()
    unread: str = ""

    @property
    def clean(self) -> bool:
        """Whether it was read and nothing was found."""
        return not self.findings and not self.unread


def finding_id(stamp: str, kind: Kind, place: str, what: str) -> str:
    """Stable for the same text in the same place; another text has other ids, so that it is asked for again."""
    return sha256("\0".join((stamp, kind, place, what)).encode()).hexdigest()[:ID_LENGTH]


def to_plain(looked: Looked) -> list[object]:
    """As lists and words, for JSON; from_plain is its inverse."""
    found = [[f.id, f.kind.value, f.place, f.excerpt, f.what, f.more] for f in looked.findings]
    return [looked.unread, found]


def from_plain(plain: object) -> Looked:
    """What to_plain made; ValueError or TypeError for anything else."""
    if not isinstance(plain, Sequence):
        raise TypeError("a look into a file is a list")
    unread, found = plain
    findings = (Finding(str(i), Kind(k), str(p), str(e), str(w), int(m)) for i, k, p, e, w, m in found)
    return Looked(tuple(findings), str(unread))
