"""Batches: several requests in one, as Google's own client sends them."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.http import BatchHttpRequest

from offboard.sandbox.server import Sandbox
from offboard.sandbox.uploads import split_parts
from tests.sandbox.caller import Caller

PROFILE = "GET /gmail/v1/users/me/profile HTTP/1.1\r\n\r\n"


def post(caller: Caller, *requests: str, path: str = "/batch/gmail/v1", headers: Any = None) -> Any:
    parts = "".join(
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <n+{n}>\r\n\r\n{request}\r\n"
        for n, request in enumerate(requests)
    )
    given = {"Content-Type": "multipart/mixed; boundary=b"} | (headers or {})
    return caller.call("POST", path, data=(parts + "--b--\r\n").encode(), headers=given)


def read(answer: Any) -> list[tuple[str, int]]:
    """The content id and the status of each inner answer."""
    parts = split_parts(answer.content, answer.headers["Content-Type"], "multipart/mixed")
    return [(part.headers["content-id"], int(part.content.split()[1])) for part in parts]


def test_googles_own_client_gets_each_answer_to_its_question(sandbox: Sandbox, gmail: Any) -> None:
    answers: dict[str, Any] = {}
    batch = BatchHttpRequest(
        callback=lambda name, answer, error: answers.update({name: answer or error.status_code}),
        batch_uri=sandbox.origin + "/batch/gmail/v1",
    )
    batch.add(gmail.getProfile(userId="me", fields="emailAddress"), request_id="mine")
    batch.add(gmail.drafts().create(userId="me", body={"message": {"raw": "U3ViamVjdDogw7wNCg0K"}}), request_id="draft")
    batch.add(gmail.getProfile(userId="maya@bloom.example"), request_id="hers")
    batch.execute()
    assert answers["mine"] == {"emailAddress": "ana@sandbox.example"}
    assert answers["draft"]["message"]["labelIds"] == ["DRAFT"]
    assert answers["hers"] == 403


def test_each_part_is_answered_by_itself_and_in_its_order(ana: Caller) -> None:
    unsigned = "GET /gmail/v1/users/me/profile HTTP/1.1\r\nAuthorization: Bearer x\r\n\r\n"
    wrong = ["nonsense", "", "GET http://[ HTTP/1.1", "GET /nowhere HTTP/1.1", "POST /batch/gmail/v1 HTTP/1.1\r\n\r\n"]
    answer = post(ana, PROFILE, unsigned, *wrong, PROFILE)
    assert answer.status_code == 200
    assert [status for _, status in read(answer)] == [200, 401, 400, 400, 400, 404, 404, 200]
    assert [name for name, _ in read(answer)] == [f"<response-n+{n}>" for n in range(8)]


@pytest.mark.parametrize("path", ["/batch", "/batch/drive/v3", "/batch/gmail/v1"])
def test_every_api_has_its_address_for_batches(ana: Caller, path: str) -> None:
    assert [status for _, status in read(post(ana, PROFILE, path=path))] == [200]


def test_a_batch_that_is_none_or_too_large_is_400(ana: Caller) -> None:
    assert post(ana, *[PROFILE] * 100).status_code == 200
    assert post(ana, *[PROFILE] * 101).status_code == 400
    assert post(ana).status_code == 400
    assert post(ana, PROFILE, headers={"Content-Type": "application/json"}).status_code == 400
    assert ana.call("GET", "/batch/gmail/v1").status_code == 404
    assert ana.call("POST", "/batch/sheets/v4").status_code == 404


def test_a_batch_is_one_request_in_the_list(sandbox: Sandbox, ana: Caller) -> None:
    post(ana, PROFILE, PROFILE)
    assert sandbox.requests == [{"method": "POST", "path": "/batch/gmail/v1", "status": 200}]
