"""What names a client, and a text without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, normalize

from offboard.model import Account, Client

HIDDEN = "[…]"
SHORTEST = 3  # letters of a word that names somebody
TELLING = 5  # letters of one that does so inside of another word too: #lovebloom
SMALL = {"and", "the", "und", "der", "die", "das", "les", "von", "van", "des", "del"}  # they name nobody
HOSTS = {"gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "proton", "mail", "www", "com"}
OFTEN = {"company", "channel", "user", "pages", "page", "people", "profile", "groups", "school", "about", "posts"}
"""Parts of links that name nobody."""
LINK = r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@[\w.]+"
DOMAIN = r"(?<![\w.])[\w-]{2,}(?:\.[\w-]{2,})*\.[a-z]{2,}(?:/\S*)?"
PHONE = r"(?<![\w.,])(?:\+|0)\d[\d\s()/-]{6,}\d"
ADDRESSES = re.compile(f"{LINK}|{DOMAIN}|{PHONE}")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
WITHOUT_BLANKS = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")  # of scripts that put none between words


class Names:
    """The words that name a client; those that the person chose for the sector are no secret, unless a handle is."""

    def __init__(self, client: Client, accounts: Sequence[Account]) -> None:
        pages = {page for account in accounts if (page := account.account.strip("@ ")) and "/" not in page}
        sector = {word.casefold() for word in re.findall(r"\w+", client.sector)}
        words = {word.casefold() for name in (client.name, client.contact) for word in re.findall(r"\w+", name)}
        named = (words - sector - SMALL) | set(_handle_words(client, accounts))
        # whole names before their words, long ones before the short ones in them
        patterns = [_alone(name) for name in _spelled({client.name, client.contact, client.email, *pages})]
        patterns += [_inside(word) for word in _spelled(named) if len(word) >= SHORTEST or WITHOUT_BLANKS.search(word)]
        self._patterns = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    def hide(self, text: str) -> str:
        """The text with […] in the place of each name, address, phone number and link."""
        hidden = ADDRESSES.sub(HIDDEN, normalize("NFC", text))
        for pattern in self._patterns:
            hidden = pattern.sub(HIDDEN, hidden)
        return re.sub(rf"{re.escape(HIDDEN)}(\s*{re.escape(HIDDEN)})+", HIDDEN, hidden)


def _alone(name: str) -> str:
    """A name as it stands alone; where words have no blanks between them, wherever it stands."""
    whole = re.escape(name)
    return whole if WITHOUT_BLANKS.search(name) else rf"[#@]?(?<!\w){whole}(['’]?s)?(?!\w)"


def _inside(word: str) -> str:
    """A word with whatever is grown to it: behind it always, before it where it is long enough to tell."""
    before = r"\w*" if len(word) >= TELLING else r"\b"
    whole = re.escape(word)
    return whole if WITHOUT_BLANKS.search(word) else rf"[#@]?{before}{whole}\w*(['’]s)?"


def _spelled(names: Iterable[str]) -> list[str]:
    """All of them in every spelling, the longest first."""
    return sorted({variant for name in names if name for variant in _variants(name)}, key=len, reverse=True)


def _variants(name: str) -> Iterator[str]:
    """As it is written, and as it is written where there are no accents: Café, Cafe; Müller, Mueller, Muller."""
    name = normalize("NFC", name)
    yield name
    yield name.casefold().translate(UMLAUTS)
    yield "".join(letter for letter in normalize("NFD", name) if not combining(letter))


def _handle_words(client: Client, accounts: Iterable[Account]) -> Iterator[str]:
    """The short name, and what stands in handles and addresses."""
    yield client.short
    for address in (client.email, client.billing_email, *client.share_with):
        yield from (part for part in re.split(r"[@.]", address.casefold())[:-1] if part and part not in HOSTS)
    for account in accounts:
        text = account.account.casefold()
        if "/" in text:
            path = text.partition("://")[2] or text
            words = re.split(r"[/?#&=]", path)[1:]
        else:
            words = re.findall(r"@([\w.]+)", text) or ([text] if re.fullmatch(r"[\w.-]+", text) else [])
        yield from (word for each in words if (word := each.strip("@ ")) and word not in OFTEN | HOSTS)
