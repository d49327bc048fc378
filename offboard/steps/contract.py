"""The contract: when it lets the work end at the earliest, and which dates cannot all be meant (article, step 1)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from babel.dates import format_date

from offboard.model import Client
from offboard.plan import Outcome, Step, StepPlan, Turn
from offboard.world import World

FIRST_WEEK = timedelta(days=7)  # from the notice on: what must be clear before the client is told anything
LONGEST_NOTICE = 1100  # days; three years
FAR = timedelta(days=3700)  # ten years: a date beyond them is a slip of the year


def long_day(day: date) -> str:
    """`Sun 31 May 2026`."""
    return str(format_date(day, "EEE d MMM yyyy", locale="en_GB"))


def notice_days(world: World, client: Client) -> int:
    """The days of notice: the client's own, or else Setup's."""
    return client.notice_days if client.notice_days is not None else world.setup.notice_days


def earliest_last_day(world: World, client: Client) -> date | None:
    """The day on which the notice ends; None without one, or while its cells make no sense."""
    given, days = client.notice_given, notice_days(world, client)
    sound = given is not None and not _far(world, given) and 0 <= days <= LONGEST_NOTICE
    return given + timedelta(days=days) if given and sound else None


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def proposed_last_day(world: World, client: Client) -> date | None:
    """The last day of the month in which the notice ends, or of this month where it ended before; None without one."""
    earliest = earliest_last_day(world, client)
    return month_end(max(earliest, world.today)) if earliest else None


def find_contradictions(world: World, client: Client) -> tuple[Turn, ...]:
    """What cannot be meant, each with its cell: until it is corrected no e-mail names these dates."""
    by = first_week(world, client)
    return tuple(Turn(text, where, by) for text, where in _contradictions(world, client))


def first_week(world: World, client: Client) -> date | None:
    """By when all must be clear: a week from the notice on; None where nobody can tell."""
    given = client.notice_given
    return given + FIRST_WEEK if given and not _far(world, given) else None


def _contradictions(world: World, client: Client) -> Iterator[tuple[str, str]]:
    given, last, days = client.notice_given, client.last_day, notice_days(world, client)
    for header, day, where in (
        ("Notice given", given, client.where("notice_given")),
        ("Last day", last, client.where("last_day")),
    ):
        if day and _far(world, day):
            yield f"“{header}” is {long_day(day)}: is the year right?", where
    if given and not 0 <= days <= LONGEST_NOTICE:
        yield f"“Notice days” is {days}: write a number of days, like 30", _days_cell(world, client)
    earliest = earliest_last_day(world, client)
    if given is None or last is None:
        return
    here = client.where("last_day")
    if last < given:
        cell = _in(client.where("notice_given"))
        yield (
            f"the last day, {long_day(last)}, is before the notice, {long_day(given)}{cell}: correct one of them",
            here,
        )
    elif earliest and last < earliest and not _accepted(client):
        cells = _in(", ".join(filter(None, (client.where("notice_given"), _days_cell(world, client)))))
        early = f"the last day, {long_day(last)}, is before the notice ends, {long_day(earliest)}{cells}"
        yield f"{early}: correct one of them, or tick “Contract checked” if it may be so", here


def _days_cell(world: World, client: Client) -> str:
    row = client if client.notice_days is not None else world.setup
    return row.where("notice_days")


def _accepted(client: Client) -> bool:
    """Whether the person answers for what the contract allows."""
    return client.contract_checked or "contract" in client.skip


def _far(world: World, day: date) -> bool:
    return abs(day - world.today) > FAR


def _in(where: str) -> str:
    return f" ({where})" if where else ""


def _terms(world: World, client: Client) -> str:
    """`30 days' notice from Mon 27 Apr 2026: the earliest last day is Wed 27 May 2026`; empty without a notice."""
    earliest = earliest_last_day(world, client)
    if earliest is None or client.notice_given is None:
        return ""
    days = notice_days(world, client)
    length = f"{days} days' notice" if days > 1 else "a day's notice" if days else "no days of notice"
    return f"{length} from {long_day(client.notice_given)}: the earliest last day is {long_day(earliest)}"


def plan_contract(world: World, client: Client) -> StepPlan:
    """Waiting until the contract is read and ticked, and while dates contradict each other or what it allows."""
    wrong = find_contradictions(world, client)
    terms = _terms(world, client)
    notes = tuple(_notes(world, client))
    link = client.contract if client.contract.startswith("http") else ""
    if client.contract_checked and not wrong:
        why = "; ".join(part for part in ("you checked it", terms) if part)
        return StepPlan("contract", Outcome.DONE, why, notes=notes, link=link)
    read = () if client.contract_checked else (_read(world, client),)
    why = "these dates can't all be right; see your turn" if wrong else f"not checked yet{'; ' if terms else ''}{terms}"
    return StepPlan("contract", Outcome.WAITING, why, turns=(*wrong, *read), notes=notes, link=link)


def _read(world: World, client: Client) -> Turn:
    """Read it in the first week, where the tracker says that it lies."""
    place = f": {client.contract}" if client.contract.startswith("http") else _in(client.contract) + ","
    text = f"read how the contract ends{place} then tick “Contract checked”"
    return Turn(text, client.where("contract_checked"), first_week(world, client))


def _notes(world: World, client: Client) -> Iterator[str]:
    given, last, earliest = client.notice_given, client.last_day, earliest_last_day(world, client)
    if given and given > world.today and not _far(world, given):
        yield f"the notice is dated {long_day(given)}, still to come{_in(client.where('notice_given'))}"
    if earliest and last and given and given <= last < earliest and _accepted(client):
        yield f"{long_day(last)} is earlier than the notice allows; you checked the contract, so it stays"


CONTRACT = Step("contract", plan_contract)
