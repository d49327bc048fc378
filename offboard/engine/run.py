"""The one place that shows the whole way: look → plan → ask → reserve → record → make → log."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from offboard.engine.again import put_aside
from offboard.engine.inside import look_again, look_inside
from offboard.engine.look import Place, look_at_tracker, look_behind, raise_general_problems, raise_problems
from offboard.engine.make import Maker, Watch, failed
from offboard.engine.record import (
    TRIES,
    allowed_notes,
    begun_by,
    begun_notes,
    made_notes,
    said_notes,
    settle,
    write,
)
from offboard.engine.reserve import client_key, reserve
from offboard.errors import InterruptedRunError, OffboardError, UsageError
from offboard.ledger import Entry
from offboard.model import Client
from offboard.plan import Outcome, Plan, Result, Share, WriteDraft, make_plan
from offboard.steps import STEPS
from offboard.steps.inside import find_held, held_why
from offboard.tracker.fence import append, tidy
from offboard.workspace.sheets import OvertakenError
from offboard.world import Wishes, World

SLEPT = timedelta(minutes=2)  # after longer than this the world may have moved on: look again
NOTHING = "Nothing was made."


@dataclass(frozen=True)
class Agreement:
    """What the person said to a plan: go on or not, and share or not."""

    go: bool
    share: bool = True


Ask = Callable[[World, Plan], Agreement]


@dataclass(frozen=True)
class Report:
    """What a run found, did, and left: `plan` as agreed to, `settled` as the next look would see it."""

    world: World
    plan: Plan
    results: tuple[Result, ...] = ()
    settled: Plan | None = None
    declined: bool = False


def find_client(world: World, text: str) -> Client:
    """The client meant by a short name, a name, or an unambiguous beginning of one; UsageError with the nearest.

    Where nobody is asked a beginning is not enough, nor where the ledger knows the very name.
    """
    wanted = " ".join(text.split()).casefold()
    exact = [client for client in world.clients if wanted in (client.short, client.name.casefold())]
    guess = wanted and not world.wishes.unasked and world.ledger.find(client_key(wanted)) is None
    begun = [c for c in world.clients if guess and (c.short.startswith(wanted) or c.name.casefold().startswith(wanted))]
    found = exact or begun
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{client.short} ({client.name})" for client in found)
        raise UsageError(f"“{text}” could be {names}.", "Type the short name.")
    words = {client.short: client for client in world.clients} | {c.name.casefold(): c for c in world.clients}
    near = difflib.get_close_matches(wanted, words, 3, 0.5)
    nearest = list(dict.fromkeys(f"{words[word].short} ({words[word].name})" for word in near))
    have = ", ".join(client.short for client in world.clients) or "none yet: add a row to the Clients tab"
    hint = f"Did you mean {' or '.join(nearest)}?" if nearest else f"You have {have}."
    raise UsageError(f"There is no client “{text}” in your tracker.", hint, world.problems)


def look(place: Place, text: str, wishes: Wishes) -> tuple[World, Client]:
    """The world as this client's plan needs it; every problem that concerns the client is raised, all at once."""
    world = look_at_tracker(place, wishes)
    raise_general_problems(world)
    client = find_client(world, text)
    raise_problems(world, client)
    _refuse_renamed(world, client)
    world = look_behind(place, world, client)
    raise_problems(world, client)
    return put_aside(world, client), client


def plan(place: Place, text: str, wishes: Wishes, watch: Watch = Watch()) -> tuple[World, Plan]:  # noqa: B008  # frozen
    """What a run would do; changes nothing."""
    world, client = look(place, text, wishes)
    world = look_inside(place, world, client, make_plan(world, client, STEPS).changes, watch)
    return world, make_plan(world, client, STEPS)


def run(place: Place, text: str, wishes: Wishes, nonce: str, ask: Ask, watch: Watch) -> Report:
    """Do what is due for one client, once, however often and from wherever it is run."""
    agreed: frozenset[tuple[str, ...]] = frozenset()
    for attempt in range(TRIES):
        world, client = look(place, text, wishes)
        world = look_inside(place, world, client, make_plan(world, client, STEPS).changes, watch)
        planned = make_plan(world, client, STEPS)
        if not set(_agreed(planned)) <= agreed:
            agreement = ask(world, planned)
            if not agreement.go:
                return Report(world, planned, declined=True)
            if not agreement.share:
                wishes = replace(wishes, withheld=wishes.withheld | {"share"})
                world = replace(world, wishes=wishes)
                planned = make_plan(world, client, STEPS)
            agreed |= set(_agreed(planned))
        if _slept(place, world):
            continue
        try:
            world = _reserve_and_record(place, world, planned, f"{nonce}-r{attempt}")
        except OvertakenError:
            continue  # somebody else's ids are the truth: look and plan again
        if _slept(place, world):
            continue
        return _make_and_log(place, world, make_plan(world, client, STEPS), nonce, watch)
    raise OffboardError(f"Others were at work for “{text}” all the time. {NOTHING}", "Type the same command again.")


