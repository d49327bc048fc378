"""The case study: what is missing is said while it can be had, then a document of the freelancer's own (step 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from babel.dates import format_date

from offboard.documents.case_study import CaseStudy
from offboard.documents.case_study_facts import Rows, make_case_study
from offboard.emails.formats import listed
from offboard.ledger import Entry
from offboard.metrics.platforms import find_platform
from offboard.model import Client
from offboard.plan import Change, Outcome, Step, StepPlan, Turn, WriteDocument
from offboard.steps.anew import make_anew
from offboard.steps.documents import Planned, document_key, plan_document
from offboard.steps.metrics import MissingNumbers, find_doubled, missing_numbers
from offboard.steps.own_folder import find_own_folder_link, find_own_folder_trouble, own_folder_key, plan_own_folder
from offboard.world import World

NAME = "case study"
EARLY = 7  # days before the last working day: from then on the last month's numbers are asked for
VANISH = "they vanish when you disconnect"


def anonymous_key(client: Client) -> str:
    """The ledger key of the one that names nobody."""
    return f"{document_key(client, NAME)}/anonymous"


def plan_case_study(world: World, client: Client) -> StepPlan:
    """Written once the last month's numbers are in, or on the last working day with those that are there."""
    missing = missing_numbers(world, client)
    turns = (*_doubled_turns(world, client), *_missing_turns(world, client, missing))
    last = world.last_working_day(client)
    study = _study(world, client)
    wanted = NAME in world.wishes.now or world.wishes.anonymous or _begun(world, client)
    due = wanted or (last is not None and world.today >= last) or not missing
    if not study.platforms or not due:
        return _wait(world, client, missing, turns)
    trouble = find_own_folder_trouble(world, client)
    if trouble:
        again = make_anew(client, NAME)
        turn = Turn("put it back from Drive's bin, or have it made anew", again)
        return StepPlan(NAME, Outcome.WAITING, trouble, turns=(*turns, turn))
    return _plan_documents(world, client, study, turns)


def _begun(world: World, client: Client) -> bool:
    """Whether it was written already: then it follows the tracker."""
    return any(_made(world, key) for key in (document_key(client, NAME), anonymous_key(client)))


def _made(world: World, key: str) -> Entry | None:
    entry = world.ledger.find(key)
    return entry if entry and entry.made else None


def _study(world: World, client: Client, *, anonymous: bool = False) -> CaseStudy:
    rows = Rows(client, world.metrics_of(client), world.accounts_of(client), world.setup, world.my_name)
    key = anonymous_key(client) if anonymous else document_key(client, NAME)
    study = make_case_study(rows, charts=world.charts, anonymous=anonymous)
    entry, drawn = _made(world, key), replace(study, charts=True)
    # another computer drew its charts: this one without them does not take them out again
    return drawn if entry and entry.more.get("digest") == drawn.digest else study


def _plan_documents(world: World, client: Client, study: CaseStudy, turns: tuple[Turn, ...]) -> StepPlan:
    planned = [_plan_one(world, client, study, document_key(client, NAME))]
    if world.wishes.anonymous or any(entry.key == anonymous_key(client) for entry in world.ledger.entries):
        planned.append(_plan_one(world, client, _study(world, client, anonymous=True), anonymous_key(client)))
    changes: list[Change] = [one.change for one in planned if one.change]
    notes = tuple(one.note for one in planned if one.note)
    link = find_own_folder_link(world, client)
    if changes:
        does = tuple(_tell(one.change) for one in planned if one.change)
        everything = (*plan_own_folder(world, client, NAME), *changes)
        return StepPlan(NAME, Outcome.CHANGED, does=does, changes=everything, turns=turns, notes=notes, link=link)
    outcome = Outcome.WAITING if turns else Outcome.DONE
    why = "in your own folder: fill in what is grey, ask before you show it"
    return StepPlan(NAME, outcome, why, turns=turns, notes=notes, link=link)


def _tell(change: WriteDocument) -> str:
    what = f"“{change.name}”"
    return f"bring {what} in your own folder up to date" if change.made else f"write {what} into your own folder"


def _plan_one(world: World, client: Client, study: CaseStudy, key: str) -> Planned:
    parent = own_folder_key(client)
    return plan_document(world, client, NAME, key=key, name=study.file_name, parent_key=parent, document=study)


def _wait(world: World, client: Client, missing: tuple[MissingNumbers, ...], turns: tuple[Turn, ...]) -> StepPlan:
    """Nobody has to act before there is something to note; what will be missing is said all the same."""
    last = world.last_working_day(client)
    if turns:
        why = _missing_text(world, client, missing) or "two rows for one month"
        return StepPlan(NAME, Outcome.WAITING, why, turns=turns)
    if missing:
        when = f"its last numbers on {_day(last)}, before you disconnect" if last else "when there is a last day"
        return StepPlan(NAME, Outcome.LATER, when)
    where = "the tab Metrics"
    if last and world.today >= last - timedelta(days=EARLY):
        turn = Turn(f"note two months of each platform in {where}", f"offboard metrics {client.short} FILE", last)
        return StepPlan(NAME, Outcome.WAITING, f"no numbers yet, or write {NAME} into Skip", turns=(turn,))
    return StepPlan(NAME, Outcome.LATER, f"when there are numbers in {where}, two months of each platform")


def _day(day: date) -> str:
    return str(format_date(day, "EEE d MMM", locale="en_GB"))


def _missing_text(world: World, client: Client, missing: tuple[MissingNumbers, ...]) -> str:
    """`numbers missing for Instagram and TikTok; they vanish when you disconnect`."""
    names = tuple(dict.fromkeys(one.platform for one in missing))
    gone = all(_left(world, client, name) for name in names)
    reason = f"none to be had? Write {NAME} into “Skip”" if gone else VANISH
    return f"numbers missing for {listed(names)}; {reason}" if missing else ""


def _missing_turns(world: World, client: Client, missing: tuple[MissingNumbers, ...]) -> Iterator[Turn]:
    """What to note by the last working day: the first month as soon as it is missed, the last one when it is near.

    What nobody can note any more is not asked for once the document is written: it holds nothing up.
    """
    last = world.last_working_day(client)
    asked: dict[tuple[str, ...], list[str]] = {}
    for month in dict.fromkeys(one.month for one in missing):
        if month and (last is None or world.today < last - timedelta(days=EARLY)):
            continue
        lacking = [one for one in missing if one.month == month]
        asked.setdefault(tuple(one.platform for one in lacking), []).append(lacking[0].when)
    for names, when in asked.items():
        gone = all(_left(world, client, name) for name in names)
        if gone and _begun(world, client):
            continue
        reason = f"you have left already, ask {client.contact} for them" if gone else VANISH
        told = f"no numbers for {listed(names)} {listed(when)}; {reason}"
        yield Turn(told, f"offboard metrics {client.short} FILE", None if gone else last)


def _left(world: World, client: Client, platform: str) -> bool:
    """Whether the person has left every account of this platform."""
    mine = [
        account
        for account in world.accounts_of(client)
        if (known := find_platform(account.platform, world.platforms)) and known.name == platform
    ]
    return bool(mine) and all(account.left_on for account in mine)


def _doubled_turns(world: World, client: Client) -> Iterator[Turn]:
    for one, other in find_doubled(world, client):
        cells = f"{one.where('month')} and {other.where('month')}"
        yield Turn(f"{one.platform} has two rows for one month ({cells}); delete one", other.where("month"))


CASE_STUDY = Step(NAME, plan_case_study)
