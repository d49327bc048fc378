"""The words that Gmail's search knows, and what each looks for in a mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from offboard.sandbox.gmail.compose import parse_mail
from offboard.sandbox.gmail.headers import FIELDS, decode_words, list_values
from offboard.sandbox.gmail.mailbox import Mail
from offboard.sandbox.gmail.payload import read_text, walk
from offboard.sandbox.refusal import Refusal

PLACES = {"DRAFTS": "DRAFT"}  # else a place is called like its label
DAYS = {"d": 1, "m": 30, "y": 365}
PACIFIC = ZoneInfo("America/Los_Angeles")  # where days begin for the API's before: and after:
ABSENT = ("larger", "smaller", "size", "category", "list", "deliveredto", "around")  # Google's, and not here


class Letter:
    """A mail as the search reads it, each part of it only when it is asked for."""

    def __init__(self, mail: Mail, now: datetime) -> None:
        self.mail = mail
        self.moment = datetime.fromtimestamp(mail.internal_date / 1000, UTC)
        self.age = now - self.moment

    def values(self, *fields: str) -> list[str]:
        """The values of these fields, each on one line."""
        return [decode_words(" ".join(list_values(self.mail.raw, field))) for field in fields]

    @cached_property
    def filenames(self) -> list[str]:
        """The names of the attachments."""
        names = (part.get_filename() for _, part in walk(parse_mail(self.mail.raw)))
        return [decode_words(name) for name in names if name]

    @cached_property
    def everything(self) -> list[str]:
        """Everything that a plain word may be found in."""
        return [*self.values("Subject", "From", *FIELDS), read_text(parse_mail(self.mail.raw)), *self.filenames]

    def stands_in(self, place: str) -> bool:
        """Whether the mail has this label, whatever its case."""
        label = PLACES.get(place.upper(), place.upper())
        return label == "ANYWHERE" or label in self.mail.labels


def _has(texts: list[str], phrase: str) -> bool:
    """Whether the words of a phrase stand after one another in one of the texts."""
    wanted = _words(phrase)
    return any(
        words[at : at + len(wanted)] == wanted
        for words in map(_words, texts)
        for at in range(len(words) - len(wanted) + 1)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _moment(value: str, otherwise: datetime) -> datetime:
    """The moment that is named; nothing is before or after what is no date."""
    try:
        if re.fullmatch(r"[0-9]{5,12}", value):
            return datetime.fromtimestamp(int(value), UTC)
        year, month, day = (int(number) for number in re.split(r"[/-]", value))
        return datetime(year, month, day, tzinfo=PACIFIC)
    except (ValueError, OverflowError, OSError):
        return otherwise


def _before(letter: Letter, value: str) -> bool:
    return letter.moment < _moment(value, letter.moment)


def _after(letter: Letter, value: str) -> bool:
    return letter.moment >= _moment(value, letter.moment + timedelta(days=1))


def _is_older(letter: Letter, value: str) -> bool | None:
    matched = re.fullmatch(r"([0-9]{1,5})([dmy])", value.lower())
    return letter.age >= timedelta(days=int(matched[1]) * DAYS[matched[2]]) if matched else None


OPERATORS: dict[str, Callable[[Letter, str], bool]] = {
    "": lambda letter, value: _has(letter.everything, value),
    "subject": lambda letter, value: _has(letter.values("Subject"), value),
    "from": lambda letter, value: _has(letter.values("From"), value),
    "to": lambda letter, value: _has(letter.values(*FIELDS), value),
    "cc": lambda letter, value: _has(letter.values("Cc"), value),
    "bcc": lambda letter, value: _has(letter.values("Bcc"), value),
    "filename": lambda letter, value: _has(letter.filenames, value),
    "in": Letter.stands_in,
    "label": Letter.stands_in,
    "is": lambda letter, value: not letter.stands_in("unread") if value.lower() == "read" else letter.stands_in(value),
    "has": lambda letter, _: bool(letter.filenames),
    "rfc822msgid": lambda letter, value: value.strip("<>") in [v.strip("<>") for v in letter.values("Message-ID")],
    "before": _before,
    "older": _before,
    "after": _after,
    "newer": _after,
    "newer_than": lambda letter, value: _is_older(letter, value) is False,
    "older_than": lambda letter, value: _is_older(letter, value) is True,
}


def check_operator(name: str, value: str) -> None:
    """Refuse what Google searches by and the sandbox does not."""
    if name in ABSENT or (name == "has" and value.lower() != "attachment"):
        raise Refusal(501, f"The sandbox does not search by {name}:{value}.", reason="notImplemented", location="q")
