"""The words by which people introduce a password, in English, German and French, and what then is none."""

from __future__ import annotations

import re

WORDS = r"""
    pass[ -]?words? | passwd | pass[ -]?codes? | pass[ -]?phrases? | pwd | pw | pass(?=\s*[:=]) | pin(?:[ -]?codes?)?
  | access[ -]codes? | security[ -]codes? | secret[ -]keys? | client[ -]secrets? | app[ -]secrets?
  | api[ _-]?(?:keys?|secrets?|tokens?) | (?:access|auth|bearer|refresh|secret)[ _-]tokens? | 2fa[ -](?:secret|seed)
  | [\w-]{0,24}pass?w(?:ö|oe)rte?r? | [\w-]{0,24}passwort(?:es|s)? | [\w-]{0,24}kennw(?:o|ö)rte?r? | zugangscodes?
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

LABEL = re.compile(rf"(?<!\w)(?:{WORDS})(?![\w-])", re.IGNORECASE | re.VERBOSE)
INTRODUCED = re.compile(
    rf"(?<!\w)(?P<label>{WORDS})(?![\w-])"
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
ANY = re.compile(rf"(?:{WORDS}|{LOGINS}|{CODES})", re.IGNORECASE | re.VERBOSE)  # a sieve: text without it is done


def is_label(text: str) -> bool:
    """Whether a cell or a line is nothing but a word for a password: a heading, or the left half of a pair."""
    return len(text) <= 40 and ALONE.fullmatch(text) is not None and LABEL.search(text) is not None
