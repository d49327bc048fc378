"""Whether what stands behind the word “password” is one: “Sommer2024!” is, “will be sent separately” is not."""

from __future__ import annotations

import re
from itertools import pairwise

from offboard.scan.words import load_words

SENTENCE = load_words("sentence")  # of “will be sent separately”, “siehe oben”, “à venir”
PRODUCTS = load_words("products")  # the password is in 1Password
EDGES = "\"'“”„‚‘’«»‹›`.,;()"
SYMBOLS = frozenset("!@#$%^&*?+=~§|\\")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{0,4})?")
PLACEHOLDER = re.compile(r"[<\[{(].*|[*•●xX.…_#?–—-]+|%\w+%|\$\{?\w+\}?")
LINK = re.compile(r"https?://|www\.|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)
HANDLE = re.compile(r"[@#][\w.]+")
PIN = re.compile(r"\d{4,8}")


def is_password(value: str, *, pin: bool = False) -> bool:
    """Whether what follows a word for a password and a colon is one."""
    words = [word for raw in value.split() if (word := raw.strip(EDGES))]
    if not words or _is_none(words[0]):
        return False
    if pin:
        return PIN.fullmatch(words[0]) is not None
    if looks_like_password(words[0]):
        return True
    plain = [word.casefold() for word in words]
    if any(word in SENTENCE or word in PRODUCTS for word in plain):
        return False
    if len(words) == 1:
        return len(words[0]) >= 4 and not re.fullmatch(r"(?:19|20)\d\d", words[0])
    telling = [word for word in words if looks_like_password(word) or set(word) & SYMBOLS]
    phrase = 4 <= len(words) <= 6 and all(word.isalpha() and word.islower() for word in words)
    return phrase or (len(words) <= 3 and bool(telling))


def looks_like_password(word: str, *, surely: bool = False) -> bool:
    """Whether a single word can hardly be anything else; `surely`: even where nothing introduces it."""
    word = word.strip(EDGES)
    if len(word) < (8 if surely else 5) or _is_none(word) or word.casefold() in PRODUCTS:
        return False
    lower, upper = any(c.islower() for c in word), any(c.isupper() for c in word)
    digit, symbol = any(c.isdigit() for c in word), bool(set(word) & SYMBOLS)
    if surely:
        return digit and lower + upper + symbol >= 2 and "/" not in word and not HANDLE.fullmatch(word)
    letter = lower or upper
    return letter and (digit or symbol or _mixed(word))


def _mixed(word: str) -> bool:
    """Capitals in the midst of small letters: `bakeryLove`."""
    return word.isalpha() and any(a.islower() and b.isupper() for a, b in pairwise(word))


def _is_none(word: str) -> bool:
    return bool(PLACEHOLDER.fullmatch(word) or LINK.match(word) or DATE.fullmatch(word) or len(word) < 3)
