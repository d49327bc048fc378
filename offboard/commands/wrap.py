"""Lines as wide as the terminal, at most 80; a link stands alone, and a command is never broken."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from pathlib import Path

from offboard.commands.names import MODULES

WIDEST = 80
NARROWEST = 40
LINK = re.compile(r"(?:^|\s+)(https?://\S+?)[:.,;]?(?:\s+|$)")
COMMAND = re.compile(rf"offboard (?:{'|'.join(MODULES)})\b(?: [\w-]+(?:\.[\w-]+)*)?(?: --[\w-]+(?: [\w./~-]+)?)*")
LAST_COMMAND = re.compile(rf":\s+({COMMAND.pattern})\.?$")
GLUE = "\N{NO-BREAK SPACE}"


def screen_width() -> int:
    """The columns to write in: the terminal's where there is one."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def wrap(text: str, first: str = "", then: str | None = None, *, spare: int = 0) -> list[str]:
    """The text in lines, the first indented as said, the others likewise or else as said; `spare` columns stay free."""
    rest = first if then is None else then
    width = screen_width() - spare
    lines: list[str] = []
    for piece in text.split("\n"):
        for part in _alone(piece, width - max(len(first), len(rest))):
            glued = COMMAND.sub(lambda found: found[0].replace(" ", GLUE), part)
            wrapped = textwrap.wrap(
                glued,
                width,
                initial_indent=rest if lines else first,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            lines += [line.replace(GLUE, " ") for line in wrapped] or [rest if lines else first]
    return lines


def with_home(text: str, home: Path | None) -> str:
    """The text, its commands for the home that was named when this one was typed."""

    def named(found: re.Match[str]) -> str:
        return found[0] if "--home" in found[0] else f"{found[0]} --home {shlex.quote(str(home))}"

    return COMMAND.sub(named, text) if home else text


def _alone(text: str, width: int) -> list[str]:
    """The text cut where a link begins or ends, and before a command that ends what needs several lines."""
    if len(text) <= width and not LINK.match(text):
        return [text]
    cut = LAST_COMMAND.sub(r":\n\1", LINK.sub(r"\n\1\n", text))
    return [part for part in cut.split("\n") if part] or [text]
