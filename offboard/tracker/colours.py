"""The tracker's colours: a calm palette, and the rules by which cells change theirs, each of them said in words too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from offboard.tracker.tabs import HEADERS, PEOPLE, SHEET_IDS, fields_of
from offboard.workspace.sheet_requests import Area, Look, SheetRequest, colour_when

NEEDED = Look(ground="#2f4858", ink="#ffffff", bold=True, vertical="MIDDLE", wrap="WRAP")  # a header
OPTIONAL = Look(ground="#e1e8ed", ink="#2f4858", bold=True, vertical="MIDDLE", wrap="WRAP")  # another header
SAID = Look(ink="#5b6770", italic=True)  # what the program wrote, beside what people typed
TAB_TO_READ = "#2f7f79"
TAB_OF_PROGRAM = "#9aa7b0"

RED = Look(ground="#f8d7da", ink="#8b1a1a", bold=True)
RED_WORD = Look(ink="#b3261e", bold=True)
AMBER = Look(ground="#ffe6ad", ink="#5c3d00")
AMBER_WORD = Look(ink="#8a5300", bold=True)
YELLOW = Look(ground="#fff3b8")
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
        Colour("left_on", '=AND({it}<>"";ROW()>1)', GREY, "Grey row: you have left.", to=ROW),
    ),
    "Invoices": (
        Colour("paid", '=AND({it}<>"";ROW()>1)', GREY, "Grey row: paid.", to=ROW),
        Colour("pause", '=AND({it}<>"";ROW()>1)', PAUSED, "Italic row: paused.", to=ROW),
        Colour("due", "=AND(ISNUMBER({it});{it}<TODAY())", RED_WORD, "Red: past due, not paid, not paused.", "amount"),
        Colour("due", "=AND(ISNUMBER({it});{it}<=TODAY()+3)", AMBER, "Amber: due within 3 days.", "amount"),
    ),
    "Metrics": (),
}


def colour_notes(tab: str, field: str) -> list[str]:
    """What the colours of a column mean, for its header's note."""
    return [colour.says for colour in _colours(tab) if colour.field == field]


def colour_requests() -> Iterator[SheetRequest]:
    """Every rule of the tabs that people edit, and of the Log."""
    for tab in PEOPLE:
        fields = list(fields_of(tab))
        for index, colour in enumerate(_colours(tab)):
            yield _request(tab, fields, colour, index)
    yield from _log_requests()


def _colours(tab: str) -> list[Colour]:
    """A tab's rules, and those of its needed cells: yellow where the row is begun."""
    first, *others = fields_of(tab).items()
    begun = f'=AND({{{first[0]}}}<>"";{{it}}="")'
    says = "Yellow: it is still needed."
    needed = [Colour(field, begun, YELLOW, says) for field, column in others if column.needed]
    return [*COLOURS[tab], *needed]
