"""Lines fit the terminal; links stand alone, and commands stay whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from offboard.commands.wrap import screen_width, with_home, wrap
from tests.rehearsal import Rehearsal

LINK = "https://drive.google.com/file/d/1abcdefghijklmnopqrstuvwxyz012345/view"


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("80", 80), ("120", 80), ("7", 40)])
def test_lines_are_as_wide_as_the_terminal_and_at_most_80(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert screen_width() == width


@pytest.mark.parametrize("columns", range(40, 81, 5))
def test_a_command_is_never_broken_and_one_that_ends_a_long_text_stands_alone(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ended = wrap(
        "kim@nowhere.example is no Google account. Ask for one, or let it: offboard share kim --let-google-mail"
    )
    assert ended[-1] == "offboard share kim --let-google-mail"
    amid = wrap("“Q1.pdf” changed after it was copied; type offboard run bloom --refresh and it is replaced by the new")
    assert any("offboard run bloom --refresh" in line for line in amid)
    assert max(map(len, ended + amid)) <= columns


def test_prose_about_offboard_is_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert wrap("this line is long; Google lets offboard not into it")[0].endswith("lets offboard")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Do it:  offboard run bloom.", "Do it:  offboard run bloom --home '/a b'."),
        ("offboard share bloom --let-google-mail", "offboard share bloom --let-google-mail --home '/a b'"),
        ("`offboard auth login` again", "`offboard auth login --home '/a b'` again"),
        ("start it: offboard sandbox --home /x", "start it: offboard sandbox --home /x"),
        ("Google lets offboard not into it", "Google lets offboard not into it"),
    ],
)
def test_commands_name_the_home_that_was_named(text: str, says: str) -> None:
    assert with_home(text, Path("/a b")) == says
    assert with_home(text, None) == text


def test_screens_and_errors_name_the_home_that_was_named(rehearsal: Rehearsal) -> None:
    assert f"offboard run bloom --home {rehearsal.home}" in rehearsal.offboard("plan", "bloom").stdout
    (rehearsal.home / "token.json").unlink()
    error = " ".join(rehearsal.offboard("plan", "bloom").stderr.split())
    assert f"offboard auth login --home {rehearsal.home}" in error or f"offboard setup --home {rehearsal.home}" in error


def test_a_link_stands_alone_and_whole_without_the_colon_behind_it() -> None:
    assert wrap(f"{LINK}: is not there", "  now  ", " " * 7) == [f"  now  {LINK}", "       is not there"]


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize(
    "command", [("status",), ("plan", "bloom"), ("plan", "bloom", "--mails"), ("run", "bloom", "--yes")]
)
def test_every_screen_fits_but_for_its_links(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = rehearsal.offboard(*command).stdout.splitlines()
    named = f" --home {rehearsal.home}"
    assert [line for line in lines if len(line.replace(named, "")) > columns and "https://" not in line] == []
