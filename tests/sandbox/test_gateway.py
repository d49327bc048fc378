"""The way of every request: found, signed in, allowed, read, answered, masked; and refused as Google refuses."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from offboard.sandbox.call import ANSWERED, Answer, Call, Room
from offboard.sandbox.server import Sandbox
from tests.discovery import Witness
from tests.sandbox.caller import Caller

DRAFTS = "/gmail/v1/users/me/drafts"
PROFILE = "/gmail/v1/users/me/profile"


def test_a_method_of_google_that_the_sandbox_does_not_answer_is_501_with_its_name(ana: Caller) -> None:
    answer = ana.call("GET", "/gmail/v1/users/me/settings/vacation")
    assert answer.status_code == 501
    assert answer.json()["error"]["message"] == "The sandbox does not answer gmail.users.settings.getVacation."
    assert answer.json()["error"]["status"] == "UNIMPLEMENTED"


def test_an_address_that_google_does_not_have_is_404_in_html(ana: Caller) -> None:
    for path in ("/gmail/v1/users/me/draft", "/drive/v4/files", "//", "/gmail/v1/users/me/drafts/"):
        answer = ana.call("GET", path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=UTF-8"), path


def test_a_request_without_a_token_is_401_and_says_what_is_required(sandbox: Sandbox) -> None:
    answer = requests.get(sandbox.origin + PROFILE, timeout=5)
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (401, "UNAUTHENTICATED")
    assert error["message"].startswith("Request is missing required authentication credential. Expected OAuth 2")
    assert error["errors"] == [
        {
            "message": "Login Required.",
            "domain": "global",
            "reason": "required",
            "location": "Authorization",
            "locationType": "header",
        }
    ]


@pytest.mark.parametrize("given", ["Bearer nonsense", "bearer  nonsense ", "Bearer ünsinn"])
def test_a_token_that_was_never_issued_is_401_invalid(sandbox: Sandbox, given: str) -> None:
    answer = requests.get(sandbox.origin + PROFILE, headers={"Authorization": given.encode()}, timeout=5)
    assert answer.status_code == 401
    assert answer.json()["error"]["errors"][0]["reason"] == "authError"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("given", ["Basic YTpi", "Bearer", "Bearer   ", ""])
def test_anything_but_a_bearer_token_counts_as_none(sandbox: Sandbox, given: str) -> None:
    answer = requests.get(sandbox.origin + PROFILE, headers={"Authorization": given}, timeout=5)
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (401, "required")


def test_a_token_lives_an_hour(sandbox: Sandbox, ana: Caller) -> None:
    sandbox.state.clock.advance(3590)
    assert ana.call("GET", PROFILE).status_code == 200
    sandbox.state.clock.advance(10)
    assert ana.call("GET", PROFILE).status_code == 401


def test_an_app_gets_only_what_its_scopes_allow(app: Callable[..., Caller]) -> None:
    compose = app("ana@sandbox.example", "gmail.compose")
    assert compose.call("GET", DRAFTS).status_code == 200
    error = compose.call("GET", "/gmail/v1/users/me/messages").json()["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert error["message"] == "Request had insufficient authentication scopes."
    assert error["errors"][0] == {
        "message": "Insufficient Permission",
        "domain": "global",
        "reason": "insufficientPermissions",
    }
    drive = compose.call("GET", "/drive/v3/about", fields="user").json()["error"]
    assert drive["message"] == "Insufficient Permission: Request had insufficient authentication scopes."
    assert "status" not in drive


def test_fields_keeps_what_is_named_and_nothing_else(ana: Caller) -> None:
    assert set(ana.call("GET", PROFILE, fields="emailAddress,historyId").json()) == {"emailAddress", "historyId"}
    assert set(ana.call("GET", PROFILE, fields=" emailAddress , messagesTotal ").json()) == {
        "emailAddress",
        "messagesTotal",
    }
    assert len(ana.call("GET", PROFILE, fields="*").json()) == 4


@pytest.mark.parametrize(
    "fields",
    ["email", "emailAddress(", "emailAddress)", ",", "a,,b", "emailAddress/x", "(", "é", "a/" * 400, "a(" * 4000],
)
def test_fields_that_the_answer_does_not_have_are_refused(ana: Caller, fields: str) -> None:
    answer = ana.call("GET", PROFILE, fields=fields)
    assert answer.status_code == 400
    assert "Cannot find matching fields" in answer.json()["error"]["details"][0]["fieldViolations"][0]["description"]


def test_drive_names_the_field_it_does_not_know(ana: Caller) -> None:
    error = ana.call("GET", "/drive/v3/about", fields="user(nome)").json()["error"]
    assert error["message"] == "Invalid field selection nome"
    assert error["errors"][0]["location"] == "fields"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"colour": "red"}, 'Unknown name "colour": Cannot bind query parameter.'),
        ({"maxResults": "many"}, "Invalid value at 'maxResults' (TYPE_UINT32), \"many\""),
        ({"maxResults": "-1"}, "Invalid value at 'maxResults'"),
        ({"maxResults": "99999999999999999999"}, "Invalid value at 'maxResults'"),
        ({"maxResults": "١"}, "Invalid value at 'maxResults'"),
        ({"includeSpamTrash": "perhaps"}, "TYPE_BOOL"),
        ({"maxResults": ["1", "2"]}, "Proto field is not repeating, cannot start list."),
        ({"userId": "maya@bloom.example"}, "Proto field is not repeating"),
    ],
)
def test_a_parameter_of_the_wrong_kind_is_refused(ana: Caller, query: dict[str, str], said: str) -> None:
    answer = ana.call("GET", DRAFTS, **query)
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]


def test_a_path_may_be_percent_encoded(ana: Caller) -> None:
    assert ana.call("GET", "/gmail/v1/users/ana%40sandbox.example/profile").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'"x"',
        b"1",
        b"null",
        b'{"message": NaN}',
        b'{"message": 1e999}',
        b'{"message": 1' + b"0" * 400 + b"}",
        b'{"message": "\\ud800"}',
        b"\xff\xfe{",
        b"[" * 20_000,
    ],
)
def test_a_body_that_is_no_json_object_is_400(ana: Caller, content: bytes) -> None:
    answer = ana.call("POST", DRAFTS, data=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_a_body_deeper_than_googles_parser_goes_is_400(ana: Caller) -> None:
    for opening, closing in (('{"message": ', "}"), ('{"message": {"payload": {"parts": [', "]}}}"), ('{"a": [', "]}")):
        for depth in (99, 400, 3000):
            content = opening * depth + "{}" + closing * depth
            answer = ana.call("POST", DRAFTS, data=content, headers={"Content-Type": "application/json"})
            assert answer.status_code == 400, (opening, depth)


def test_only_loopback_names_are_answered(sandbox: Sandbox) -> None:
    for host, status in (("127.0.0.1", 401), (f"localhost:{sandbox.port}", 401), ("evil.example", 403), ("", 403)):
        answer = requests.get(sandbox.origin + PROFILE, headers={"Host": host}, timeout=5)
        assert answer.status_code == status, host


def test_requests_are_listed_in_their_order_and_a_reset_empties_the_workspace(sandbox: Sandbox, ana: Caller) -> None:
    ana.call("GET", PROFILE, fields="historyId")
    ana.call("POST", DRAFTS, json={"message": {"raw": "U3ViamVjdDogSGkNCg0KSGk="}})
    ana.call("GET", "/nowhere")
    listed = requests.get(sandbox.origin + "/sandbox/requests", timeout=5).json()
    assert listed == {
        "requests": [
            {"method": "GET", "path": PROFILE, "status": 200},
            {"method": "POST", "path": DRAFTS, "status": 200},
            {"method": "GET", "path": "/nowhere", "status": 404},
        ]
    }
    assert requests.post(sandbox.origin + "/sandbox/reset", timeout=5).json() == {}
    assert requests.get(sandbox.origin + "/sandbox/requests", timeout=5).json() == {"requests": []}
    assert ana.call("GET", DRAFTS).json() == {"resultSizeEstimate": 0}  # and ana is still signed in


def test_a_page_from_elsewhere_cannot_work_the_sandbox(sandbox: Sandbox) -> None:
    for path in ("/sandbox/reset", "/sandbox/token"):
        answer = requests.post(sandbox.origin + path, headers={"Origin": "https://evil.example"}, timeout=5)
        assert answer.status_code == 403


def test_a_control_request_that_cannot_be_read_is_400(sandbox: Sandbox) -> None:
    for content in (b"{", b"[]", b'{"email": 7}', b'{"email": "nobody"}'):
        assert requests.post(sandbox.origin + "/sandbox/token", data=content, timeout=5).status_code == 400
    assert requests.get(sandbox.origin + "/sandbox/elsewhere", timeout=5).status_code == 404


def test_a_room_that_breaks_answers_500_as_google_does_writes_nothing_and_is_seen(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(call: Call) -> Answer:
        call.state.db.execute("DELETE FROM accounts")
        raise LookupError("a bug")

    monkeypatch.setitem(ANSWERED, "gmail.users.labels.get", Room(broken, ""))
    witness = Witness()
    with Sandbox(witness=witness) as sandbox:
        token = requests.post(sandbox.origin + "/sandbox/token", timeout=5).json()["access_token"]
        with Caller(sandbox.origin, token) as ana:
            answer = ana.call("GET", "/gmail/v1/users/me/labels/INBOX")
            assert (answer.status_code, answer.json()["error"]["status"]) == (500, "INTERNAL")
        assert sandbox.state.db.execute("SELECT count(*) FROM accounts").fetchone()[0] > 0
    assert len(witness.violations) == 1
    assert "LookupError: a bug" in capfd.readouterr().err


def test_the_state_lives_in_one_file_and_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with Sandbox(path) as sandbox:
        token = requests.post(sandbox.origin + "/sandbox/token", timeout=5).json()["access_token"]
        Caller(sandbox.origin, token).call("POST", DRAFTS, json={"message": {"raw": "U3ViamVjdDogSGkNCg0KSGk="}})
    with Sandbox(path) as sandbox:
        assert len(Caller(sandbox.origin, token).call("GET", DRAFTS).json()["drafts"]) == 1


def test_a_request_that_breaks_off_harms_nothing(sandbox: Sandbox, ana: Caller) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=5)
    connection.putrequest("POST", DRAFTS)
    connection.putheader("Content-Length", "100")
    connection.endheaders(b"{")
    connection.close()
    assert ana.call("GET", PROFILE).status_code == 200
