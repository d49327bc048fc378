"""Kinds of cell: how each is read from what a person typed, and what to say when it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from offboard.amounts import CENT, NO_AMOUNT, UnreadableError, find_amount, find_currency

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's serial days count from here in its own time zone
ADDRESS = r"[^\s@<>\"(),:;\\\[\]]+@[^\s@<>\"(),:;\\\[\].]+(\.[^\s@<>\"(),:;\\\[\].]+)+"
PATH = re.compile(r"/|~/|\.{1,2}/|[A-Za-z]:\\")  # how a path on disk begins
MOST_MONEY = 1e12  # no invoice is larger; a float is exact to the cent below it
BLANKS = re.compile(r"[\s ​﻿]+")


@dataclass(frozen=True)
class Link:
    """A link in a cell: its address and the text that it stands behind."""

    url: str
    title: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell as typed and as shown: `value` is a number, text, boolean or None; `text` what the person sees."""

    value: float | str | bool | None = None
    text: str = ""
    links: tuple[Link, ...] = ()
    error: bool = False  # a formula that came to nothing: `#N/A` and its like

    @property
    def empty(self) -> bool:
        """Whether a person would call it empty: blanks and no-break spaces do not count."""
        return not squeeze(self.text)


@dataclass(frozen=True)
class Reading:
    """How this tracker's cells are to be read: its locale, its time zone, the currency where a cell names none."""

    locale: Locale
    timezone: ZoneInfo
    currency: str = "EUR"


@dataclass(frozen=True)
class Money:
    """An exact amount in one currency."""

    amount: Decimal
    currency: str


