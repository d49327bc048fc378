"""The one error door: every error leaves here, as what happened, where, and what to type next."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from offboard import __version__
from offboard.commands.plain import without_steering
from offboard.commands.wrap import with_home, wrap
from offboard.errors import Exit, InterruptedRunError, OffboardError, Problem


@contextlib.contextmanager
def open_door(*, as_json: bool, debug: bool, home: Path | None) -> Iterator[None]:
    """Turn whatever goes wrong inside into a message and an exit code."""
    try:
        yield
    except OffboardError as error:
        if debug:
            traceback.print_exc()
        show(error, as_json=as_json, home=home)
        raise click.exceptions.Exit(error.exit) from error
    except (KeyboardInterrupt, click.Abort) as error:
        say("")
        asked = isinstance(error, click.Abort)  # at a question
        what = "Nothing more was made" if asked else "What was made before is not lost"
        show_stopped(what, as_json=as_json, home=home)
        raise click.exceptions.Exit(Exit.INTERRUPTED) from error
    except (click.ClickException, click.exceptions.Exit):
        raise
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(Exit.OK) from error
    except Exception:  # noqa: BLE001  # the last resort: a mistake of ours must not greet a person with a trace
        if debug:
            traceback.print_exc()
        path = _write_report(home)
        ours = OffboardError(
            "Something went wrong inside offboard. What was made is written down; running again is safe.",
            f"To report it, send this file (it holds no e-mail and no sign-in):\n{path}",
        )
        show(ours, as_json=as_json)
        # not `from error`: a context manager takes an exit that a StopIteration caused for its own end
        raise click.exceptions.Exit(Exit.FAILED) from None


def show(error: OffboardError, *, as_json: bool, home: Path | None = None) -> None:
    """Say what went wrong: to a person on stderr, to a program on stdout."""
    if as_json:
        problems = [vars(problem) for problem in error.problems]
        body = {"message": error.message, "hint": error.hint, "problems": problems, "exit": int(error.exit)}
        print_json({"offboard": __version__, "ok": False, "error": body})
        return
    mark = "✗" if "utf" in (sys.stderr.encoding or "").lower() else "x"
    lines = [*wrap(error.message, f"{mark} ", "  "), *_problem_lines(error.problems)]
    for line in with_home(error.hint, home).split("\n") if error.hint else []:
        lines += [f"  {line}"] if Path(line).is_absolute() else wrap(line, "  ")
    say(without_steering("\n".join(lines)))


def say(text: str) -> None:
    """A line to stderr as it is: click's own way would write UTF-8 where a terminal knows ASCII alone."""
    click.echo(text, file=sys.stderr)


def show_stopped(what: str, *, as_json: bool, home: Path | None = None) -> None:
    """Say that Ctrl-C was heard, and what goes on from there."""
    context = click.get_current_context(silent=True)
    typed = [context.command_path, str(context.params.get("client") or "")] if context else ["offboard"]
    show(InterruptedRunError(f"Stopped. {what}.", f"Go on:  {' '.join(typed).strip()}"), as_json=as_json, home=home)


def print_json(body: dict[str, Any]) -> None:
    """JSON to stdout; in bare ASCII where stdout knows no more."""
    utf = "utf" in (sys.stdout.encoding or "").lower()
    click.echo(json.dumps(body, ensure_ascii=not utf, indent=2))


def _problem_lines(problems: Sequence[Problem]) -> list[str]:
    width = min(max((len(problem.where) for problem in problems), default=0), 20)
    lines = []
    for problem in problems:
        told = f"{problem.message} {problem.hint}".strip()
        if len(problem.where) > width:
            lines += [f"  {problem.where}", *wrap(told, "    ")]
        else:
            lines += wrap(told, f"  {problem.where:<{width}}  ", " " * (width + 4))
    return lines


def _write_report(home: Path | None) -> Path:
    from offboard.config import find_home  # only now: a mistyped command loads nothing that it does not need

    name = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}.txt"
    system = f"offboard {__version__}, Python {platform.python_version()}, {platform.platform()}"
    report = f"{system}\n\n{traceback.format_exc()}"
    path = find_home(home) / "problems" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(report, encoding="utf-8")
    except OSError:  # the home itself may be what is wrong
        path = Path(tempfile.mkdtemp(prefix="offboard-")) / name
        path.write_text(report, encoding="utf-8")
    return path