def _agreed(planned: Plan) -> Iterator[tuple[str, ...]]:
    """What somebody said yes to: each thing by its key, its name, and for an e-mail its reader."""
    for change in planned.changes:
        yield (change.key, change.says, change.mail.to if isinstance(change, WriteDraft) else "")


def _slept(place: Place, world: World) -> bool:
    now = place.clock(world.reading.timezone)
    return now.astimezone(UTC) - world.now.astimezone(UTC) > SLEPT  # wall clocks stand still when summer ends


def _refuse_renamed(world: World, client: Client) -> None:
    """Rule of the short name: a client that was begun and vanished must not begin again under another one."""
    known = world.ledger.find(client_key(client.short))
    if known:
        _refuse_another(world, client, known)
    if world.wishes.new or known:
        return
    listed = {known.short for known in world.clients}
    for entry in world.ledger.entries:
        short = entry.key.removesuffix("|client")
        if short == entry.key or short in listed:
            continue
        if entry.value.casefold() == client.name.casefold() or entry.more.get("email") == client.email:
            raise OffboardError(
                f"“{short}” is gone from the tracker, and “{client.short}” is new, with the same name or e-mail.",
                f"Same client? Then change {client.where('short')} back to {short}: a new short name would mean a "
                f"second folder. A new offboarding? Say so: offboard run {client.short} --new",
            )


def _refuse_another(world: World, client: Client, known: Entry) -> None:
    """A short name stands for one client for ever: with another name and another address it is another client's."""
    email = known.more.get("email")
    if world.wishes.same or known.value.casefold() == client.name.casefold() or email == client.email:
        return
    raise OffboardError(
        f"“{client.short}” was {known.value} <{email}> when its folder was made. Now {client.where('short')} says "
        f"{client.name} <{client.email}>.",
        "Another client? Give it a short name of its own. The same one, with a new name and a new address? Say so: "
        f"offboard run {client.short} --same",
    )


def _reserve_and_record(place: Place, world: World, planned: Plan, nonce: str) -> World:
    entries = reserve(place.workspace, world, planned)
    if not entries:
        return world
    now = place.clock(world.reading.timezone)
    ledger = append(place.workspace.sheets, world.tracker_id, world.ledger, nonce, now, entries, (), world.sheet_ids)
    fresh = {entry.key for entry in entries}
    present = {key: found for key, found in world.present.items() if key not in fresh}
    return replace(world, ledger=ledger, present=present)


def _make_and_log(place: Place, world: World, planned: Plan, nonce: str, watch: Watch) -> Report:
    client = planned.client.short
    written = world
    allowed = allowed_notes(place, world, planned.client)

    def before_shares(results: tuple[Result, ...], shares: tuple[Share, ...]) -> dict[str, Result]:
        nonlocal written
        try:
            written = look_again(place, written, planned.client, results, shares, watch)
        except OffboardError as error:
            return {share.key: failed(share, error) for share in shares}
        held = find_held(written, planned.client)
        if held:
            return {share.key: Result(share, Outcome.WAITING, held_why(held)) for share in shares}
        notes = [*made_notes(client, results, world.ledger), *begun_notes(shares, world.ledger, nonce), *allowed]
        written = replace(written, ledger=write(place, written, f"{nonce}-s", notes))
        mine = begun_by(nonce, shares, written.ledger)
        return {
            share.key: Result(share, Outcome.LATER, f"another run is sharing with {share.email}")
            for share in shares
            if share not in mine
        }

    maker = Maker(place.workspace, world, client, before_shares, watch)
    interrupted: BaseException | None = None
    try:
        maker.make(planned)
    except KeyboardInterrupt as error:
        interrupted = error
    results = tuple(maker.results.values())
    after = settle(written, results, written.ledger)
    # what Today and the Log say is the whole client's state, whichever step alone was asked for
    after = replace(after, wishes=replace(after.wishes, only=frozenset()))
    settled = make_plan(after, planned.client, STEPS)
    # what was made goes with what is said of it now, in one append
    notes = [*made_notes(client, results, world.ledger), *allowed, *said_notes(written, settled, results)]
    write(place, written, f"{nonce}-l", notes)
    tidy(place.workspace.sheets, world.tracker_id, world.marks)
    if interrupted:
        count = len([result for result in results if result.id])
        raise InterruptedRunError(
            f"Stopped. {count} of {len(planned.changes)} things are done and written down.",
            f"Run again; it goes on from there: offboard run {client}",
        ) from interrupted
    return Report(after, planned, results, settled)
