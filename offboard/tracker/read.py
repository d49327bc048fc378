"""The tracker's rows as model objects; every cell that cannot be read is reported at once, with its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from offboard.amounts import UnreadableError
from offboard.columns import Cell, Reading, squeeze
from offboard.errors import Problem
from offboard.model import TABS, Account, Client, Invoice, Metric, Setup
from offboard.rows import Column, Row, columns_of
from offboard.tracker.invoice_rows import find_invoice_problems
from offboard.tracker.tabs import letters
from offboard.workspace.sheets import Spreadsheet, Tab

R = TypeVar("R", bound=Row)
EMPTY = Cell()


@dataclass(frozen=True)
class Records:
    """What the tabs that people edit hold, and what in them cannot be read."""

    reading: Reading
    setup: Setup = field(default_factory=Setup)
    clients: tuple[Client, ...] = ()
    accounts: tuple[Account, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    metrics: tuple[Metric, ...] = ()
    problems: tuple[Problem, ...] = ()
    strays: tuple[Problem, ...] = ()  # those of rows in Invoices that are no known client's


def read_records(spreadsheet: Spreadsheet, tabs: Mapping[str, Tab | None]) -> Records:
    """Every row of every tab that people edit; `tabs` by the name that the layout gave them."""
    problems: list[Problem] = []
    reading = _reading(spreadsheet)
    for title in TABS:
        if tabs.get(title) is None:
            hint = "Deleted by mistake? In Sheets: Edit › Undo, or File › Version history."
            problems.append(Problem(title, f"The tracker has no tab “{title}” any more.", hint))
    setup = _read_setup(tabs.get("Setup"), reading, problems)
    if setup.currency:
        reading = replace(reading, currency=setup.currency.upper())
    clients = _read_rows(tabs.get("Clients"), Client, reading, problems)
    clients = _unique(clients, problems)
    # a client whose own row has a problem still counts as known
    known = {client.short for client in clients} | {problem.client for problem in problems}
    accounts = _read_rows(tabs.get("Access"), Account, reading, problems)
    invoices = _read_rows(tabs.get("Invoices"), Invoice, reading, problems)
    problems.extend(find_invoice_problems(invoices))
    metrics = _read_rows(tabs.get("Metrics"), Metric, reading, problems)
    rows: tuple[Account | Invoice | Metric, ...] = (*accounts, *invoices, *metrics)
    legible = _has_columns(tabs.get("Clients"))
    for row in rows:
        if row.client not in known and legible:  # without the clients nothing can be said of theirs
            have = ", ".join(sorted(client.short for client in clients)) or "none"
            problems.append(
                Problem(row.where("client"), f"“{row.client}” is no client.", f"You have {have}", client=row.client)
            )
    billed = tabs.get("Invoices")
    settled = {invoice.where("client") for invoice in invoices if not invoice.open}
    strays = tuple(
        problem
        for problem in problems
        if billed and problem.where.startswith(f"{billed.title}!") and problem.client not in known
        if problem.where not in settled
    )
    return Records(reading, setup, clients, accounts, invoices, metrics, tuple(problems), strays)


def _has_columns(tab: Tab | None) -> bool:
    return tab is not None and find_columns(tab, tab.rows[0] if tab.rows else (), Client, []) is not None


def _reading(spreadsheet: Spreadsheet) -> Reading:
    try:
        locale = Locale.parse(spreadsheet.locale or "en_US")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    try:
        timezone = ZoneInfo(spreadsheet.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        timezone = ZoneInfo("UTC")
    currencies = get_territory_currencies(locale.territory) if locale.territory else []
    return Reading(locale, timezone, currencies[0] if currencies else "EUR")


def _unique(clients: tuple[Client, ...], problems: list[Problem]) -> tuple[Client, ...]:
    seen: dict[str, Client] = {}
    doubled: set[str] = set()
    for client in clients:
        first = seen.setdefault(client.short, client)
        if first is not client:
            doubled.add(client.short)
            message = f"The short name “{client.short}” stands in {first.where('short')} as well."
            hint = "Give one of them another short name, or delete the row that is too much."
            problems.append(Problem(client.where("short"), message, hint, client=client.short))
    return tuple(client for client in seen.values() if client.short not in doubled) + tuple(
        seen[short] for short in sorted(doubled)
    )


def _read_rows(tab: Tab | None, row: type[R], reading: Reading, problems: list[Problem]) -> tuple[R, ...]:
    if tab is None:
        return ()
    header = tab.rows[0] if tab.rows else ()
    found = find_columns(tab, header, row, problems)
    if found is None:
        return ()
    rows = []
    for number, cells in enumerate(tab.rows[1:], start=2):
        if all(cell is EMPTY for cell in cells):
            continue
        mine = {name: cells[index] if index < len(cells) else EMPTY for name, index in found.items()}
        if all(cell.empty or cell.value is False for cell in mine.values()):
            continue  # an unticked checkbox is not a row
        where = {name: f"{tab.title}!{letters(index)}{number}" for name, index in found.items()}
        read = _read_row(row, mine, where, reading, problems)
        if read is not None:
            rows.append(read)
    return tuple(rows)


def find_columns(tab: Tab, header: tuple[Cell, ...], row: type[Row], problems: list[Problem]) -> dict[str, int] | None:
    """The place of each field's column; None when one is missing or doubled, which stops the whole tab."""
    places = list_places(header, row)
    found: dict[str, int] = {}
    sound = True
    for name, column in columns_of(row).items():
        mine = places[name]
        if len(mine) > 1:
            cells = " and ".join(f"{tab.title}!{letters(index)}1" for index in mine)
            problems.append(
                Problem(cells, f"The column “{column.header}” is there twice.", "Delete or rename one of them.")
            )
            sound = False
        elif not mine and not column.extra:
            also = f" or “{column.aliases[0]}”" if column.aliases else ""
            hint = (
                "Deleted by mistake? In Sheets: Edit › Undo, or File › Version history. "
                f"Renamed: name it “{column.header}”{also} again. An older tracker: offboard init --update"
            )
            where = f"{tab.title}!1:1"
            problems.append(
                Problem(where, f"The tracker has no column “{column.header}” any more (tab {tab.title}).", hint)
            )
            sound = False
        elif mine:
            found[name] = mine[0]
    return found if sound else None


