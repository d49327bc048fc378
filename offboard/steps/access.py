"""The accounts: the client is in charge, nothing runs on, the numbers are noted, then one leaves (article, step 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date

from offboard.deadline import Deadline, Part
from offboard.emails.formats import listed
from offboard.model import Account, Client
from offboard.plan import Outcome, Step, StepPlan, Turn
from offboard.platforms import Platform
from offboard.steps.metrics import missing_numbers
from offboard.timetable import can_leave_from, find_earliest_end, in_charge, label, make_timetable, tell_pitfalls
from offboard.world import World

GRADES = {"I saw it": "you saw", "client says": "the client says", "": "you say"}  # the Proof cell, best first


def plan_access(world: World, client: Client) -> StepPlan:
    """Waiting until every account has *I left on*; who cannot leave yet is told why, and what goes wrong otherwise."""
    accounts = world.accounts_of(client)
    if not accounts:
        turn = Turn(f"say which accounts {client.name} has", f"offboard accounts {client.short}")
        why = "no account is listed; none at all? Write access into “Skip”"
        return StepPlan("access", Outcome.WAITING, why, turns=(turn,))
    left = [account for account in accounts if account.left_on]
    lost = tuple(_lost_turns(world, client, left))
    notes = tuple(_early_notes(world, client, left))
    if len(left) == len(accounts):
        outcome = Outcome.WAITING if lost else Outcome.DONE
        return StepPlan("access", outcome, f"left all {len(left)}: {_grades(left)}", turns=lost, notes=notes)
    if client.last_day is None:
        return StepPlan("access", Outcome.LATER, "its dates come with the last day", turns=lost, notes=notes)
    dates = make_timetable(world, client)
    turns = (*lost, *_turns(world, client, dates))
    notes += tuple(_late_notes(world, client, dates))
    outcome = Outcome.WAITING if turns else Outcome.LATER
    return StepPlan("access", outcome, _why(world, client, dates), turns=turns, notes=notes)


def find_missing_numbers(world: World, client: Client) -> tuple[Account, ...]:
    """The accounts that one is still in and whose numbers the case study lacks: it says which; here they hold back.

    A scheduler holds the numbers of all platforms, as long as any are missing.
    """
    missing = {one.platform for one in missing_numbers(world, client)}
    rows = [(account, _platform(world, account)) for account in world.accounts_of(client) if not account.left_on]
    return tuple(
        account for account, known in rows if known.name in missing or (missing and known.numbers and known.last)
    )


def _platform(world: World, account: Account) -> Platform:
    return world.platforms.get(account.platform)


def _day(day: date) -> str:
    return str(format_date(day, "EEE d MMM", locale="en_GB"))


def _cells(accounts: Sequence[Account], field: str) -> str:
    """`Access!D3, D4`: the tab is named once."""
    first, *others = [account.where(field) for account in accounts]
    return ", ".join((first, *(cell.rpartition("!")[2] for cell in others)))


def _grades(left: Sequence[Account]) -> str:
    counts = ((sum(account.proof == proof for account in left), words) for proof, words in GRADES.items())
    return ", ".join(f"{count} {words}" for count, words in counts if count)


def _why(world: World, client: Client, dates: Sequence[Deadline]) -> str:
    accounts = world.accounts_of(client)
    needing = [account for account in accounts if _platform(world, account).ask]
    theirs = sum(in_charge(account, _platform(world, account), world.today) for account in needing)
    gone = f"you have left {sum(account.left_on is not None for account in accounts)} of {len(accounts)}"
    late = [name for deadline in dates if deadline.late for name in deadline.platforms]
    said = [f"{client.contact} is in charge of {theirs} of the {len(needing)} that need it"] if needing else []
    missing = find_missing_numbers(world, client)
    said += [f"first the numbers of {_names(world, client, missing)}"] if missing else []
    return "; ".join((*said, gone, *([f"late: {listed(tuple(dict.fromkeys(late)))}"] if late else [])))


def _running(world: World, account: Account) -> str:
    """What goes wrong where something runs on: as it is there, or anywhere."""
    return _platform(world, account).running or world.platforms.general.running


def _lost_turns(world: World, client: Client, left: Sequence[Account]) -> Iterator[Turn]:
    """Accounts that one left although the client was not in charge (perhaps nobody is), or something still runs."""
    for account in left:
        platform = _platform(world, account)
        if platform.ask and account.in_charge_since is None:
            name = label(world, client, account)
            text = (
                f"you left {name}, and {client.contact} is not in charge of it: perhaps nobody is. "
                f"Ask at once, then fill in since when"
            )
            yield Turn(text, account.where("in_charge_since"), account.left_on)
        if account.still_running:
            text = f"you left {label(world, client, account)} while “{account.still_running}” runs: see to it"
            yield Turn(_with(text, _running(world, account)), account.where("still_running"), account.left_on)


def _early_notes(world: World, client: Client, left: Sequence[Account]) -> Iterator[str]:
    for account in left:
        platform = _platform(world, account)
        from_day = can_leave_from(account, platform)
        if platform.ask and from_day and account.left_on and account.left_on < from_day:
            name = label(world, client, account)
            yield _with(
                f"you left {name} before {_day(from_day)}: see that {client.contact} is in charge", platform.pitfall
            )


def _late_notes(world: World, client: Client, dates: Sequence[Deadline]) -> Iterator[str]:
    """What is late, and the earliest end with which it would not be."""
    last = world.last_working_day(client)
    late = [deadline for deadline in dates if deadline.late and deadline.part in (Part.CLIENT, Part.WAIT)]
    if last and late:
        names = listed(list(dict.fromkeys(name for deadline in late for name in deadline.platforms)))
        end = find_earliest_end(world, client, late)
        if end:
            yield f"{names}: too late for {_day(last)}. The earliest last working day that works: {_day(end)}"
        elif last >= world.today:
            yield f"{names}: late; if it happens today it still works out"


def _turns(world: World, client: Client, dates: Sequence[Deadline]) -> Iterator[Turn]:
    """What holds back leaving, by whom and by when; leaving itself only where nothing holds it back."""
    last = world.last_working_day(client)
    assert last is not None
    missing = find_missing_numbers(world, client)
    running = [account for account in world.accounts_of(client) if account.still_running and not account.left_on]
    for deadline in dates:
        if deadline.part is Part.CLIENT:
            text = _with(f"ask {client.contact} to {deadline.ask_short}", deadline.pitfall)
            yield Turn(text, _cells(deadline.accounts, "in_charge_since"), deadline.day)
    for account in running:
        text = f"{label(world, client, account)}: “{account.still_running}” must not outlive you"
        yield Turn(_with(text, _running(world, account)), account.where("still_running"), last)
    yield from _own_turns(world, client, dates, {*missing, *running})


def _own_turns(world: World, client: Client, dates: Sequence[Deadline], blocked: set[Account]) -> Iterator[Turn]:
    """The freelancer's own part at the accounts that nothing holds back: what comes before leaving, then leaving."""
    blocked = blocked | {account for d in dates if d.part is Part.CLIENT for account in d.accounts}
    for deadline in dates:
        free = [account for account in deadline.accounts if account not in blocked]
        if not free or (deadline.part is Part.BEFORE and deadline.day < world.today):
            continue
        names = _names(world, client, free)
        if deadline.part is Part.BEFORE:
            text = f"{names}: {deadline.text}"
            blocked |= set(free)  # one thing at a time
        else:
            text = f"leave {names}{_not_before(world, free)}"
            text += f": {deadline.text}" if deadline.part is Part.LEAVE else ""
        pitfall = tell_pitfalls(deadline.part, [_platform(world, account) for account in free])
        yield Turn(_with(text, pitfall), _cells(free, "left_on"), deadline.day)


def _not_before(world: World, accounts: Sequence[Account]) -> str:
    days = [can_leave_from(account, _platform(world, account)) for account in accounts]
    latest = max(day for day in days if day)
    return f", not before {_day(latest)}" if latest > world.today else ""


def _names(world: World, client: Client, accounts: Sequence[Account]) -> str:
    return listed(list(dict.fromkeys(label(world, client, account) for account in accounts)))


def _with(text: str, reason: str) -> str:
    """A turn, and what goes wrong otherwise."""
    return f"{text}; {reason}" if reason else text


ACCESS = Step("access", plan_access)
