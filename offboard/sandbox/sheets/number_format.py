"""What a person sees of a number: rendered by its format's pattern and the spreadsheet's locale."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.entered_dates import moment_of_serial
from offboard.sandbox.sheets.regions import Region

TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"
  | \\(?P<escaped>.)
  | _(?P<space>.)
  | \*(?P<fill>.)
  | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
  | \[(?P<elapsed>h+|m+|s+)\]
  | \[(?P<color>[^\]]*)\]
  | (?P<half>am/pm|a/p)
  | (?P<general>general)
  | (?P<exponent>e[+-]0+)
  | (?P<date>y+|m+|d+|h+|s+)
  | (?P<digits>[0\#?][0\#?,]*(?:\.[0\#?]*)?|\.[0\#?]+)
  | (?P<percent>%)
  | (?P<text>@)
  | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
LITERAL = ("quoted", "escaped", "literal")
DATES = ("DATE", "TIME", "DATE_TIME")


@dataclass(frozen=True)
class Token:
    """A piece of a pattern: its kind (`digits`, `date`, `literal`, …) and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """One of a pattern's up to four parts: for positive numbers, negative ones, zero, text."""

    tokens: tuple[Token, ...]

    @property
    def is_date(self) -> bool:
        """Whether it shows a day or a time rather than a number."""
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)


@lru_cache(maxsize=512)
def parse_pattern(pattern: str) -> tuple[Section, ...]:
    """The sections of a pattern."""
    sections: list[list[Token]] = [[]]
    for matched in TOKEN.finditer(pattern):
        kind = matched.lastgroup or "literal"
        if kind == "literal" and matched.group() == ";":
            sections.append([])
        elif kind in LITERAL:
            sections[-1].append(Token("literal", matched[kind]))
        elif kind == "space":
            sections[-1].append(Token("literal", " "))
        elif kind not in ("fill", "color"):
            sections[-1].append(Token(kind, matched[kind]))
    return tuple(Section(_minutes(tuple(tokens))) for tokens in sections)


def _minutes(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`m` is minutes after hours or before seconds, months elsewhere."""
    read: list[Token] = []
    times = [n for n, t in enumerate(tokens) if t.kind in ("date", "elapsed")]
    for n, token in enumerate(tokens):
        if token.kind == "date" and token.text[0] in "mM" and len(token.text) <= 2:
            at = times.index(n)
            before = tokens[times[at - 1]].text[0].lower() if at else ""
            after = tokens[times[at + 1]].text[0].lower() if at + 1 < len(times) else ""
            if before == "h" or after == "s":
                read.append(Token("minutes", token.text))
                continue
        read.append(token)
    return tuple(read)


def render_number(value: float, number_format: Json | None, region: Region) -> str:
    """A number as the cell shows it; without a format the way Sheets shows any number."""
    pattern = pattern_of(number_format, region)
    if not pattern or pattern == "@":
        return render_general(value, region)
    sections = [section for section in parse_pattern(pattern)[:3] if section.tokens]
    if not sections:
        return ""
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.is_date:
        try:
            return _render_moment(value, section, region)
        except OverflowError:
            return render_general(value, region)  # no calendar goes as far
    return _render_digits(value, section, region)


def render_text(value: str, number_format: Json | None) -> str:
    """A text as the cell shows it: through the pattern's text section if it has one."""
    sections = parse_pattern(number_format.get("pattern", "")) if number_format else ()
    section = sections[3] if len(sections) > 3 else None
    if section is None or not any(token.kind == "text" for token in section.tokens):
        return value
    return "".join(value if token.kind == "text" else token.text for token in section.tokens)


def pattern_of(number_format: Json | None, region: Region) -> str:
    """The pattern of a format; its type's own in this locale where it names none."""
    if not number_format:
        return ""
    defaults = {
        "TEXT": "@",
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "SCIENTIFIC": "0.00E+00",
        "DATE": region.date,
        "TIME": region.time,
        "DATE_TIME": f"{region.date} {region.time}",
    }
    kind = number_format.get("type", "")
    money = region.money("#,##0.00") if kind == "CURRENCY" else ""
    return str(number_format.get("pattern") or money or defaults.get(kind, ""))


def render_general(value: float, region: Region) -> str:
    """A number without a format: whole ones in full, others to ten significant digits."""
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size >= 15 or size < -9:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        text = f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:]}"
    elif value == int(value):
        text = str(int(value))
    else:
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(min(size - 9, 0)), ROUND_HALF_UP)
        text = f"{rounded:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", region.decimal)


