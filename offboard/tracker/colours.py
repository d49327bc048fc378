"""The tracker's colours: a calm palette, and the rules by which cells change theirs, each of them said in words too."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from offboard.tracker.tabs import LOG_HEADERS, MADE, SHEET_IDS, Places, columns_made
from offboard.workspace.sheet_requests import Area, Look, SheetRequest, colour_when

NEEDED = Look(ground="#2f4858", ink="#ffffff", bold=True, vertical="MIDDLE", wrap="WRAP")  # a header
OPTIONAL = Look(ground="#e1e8ed", ink="#2f4858", bold=True, vertical="MIDDLE", wrap="WRAP")  # another header
SAID = Look(ink="#5b6770", italic=True)  # what the program says, beside what people typed
TAB_TO_READ = "#2f7f79"
TAB_OF_PROGRAM = "#9aa7b0"

RED = Look(ground="#f8d7da", ink="#8b1a1a", bold=True)
RED_WORD = Look(ink="#b3261e", bold=True)
AMBER = Look(ground="#ffe6ad", ink="#5c3d00")
AMBER_WORD = Look(ink="#8a5300", bold=True)
YELLOW = Look(ground="#fff3b8", ink="#3c3600")
GREY = Look(ink="#6b7280")
PAUSED = Look(ink="#4f6a78", italic=True)
ROW = "row"


@dataclass(frozen=True)
class Colour:
    """Where a formula is true, a field's cell looks so, or all cells as far as `to`; its header's note says why.

    In the formula a field in braces is that row's cell, `{it}` the rule's own. It is written for row 1, so that a row
    put in above all others has its colours too; the header must not fulfil it.
    """

    field: str
    formula: str
    look: Look
    says: str
    to: str = ""  # the last field to the right that changes; ROW: the whole row


COLOURS: dict[str, tuple[Colour, ...]] = {  # of the rules that a cell fulfils, the first one counts
    "Clients": (Colour("last_day", "=AND(ISNUMBER({it});{it}<TODAY())", GREY, "Grey: it is past."),),
    "Access": (
        Colour("in_charge_since", '=AND({client}<>"";{it}="")', AMBER, "Amber: the client is not in charge yet."),
        Colour("still_running", '=AND({it}<>"";ROW()>1)', AMBER, "Amber: it outlives you."),
        Colour("left_on", '=AND({it}<>"";ROW()>1)', GREY, "Grey row: you have left.", ROW),
    ),
    "Invoices": (
        Colour("paid", '=AND({it}<>"";ROW()>1)', GREY, "Grey row: paid.", ROW),
        Colour("pause", '=AND({it}<>"";ROW()>1)', PAUSED, "Italic row: paused.", ROW),
        Colour("due", "=AND(ISNUMBER({it});{it}<TODAY())", RED_WORD, "Red: past due, not paid, not paused.", "amount"),
        Colour("due", "=AND(ISNUMBER({it});{it}<=TODAY()+3)", AMBER, "Amber: due within 3 days.", "amount"),
    ),
    "Metrics": (),
}
OUTCOMES = {"failed": RED_WORD, "your turn": AMBER_WORD}


def list_colours(tab: str) -> list[Colour]:
    """A tab's rules: those of needed cells first, which are yellow while their row is begun."""
    first, *others = columns_made(tab).items()
    begun = f'=AND({{{first[0]}}}<>"";{{it}}="")'
    needed = (field for field, column in others if column.needed)
    return [*(Colour(field, begun, YELLOW, "Yellow: still needed.") for field in needed), *COLOURS[tab]]


def colour_requests(tab: str, places: Places = MADE, fields: Collection[str] = ()) -> Iterator[SheetRequest]:
    """The rules of a tab of records; where fields are named, just those of their columns."""
    colours = [colour for colour in list_colours(tab) if not fields or colour.field in fields]
    for index, colour in enumerate(colours):
        yield _request(tab, colour, index, places)


def outcome_colour_requests() -> Iterator[SheetRequest]:
    """The rules of the Log."""
    column = LOG_HEADERS.index("Outcome")
    cells = Area(SHEET_IDS["Log"], left=column, right=column + 1)
    for index, (word, look) in enumerate(OUTCOMES.items()):
        yield colour_when(cells, f'=$D1="{word}"', look, index)


def _request(tab: str, colour: Colour, index: int, places: Places) -> SheetRequest:
    columns = places.columns[tab]
    first, last = sorted((columns[colour.field], columns[colour.to if colour.to in columns else colour.field]))
    if colour.to == ROW:
        first, last = min(columns.values()), max(columns.values())
    cells = {field: f"${places.letter(tab, field)}1" for field in columns}
    formula = colour.formula.format(it=cells[colour.field], **cells)
    return colour_when(Area(places.ids[tab], left=first, right=last + 1), formula, colour.look, index)
