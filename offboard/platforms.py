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
SHIPPED = Path(__file__).parent / FILE
PLACEHOLDER = re.compile(r"\{[^}]*\}?")
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
    """A file of platforms as read: its tables, and the number of every table's and every key's line."""

    path: Path
    tables: Sequence[tuple[str, Mapping[str, Any]]]  # `general` or `platform`, and what stands in it
    lines: Sequence[Mapping[str, int]]  # beside each table; its own line under the empty key
    strays: Mapping[str, int] = field(default_factory=dict)  # keys above all tables

    def where(self, table: int, key: str = "") -> str:
        return f"{self.path}:{self.lines[table].get(key, self.lines[table][''])}"


def _read(path: Path) -> _Written:
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
    heads = [(number, name) for number, name in _heads(text) if name in ("general", "platform")]
    rows = text.splitlines()
    in_order = iter(listed)
    tables = [(name, found["general"] if name == "general" else next(in_order)) for _, name in heads]
    ends = [number for number, _ in heads[1:]] + [len(rows) + 1]
    lines = [_lines(rows, start, end) for (start, _), end in zip(heads, ends, strict=True)]
    strays = _lines(rows, 0, heads[0][0] if heads else len(rows) + 1)
    return _Written(
        path, tables, lines, {key: strays.get(key, 1) for key in found if key not in ("general", "platform")}
    )


def _heads(text: str) -> Iterator[tuple[int, str]]:
    """The lines with which tables begin, from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        if matched := re.match(r"\s*\[+\s*[\"']?(\w+)", line):
            yield number, matched[1]


def _lines(rows: Sequence[str], start: int, end: int) -> dict[str, int]:
    """The line of each key between two tables' heads."""
    found = {"": start}
    for number in range(start + 1, end):
        if matched := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", rows[number - 1]):
            found.setdefault(matched[1], number)
    return found


def _merge(base: Platforms, written: _Written) -> Platforms:
    """These platforms on top of others: who is there already gets what is new of it."""
    problems = [
        Problem(f"{written.path}:{line}", f"“{key}” stands above every platform.", "Begin each with [[platform]].")
        for key, line in written.strays.items()
    ]
    merged = base
    for number, (kind, table) in enumerate(written.tables):
        wrong = list(_find_problems(written, number, kind, table))
        name = table.get("name", "")
        problems += wrong
        if wrong:
            continue
        given: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
        if kind == "general":
            merged = replace(merged, general=replace(merged.general, **given))
            continue
        problems += _find_misplaced(written, number, merged, table)
        known = merged.find(name)
        if known:
            given |= {"name": known.name, "aliases": (*known.aliases, *given.get("aliases", ()))}
        like = merged.find(given.pop("like", "")) or known or Platform(name, leave=merged.general.leave)
        fresh = replace(like, **{"aliases": (), "name": name, **given})
        kept = tuple(fresh if platform is known else platform for platform in merged.known)
        merged = replace(merged, known=kept if known else (*merged.known, fresh))
    if problems:
        raise NotReadyError("Your list of platforms cannot be used.", problems=problems)
    return merged


def _find_misplaced(written: _Written, number: int, merged: Platforms, table: Mapping[str, Any]) -> Iterator[Problem]:
    """Words that mean another platform already, and a `like` that means none."""
    mine = merged.find(table["name"])
    for alias in table.get("aliases", ()):
        other = merged.find(alias)
        if other and other is not mine:
            yield Problem(written.where(number, "aliases"), f"“{alias}” means {other.name} already.")
    if "like" in table and not merged.find(table["like"]):
        yield Problem(written.where(number, "like"), f"“{table['like']}” is no platform of the list above it.")


def _find_problems(written: _Written, number: int, kind: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    known = {f.name: str(f.type) for f in fields(Platform) if kind == "platform" or f.name not in ("name", "aliases")}
    known |= {"like": "str"} if kind == "platform" else {}
    if kind == "platform" and "name" not in table:
        yield Problem(written.where(number), "This platform has no name.", 'Write: name = "…"')
    for key, value in table.items():
        where = written.where(number, key)
        if key not in known:
            yield Problem(where, f"“{key}” is nothing that a platform has.", f"There are: {', '.join(known)}")
        elif fault := _fault(key, known[key], value):
            yield Problem(where, f"“{key}” {fault}")


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
    strange = set(PLACEHOLDER.findall(value)) - {"{contact}", "{platforms}"}
    return f"may hold {{contact}} and {{platforms}}, not {min(strange)}." if strange else ""
