"""The Today tab: a row for each client that leaves, in formulas; upright what is live, in italics what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offboard.tracker.colours import AMBER, GREY, OPTIONAL, RED, SAID, TAB_TO_READ
from offboard.tracker.formulas import CHECKED, HEADER, Formulas
from offboard.tracker.region import DAY, Region
from offboard.tracker.tabs import MADE, SHEET_IDS, Places
from offboard.workspace.sheet_requests import (
    Area,
    Look,
    SheetRequest,
    TabShape,
    Written,
    colour_when,
    dress_cells,
    protect_tab,
    size_columns,
    size_row,
    write_cells,
)

TAB = SHEET_IDS["Today"]
CLIENTS = 50  # that leave at the same time, at most
LAST = HEADER + CLIENTS
HIDDEN = 10  # the column K, behind the others: the day of the last look
LEGEND = "Upright: from your cells, as they are now. Italics: as it was when offboard last looked."
LIVE = Look(vertical="TOP", wrap="WRAP", align="LEFT")
LOOKED = replace(LIVE, ink=SAID.ink, italic=True)


@dataclass(frozen=True)
class TodayColumn:
    """A column: its header, width in pixels and look, and what its header's note says."""

    header: str
    width: int
    look: Look
    note: str


COLUMNS = (
    TodayColumn("Client", 150, replace(LIVE, bold=True), "Everybody with “Notice given” or “Last day” in Clients."),
    TodayColumn("What's next", 330, LOOKED, "What you do next for this client."),
    TodayColumn("By", 75, replace(LOOKED, number="DATE", pattern=DAY), "Red: past.\nAmber: within 3 days."),
    TodayColumn("Last day", 75, replace(LIVE, number="DATE", pattern=DAY), "Of working together."),
    TodayColumn("Days left", 60, replace(LIVE, align="CENTER", number="NUMBER", pattern="0"), "To the last day."),
    TodayColumn("Money", 140, LIVE, "This client's rows in Invoices."),
    TodayColumn("Accounts", 95, LIVE, "How many of this client's rows in Access you have left."),
    TodayColumn("Folder", 210, LOOKED, "Opens the client's folder; says who can open it, or what that waits for."),
    TodayColumn("Drafts waiting", 80, replace(LOOKED, align="CENTER"), "E-mails in your Drafts, for you to send."),
    TodayColumn("Short name", 100, replace(LIVE, ink=GREY.ink), "What you type in the terminal."),
)


def today_shape() -> TabShape:
    """The tab before its cells; no column is frozen, so that it can be read on a phone."""
    return TabShape(TAB, "Today", LAST, HIDDEN + 1, frozen_rows=HEADER, gridlines=False, colour=TAB_TO_READ)


def today_requests(region: Region, places: Places = MADE) -> Iterator[SheetRequest]:
    """Every cell of the tab, whatever it held before; again and again, if somebody typed over a formula."""
    formulas = Formulas(places)
    above = [
        [Written(formula=CHECKED)],
        [Written(formula=formulas.all_invoices)],
        [Written(LEGEND, look=Look(ink=GREY.ink, size=9))],
    ]
    headers = [Written(c.header, note=c.note, look=replace(OPTIONAL, align=c.look.align)) for c in COLUMNS]
    rows = [[Written(formula=formula) for formula in formulas.row(row)] for row in range(HEADER + 1, LAST + 1)]
    yield write_cells(TAB, 0, 0, [*above, headers, *rows])
    yield write_cells(TAB, 0, HIDDEN, [[Written(formula=formulas.heartbeat)]])
    yield dress_cells(Area(TAB, 0, 1, 0, HIDDEN), Look(bold=True, size=12))
    for index, column in enumerate(COLUMNS):
        yield dress_cells(Area(TAB, HEADER, None, index, index + 1), region.fill(column.look))
        yield size_columns(TAB, index, column.width)
    yield size_columns(TAB, HIDDEN, 100, hidden=True)
    yield size_row(TAB, HEADER - 1, 36)


def today_rules() -> Iterator[SheetRequest]:
    """The tab's colours, and the question before somebody edits it: once, when the tab is made."""
    first = HEADER + 1
    by, heading = Area(TAB, HEADER, None, 2, 3), Area(TAB, 0, 1, 0, HIDDEN)
    yield colour_when(by, f"=AND(ISNUMBER($C{first});$C{first}<TODAY())", RED, 0)
    yield colour_when(by, f"=AND(ISNUMBER($C{first});$C{first}<=TODAY()+3)", AMBER, 1)
    yield colour_when(heading, "=AND($K$1>0;TODAY()-$K$1>3)", RED, 2)
    yield protect_tab(TAB, "This tab fills itself, from formulas")
