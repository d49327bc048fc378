"""When an event is: at a time in a time zone, or for whole days; and what Calendar says when it refuses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal

HERE = "Europe/Berlin"  # the time zone of everybody's calendar
DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)


def invalid(message: str) -> Refusal:
    """A value that cannot be."""
    return Refusal(400, message, reason="invalid")


def required(message: str) -> Refusal:
    """A value that is missing."""
    return Refusal(400, message, reason="required")


def not_found() -> Refusal:
    """There is no such calendar or event, for this person."""
    return Refusal(404, "Not Found", reason="notFound")


def empty_range() -> Refusal:
    """An end before its start."""
    message = "The specified time range is empty."
    return Refusal(400, message, reason="timeRangeEmpty", domain="calendar", location="timeMax")


def not_answered(what: str) -> Refusal:
    """Something of Google's that is not here."""
    return Refusal(501, f"The sandbox has no {what}.", reason="notImplemented")


def read_span(content: Json) -> tuple[Json, Json]:
    """Start and end of an event as they are kept: of one kind, in their order."""
    if not content.get("end"):
        raise required("Missing end time.")
    start, end = _read("start", content.get("start") or {}), _read("end", content["end"])
    if ("date" in start) != ("date" in end) or not start:
        raise invalid("Start and end times must either both be date or both be dateTime.")
    if get_moment(end) < get_moment(start):
        raise empty_range()
    return start, end


def _read(name: str, told: Json) -> Json:
    if "date" in told and "dateTime" in told:
        raise invalid(f"Invalid {name} time.")
    if "date" in told:
        return {"date": _read_day(name, told["date"])}
    if "dateTime" not in told:
        return {}
    moment, zone = _read_moment(told["dateTime"]), told.get("timeZone")
    if moment.tzinfo is None and not zone:
        raise required(f"Missing time zone definition for {name} time.")
    place = get_zone(zone or HERE, f"Invalid time zone definition for {name} time.")
    moment = moment.replace(tzinfo=place) if moment.tzinfo is None else moment
    return {"dateTime": _write(moment, place), "timeZone": zone or HERE}


def _read_day(name: str, text: str) -> str:
    parts = DAY.fullmatch(text)
    try:
        return date(*map(int, parts.groups())).isoformat() if parts else _refuse(name)
    except ValueError:
        return _refuse(name)


def _refuse(name: str) -> str:
    raise invalid(f"Invalid {name} time.")


def _read_moment(text: str) -> datetime:
    try:
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper()).replace(microsecond=0)
    except ValueError:
        pass  # a thirteenth month has the right shape, too
    raise Refusal(400, "Bad Request", reason="badRequest")


def get_zone(name: str, refusal: str = "Invalid time zone.") -> ZoneInfo:
    """A time zone of the IANA's by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid(refusal) from None


def get_moment(told: Json) -> datetime:
    """The instant that is meant; a day begins at midnight in the calendar's own time zone."""
    if "date" in told:
        return datetime.combine(date.fromisoformat(told["date"]), time(), ZoneInfo(HERE))
    return datetime.fromisoformat(told["dateTime"])


def render_time(told: Json, zone: ZoneInfo) -> Json:
    """A time as the asking person's calendar shows it: its own time zone is named, the hour is that of `zone`."""
    if "date" in told:
        return told
    return {"dateTime": _write(get_moment(told), zone), "timeZone": told["timeZone"]}


def _write(moment: datetime, zone: ZoneInfo) -> str:
    try:
        return moment.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:
        raise Refusal(400, "Bad Request", reason="badRequest") from None


def write_instant(milliseconds: int) -> str:
    """An instant as Calendar writes when something was changed."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
