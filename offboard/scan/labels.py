"""The words by which people introduce a password, in English, German and French, and what then is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

ACCOUNTS = r"""
    instagram | insta | ig | facebook | fb | meta | tik[ ]?tok | tt | youtube | yt | linkedin | li | twitter | x
  | pinterest | threads | snap(?:chat)? | whatsapp | google | g?mail | e-?mail | canva | buffer | hootsuite | metricool
  | shopify | wordpress | wp | mailchimp | notion | slack | dropbox | wlan | wi-?fi | admin | user | log-?in | ftp | cms
  | account | konto | compte
"""  # “IG pass”: a pass alone is for the press, the bus or the festival
NETWORKS = r"wlan | wi-?fi | wpa[23]? | (?:network|netzwerk)(?:[ -]?(?:security|sicherheits))?"
WORDS = rf"""
    (?:{ACCOUNTS})[ -]pass | (?:{NETWORKS})[ -]?(?:keys?|codes?|pass(?:es)?|schlüssel|schluessel)
  | (?:clé|code)\ (?:(?:du|de\ la)\ )?(?:wi-?fi|wpa[23]?|box|réseau)
  | pass[ -]?words? | passwd | pass[ -]?codes? | pass[ -]?phrases? | pwd | pw | pass(?=\s*[:=]) | pin(?:[ -]?codes?)?
  | access[ -]codes? | security[ -]codes? | secret[ _-]?keys? | client[ _-]?secrets?
  | app[ _-]?secrets? | api[ _-]?(?:keys?|secrets?|tokens?) | (?:access|auth|bearer|refresh|secret)[ _-]?tokens?
  | 2fa[ -](?:secret|seed)
  | (?:[^\W\d_]{{1,20}}-?)?pass?w(?:ö|oe)rte?r?
  | (?:[^\W\d_]{{1,20}}-?)?passwort(?:es|s)? | (?:[^\W\d_]{{1,20}}-?)?kennw(?:o|ö)rte?r? | zugangscodes?
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
FIELDS = r"""
    pass(?:[_-]?word|wd|code|phrase|wort)? | pwd | pw | pin | kennwort | mdp | mot[_-]?de[_-]?passe
  | api[_-]?(?:key|secret|token) | (?:access|auth|bearer|refresh|secret)[_-]?(?:token|key) | (?:client|app)[_-]?secret
"""
USERS = r"user(?:[ -]?name)? | benutzer(?:name)? | nutzer(?:name)? | utilisateur"
VERBS = r"is|are|was|were|remains|ist|sind|war|waren|bleibt|lautet|heißt|heisst|est|sont|était|reste"
NO_PASSWORD_AFTER = r"""
    polic | reset | manag | rule | hint | chang | field | protect | length | strength | requir | safe | regel | richtl
  | änder | schutz | politique | oubli | chang | gestionnaire | modif | verwalt | länge | sicher | type | format
"""  # “Password policy:” introduces none

LONGEST = 40  # characters of a heading or of the left half of a pair
MOST_WORDS = 8  # of a line that heads a table

