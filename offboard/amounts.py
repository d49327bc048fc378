"""Amounts of money as people type them: read exactly, or refused where they could be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_symbol

NO_AMOUNT = "is no amount; write it like 850.00"
AMOUNT = re.compile(r"(?P<number>\d(?:[\d.,' ]*\d)?)(?:(?P<mark>[.,])[-–—]+)?")  # `1'200.–`, `1.200,-`
GROUPED = re.compile(r"\d{1,3}([ '])\d{3}(\1\d{3})*([.,]\d+)?|[\d.,]+")
CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal(10) ** 12
SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "Fr.": "CHF", "zł": "PLN", "Kč": "CZK", "₹": "INR"}
DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "HK": "HKD", "NZ": "NZD", "S": "SGD"}


class UnreadableError(ValueError):
    """A cell that cannot be read: the message continues the sentence that begins with its text."""


def find_amount(text: str) -> Decimal:
    """The one amount that a text holds, exact to the cent; UnreadableError where it may be read in two ways."""
    text = text.replace("−", "-").replace("’", "'")
    found = list(AMOUNT.finditer(text))
    before, after = (text[: found[0].start()], text[found[0].end() :]) if len(found) == 1 else ("", "-")
    if "(" in before or after.lstrip().startswith("-"):  # more numbers than one, or perhaps less than nothing
        raise UnreadableError(NO_AMOUNT)
    amount = _parse_digits(found[0]["number"], found[0]["mark"] or "")
    return -amount if "-" in before else amount


def _parse_digits(text: str, mark: str) -> Decimal:
    """Digits with marks between them; `mark` is the decimal one where a dash in the place of cents tells it."""
    if not GROUPED.fullmatch(text):
        raise UnreadableError(NO_AMOUNT)
    text = re.sub(r"[ ']", "", text)
    marks = [sign for sign in text if sign in ".,"]
    if mark and mark not in marks:
        text = re.sub(r"[.,]", "", text) if re.fullmatch(r"\d{1,3}([.,]\d{3})*|\d+", text) else ""
    elif len(set(marks)) == 2:  # both marks: the last one is the decimal one, whatever the locale
        whole = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)[.,](\d+)", text)
        text = f"{re.sub('[.,]', '', whole[1])}.{whole[3]}" if whole else ""
    elif len(marks) == 1 and len(re.split(r"[.,]", text)[1]) == 3:
        whole_part, _, rest = text.partition(marks[0])
        either = f"{whole_part}{rest}"
        raise UnreadableError(f"could be {either} or {whole_part}.{rest}; write {either} or {either}.00")
    elif len(marks) == 1:
        text = text.replace(",", ".")
    elif marks:
        text = re.sub(r"[.,]", "", text) if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) else ""
    if not text:
        raise UnreadableError(NO_AMOUNT)
    amount = Decimal(text)
    if amount >= LARGEST_AMOUNT:
        raise UnreadableError("is too large an amount")
    if amount != amount.quantize(CENT):
        raise UnreadableError("has more than two decimal places; write it like 850.00")
    return amount.quantize(CENT)


def find_currency(text: str, own: str, known: Container[str]) -> str:
    """The currency that a text names, by code or sign; empty where it names none. `own` is the tracker's."""
    code = re.search(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])", text)
    if code:
        if code[1] not in known and code[1] not in Locale("en").currencies:
            raise UnreadableError(f"names no currency that exists ({code[1]}); write it like EUR 850.00")
        return code[1]
    dollar = re.search(r"([A-Z]{0,3})\$", text)
    if dollar and dollar[1]:
        if dollar[1] not in DOLLARS:
            raise UnreadableError(f"names no dollar that exists ({dollar[0]}); write it like USD 850.00")
        return DOLLARS[dollar[1]]
    if dollar:  # every dollar writes itself so: the tracker's own if it is one
        return own if "$" in get_currency_symbol(own, locale="en_US") else "USD"
    if "kr" in text:
        return own if own in ("SEK", "NOK", "DKK") else "SEK"
    return next((currency for sign, currency in SIGNS.items() if sign in text), "")


def format_amount(amount: Decimal, currency: str, locale: Locale) -> str:
    """`€850.00`, `CHF 1,200.00`: letters keep a no-break space from the digits, as CLDR wants it and Babel forgets."""
    written = str(format_currency(amount, currency, locale=locale))
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", "\u00a0", written)
