"""The order of a list, after `orderBy`; the id comes last, so that no two files stand at the same place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.drive.store import FOLDER
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

SHARED = "coalesce((SELECT given FROM permissions p WHERE p.file_id = files.id AND p.id = :person), '')"
KEYS = {
    "createdTime": "files.created",
    "folder": f"(files.mime != '{FOLDER}')",
    "modifiedByMeTime": "coalesce(m.changed, '')",
    "modifiedTime": "files.modified",
    "name": "files.folded",
    "name_natural": "natural_key(files.folded)",
    "quotaBytesUsed": "coalesce(files.size, 0)",
    "recency": "max(files.modified, files.created, coalesce(m.viewed, ''))",
    "sharedWithMeTime": SHARED,
    "starred": "coalesce(m.starred, 0)",
    "viewedByMeTime": "coalesce(m.viewed, '')",
}
USUAL = "modifiedTime desc"


@dataclass(frozen=True)
class Order:
    """The columns by which a list is sorted, and for each whether from high to low."""

    columns: tuple[str, ...]
    down: tuple[bool, ...]

    @property
    def sql(self) -> str:
        """What stands after ORDER BY."""
        pairs = zip(self.columns, self.down, strict=True)
        return ", ".join(f"{column} {'DESC' if down else 'ASC'}" for column, down in pairs)

    def after(self, place: list[Any]) -> tuple[str, dict[str, Any]]:
        """The condition for what comes after this place, the values of a row's columns."""
        values = {f"k{n}": value for n, value in enumerate(place)}
        if len(set(self.down)) == 1:  # a comparison of whole rows, for which SQLite uses an index
            sign = "<" if self.down[0] else ">"
            return f"({', '.join(self.columns)}) {sign} ({', '.join(f':{name}' for name in values)})", values
        parts = []
        for n, column in enumerate(self.columns):
            same = [f"{self.columns[before]} = :k{before}" for before in range(n)]
            parts.append(" AND ".join([*same, f"{column} {'<' if self.down[n] else '>'} :k{n}"]))
        return f"({' OR '.join(parts)})", values


def read_order(text: str | None) -> Order:
    """The order that `orderBy` asks for; nothing asked is last changed first."""
    columns, down = [], []
    for part in (text or USUAL).split(","):
        matched = re.fullmatch(r"\s*(\w+)(?:\s+(desc))?\s*", part)
        if matched is None or matched[1] not in KEYS:
            raise Refusal(400, "Invalid Value", reason="invalid", location="orderBy")
        columns.append(KEYS[matched[1]])
        down.append(matched[2] is not None)
    return Order((*columns, "files.id"), (*down, down[-1]))


def teach_natural(state: State) -> None:
    """Let SQL sort `1, 2, 12` as people do."""
    state.db.create_function("natural_key", 1, natural_key, deterministic=True)


def natural_key(name: str) -> str:
    """A name in which every number has as many digits as the next."""
    return re.sub(r"\d+", lambda number: number[0].lstrip("0").zfill(20), name)


def person_values(email: str) -> dict[str, Any]:
    """The values that the columns refer to."""
    return {"person": permission_id(email), "email": email}
