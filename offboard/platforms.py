"""The platforms: what must be so before one can leave, and how long it takes; shipped, and the person's own on top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from offboard.errors import NotReadyError, Problem

FILE = "platforms.toml"
KINDS = ("general", "platform")
SHIPPED = Path(__file__).parent / FILE
BRACES = re.compile(r"\{[^}]*\}?")
PLACEHOLDERS = {"{contact}", "{platforms}"}
FILLED = ("ask", "before", "own", "leave")  # the texts that may hold them
LONGEST_WAIT = 366  # days; more is a slip of the finger


@dataclass(frozen=True)
class Platform:
    """One platform; the texts' meaning stands at the top of platforms.toml."""

    name: str
    aliases: tuple[str, ...] = ()
    ask: str = ""
    before: str = ""
    why: str = ""
    lead_days: int = 0
    wait_days: int = 0
    own: str = ""
    own_days: int = 0
    leave: str = ""
    last: bool = False
    pitfall: str = ""
    running: str = ""
    numbers: str = ""
    source: str = ""
    checked: date | None = None

    @property
    def lead(self) -> int:
        """How many days before the last working day the client's part is due: the wait, and a day to leave, fit in."""
        return max(self.lead_days, self.wait_days + 1 if self.wait_days else 0)


@dataclass(frozen=True)
class Platforms:
    """All platforms, in the order in which they are told."""

    known: tuple[Platform, ...]
    general: Platform = field(default_factory=lambda: Platform("others"))  # the checklist of those that nobody knows

    def find(self, name: str) -> Platform | None:
        """The platform of this name, or that is also called so."""
        return self._by_word.get(fold(name))

    def get(self, name: str) -> Platform:
        """The same, or the general checklist under this name."""
        return self.find(name) or replace(self.general, name=name)

    @cached_property
    def _by_word(self) -> dict[str, Platform]:
        aliases = {fold(alias): platform for platform in self.known for alias in platform.aliases}
        return aliases | {fold(platform.name): platform for platform in self.known}


def fold(name: str) -> str:
    """A platform's name as it is compared: case, hyphens, dots and blanks do not matter."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("_", " ")))


@cache
def shipped_platforms() -> Platforms:
    """The platforms that ship with the program."""
    return _merge(Platforms(()), _read(SHIPPED))


def load_platforms(home: Path) -> Platforms:
    """The shipped platforms with the person's own on top; NotReadyError lists every mistake with its line."""
    own = home / FILE
    return _merge(shipped_platforms(), _read(own)) if own.exists() else shipped_platforms()


@dataclass(frozen=True)
class _Written:
    """A table of a file of platforms as read, and where its keys stand."""

    path: Path
    kind: str  # `platform`, or `general`; empty: what stands above all tables
    table: Mapping[str, Any]
    lines: Mapping[str, int]  # by key, from 1; the table's own under the empty key

    def where(self, key: str = "") -> str:
        return f"{self.path}:{self.lines.get(key, self.lines[''] or 1)}"


def _read(path: Path) -> list[_Written]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReadyError(f"{path} cannot be read: {error}.", "Mend that line, or delete the file.") from None
    except OSError as error:
        raise NotReadyError(f"{path} cannot be read: {error.strerror}.", "Mend it, or delete the file.") from None
    listed = found.get("platform", [])
    shape_is_right = isinstance(listed, list) and all(isinstance(table, dict) for table in listed)
    if not shape_is_right or not isinstance(found.get("general", {}), dict):
        hint = "Write [[platform]] on a line of its own above each."
        raise NotReadyError(f"{path} cannot be used: a platform is no table.", hint)
    return _place(path, text.splitlines(), found)


def _place(path: Path, rows: Sequence[str], found: Mapping[str, Any]) -> list[_Written]:
    """Each table with its lines: the n-th head of a kind is the n-th table's."""
    heads = [(number, row[1]) for number, line in enumerate(rows, 1) if (row := re.match(r"\s*\[+\s*(\w+)", line))]
    ends = [number for number, _ in heads[1:]] + [len(rows) + 1]
    first = heads[0][0] if heads else len(rows) + 1
    strays = {key: value for key, value in found.items() if key not in KINDS}
    placed = [_Written(path, "", strays, _lines(rows, 0, first))]
    for kind, tables in (("general", [found.get("general", {})]), ("platform", found.get("platform", []))):
        mine = [(head, end) for (head, name), end in zip(heads, ends, strict=False) if name == kind]
        spare = [(0, len(rows) + 1)] * len(tables)  # a head that is written in some unusual way
        for table, (start, end) in zip(tables, [*mine, *spare], strict=False):
            placed.append(_Written(path, kind, table, _lines(rows, start, end)))
    return placed


