"""Words of the last call: what was achieved, what is still open and with whom, how to join."""

from __future__ import annotations

from babel.dates import format_date
from babel.numbers import format_decimal

from offboard.columns import squeeze
from offboard.emails.facts import Facts
from offboard.emails.formats import day, listed
from offboard.emails.highlight import Highlight
from offboard.model import Account

MEASURES = {
    "followers": "followers",
    "reach": "people reached a month",
    "views": "views a month",
    "engagements": "interactions a month",
    "clicks": "link clicks a month",
    "leads": "leads a month",
}


def achieved(facts: Facts) -> str:
    """What grew, in numbers; without any only the heading, and only where a testimonial is asked for."""
    if facts.client.ask_for not in ("", "testimonial"):
        return ""
    numbers = "; ".join(_grown(facts, highlight) for highlight in facts.highlights)
    if numbers:
        return f"What we achieved. {numbers}"
    return "What we achieved" if facts.client.ask_for == "testimonial" else ""


def _grown(facts: Facts, grown: Highlight) -> str:
    """`Instagram: 3,120 to 4,210 followers (January to May)`: the numbers themselves, whatever their base."""
    numbers = [str(format_decimal(round(number), locale=facts.locale)) for number in (grown.first, grown.last)]
    same = grown.since.year == grown.until.year == facts.today.year
    months = [
        str(format_date(month, "LLLL" if same else "LLLL y", facts.locale)) for month in (grown.since, grown.until)
    ]
    return f"{squeeze(grown.platform)}: {' to '.join(numbers)} {MEASURES[grown.measure]} ({' to '.join(months)})"


def list_pending(facts: Facts) -> list[Account]:
    """The accounts that are the freelancer's to hand over: neither left nor waiting for the client."""
    return [account for account in facts.accounts if not account.left_on and account not in facts.needs_client]


def still_to_do(facts: Facts) -> str:
    """What is open, each with whose it is; empty when nothing is."""
    theirs = [f"{ask.text} ({f'by {day(facts, ask.day)}' if ask.day else 'as soon as you can'})" for ask in facts.asks]
    mine = list(dict.fromkeys(squeeze(account.platform) for account in list_pending(facts)))
    my_name = (facts.setup.your_name or facts.my_name_fallback).split(" ")[0] or "Me"
    said = [f"{squeeze(facts.client.contact)}: {'; '.join(theirs)}"] if theirs else []
    said += [f"{my_name}: sign out of {listed(mine)}"] if mine else []
    return f"Still to do. {'. '.join(said)}" if said else ""


def how_to_join(facts: Facts) -> str:
    """Where the call takes place, or how it gets into the client's calendar."""
    if not facts.client.call:
        return ""
    if facts.meet_link:
        return f"We meet here: {facts.meet_link}"
    return "The attached file puts the call into your calendar." if facts.attached else ""
