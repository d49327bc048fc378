"""Settings: where each value comes from, what cannot be used, and what writing one leaves alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from offboard.config import TIMEOUT, load_config, save_setting, spreadsheet_id, write_private
from offboard.errors import NotReadyError

ID = "1kQ7hT2mXv9LrB4wZcYpN8sEfGjUaD0oI"


def test_without_anything_everything_has_its_default(tmp_path: Path) -> None:
    config = load_config(tmp_path, {})
    assert (config.origin.value, config.tracker.value, config.timeout.value) == ("", "", TIMEOUT)
    assert {config.origin.source, config.tracker.source, config.timeout.source} == {"default"}
    assert config.credentials.parent == config.token.parent == tmp_path


def test_the_environment_wins_over_the_file_and_each_value_knows_where_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('tracker = "in-the-file"\norigin = "http://127.0.0.1:1/"\ntimeout = 5\n')
    config = load_config(tmp_path, {"OFFBOARD_TRACKER": ID})
    assert (config.tracker.value, config.tracker.source) == (ID, "OFFBOARD_TRACKER")
    assert (config.origin.value, config.origin.source) == ("http://127.0.0.1:1", str(path))
    assert (config.timeout.value, config.timeout.source) == (5.0, str(path))


def test_the_flag_wins_over_the_environments_home(tmp_path: Path) -> None:
    environ = {"OFFBOARD_HOME": str(tmp_path / "named")}
    assert load_config(None, environ).home == tmp_path / "named"
    assert load_config(tmp_path / "flag", environ).home == tmp_path / "flag"


@pytest.mark.parametrize(
    "pasted",
    [
        ID,
        f"  {ID}\n",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?usp=sharing",
    ],
)
def test_a_tracker_may_be_pasted_as_its_address(pasted: str) -> None:
    assert spreadsheet_id(pasted) == ID


def test_everything_wrong_with_the_file_is_listed_at_once_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\norgin = "x"\ntracker = 7\n\n[timeout]\nseconds = 1\n')
    with pytest.raises(NotReadyError) as raised:
        load_config(tmp_path, {})
    assert [problem.where for problem in raised.value.problems] == [f"{path}:2", f"{path}:3", f"{path}:5"]


@pytest.mark.parametrize("content", [b"origin = ", b"\xff\xfe", b'origin = "a"\norigin = "b"'])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(NotReadyError, match=r"config\.toml cannot be read"):
        load_config(tmp_path, {})


@pytest.mark.parametrize("origin", ["127.0.0.1:8787", "ftp://127.0.0.1", "http://example.org", "http://[", "http://"])
def test_a_sign_in_goes_to_no_address_where_others_could_read_it(tmp_path: Path, origin: str) -> None:
    with pytest.raises(NotReadyError, match="no address that a sign-in may be sent to"):
        load_config(tmp_path, {"OFFBOARD_ORIGIN": origin})


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8787", "http://localhost:1", "http://[::1]:1", "https://a.example"]
)
def test_loopback_and_https_are_addresses_for_a_sign_in(tmp_path: Path, origin: str) -> None:
    assert load_config(tmp_path, {"OFFBOARD_ORIGIN": origin}).origin.value == origin


def test_writing_one_setting_keeps_what_people_wrote(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# my tracker of 2025\ntracker = "old"  # do not lose\ntimeout = 30\n')
    save_setting(tmp_path, "tracker", ID)
    assert path.read_text() == f'# my tracker of 2025\ntracker = "{ID}"  # do not lose\ntimeout = 30\n'


def test_what_is_written_is_for_its_owner_only_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "home" / "token.json"
    write_private(path, "one")
    write_private(path, "two")
    assert path.read_text() == "two"
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]


def test_a_home_that_cannot_be_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotReadyError, match="cannot be read"):
        load_config(tmp_path / "file" / "home", {})
    with pytest.raises(NotReadyError, match="cannot be written"):
        save_setting(tmp_path / "file" / "home", "tracker", ID)