def _render_digits(value: float, section: Section, region: Region) -> str:
    shown = Decimal(repr(abs(value))) if isinstance(value, float) else Decimal(abs(value))
    shown = shown.scaleb(2 * sum(token.kind == "percent" for token in section.tokens))
    exponent = next((token.text for token in section.tokens if token.kind == "exponent"), "")
    size = shown.adjusted() if exponent and shown else 0
    shown = shown.scaleb(-size)
    text, digits_seen = "", False
    for token in section.tokens:
        if token.kind == "digits" and not digits_seen:
            text += _fill(shown, token.text, region)
            digits_seen = True
        elif token.kind == "exponent":
            sign = "-" if size < 0 else "+" if "+" in token.text else ""
            text += f"E{sign}{abs(size):0{token.text.count('0')}d}"
        elif token.kind == "general":
            text += render_general(abs(value), region)
        elif token.kind == "text":
            text += render_general(value, region)
        else:
            text += {"currency": token.text, "percent": "%"}.get(token.kind, token.text)
    rounded_away = digits_seen and not any(c in "123456789" for c in text if c.isdigit())
    return f"-{text}" if value < 0 and not rounded_away else text


def _fill(value: Decimal, pattern: str, region: Region) -> str:
    whole, _, fraction = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    exact = Context(prec=800 + len(pattern))
    value = value.scaleb(-3 * thousands, exact).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, exact)
    digits, _, decimals = f"{value:f}".partition(".")
    least = whole.count("0")
    digits = digits.lstrip("0").rjust(least, "0")
    if "," in whole.rstrip(","):
        start = len(digits) % 3 or 3
        parts = [digits[:start], *(digits[n : n + 3] for n in range(start, len(digits), 3))]
        digits = region.group.join(part for part in parts if part)
    kept = len(fraction.rstrip("#"))
    decimals = decimals[:kept] + decimals[kept:].rstrip("0")
    return digits + (region.decimal + decimals if decimals or (fraction and kept) else "")


def _render_moment(value: float, section: Section, region: Region) -> str:
    moment = moment_of_serial(value)
    half_day = any(token.kind == "half" for token in section.tokens)
    seconds = round(value * 86_400)
    elapsed = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    text = ""
    for token in section.tokens:
        name, width = token.text[:1].lower(), min(len(token.text), 2)
        if token.kind == "elapsed":
            text += f"{elapsed[name]:0{len(token.text)}d}"
        elif token.kind == "half":
            noon = "PM" if moment.hour >= 12 else "AM"
            text += noon if len(token.text) > 3 else noon[0]
        elif token.kind == "minutes":
            text += f"{moment.minute:0{width}d}"
        elif token.kind == "digits" and token.text.startswith("."):
            text += region.decimal + f"{moment.microsecond:06d}"[: len(token.text) - 1]
        elif token.kind != "date":
            text += token.text
        elif name in "hs":
            text += f"{hour if name == 'h' else moment.second:0{width}d}"
        else:
            text += _render_day(moment.year, moment.month, moment.day, moment.weekday(), token, region)
    return text


def _render_day(year: int, month: int, day: int, weekday: int, token: Token, region: Region) -> str:
    name, length = token.text[0].lower(), len(token.text)
    if name == "y":
        return f"{year:04d}" if length > 2 else f"{year % 100:02d}"
    number = month if name == "m" else day
    if length <= 2:
        return f"{number:0{length}d}"
    if name == "d":
        return str(region.locale.days["format"]["wide" if length > 3 else "abbreviated"][weekday])
    wide = str(region.locale.months["format"]["wide" if length > 3 else "abbreviated"][month])
    return wide[0] if length == 5 else wide
