"""Sign-in through the consent page, as a person does it; and everything that can be wrong with it."""

from __future__ import annotations

import json
import os
import pty
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from offboard.commands import group
from offboard.commands.output import Invocation
from offboard.commands.rehearsal import write_home
from offboard.commands.session import open_connection
from offboard.config import load_config
from offboard.sandbox.oauth.clients import CLIENT_ID, set_testing
from offboard.sandbox.oauth.refresh import revoke
from offboard.sandbox.server import Sandbox
from offboard.tracker.init import TITLE, TRACKER_MARK
from tests.sandbox.browser import ConsentPage, open_page

READONLY = "https://www.googleapis.com/auth/drive.readonly"
EVENTS = "https://www.googleapis.com/auth/calendar.events"


@pytest.fixture
def home(sandbox: Sandbox, tmp_path: Path) -> Path:
    """A home signed in to the sandbox."""
    folder = tmp_path / "home"
    write_home(folder, sandbox)
    return folder


def offboard(home: Path, *words: str) -> Result:
    return CliRunner().invoke(group, [*words, "--home", str(home)], catch_exceptions=False)


def log_in(home: Path, answer: Callable[[ConsentPage], Any], *words: str) -> tuple[int, str, str]:
    """`auth login --no-browser` in a process of its own, somebody opening the address that it prints."""
    code = "from offboard.commands import main; main()"
    command = [sys.executable, "-u", "-c", code, "auth", "login", "--no-browser", *words, "--home", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    shown = ""
    while not (found := re.search(r"(http://\S+/o/oauth2\S+)\n", shown)):
        line = process.stdout.readline()
        assert line, process.communicate()
        shown += line
    answer(open_page(found[1]))
    out, err = process.communicate(timeout=30)
    return process.returncode, shown + out, err


def visit(response: Any) -> None:
    """Follow the redirect back to the program."""
    import requests

    requests.get(response.headers["Location"], timeout=10)


def test_a_person_signs_in_and_every_command_works(home: Path) -> None:
    (home / "token.json").unlink()
    code, out, err = log_in(home, lambda page: visit(page.answer(account="ana@sandbox.example")))
    assert code == 0, err
    assert "Signed in as ana@sandbox.example" in out
    token = home / "token.json"
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert "ana@sandbox.example" in offboard(home, "auth", "status").output


def test_an_unticked_permission_is_named_and_nothing_is_kept(home: Path) -> None:
    (home / "token.json").unlink()

    def untick(page: ConsentPage) -> None:
        visit(page.answer(scopes=[scope for scope in page.scopes if scope != READONLY]))

    code, _, err = log_in(home, untick)
    assert code == 3
    assert "see your Drive files" in " ".join(err.split())
    assert not (home / "token.json").exists()


def test_the_calendar_is_asked_for_only_where_it_is_wished_and_kept_from_then_on(home: Path) -> None:
    calendar = "put your calls into your Google calendar"
    assert calendar not in offboard(home, "auth", "status").output
    assert "offboard auth login --calendar" in offboard(home, "auth", "status").output
    asked: list[list[str]] = []

    def allow(page: ConsentPage) -> None:
        asked.append(page.scopes)
        visit(page.answer(account="ana@sandbox.example"))

    for words in ([], ["--calendar"], []):
        code, _, err = log_in(home, allow, *words)
        assert code == 0, err
    assert [EVENTS in scopes for scopes in asked] == [False, True, True]
    assert calendar in offboard(home, "auth", "status").output


def test_a_calendar_that_was_wished_and_left_unticked_is_named_and_the_old_sign_in_stays(home: Path) -> None:
    before = (home / "token.json").read_text()

    def untick(page: ConsentPage) -> None:
        visit(page.answer(scopes=[scope for scope in page.scopes if scope != EVENTS]))

    code, _, err = log_in(home, untick, "--calendar")
    assert code == 3
    assert "put your calls into your Google calendar" in " ".join(err.split())
    assert (home / "token.json").read_text() == before


def test_a_person_who_cancels_is_told_that_nobody_is_signed_in(home: Path) -> None:
    (home / "token.json").unlink()
    code, _, err = log_in(home, lambda page: visit(page.answer("cancel")))
    assert (code, "not signed in" in err) == (3, True), err


def test_a_revoked_sign_in_says_what_to_type(sandbox: Sandbox, home: Path) -> None:
    with sandbox.state.transaction():
        revoke(sandbox.state, json.loads((home / "token.json").read_text())["refresh_token"])
    result = offboard(home, "auth", "status")
    assert result.exit_code == 3
    assert "offboard auth login" in result.stderr


def test_at_a_terminal_an_ended_sign_in_is_renewed_and_the_command_goes_on(sandbox: Sandbox, home: Path) -> None:
    offboard(home, "init")
    with sandbox.state.transaction():
        revoke(sandbox.state, json.loads((home / "token.json").read_text())["refresh_token"])
    terminal, stdin = pty.openpty()
    command = [sys.executable, "-u", "-c", "from offboard.commands import main; main()", "next", "--home", str(home)]
    env = os.environ | {"BROWSER": "true"}  # a browser that opens nothing: the test is the person in it
    process = subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    )
    assert process.stdout is not None
    os.write(terminal, b"y\n")
    shown = ""
    while not (found := re.search(r"(http://\S+/o/oauth2\S+)\n", shown)):
        line = process.stdout.readline()
        assert line, shown
        shown += line
    visit(open_page(found[1]).answer(account="ana@sandbox.example"))
    shown += process.communicate(timeout=30)[0]
    os.close(terminal)
    assert process.returncode == 0, shown
    assert "Sign in again now? [Y/n]" in shown
    assert "Nobody is leaving." in shown


