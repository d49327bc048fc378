"""The one vocabulary of all templates: words that a person understands, lists and conditions as ready paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from offboard.columns import Money, squeeze
from offboard.emails.facts import Facts
from offboard.model import Account, Invoice

QUESTIONS = (
    "Why now: what made this the right time to part?",
    "What had you expected that you did not get?",
    "How was our communication?",
    "What was worth the money?",
    "From 0 to 10: would you recommend me?",
)


def day(facts: Facts, when: date) -> str:
    """`Friday 29 May`: never relative to today, so that a draft does not change from day to day."""
    full = facts.locale.date_formats["full"].pattern
    english = re.sub(r",? y$", "", full).replace("EEEE, d", "EEEE d")
    pattern = english if facts.locale.language == "en" else full
    return str(format_date(when, pattern, locale=facts.locale))


def money(facts: Facts, amount: Money | None) -> str:
    """`€850.00`."""
    return format_currency(amount.amount, amount.currency, locale=facts.locale) if amount else ""


def listed(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _my_name(facts: Facts) -> str:
    return facts.setup.your_name or facts.my_name_fallback


def _my_first_name(facts: Facts) -> str:
    return _my_name(facts).split(" ")[0]


def _signature(facts: Facts) -> str:
    if facts.setup.signature:
        return facts.setup.signature
    return "\n".join(part for part in (_my_name(facts), facts.setup.business) if part)


def _last_day(facts: Facts) -> str:
    return day(facts, facts.client.last_day) if facts.client.last_day else ""


def _call_day(facts: Facts) -> str:
    return day(facts, facts.client.call.date()) if facts.client.call else ""


def _call_time(facts: Facts) -> str:
    return str(format_time(facts.client.call, "short", locale=facts.locale)) if facts.client.call else ""


def _stays(facts: Facts) -> str:
    return day(facts, facts.folder_stays_until) if facts.folder_stays_until else ""


def _waited_for(facts: Facts) -> list[str]:
    """The invoices that keep the folder closed."""
    if facts.shared or facts.client.share != "when paid":
        return []
    return [squeeze(invoice.number) for invoice in facts.invoices if invoice.open]


def _folder(facts: Facts) -> str:
    """One paragraph: where the folder is, or what it waits for."""
    still_open = _waited_for(facts)
    if still_open:
        verb = "is" if len(still_open) == 1 else "are"
        return f"Your folder is prepared. It opens for you as soon as {listed(still_open)} {verb} paid, as agreed."
    return f"Your folder is ready: {facts.folder_link}"


def _check(facts: Facts) -> str:
    """Nobody can check a folder that is still closed."""
    before = " before the call" if facts.client.call else ""
    return "" if _waited_for(facts) else f"Could you check{before} that the folder opens for you?"


def _inside(facts: Facts) -> str:
    parts = [f"{name} ({count} file{'' if count == 1 else 's'})" for name, count in facts.folder_parts if count]
    stays = f" It stays until {_stays(facts)}; please save what you want to keep." if _stays(facts) else ""
    return (f"In it you find {listed(parts)}." if parts else "I am still filling it.") + stays


def _open_invoice(facts: Facts, invoice: Invoice) -> str:
    due = f", due {day(facts, invoice.due)}" if invoice.due else ""
    return f"{squeeze(invoice.number)}, {money(facts, invoice.rest)}{due}"


def _invoices(facts: Facts) -> str:
    still_open = [_open_invoice(facts, invoice) for invoice in facts.invoices if invoice.open]
    if still_open:
        return f"Still open: {'; '.join(still_open)}"
    return "All invoices are paid, thank you" if facts.invoices else ""


def _accounts(facts: Facts) -> str:
    if not facts.accounts:
        return ""
    left = [account for account in facts.accounts if account.left_on]
    pending = [squeeze(account.platform) for account in facts.accounts if not account.left_on]
    if not pending:
        return "Your accounts: I am signed out of all of them"
    return f"Your accounts: I am signed out of {len(left)} of {len(facts.accounts)}; {listed(pending)} still to come"


def _agenda(facts: Facts) -> str:
    """The numbered points of the call."""
    highlights = "What we achieved" if facts.client.ask_for in ("", "testimonial") else ""
    feedback = "Your feedback" if facts.client.ask_for in ("testimonial", "feedback") else ""
    points = [highlights, "A walk through the folder", _invoices(facts), _accounts(facts), feedback]
    points.append("And then you are officially handed over")
    return "\n".join(f"{number}. {point}" for number, point in enumerate([p for p in points if p], start=1))


def _without_call(facts: Facts) -> str:
    points = [point for point in (_invoices(facts), _accounts(facts)) if point]
    return "\n".join(f"- {point}" for point in points)


def _signed_out(facts: Facts) -> str:
    left = [account for account in facts.accounts if account.left_on]
    if not facts.accounts or len(left) < len(facts.accounts):
        return ""
    last = max(account.left_on for account in left if account.left_on)
    many = {1: "your account", 2: "both accounts"}.get(len(left), f"all {len(left)} accounts")
    return f"Since {day(facts, last)} I am signed out of {many}. {_passwords(left)}"


def _passwords(accounts: Sequence[Account]) -> str:
    names = listed(list(dict.fromkeys(squeeze(account.platform) for account in accounts)))
    return f"Please change the passwords that I knew ({names}), if you haven't."


def _feedback(facts: Facts) -> str:
    """The survey's link, or its questions."""
    if facts.setup.survey_link:
        return f"Five short questions, two minutes: {facts.setup.survey_link}"
    questions = "\n".join(f"{number}. {question}" for number, question in enumerate(QUESTIONS, start=1))
    return f"A line each is plenty, just hit reply:\n\n{questions}"


