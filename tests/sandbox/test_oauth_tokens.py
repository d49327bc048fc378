"""The token address: codes and refresh tokens, their proofs, their terms, their end."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
import requests

from offboard.sandbox.oauth.clients import CLIENT_ID, CLIENT_SECRET, set_testing
from offboard.sandbox.oauth.refresh import sign_in
from offboard.sandbox.server import Sandbox
from tests.sandbox.test_oauth_consent import BACK, COMPOSE, FILE, learned, page

VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def code(sandbox: Sandbox, **asked: str) -> dict[str, str]:
    """The form with which an app fetches what a person has just allowed."""
    fresh = learned(page(sandbox, code_challenge=CHALLENGE, code_challenge_method="S256", **asked).answer())["code"]
    form = {"grant_type": "authorization_code", "code": fresh, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return form | CLIENT


def fetch(sandbox: Sandbox, form: dict[str, str], **more: Any) -> Any:
    return requests.post(sandbox.origin + "/token", data=form, timeout=5, **more)


def refresh(sandbox: Sandbox, token: str, **more: str) -> Any:
    return fetch(sandbox, {"grant_type": "refresh_token", "refresh_token": token} | CLIENT | more)


def works(sandbox: Sandbox, token: str) -> bool:
    answer = requests.get(
        sandbox.origin + "/gmail/v1/users/me/profile", headers={"Authorization": f"Bearer {token}"}, timeout=5
    )
    return bool(answer.status_code == 200)


def test_a_code_becomes_tokens_for_what_was_allowed(sandbox: Sandbox) -> None:
    answer = fetch(sandbox, code(sandbox))
    given = answer.json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert set(given) == {"access_token", "expires_in", "refresh_token", "scope", "token_type"}
    assert (given["expires_in"], given["token_type"]) == (3599, "Bearer")
    assert set(given["scope"].split()) == {FILE, COMPOSE}
    assert works(sandbox, given["access_token"])
    again = refresh(sandbox, given["refresh_token"]).json()
    assert set(again) == {"access_token", "expires_in", "scope", "token_type"}
    assert works(sandbox, again["access_token"])


def test_an_app_that_works_only_while_the_person_is_there_gets_no_refresh_token(sandbox: Sandbox) -> None:
    assert "refresh_token" not in fetch(sandbox, code(sandbox, access_type="online")).json()


def test_the_proof_may_be_plain_or_absent_when_the_app_asked_so(sandbox: Sandbox) -> None:
    plain = learned(page(sandbox, code_challenge=VERIFIER).answer())["code"]
    assert fetch(sandbox, code(sandbox) | {"code": plain}).status_code == 200
    bare = learned(page(sandbox).answer())["code"]
    form = code(sandbox) | {"code": bare}
    del form["code_verifier"]
    assert fetch(sandbox, form).status_code == 200


def test_the_app_may_name_itself_by_basic_authorization(sandbox: Sandbox) -> None:
    form = {name: value for name, value in code(sandbox).items() if name not in CLIENT}
    assert fetch(sandbox, form, auth=(CLIENT_ID, "wrong")).json()["error"] == "invalid_client"
    assert fetch(sandbox, form, headers={"Authorization": "Basic !"}).status_code == 401
    assert fetch(sandbox, form, auth=(CLIENT_ID, CLIENT_SECRET)).status_code == 200


CODES: dict[str, tuple[dict[str, str], int, str, str]] = {
    "no grant": ({"grant_type": ""}, 400, "invalid_request", "Missing required parameter: grant_type"),
    "another grant": ({"grant_type": "password"}, 400, "unsupported_grant_type", "Invalid grant_type: password"),
    "no client": ({"client_id": ""}, 400, "invalid_request", "Could not determine client ID from request."),
    "an unknown client": ({"client_id": "x"}, 401, "invalid_client", "The OAuth client was not found."),
    "no secret": ({"client_secret": ""}, 400, "invalid_request", "client_secret is missing."),
    "a wrong secret": ({"client_secret": "é"}, 401, "invalid_client", "Unauthorized"),
    "no code": ({"code": ""}, 400, "invalid_request", "Missing required parameter: code"),
    "no code of ours": ({"code": "nonsense"}, 400, "invalid_grant", "Malformed auth code."),
    "an unknown code": ({"code": "4/0Anonsense"}, 400, "invalid_grant", "Bad Request"),
    "no redirect": ({"redirect_uri": ""}, 400, "invalid_request", "Missing required parameter: redirect_uri"),
    "another redirect": ({"redirect_uri": BACK + "x"}, 400, "redirect_uri_mismatch", "Bad Request"),
    "no proof": ({"code_verifier": ""}, 400, "invalid_grant", "Missing code verifier."),
    "a wrong proof": ({"code_verifier": "w" * 64}, 400, "invalid_grant", "Invalid code verifier."),
}


@pytest.mark.parametrize(("changes", "status", "error", "said"), CODES.values(), ids=CODES)
def test_a_request_for_tokens_that_is_wrong_is_refused_in_googles_words(
    sandbox: Sandbox, changes: dict[str, str], status: int, error: str, said: str
) -> None:
    form = code(sandbox)
    answer = fetch(sandbox, form | changes)
    assert (answer.status_code, answer.json()) == (status, {"error": error, "error_description": said})
    assert fetch(sandbox, form).status_code == 200  # and the code is not spoilt by it


def test_a_parameter_given_twice_is_refused(sandbox: Sandbox) -> None:
    answer = requests.post(sandbox.origin + "/token", data=[("code", "a"), ("code", "b")], timeout=5)
    assert answer.json()["error_description"] == "OAuth 2 parameters can only have a single value: code"


def test_a_code_works_once_and_for_ten_minutes(sandbox: Sandbox) -> None:
    form = code(sandbox)
    assert fetch(sandbox, form).status_code == 200
    assert fetch(sandbox, form).json() == {"error": "invalid_grant", "error_description": "Bad Request"}
    late = code(sandbox)
    sandbox.state.clock.advance(601)
    assert fetch(sandbox, late).json()["error"] == "invalid_grant"


def test_a_code_is_for_the_app_that_asked(sandbox: Sandbox) -> None:
    sandbox.state.db.execute("INSERT INTO clients VALUES ('other', 'secret', 'Other', 0)")
    other = {"client_id": "other", "client_secret": "secret"}
    assert fetch(sandbox, code(sandbox) | other).json()["error"] == "invalid_grant"
    mine = fetch(sandbox, code(sandbox)).json()["refresh_token"]
    answer = refresh(sandbox, mine, **other)
    assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized_client")


def test_a_refresh_token_that_is_over_says_so_in_googles_words(sandbox: Sandbox) -> None:
    answer = refresh(sandbox, "1//nonsense")
    said = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
    assert (answer.status_code, answer.json()) == (400, said)
    assert refresh(sandbox, "").json()["error"] == "invalid_request"


def test_a_refresh_may_ask_for_less_and_never_for_more(sandbox: Sandbox) -> None:
    _, token = sign_in(sandbox.state, "ana@sandbox.example", CLIENT_ID, [FILE, COMPOSE])
    assert refresh(sandbox, token, scope=COMPOSE).json()["scope"] == COMPOSE
    more = refresh(sandbox, token, scope=f"{FILE} https://mail.google.com/")
    assert (more.status_code, more.json()) == (400, {"error": "invalid_scope", "error_description": "Bad Request"})
    assert set(refresh(sandbox, token).json()["scope"].split()) == {FILE, COMPOSE}


def test_an_app_in_testing_loses_its_sign_in_after_seven_days_and_a_published_one_does_not(sandbox: Sandbox) -> None:
    set_testing(sandbox.state, CLIENT_ID, True)
    given = fetch(sandbox, code(sandbox)).json()
    assert given["refresh_token_expires_in"] == 604799
    set_testing(sandbox.state, CLIENT_ID, False)  # publishing does not mend a sign-in that was made before
    lasting = fetch(sandbox, code(sandbox)).json()["refresh_token"]
    sandbox.state.clock.advance(6.9 * 86400)
    assert refresh(sandbox, given["refresh_token"]).status_code == 200
    sandbox.state.clock.advance(0.2 * 86400)
    assert refresh(sandbox, given["refresh_token"]).json()["error"] == "invalid_grant"
    assert refresh(sandbox, lasting).status_code == 200


def revoke(sandbox: Sandbox, token: str) -> Any:
    return requests.post(sandbox.origin + "/revoke", params={"token": token}, timeout=5)


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_either_token_ends_the_sign_in_and_every_token_made_from_it(sandbox: Sandbox, which: str) -> None:
    given = fetch(sandbox, code(sandbox)).json()
    made = refresh(sandbox, given["refresh_token"]).json()["access_token"]
    other = fetch(sandbox, code(sandbox)).json()
    answer = revoke(sandbox, given[which])
    assert (answer.status_code, answer.json()) == (200, {})
    assert not works(sandbox, given["access_token"])
    assert not works(sandbox, made)
    assert refresh(sandbox, given["refresh_token"]).json()["error"] == "invalid_grant"
    assert works(sandbox, other["access_token"])
    assert revoke(sandbox, given[which]).status_code == 400


def test_revoking_nothing_is_refused(sandbox: Sandbox) -> None:
    answer = revoke(sandbox, "nonsense")
    said = {"error": "invalid_token", "error_description": "Token expired or revoked"}
    assert (answer.status_code, answer.json()) == (400, said)
    assert revoke(sandbox, "").json()["error"] == "invalid_request"
    form = requests.post(sandbox.origin + "/revoke", data={"token": "nonsense"}, timeout=5)
    assert form.json()["error"] == "invalid_token"


def test_a_home_can_be_signed_in_beforehand(sandbox: Sandbox) -> None:
    access, lasting = sign_in(sandbox.state, "ana@sandbox.example", CLIENT_ID, [COMPOSE])
    assert works(sandbox, access)
    assert works(sandbox, refresh(sandbox, lasting).json()["access_token"])
    with pytest.raises(LookupError):
        sign_in(sandbox.state, "ana@sandbox.example", "unknown", [COMPOSE])


def test_sign_ins_survive_a_reset(sandbox: Sandbox) -> None:
    access, lasting = sign_in(sandbox.state, "ana@sandbox.example", CLIENT_ID, [COMPOSE])
    requests.post(sandbox.origin + "/sandbox/reset", timeout=5)
    assert works(sandbox, access)
    assert refresh(sandbox, lasting).status_code == 200
