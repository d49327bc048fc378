"""The sign-in within the program: shown an address, renewed by one for all, never shown to a stranger."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from offboard.commands.rehearsal import write_home
from offboard.config import Config, load_config
from offboard.errors import SignedOutError
from offboard.sandbox.server import Sandbox
from offboard.workspace.auth import SCOPES, find_sign_in, load_credentials, sign_in
from offboard.workspace.drive import Drive
from offboard.workspace.google import Google, Patience
from tests.sandbox.browser import Browser, ConsentPage
from tests.workspace.conftest import end_access_tokens


@pytest.fixture
def config(sandbox: Sandbox, tmp_path: Path) -> Config:
    """A home with credentials, and nobody signed in."""
    write_home(tmp_path, sandbox)
    (tmp_path / "token.json").unlink()
    return load_config(tmp_path, {})


def person(decide: Callable[[ConsentPage], object] = lambda page: page.answer()) -> Callable[[str], object]:
    """Somebody who opens the address that is shown, and answers the page."""
    return Browser(decide).open


def test_whoever_opens_the_shown_address_and_allows_everything_is_signed_in(config: Config) -> None:
    found = sign_in(config, open_browser=False, show=person())
    assert set(found.granted) == set(SCOPES)
    assert load_credentials(config).valid
    stored = find_sign_in(config)
    assert stored is not None
    assert stored.missing == ()


def test_a_wrong_secret_is_not_called_a_no_of_the_person(config: Config) -> None:
    found = json.loads(config.credentials.read_text())
    found["installed"]["client_secret"] = "another"
    config.credentials.write_text(json.dumps(found))
    with pytest.raises(SignedOutError, match="Google says"):
        sign_in(config, open_browser=False, show=person())
    assert find_sign_in(config) is None


def test_an_old_sign_in_survives_a_new_one_that_was_not_allowed(config: Config) -> None:
    sign_in(config, open_browser=False, show=person())
    before = config.token.read_text()
    with pytest.raises(SignedOutError, match="said no"):
        sign_in(config, open_browser=False, show=person(lambda page: page.answer("cancel")))
    assert config.token.read_text() == before


def test_threads_that_find_the_token_ended_at_once_renew_it_together(sandbox: Sandbox, config: Config) -> None:
    sign_in(config, open_browser=False, show=person())
    drive = Drive(Google(load_credentials(config), sandbox.origin, patience=Patience(600, sleep=lambda _: None)))
    end_access_tokens(sandbox)
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: drive.get_person()[1], range(16)))
    assert names == ["ana@sandbox.example"] * 16
    assert load_credentials(config).valid


def test_googles_own_sign_in_is_shown_to_no_other_address(config: Config) -> None:
    sign_in(config, open_browser=False, show=person())
    stored = json.loads(config.token.read_text())
    config.token.write_text(json.dumps(stored | {"token_uri": "https://oauth2.googleapis.com/token"}))
    with pytest.raises(SignedOutError, match="not shown to"):
        load_credentials(config)


def test_a_sign_in_from_before_a_permission_was_needed_names_it(config: Config) -> None:
    sign_in(config, open_browser=False, show=person())
    stored = json.loads(config.token.read_text())
    config.token.write_text(json.dumps(stored | {"scopes": stored["scopes"][:2]}))
    with pytest.raises(SignedOutError, match="write drafts in your Gmail"):
        load_credentials(config)
