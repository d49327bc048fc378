"""A cell: what was entered, how it looks, its note, rule, text runs and chips; and what a person sees of it."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.formula.values import FormulaError, Linked, Scalar, Shaped
from offboard.sandbox.sheets.number_format import render_number, render_text
from offboard.sandbox.sheets.regions import Region

Literal = str | float | bool | None


@dataclass(slots=True)
class Cell:
    """One cell. It is never changed, only replaced: copies, formats and rules are shared between cells."""

    value: Scalar = None
    formula: str | None = None
    format: Json | None = None
    note: str = ""
    rule: Json | None = None
    runs: list[Json] | None = None
    chips: list[Json] | None = None
    shown: str | None = None  # the formatted value once it was asked for; only where there is no formula

    @property
    def filled(self) -> bool:
        """Whether it has content; a format, a note or a rule alone is none."""
        return self.value is not None or self.formula is not None

    @property
    def blank(self) -> bool:
        """Whether nothing at all is in it."""
        return not (self.filled or self.format or self.note or self.rule or self.runs or self.chips)

    @property
    def number_format(self) -> Json | None:
        """The number format that was given to it."""
        return self.format.get("numberFormat") if self.format else None

    @property
    def scalar(self) -> Scalar:
        """A literal as a formula sees it: a number brings its format along."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool) and self.number_format:
            return Shaped(self.value, self.number_format)
        return self.value

    def with_content(self, value: Scalar, formula: str | None = None) -> Cell:
        """The same cell with other content; text runs and chips belong to the old, a format to where it came from."""
        if isinstance(value, Shaped):
            value = tidy_number(value)
        return Cell(value, formula, self.format, self.note, self.rule)


def tidy_number(value: float) -> float:
    """A number as Google writes it in JSON: whole ones without a fraction."""
    plain = float(value)
    return int(plain) if plain.is_integer() and abs(plain) < 1e15 else plain


def shown_text(value: Scalar, number_format: Json | None, region: Region) -> str:
    """What a person sees of a value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return region.booleans[0 if value else 1]
    if isinstance(value, FormulaError):
        return value.shown
    if isinstance(value, str):
        return render_text(value, number_format)
    if number_format is None and isinstance(value, Shaped):
        number_format = value.number_format
    return render_number(tidy_number(value), number_format, region)


def extended_value(value: Scalar, formula: str | None = None) -> Json:
    """A value as Google's ExtendedValue."""
    if formula is not None:
        return {"formulaValue": formula}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, FormulaError):
        return {"errorValue": {"type": value.kind, **({"message": value.message} if value.message else {})}}
    if isinstance(value, str):
        return {"stringValue": str(value)}
    return {"numberValue": tidy_number(value)} if value is not None else {}


def link_of_value(value: Scalar) -> str:
    """Where a computed value leads."""
    return value.url if isinstance(value, Linked) else ""


def shown_chips(cell: Cell) -> str:
    """A text with each chip's placeholder replaced by what the chip shows; empty without chips."""
    if not cell.chips or not isinstance(cell.value, str):
        return ""
    coded = cell.value.encode("utf-16-le")
    shown, at = "", 0
    for run in cell.chips:
        if "chip" not in run:
            continue
        start = 2 * run.get("startIndex", 0)
        shown += coded[at:start].decode("utf-16-le") + run["title"]
        at = start + 2
    return shown + coded[at:].decode("utf-16-le")
