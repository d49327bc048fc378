"""Record and log: fenced appends that land once; after a refusal the ledger, which is the truth, is read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from offboard.columns import EPOCH
from offboard.engine.look import Place, look_at_tracker
from offboard.engine.reserve import client_key
from offboard.errors import OffboardError
from offboard.ledger import Entry, Event, Ledger
from offboard.model import Client
from offboard.plan import CopyReport, HoldCall, Outcome, Plan, Result, Share, Turn, Unshare, WriteDraft
from offboard.scan.memory import remember
from offboard.steps.drafts import DRAFTS
from offboard.steps.gone import letter_key
from offboard.steps.inside import allow_key, memory_key, newly_allowed
from offboard.steps.series import gone_entries
from offboard.tracker.fence import LogLine, append
from offboard.workspace.sheets import OvertakenError
from offboard.world import Present, World

TRIES = 6
WEEK = timedelta(days=7)
LONGEST = 5_000  # characters of a line in Log: a cell takes 50,000
WORDS = {
    Outcome.DONE: "done",
    Outcome.CHANGED: "new",
    Outcome.WAITING: "your turn",
    Outcome.LATER: "later",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
}  # outcomes as people read them


@dataclass(frozen=True)
class Note:
    """A ledger entry, and the log line that goes with it: both are written, or neither."""

    entry: Entry
    line: LogLine | None = None
    base: Entry | None = None  # what the ledger said of the key when this was planned
    first: bool = False  # whoever notes it first, of this draft or client, is right: another day changes nothing


def made_notes(results: Sequence[Result], ledger: Ledger) -> list[Note]:
    """What was made, for Ledger and Log; and what Google certainly refused, so that its end is known."""
    notes = []
    for result in results:
        change = result.change
        if result.outcome is Outcome.CHANGED:
            line = LogLine(change.client, change.step, WORDS[Outcome.CHANGED], result.says, result.link)
            event = Event.TAKEN if isinstance(change, Unshare) else Event.MADE
            made = Entry(change.key, result.id, event, result.more)
            notes.append(Note(made, line, ledger.find_newest(change.key)))
        elif isinstance(change, Share | CopyReport) and result.refused:
            more = {**result.more, "why": f"{result.says} {result.hint}".strip()}
            if isinstance(change, CopyReport):
                more["stamp"] = change.source.stamp
            value = change.email if isinstance(change, Share) else ledger.find_id(change.key)
            notes.append(Note(Entry(change.key, value, Event.REFUSED, more), base=ledger.find_newest(change.key)))
    return notes


def begun_notes(shares: Sequence[Share], ledger: Ledger, run: str) -> list[Note]:
    """Shares that this run is about to make: their end must be known before anybody tries them again."""
    return [
        Note(Entry(share.key, share.email, Event.BEGUN, {"run": run}), base=ledger.find_newest(share.key))
        for share in shares
    ]


def begun_by(run: str, shares: Sequence[Share], ledger: Ledger) -> tuple[Share, ...]:
    """Those of the shares that this run, and no other, has begun."""
    return tuple(
        share
        for share in shares
        if (entry := ledger.find(share.key)) and entry.event is Event.BEGUN and entry.more.get("run") == run
    )


def allowed_notes(place: Place, world: World, client: Client) -> list[Note]:
    """What the person lets pass in this run, with who it was: it holds for every later run, anywhere."""
    found = newly_allowed(world, client)
    if not found:
        return []
    name, email = place.workspace.drive.get_person()
    who = f"{name} <{email}>"
    return [
        Note(
            Entry(allow_key(client, one.finding.id), str(one), Event.SAID, {"by": who}),
            LogLine(client.short, "share", "done", f"Allowed by {who}: {one}"),
        )
        for one in found
    ]


def settle(world: World, results: Sequence[Result], ledger: Ledger) -> World:
    """The world as the next look would see it: what was made is there."""
    present = dict(world.present)
    for result in results:
        if result.outcome is not Outcome.CHANGED:
            continue
        change, draft = result.change, isinstance(result.change, WriteDraft)
        name = change.source.target_name if isinstance(change, CopyReport) else str(result.more.get("name", ""))
        revision = result.more.get("revision" if draft else "md5", "")
        more = {"edited": True} if draft and not revision else {}
        more = dict(result.more) if isinstance(change, HoldCall) else more
        there = not isinstance(change, Unshare) and (not isinstance(change, HoldCall) or bool(more))
        present[change.key] = Present(there=there, name=name, url=result.link, revision=revision, more=more)
    entries = [note.entry for note in made_notes(results, ledger) if ledger.find(note.entry.key) != note.entry]
    return replace(world, present=present, ledger=ledger.followed_by(entries, ledger.version))


def said_notes(world: World, settled: Plan, results: Sequence[Result]) -> list[Note]:
    """Lines of state that differ from what was said last: each step's outcome, and what Today shows."""
    client = settled.client.short
    results = [result for result in results if result.change.client == client]
    failed = {result.change.step: result for result in results if result.outcome is Outcome.FAILED}
    made = {result.change.step for result in results if result.outcome is Outcome.CHANGED}
    elsewhere = {r.change.step for r in results if isinstance(r.change, Share) and r.outcome is Outcome.LATER}
    notes = []
    for step in settled.steps:
        outcome, why = step.outcome, step.why
        if step.step in failed:
            outcome, why = failed[step.step].outcome, failed[step.step].says
        elif _in_passing(world, _outcome_key(client, step.step), outcome):
            continue
        elif outcome is Outcome.CHANGED or step.step in elsewhere:
            continue  # wanted, and not asked for this time; or another run is at it and will tell
        why = why if len(why) <= LONGEST else why[: LONGEST - 1] + "…"
        entry = Entry(_outcome_key(client, step.step), f"{WORDS[outcome]}: {why}", Event.SAID)
        # a step that was just made is in the Log already, in better words
        quiet = step.step in made and outcome in (Outcome.DONE, Outcome.WAITING)
        notes.append(Note(entry, None if quiet else LogLine(client, step.step, WORDS[outcome], why, step.link)))
    told = {step.step for step in settled.steps}
    for result in results:  # of who is offboarded only the last step is planned, and Today tells of the share
        if isinstance(result.change, Unshare) and result.outcome is Outcome.CHANGED and "share" not in told:
            says = f"{WORDS[Outcome.DONE]}: {result.says}"
            notes.append(Note(Entry(_outcome_key(client, "share"), says, Event.SAID)))
    notes.extend(_gone_notes(world, settled.client))
    if world.looked:  # the tracker alone does not tell all that a client's steps know
        if not world.closed_on(settled.client) and _is_closed(settled):
            line = LogLine(client, "close", WORDS[Outcome.DONE], "officially offboarded")
            notes.append(Note(_number(f"{client}|closed", _serial(world.today)), line, first=True))
        notes.extend(Note(entry) for entry in _today_entries(settled, world))
    key = client_key(client)
    if world.ledger.find(key):  # a new name or a new address is remembered
        notes.append(Note(Entry(key, settled.client.name, Event.SAID, {"email": settled.client.email})))
    if world.inside:
        count = len(world.inside.memory)
        notes.append(Note(Entry(memory_key(settled.client), str(count), Event.SAID, remember(world.inside.memory))))
    return [note for note in notes if _news(note, world.ledger)]