def list_places(header: tuple[Cell, ...], row: type[Row]) -> dict[str, list[int]]:
    """The columns, from 0, that each field could be read from: none where its header is missing."""
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(header):
        places.setdefault(_folded(cell.text), []).append(index)
    return {name: _places_of(column, places) for name, column in columns_of(row).items()}


def _places_of(column: Column, places: Mapping[str, list[int]]) -> list[int]:
    own = places.get(_folded(column.header), [])
    return own or [index for alias in column.aliases for index in places.get(_folded(alias), [])]


def _folded(header: str) -> str:
    return squeeze(header).rstrip("* ").casefold()


def _read_row(
    row: type[R], cells: Mapping[str, Cell], where: Mapping[str, str], reading: Reading, problems: list[Problem]
) -> R | None:
    values: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for name, column in columns_of(row).items():
        cell = cells.get(name, EMPTY)
        if cell.error:
            wrong.append((where[name], f"“{squeeze(cell.text)}” is an error in the sheet; mend the formula."))
        elif not cell.empty:
            try:
                values[name] = column.kind.parse(cell, reading)
            except UnreadableError as error:
                wrong.append((where[name], f"“{squeeze(cell.text)}” {error}."))
        elif column.needed:
            wrong.append((where[name], f"{column.header} is empty; it is needed."))
    client = str(values.get("short") or values.get("client") or "")
    problems.extend(Problem(place, message, client=client) for place, message in wrong)
    if wrong and not (row is Client and client):
        return None
    # a client whose row has a problem is kept, so that its problems are told instead of "there is no such client"
    return row(cells=dict(where), **values)


@dataclass(frozen=True)
class SetupPlaces:
    """Where the settings stand: the columns of their names and of what people fill in, from 0, and each one's row."""

    what: int
    yours: int
    rows: Mapping[str, int]  # by field, from 0; without those that are missing


def find_settings(tab: Tab) -> SetupPlaces:
    """Where each setting stands in the Setup tab, whichever way people moved its rows and columns."""
    header = [_folded(cell.text) for cell in (tab.rows[0] if tab.rows else ())]
    what, yours = (header.index(name) if name in header else place for place, name in enumerate(("what", "yours")))
    rows = {_folded(cells[what].text): row for row, cells in enumerate(tab.rows) if len(cells) > what}
    named = {
        name: next((rows[_folded(word)] for word in (column.header, *column.aliases) if _folded(word) in rows), None)
        for name, column in columns_of(Setup).items()
    }
    return SetupPlaces(what, yours, {name: row for name, row in named.items() if row is not None})


def _read_setup(tab: Tab | None, reading: Reading, problems: list[Problem]) -> Setup:
    if tab is None:
        return Setup()
    places = find_settings(tab)
    what, yours = places.what, places.yours
    values: dict[str, Any] = {}
    where: dict[str, str] = {}
    for name, column in columns_of(Setup).items():
        row = places.rows.get(name)
        if row is None:
            if not column.extra:
                message = f"The tracker has no setting “{column.header}” any more."
                hint = f"Name it “{column.header}” again. An older tracker: offboard init --update"
                problems.append(Problem(f"{tab.title}!{letters(what)}:{letters(what)}", message, hint))
            continue
        cells = tab.rows[row]
        where[name] = f"{tab.title}!{letters(yours)}{row + 1}"
        cell = cells[yours] if len(cells) > yours else EMPTY
        if cell.error:
            problems.append(Problem(where[name], f"“{squeeze(cell.text)}” is an error in the sheet; mend the formula."))
        elif not cell.empty:
            try:
                values[name] = column.kind.parse(cell, reading)
            except UnreadableError as error:
                problems.append(Problem(where[name], f"“{squeeze(cell.text)}” {error}."))
    return Setup(cells=where, **values)
