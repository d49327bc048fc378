"""Officially offboarded: when every step is done or skipped, a closing summary for both (article, step 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from babel.dates import format_date

from offboard.documents.document import DOCX, PDF
from offboard.documents.page import Page, fits_pdf
from offboard.emails.facts import Facts
from offboard.emails.mail import render_page
from offboard.model import Client
from offboard.plan import Change, Outcome, Step, StepPlan, Turn, plan_step
from offboard.steps.anew import make_anew
from offboard.steps.documents import Planned, document_key, plan_document
from offboard.steps.drafts import draft_begun, in_drafts, plan_draft
from offboard.steps.folder import find_folder_trouble, folder_key
from offboard.steps.own_folder import find_own_folder_trouble, own_folder_key, plan_own_folder
from offboard.steps.share import split_share_key
from offboard.steps.start_here import folder_stays_until, gather_page_facts
from offboard.world import World

NAME, OWN_NAME = "Closing summary", "Closing summary, for me"
ENDINGS = {PDF: ".pdf", DOCX: ".docx"}
CHECK_IN, REFERRAL = timedelta(days=30), timedelta(days=60)  # after the closing
FORGOTTEN = timedelta(days=14)  # what nobody ticks off is not said for ever


def make_close(before: Sequence[Step]) -> Step:
    """The last step: it closes the client when all before it are done or skipped."""
    return Step("close", partial(plan_close, before=tuple(before)))


def plan_close(world: World, client: Client, before: Sequence[Step]) -> StepPlan:
    """Write the summaries, once; from then on say that the client is closed, and what comes after."""
    closed = world.closed_on(client)
    if closed and "close" not in world.wishes.again | world.wishes.now | world.wishes.only:
        return _plan_closed(world, client, closed)
    early = "close" in world.wishes.now
    if not closed and not early and not all(_settled(world, client, step) for step in before):
        return StepPlan("close", Outcome.LATER, "when all of the above is done")
    last = world.last_working_day(client)
    if not closed and not early and last and world.today < last:
        return StepPlan("close", Outcome.LATER, f"on {_day(last)}: all is done, the work goes on until then", day=last)
    changes: list[Change] = []
    notes: list[str] = []
    does: list[str] = []
    facts = _facts(world, client, closed or world.today)
    for planned, words in (
        (_plan_summary(world, client, facts), "write “Closing summary” into the client's folder"),
        (_plan_own_summary(world, client, facts), "and one for you alone"),
    ):
        notes += filter(None, (planned.note,))
        if planned.change:
            changes += [*_folders(world, client, planned), planned.change]
            does.append(words)
    thanks = _plan_thanks(world, client)
    if thanks and thanks.changes:
        changes += thanks.changes
        does += thanks.does
    if not changes:
        return replace(_plan_closed(world, client, closed or world.today), notes=tuple(notes))
    return StepPlan("close", Outcome.CHANGED, does=tuple(does), changes=tuple(changes), notes=tuple(notes))


def _settled(world: World, client: Client, step: Step) -> bool:
    return plan_step(step, world, client).outcome in (Outcome.DONE, Outcome.SKIPPED)


def _plan_closed(world: World, client: Client, closed: date) -> StepPlan:
    thanks = _plan_thanks(world, client) if in_drafts(world, client, "close") else None
    turns = (*(thanks.turns if thanks else ()), *_afterwards(world, client, closed))
    return StepPlan("close", Outcome.DONE, f"officially offboarded on {_day(closed)}", turns=turns)


def _facts(world: World, client: Client, closed: date) -> Facts:
    return replace(gather_page_facts(world, client), closed_on=closed, readers=tuple(_readers(world, client)))


def _readers(world: World, client: Client) -> Iterator[tuple[str, date | None]]:
    """Who was let into the whole folder, and when, where the ledger knows it."""
    for entry in world.made_for(client):
        if entry.key.startswith(f"{client.short}/share/"):
            part, email = split_share_key(client, entry.key)
            on = str(entry.more.get("on", ""))
            if not part:
                yield email, date.fromisoformat(on) if on else None


def _plan_summary(world: World, client: Client, facts: Facts) -> Planned:
    """The client's: only where there is a folder of ours to put it."""
    if not world.lives(folder_key(client)) or find_folder_trouble(world, client):
        return Planned()
    key = document_key(client, "close")
    page = _page(world, key, *render_page(world.templates, "closing-summary", facts))
    return _plan_page(world, client, page, NAME, key, folder_key(client))


def _plan_own_summary(world: World, client: Client, facts: Facts) -> Planned:
    trouble = find_own_folder_trouble(world, client)
    if trouble:
        return Planned(note=f"{trouble}; made anew, with your summary: {make_anew(client, 'close')}")
    key = document_key(client, "close", own=True)
    page = _page(world, key, *render_page(world.templates, "closing-summary-for-me", facts))
    return _plan_page(world, client, page, OWN_NAME, key, own_folder_key(client))


def _page(world: World, key: str, title: str, text: str) -> Page:
    """A PDF, as nobody is to change it; where its type lacks a letter, or it was one already, a Word document."""
    entry = world.ledger.find(key)
    written = str(entry.more.get("name", "")) if entry and entry.made else ""
    is_pdf = written.endswith(ENDINGS[PDF]) if written else fits_pdf(title, text)
    return Page(title, text, PDF if is_pdf else DOCX)


def _plan_page(world: World, client: Client, page: Page, name: str, key: str, parent: str) -> Planned:
    name += ENDINGS[page.mime]
    return plan_document(world, client, "close", key=key, name=name, parent_key=parent, document=page)


def _folders(world: World, client: Client, planned: Planned) -> tuple[Change, ...]:
    own = planned.change is not None and planned.change.parent_key == own_folder_key(client)
    return plan_own_folder(world, client, "close") if own else ()


def _plan_thanks(world: World, client: Client) -> StepPlan | None:
    """A last mail that asks for nothing, where no goodbye mail thanked already; None: it did."""
    if draft_begun(world, client, "feedback"):
        return None
    asks_nothing = replace(client, ask_for="nothing")
    return plan_draft(world, asks_nothing, "close", "goodbye", after_share=False)


def _afterwards(world: World, client: Client, closed: date) -> Iterator[Turn]:
    """What a good ending brings later: a word after a month, a referral, the day when the folder may go."""
    if world.today <= closed + CHECK_IN + FORGOTTEN:
        yield Turn(f"ask {client.contact} how it goes", by=closed + CHECK_IN)
    if client.ask_for == "testimonial" and world.today <= closed + REFERRAL + FORGOTTEN:
        yield Turn(f"ask {client.contact} whom you could work for next", by=closed + REFERRAL)
    stays = folder_stays_until(world, client)
    if stays and any(_reads(world, entry.key) for entry in world.made_for(client)):
        text = f"you promised the folder until {_day(stays)}; take back {client.contact}'s access when you like"
        yield Turn(text, f"offboard unshare {client.short}", stays + timedelta(days=1))


def _reads(world: World, key: str) -> bool:
    return key.split("/")[1] == "share" and world.lives(key)


def _day(day: date) -> str:
    return str(format_date(day, "EEE d MMM yyyy", locale="en_GB"))
