"""What a spreadsheet's locale decides: separators, the order of a date, default patterns, words for true and false."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol, get_territory_currencies

TRUE_AND_FALSE = {
    "de": ("WAHR", "FALSCH"),
    "fr": ("VRAI", "FAUX"),
    "es": ("VERDADERO", "FALSO"),
    "it": ("VERO", "FALSO"),
}
CURRENCY_OF_LANGUAGE = {"en": "USD", "de": "EUR", "fr": "EUR", "es": "EUR", "it": "EUR", "nl": "EUR", "pt": "BRL"}


@dataclass(frozen=True)
class Region:
    """The habits of one locale, as Sheets applies them."""

    locale: Locale

    @cached_property
    def decimal(self) -> str:
        """The decimal separator."""
        return str(self.locale.number_symbols["latn"]["decimal"])

    @cached_property
    def group(self) -> str:
        """The separator of thousands."""
        return str(self.locale.number_symbols["latn"]["group"]).replace("'", "’")

    @cached_property
    def date(self) -> str:
        """The pattern of a date without one, such as `dd/mm/yyyy`."""
        short = self.locale.date_formats["short"].pattern.lower()
        return re.sub(r"y+", "yyyy", re.sub(r"[^dmy./\- ]|g+", "", short)).strip()

    @cached_property
    def order(self) -> str:
        """In which order day, month and year are typed: `dmy`, `mdy` or `ymd`."""
        return "".join(dict.fromkeys(letter for letter in self.date if letter in "dmy"))

    @cached_property
    def time(self) -> str:
        """The pattern of a time of day."""
        return "h:mm:ss am/pm" if "a" in self.locale.time_formats["medium"].pattern else "hh:mm:ss"

    @cached_property
    def currency(self) -> str:
        """The symbol of the currency that is spent here."""
        code = CURRENCY_OF_LANGUAGE.get(self.locale.language, "USD")
        if self.locale.territory:
            code = (get_territory_currencies(self.locale.territory) or [code])[0]
        return str(get_currency_symbol(code, self.locale))

    def money(self, digits: str, symbol: str | None = None) -> str:
        """The pattern of an amount, the symbol on the side where it stands here."""
        mark = f'"{self.currency}"' if symbol in (None, self.currency) else f"[${symbol}]"
        after = self.locale.currency_formats["standard"].pattern.strip("\u200f\xa0 ").partition(";")[0].endswith("¤")
        return f"{digits} {mark}" if after else f"{mark}{digits}"

    @property
    def booleans(self) -> tuple[str, str]:
        """How TRUE and FALSE are shown."""
        return TRUE_AND_FALSE.get(self.locale.language, ("TRUE", "FALSE"))

    @cached_property
    def months(self) -> dict[str, int]:
        """The number of a month by its name or its abbreviation, in lower case."""
        names: dict[str, int] = {}
        for locale in (Locale("en"), self.locale):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    months = locale.months[context][width]
                    names |= {str(name).lower().rstrip("."): number for number, name in months.items()}
        return names


@lru_cache(maxsize=64)
def get_region(name: str) -> Region:
    """The region of a locale such as `en_GB` or `de`; ValueError when there is none."""
    try:
        return Region(Locale.parse(name.replace("-", "_")))
    except (UnknownLocaleError, ValueError, TypeError):
        raise ValueError(name) from None
