"""The witness itself: it must see what Google would never answer, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from offboard.sandbox.gateway import Request, Response
from tests.discovery import list_problems

DRAFT = "/gmail/v1/users/me/drafts/r1"
FILE = "/drive/v3/files/abc"
BOOK = "/v4/spreadsheets/abc"


def problems(path: str, answer: Any, status: int = 200, *, http: str = "GET", sent: Any = None, query: str = "") -> str:
    request = Request(http, path, query, {}, b"" if sent is None else json.dumps(sent).encode())
    content = b"" if answer is None else json.dumps(answer).encode()
    return " | ".join(list_problems(request, Response(status, content, {"Content-Type": "application/json"})))


def error(code: int = 404, **more: Any) -> dict[str, Any]:
    entry = {"domain": "global", "reason": "notFound", "message": "No"}
    given = {"code": code, "message": "No", "errors": [entry], "status": "NOT_FOUND"} | more
    return {"error": {name: value for name, value in given.items() if value is not None}}


RIGHT = {
    "a draft": (DRAFT, {"id": "r1", "message": {"id": "1", "historyId": "12", "sizeEstimate": 3}}),
    "a file": (FILE, {"kind": "drive#file", "id": "abc", "name": "n", "mimeType": "text/plain"}),
    "a cell": (
        BOOK,
        {"sheets": [{"data": [{"rowData": [{"values": [{"userEnteredValue": {}}]}]}]}]},
    ),
}
WRONG = {
    "a number for an int64": (DRAFT, {"message": {"historyId": 12}}, "historyId: 12 is no uint64"),
    "an unknown field": (DRAFT, {"message": {"subject": "hi"}}, "unknown field subject"),
    "null": (DRAFT, {"message": None}, "null"),
    "standard base64": (DRAFT, {"message": {"raw": "+/+/"}}, "no byte"),
    "a list for an object": (DRAFT, {"message": []}, "no object"),
    "text for a list": (DRAFT, {"message": {"labelIds": "DRAFT"}}, "no array"),
    "true for a number": (DRAFT, {"message": {"sizeEstimate": True}}, "no int32"),
    "a date of another form": (FILE, {"kind": "k", "id": "i", "createdTime": "2026-01-01"}, "no date-time"),
    "a word not in the enum": (BOOK, {"sheets": [{"properties": {"sheetType": "PAGE"}}]}, "no string of"),
    "fields that nobody asked for": (FILE, {"kind": "k", "id": "i", "size": "3"}, "never ['size']"),
    "no id": (FILE, {"kind": "k"}, "answers kind and id"),
}


@pytest.mark.parametrize(("path", "answer"), RIGHT.values(), ids=RIGHT)
def test_it_lets_pass_what_google_answers(path: str, answer: Any) -> None:
    assert problems(path, answer) == ""


@pytest.mark.parametrize(("path", "answer", "said"), WRONG.values(), ids=WRONG)
def test_it_sees_what_google_never_answers(path: str, answer: Any, said: str) -> None:
    assert said in problems(path, answer)


def test_it_knows_each_apis_shape_of_an_error() -> None:
    assert problems(DRAFT, error(), 404) == ""
    assert problems(FILE, error(status=None), 404) == ""
    assert problems(BOOK, error(errors=None), 404) == ""
    assert "status" in problems(DRAFT, error(status=None), 404)
    assert "errors" in problems(FILE, error(errors=None), 404)
    assert "errors" in problems(BOOK, error(), 404)
    assert "status" in problems(DRAFT, error(status="PERMISSION_DENIED"), 404)
    assert "errors[]" in problems(DRAFT, error(errors=[{"domain": "global", "reason": None, "message": "No"}]), 404)
    assert "says 404" in problems(DRAFT, error(), 403)
    assert "not even the shape" in problems(DRAFT, {"message": "No"}, 404)
    assert "not even the shape" in problems(DRAFT, {"error": "No"}, 404)
    assert "broke" in problems(DRAFT, error(), 500)


def test_it_holds_an_answer_against_the_fields_that_were_asked_for() -> None:
    listed = {"files": [{"id": "a", "owners": [{"emailAddress": "x"}]}]}
    assert problems("/drive/v3/files", listed, query="fields=files(id,owners/emailAddress),nextPageToken") == ""
    assert ".files.id was answered" in problems("/drive/v3/files", listed, query="fields=files/owners")
    assert "kind and id" in problems("/drive/v3/files", {"files": [{"name": "n"}]})


def test_it_sees_a_request_that_google_would_have_refused() -> None:
    assert "unknown parameter draft" in problems(DRAFT, {}, query="draft=1")
    assert "format=html was accepted" in problems(DRAFT, {}, query="format=html")
    assert "pageSize=many was accepted" in problems("/drive/v3/files", {}, query="pageSize=many")
    assert "unknown field raw" in problems("/gmail/v1/users/me/drafts", {}, http="POST", sent={"raw": "eA=="})
    assert problems("/gmail/v1/users/me/drafts", {}, http="POST", sent={"message": {"thread_id": None}}) == ""
    assert problems("/drive/v3/files", {"kind": "k", "id": "i"}, http="POST", sent={"nome": "x"}) == ""


def test_it_sees_an_answer_where_no_document_has_an_address_and_a_body_where_there_is_none() -> None:
    assert "no document" in problems("/drive/v3/filez", {})
    assert problems(DRAFT, None, 204, http="DELETE") == ""
    assert "nothing is answered" in problems(DRAFT, {}, 200, http="DELETE")
    assert "a token answer" in problems("/token", {"access_token": "x"}, http="POST")
