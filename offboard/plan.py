"""Changes, step plans and plans: data, and the pure function from a World to a Plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from offboard.calendar_file import CalendarEntry
from offboard.documents.document import Document
from offboard.emails.mail import Mail
from offboard.model import Client
from offboard.one_a_day import find_waiting, tell_tomorrow
from offboard.world import Source, World


class Outcome(StrEnum):
    """Where a step stands."""

    DONE = "done"  # nothing was left to do
    CHANGED = "changed"  # something will be, or was, made
    WAITING = "waiting"  # a person must act
    LATER = "later"  # nobody has to act yet
    SKIPPED = "skipped"  # by the person
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that will be made, under the key that names it in the ledger."""

    key: str
    step: str
    says: str  # what the Log says once it happened
    after: tuple[str, ...] = ()  # keys of changes that must have succeeded before

    @property
    def client(self) -> str:
        """The short name of whom it is for."""
        return self.key.partition("/")[0]


@dataclass(frozen=True, kw_only=True)
class MakeFolder(Change):
    """A folder, inside the one that `parent` names by key or, outside of ours, by id."""

    name: str
    parent_key: str = ""
    parent_id: str = ""


@dataclass(frozen=True, kw_only=True)
class CopyReport(Change):
    """A report, brought into the folder of `parent_key`."""

    source: Source
    parent_key: str


@dataclass(frozen=True, kw_only=True)
class RefreshReport(Change):
    """A copy whose original has changed since: its content is replaced in place."""

    source: Source


@dataclass(frozen=True, kw_only=True)
class WriteDraft(Change):
    """An e-mail in the person's Drafts: a reserved shell is filled, or an untouched draft is brought up to date."""

    mail: Mail
    revision: str  # the message id that the draft must still have
    notes: Mapping[str, Any] = field(default_factory=dict)  # what its ledger entry remembers besides


@dataclass(frozen=True, kw_only=True)
class WriteDocument(Change):
    """A document of ours in the folder of `parent_key`: made, or brought up to date while nobody changed it."""

    name: str
    parent_key: str
    document: Document
    made: bool = False  # it was written before


@dataclass(frozen=True, kw_only=True)
class HoldCall(Change):
    """The call in the person's calendar, with a Meet room: put in, or brought up to date where nobody changed it."""

    call: CalendarEntry
    guest: str  # the client's address; no mail is sent to it
    made: bool = False  # it was put in before

    @property
    def starts(self) -> datetime:
        """When the call begins: an hour, never a whole day."""
        assert isinstance(self.call.start, datetime)
        return self.call.start


@dataclass(frozen=True, kw_only=True)
class Share(Change):
    """Somebody gets to read a folder of ours; never repeated unattended."""

    folder_key: str
    email: str
    google_mail: bool = False  # Google may send its invitation to an address without an account
    there: bool = False  # the look saw that the address can read already: nothing is asked of Google again


@dataclass(frozen=True, kw_only=True)
class Unshare(Change):
    """Somebody who was let in by us no longer reads a folder of ours."""

    folder_key: str
    email: str
    there: bool = True  # else somebody took them off already: that is written down


@dataclass(frozen=True)
class Turn:
    """Something only a person can do: what, where (a cell or a command), and by when."""

    text: str
    where: str = ""
    by: date | None = None


@dataclass(frozen=True)
class StepPlan:
    """What one step will do for one client, or why it does nothing."""

    step: str
    outcome: Outcome
    why: str = ""
    does: tuple[str, ...] = ()  # what its changes will do, in words: the plan's lines
    changes: tuple[Change, ...] = ()
    turns: tuple[Turn, ...] = ()
    notes: tuple[str, ...] = ()  # lines that belong on the screen below it
    link: str = ""
    day: date | None = None  # of what comes later: the day on which a run makes it


