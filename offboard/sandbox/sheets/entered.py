"""What a person typed, read as Sheets reads it: a formula, a truth, a number, money, a date or a text."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.entered_dates import parse_moment
from offboard.sandbox.sheets.regions import Region

Literal = str | float | bool | None

URL = re.compile(r"(?:https?|ftp)://[^\s<>\"]+|www\.[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SYMBOLS = "$€£¥₹₽₺₩₪฿₫₴₦"


@dataclass(frozen=True)
class Entered:
    """A cell's new content: a literal or a formula, and the number format that the typing suggests."""

    value: Literal = None
    formula: str | None = None
    number_format: Json | None = None


def parse_entered(text: str, region: Region, year: int) -> Entered:
    """Read a typed text; `year` completes a date without one."""
    if text.startswith("'"):
        return Entered(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Entered(formula=text)
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE") or bare.upper() in region.booleans:
        return Entered(bare.upper() in ("TRUE", region.booleans[0]))
    if not any(letter.isdigit() for letter in bare):
        return Entered(formula=f"={text}") if re.match(r"[+-]\s*[\w(]", text) else Entered(text)
    found = parse_number(bare, region) or parse_moment(bare, region, year)
    if found:
        return Entered(found[0], number_format=found[1])
    return Entered(formula=f"={text}") if re.match(r"[+-]\s*[A-Za-z(]", text) else Entered(text)


@lru_cache(maxsize=16)
def _number(decimal: str, group: str, symbol: str) -> re.Pattern[str]:
    spaced = r"[ \u00a0\u202f]" if not group.strip() else "[’']" if group == "’" else re.escape(group)
    mark = "|".join(
        [re.escape(symbol), *(re.escape(s) for s in SYMBOLS), "R\\$", "kr", "zł", "CHF", "EUR", "USD", "GBP"]
    )
    return re.compile(
        rf"""(?P<sign>[-+])?\s*+(?P<before>{mark})?\s*+(?P<inner>[-+])?
        (?P<whole>\d{{1,3}}(?:{spaced}\d{{3}})+|\d*)
        (?P<fraction>{re.escape(decimal)}\d*)?
        (?P<exponent>[eE][-+]?\d{{1,3}})?
        \s*(?P<after>{mark})?(?P<percent>%)?""",
        re.VERBOSE,
    )


def parse_number(text: str, region: Region) -> tuple[float, Json | None] | None:
    """A number with the format that its writing suggests: `1,234.5`, `50%`, `€850.00`, `1e3`."""
    matched = _number(region.decimal, region.group, region.currency).fullmatch(text)
    if not matched or not (matched["whole"] or (matched["fraction"] or "x")[1:].isdigit()):
        return None
    symbol = matched["before"] or matched["after"]
    if (matched["before"] and matched["after"]) or (symbol and matched["percent"]):
        return None
    whole, fraction = re.sub(r"\D", "", matched["whole"]), (matched["fraction"] or "")[1:]
    value = float(f"{whole or 0}.{fraction or 0}{matched['exponent'] or ''}")
    if not math.isfinite(value):
        return None
    value = -value if "-" in (matched["sign"], matched["inner"]) else value
    grouped = whole != matched["whole"]
    if matched["percent"]:
        return _tidy(float(f"{value / 100:.15g}")), {"type": "PERCENT", "pattern": "0.00%" if fraction else "0%"}
    digits = "#,##0.00" if fraction else "#,##0"
    if symbol:
        return _tidy(value), {"type": "CURRENCY", "pattern": region.money(digits, symbol)}
    if matched["exponent"]:
        return _tidy(value), {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return _tidy(value), {"type": "NUMBER", "pattern": digits} if grouped else None


def _tidy(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def link_of_text(text: str) -> str:
    """Where a text leads that is nothing but an address of the web or of a person; empty for other texts."""
    if "." not in text:
        return ""
    if URL.fullmatch(text):
        return text if "://" in text else f"http://{text}"
    return f"mailto:{text}" if EMAIL.fullmatch(text) else ""


def link_runs(text: str) -> list[Json]:
    """The text runs that Sheets makes of web addresses inside a longer typed text."""
    runs: list[Json] = []
    for matched in URL.finditer(text):
        start, end = _utf16(text[: matched.start()]), _utf16(text[: matched.end()])
        link = {"link": {"uri": link_of_text(matched.group())}, "underline": True}
        runs = [run for run in runs if run.get("startIndex", 0) != start]
        runs.append({"startIndex": start, "format": link} if start else {"format": link})
        if matched.end() < len(text):
            runs.append({"startIndex": end, "format": {}})
    return [] if URL.fullmatch(text) else runs


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