VOCABULARY: dict[str, Callable[[Facts], str]] = {
    "contact": lambda facts: squeeze(facts.client.contact),
    "client": lambda facts: squeeze(facts.client.name),
    "email": lambda facts: facts.client.email,
    "last_day": _last_day,
    "my_name": _my_name,
    "my_first_name": _my_first_name,
    "my_business": lambda facts: facts.setup.business,
    "signature": _signature,
    "how_to_pay": lambda facts: facts.setup.how_to_pay,
    "meeting_link": lambda facts: facts.setup.meeting_link,
    "folder_link": lambda facts: facts.folder_link,
    "folder": _folder,
    "what_is_in_the_folder": _inside,
    "check_the_folder": _check,
    "folder_stays_until": _stays,
    "invoices_still_open": _invoices,
    "accounts": _accounts,
    "call_day": _call_day,
    "call_time": _call_time,
    "agenda": _agenda,
    "where_things_stand": _without_call,
    "signed_out": _signed_out,
    "feedback_questions": _feedback,
    "asks_for": lambda facts: facts.client.ask_for,
}  # each word of the templates and how it is found

FILLED_BY = {
    "contact": "contact",
    "client": "name",
    "email": "email",
    "last_day": "last_day",
    "call_day": "call",
    "call_time": "call",
    "asks_for": "ask_for",
}  # words that a cell of the client's row fills
FILLED_BY_SETUP = {
    "my_name": "your_name",
    "my_first_name": "your_name",
    "my_business": "business",
    "signature": "signature",
    "how_to_pay": "how_to_pay",
    "meeting_link": "meeting_link",
}  # words that a row of Setup fills
WITH_LINKS = {"folder", "folder_link", "feedback_questions", "how_to_pay", "meeting_link", "signature"}
WITH_LISTS = {"agenda", "where_things_stand", "feedback_questions"}
MAY_BE_EMPTY = {
    "invoices_still_open",
    "accounts",
    "check_the_folder",
    "where_things_stand",
    "signed_out",
    "call_day",
    "call_time",
    "asks_for",
}


def words(facts: Facts) -> dict[str, str]:
    """Every word for this client; an empty one has nothing to say, or is missing."""
    return {name: word(facts) for name, word in VOCABULARY.items()}


def find_cell(facts: Facts, name: str) -> str:
    """The cell that would fill a word, such as `Clients!C2`; empty where none would."""
    if name in FILLED_BY:
        return facts.client.where(FILLED_BY[name])
    return facts.setup.where(FILLED_BY_SETUP[name]) if name in FILLED_BY_SETUP else ""
