"""The formulas of the Today tab, over people's cells and the Ledger.

Whole columns only (`$A:$A`), so that a row put in at the top is not left out; `;` between arguments, which every locale
takes; one formula a cell, no arrays; counts, never sums, for amounts have currencies; everyday functions only.
"""

from __future__ import annotations

from dataclasses import dataclass

from offboard.tracker.tabs import LEDGER_HEADERS, MADE, Places, letters, whole_column

HEADER = 4  # the number of the header's row; the clients stand below it
NOBODY = "Nobody is leaving. To begin, fill in “Notice given” or “Last day” in the tab Clients."
CHECKED = (
    '=IF($K$1=0;"Nothing here yet. In a terminal: offboard next";IF(TODAY()-$K$1>3;"Not checked for "&(TODAY()-$K$1)&'
    '" days: this may be old. In a terminal: offboard next";'
    'IF(TODAY()=$K$1;"Checked today.";"Checked in the last 3 days.")))'
)


@dataclass(frozen=True)
class Formulas:
    """Today's formulas for a tracker whose columns stand at these places."""

    places: Places = MADE

    @property
    def heartbeat(self) -> str:
        """In K1: the day of the last look."""
        return f"=IFERROR({self._state(chr(34) + 'heartbeat' + chr(34), '0')};0)"

    @property
    def all_invoices(self) -> str:
        """How many are open, how many past due, over all clients."""
        column = self.places.column("Invoices", "number")
        return (
            f'="Invoices, all clients: "&COUNTIFS({column};"<>";{self._open})&" open, "&'
            f'COUNTIFS({column};"<>";{self._past_due})&" past due."'
        )

    def row(self, number: int) -> tuple[str, ...]:
        """A client's cells from A to J; J is the short name of the n-th client that leaves, and feeds the others."""
        short = f"$J{number}"
        nobody = f'"{NOBODY}"' if number == HEADER + 1 else '""'
        shorts, name = (self.places.column("Clients", field) for field in ("short", "name"))
        notice, last_day = (self.places.column("Clients", field) for field in ("notice_given", "last_day"))
        account_of, left_on = (self.places.column("Access", field) for field in ("client", "left_on"))
        invoice_of = self.places.column("Invoices", "client")

        def where_named(formula: str, otherwise: str = '""') -> str:
            return f'=IF({short}="";{otherwise};{formula})'

        def state(name: str, otherwise: str) -> str:
            return self._state(f'{short}&"|{name}"', otherwise)

        listed, left = f"COUNTIFS({invoice_of};{short})", f'COUNTIFS({account_of};{short};{left_on};"<>")'
        opened, late = (f"COUNTIFS({invoice_of};{short};{which})" for which in (self._open, self._past_due))
        overdue = f'IF({late}=0;"";", "&{late}&" overdue")'
        accounts = f"COUNTIFS({account_of};{short})"
        unsaid = '"open"'
        leaving = f'FILTER({shorts};ROW({shorts})>1;{shorts}<>"";({notice}<>"")+({last_day}<>""))'
        return (
            where_named(f"XLOOKUP({short};{shorts};{name};{short})"),
            where_named(state("next", f'"type: offboard plan "&{short}'), nobody),
            where_named(state("by", '""')),
            where_named(f'XLOOKUP({short};{shorts};{last_day};"")'),
            f'=IF(ISNUMBER($D{number});$D{number}-TODAY();"")',
            where_named(f'IF({listed}=0;"none listed";IF({opened}=0;"all paid";{opened}&" open"&{overdue}))'),
            where_named(f'IF({accounts}=0;"none listed";{left}&" of "&{accounts}&" left")'),
            where_named(f'IFERROR(HYPERLINK({state("folder", "NA()")};{state("outcome|share", unsaid)});"not yet")'),
            where_named(state("drafts", '""')),
            f'=IFERROR(INDEX({leaving};ROW()-ROW($J${HEADER}));"")',
        )

    @property
    def _open(self) -> str:
        paid, pause = (self.places.column("Invoices", field) for field in ("paid", "pause"))
        return f'{paid};"";{pause};"<>written off"'

    @property
    def _past_due(self) -> str:
        return f'{self._open};{self.places.column("Invoices", "due")};"<"&TODAY()'

    def _state(self, key: str, otherwise: str) -> str:
        """The newest line of state of a key."""
        keys, values = (
            whole_column(self.places.title("Ledger"), letters(LEDGER_HEADERS.index(name))) for name in ("Key", "Value")
        )
        return f"XLOOKUP({key};{keys};{values};{otherwise};0;-1)"
