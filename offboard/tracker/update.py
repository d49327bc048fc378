"""Update: what an older tracker lacks is added beside what is there; no cell that a person typed is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from offboard.model import TABS, Setup
from offboard.platforms import Platforms
from offboard.rows import columns_of
from offboard.tracker.colours import colour_requests
from offboard.tracker.read import SetupPlaces, find_settings, list_places
from offboard.tracker.records import column_requests, list_platforms, record_requests, record_shapes
from offboard.tracker.region import Region
from offboard.tracker.setup_tab import setting_cells, setup_requests, setup_shape
from offboard.tracker.tabs import MADE, RECORDS, SHEET_IDS, Places, columns_made, letters
from offboard.tracker.today import today_requests, today_rules, today_shape
from offboard.workspace.sheet_requests import (
    Area,
    SheetRequest,
    add_tab,
    ask_for,
    bare_cells,
    insert_columns,
    insert_rows,
    one_of,
    write_cells,
)
from offboard.workspace.sheets import Sheets, Spreadsheet, Tab


@dataclass
class Update:
    """What will be added, in words for each tab, and the requests that add it, all in one batch."""

    does: list[tuple[str, str]] = field(default_factory=list)  # the tab, and what happens in it
    requests: list[SheetRequest] = field(default_factory=list)


def plan_update(
    sheets: Sheets, found: Spreadsheet, tabs: Mapping[str, Tab | None], region: Region, platforms: Platforms
) -> Update:
    """Everything that this version's layout has and the tracker lacks; Today, which is nobody's, is written anew."""
    update = Update()
    _add_tabs(update, tabs, region)
    places = _place(tabs)
    for tab in RECORDS:
        _add_columns(update, tab, tabs[tab], places, region)
    _add_settings(update, tabs["Setup"], region)
    if access := tabs["Access"]:
        index = places.columns["Access"]["platform"]
        known = sheets.list_choices(found.id, access.title, f"{letters(index)}2")
        _add_platforms(update, Area(access.id, 1, None, index, index + 1), known, list_platforms(platforms))
    update.does.append(("Today", "its formulas, written anew"))
    update.requests += today_requests(region, places)
    return update


def _place(tabs: Mapping[str, Tab | None]) -> Places:
    """Where each column stands, and where the missing ones will: behind the last header of their tab."""
    columns: dict[str, dict[str, int]] = {}
    for tab in RECORDS:
        there = tabs[tab]
        if there is None:
            columns[tab] = dict(MADE.columns[tab])
            continue
        header = there.rows[0] if there.rows else ()
        known = list_places(header, TABS[tab])
        columns[tab] = {name: spots[0] for name, spots in known.items() if spots}
        for number, name in enumerate(_missing(tab, columns[tab]), start=len(header)):
            columns[tab][name] = number
    titles = {name: tab.title for name, tab in tabs.items() if tab}
    return Places(columns, titles, {**SHEET_IDS, **{name: tab.id for name, tab in tabs.items() if tab}})


def _missing(tab: str, there: Mapping[str, int]) -> list[str]:
    return [name for name, column in columns_of(TABS[tab]).items() if not column.extra and name not in there]


def _add_tabs(update: Update, tabs: Mapping[str, Tab | None], region: Region) -> None:
    shapes = {shape.title: shape for shape in (*record_shapes(), setup_shape(), today_shape())}
    for title in [title for title in shapes if tabs[title] is None]:
        update.does.append((title, "the whole tab, empty (deleted by mistake? undo that in Sheets first)"))
        update.requests.append(add_tab(shapes[title]))
        if title in RECORDS:
            update.requests += [*record_requests(title, region), *colour_requests(title)]
        else:
            update.requests += setup_requests(region) if title == "Setup" else today_rules()


def _add_columns(update: Update, title: str, tab: Tab | None, places: Places, region: Region) -> None:
    if tab is None:
        return
    end = len(tab.rows[0]) if tab.rows else 0
    new = [name for name in _missing(title, {}) if places.columns[title].get(name, -1) >= end]
    if not new:
        return
    headers = ", ".join(f"“{columns_made(title)[name].header}”" for name in new)
    update.does.append((title, f"the column{'s' if len(new) > 1 else ''} {headers}, at the right end"))
    update.requests += [insert_columns(tab.id, end, len(new)), bare_cells(Area(tab.id, 0, None, end, end + len(new)))]
    for name in new:
        update.requests += column_requests(title, name, region, places)
    update.requests += colour_requests(title, places, new)


def _add_settings(update: Update, tab: Tab | None, region: Region) -> None:
    if tab is None:
        return
    places = find_settings(tab)
    new = [name for name, column in columns_of(Setup).items() if not column.extra and name not in places.rows]
    if new:
        headers = ", ".join(f"“{columns_of(Setup)[name].header}”" for name in new)
        update.does.append(("Setup", f"the row{'s' if len(new) > 1 else ''} {headers}, at its end"))
        update.requests.append(insert_rows(tab.id, len(tab.rows), len(new)))
        update.requests += _setting_requests(tab, places, new, region)


def _setting_requests(tab: Tab, places: SetupPlaces, new: list[str], region: Region) -> Iterator[SheetRequest]:
    for row, name in enumerate(new, start=len(tab.rows)):
        label, yours, explained = setting_cells(name, region)
        yield write_cells(tab.id, row, places.what, [[label]])
        yield write_cells(tab.id, row, places.yours, [[yours]])
        if (places.what, places.yours) == (0, 1):  # elsewhere the third column may hold something of the person's
            yield write_cells(tab.id, row, 2, [[explained]])


def _add_platforms(update: Update, cells: Area, known: Sequence[str], words: Sequence[str]) -> None:
    """The dropdown's own list grows, by the person's own platforms too; one that they replaced is left alone."""
    new = [word for word in words if word not in known]
    if known and new:
        counted = f"{len(new)} more platform{'s' if len(new) > 1 else ''}"
        update.does.append(("Access", f"{counted} in the dropdown (colours that you gave its words are lost)"))
        update.requests.append(ask_for(cells, one_of(*known, *new)))
