"""Mails and pages that once broke the sandbox or kept it busy for ever."""

from __future__ import annotations

from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import DOCUMENT, upload
from tests.sandbox.letters import DRAFTS, body


def test_groups_in_groups_are_no_recipients(ana: Caller) -> None:
    answer = ana.call("POST", DRAFTS, json=body(b"To: " + b"a:" * 50_000 + b"\r\n\r\nhi"))
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Invalid To header")


def test_a_page_of_nothing_but_opening_brackets_becomes_a_doc(ana: Caller) -> None:
    answer = upload(ana, {"name": "d", "mimeType": DOCUMENT}, b"<" * 300_000, "text/html")
    assert answer.status_code == 200