def _in_passing(world: World, key: str, outcome: Outcome) -> bool:
    """Seen on the way past many clients: of whom nothing was ever said, only what needs a person is."""
    return not world.looked and outcome is not Outcome.WAITING and world.ledger.find(key) is None


def _outcome_key(client: str, step: str) -> str:
    return f"{client}|outcome|{step}"


def _gone_notes(world: World, client: Client) -> Iterator[Note]:
    """Since when an e-mail of a series is not in Drafts any more; the next one counts from that day."""
    for entry in gone_entries(world, client):
        letter = world.ledger.find(letter_key(entry.key))
        says = f"No longer in Drafts: taken as sent: “{letter.more.get('subject', '')}”" if letter else ""
        asked = letter is not None and letter.more.get("says") != {}
        asked = asked and not entry.key.endswith("/draft")  # a single one's step says so itself
        step = entry.key.split("|")[2].partition("/")[0]
        line = LogLine(client.short, step, WORDS[Outcome.DONE], says, DRAFTS) if asked else None
        yield Note(entry, line, first=True)


def heartbeat_notes(world: World) -> list[Note]:
    """One line a day, however often and for whomever it is run: a job that died shows on Today."""
    return [Note(_number("heartbeat", _serial(world.today)))]


def _today_entries(settled: Plan, world: World) -> list[Entry]:
    """The rows behind the Today tab."""
    client = settled.client.short
    closed = _is_closed(settled)
    first = next((turn for turn in settled.turns if not closed or _is_near(turn, world.today)), None)
    made = (step.link for step in settled.steps if step.step == "folder" and step.outcome is Outcome.DONE)
    link = next(made, "")
    drafts = sum(step.outcome is Outcome.WAITING and step.link == DRAFTS for step in settled.steps)
    entries = [
        Entry(
            f"{client}|next",
            first.text if first else "officially offboarded" if closed else "nothing to do",
            Event.SAID,
        ),
        _number(f"{client}|drafts", drafts),
    ]
    if first and first.by:
        entries.append(_number(f"{client}|by", _serial(first.by)))
    elif world.ledger.find_id(f"{client}|by"):
        entries.append(Entry(f"{client}|by", "", Event.SAID))
    if link:
        entries.append(Entry(f"{client}|folder", link, Event.SAID))
    return entries


