"""The folder step as a whole: the folder, and in it the page “Start here” (article, step 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from offboard.documents.page import Page
from offboard.emails.facts import Facts
from offboard.emails.mail import render_page
from offboard.model import Account, Client
from offboard.plan import CopyReport, Outcome, Step, StepPlan, WriteDocument, plan_step
from offboard.steps.documents import Planned, document_key, plan_document
from offboard.steps.folder import LINK_LATER, PARTS, find_folder_link, folder_key, plan_folder
from offboard.steps.money import all_paid
from offboard.steps.reports import REPORTS
from offboard.timetable import find_needing
from offboard.world import World

NAME = "Start here.docx"


def folder_stays_until(world: World, client: Client) -> date | None:
    """The day until which the client is told that the folder stays; None without a last day."""
    stays = client.folder_stays if client.folder_stays is not None else world.setup.folder_stays
    return client.last_day + timedelta(days=stays) if client.last_day else None


def gather_page_facts(world: World, client: Client) -> Facts:
    """What a page may speak of: all but who can read the folder, which says nothing to whoever reads the page."""
    coming = _coming_reports(world, client)
    return Facts(
        client=client,
        setup=world.setup,
        invoices=world.invoices_of(client),
        accounts=_named(world, world.accounts_of(client)),
        needs_client=_named(world, find_needing(world, client)),
        today=world.today,
        locale=world.locale,
        folder_link="",
        folder_parts=_parts(world, client, coming),
        paid=all_paid(world, client),
        folder_stays_until=folder_stays_until(world, client),
        my_name_fallback=world.my_name,
        reports_link=find_folder_link(world, client, "Reports"),
        reports=_reports(world, client, coming),
        part_links=tuple((part, find_folder_link(world, client, part) or LINK_LATER) for part in PARTS),
    )


def _named(world: World, accounts: Iterable[Account]) -> tuple[Account, ...]:
    """The accounts under their platforms' own names, whatever word for them stands in the tracker."""
    return tuple(replace(account, platform=world.platforms.get(account.platform).name) for account in accounts)


def _coming_reports(world: World, client: Client) -> dict[str, str]:
    """The reports that this run will copy: key and name."""
    changes = plan_step(REPORTS, world, client).changes
    return {c.key: c.source.target_name for c in changes if isinstance(c, CopyReport)}


def _reports(world: World, client: Client, coming: dict[str, str]) -> tuple[str, ...]:
    """The names of the reports in the folder, those that this run will copy included."""
    there = (entry.key for entry in world.ledger.below(f"{client.short}/reports/") if world.lives(entry.key))
    names = {key: world.present[key].name for key in there if key in world.present}
    return tuple(sorted((names | coming).values(), key=str.casefold))


def _parts(world: World, client: Client, coming: dict[str, str]) -> tuple[tuple[str, int], ...]:
    """The sub-folders and how many files each holds: what is there, and what this run will add."""
    counts: Counter[str] = Counter()
    for part in PARTS:
        present = world.present.get(folder_key(client, part))
        counts[part] = int(present.more.get("files", 0)) if present else 0
    there = {entry.key for entry in world.ledger.below(f"{client.short}/reports/") if world.lives(entry.key)}
    counts["Reports"] += len(there | set(coming))  # what a run that was cut off left there is both
    return tuple((part, counts[part]) for part in PARTS)


def page_there(world: World, client: Client) -> bool:
    """Whether “Start here” is in the folder, or comes with this run."""
    key = document_key(client, "folder")
    coming = (change.key for change in plan_step(FOLDER, world, client).changes)
    return world.lives(key) or key in coming


def plan_folder_with_page(world: World, client: Client) -> StepPlan:
    """The folder, and in it the page, as soon as there is something to tell."""
    planned = plan_folder(world, client)
    if planned.outcome not in (Outcome.DONE, Outcome.CHANGED):
        return planned
    page = _plan_page(world, client)
    if page.change is None:
        return replace(planned, notes=(*planned.notes, *filter(None, (page.note,))))
    does = (*planned.does, *_does(page.change, planned))
    changes = (*planned.changes, page.change)
    return replace(planned, outcome=Outcome.CHANGED, why="", does=does, changes=changes)


def _plan_page(world: World, client: Client) -> Planned:
    facts = gather_page_facts(world, client)
    key = document_key(client, "folder")
    if not (world.ledger.find(key) or facts.accounts or any(count for _, count in facts.folder_parts)):
        return Planned()  # an empty folder needs no guide
    page = Page(*render_page(world.templates, "start-here", facts))
    return plan_document(world, client, "folder", key=key, name=NAME, parent_key=folder_key(client), document=page)


def _does(change: WriteDocument, planned: StepPlan) -> Iterator[str]:
    if change.made:
        yield "bring “Start here” up to date: what is where, what is left to do"
    elif planned.changes:
        yield "and “Start here”: what is where, what is left to do"
    else:
        yield "write “Start here” into it: what is where, what is left to do"


FOLDER = Step("folder", plan_folder_with_page)
