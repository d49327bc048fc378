"""The screens: plan, run and status as lines, each screen ending with one thing to type or click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from offboard.commands.dates import dates_in_plan
from offboard.commands.last_day import last_day_words
from offboard.commands.wrap import screen_width, wrap
from offboard.engine.record import WORDS
from offboard.model import Client
from offboard.plan import HoldCall, Outcome, Plan, Share, StepPlan, Turn, WriteDraft, behind
from offboard.steps.drafts import DRAFTS, gather_facts, is_draft_key
from offboard.steps.folder import LINK as FOLDER_LINK
from offboard.steps.folder import folder_key
from offboard.steps.meet_link import is_in_calendar
from offboard.steps.money import format_money_state
from offboard.world import World

LABEL = 12
SCREEN_LOCALE = "en_GB"  # the program speaks English; its dates do too


def format_day(day: date, *, year: bool = False) -> str:
    """`Sun 31 May`, with the year where it matters."""
    return str(format_date(day, "EEE d MMM yyyy" if year else "EEE d MMM", locale=SCREEN_LOCALE))


def title_line(world: World, client: Client, *, contact: bool = False) -> list[str]:
    """`Bloom Bakery · last day Sun 31 May 2026, in 34 days · Maya <maya@bloom.example>`."""
    parts = [client.name, last_day_words(world, client)]
    if contact:
        parts.append(f"{client.contact} <{client.email}>")
    return wrap(" · ".join(parts), "", "  ")


def row(label: str, text: str, mark: str = " ", *, width: int = LABEL) -> list[str]:
    """A labelled line, wrapped below itself; a link stands alone and is never wrapped."""
    head = f"  {mark} {label:<{width - 1}}" if mark.strip() else f"  {label:<{width}}"
    return wrap(text, head, " " * len(head))


def plan_lines(world: World, plan: Plan) -> list[str]:
    """What `offboard plan` shows: what run would do, whose turn it is, what comes later."""
    lines = [*title_line(world, plan.client, contact=True), ""]
    if not (plan.client.leaving or world.closed_on(plan.client)):
        return [*lines, *not_leaving_lines(world, plan.client)]
    changing = [step for step in plan.steps if step.changes]
    if changing:
        lines += ["`run` would do this. Nothing has happened yet.", *_does_lines(world, plan)]
    else:
        lines.append("Nothing to do now.")
    lines += turn_lines(plan.turns)
    rest = [step for step in plan.steps if not step.changes]
    for outcome, heading in ((Outcome.LATER, "Later"), (Outcome.DONE, "Done"), (Outcome.SKIPPED, "Skipped")):
        told = [step for step in rest if step.outcome is outcome]
        if told:
            lines += ["", heading, *(line for step in told for line in row(step.step, step.why))]
    lines += dates_in_plan(world, plan.client)
    lines += note_lines(plan.steps)
    short = plan.client.short
    lines.append("")
    if not changing:
        return [*lines, f"Where it stands:  offboard status {short}"]
    until = "notices nothing of this until you press Send in Gmail."
    if any(isinstance(change, HoldCall) for change in plan.changes):
        until = "may see the call in a Google calendar; e-mails wait until you send them."
    if any(isinstance(change, Share) for change in plan.changes):
        until = "can open the folder once it is shared; e-mails wait until you send them."
    lines += wrap(f"{plan.client.contact} {until}")
    if not any(isinstance(change, WriteDraft) for change in plan.changes):
        return [*lines, f"Do it:  offboard run {short}"]
    return [*lines, f"Read the e-mails:  offboard plan {short} --mails", f"Do it:             offboard run {short}"]


def not_leaving_lines(world: World, client: Client) -> list[str]:
    """Why nothing is made for somebody who is not leaving, or not any more; what there is, and how to go on."""
    where = client.where("last_day")
    made = {entry.key.split("/")[1]: entry for entry in reversed(world.made_for(client))}
    if not made:
        return [
            f"{client.name} is not leaving: neither a notice nor a last day is in the tracker,",
            "so nothing is made.",
            "",
            f"To begin, type the day of the notice or the last day:  {where}",
        ]
    lines = [
        "Called off: both dates were taken out of the tracker, so nothing more is made.",
        "This exists; take away what you don't want:",
    ]
    if any(entry.key.split("/")[1] == "share" for entry in made.values()):
        lines += with_place(row("share", f"take back {client.contact}'s access"), f"offboard unshare {client.short}")
    if "folder" in made:
        lines += row("folder", "move it to Drive's bin, with all that is in it")
        lines.append(f"    {FOLDER_LINK.format(id=made['folder'].value)}")
    if "own" in made:
        lines += row("yours", "your own folder, which nobody else can open; keep it, or bin it")
        lines.append(f"    {FOLDER_LINK.format(id=made['own'].value)}")
    if is_in_calendar(world, client):
        lines += row("call", "delete it in your calendar, or keep it")
    if any(is_draft_key(entry.key) for entry in made.values()):
        lines += row("e-mails", "discard the drafts that you don't want")
        lines.append(f"    {DRAFTS}")
    return [*lines, "", f"On again after all? Type the last day:  {where}"]


def _does_lines(world: World, plan: Plan) -> list[str]:
    lines = []
    for step in plan.steps:
        if step.changes:
            lines += row(step.step, "\n".join((*step.does, *_seen_inside(world, plan.client, step))))
    return lines


def _seen_inside(world: World, client: Client, step: StepPlan) -> list[str]:
    """What somebody who is let in will find, and which sub-folders are empty."""
    opened = {change.folder_key for change in step.changes if isinstance(change, Share)}
    if not opened:
        return []
    parts = dict(gather_facts(world, client).folder_parts)
    inside = parts if folder_key(client) in opened else {"Reports": parts["Reports"]}
    count = sum(inside.values())
    empty = [part for part, files in inside.items() if not files]
    told = f"; empty: {', '.join(empty)}" if count and empty else ""
    return [f"with {count or 'no'} file{'' if count == 1 else 's'} in it{told}"]


def turn_lines(turns: Sequence[Turn]) -> list[str]:
    """What waits for the person, with its place and its day; nothing where nothing waits."""
    if not turns:
        return []
    lines = ["", "Your turn"]
    for turn in turns:
        when = f"by {turn.by.day} {format_date(turn.by, 'MMM', locale=SCREEN_LOCALE)}" if turn.by else "now"
        told = row(when, turn.text)
        lines += told if turn.where.startswith("http") else with_place(told, turn.where)
    return lines


def with_place(told: list[str], place: str) -> list[str]:
    """A cell or a command at the right edge, beside or below the words; a command to type stays alone on its line."""
    if not place:
        return told
    width = screen_width()
    last = len(told) - 1 - (len(told) > 1 and told[-1].strip().startswith("offboard "))
    if len(told[last]) + len(place) + 2 > width:
        return [*told[: last + 1], f"{place:>{width}}", *told[last + 1 :]]
    return [*told[:last], f"{told[last]}{place:>{width - len(told[last])}}", *told[last + 1 :]]


def note_lines(steps: Sequence[StepPlan]) -> list[str]:
    """What else is good to know."""
    notes = [(step.step, note) for step in steps for note in step.notes]
    return ["", "Good to know", *(line for step, note in notes for line in row(step, note))] if notes else []


def question(plan: Plan) -> str:
    """What run asks before it does anything."""
    count = len([step for step in plan.steps if step.changes])
    things = "this" if count == 1 else f"these {count} things"
    share = any(isinstance(change, Share) for change in plan.changes)
    return f"Do {things}? Nothing is sent{'; the share is asked for once more' if share else ', nothing is shared'}."


def not_shared_lines(plan: Plan) -> list[str]:
    """What a no to sharing means: what waits for it, and what to type when the time has come."""
    held = behind(plan.changes, {change.key for change in plan.changes if isinstance(change, Share)})
    waiting = [step.step for step in plan.steps if any(change.key in held for change in step.changes)]
    waits = f" Waiting for it: {', '.join(waiting)}." if waiting else ""
    return [*wrap(f"Not shared.{waits}", "  "), f"  When you are ready:  offboard run {plan.client.short}"]


def ask_lines(world: World, plan: Plan) -> list[str]:
    """What run shows before it asks."""
    return [*title_line(world, plan.client, contact=True), "", *_does_lines(world, plan), ""]


def status_lines(world: World, plans: Sequence[Plan]) -> list[str]:
    """Where every client stands, a line each."""
    closed = [plan for plan in plans if world.closed_on(plan.client)]
    others = [plan for plan in plans if not world.closed_on(plan.client)]
    leaving = [plan for plan in others if plan.client.leaving]
    count = len(world.clients)
    lines = [
        f"{format_day(world.today, year=True)} · {count} client{'' if count == 1 else 's'}, {len(leaving)} leaving"
    ]
    if leaving:
        rows = [("Client", "Last day", "Left", "Money", "Accounts", "Your turn")]
        rows += [_status_row(world, plan) for plan in leaving]
        lines += ["", *_table_lines(rows)]
    for word, told in (("Offboarded", closed), ("Not leaving", [plan for plan in others if not plan.client.leaving])):
        if told:
            lines += ["", *wrap(f"{word}: {', '.join(plan.client.name for plan in told)}")]
    if not plans:
        return [*lines, "", "Add a row to the tab Clients:", f"  {world.tracker_url}"]
    due = [plan.client.short for plan in leaving if plan.changes]
    if due:
        lines += ["", f"Do it:  offboard run {due[0]}"]
    example = leaving[0].client.short if leaving else plans[0].client.short
    return (
        [*lines, "", f"More:  offboard status {example}"] if not due else [*lines, f"More:   offboard status {example}"]
    )


def _table_lines(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as columns; in a narrow terminal without those before the last: the screen of one client has them."""
    widths = [min(max(map(len, column)), 24) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) - 2 > screen_width() and len(widths) > 3:
        return _table_lines([(*line[:-2], line[-1]) for line in rows])
    cells = ([f"{text[:24]:<{width}}" for text, width in zip(line, widths, strict=True)] for line in rows)
    return ["  ".join(line).rstrip() for line in cells]