def _is_closed(settled: Plan) -> bool:
    """Whether every step is done, and the last one has said so."""
    last = settled.steps[-1] if settled.steps else None
    return last is not None and last.step == "close" and last.outcome is Outcome.DONE


def _is_near(turn: Turn, today: date) -> bool:
    """Whether what comes after the goodbye is due within a week: Today shows it no earlier."""
    return turn.by is None or turn.by <= today + WEEK


def _number(key: str, number: int) -> Entry:
    return Entry(key, str(number), Event.SAID, {"number": True})


def _serial(day: date) -> int:
    return (day - EPOCH.date()).days


def _news(note: Note, ledger: Ledger) -> bool:
    """Whether the ledger does not say it yet; what somebody else made since it was planned is theirs to tell."""
    entry, known = note.entry, ledger.find(note.entry.key)
    if note.first and known is not None and known.more == entry.more:
        return False
    if entry.event is Event.SAID:
        return known is None or (known.value, known.more) != (entry.value, entry.more)
    if entry.event is Event.BEGUN:
        return ledger.find_newest(entry.key) == note.base  # whoever begins it first makes it
    newest = ledger.find_newest(entry.key)
    if newest is None or newest == note.base:
        return newest != entry
    # put aside, or begun anew under another id: what became of the older one is no longer what the key stands for
    replaced = known is None or (known.event is Event.RESERVED and known.value != entry.value)
    # made, and taken back before that was written down: the person's word came last
    return not replaced and known != entry and not newest.made and newest.event is not Event.TAKEN


def write(place: Place, world: World, nonce: str, notes: Sequence[Note]) -> Ledger:
    """Append what the ledger does not say yet; overtaken by somebody else, read it again and append the rest."""
    ledger = world.ledger
    for attempt in range(TRIES):
        mine = f"{nonce}-{attempt}"  # a mark must tell two appends of one run apart
        with place.turn:
            if attempt:
                ledger = look_at_tracker(place).ledger
            left = [note for note in notes if _news(note, ledger)]
            if not left:
                return ledger
            entries = [note.entry for note in left]
            lines = [note.line for note in left if note.line]
            now = place.clock(world.reading.timezone)
            sheets = place.workspace.sheets
            try:
                return append(sheets, world.tracker_id, ledger, mine, now, entries, lines, world.sheet_ids)
            except OvertakenError:
                continue
    raise OffboardError(
        "Others were writing to the tracker all the time, so this run could not write down what it did.",
        "Everything is made once all the same; type the same command again.",
    )
