"""How the tracker's locale writes dates, times and amounts: patterns for cells, examples for notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_currency, get_territory_currencies

from offboard.columns import DATE, DATE_OR_YES, DATETIME, MONEY
from offboard.rows import Column
from offboard.workspace.sheet_requests import Look

DAY, MOMENT = "day", "moment"  # in the place of a look's pattern: the locale's own, as `fill` puts it in

PIECES = re.compile(r"'([^']*)'|([A-Za-z])(\2*)|([^A-Za-z'])")
LETTERS = {"y": "yyyy", "a": "am/pm", "b": "am/pm", "B": "am/pm", "G": ""}  # Babel's letters that are others in Sheets
HOURS = {"H": "h", "k": "h", "K": "h", "L": "m"}
PLAIN = " .,/-:"  # what needs no quotes in a pattern


@dataclass(frozen=True)
class Region:
    """A locale, and the currency of amounts that name none."""

    locale: Locale
    currency: str

    def fill(self, look: Look) -> Look:
        """A look with this locale's pattern of a day (`21 May`) or of a moment (day and time, no seconds)."""
        patterns = {DAY: self.locale.datetime_skeletons["MMMd"].pattern, MOMENT: self._moment}
        return replace(look, pattern=_sheet_pattern(patterns[look.pattern])) if look.pattern in patterns else look

    @property
    def _date(self) -> str:
        return re.sub("y+", "y", self.locale.date_formats["short"].pattern)

    @property
    def _moment(self) -> str:
        return f"{self._date} {self.locale.time_formats['short'].pattern}"

    def example(self, column: Column) -> str:
        """A column's example as people here would type it."""
        if column.kind in (DATE, DATE_OR_YES):
            return self._written(column.example, "%d/%m/%Y", self._date)
        if column.kind is DATETIME:
            return self._written(column.example, "%d/%m/%Y %H:%M", self._moment)
        if column.kind is MONEY:
            return str(format_currency(Decimal(column.example.strip("€")), self.currency, locale=self.locale))
        return column.example

    def _written(self, example: str, written: str, pattern: str) -> str:
        if not example:
            return ""
        day = datetime.strptime(example, written)  # noqa: DTZ007  # an example, at no place on earth
        return str(format_datetime(day, pattern, locale=self.locale)).replace("\u202f", " ")


def get_region(locale: str, currency: str = "") -> Region:
    """The habits of a locale such as `en_GB`; without a currency, its own."""
    found = Locale.parse(locale)
    own = get_territory_currencies(found.territory) if found.territory else []
    return Region(found, currency or (own[0] if own else "EUR"))


def _sheet_pattern(pattern: str) -> str:
    """A pattern of Babel's in the letters of Sheets."""
    made = ""
    for quoted, letter, more, other in PIECES.findall(pattern.replace("\u202f", " ").replace("\xa0", " ")):
        if letter:
            made += LETTERS.get(letter, HOURS.get(letter, letter.lower()) * len(letter + more))
        else:
            literal = quoted or other
            made += literal if all(sign in PLAIN for sign in literal) else f'"{literal}"'
    return made.strip()