def _lines(rows: Sequence[str], start: int, end: int) -> dict[str, int]:
    """The line of each key between two tables' heads."""
    found = {"": start}
    for number in range(start + 1, end):
        if matched := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", rows[number - 1]):
            found.setdefault(matched[1], number)
    return found


def _merge(base: Platforms, tables: Sequence[_Written]) -> Platforms:
    """These platforms on top of others: who is there already gets what is new of it."""
    problems: list[Problem] = []
    merged = base
    for written in tables:
        wrong = [*_find_problems(written), *_find_misplaced(written, merged)]
        problems += wrong
        if not wrong:
            merged = _with_table(merged, written)
    if problems:
        in_order = sorted(problems, key=lambda problem: int(problem.where.rpartition(":")[2]))
        raise NotReadyError("Your list of platforms cannot be used.", problems=in_order)
    return merged


def _with_table(merged: Platforms, written: _Written) -> Platforms:
    given: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in written.table.items()}
    if written.kind == "general":
        return replace(merged, general=replace(merged.general, **given))
    if written.kind != "platform":
        return merged
    known = merged.find(given["name"])
    if known:
        given |= {"name": known.name, "aliases": (*known.aliases, *given.get("aliases", ()))}
    base = merged.find(given.pop("like", "")) or known or Platform("", leave=merged.general.leave)
    fresh = replace(base, **{"aliases": (), **given})
    kept = tuple(fresh if platform is known else platform for platform in merged.known)
    return replace(merged, known=kept if known else (*merged.known, fresh))


def _find_misplaced(written: _Written, merged: Platforms) -> Iterator[Problem]:
    """Words that mean another platform already, and a `like` that means none."""
    name, like, aliases = (written.table.get(key) for key in ("name", "like", "aliases"))
    if written.kind != "platform" or not isinstance(name, str):
        return
    mine = merged.find(name)
    for alias in aliases if isinstance(aliases, list) else ():
        other = merged.find(str(alias))
        if other and other is not mine:
            yield Problem(written.where("aliases"), f"“{alias}” means {other.name} already.")
    if isinstance(like, str) and not merged.find(like):
        yield Problem(written.where("like"), f"“{like}” is no platform of the list above it.")


def _find_problems(written: _Written) -> Iterator[Problem]:
    if not written.kind:
        for key in written.table:
            yield Problem(written.where(key), f"“{key}” stands above every platform.", "Begin each with [[platform]].")
        return
    own = ("name", "aliases", "like")
    known = {f.name: str(f.type) for f in fields(Platform)} | {"like": "str"}
    known = {name: kind for name, kind in known.items() if written.kind == "platform" or name not in own}
    if written.kind == "platform" and "name" not in written.table:
        yield Problem(written.where(), "This platform has no name.", 'Write: name = "…"')
    for key, value in written.table.items():
        if key not in known:
            hint = f"There are: {', '.join(known)}"
            yield Problem(written.where(key), f"“{key}” is nothing that a platform has.", hint)
        elif fault := _fault(key, known[key], value):
            yield Problem(written.where(key), f"“{key}” {fault}")


def _fault(key: str, kind: str, value: object) -> str:
    """What is wrong with a value, to go on from its name; empty when nothing is."""
    if kind.startswith("tuple"):
        right = isinstance(value, list) and all(isinstance(word, str) and fold(word) for word in value)
        return "" if right else 'must be a list of words, like ["gbp", "google profile"].'
    if kind == "bool":
        return "" if isinstance(value, bool) else "must be true or false."
    if kind == "int":
        right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_WAIT
        return "" if right else f"must be a number of days from 0 to {LONGEST_WAIT}."
    if kind.startswith("date"):
        return "" if type(value) is date else "must be a day, like 2026-05-31, without quotes."
    if not isinstance(value, str) or (key == "name" and not fold(value)):
        return "must be text in quotes."
    may = PLACEHOLDERS if key in FILLED else set()
    strange = set(BRACES.findall(value)) - may
    said = f"may hold {' and '.join(sorted(may))}, not" if may else "cannot hold"
    return f"{said} {min(strange)}." if strange else ""
