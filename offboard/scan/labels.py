"""The words by which people introduce a password, in English, German and French, and what then is none."""

from __future__ import annotations

import re

WORDS = r"""
    pass[ -]?words? | passwd | pass[ -]?codes? | pass[ -]?phrases? | pwd | pw | pass(?=\s*[:=]) | pin(?:[ -]?codes?)?
  | access[ -]codes? | security[ -]codes? | secret[ -]keys? | client[ -]secrets? | app[ -]secrets?
  | api[ _-]?(?:keys?|secrets?|tokens?) | (?:access|auth|bearer|refresh|secret)[ _-]tokens? | 2fa[ -](?:secret|seed)
  | (?:[^\W\d_]{1,20}-?)?pass?w(?:ö|oe)rte?r?
  | (?:[^\W\d_]{1,20}-?)?passwort(?:es|s)? | (?:[^\W\d_]{1,20}-?)?kennw(?:o|ö)rte?r? | zugangscodes?
  | sicherheitscodes? | geheimzahl | zugriffs(?:schlüssel|token) | api-(?:schlüssel|token)
  | mots?\ de\ passe | mdp | codes?\ (?:d['’]accès|secrets?|pin|de\ sécurité)
  | clés?\ (?:api|secrètes?|d['’](?:accès|api)) | jetons?\ d['’]accès
"""
LOGINS = r"log[ -]?ins? | credentials? | zugang(?:sdaten)? | anmeldedaten | identifiants? | accès | user/pass"
CODES = r"""
    (?:backup|recovery|rescue)[ -]codes? | wiederherstellungs-?codes? | (?:backup|sicherungs|notfall)-?codes?
  | codes?\ de\ (?:secours|récupération|sauvegarde)
"""
HEADINGS = r"""
    user(?:[ -]?name)?s? | log[ -]?in | platform | account | e-?mail | service | website | url | tool
  | benutzer(?:name)? | nutzer(?:name)? | konto | plattform | identifiant | compte | utilisateur | plateforme
"""
NO_PASSWORD_AFTER = r"""
    polic | reset | manag | rule | hint | chang | field | protect | length | strength | requir | safe | regel | richtl
  | änder | schutz | politique | oubli | chang | gestionnaire | modif | verwalt | länge | sicher | type | format
"""  # “Password policy:” introduces none

LONGEST = 40  # characters of a heading or of the left half of a pair
MOST_WORDS = 8  # of a line that heads a table

LABEL = re.compile(rf"(?<!\w)(?:{WORDS})(?![\w-])", re.IGNORECASE | re.VERBOSE)
INTRODUCED = re.compile(
    rf"(?<![\w?&])(?P<label>{WORDS})(?![\w-])"
    rf"(?P<between>(?:[ ](?!(?:{NO_PASSWORD_AFTER}))[\w@.&'’-]{{1,24}}){{0,3}}(?:[ ]?\([^()\n]{{0,40}}\))?)"
    r"\s*(?P<sign>[:=：]|[-=]>|→|[–-](?=\s)|\b(?:is|are|lautet|ist|sind|est|sont)\b(?=\s))"
    r"[ \t]*[:=]?[ \t]*(?P<value>.*)",
    re.IGNORECASE | re.VERBOSE,
)
ALONE = re.compile(rf"\W*(?:\w+\W+){{0,2}}?(?:{WORDS})\W*", re.IGNORECASE | re.VERBOSE)
FOLLOWED = re.compile(rf"(?<!\w)(?P<label>{WORDS})[ \t]+(?P<value>\S+)", re.IGNORECASE | re.VERBOSE)
LOGIN = re.compile(
    rf"(?<!\w)(?P<label>{LOGINS})(?![\w-])[^:=\n]{{0,30}}[:=][ \t]*"
    r"(?P<user>\S+)[ \t]*(?:[/|,;]|[ \t])[ \t]*(?P<value>\S+)",
    re.IGNORECASE | re.VERBOSE,
)
CODES_LABEL = re.compile(rf"(?<!\w)(?P<label>{CODES})(?!\w)", re.IGNORECASE | re.VERBOSE)
CODE = re.compile(r"(?<![\w-])(?:\d{4}[ -]\d{4}|\d{8}|(?=\w*\d)[a-z0-9]{4,6}-[a-z0-9]{4,6})(?![\w-])", re.IGNORECASE)
HEADING = re.compile(rf"(?<!\w)(?:{HEADINGS})(?!\w)", re.IGNORECASE | re.VERBOSE)
STEMS = re.compile(  # a sieve, fast enough for megabytes: a line without any of these has no label
    r"pass|pwd|pw|pin|code|secret|api|token|2fa|kennw|geheim|zug|mdp|clé|jeton|log[ -]?in|credent|anmelded|identifiant"
    r"|accès",
    re.IGNORECASE,
)


def label_in(text: str) -> str:
    """The word for a password that a cell or a line consists of: a heading, the left half of a pair; else empty."""
    may = len(text) <= LONGEST and STEMS.search(text) and ALONE.fullmatch(text)
    found = LABEL.search(text) if may else None
    return found[0] if found else ""


def is_heading(text: str) -> bool:
    """Whether a line heads a table with passwords: `Platform  User  Password`."""
    short = len(text.split()) <= MOST_WORDS and not any(sign.isdigit() or sign in ".:!?," for sign in text)
    return short and HEADING.search(text) is not None and LABEL.search(text) is not None