Parse = Callable[[Cell, Reading], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of cell: its name (the layout gives it a date picker or a dropdown by it), its reader, its choices."""

    name: str
    parse: Parse
    choices: tuple[str, ...] = ()


def squeeze(text: str) -> str:
    """Text without blanks at its ends and with single ones inside; no-break and zero-width ones count as blanks."""
    return BLANKS.sub(" ", text).strip() if text else ""


def parse_text(cell: Cell, reading: Reading) -> str:
    """Text as shown, so that an invoice number keeps its zeros."""
    return squeeze(cell.text) if "\n" not in cell.text else cell.text.strip()


def parse_short_name(cell: Cell, reading: Reading) -> str:
    """Letters, digits and hyphens; upper and lower case are the same name."""
    text = parse_text(cell, reading)
    if not re.fullmatch(r"\w[\w-]*", text):
        raise UnreadableError("is no short name; use letters, digits and hyphens, like bloom or blue-door")
    return text.casefold()


def is_email(text: str) -> bool:
    """Whether it is one plain address; `=?…?=` is how headers hide other text, and no address needs it.

    Letters beyond ASCII, among them invisible ones that chats put around a copied address, reach nobody.
    """
    return text.isascii() and "=?" not in text and re.fullmatch(ADDRESS, text) is not None


def parse_emails(cell: Cell, reading: Reading) -> tuple[str, ...]:
    """Addresses with commas, semicolons or lines between them."""
    found = tuple(part.strip() for part in re.split(r"[,;\n]", parse_text(cell, reading)) if part.strip())
    for address in found:
        if not is_email(address):
            raise UnreadableError("is no e-mail address; write it like maya@bloom.example")
    return found


def parse_email(cell: Cell, reading: Reading) -> str:
    """One address."""
    found = parse_emails(cell, reading)
    if len(found) != 1:
        raise UnreadableError("is more than one e-mail address; this cell takes one")
    return found[0]


def parse_datetime(cell: Cell, reading: Reading) -> datetime:
    """A moment in the tracker's time zone: a serial number, or text such as 2026-05-29 15:00."""
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        if not 1 <= cell.value < 200_000:
            raise UnreadableError("is no date; write it like 2026-03-31")
        seconds = round(cell.value * 86400)
        return (EPOCH + timedelta(seconds=seconds)).replace(tzinfo=reading.timezone)
    text = squeeze(cell.text)
    matched = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?", text)
    if matched:
        try:
            return datetime(*(int(part or 0) for part in matched.groups()), tzinfo=reading.timezone)  # type: ignore[misc, arg-type]
        except ValueError:
            pass
    raise UnreadableError("is no date; write it like 2026-03-31")


def parse_date(cell: Cell, reading: Reading) -> date:
    """A day; a time of day in the cell is left out."""
    return parse_datetime(cell, reading).date()


def parse_date_or_yes(cell: Cell, reading: Reading) -> date | bool:
    """The day on which it was paid, or True for `yes` where the day does not matter."""
    if cell.value is True or squeeze(cell.text).casefold() in ("yes", "y", "x", "paid", "ja", "true", "✓"):
        return True
    if cell.value is False or squeeze(cell.text).casefold() in ("no", "n", "open", "nein", "false"):
        return False
    return parse_date(cell, reading)


def parse_number(cell: Cell, reading: Reading) -> int:
    """A whole number, as of days."""
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        if float(cell.value).is_integer():
            return int(cell.value)
        raise UnreadableError("is no whole number; write it like 30")
    text = squeeze(cell.text)
    if re.fullmatch(r"[+-]?\d+( (days|Tage))?", text):
        return int(text.split()[0])
    raise UnreadableError("is no whole number; write it like 30")


def parse_checkbox(cell: Cell, reading: Reading) -> bool:
    """A ticked box, or a word that means it."""
    if isinstance(cell.value, bool):
        return cell.value
    text = parse_text(cell, reading).casefold()
    if text in ("true", "yes", "y", "x", "✓", "☑", "ja", "done"):
        return True
    if text in ("", "false", "no", "n", "☐", "nein"):
        return False
    raise UnreadableError("is neither ticked nor empty; tick the box or write yes")


def parse_money(cell: Cell, reading: Reading) -> Money:
    """An exact amount by the tracker's locale, with the currency that the cell shows."""
    text = squeeze(cell.text)
    currency = find_currency(text, reading.currency, reading.locale.currencies) or reading.currency
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        if not abs(cell.value) < MOST_MONEY:
            raise UnreadableError(NO_AMOUNT)
        return Money(Decimal(repr(round(cell.value, 6))).quantize(CENT), currency)
    return Money(find_amount(text), currency)


def parse_links(cell: Cell, reading: Reading) -> tuple[Link, ...]:
    """Every link of the cell: chips, hyperlinks and addresses typed as text, or paths on disk; each once."""
    text = cell.text.strip()
    found = list(cell.links)
    linked = {link.title for link in found}
    for piece in _link_pieces(text):
        if not piece or piece in linked or any(piece in (link.url, link.title) for link in found):
            continue
        if re.match(r"https?://", piece) or PATH.match(piece):
            found.append(Link(piece))
        elif not cell.links:
            raise UnreadableError("is no link; paste a Drive link, insert a file chip, or write a path like ~/reports")
    return tuple(dict.fromkeys(found))


def _link_pieces(text: str) -> list[str]:
    """A path takes its whole line, since file names may hold commas; addresses may share one."""
    pieces = []
    for line in re.split(r"[\n;]+", text):
        if PATH.match(line.strip()):
            pieces.append(line.strip())
        else:
            pieces += [part.strip() for part in re.split(r",|\s+(?=https?://)", line)]
    return pieces


def parse_link(cell: Cell, reading: Reading) -> str:
    """One address, or the text itself where people write an account number instead."""
    return cell.links[0].url if cell.links else parse_text(cell, reading)


def parse_words(cell: Cell, reading: Reading) -> tuple[str, ...]:
    """Names with commas between, in lower case."""
    return tuple(part.strip().casefold() for part in re.split(r"[,;\n]", parse_text(cell, reading)) if part.strip())


def parse_days(cell: Cell, reading: Reading) -> tuple[int, ...]:
    """Whole numbers with commas between, in their order."""
    try:
        return tuple(sorted(int(part) for part in re.split(r"[,;\s]+", parse_text(cell, reading)) if part))
    except ValueError:
        raise UnreadableError("is no list of days; write it like -3, 3, 7, 14, 30") from None


TEXT = Kind("text", parse_text)
SHORT_NAME = Kind("short name", parse_short_name)
CLIENT_NAME = Kind("client", parse_short_name)  # in other tabs: a dropdown over the short names
EMAIL = Kind("email", parse_email)
EMAILS = Kind("emails", parse_emails)
DATE = Kind("date", parse_date)
DATETIME = Kind("date and time", parse_datetime)
DATE_OR_YES = Kind("date or yes", parse_date_or_yes)
NUMBER = Kind("number", parse_number)
CHECKBOX = Kind("checkbox", parse_checkbox)
MONEY = Kind("money", parse_money)
LINKS = Kind("links", parse_links)
LINK = Kind("link", parse_link)
WORDS = Kind("words", parse_words)
DAYS = Kind("days", parse_days)


def some_of(*choices: str) -> Kind:
    """Some of these words, commas between."""

    def parse_some(cell: Cell, reading: Reading) -> tuple[str, ...]:
        found = parse_words(cell, reading)
        strange = next((word for word in found if word not in choices), None)
        if strange is not None:
            raise UnreadableError(f"names “{strange}”, which is none of: {', '.join(choices)}")
        return found

    return Kind("words", parse_some)


def choice(*choices: str, also: dict[str, str] | None = None) -> Kind:
    """A dropdown: these words, or the older ones in `also` that mean one of them."""
    known = {word.casefold(): word for word in choices}
    known |= {old.casefold(): new for old, new in (also or {}).items()}

    def parse_choice(cell: Cell, reading: Reading) -> str:
        text = parse_text(cell, reading).casefold()
        if text not in known:
            raise UnreadableError(f"is none of: {', '.join(choices)}")
        return known[text]

    return Kind("choice", parse_choice, choices)