@dataclass(frozen=True)
class Plan:
    """Everything that a run would do for one client."""

    client: Client
    steps: tuple[StepPlan, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order of the steps, each once: two steps may need the same folder."""
        return tuple({change.key: change for step in self.steps for change in step.changes}.values())

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everything that waits for a person, the most urgent first."""
        turns = [turn for step in self.steps for turn in step.turns]
        return tuple(sorted(turns, key=lambda turn: (turn.by is None, turn.by or date.max)))


@dataclass(frozen=True)
class Step:
    """A step of the article: its name and its pure planner."""

    name: str
    plan: Callable[[World, Client], StepPlan]
    staying: bool = False  # planned for a client who does not leave as well
    always: bool = False  # also for a client who skips it, or is not leaving (any more)


def make_plan(world: World, client: Client, steps: Sequence[Step]) -> Plan:
    """What a run would do now; steps that the person skips, or does not ask for, change nothing.

    Of a client who is closed only the last step is left, which says so, unless the person names what to do.
    """
    if world.closed_on(client) and not world.wishes.named:
        steps = steps[-1:]
    planned = tuple(plan_step(step, world, client) for step in steps)
    planned = _one_a_day(world, client, planned)
    if world.wishes.only:
        planned = _only(planned, world.wishes.only)
    return Plan(client, planned)


def plan_step(step: Step, world: World, client: Client) -> StepPlan:
    """One step alone, skipped where the person says so: the only way in which steps ask for each other.

    Planned once for each world, however many steps ask.
    """
    if (step, client) not in world.planned:
        world.planned[step, client] = _plan_step(step, world, client)
    found: StepPlan = world.planned[step, client]
    return found


def _plan_step(step: Step, world: World, client: Client) -> StepPlan:
    if step.always:
        return step.plan(world, client)
    if step.name in client.skip:
        return StepPlan(step.name, Outcome.SKIPPED, "by you, in “Skip”")
    if not (client.leaving or step.staying or world.closed_on(client)):
        begun = "called off: both dates were taken out of the tracker"
        never = "not leaving: neither a notice nor a last day is in the tracker"
        return StepPlan(step.name, Outcome.LATER, begun if world.made_for(client) else never)
    return step.plan(world, client)


def _one_a_day(world: World, client: Client, planned: tuple[StepPlan, ...]) -> tuple[StepPlan, ...]:
    """The same plans, without the e-mails that wait until tomorrow because another goes to the client today."""
    coming = [step for step in planned if not world.wishes.only or step.step in world.wishes.only]
    waiting = find_waiting(world, client, [step.step for step in coming if _begins_mail(world, step)])
    tomorrow, why = world.today + timedelta(days=1), tell_tomorrow(client)
    return tuple(
        replace(step, outcome=Outcome.LATER, why=why, does=(), changes=(), link="", day=tomorrow)
        if step.step in waiting
        else step
        for step in planned
    )


def _begins_mail(world: World, step: StepPlan) -> bool:
    """Whether it would write an e-mail that is not in Drafts yet; one without a recipient is none."""
    mails = [change for change in step.changes if isinstance(change, WriteDraft) and change.mail.to]
    return any(not world.ledger.writes(change.key) for change in mails)


def _only(planned: tuple[StepPlan, ...], wanted: frozenset[str]) -> tuple[StepPlan, ...]:
    """The wanted steps whole, and of the others just the changes that those need first."""
    by_key = {change.key: change for step in planned for change in step.changes}
    keep: set[str] = set()
    pending = [change.key for step in planned if step.step in wanted for change in step.changes]
    while pending:
        key = pending.pop()
        if key in by_key and key not in keep:
            keep.add(key)
            pending.extend(by_key[key].after)
    kept = []
    for step in planned:
        changes = tuple(change for change in step.changes if change.key in keep)
        if step.step in wanted or changes:
            kept.append(replace(step, changes=changes))
    return tuple(kept)


def behind(changes: Iterable[Change], keys: Collection[str]) -> frozenset[str]:
    """The keys of all changes that need one of these, however indirectly."""
    found: set[str] = set()
    todo = list(changes)
    while more := [c for c in todo if c.key not in found and (set(c.after) & (set(keys) | found))]:
        found |= {change.key for change in more}
    return frozenset(found)


@dataclass(frozen=True)
class Result:
    """What became of one change."""

    change: Change
    outcome: Outcome  # changed, waiting or failed
    says: str
    id: str = ""
    link: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    hint: str = ""
    refused: bool = False  # Google certainly did not do it
