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
NETWORK_KEY = re.compile(r"\d{4}(?:[ -]?\d{4}){3,5}")  # as a router's label has it: in groups of four
NO_SECRET = re.compile(  # letters and digits, and yet a measure, a name with a number, a file, a set of signs
    r"""
    \d{1,3}[-–][^\W\d_]+(?:-[^\W\d_]+)* | \d[\d.,:]*%\w*
    | [≥>~≤<]?\d[\d.,:]*-?(?:st|nd|rd|th|x|hours?|days?|weeks?|months?|years?|times|chars?|characters?|digits?
        |stunden|tage|wochen|monate|jahre|zeichen|stellen|stellig\w*|fach|jours|mois|heures|caractères|uhr)
    | (?:oauth|iphone|ipad|galaxy|pixel|windows|office|base|utf|sha|md|aes|wpa|tls|http|web|version|ver|v|step|page
        |slide|day|week|month|year|quarter|level|part|point|section|chapter|line|row|ticket|issue|schritt|seite|folie
        |tag|woche|monat|jahr|quartal|teil|punkt|abschnitt|kapitel|zeile|stufe|kw|q|h|étape|jour|top|user|account|konto
        |client|kunde|team|option|phase|fa)[-._]?\d{1,3}(?:[.\-/][\w.]+)*
    | (?:iso|nist|din|dsgvo|gdpr|rfc|covid)[-._]?\d[\w-]* | [a-z]{2,3}-\d{4}-\d+
    | \d{4}-\d\d-\d\dt.* | [\w-]+\.[a-z]{2,5} | .*(?:a-z|0-9).* | .*\*innen.*
    """,
    re.IGNORECASE | re.VERBOSE,
)
WITHIN = re.compile(r"[^\W\d_][@#$%^!~§]+\w")  # a sign in the midst of a word: `p@ssword`
CAMEL = re.compile(r"[a-z]{2}[A-Z][a-z]{2}")
KEY = re.compile(r"[A-Za-z0-9+/_=-]{16,}")
SWITCH = re.compile(r"(?<=[A-Za-z])\d|(?<=\d)[A-Za-z]")
FEWEST_SWITCHES = 3  # between letters and digits in what a machine made up


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


def looks_made_up(word: str) -> bool:
    """Whether a word in the midst of a sentence is a secret: `hunter2`, `p@ssword`; not `OAuth2`, `8-digit`, `done!`"""
    word = word.strip(EDGES)
    name, *rest = re.split(r"[-_.'’]", word.casefold())
    if len(word) < 6 or _is_none(word) or "/" in word or HANDLE.fullmatch(word) or NO_SECRET.fullmatch(word):
        return False
    if name in PRODUCTS and all(part.isalpha() for part in rest):
        return False
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    return mixed or WITHIN.search(word) is not None


def opens_access(text: str) -> bool:
    """Whether a cell below “Access” or “Login” holds a secret, as no name of a user or a role does."""
    words = re.split(r"[\s/|,;]+", text.strip())
    return len(words) <= 4 and any(
        looks_made_up(word)
        and (set(word) & SYMBOLS or (looks_like_password(word, surely=True) and not CAMEL.search(word)))
        for word in words
    )


def is_network_key(value: str) -> bool:
    """Whether what follows a word for the key of a network is what a router's label says: groups of four digits."""
    return NETWORK_KEY.fullmatch(value.strip(f"{EDGES} ")) is not None


def looks_like_key(word: str) -> bool:
    """Whether a long word is made up by a machine: hexadecimal, base64, a UUID."""
    word = word.strip(EDGES)
    return KEY.fullmatch(word) is not None and len(SWITCH.findall(word)) >= FEWEST_SWITCHES


def _mixed(word: str) -> bool:
    """Capitals in the midst of small letters: `bakeryLove`."""
    return word.isalpha() and any(a.islower() and b.isupper() for a, b in pairwise(word))


def _is_none(word: str) -> bool:
    return bool(PLACEHOLDER.fullmatch(word) or LINK.match(word) or DATE.fullmatch(word) or len(word) < 3)