def test_the_seven_days_of_an_app_in_testing_end_with_the_way_out(sandbox: Sandbox, home: Path) -> None:
    with sandbox.state.transaction():
        set_testing(sandbox.state, CLIENT_ID, testing=True)
    write_home(home, sandbox)
    stored = json.loads((home / "token.json").read_text())
    (home / "token.json").write_text(json.dumps(stored | {"expiry": "2020-01-01T00:00:00"}))
    assert offboard(home, "auth", "status").exit_code == 0, "it is renewed while it lasts"
    (home / "token.json").write_text(json.dumps(stored | {"expiry": "2020-01-01T00:00:00"}))
    sandbox.state.clock.advance(8 * 24 * 3600)
    result = offboard(home, "status")
    assert result.exit_code == 3
    assert "7 days" in result.stderr
    assert "offboard auth login" in result.stderr


def test_a_program_learns_which_home_tracker_and_google_are_meant(sandbox: Sandbox, home: Path) -> None:
    first = json.loads(offboard(home, "auth", "status", "--json").stdout)
    assert (first["home"], first["tracker"], first["origin"]) == (str(home), None, sandbox.origin)
    made = json.loads(offboard(home, "init", "--json").stdout)["tracker"]
    assert json.loads(offboard(home, "auth", "status", "--json").stdout)["tracker"] == made


def test_a_renewed_token_is_kept(home: Path) -> None:
    stored = json.loads((home / "token.json").read_text())
    (home / "token.json").write_text(json.dumps(stored | {"expiry": "2020-01-01T00:00:00"}))
    assert offboard(home, "auth", "status").exit_code == 0
    renewed = json.loads((home / "token.json").read_text())
    assert renewed["token"] != stored["token"]
    assert renewed["refresh_token"] == stored["refresh_token"]


def test_logging_out_ends_the_sign_in_at_google_too(home: Path) -> None:
    stored = (home / "token.json").read_text()
    assert offboard(home, "auth", "logout").exit_code == 0
    assert offboard(home, "auth", "status").exit_code == 3
    (home / "token.json").write_text(stored)
    (home / "token.json").chmod(0o600)
    assert offboard(home, "auth", "status").exit_code == 3


def break_mode(home: Path) -> None:
    (home / "token.json").chmod(0o644)


def break_with(name: str, content: str) -> Callable[[Path], None]:
    def apply(home: Path) -> None:
        (home / name).write_text(content)
        if name == "credentials.json":
            (home / "token.json").unlink()

    return apply


@pytest.mark.parametrize(
    ("damage", "command", "says"),
    [
        (break_mode, "status", "Others on this computer can read your sign-in"),
        (break_with("token.json", "{"), "status", "The sign-in cannot be read"),
        (break_with("token.json", "[]"), "status", "The sign-in cannot be read"),
        (break_with("credentials.json", "nonsense"), "login", "is no JSON file"),
        (break_with("credentials.json", '{"web": {}}'), "login", "web application"),
        (break_with("credentials.json", '{"type": "service_account"}'), "login", "service account"),
        (break_with("credentials.json", '{"installed": {}}'), "login", "no credentials file"),
        (lambda home: (home / "credentials.json").unlink(), "login", "There are no credentials yet"),
        (break_with("config.toml", "origin = "), "status", "config.toml cannot be read"),
        (break_with("config.toml", 'orgin = "x"\ntimeout = "soon"'), "status", "“orgin” is no setting"),
    ],
)
def test_what_is_wrong_with_a_home_is_said_with_the_way_out(
    home: Path, damage: Callable[[Path], object], command: str, says: str
) -> None:
    damage(home)
    result = offboard(home, "auth", command)
    assert result.exit_code == 3
    assert says in " ".join(result.stderr.split())


def test_a_sandbox_that_is_not_running_is_named_with_the_command_that_starts_it(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        write_home(tmp_path / "home", sandbox)
    result = offboard(tmp_path / "home", "auth", "status")
    assert result.exit_code == 3
    assert "is not running" in result.stderr
    assert "offboard sandbox --home" in " ".join(result.stderr.split())


def test_init_makes_one_tracker_however_often_it_is_typed(sandbox: Sandbox, home: Path) -> None:
    first = json.loads(offboard(home, "init", "--json").stdout)
    again = json.loads(offboard(home, "init", "--json").stdout)
    (home / "config.toml").write_text(f'origin = "{sandbox.origin}"\n')
    forgotten = json.loads(offboard(home, "init", "--json").stdout)
    assert first["tracker"] == again["tracker"] == forgotten["tracker"]
    assert (first["made"], again["made"], forgotten["made"]) == (True, False, False)
    assert json.loads(offboard(home, "init", "--fresh", "--json").stdout)["tracker"] != first["tracker"]


@pytest.mark.parametrize("words", [["--locale", "xx_YY_zz"], ["--timezone", "Mars/Olympus"]])
def test_init_refuses_places_that_do_not_exist(home: Path, words: list[str]) -> None:
    assert offboard(home, "init", *words).exit_code == 2


def test_setup_goes_on_where_it_stopped(home: Path) -> None:
    result = offboard(home, "setup", "--no-input")
    assert result.exit_code == 0, result.stderr
    assert "tracker made" in result.output
    assert "tracker found" in offboard(home, "setup", "--no-input").output


def test_init_finishes_a_tracker_that_was_killed_before_it_was_laid_out(home: Path) -> None:
    born = open_connection(Invocation(load_config(home, {}))).drive.make_spreadsheet(TITLE, TRACKER_MARK)
    finished = json.loads(offboard(home, "init", "--json").stdout)
    assert finished["tracker"] == born
    assert json.loads(offboard(home, "status", "--json").stdout)["clients"] == []
    assert json.loads(offboard(home, "init", "--json").stdout)["made"] is False
