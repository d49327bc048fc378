"""What names a client, and a text without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offboard.model import Account, Client

HIDDEN = "[…]"
SHORTEST = 3  # letters of a word that names somebody
TELLING = 5  # letters of one that does so inside of another word too: #lovebloom
SMALL = {"and", "the", "und", "der", "die", "das", "les", "von", "van", "des", "del"}  # they name nobody
HOSTS = {"gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "proton", "mail", "www", "com"}


class Names:
    """The words that name a client; those that the person chose for the sector are no secret, unless a handle is."""

    def __init__(self, client: Client, accounts: Iterable[Account]) -> None:
        self._whole = sorted(filter(None, {client.name, client.contact, client.email}), key=len, reverse=True)
        sector = {word.casefold() for word in re.findall(r"\w+", client.sector)}
        handles = set(_handle_words(client, accounts))
        words = {word.casefold() for name in (client.name, client.contact) for word in re.findall(r"\w+", name)}
        self._words = sorted((words - sector - SMALL) | handles, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text with […] in the place of each name, address and link."""
        hidden = re.sub(r"(https?://|www\.)\S+|\S+@\S+\.\w+|@[\w.]+", HIDDEN, text)
        for name in self._whole:
            hidden = re.sub(rf"(?<!\w){re.escape(name)}(['’]?s)?(?!\w)", HIDDEN, hidden, flags=re.IGNORECASE)
        for word in self._words:
            if len(word) >= SHORTEST:
                before = r"\w*" if len(word) >= TELLING else r"\b"
                hidden = re.sub(rf"[#@]?{before}{re.escape(word)}\w*(['’]s)?", HIDDEN, hidden, flags=re.IGNORECASE)
        return re.sub(rf"{re.escape(HIDDEN)}(\s*{re.escape(HIDDEN)})+", HIDDEN, hidden)


def _handle_words(client: Client, accounts: Iterable[Account]) -> Iterator[str]:
    """The short name, and what stands in handles and addresses."""
    yield client.short
    for address in (client.email, *client.share_with):
        yield from (part for part in re.split(r"[@.]", address.casefold())[:-1] if part not in HOSTS)
    for account in accounts:
        for handle in re.findall(r"@([\w.]+)|/([\w.-]+)/?$", account.account):
            yield "".join(handle).casefold()
