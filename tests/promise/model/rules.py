"""The fine print, each rule a switch; what no rule can fence and is taken on trust; and what counts as damage."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """One rule of the fine print; its number is the one it has there."""

    CHAIN = "1 the ledger's versions are whole up to its newest mark, or nothing is made"
    ONE_READ = "1 rows and marks are one consistent read, never rows first"
    READ_MARK = "2 a refused append reads the mark: a refusal alone is never success"
    KEEP_NONCE = "2 a mark that bears my nonce means that my append landed: it is not written again"
    EVENT_ONCE = "2 a log row is added again only if the ledger does not have it"
    DROP_SHELL = "3 after a refusal my unrecorded shell is not used again"
    SAY_SWEEP = "3 a stray shell is swept in the open: a fenced row first, then the delete"
    SWEEP_EMPTY = "3 only a shell that is still empty is swept"
    GET_FIRST = "4 a draft is filled only after a GET in the same breath showed our empty shell"
    UP_TO_DATE = "4 a draft is brought up to date only after a GET showed our own words"
    GET_AFTER_LOST = "4 after a lost reply GET first, then PUT again"
    LOOK_AGAIN = "5 a runner that slept looks again before it records or makes"
    TAKEN_BACK = "6 what the ledger calls made is never made again because it is missing"
    ASK_SHARE = "6 a share whose outcome was never written down is asked for, not repeated"
    SAY_SHARE = "6 that a share begins is written down before it is made"
    COPY = "7 the first row holds the spreadsheet's id: in a copy nothing is made"
    KEEP_MARKS = "8 the newest few marks are kept when old ones are deleted"


class Trust(StrEnum):
    """What nothing in Google can fence: with one of these broken damage is possible, and the explorer shows it."""

    QUIET_WRITE = "nobody edits a draft, or takes a share back, while a write to it is on its way"
    QUIET_REPEAT = "nobody takes a share back in the seconds between its lost reply and the repeat"
    QUIET_SHARE = "while one run shares nobody says the share again; while it is said again nobody takes it back"
    QUIET_LOG = "nobody writes a whole row of kept marks while one run makes and has yet to log"


class Damage(StrEnum):
    """What must never be seen."""

    TWO_FOLDERS = "a second folder"
    TWO_DRAFTS = "a second filled draft"
    MADE_AGAIN = "what a person took back was made again"
    OVERWRITTEN = "a draft that a person edited was overwritten"
    SWEPT = "a draft that somebody needs was deleted"
    SHARED_AGAIN = "a share was made again after a person took it back"
    MAILED_TWICE = "Google mailed the same invitation twice"
    LOGGED_TWICE = "a log row twice"
    LOG_LOST = "a log row lost"
    BROKEN = "a version written twice"
    FALSE_ALARM = "a whole ledger called damaged"
    FROM_DAMAGE = "something made from a damaged ledger"
    FROM_COPY = "something made from a copied ledger"


EVERY_RULE = frozenset(Rule)
EVERY_TRUST = frozenset(Trust)