NETWORK = re.compile(rf"{NETWORKS}", re.IGNORECASE | re.VERBOSE)
LABEL = re.compile(rf"(?<!\w)(?:{WORDS})(?![\w-])", re.IGNORECASE | re.VERBOSE)
INTRODUCED = re.compile(
    rf"(?<![\w?&])(?P<label>{WORDS})(?![\w-])"
    rf"(?P<between>(?:[ ](?!(?:{NO_PASSWORD_AFTER}))[\w@.&'’-]{{1,24}}){{0,3}}(?:[ ]?\([^()\n]{{0,40}}\))?)"
    rf"\s*(?P<sign>[:=：](?!//)|[-=]>|→|[–-](?=\s)|\b(?:{VERBS})\b(?=\s))"
    r"[ \t]*[:=]?[ \t]*(?P<value>.*)",
    re.IGNORECASE | re.VERBOSE,
)
ALONE = re.compile(rf"\W*(?:\w+\W+){{0,2}}?(?:{WORDS})\W*", re.IGNORECASE | re.VERBOSE)
FOLLOWED = re.compile(rf"(?<!\w)(?P<label>{WORDS})(?=[ \t]+(?P<rest>\S.{{0,160}}))", re.IGNORECASE | re.VERBOSE)
SPOKEN = re.compile(r"pass|pwd|pw$|kennw|mdp|wlan|wi-?fi|wpa|network|netzwerk|réseau", re.IGNORECASE)  # of these labels
NONE_AFTER = re.compile(NO_PASSWORD_AFTER, re.IGNORECASE | re.VERBOSE)
KEYS = re.compile(r"api|token|secret|zugriff|clé|jeton", re.IGNORECASE)  # of these labels the value may be long
FIELD = re.compile(  # of JSON, YAML, Python or settings: `"password": "…"`, `'ig_passwort' => '…'`, `DB_PASSWORD=…`
    rf"(?P<label>{FIELDS})(?P<quote>[\"']?)\s*(?:=>|[:=])\s*"
    r"(?:(?P<mark>[\"'])(?P<quoted>(?:\\.|(?!(?P=mark))[^\\\n]){0,200})(?P=mark)|(?P<bare>[^\s,}\]\"']+))",
    re.IGNORECASE | re.VERBOSE,
)
LOGIN = re.compile(
    rf"(?<!\w)(?P<label>{LOGINS})(?![\w-])[^:=\n]{{0,30}}[:=][ \t]*"
    r"(?P<user>(?!//)\S+)[ \t]*(?:[/|,;]|[ \t])[ \t]*(?P<value>\S+)",
    re.IGNORECASE | re.VERBOSE,
)
LOGIN_LINE = re.compile(  # without a colon: `login ana / …`, `Zugang Instagram ana:…`
    rf"(?<!\w)(?P<label>{LOGINS}|{USERS})[ \t]+(?:[^\s:=/|]+[ \t]+){{0,3}}?[^\s:=/|]+"
    r"(?:(?P<apart>[ \t]+(?:[/|]|pass)[ \t]+)|[/|:])(?P<value>\S+)",
    re.IGNORECASE | re.VERBOSE,
)
WPA = re.compile(
    r"(?<!\w)(?P<label>wpa[23]?(?:[ /-](?:psk|wpa[23]|personal))?)(?:\s*[:=]\s*|[ \t]+)(?P<value>\S+)", re.IGNORECASE
)
CODES_LABEL = re.compile(rf"(?<!\w)(?P<label>{CODES})(?!\w)", re.IGNORECASE | re.VERBOSE)
CODE = re.compile(r"(?<![\w-])(?:\d{4}[ -]\d{4}|\d{8}|(?=\w*\d)[a-z0-9]{4,6}-[a-z0-9]{4,6})(?![\w-])", re.IGNORECASE)
HEADING = re.compile(rf"(?<!\w)(?:{HEADINGS})(?!\w)", re.IGNORECASE | re.VERBOSE)
STEMS = re.compile(  # in small letters: without regard to case it takes ten times as long
    r"pass|pwd|pw|pin|code|secret|api|token|2fa|kennw|geheim|zug|mdp|clé|jeton|log[ -]?in|credent|anmelded|identifiant"
    r"|accès|access|user|utilisat|nutzer|wlan|wi-?fi|wpa|netzwerk|network"
)
ACCESS = re.compile(rf"\W*(?:\w+[ -])?(?P<label>{LOGINS}|access|zugänge)\W*", re.IGNORECASE | re.VERBOSE)
COLUMNS = re.compile(r"\t| {2,}|\|")  # what parts the columns of a table that is written as lines


@dataclass(frozen=True, slots=True)
class AccessColumn:
    """A column of a table that is written as lines: what it is called, its number, and of how many."""

    label: str
    at: int
    of: int

    def cells(self, text: str) -> list[str]:
        """Its cell in this line; all of them where some are left empty, for then nobody can tell which it is."""
        cells = columns_in(text)
        return [cells[self.at]] if len(cells) == self.of else cells if len(cells) > 1 else []


def may_have_label(text: str) -> bool:
    """A sieve, fast enough for megabytes: where it is not so, no word for a password or an access is in the text."""
    return STEMS.search(text.lower()) is not None


def label_in(text: str) -> str:
    """The word for a password that a cell or a line consists of: a heading, the left half of a pair; else empty."""
    may = len(text) <= LONGEST and may_have_label(text) and ALONE.fullmatch(text)
    found = LABEL.search(text) if may else None
    return found[0] if found else ""


def is_heading(text: str) -> bool:
    """Whether a line heads a table with passwords: `Platform  User  Password`."""
    short = len(text.split()) <= MOST_WORDS and not any(sign.isdigit() or sign in ".:!?," for sign in text)
    return short and HEADING.search(text) is not None and LABEL.search(text) is not None


def access_in(text: str) -> str:
    """The word for an access that a column's heading consists of: `Zugang`, `Instagram login`; else empty."""
    may = len(text) <= LONGEST and may_have_label(text)
    found = ACCESS.fullmatch(text) if may else None
    return found["label"] if found else ""


def find_access_column(text: str) -> AccessColumn | None:
    """The word for an access in a line that heads a table, `Platform   Access`; beside “Password” it heads names."""
    columns = columns_in(text)
    if len(columns) < 2 or len(text.split()) > MOST_WORDS or LABEL.search(text):
        return None
    found = ((access_in(column), at) for at, column in enumerate(columns))
    return next((AccessColumn(label, at, len(columns)) for label, at in found if label), None)


def columns_in(text: str) -> list[str]:
    """The cells of a table's row that is written as a line."""
    return COLUMNS.split(text.strip())
