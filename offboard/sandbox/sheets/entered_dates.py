"""Days and times: as Sheets counts them, days since 1899-12-30; and as people type them, by the locale's order."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.regions import Region

FIRST = datetime(1899, 12, 30)  # noqa: DTZ001  # a serial knows no time zone
Dated = tuple[int, str]  # a serial and the pattern that shows it as it was typed
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(?:\s*([AaPp])\.?[Mm]\.?)?")
NUMERIC = re.compile(r"(\d{1,4})([/.\- ])(\d{1,2})(?:\2(\d{4}|\d{2})?)?")
NAMED = re.compile(r"(?:(\d{1,2})\.?[ \-]?)?([^\W\d]{3,})\.?,?(?:[ \-](\d{1,2}))?,?(?:[ \-](\d{4}))?")


def serial_of_date(day: date) -> int:
    """The serial of a day: 43831 for 2020-01-01."""
    return (day - FIRST.date()).days


def serial_of_moment(moment: datetime) -> float:
    """The serial of a moment by the clock on the wall."""
    return (moment.replace(tzinfo=None) - FIRST) / timedelta(days=1)


def moment_of_serial(serial: float) -> datetime:
    """The moment that a serial stands for, to the millisecond."""
    return FIRST + timedelta(milliseconds=round(serial * 86_400_000))


def parse_moment(text: str, region: Region, year: int) -> tuple[float, Json] | None:
    """A day, a time of day or both, as a serial with the format that its writing suggests."""
    day = _parse_day(text, region, year)
    if day:
        return day[0], {"type": "DATE", "pattern": day[1]}
    time = _parse_time(text)
    if time:
        return time[0], {"type": "TIME", "pattern": time[1]}
    parts = re.fullmatch(r"(.+?)(?:(?<! ),? ++|T)(\d{1,2}:.+)", text)  # no blank is tried twice
    if not parts:
        return None
    day, time = _parse_day(parts[1], region, year), _parse_time(parts[2].removesuffix("Z"))
    if not day or not time:
        return None
    return day[0] + time[0], {"type": "DATE_TIME", "pattern": f"{day[1]} {time[1]}"}


def _parse_time(text: str) -> tuple[float, str] | None:
    matched = TIME.fullmatch(text)
    if not matched:
        return None
    hour, minute, second = int(matched[1]), int(matched[2]), int(matched[3] or 0)
    half = (matched[5] or "").lower()
    if minute > 59 or second > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    pattern = ("h" if half else "hh") + ":mm" + (":ss" if matched[3] else "") + (" am/pm" if half else "")
    return (hour * 3600 + minute * 60 + second + float(matched[4] or 0)) / 86_400, pattern


def _parse_day(text: str, region: Region, year: int) -> Dated | None:
    matched = NUMERIC.fullmatch(text)
    if matched:
        return _numeric_day(matched, region, year)
    matched = NAMED.fullmatch(text)
    return _named_day(matched, region, year) if matched else None


def _numeric_day(matched: re.Match[str], region: Region, year: int) -> Dated | None:
    first, mark, second, third = matched.groups()
    padded = "0" in (first[0], second[0])
    if len(first) > 2:  # 2026-04-27: clear in every locale
        if len(first) != 4 or not third or len(third) > 2:
            return None
        padded = "0" in (second[0], third[0]) or len(second) == len(third) == 2
        return _dated(int(first), int(second), int(third), f"yyyy{mark}mm{mark}dd" if padded else f"yyyy{mark}m{mark}d")
    if mark == " " or (not third and mark not in ("/", *(c for c in region.date if c in "./-"))):
        return None
    if not third and mark == "-" and "-" not in region.date:
        return None
    number = {"d": 0, "m": 0, "y": _full_year(third) if third else year}
    order = region.order.replace("y", "") if len(third or "") == 4 or region.order[0] != "y" else region.order
    if order == "ymd":
        number = {"y": _full_year(first), "m": int(second), "d": int(third or 0)}
    else:
        number |= {order[0]: int(first), order[1]: int(second)}
    shown = "".join(mark if c in "./- " else c for c in region.date)
    if padded:
        shown = re.sub(r"\b([dm])\b", r"\1\1", shown)
    if not third:
        shown = shown.replace("yyyy", "").strip(mark)
    return _dated(number["y"], number["m"], number["d"], shown)


def _named_day(matched: re.Match[str], region: Region, year: int) -> Dated | None:
    before, name, after, written = matched.groups()
    month = region.months.get(name.lower())
    day = before or after
    if month is None or (before and after) or not (day or written):
        return None
    length = "mmm" if len(name) <= 4 else "mmmm"
    shown = length if not day else f"d {length}" if before else f"{length} d"
    if written:
        shown += ", yyyy" if after else " yyyy"
    return _dated(int(written or year), month, int(day or 1), shown)


def _full_year(text: str) -> int:
    short = int(text)
    return short if len(text) == 4 else short + (2000 if short < 30 else 1900)


def _dated(year: int, month: int, day: int, shown: str) -> Dated | None:
    try:
        return serial_of_date(date(year, month, day)), shown
    except ValueError:
        return None
