"""`offboard cron`: the job is shown before it is there, is there once, and goes away again."""

from __future__ import annotations

import json
import os
import plistlib
import shlex
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from offboard.commands import group

Cron = Callable[..., Result]
KINDS = ("crontab", "systemd", "launchd", "windows")
# stands in for a program of the system: writes down what it was told, keeps what a crontab keeps, knows its tasks
SYSTEM = """#!{python} -S
import json, pathlib, sys
here = pathlib.Path({here!r})
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
kept = here / "kept"
name = pathlib.Path(sys.argv[0]).name
if name == "crontab" and sys.argv[1] == "-l":
    sys.exit("no crontab for ana") if not kept.exists() else print(kept.read_text(), end="")
elif name == "crontab":
    kept.write_text(sys.stdin.read())
elif name == "schtasks" and sys.argv[1] == "/Create":
    kept.write_text(sys.argv[sys.argv.index("/TR") + 1])
elif name == "schtasks" and sys.argv[1] == "/Delete":
    kept.unlink()
elif name == "schtasks":
    sys.exit(0 if kept.exists() and not print("found") else "no such task")
"""


@pytest.fixture
def cron(tmp_path: Path) -> Cron:
    """Type `offboard cron` on a computer whose schedulers only write down what they are told."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("crontab", "systemctl", "launchctl", "schtasks"):
        path = programs / name
        path.write_text(SYSTEM.format(python=sys.executable, here=str(tmp_path)))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "token.json").touch(mode=0o600)
    env = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path), "XDG_CONFIG_HOME": None}

    def type_it(*words: str, home: str = "home") -> Result:
        typed = ["cron", *words, "--home", str(tmp_path / home)]
        return CliRunner(env=env).invoke(group, typed, catch_exceptions=False)

    return type_it


def kept(tmp_path: Path) -> str:
    path = tmp_path / "kept"
    return path.read_text() if path.exists() else ""


def calls(tmp_path: Path) -> list[list[str]]:
    path = tmp_path / "calls"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def files(tmp_path: Path) -> list[str]:
    found = (*(tmp_path / ".config").rglob("*"), *(tmp_path / "Library").rglob("*"))
    return sorted(path.name for path in found if path.is_file())


@pytest.mark.parametrize("kind", KINDS)
def test_looking_changes_nothing_and_shows_what_would_be_written(cron: Cron, tmp_path: Path, kind: str) -> None:
    done = cron("--kind", kind)
    assert done.exit_code == 0
    assert "invoices" in done.stdout
    assert "--quiet" in done.stdout
    assert "Set it up:  offboard cron --install" in done.stdout
    assert (kept(tmp_path), calls(tmp_path), files(tmp_path)) == ("", [], [])


@pytest.mark.parametrize("kind", KINDS)
def test_installed_twice_it_is_there_once_and_removed_it_is_gone(cron: Cron, tmp_path: Path, kind: str) -> None:
    for _ in range(2):
        done = cron("--kind", kind, "--install", "--yes")
        assert done.exit_code == 0, done.stderr
        assert "On working days at 07:30" in done.stdout
    there = kept(tmp_path) + "".join(files(tmp_path))
    assert there.count("offboard-") == {"crontab": 1, "systemd": 2, "launchd": 1, "windows": 0}[kind]
    assert kept(tmp_path).count("invoices --quiet") == (kind in ("crontab", "windows"))
    assert "Taken away" in cron("--kind", kind, "--remove").stdout
    assert (kept(tmp_path), files(tmp_path)) == ("", [])
    assert "There was no such job." in cron("--kind", kind, "--remove").stdout


def test_a_crontabs_other_lines_stay_as_they_are(cron: Cron, tmp_path: Path) -> None:
    others = "MAILTO=ana@ruiz.example\n# backups\n0 3 * * *  backup --all\n"
    (tmp_path / "kept").write_text(others)
    cron("--kind", "crontab", "--install", "--yes")
    cron("--kind", "crontab", "--install", "--yes", "--at", "06:05", "--every-day")
    lines = kept(tmp_path).splitlines()
    assert lines[:3] == others.splitlines()
    assert [line[:9] for line in lines[3:]] == ["# offboar", "5 6 * * *"]
    cron("--kind", "crontab", "--remove")
    assert kept(tmp_path) == others


def test_two_homes_have_a_job_each(cron: Cron, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "token.json").touch(mode=0o600)
    cron("--kind", "crontab", "--install", "--yes")
    cron("--kind", "crontab", "--install", "--yes", home="other")
    assert kept(tmp_path).count("invoices --quiet") == 2
    cron("--kind", "crontab", "--remove")
    assert "/other" in kept(tmp_path)
    assert kept(tmp_path).count("invoices --quiet") == 1


@pytest.mark.parametrize("home", ["a home with blanks", "100% Ana's", 'say "hi" \\ $HOME'])
def test_the_line_means_this_very_home_to_a_shell(cron: Cron, tmp_path: Path, home: str) -> None:
    line = json.loads(cron("--kind", "crontab", "--json", home=home).stdout)["writes"][0]["text"].splitlines()[1]
    words = shlex.split(line.replace(r"\%", "%"))
    assert "%" not in line.replace(r"\%", "")
    assert words[5:] == [words[5], "invoices", "--quiet", "--no-input", "--home", str(tmp_path / home)]


@pytest.mark.parametrize("words", [(), ("--every-day",)])
def test_a_macs_agent_is_a_property_list_with_every_day_in_it(cron: Cron, words: Sequence[str]) -> None:
    text = json.loads(cron("--kind", "launchd", "--at", "18:05", "--json", *words).stdout)["writes"][0]["text"]
    agent = plistlib.loads(text.encode())
    assert agent["ProgramArguments"][1:4] == ["invoices", "--quiet", "--no-input"]
    expected = [1, 2, 3, 4, 5, 6, 0] if words else [1, 2, 3, 4, 5]
    assert [(day["Weekday"], day["Hour"], day["Minute"]) for day in agent["StartCalendarInterval"]] == [
        (day, 18, 5) for day in expected
    ]


def test_a_timer_catches_up_after_sleep(cron: Cron, tmp_path: Path) -> None:
    cron("--kind", "systemd", "--install", "--yes")
    timer = next((tmp_path / ".config").rglob("*.timer")).read_text()
    assert "OnCalendar=Mon,Tue,Wed,Thu,Fri 07:30" in timer
    assert "Persistent=true" in timer
    assert calls(tmp_path)[-1][:3] == ["--user", "enable", "--now"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--at", "7.30pm"), 2, "“7.30pm” is no time of day. Write it like 07:30."),
        (("--install", "--remove"), 2, "--install and --remove are opposites."),
        (("--install",), 2, "There is nobody to ask here. Nothing was changed."),
    ],
)
def test_what_cannot_be_meant_is_said(cron: Cron, tmp_path: Path, words: Sequence[str], code: int, says: str) -> None:
    done = cron("--kind", "crontab", *words)
    assert done.exit_code == code
    assert says in " ".join(done.stderr.split())
    assert kept(tmp_path) == ""


def test_without_a_sign_in_no_job_is_made(cron: Cron, tmp_path: Path) -> None:
    (tmp_path / "home" / "token.json").unlink()
    done = cron("--kind", "crontab", "--install", "--yes")
    assert done.exit_code == 3
    assert "First: offboard setup" in " ".join(done.stderr.split())
    assert kept(tmp_path) == ""


def test_a_system_without_the_program_is_told_of_the_others(cron: Cron, tmp_path: Path) -> None:
    (tmp_path / "programs" / "schtasks").unlink()
    done = cron("--kind", "windows", "--install", "--yes")
    assert done.exit_code == 1
    assert "This computer has no program “schtasks”. Nothing was changed." in done.stderr
