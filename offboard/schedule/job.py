"""The job: what is run by itself, when, and the name under which a system keeps it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from hashlib import sha256
from pathlib import Path

from offboard.errors import OffboardError

WORKDAYS = (1, 2, 3, 4, 5)  # Monday is 1


@dataclass(frozen=True)
class Job:
    """One command for one home; the same home has one job, however often it is installed."""

    program: Path
    home: Path
    at: time = time(7, 30)
    days: tuple[int, ...] = WORKDAYS

    @property
    def words(self) -> tuple[str, ...]:
        """What is typed: looks at all invoices, says only what needs a person, never asks."""
        return (str(self.program), "invoices", "--quiet", "--no-input", "--home", str(self.home))

    @property
    def name(self) -> str:
        """Tells this home's job from another home's."""
        return f"offboard-{sha256(str(self.home).encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Written:
    """What installing would write: a file of its own, or lines in a list that the system keeps."""

    where: str
    text: str


def call(*words: str, typed: str | None = None, may_fail: bool = False) -> str:
    """Run a program of the system and answer what it says; OffboardError when it is missing or fails."""
    try:
        done = subprocess.run(words, input=typed, capture_output=True, text=True, check=False, timeout=60)
    except FileNotFoundError:
        hint = "Choose another way: offboard cron --kind crontab, systemd, launchd or windows"
        raise OffboardError(f"This computer has no program “{words[0]}”. Nothing was changed.", hint) from None
    except subprocess.TimeoutExpired:
        raise OffboardError(f"“{words[0]}” did not answer within a minute.", "Try again.") from None
    if done.returncode and not may_fail:
        said = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise OffboardError(f"“{' '.join(words[:3])}” failed: {said}", "Nothing else was changed.")
    return "" if done.returncode else done.stdout


def write_file(path: Path, text: str) -> None:
    """A file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise OffboardError(f"{path} cannot be written: {error.strerror}.", "Nothing else was changed.") from error


def remove_files(paths: Sequence[Path]) -> bool:
    """Delete what is there of these; False when nothing was."""
    there = [path for path in paths if path.exists()]
    for path in there:
        path.unlink()
    return bool(there)