def _status_row(world: World, plan: Plan) -> tuple[str, str, str, str, str, str]:
    client = plan.client
    accounts = world.accounts_of(client)
    left = sum(account.left_on is not None for account in accounts)
    turns = len(plan.turns)
    return (
        client.name,
        format_day(client.last_day) if client.last_day else "not set",
        _days_left(world, client),
        format_money_state(world.invoices_of(client), world.today),
        f"{left} of {len(accounts)}" if accounts else "none",
        "run is due" if plan.changes else str(turns) if turns else "nothing",
    )


def _days_left(world: World, client: Client) -> str:
    if client.last_day is None:
        return ""
    days = (client.last_day - world.today).days
    return f"{days} d" if days >= 0 else "over"


def client_lines(world: World, plan: Plan) -> list[str]:
    """Where one client stands, step by step."""
    client = plan.client
    lines = [*wrap(f"{client.name} ({client.short}) · {last_day_words(world, client)}", "", "  "), ""]
    if not (client.leaving or world.closed_on(client)):
        return [*lines, *not_leaving_lines(world, client)]
    for step in plan.steps:
        lines += _status_step(step, step.why or "; ".join(step.does).replace(":;", ":"))
    lines += turn_lines(plan.turns)
    lines += dates_in_plan(world, client)
    lines += note_lines(plan.steps)
    link = next((step.link for step in plan.steps if step.step == "folder" and step.outcome is Outcome.DONE), "")
    if link:
        lines += ["", "The folder:", f"  {link}"]
    do = [f"Do what is due:     offboard run {client.short}"] if any(step.changes for step in plan.steps) else []
    return [*lines, "", *do, f"What run would do:  offboard plan {client.short}"]


def _status_step(step: StepPlan, why: str) -> list[str]:
    head = f"{step.step:<{LABEL}}{WORDS[step.outcome]:<11}"
    return wrap(why, head, " " * len(head))
