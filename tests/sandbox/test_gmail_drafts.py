"""Drafts: a stable id, a message that changes with every edit, and Gmail's own refusals."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.letters import DRAFTS, body, draft, encode, headers, letter, read


def test_a_drafts_id_stays_and_its_message_id_changes_with_every_edit(ana: Caller) -> None:
    written = draft(ana, letter("One"))
    assert re.fullmatch(r"r-?\d+", written["id"])
    assert written["message"] == {
        "id": written["message"]["id"],
        "threadId": written["message"]["id"],
        "labelIds": ["DRAFT"],
    }
    first = read(ana, written["id"])
    again = ana.call("PUT", f"{DRAFTS}/{written['id']}", json=body(letter("Two"))).json()
    second = read(ana, written["id"])
    assert again["id"] == written["id"]
    assert again["message"]["id"] == second["id"] != first["id"]
    assert int(second["historyId"]) > int(first["historyId"])
    assert headers(second)["Subject"] == "Two"
    assert headers(second)["Message-ID"] != headers(first)["Message-ID"]
    assert ana.call("GET", f"/gmail/v1/users/me/messages/{first['id']}").status_code == 404
    assert len(ana.call("GET", DRAFTS).json()["drafts"]) == 1


def test_gmail_gives_every_draft_its_own_message_id_a_date_and_a_sender(sandbox: Sandbox, ana: Caller) -> None:
    shell = draft(ana, letter("offboard: being prepared", Message_ID="<mine@x>", X_Offboard_Key="bloom/notice"))
    given = headers(read(ana, shell["id"]))
    assert given["Message-ID"].endswith("@mail.gmail.com>")
    assert given["From"] == "Ana Ruiz <ana@sandbox.example>"
    assert str(sandbox.state.clock.now().year) in given["Date"]
    assert given["X-Offboard-Key"] == "bloom/notice"
    dated = draft(ana, letter(Date="Mon, 01 Jan 2024 00:00:00 +0000", From="ana@sandbox.example"))
    assert headers(read(ana, dated["id"]))["Date"] == "Mon, 01 Jan 2024 00:00:00 +0000"
    assert headers(read(ana, dated["id"]))["From"] == "ana@sandbox.example"
    foreign = draft(ana, letter(From="Maya <maya@bloom.example>"))
    assert headers(read(ana, foreign["id"]))["From"] == "Ana Ruiz <ana@sandbox.example>"


def test_every_other_byte_of_a_mail_stays_as_it_was_sent(ana: Caller) -> None:
    sent = b"X-Long: a\r\n\tb\r\nX-Long: c\r\nSubject: =?utf-8?q?S=C3=B6hne?=\r\n\r\nb\xc3\xb6dy\r\n\r\nend"
    written = draft(ana, sent)
    raw = read(ana, written["id"], "raw")["raw"]
    assert base64.urlsafe_b64decode(raw).endswith(sent)


@pytest.mark.parametrize("text", ["", "=", "=="])
def test_base64_is_taken_with_and_without_padding_in_both_alphabets(ana: Caller, text: str) -> None:
    raw = encode(b"Subject: \xc3\xbf?>" + b"x" * len(text)).rstrip("=")
    for given in (raw, raw + "=" * (-len(raw) % 4), raw.replace("-", "+").replace("_", "/")):
        assert ana.call("POST", DRAFTS, json={"message": {"raw": given}}).status_code == 200


REFUSED: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "Missing draft message"),
    "an id alone": ({"id": "r1"}, "Missing draft message"),
    "no raw": ({"message": {}}, "'raw' RFC822 payload message string or uploading message via /upload/* URL required"),
    "an empty raw": ({"message": {"raw": ""}}, "'raw' RFC822 payload"),
    "no base64": ({"message": {"raw": "a b"}}, "Invalid value at 'draft.message.raw' (TYPE_BYTES), Base64 decoding"),
    "a piece of base64": ({"message": {"raw": "abcde"}}, 'Base64 decoding failed for "abcde"'),
    "an unknown name": ({"message": {"subject": "x"}}, "Unknown name \"subject\" at 'draft.message'"),
    "raw in the wrong place": ({"raw": "eA=="}, "Unknown name \"raw\" at 'draft'"),
    "a message that is none": ({"message": "eA=="}, "Invalid value at 'draft.message'"),
    "raw that is no text": ({"message": {"raw": 7}}, "Invalid value at 'draft.message.raw'"),
    "a bad address": (body(b"To: human@f\r\n\r\n"), "Invalid To header"),
    "a name for an address": (body(b"Cc: Maya\r\n\r\n"), "Invalid Cc header"),
    "two addresses without a comma": (body(b"To: a@b.de c@d.de\r\n\r\n"), "Invalid To header"),
    "two ats": (body(b"Bcc: maya@@bloom.example\r\n\r\n"), "Invalid Bcc header"),
}


@pytest.mark.parametrize(("sent", "said"), REFUSED.values(), ids=REFUSED)
def test_a_draft_that_gmail_would_refuse_is_refused_in_its_words(ana: Caller, sent: Any, said: str) -> None:
    kept = draft(ana, letter())
    for answer in (ana.call("POST", DRAFTS, json=sent), ana.call("PUT", f"{DRAFTS}/{kept['id']}", json=sent)):
        assert answer.status_code == 400
        assert said in answer.json()["error"]["message"]
        assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert read(ana, kept["id"])["id"] == kept["message"]["id"]  # a refused edit leaves the draft as it was


@pytest.mark.parametrize(
    "to",
    [
        "",
        "maya@bloom.example",
        "Maya Brandt <maya@bloom.example>, leo@corvo.example",
        '"Brandt, Maya" <maya@bloom.example>',
        "=?utf-8?q?J=C3=BCrgen?= <j@x.example>",
        "undisclosed-recipients:;",
        "j\u00fcrgen@b\u00fccher.example",
    ],
)
def test_a_draft_may_be_for_anybody_who_can_be_written_to_or_for_nobody_yet(ana: Caller, to: str) -> None:
    draft(ana, f"To: {to}\r\nSubject: x\r\n\r\n".encode())


def test_a_missing_draft_is_404_in_gmails_words(ana: Caller, maya: Caller) -> None:
    hers = draft(maya, letter())["id"]
    for http, path, sent in (
        ("GET", f"{DRAFTS}/r404", None),
        ("GET", f"{DRAFTS}/{hers}", None),
        ("PUT", f"{DRAFTS}/r404", body(letter())),
        ("DELETE", f"{DRAFTS}/{hers}", None),
        ("POST", f"{DRAFTS}/send", {"id": "r404"}),
        ("POST", f"{DRAFTS}/send", {}),
    ):
        error = ana.call(http, path, json=sent).json()["error"]
        entry = {"message": "Requested entity was not found.", "domain": "global", "reason": "notFound"}
        assert error == {
            "code": 404,
            "message": "Requested entity was not found.",
            "errors": [entry],
            "status": "NOT_FOUND",
        }, (http, path)


def test_a_deleted_draft_is_gone_and_not_in_the_trash(ana: Caller) -> None:
    written = draft(ana, letter())
    answer = ana.call("DELETE", f"{DRAFTS}/{written['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert ana.call("DELETE", f"{DRAFTS}/{written['id']}").status_code == 404
    assert ana.call("GET", DRAFTS, includeSpamTrash=True).json() == {"resultSizeEstimate": 0}


def test_drafts_are_listed_newest_first_and_in_pages(ana: Caller) -> None:
    written = [draft(ana, letter(f"Number {number}")) for number in range(5)]
    edited = ana.call("PUT", f"{DRAFTS}/{written[1]['id']}", json=body(letter("Edited"))).json()
    expected = [edited["id"], *(written[number]["id"] for number in (4, 3, 2, 0))]
    seen, token = [], ""
    for _ in range(3):
        page = ana.call("GET", DRAFTS, maxResults=2, pageToken=token).json()
        assert page["resultSizeEstimate"] == 5
        assert all(set(entry) == {"id", "message"} for entry in page["drafts"])
        assert all(set(entry["message"]) == {"id", "threadId"} for entry in page["drafts"])
        seen += [entry["id"] for entry in page["drafts"]]
        token = page.get("nextPageToken", "")
    assert (seen, token) == (expected, "")
    assert ana.call("GET", DRAFTS, pageToken="next").status_code == 400


def test_pages_do_not_shift_when_a_draft_is_added_between_them(ana: Caller) -> None:
    written = [draft(ana, letter())["id"] for _ in range(4)]
    token = ana.call("GET", DRAFTS, maxResults=2).json()["nextPageToken"]
    draft(ana, letter())
    page = ana.call("GET", DRAFTS, maxResults=2, pageToken=token).json()
    assert [entry["id"] for entry in page["drafts"]] == [written[1], written[0]]


def test_a_draft_joins_the_thread_that_it_names(ana: Caller) -> None:
    first = draft(ana, letter())["message"]
    second = draft(ana, letter(), threadId=first["threadId"])
    assert second["message"]["threadId"] == first["threadId"]
    own = second["message"]["threadId"]
    sent = body(letter(), threadId=own)
    assert ana.call("PUT", f"{DRAFTS}/{second['id']}", json=sent).json()["message"]["threadId"] == own
    loose = ana.call("PUT", f"{DRAFTS}/{second['id']}", json=body(letter())).json()["message"]
    assert loose["threadId"] == loose["id"]
    assert ana.call("POST", DRAFTS, json=body(letter(), threadId="1234")).status_code == 404


def test_a_mailbox_is_its_owners_alone(ana: Caller) -> None:
    assert ana.call("GET", "/gmail/v1/users/Ana@Sandbox.example/drafts").status_code == 200
    for path in ("drafts", "profile", "messages"):
        error = ana.call("GET", f"/gmail/v1/users/maya@bloom.example/{path}").json()["error"]
        assert (error["code"], error["message"]) == (403, "Delegation denied for ana@sandbox.example")


def test_a_mail_above_35_megabytes_is_refused(ana: Caller) -> None:
    upload, kind = "/upload" + DRAFTS, {"Content-Type": "message/rfc822"}
    head = b"Subject: big\r\n\r\n"
    most = head + b"x" * (36_700_160 - len(head))
    assert ana.call("POST", upload, data=most + b"x", headers=kind, uploadType="media").status_code == 413
    assert ana.call("POST", upload, data=most, headers=kind, uploadType="media").status_code == 200


def test_an_upload_that_is_no_mail_is_refused(ana: Caller) -> None:
    for kind, content in (("text/html", b"<p>"), ("message/rfc822", b"")):
        answer = ana.call("POST", "/upload" + DRAFTS, data=content, headers={"Content-Type": kind}, uploadType="media")
        assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_the_scope_for_writing_mail_covers_drafts_and_sending_but_no_reading(app: Callable[..., Caller]) -> None:
    compose, read_only = app("ana@sandbox.example", "gmail.compose"), app("ana@sandbox.example", "gmail.readonly")
    written = draft(compose, letter(To="maya@bloom.example"))
    assert read_only.call("GET", f"{DRAFTS}/{written['id']}").status_code == 200
    assert read_only.call("PUT", f"{DRAFTS}/{written['id']}", json=body(letter())).status_code == 403
    assert read_only.call("POST", f"{DRAFTS}/send", json={"id": written["id"]}).status_code == 403
    assert compose.call("POST", f"{DRAFTS}/send", json={"id": written["id"]}).status_code == 200
    assert compose.call("GET", "/gmail/v1/users/me/messages").status_code == 403
    assert compose.call("GET", "/gmail/v1/users/me/profile").status_code == 200
