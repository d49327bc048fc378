"""The Today tab: what is next for each client that leaves, in formulas over people's cells and the Ledger.

Whole columns only (`$A:$A`), so that a row put in at the top is not left out; `;` between arguments, which every locale
takes; one formula a cell; counts, never sums; and only functions that everybody's spreadsheet has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offboard.tracker.colours import AMBER, OPTIONAL, RED, SAID, TAB_TO_READ
from offboard.tracker.region import Region
from offboard.tracker.tabs import LEDGER_HEADERS, SHEET_IDS, letter_of
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
HEADER = 4  # the header's row number; the clients stand below it
ROWS = 50  # clients that leave at the same time, at most
LAST = HEADER + ROWS
HEARTBEAT = 10  # the hidden column behind the others: when the program last looked
DAY = "day"  # as a pattern: the region's own of a day and a month
TOP = Look(vertical="TOP", wrap="WRAP", align="LEFT")
LIVE = "From your own cells, as they are now."
LAST_LOOK = "As it was when offboard last looked."


@dataclass(frozen=True)
class TodayColumn:
    """A column: its header, width in pixels and look, and where it comes from."""

    header: str
    width: int
    look: Look
    note: str


def _said(**more: str) -> Look:
    return replace(TOP, ink=SAID.ink, italic=True, **more)  # type: ignore[arg-type]  # only texts are given


COLUMNS = (
    TodayColumn("Client", 150, replace(TOP, bold=True), LIVE),
    TodayColumn("What's next", 330, _said(), f"What you do next for this client. {LAST_LOOK}"),
    TodayColumn("By", 70, _said(number="DATE", pattern=DAY), f"Red: past. Amber: within 3 days. {LAST_LOOK}"),
    TodayColumn("Last day", 75, replace(TOP, number="DATE", pattern=DAY), LIVE),
    TodayColumn("Days left", 60, replace(TOP, align="RIGHT", number="NUMBER", pattern="0"), LIVE),
    TodayColumn("Money", 140, TOP, f"Invoices. {LIVE}"),
    TodayColumn("Accounts", 95, TOP, f"How many of their accounts you have left. {LIVE}"),
    TodayColumn("Folder", 75, _said(), f"Opens the client's folder. {LAST_LOOK}"),
    TodayColumn("Drafts waiting", 80, _said(align="RIGHT"), f"E-mails in your Drafts, for you to send. {LAST_LOOK}"),
    TodayColumn("Short name", 100, replace(TOP, ink="#6b7280"), "What you type in the terminal."),
)


def today_shape() -> TabShape:
    """The tab before its cells; on a phone nothing but the header stays in sight."""
    return TabShape(TAB, "Today", LAST, HEARTBEAT + 1, frozen_rows=HEADER, gridlines=False, colour=TAB_TO_READ)


def today_requests(region: Region) -> Iterator[SheetRequest]:
    """Every cell of the tab, whatever it held before."""
    heading = [[Written(formula=CHECKED, look=Look(bold=True, size=12))], [Written(formula=ALL_INVOICES)]]
    legend = "Upright: from your cells, as they are now. Italic: as it was when offboard last looked."
    headers = [Written(c.header, note=c.note, look=replace(OPTIONAL, align=c.look.align)) for c in COLUMNS]
    rows = [[Written(formula=formula) for formula in _row(number)] for number in range(HEADER + 1, LAST + 1)]
    yield write_cells(TAB, 0, 0, [*heading, [Written(legend, look=Look(ink=SAID.ink, size=9))], headers, *rows])
    yield write_cells(TAB, 0, HEARTBEAT, [[Written(formula=f'=IFERROR({_state("heartbeat", "0")};0)')]])
    yield size_row(TAB, HEADER - 1, 36)
    for index, column in enumerate(COLUMNS):
        cells = Area(TAB, top=HEADER, left=index, right=index + 1)
        pattern = region.day_pattern if column.look.pattern == DAY else column.look.pattern
        yield dress_cells(cells, replace(column.look, pattern=pattern))
        yield size_columns(TAB, index, column.width)
    yield size_columns(TAB, HEARTBEAT, 100, hidden=True)


def today_rules() -> Iterator[SheetRequest]:
    """The tab's colours, and the question before somebody edits it: once, when it is made."""
    by, heading = Area(TAB, top=HEADER, left=2, right=3), Area(TAB, bottom=1, right=HEARTBEAT)
    row = HEADER + 1
    yield colour_when(by, f"=AND(ISNUMBER($C{row});$C{row}<TODAY())", RED, 0)
    yield colour_when(by, f"=AND(ISNUMBER($C{row});$C{row}<=TODAY()+3)", AMBER, 1)
    yield colour_when(heading, "=AND($K$1>0;TODAY()-$K$1>3)", RED, 2)
    yield protect_tab(TAB, "Formulas: this tab fills itself")


def _whole(tab: str, field: str) -> str:
    letter = letter_of(tab, field)
    return f"{tab}!${letter}:${letter}"


KEYS, VALUES = (f"Ledger!${'ABCDEFG'[LEDGER_HEADERS.index(name)]}:${'ABCDEFG'[LEDGER_HEADERS.index(name)]}" for name in ("Key", "Value"))
SHORT, LAST_DAY, NOTICE = (_whole("Clients", field) for field in ("short", "last_day", "notice_given"))
INVOICED, NUMBER, DUE, PAID, PAUSE = (_whole("Invoices", f) for f in ("client", "number", "due", "paid", "pause"))
ACCOUNT_OF, LEFT_ON = _whole("Access", "client"), _whole("Access", "left_on")
OPEN = f'{PAID};"";{PAUSE};"<>written off"'
PAST_DUE = f'{OPEN};{DUE};"<"&TODAY()'


def _state(key: str, otherwise: str) -> str:
    """The newest line of state under a key."""
    return f'XLOOKUP("{key}";{KEYS};{VALUES};{otherwise};0;-1)'
