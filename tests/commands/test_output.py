"""What reaches the terminal: never a sign that steers it, never a person's thinking time in the program's own."""

from __future__ import annotations

import time

import pytest

from offboard.commands.output import Invocation
from offboard.commands.plain import without_steering
from offboard.config import load_config


@pytest.fixture
def invocation(tmp_path_factory: pytest.TempPathFactory) -> Invocation:
    return Invocation(load_config(tmp_path_factory.mktemp("home"), {}))


def test_a_files_name_cannot_steer_the_terminal(invocation: Invocation, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "a\x1b[2J\x1b]8;;http://evil.example\x07b\x9b31m\r\x08c.pdf"
    invocation.print_lines([f"  copied “{evil}”"])
    invocation.say(evil)
    shown = capsys.readouterr()
    assert "\x1b" not in shown.out + shown.err
    assert shown.out == "  copied “a[2J]8;;http://evil.examplebMARKc.pdf”\n".replace("MARK", "31m")


def test_lines_and_letters_of_any_language_stay() -> None:
    assert without_steering("Söhne “ö”\n日本 é") == "Söhne “ö”\n日本 é"


def test_the_clock_stands_still_while_a_person_thinks(invocation: Invocation) -> None:
    began, before = time.monotonic(), invocation.clock()
    with invocation.clock.standing():
        thinking = time.monotonic() + 0.05
        while time.monotonic() < thinking:
            pass
    worked = invocation.clock() - before
    assert worked <= time.monotonic() - began - 0.05
