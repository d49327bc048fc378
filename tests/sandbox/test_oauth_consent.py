"""The consent page: what it checks before it asks, what it shows, and what the app learns."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from offboard.sandbox.oauth.clients import CLIENT_ID, set_testing
from offboard.sandbox.server import Sandbox
from tests.sandbox.browser import ConsentPage, open_page

FILE = "https://www.googleapis.com/auth/drive.file"
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
BACK = "http://127.0.0.1:4711/"
ASKED = {
    "client_id": CLIENT_ID,
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": f"{FILE} {COMPOSE}",
    "state": "näh & so",
    "access_type": "offline",
}


def address(sandbox: Sandbox, **changes: str | None) -> str:
    given = {name: value for name, value in (ASKED | changes).items() if value is not None}
    return f"{sandbox.origin}/o/oauth2/v2/auth?{urlencode(given)}"


def page(sandbox: Sandbox, **changes: str | None) -> ConsentPage:
    return open_page(address(sandbox, **changes))


def learned(answer: Any) -> dict[str, str]:
    """What the app reads in the address it was called back at."""
    assert answer.status_code == 303
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def test_it_asks_in_human_words_for_each_scope_and_offers_every_account(sandbox: Sandbox) -> None:
    shown = page(sandbox)
    assert "only the specific Google Drive files you use with this app" in shown.html
    assert "Manage drafts and send emails" in shown.html
    assert shown.scopes == [FILE, COMPOSE]
    assert shown.accounts[0] == "ana@sandbox.example"
    assert shown.checked == {"ana@sandbox.example", FILE, COMPOSE}
    assert "pretend Google" in shown.html  # nobody takes it for the real one


def test_the_hinted_account_is_chosen_beforehand(sandbox: Sandbox) -> None:
    assert "maya@bloom.example" in page(sandbox, login_hint="Maya@bloom.example").checked
    assert "ana@sandbox.example" in page(sandbox, login_hint="nobody@x.example").checked


def test_allowing_leads_back_to_the_app_with_a_code_its_state_and_the_scopes(sandbox: Sandbox) -> None:
    answer = page(sandbox).answer()
    assert answer.headers["Location"].startswith(BACK + "?")
    given = learned(answer)
    assert given["state"] == "näh & so"
    assert given["code"].startswith("4/")
    assert given["scope"].split() == [FILE, COMPOSE]


def test_an_unticked_scope_is_not_granted_and_none_at_all_is_a_refusal(sandbox: Sandbox) -> None:
    assert learned(page(sandbox).answer(scopes=[COMPOSE]))["scope"] == COMPOSE
    assert learned(page(sandbox).answer(scopes=[])) == {"error": "access_denied", "state": "näh & so"}
    slipped = learned(page(sandbox).answer(scopes=[FILE, "https://www.googleapis.com/auth/drive"]))
    assert slipped["scope"] == FILE  # what was not asked for cannot be granted


def test_cancelling_leads_back_with_access_denied(sandbox: Sandbox) -> None:
    assert learned(page(sandbox).answer("cancel")) == {"error": "access_denied", "state": "näh & so"}


def test_a_redirect_keeps_the_query_it_had(sandbox: Sandbox) -> None:
    answer = page(sandbox, redirect_uri="http://localhost:1/back?a=b").answer("cancel")
    assert learned(answer) == {"a": "b", "error": "access_denied", "state": "näh & so"}


def test_an_app_that_wants_no_page_is_told_that_one_is_needed(sandbox: Sandbox) -> None:
    answer = requests.get(address(sandbox, prompt="none"), allow_redirects=False, timeout=5)
    assert learned(answer)["error"] == "interaction_required"


REFUSED: dict[str, tuple[dict[str, str | None], str]] = {
    "no client": ({"client_id": None}, "Missing required parameter: client_id"),
    "an unknown client": ({"client_id": "x"}, "The OAuth client was not found."),
    "no redirect": ({"redirect_uri": None}, "Missing required parameter: redirect_uri"),
    "another machine": ({"redirect_uri": "http://evil.example/"}, "redirect_uri_mismatch"),
    "a name that looks like ours": ({"redirect_uri": "http://localhost.evil.example/"}, "redirect_uri_mismatch"),
    "a user in the address": ({"redirect_uri": "http://localhost@evil.example/"}, "redirect_uri_mismatch"),
    "another scheme": ({"redirect_uri": "javascript://localhost/%0aalert(1)"}, "redirect_uri_mismatch"),
    "https": ({"redirect_uri": "https://localhost/"}, "redirect_uri_mismatch"),
    "a line end": ({"redirect_uri": "http://localhost/\r\nSet-Cookie: a=b"}, "redirect_uri_mismatch"),
    "no address": ({"redirect_uri": "http://[::1"}, "redirect_uri_mismatch"),
    "a fragment": ({"redirect_uri": "http://localhost/#x"}, "redirect_uri_mismatch"),
    "no kind of answer": ({"response_type": None}, "Missing required parameter: response_type"),
    "another kind of answer": ({"response_type": "token"}, "unsupported_response_type"),
    "no scope": ({"scope": None}, "Missing required parameter: scope"),
    "blank scopes": ({"scope": "  "}, "invalid_scope"),
    "an unknown scope": ({"scope": f"{FILE} drive.everything"}, "drive.everything"),
    "an unknown way of proof": ({"code_challenge": "x" * 43, "code_challenge_method": "S512"}, "code_challenge_method"),
    "a proof that is too short": ({"code_challenge": "x", "code_challenge_method": "S256"}, "code_challenge"),
    "a way of proof without any": ({"code_challenge_method": "S256"}, "Missing required parameter: code_challenge"),
    "another access": ({"access_type": "forever"}, "access_type"),
}


@pytest.mark.parametrize(("changes", "said"), REFUSED.values(), ids=REFUSED)
def test_a_request_that_is_wrong_gets_a_page_and_never_a_redirect(
    sandbox: Sandbox, changes: dict[str, str | None], said: str
) -> None:
    answer = requests.get(address(sandbox, **changes), allow_redirects=False, timeout=5)
    assert answer.status_code in (400, 401)
    assert answer.headers["content-type"].startswith("text/html")
    assert said in answer.text


@pytest.mark.parametrize(
    "back", ["http://localhost", "http://127.0.0.1:1/a/b", "http://[::1]:80/", "http://LOCALHOST:9"]
)
def test_a_desktop_app_is_answered_on_this_machine_at_any_port_and_path(sandbox: Sandbox, back: str) -> None:
    assert page(sandbox, redirect_uri=back).answer().headers["Location"].startswith(back + "?")


def test_a_page_can_be_answered_once_and_only_by_whoever_saw_it(sandbox: Sandbox) -> None:
    shown = page(sandbox)
    assert shown.answer().status_code == 303
    assert shown.answer().status_code == 400
    forged = page(sandbox)
    forged.hidden["token"] = "guessed"
    assert forged.answer().status_code == 400
    forged.hidden.clear()
    assert forged.answer().status_code == 400
    late = page(sandbox)
    sandbox.state.clock.advance(3601)
    assert late.answer().status_code == 400


def test_an_account_that_is_none_cannot_allow_anything(sandbox: Sandbox) -> None:
    assert page(sandbox).answer(account="nobody@x.example").status_code == 400


def test_the_page_cannot_be_framed_kept_or_made_to_run_a_script(sandbox: Sandbox) -> None:
    answer = requests.get(address(sandbox, state='"><script>alert(1)</script>'), timeout=5)
    assert "<script" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    refused = requests.get(address(sandbox, response_type="<script>alert(1)</script>"), timeout=5)
    assert "<script" not in refused.text


def test_the_older_address_of_the_page_works_as_well(sandbox: Sandbox) -> None:
    assert open_page(address(sandbox).replace("/v2/", "/")).answer().status_code == 303


def test_an_app_in_testing_says_so(sandbox: Sandbox) -> None:
    assert "seven days" not in page(sandbox).html
    set_testing(sandbox.state, CLIENT_ID, True)
    assert "seven days" in page(sandbox).html
