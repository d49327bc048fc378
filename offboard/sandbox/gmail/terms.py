"""The words that Gmail's search knows, and what each looks for in a mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from offboard.sandbox.gmail.addresses import FIELDS
from offboard.sandbox.gmail.compose import parse_mail
from offboard.sandbox.gmail.headers import decode_words, list_values
from offboard.sandbox.gmail.mailbox import Mail
from offboard.sandbox.gmail.payload import read_text, walk
from offboard.sandbox.refusal import Refusal

PLACES = {"draft": "DRAFT", "drafts": "DRAFT"}  # else a place is called like its label
DAYS = {"d": 1, "m": 30, "y": 365}
PACIFIC = ZoneInfo("America/Los_Angeles")  # where days begin for the API's before: and after:


class Letter:
    """A mail as the search reads it, each part of it only when it is asked for."""

    def __init__(self, mail: Mail, now: datetime) -> None:
        self.mail = mail
        self.now = now
        self.moment = datetime.fromtimestamp(mail.internal_date / 1000, UTC)

    def words(self, field: str) -> list[str]:
        """The words of a field, in their order."""
        return _words(decode_words(" ".join(list_values(self.mail.raw, field))))

    @cached_property
    def filenames(self) -> list[str]:
        """The names of the attachments."""
        names = (part.get_filename() for _, part in walk(parse_mail(self.mail.raw)))
        return [decode_words(name) for name in names if name]

    @cached_property
    def everything(self) -> list[list[str]]:
        """The words of everything that a plain word may be found in."""
        fields = [self.words(field) for field in ("Subject", "From", *FIELDS)]
        return [*fields, _words(read_text(parse_mail(self.mail.raw))), *map(_words, self.filenames)]


Test = Callable[[Letter], bool]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _within(phrase: list[str], words: list[str]) -> bool:
    size = len(phrase)
    return any(words[at : at + size] == phrase for at in range(len(words) - size + 1))


def _anywhere(value: str) -> Test:
    phrase = _words(value)
    return lambda letter: any(_within(phrase, words) for words in letter.everything)


def _in_field(field: str) -> Callable[[str], Test]:
    def read(value: str) -> Test:
        phrase = _words(value)
        return lambda letter: _within(phrase, letter.words(field))

    return read


def _to(value: str) -> Test:
    phrase = _words(value)
    return lambda letter: any(_within(phrase, letter.words(field)) for field in FIELDS)


def _filename(value: str) -> Test:
    phrase = _words(value)
    return lambda letter: any(_within(phrase, _words(name)) for name in letter.filenames)


def _place(value: str) -> Test:
    label = PLACES.get(value.lower(), value.upper())
    return lambda letter: label == "ANYWHERE" or label in letter.mail.labels


def _state(value: str) -> Test:
    if value.lower() == "read":
        return lambda letter: "UNREAD" not in letter.mail.labels
    return _place(value)


def _has(value: str) -> Test:
    if value.lower() != "attachment":
        raise _not_answered(f"has:{value}")
    return lambda letter: bool(letter.filenames)


def _message_id(value: str) -> Test:
    return lambda letter: (
        value.strip("<>") in {given.strip("<>") for given in list_values(letter.mail.raw, "Message-ID")}
    )


def _moment(value: str) -> datetime | None:
    try:
        if re.fullmatch(r"[0-9]{5,12}", value):
            return datetime.fromtimestamp(int(value), UTC)
        year, month, day = (int(number) for number in re.split(r"[/-]", value))
        return datetime(year, month, day, tzinfo=PACIFIC)
    except (ValueError, OverflowError, OSError):
        return None  # nothing is before or after what is no date


def _before(value: str) -> Test:
    moment = _moment(value)
    return lambda letter: moment is not None and letter.moment < moment


def _after(value: str) -> Test:
    moment = _moment(value)
    return lambda letter: moment is not None and letter.moment >= moment


def _age(value: str) -> timedelta | None:
    matched = re.fullmatch(r"([0-9]{1,5})([dmy])", value.lower())
    return timedelta(days=int(matched[1]) * DAYS[matched[2]]) if matched else None


def _newer(value: str) -> Test:
    age = _age(value)
    return lambda letter: age is not None and letter.now - letter.moment < age


def _older(value: str) -> Test:
    age = _age(value)
    return lambda letter: age is not None and letter.now - letter.moment >= age


def _not_answered(operator: str) -> Refusal:
    return Refusal(501, f"The sandbox does not search by {operator}.", reason="notImplemented", location="q")


def _refused(operator: str) -> Callable[[str], Test]:
    def read(value: str) -> Test:
        raise _not_answered(f"{operator}:{value}")

    return read


OPERATORS: dict[str, Callable[[str], Test]] = {
    "": _anywhere,
    "subject": _in_field("Subject"),
    "from": _in_field("From"),
    "to": _to,
    "cc": _in_field("Cc"),
    "bcc": _in_field("Bcc"),
    "filename": _filename,
    "in": _place,
    "label": _place,
    "is": _state,
    "has": _has,
    "rfc822msgid": _message_id,
    "before": _before,
    "older": _before,
    "after": _after,
    "newer": _after,
    "newer_than": _newer,
    "older_than": _older,
    **{name: _refused(name) for name in ("larger", "smaller", "size", "category", "list", "deliveredto", "around")},
}
