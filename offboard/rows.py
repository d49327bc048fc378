"""Rows of the tracker as classes: a field declares the column that it is read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from offboard.columns import Kind


@dataclass(frozen=True)
class Column:
    """A column as people see it: header, kind of cell, an example for its note, the words it is also known by."""

    header: str
    kind: Kind
    example: str = ""
    aliases: tuple[str, ...] = ()
    needed: bool = False
    extra: bool = False  # understood where somebody adds it; `init` does not make it
    note: str = ""


def column(header: str, kind: Kind, example: str = "", *, default: Any = None, **more: Any) -> Any:
    """A field that is read from this column; `default` where its cell is empty."""
    return field(default=default, metadata={"column": Column(header, kind, example, **more)})


@dataclass(frozen=True)
class Row:
    """A row that people typed: where each of its cells stands, for messages only."""

    cells: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def where(self, name: str) -> str:
        """The address of the cell behind a field, such as `Clients!K2`."""
        return self.cells.get(name, "")


def columns_of(row: type[Row]) -> dict[str, Column]:
    """A tab's columns by field name, in their order."""
    return {f.name: f.metadata["column"] for f in fields(row) if "column" in f.metadata}
