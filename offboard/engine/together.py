"""The whole way, for however many clients: look → plan → ask → reserve → record → make → log; two writes at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from offboard.engine.inside import look_again
from offboard.engine.look import Place
from offboard.engine.make import Maker, Watch, failed
from offboard.engine.record import (
    TRIES,
    Note,
    allowed_notes,
    begun_by,
    begun_notes,
    heartbeat_notes,
    made_notes,
    said_notes,
    settle,
    write,
)
from offboard.engine.reserve import reserve
from offboard.engine.sweep import sweep
from offboard.errors import InterruptedRunError, OffboardError
from offboard.model import Client
from offboard.plan import Change, HoldCall, Outcome, Plan, Result, Share, Step, WriteDraft, make_plan
from offboard.steps.inside import find_held, held_why
from offboard.tracker.fence import append, tidy
from offboard.workspace.sheets import OvertakenError
from offboard.world import Wishes, World

SLEPT = timedelta(minutes=2)  # after longer than this the world may have moved on: look again

Look = Callable[[Wishes], tuple[World, Sequence[Client]]]
Plans = tuple[Plan, ...]


@dataclass(frozen=True)
class Agreement:
    """What the person said to a plan: go on or not, and share or not."""

    go: bool
    share: bool = True


@dataclass(frozen=True)
class Errand:
    """What is to be done: how to look, which steps to plan, whom to ask, and what to type to go on after a Ctrl-C."""

    look: Look
    steps: Sequence[Step]
    command: str
    ask: Callable[[World, Plans], Agreement] = lambda _world, _plans: Agreement(go=True)
    says: Sequence[Step] = ()  # of which steps it is said how they stand afterwards; empty: of those that are planned


@dataclass(frozen=True)
class Tally:
    """What was found, done, and left: `plans` as agreed to, `settled` as the next look would see them."""

    world: World
    plans: Plans
    results: tuple[Result, ...] = ()
    settled: Plans = ()
    declined: bool = False


def run_together(place: Place, errand: Errand, wishes: Wishes, nonce: str, watch: Watch) -> Tally:
    """Do what is due, once, however often and from wherever it is run: ids in one write, outcomes in another."""
    agreed: frozenset[tuple[str, ...]] = frozenset()
    for attempt in range(TRIES):
        with place.turn if attempt else nullcontext():
            world, clients = errand.look(wishes)
            plans = _plan(world, clients, errand.steps)
            if not set(list_agreed(plans)) <= agreed:
                agreement = errand.ask(world, plans)
                if not agreement.go:
                    return Tally(world, plans, declined=True)
                if not agreement.share:
                    wishes = replace(wishes, withheld=wishes.withheld | {"share"})
                    world = replace(world, wishes=wishes)
                    plans = _plan(world, clients, errand.steps)
                agreed |= set(list_agreed(plans))
            if has_slept(place, world):
                continue
            try:
                world = _reserve_and_record(place, world, plans, f"{nonce}-r{attempt}")
            except OvertakenError:
                continue  # somebody else's ids are the truth: look and plan again
        if has_slept(place, world):
            continue
        return _make_and_log(place, world, _plan(world, clients, errand.steps), errand, nonce, watch)
    raise OffboardError(
        "Others were at work in the tracker all the time. Nothing was made.",
        f"Type the same command again: {errand.command}",
    )


def _plan(world: World, clients: Sequence[Client], steps: Sequence[Step]) -> Plans:
    return tuple(make_plan(world, client, steps) for client in clients)


def list_agreed(plans: Plans) -> Iterator[tuple[str, ...]]:
    """What somebody said yes to: each thing by its key, its name, and for an e-mail its reader."""
    for change in (change for planned in plans for change in planned.changes):
        yield (change.key, change.says, change.mail.to if isinstance(change, WriteDraft) else "")


def has_slept(place: Place, world: World) -> bool:
    """Whether so much time has passed since the look that the world may be another one."""
    now = place.clock(world.reading.timezone)
    return now.astimezone(UTC) - world.now.astimezone(UTC) > SLEPT  # wall clocks stand still when summer ends


def _reserve_and_record(place: Place, world: World, plans: Plans, nonce: str) -> World:
    entries = reserve(place.workspace, world, plans)
    if not entries:
        return world
    now = place.clock(world.reading.timezone)
    sheets = place.workspace.sheets
    with place.turn:
        ledger = append(sheets, world.tracker_id, world.ledger, nonce, now, entries, (), world.sheet_ids)
    fresh = {entry.key for entry in entries}
    present = {key: found for key, found in world.present.items() if key not in fresh}
    return replace(world, ledger=ledger, present=present)


def _make_and_log(place: Place, world: World, plans: Plans, errand: Errand, nonce: str, watch: Watch) -> Tally:
    written = world
    allowed = [note for planned in plans for note in allowed_notes(place, world, planned.client)]

    def before_shares(results: tuple[Result, ...], shares: tuple[Share, ...]) -> dict[str, Result]:
        nonlocal written
        (client,) = {planned.client for planned in plans for share in shares if share.client == planned.client.short}
        try:
            written = look_again(place, written, client, results, shares, watch)
        except OffboardError as error:
            return {share.key: failed(share, error) for share in shares}
        held = find_held(written, client)
        if held:
            return {share.key: Result(share, Outcome.WAITING, held_why(held)) for share in shares}
        notes = [*made_notes(results, world.ledger), *begun_notes(shares, world.ledger, nonce), *allowed]
        written = replace(written, ledger=write(place, written, f"{nonce}-s", notes))
        mine = begun_by(nonce, shares, written.ledger)
        return {
            share.key: Result(share, Outcome.LATER, f"another run is sharing with {share.email}")
            for share in shares
            if share not in mine
        }

    maker = Maker(place.workspace, world, before_shares, watch)
    changes = [change for planned in plans for change in planned.changes]
    interrupted: BaseException | None = None
    try:
        changes = _make_calls(maker, world, plans, errand.steps) or changes
        maker.make([change for change in changes if change.key not in maker.results])
    except KeyboardInterrupt as error:
        interrupted = error
    results = tuple(maker.results.values())
    after = settle(written, results, written.ledger)
    # what Today and the Log say is the client's state, whichever step alone was asked for
    after = replace(after, wishes=replace(after.wishes, only=frozenset()))
    settled = _plan(after, [planned.client for planned in plans], errand.says or errand.steps)
    # what was made goes with what is said of it now, in one append
    notes = [*made_notes(results, world.ledger), *allowed, *_said(written, settled, results)]
    ledger = write(place, written, f"{nonce}-l", notes)
    sweep(place, world, ledger, f"{nonce}-w")
    tidy(place.workspace.sheets, world.tracker_id, world.marks)
    if interrupted:
        count = len([result for result in results if result.id])
        raise InterruptedRunError(
            f"Stopped. {count} of {len(changes)} things are done and written down.",
            f"Run again; it goes on from there: {errand.command}",
        ) from interrupted
    return Tally(after, plans, results, settled)


def _make_calls(maker: Maker, world: World, plans: Plans, steps: Sequence[Step]) -> list[Change]:
    """Put the calls into the calendar first: an e-mail names the Meet link, and only a call that is there has one.

    Answers all changes as they are planned with that link; none where there is no call to put anywhere.
    """
    calls = [change for planned in plans for change in planned.changes if isinstance(change, HoldCall)]
    if not calls:
        return []
    maker.make(calls)
    seen = settle(world, tuple(maker.results.values()), world.ledger)
    anew = _plan(seen, [planned.client for planned in plans], steps)
    return [*calls, *(change for planned in anew for change in planned.changes if not isinstance(change, HoldCall))]


def _said(world: World, settled: Plans, results: Sequence[Result]) -> Iterator[Note]:
    by_client: dict[str, list[Result]] = {}
    for result in results:
        by_client.setdefault(result.change.client, []).append(result)
    for planned in settled:
        yield from said_notes(world, planned, by_client.get(planned.client.short, []))
    yield from heartbeat_notes(world)
