"""The one vocabulary of all templates: words that a person understands, lists and conditions as ready paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from babel.dates import format_time

from offboard.columns import squeeze
from offboard.emails.call_words import achieved, how_to_join, list_pending, still_to_do
from offboard.emails.closing_words import CLOSING_VOCABULARY
from offboard.emails.facts import Facts
from offboard.emails.formats import day, listed, open_invoice
from offboard.emails.notice_words import NOTICE_WORDS
from offboard.emails.nudge_words import NUDGE_WORDS
from offboard.emails.page_words import PAGE_VOCABULARY
from offboard.emails.reminder_words import REMINDER_MAY_BE_EMPTY, REMINDER_VOCABULARY
from offboard.emails.survey_words import ask_survey
from offboard.model import Account


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


def _subject(facts: Facts) -> str:
    """The one fact of a hand-over."""
    if not facts.client.call:
        return "Your hand-over folder" if facts.folder_link else "Your hand-over"
    when = f"our call on {_call_day(facts)} at {_call_time(facts)}"
    return f"Your folder, and {when}" if facts.folder_link else f"{when[0].upper()}{when[1:]}"


def _folder(facts: Facts) -> str:
    """Where the folder is, or what of it is open by now; empty when nothing is."""
    if not facts.held and not facts.folder_link:
        return ""
    if not facts.held:
        ready = "Your folder is ready" if facts.shared else "Your folder opens for you soon, here"
        return f"{ready}: {facts.folder_link}"
    if facts.client.share == "when paid":
        return ""
    return f"Your reports are open to you: {facts.reports_link or facts.folder_link}"


def _waits(facts: Facts) -> str:
    """What the folder, or the rest of it, waits for; empty when it waits for nothing."""
    if not facts.held or not facts.folder_link:
        return ""
    numbers = [squeeze(invoice.number) for invoice in facts.invoices if invoice.open] or ["the last invoice"]
    opens = f"opens for you as soon as {listed(numbers)} {'is' if len(numbers) == 1 else 'are'} paid, as agreed."
    return f"The folder {opens}" if facts.client.share == "when paid" else f"The rest of the folder {opens}"


def _check(facts: Facts) -> str:
    """Nobody can check a folder that is still closed."""
    partly = facts.held and facts.client.share != "when paid"
    if not facts.folder_link or not (facts.shared or partly):
        return ""
    what = "the reports open" if facts.held else "the folder opens"
    return f"Could you check{' before the call' if facts.client.call else ''} that {what} for you?"


def _inside(facts: Facts) -> str:
    if not facts.folder_link:
        return ""
    parts = [f"{name} ({count} file{'' if count == 1 else 's'})" for name, count in facts.folder_parts if count]
    begin = "Begin with “Start here”." if facts.start_here else ""
    inside = f"In the folder you find {listed(parts)}." if parts else ""
    stays = f"The folder stays until {_stays(facts)}; please save what you want to keep." if _stays(facts) else ""
    return " ".join(filter(None, (begin, inside, stays)))


def _invoices(facts: Facts) -> str:
    still_open = [open_invoice(facts, invoice) for invoice in facts.invoices if invoice.open]
    if still_open:
        return f"Still open: {'; '.join(still_open)}"
    if any(not invoice.paid for invoice in facts.invoices):
        return "No invoice is open"  # one was written off: it is not said to be paid
    return "All invoices are paid, thank you" if facts.invoices else ""


def _accounts(facts: Facts) -> str:
    """What I have left, what is to come, and what needs the client."""
    left = [account for account in facts.accounts if account.left_on]
    open_ones = list_pending(facts)
    yours = _platforms(account for account in open_ones if account.in_charge_since)
    pending = _platforms(account for account in open_ones if not account.in_charge_since)
    said = []
    if left and len(left) == len(facts.accounts):
        said.append("I am signed out of all of them")
    elif left:
        said.append(f"I am signed out of {listed(_platforms(left))}")
    if yours:
        said.append(f"{listed(yours)} {'is' if len(yours) == 1 else 'are'} in your hands")
    if pending:
        one = "is" if len(pending) == 1 else "are"
        said.append(f"{listed(pending)} still to come" if left else f"{listed(pending)} {one} still to be handed over")
    said += [needs] if (needs := _needs(facts)) else []
    return f"Your accounts: {'; '.join(said)}" if said else ""


def _needs(facts: Facts) -> str:
    """The accounts that wait for the client: never said to be handed over."""
    names = _platforms(facts.needs_client)
    return f"{listed(names)} still need{'s' if len(names) == 1 else ''} you as owner" if names else ""


def _platforms(accounts: Iterable[Account]) -> list[str]:
    return list(dict.fromkeys(squeeze(account.platform) for account in accounts))


def _agenda(facts: Facts) -> str:
    """The numbered points of the call."""
    walk = "A walk through the folder" if facts.folder_link else ""
    feedback = "Your feedback" if facts.client.ask_for != "nothing" else ""
    points = [achieved(facts), walk, _invoices(facts), _accounts(facts), still_to_do(facts), feedback]
    points.append("And then you are officially handed over")
    return "\n".join(f"{number}. {point}" for number, point in enumerate([p for p in points if p], start=1))


def _without_call(facts: Facts) -> str:
    grown = achieved(facts) if facts.highlights else ""
    points = [point for point in (grown, _invoices(facts), _accounts(facts), still_to_do(facts)) if point]
    return "\n".join(f"- {point}" for point in points)


def _signed_out(facts: Facts) -> str:
    left = [account for account in facts.accounts if account.left_on]
    if not facts.accounts or len(left) < len(facts.accounts):
        return ""
    last = max(account.left_on for account in left if account.left_on)
    many = {1: "your account", 2: "both accounts"}.get(len(left), f"all {len(left)} accounts")
    return f"Since {day(facts, last)} I am signed out of {many}. {_passwords(left)}"


def _all_done(facts: Facts) -> bool:
    return not facts.held and not facts.needs_client and all(account.left_on for account in facts.accounts)


def _farewell(facts: Facts) -> str:
    """The subject of a goodbye that asks for nothing."""
    return "Everything is handed over" if _all_done(facts) else "Closing our work together"


def _handed_over(facts: Facts) -> str:
    """The first paragraph of the goodbye; nothing is claimed that is not so."""
    until = _stays(facts) if facts.folder_link and facts.shared else ""
    yours = f"the folder is yours to use until {until}." if until else ""
    if not _all_done(facts):
        needs = f"{_needs(facts)}: please see to it soon." if facts.needs_client else ""
        return f"{_waits(facts) or yours} {needs}".strip()
    whole = f"everything is handed over: {yours}" if yours else "everything is handed over."
    return f"{whole} {_signed_out(facts)}".strip()


def _passwords(accounts: Sequence[Account]) -> str:
    names = listed(_platforms(accounts))
    one = len(accounts) == 1
    return f"Please change the password{'' if one else 's'} that I knew ({names}), if you haven't."


MARKED = PAGE_VOCABULARY | CLOSING_VOCABULARY  # words that are Markdown already
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
    "folder_waits": _waits,
    "what_is_in_the_folder": _inside,
    "check_the_folder": _check,
    "folder_and_call": _subject,
    "handed_over": _handed_over,
    "farewell": _farewell,
    "folder_stays_until": _stays,
    "invoices_still_open": _invoices,
    "accounts": _accounts,
    "call_day": _call_day,
    "call_time": _call_time,
    "agenda": _agenda,
    "how_to_join": how_to_join,
    "where_things_stand": _without_call,
    "signed_out": _signed_out,
    "feedback_questions": ask_survey,
    "asks_for": lambda facts: facts.client.ask_for,
    **MARKED,
    **NOTICE_WORDS,
    **NUDGE_WORDS,
    **REMINDER_VOCABULARY,
}  # each word of the templates and how it is found

FILLED_BY = {
    "contact": "contact",
    "client": "name",
    "email": "email",
    "last_day": "last_day",
    "last_day_with_year": "last_day",
    "last_day_in_short": "last_day",
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
    "ways_to_pay": "how_to_pay",
    "meeting_link": "meeting_link",
}  # words that a row of Setup fills
WITH_LINKS = {
    "folder",
    "folder_link",
    "feedback_questions",
    "how_to_join",
    "how_to_pay",
    "meeting_link",
    "our_call",
    "signature",
    "ways_to_pay",
}
WITH_LISTS = {
    "agenda",
    "where_things_stand",
    "feedback_questions",
    "what_i_need",
    "what_waits_for_you",
    "invoices_to_pay",
    "invoice_list",
    "also_open",
}
WITH_BOLD = {"what_i_need", "what_waits_for_you"}  # what each point of the list begins with
MAY_BE_EMPTY = {
    "invoices_still_open",
    "accounts",
    "check_the_folder",
    "farewell",
    "folder",
    "folder_and_call",
    "folder_waits",
    "handed_over",
    "how_to_join",
    "what_is_in_the_folder",
    "where_things_stand",
    "signed_out",
    "call_day",
    "call_time",
    "asks_for",
    *MARKED,
    *NUDGE_WORDS,
    *(NOTICE_WORDS.keys() - {"last_day_with_year", "last_day_in_short"}),
    *REMINDER_MAY_BE_EMPTY,
}


def words(facts: Facts, names: Collection[str]) -> dict[str, str]:
    """These words for this client; an empty one has nothing to say, or is missing."""
    return {name: VOCABULARY[name](facts) for name in names}


def find_cell(facts: Facts, name: str) -> str:
    """The cell that would fill a word, such as `Clients!C2`; empty where none would."""
    if name in FILLED_BY:
        return facts.client.where(FILLED_BY[name])
    return facts.setup.where(FILLED_BY_SETUP[name]) if name in FILLED_BY_SETUP else ""
