"""A line that says a password: `Passwort Instagram: …`, `IG pass …`, `login ana / …`, `"password": "…"`."""

from __future__ import annotations

import re
from collections.abc import Callable

from offboard.scan.labels import (
    FIELD,
    FOLLOWED,
    INTRODUCED,
    KEYS,
    LOGIN,
    LOGIN_LINE,
    NETWORK,
    NONE_AFTER,
    SPOKEN,
    VERBS,
    WPA,
    label_in,
)
from offboard.scan.values import (
    NO_SECRET,
    SYMBOLS,
    is_network_key,
    is_password,
    looks_like_key,
    looks_like_password,
    looks_made_up,
)
from offboard.scan.words import load_words

PIN = re.compile(r"pin|geheimzahl|code pin", re.IGNORECASE)
IS = frozenset(VERBS.split("|"))  # “the password is” may be followed by anything
STILL = load_words("still")  # may stand between “is” and the password
FOR = frozenset({"for", "of", "to", "für", "von", "vom", "zu", "zum", "zur", "pour", "de", "du"})


def label_of_password(text: str) -> str:
    """The label of a password in this line; empty: there is none."""
    for pattern, is_one in RULES:
        for found in pattern.finditer(text):
            if is_one(found):
                return found["label"]
    return ""


def _introduced(found: re.Match[str]) -> bool:
    """`Passwort Instagram: …`, `the password is …`."""
    label, value = found["label"], found["value"]
    if found["sign"].casefold() not in IS:
        network = NETWORK.match(label) is not None and is_network_key(value)
        return network or is_password(value, pin=PIN.match(label) is not None)
    words = [word for word in value.split(maxsplit=4) if word.casefold() not in STILL]
    word = words[0] if words else ""
    bare = word.rstrip("!?.")
    exclaimed = bare.isalpha() and bare.islower()  # “The password is important!”
    return looks_made_up(word) or (looks_like_password(word) and not exclaimed and not NO_SECRET.fullmatch(bare))


def _assigned(found: re.Match[str]) -> bool:
    """`"password": "…"`, `DB_PASSWORD=…`; with another word before it only what is surely made up."""
    value = found["bare"] if found["quoted"] is None else found["quoted"]
    start = found.start("label")
    before = found.string[start - 1 : start]
    if not re.match(r"[\w-]", before):
        quoted = bool(found["quote"]) and before == found["quote"]
        pin = PIN.fullmatch(found["label"]) is not None
        return quoted and not label_in(value) and is_password(value, pin=pin)
    parted = before in ("_", "-") or (before.islower() and found["label"][0].isupper())
    return parted and looks_made_up(value)


def _followed(found: re.Match[str]) -> bool:
    """`the password hunter2`, `API key 9e107d…`, `password for the shop Sommer2024!`."""
    words = found["rest"].split()
    word, spoken = words[0], SPOKEN.search(found["label"]) is not None
    if KEYS.search(found["label"]) and looks_like_key(word):
        return True
    if looks_made_up(word) and (looks_like_password(word, surely=True) or (spoken and not NONE_AFTER.match(word))):
        return True
    if word.casefold() not in FOR and not word.startswith("("):
        return False
    later = words[1:5]  # “the password for the Summer2026 campaign” has no sign in it
    return any(looks_like_key(one) or (spoken and looks_made_up(one) and not SYMBOLS.isdisjoint(one)) for one in later)


def _network(found: re.Match[str]) -> bool:
    """`WPA2: …`: what is nothing else, for the line may as well say how a network is locked."""
    value = found["value"]
    return looks_made_up(value) and (looks_like_password(value, surely=True) or len(value) >= 8)


def _login(found: re.Match[str]) -> bool:
    """`Login: bloom / …`."""
    return looks_like_password(found["value"])


def _login_line(found: re.Match[str]) -> bool:
    """`login ana / …`; held together by the sign alone it may be an address."""
    value = found["value"]
    return looks_made_up(value) and bool(found["apart"] or looks_like_password(value, surely=True))


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (INTRODUCED, _introduced),
    (FIELD, _assigned),
    (FOLLOWED, _followed),
    (WPA, _network),
    (LOGIN, _login),
    (LOGIN_LINE, _login_line),
)
