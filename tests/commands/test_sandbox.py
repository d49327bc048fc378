"""What `offboard sandbox` must never do to a home, and what it does after an accident."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from offboard.commands.rehearsal import STATE, UNFINISHED, seed_once, start_home
from offboard.config import load_config, save_setting
from offboard.errors import UsageError

REAL = '{"token": "ya29.real", "token_uri": "https://oauth2.googleapis.com/token"}'


@pytest.mark.parametrize("name", ["token.json", "credentials.json"])
def test_a_real_home_is_never_turned_into_a_rehearsal(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(REAL)
    with pytest.raises(UsageError, match="belongs to your real Google account"), start_home(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == REAL


def test_its_own_home_is_known_again(tmp_path: Path) -> None:
    with start_home(tmp_path) as server:
        origin = server.origin
    with start_home(tmp_path) as server:
        assert server.origin == origin == load_config(tmp_path, {}).origin.value


def test_a_seeding_that_was_cut_short_begins_anew(tmp_path: Path) -> None:
    with start_home(tmp_path) as server:
        seed_once(server, tmp_path)
        assert not (tmp_path / UNFINISHED).exists()
        whole = server.state.db.execute("SELECT count(*) FROM files").fetchone()[0]
        (tmp_path / UNFINISHED).touch()
    with start_home(tmp_path) as server:
        seed_once(server, tmp_path)
        assert server.state.db.execute("SELECT count(*) FROM files").fetchone()[0] == whole
    assert (tmp_path / STATE).exists()


def test_it_opens_the_desk_in_the_persons_browser(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    browser.chmod(0o700)
    command = [sys.executable, "-u", "-c", "from offboard.commands import main; main()", "sandbox", "--empty", "--open"]
    process = subprocess.Popen(
        [*command, "--home", str(tmp_path / "home")],
        env=os.environ | {"BROWSER": str(browser)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    origin = process.stdout.readline().removeprefix("ready: ").strip()
    assert process.stdout.readline().startswith("export OFFBOARD_HOME=")
    process.terminate()
    assert process.wait(20) == 0
    assert opened.read_text().strip() == origin


def test_a_rehearsals_home_may_have_settings_of_ones_own(tmp_path: Path) -> None:
    save_setting(tmp_path, "tracker", "mine")
    with start_home(tmp_path, 0) as server:
        config = load_config(tmp_path, {})
    assert (config.tracker.value, config.origin.value) == ("mine", server.origin)
