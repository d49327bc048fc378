"""The tabs in which people keep records: headers with notes, and for each kind of cell its look and its picker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offboard.columns import CHECKBOX
from offboard.platforms import Platforms, shipped_platforms
from offboard.rows import Column
from offboard.tracker.colours import NEEDED, OPTIONAL, list_colours
from offboard.tracker.region import MOMENT, Region
from offboard.tracker.tabs import MADE, RECORDS, SHEET_IDS, Places, columns_made
from offboard.workspace.sheet_requests import (
    IS_DATE,
    IS_TICKED,
    Area,
    Look,
    Rule,
    SheetRequest,
    TabShape,
    Written,
    ask_for,
    dress_cells,
    holds,
    one_of,
    one_of_cells,
    size_columns,
    size_row,
    write_cells,
)

ROWS = {"Clients": 100, "Access": 200, "Invoices": 200, "Metrics": 200}  # to begin with; every one is read
HEADER_HEIGHT = 42  # pixels: two lines


@dataclass(frozen=True)
class Dress:
    """How a kind of cell is shown: its width in pixels, its look, what its header's note says of it."""

    width: int
    look: Look
    note: str = ""


AS_TYPED = Look(number="TEXT", vertical="TOP")  # 0031 keeps its zeros, and nothing becomes a date or a formula
DRESSES = {
    "text": Dress(150, replace(AS_TYPED, wrap="WRAP")),
    "short name": Dress(110, AS_TYPED),
    "client": Dress(110, AS_TYPED, "The short name, as in the tab Clients."),
    "email": Dress(190, AS_TYPED),
    "emails": Dress(190, replace(AS_TYPED, wrap="WRAP")),
    "date": Dress(100, Look(number="DATE", align="LEFT", vertical="TOP")),
    "date or yes": Dress(100, Look(number="DATE", align="LEFT", vertical="TOP")),
    "date and time": Dress(140, Look(number="DATE_TIME", pattern=MOMENT, align="LEFT", vertical="TOP")),
    "number": Dress(95, Look(number="NUMBER", pattern="#,##0", align="RIGHT", vertical="TOP")),
    # without a format of its own a cell takes on the currency that is typed into it
    "money": Dress(110, Look(align="RIGHT", vertical="TOP")),
    "checkbox": Dress(90, Look(align="CENTER", vertical="TOP")),
    "choice": Dress(150, Look(vertical="TOP", wrap="WRAP")),
    "links": Dress(220, Look(vertical="TOP", wrap="WRAP")),
    "link": Dress(220, Look(vertical="TOP", wrap="CLIP")),
    "words": Dress(130, AS_TYPED),
}
WIDTHS = {
    "Contact": 100,
    "Platform": 180,
    "Invoice": 110,
    "Feedback": 260,
    "Notes": 280,
}  # where the kind's is not right


def record_shapes() -> list[TabShape]:
    """The tabs before their cells: the header row and the two columns that say whose row it is stay in sight."""
    return [TabShape(SHEET_IDS[tab], tab, ROWS[tab], len(columns_made(tab)), frozen_columns=2) for tab in RECORDS]


def record_requests(tab: str, region: Region) -> Iterator[SheetRequest]:
    """Headers, notes, widths, looks and pickers of a tab of records."""
    yield size_row(SHEET_IDS[tab], 0, HEADER_HEIGHT)
    for field in columns_made(tab):
        yield from column_requests(tab, field, region)


def _header(tab: str, field: str, region: Region) -> Written:
    column = columns_made(tab)[field]
    look = NEEDED if column.needed else OPTIONAL
    align = DRESSES[column.kind.name].look.align
    return Written(column.header, note=_note(tab, field, column, region), look=replace(look, align=align))


def _note(tab: str, field: str, column: Column, region: Region) -> str:
    """What belongs into the column, an example, and what its colours mean."""
    told = column.example and not column.kind.choices and column.kind is not CHECKBOX  # these show it themselves
    lines = [
        " ".join(filter(None, ("Needed." if column.needed else "", column.note or DRESSES[column.kind.name].note))),
        "One of: " + ", ".join(column.kind.choices) if column.kind.choices else "",
        f"For example: {region.example(column)}" if told else "",
        *(colour.says for colour in list_colours(tab) if colour.field == field),
    ]
    return "\n".join(filter(None, lines))


def column_requests(tab: str, field: str, region: Region, places: Places = MADE) -> Iterator[SheetRequest]:
    """One column's header with its note, and its cells' width, look and picker; nothing that people type."""
    column, index = columns_made(tab)[field], places.columns[tab][field]
    dress = DRESSES[column.kind.name]
    cells = Area(places.ids[tab], top=1, left=index, right=index + 1)
    yield write_cells(places.ids[tab], 0, index, [[_header(tab, field, region)]])
    yield size_columns(places.ids[tab], index, WIDTHS.get(column.header, dress.width))
    yield dress_cells(cells, region.fill(dress.look))
    rule = _find_rule(tab, field, column, places)
    if rule:
        yield ask_for(cells, rule)


def list_platforms(platforms: Platforms) -> tuple[str, ...]:
    """The words of the dropdown; any other is taken as well."""
    return tuple(platform.name for platform in platforms.known)


def _find_rule(tab: str, field: str, column: Column, places: Places) -> Rule | None:
    if column.kind.choices:
        return one_of(*column.kind.choices)
    if field == "platform":
        return one_of(*list_platforms(shipped_platforms()))  # `init --update` adds the person's own
    paid = f"${places.letter(tab, field)}2"
    return {
        "client": one_of_cells(f"={places.column('Clients', 'short')}"),
        "date": IS_DATE,
        "date and time": IS_DATE,
        "date or yes": holds(f'=OR(ISNUMBER({paid});{paid}="yes")'),
        "checkbox": IS_TICKED,
    }.get(column.kind.name)
