"""The nudge's words: how many things wait for the client, by when, and what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from offboard.emails.facts import Facts
from offboard.emails.formats import day
from offboard.emails.notice_words import list_asks

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _count(facts: Facts, what: str) -> str:
    """`two small things`."""
    number = len(facts.asks)
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {what}{'' if number == 1 else 's'}"


def _things(facts: Facts) -> str:
    """`Two things I need by Thursday 21 May`: of several days the first."""
    if not facts.asks:
        return ""
    count = _count(facts, "thing")
    whole = f"{count[0].upper()}{count[1:]} I need"
    days = [ask.day for ask in facts.asks if ask.day]
    if len(days) < len(facts.asks):
        return f"{whole} as soon as you can"
    return f"{whole}{', the first' if len(set(days)) > 1 else ''} by {_day(facts, min(days))}"


def _day(facts: Facts, when: date) -> str:
    """Without a year where it is the last day's."""
    return day(replace(facts, today=facts.client.last_day or facts.today), when)


def _one_day(facts: Facts) -> date | None:
    """The day by which all of it is needed; None where there is more than one, or none."""
    days = {ask.day for ask in facts.asks}
    return days.pop() if len(days) == 1 else None


def _only_you(facts: Facts) -> str:
    last = facts.last_working_day
    over = last is not None and facts.today > last
    locked = "so that nothing stays locked" if over else "so that nothing gets locked when I leave"
    when = f" by {_day(facts, one)}" if (one := _one_day(facts)) else ""
    return f"{_count(facts, 'small thing')} only you can do{when}, {locked}:" if facts.asks else ""


def _list(facts: Facts) -> str:
    """Each thing with its day, where that is not said above, and why it cannot move."""
    alike = _one_day(facts) is not None
    points = list_asks(facts, every_reason=True)
    return "\n".join(f"- {what}" if alike else f"- **{when}**: {what}" for when, what in points)


def _minutes(facts: Facts) -> str:
    return "A few minutes each." if len(facts.asks) > 1 else "It takes a few minutes."


NUDGE_WORDS: dict[str, Callable[[Facts], str]] = {
    "things_i_need": _things,
    "only_you_can": _only_you,
    "what_waits_for_you": _list,
    "how_long_it_takes": _minutes,
}  # each word of the nudge and how it is found
