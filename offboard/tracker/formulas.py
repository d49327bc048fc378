"""The formulas of the Today tab, over people's cells and the Ledger.

Whole columns only (`$A:$A`), so that a row put in at the top is not left out; `;` between arguments, which every locale
takes; one formula a cell, no arrays; counts, never sums, for amounts have currencies; everyday functions only.
"""

from __future__ import annotations

from string import ascii_uppercase

from offboard.tracker.tabs import LEDGER_HEADERS, letter_of

HEADER = 4  # the number of the header's row; the clients stand below it
NOBODY = "Nobody is leaving. To begin, fill in “Notice given” or “Last day” in the tab Clients."


def _column(tab: str, letter: str) -> str:
    return f"{tab}!${letter}:${letter}"


def _field(tab: str, field: str) -> str:
    return _column(tab, letter_of(tab, field))


KEYS, VALUES = (_column("Ledger", ascii_uppercase[LEDGER_HEADERS.index(name)]) for name in ("Key", "Value"))
SHORT, NAME = _field("Clients", "short"), _field("Clients", "name")
NOTICE, LAST_DAY = _field("Clients", "notice_given"), _field("Clients", "last_day")
ACCOUNT_OF, LEFT_ON = _field("Access", "client"), _field("Access", "left_on")
INVOICE_OF, INVOICE = _field("Invoices", "client"), _field("Invoices", "number")
OPEN = f'{_field("Invoices", "paid")};"";{_field("Invoices", "pause")};"<>written off"'
PAST_DUE = f'{OPEN};{_field("Invoices", "due")};"<"&TODAY()'


def _state(key: str, otherwise: str) -> str:
    """The newest line of state of a key."""
    return f"XLOOKUP({key};{KEYS};{VALUES};{otherwise};0;-1)"


HEARTBEAT = f"=IFERROR({_state(chr(34) + 'heartbeat' + chr(34), '0')};0)"  # in K1: the day of the last look
CHECKED = (
    '=IF($K$1=0;"Nothing here yet. In a terminal: offboard next";IF(TODAY()-$K$1>3;"Not checked for "&(TODAY()-$K$1)&'
    '" days: this may be old. In a terminal: offboard next";'
    'IF(TODAY()=$K$1;"Checked today.";"Checked in the last 3 days.")))'
)
ALL_INVOICES = (
    f'="Invoices, all clients: "&COUNTIFS({INVOICE};"<>";{OPEN})&" open, "&'
    f'COUNTIFS({INVOICE};"<>";{PAST_DUE})&" past due."'
)


def row_formulas(row: int) -> tuple[str, ...]:
    """A client's cells from A to J; J is the short name of the n-th client that leaves, and feeds the others."""
    short = f"$J{row}"
    nobody = f'"{NOBODY}"' if row == HEADER + 1 else '""'

    def where_named(formula: str, otherwise: str = '""') -> str:
        return f'=IF({short}="";{otherwise};{formula})'

    def state(name: str, otherwise: str) -> str:
        return _state(f'{short}&"|{name}"', otherwise)

    listed, left = f"COUNTIFS({INVOICE_OF};{short})", f'COUNTIFS({ACCOUNT_OF};{short};{LEFT_ON};"<>")'
    opened, late = f"COUNTIFS({INVOICE_OF};{short};{OPEN})", f"COUNTIFS({INVOICE_OF};{short};{PAST_DUE})"
    overdue = f'IF({late}=0;"";", "&{late}&" overdue")'
    accounts = f"COUNTIFS({ACCOUNT_OF};{short})"
    leaving = f'FILTER({SHORT};ROW({SHORT})>1;{SHORT}<>"";({NOTICE}<>"")+({LAST_DAY}<>""))'
    return (
        where_named(f"XLOOKUP({short};{SHORT};{NAME};{short})"),
        where_named(state("next", f'"type: offboard plan "&{short}'), nobody),
        where_named(state("by", '""')),
        where_named(f'XLOOKUP({short};{SHORT};{LAST_DAY};"")'),
        f'=IF(ISNUMBER($D{row});$D{row}-TODAY();"")',
        where_named(f'IF({listed}=0;"none listed";IF({opened}=0;"all paid";{opened}&" open"&{overdue}))'),
        where_named(f'IF({accounts}=0;"none listed";{left}&" of "&{accounts}&" left")'),
        where_named(f'IFERROR(HYPERLINK({state("folder", "NA()")};"open");"not yet")'),
        where_named(state("drafts", '""')),
        f'=IFERROR(INDEX({leaving};ROW()-ROW($J${HEADER}));"")',
    )
