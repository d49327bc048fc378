"""The other clients of the tracker, as what gives them away: names, addresses, websites and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offboard.model import Account, Client, Setup
from offboard.scan.wanted import Term, Wanted
from offboard.scan.words import load_words

EVERYDAY = load_words("everyday")  # a client called “Opal” or “Later” is known by address and handle only
COMPOUNDS = load_words("compounds")  # one word anyway: “sunflower” is not the client “Sun Flower”
FREE_MAIL = load_words("free-mail")  # whose domain is nobody's own
SHORTEST_NAME = 4  # letters of a name of one word, and of a short name
SHORTEST_HANDLE = 7  # without its @
SHORTEST_JOINED = 6  # letters of everyday words written as one: `duneyoga`
LINK = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/(?:@|in/|company/|channel/|c/|user/)?([\w.-]{3,})")
HANDLE = re.compile(r"@?[\w.]*\w")
LEGAL = re.compile(r"[,\s]+(?:gmbh|ug|ag|kg|ohg|gbr|e\.?\s?[kv]|ltd|llc|inc|limited|sarl|sas|sa|eurl|bv)\.?$", re.I)
BETWEEN = r"[\s_.&+\-–]*"  # how a name's words may be held together
SIGNS = r"[_.\-]?"  # in a handle, a hashtag, a link or a file's name
JOINED = re.compile(r"(?:&|\+|\band\b|\bund\b|\bet\b)")  # “Fig & Fern” is no accident
PARTS = re.compile(r"(?:\s+(?:and|und|et)\s+|[\s_\-–&+.]+)")


def wanted_for(client: Client, clients: Iterable[Client], accounts: Iterable[Account], setup: Setup) -> Wanted:
    """Everything that gives another client away, and belongs neither to this one nor to the freelancer.

    In an order of its own, not that of a tab's rows or of a set: what was looked into is remembered with these words.
    """
    accounts = tuple(accounts)
    platforms = {account.platform.casefold() for account in accounts}
    mine = tuple(a for a in accounts if a.client == client.short)
    own = " ".join((*_words_of(client, mine), setup.your_name, setup.business, setup.signature)).casefold()
    found: dict[str, Term] = {}
    for other in clients:
        if other.short != client.short:
            theirs = tuple(account for account in accounts if account.client == other.short)
            for term, text in _terms(other, theirs, platforms):
                if not re.search(rf"(?<!\w){re.escape(text.casefold())}(?!\w)", own):
                    found.setdefault(term.pattern, term)
    return Wanted(tuple(sorted(found.values(), key=lambda term: (bool(term.plain), term.pattern))))


def _words_of(client: Client, accounts: Iterable[Account]) -> Iterator[str]:
    yield from (client.short, client.name, client.contact, client.email, client.billing_email, *client.share_with)
    yield from (account.account for account in accounts)


def _terms(other: Client, accounts: Iterable[Account], platforms: set[str]) -> Iterator[tuple[Term, str]]:
    for email in {other.email, other.billing_email, *other.share_with} - {""}:
        yield Term(other.name, rf"(?i:(?<![\w.+-]){re.escape(email)}(?![\w-]))", email.casefold()), email
        domain = email.partition("@")[2].casefold()
        if domain and domain not in FREE_MAIL:
            yield Term(other.name, rf"(?i:(?<![\w-]){re.escape(domain)}(?![\w-]|\.\w))", domain), domain
    for name in {LEGAL.sub("", other.name).strip(), *((other.contact,) if " " in other.contact else ())}:
        yield from _of_name(other.name, name, platforms)
    yield from _of_name(other.name, other.short, platforms)
    for account in accounts:
        for handle in _handles(account.account):
            yield _of_handle(other.name, handle), handle
        if " " in account.account.strip() and not LINK.search(account.account):
            yield from _of_name(other.name, account.account, platforms)


def _of_name(client: str, name: str, platforms: set[str]) -> Iterator[tuple[Term, str]]:
    """A name of several words counts however it is written, unless all are everyday words: then as typed or as one."""
    words = [word for word in PARTS.split(name) if word]
    everyday = all(word.casefold() in EVERYDAY or len(word) < SHORTEST_NAME for word in words)
    if not words or name.casefold() in platforms or (len(words) == 1 and everyday):
        return
    if len(words) > 1:
        joined = JOINED.search(name) is not None
        between = rf"\s*{JOINED.pattern}\s*" if joined else r"\s+" if everyday else BETWEEN
        pattern = _alone(between.join(map(re.escape, words)))
        yield Term(client, pattern if everyday and not joined else f"(?i:{pattern})", words[0].casefold()), name
        if everyday or joined:
            yield from _as_one(client, words, joined=joined)
        return
    word = words[0]
    typed = word[:1].upper() + word[1:]
    pattern = rf"(?<![\w@#/.-])(?:{re.escape(typed)}|{re.escape(word.upper())})(?![\w-]|\.\w)"
    yield Term(client, pattern, word.casefold(), plain=word.casefold()), name


def _as_one(client: str, words: list[str], *, joined: bool) -> Iterator[tuple[Term, str]]:
    """`DuneYoga`, `duneyoga`, `dune-yoga`, `#dune_yoga`; of what is a word anyway only the first."""
    one = "".join(words).casefold()
    if len(one) < SHORTEST_JOINED or one in EVERYDAY:
        return
    between = rf"{SIGNS}(?:(?:and|und|et|n|&|\+){SIGNS})?" if joined else SIGNS
    capitals = "".join(re.escape(word[:1].upper() + word[1:]) for word in words)
    common = one in COMPOUNDS
    pattern = capitals if common else f"(?i:{between.join(map(re.escape, words))})"
    yield Term(client, _alone(pattern), words[0].casefold()), one


def _alone(pattern: str) -> str:
    """The pattern where no letter and no digit is beside it: `post_dune_yoga_2` is as telling as the words."""
    return rf"(?<![^\W_]){pattern}(?![^\W_])"


def _handles(account: str) -> Iterator[str]:
    text = account.strip()
    link = LINK.search(text)
    if link:
        yield link[1].rstrip(".")
    elif HANDLE.fullmatch(text):
        yield text.removeprefix("@")


def _of_handle(client: str, handle: str) -> Term:
    """A long handle counts as it is, a short one behind an @ or in a link."""
    long = len(handle) >= SHORTEST_HANDLE and handle.casefold() not in EVERYDAY
    before = r"(?<![\w.-])" if long else r"(?:(?<![\w.])@|(?<=\w/)@?)"
    return Term(client, rf"(?i:{before}{re.escape(handle)}(?!\w))", handle.casefold(), in_names=long)
