"""Uploads: simple, multipart/related and resumable, each byte as it was sent."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.http import MediaIoBaseUpload

from offboard.sandbox.server import Sandbox
from offboard.sandbox.uploads import split_parts
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import SPREADSHEET, make, make_folder, refused, share

UPLOAD = "/upload/gmail/v1/users/me/drafts"
MAIL = b"X-Size: big\r\n\r\n" + bytes(range(32, 127)) * 8192  # three chunks


def content_of(ana: Caller, draft: dict[str, Any]) -> bytes:
    """The bytes of a draft."""
    raw = ana.call("GET", f"/gmail/v1/users/me/drafts/{draft['id']}", format="raw").json()["message"]["raw"]
    return base64.urlsafe_b64decode(raw)


def media(content: bytes, *, resumable: bool = False) -> MediaIoBaseUpload:
    return MediaIoBaseUpload(io.BytesIO(content), "message/rfc822", chunksize=256 * 1024, resumable=resumable)


@pytest.mark.parametrize("resumable", [False, True], ids=["multipart", "resumable"])
def test_googles_own_client_uploads_a_mail_with_its_metadata(gmail: Any, ana: Caller, resumable: bool) -> None:
    body = {"message": {}}
    draft = gmail.drafts().create(userId="me", body=body, media_body=media(MAIL, resumable=resumable)).execute()
    assert content_of(ana, draft).endswith(MAIL)


def test_an_upload_may_be_the_bare_media(ana: Caller) -> None:
    answer = ana.call("POST", UPLOAD, data=MAIL, headers={"Content-Type": "message/rfc822"}, uploadType="media")
    assert content_of(ana, answer.json()).endswith(MAIL)


def begin(ana: Caller, **headers: str) -> str:
    """The address of a resumable upload, just begun."""
    given = {"X-Upload-Content-Type": "message/rfc822"} | headers
    answer = ana.call("POST", UPLOAD, json={}, headers=given, uploadType="resumable")
    assert (answer.status_code, answer.content) == (200, b"")
    return str(answer.headers["Location"]).removeprefix(ana.origin)


def put(ana: Caller, address: str, content: bytes, span: str) -> Any:
    return ana.call("PUT", address, data=content, headers={"Content-Range": f"bytes {span}"})


def test_a_resumable_upload_says_how_far_it_is_and_goes_on_from_there(ana: Caller) -> None:
    address, chunk, size = begin(ana), 256 * 1024, len(MAIL)
    assert put(ana, address, b"", f"*/{size}").status_code == 308
    first = put(ana, address, MAIL[:chunk], f"0-{chunk - 1}/{size}")
    assert (first.status_code, first.headers["Range"]) == (308, f"bytes=0-{chunk - 1}")
    assert put(ana, address, b"", f"*/{size}").headers["Range"] == f"bytes=0-{chunk - 1}"
    whole = put(ana, address, MAIL[chunk:], f"{chunk}-{size - 1}/{size}")
    assert whole.status_code == 200
    assert content_of(ana, whole.json()).endswith(MAIL)


def test_the_answer_to_the_last_chunk_can_be_asked_for_again_and_makes_nothing_twice(ana: Caller) -> None:
    address, size = begin(ana), len(MAIL)
    whole = put(ana, address, MAIL, f"0-{size - 1}/{size}")
    assert put(ana, address, b"", f"*/{size}").json() == whole.json()
    assert put(ana, address, MAIL, f"0-{size - 1}/{size}").json() == whole.json()
    assert len(ana.call("GET", "/gmail/v1/users/me/drafts").json()["drafts"]) == 1


@pytest.mark.parametrize(
    ("content", "span"),
    [
        (b"abc", "0-2/9"),  # only the last chunk may be short
        (b"abc", "5-7/8"),  # a gap before it
        (b"abc", "0-5/6"),  # more announced than sent
        (b"abc", "2-0/3"),
        (b"abc", "0-2/2"),
        (b"abc", "0-x/3"),
        (b"abc", "0-2"),
        (b"", "*/99999999999999999999999"),
    ],
)
def test_a_chunk_that_does_not_fit_is_refused(ana: Caller, content: bytes, span: str) -> None:
    assert put(ana, begin(ana), content, span).status_code == 400


def test_an_upload_of_somewhere_else_is_404(ana: Caller) -> None:
    assert put(ana, UPLOAD + "?uploadType=resumable&upload_id=nonsense", b"a", "0-0/1").status_code == 404
    address = begin(ana).replace("/drafts", "/messages/send")
    assert put(ana, address, b"a", "0-0/1").status_code == 404


def test_an_upload_can_be_gone_on_with_for_a_week(sandbox: Sandbox, person: Callable[[str], Caller]) -> None:
    address, week = begin(person("ana@sandbox.example")), 7 * 24 * 60 * 60
    sandbox.state.clock.advance(week - 60)
    assert put(person("ana@sandbox.example"), address, b"", "*/9").status_code == 308
    sandbox.state.clock.advance(61)
    assert put(person("ana@sandbox.example"), address, b"", "*/9").status_code == 404


@pytest.mark.parametrize("length", ["many", "-1", "²", "9" * 30])
def test_an_announced_length_that_is_no_number_is_refused(ana: Caller, length: str) -> None:
    given = {"X-Upload-Content-Length": length.encode("latin-1")}
    assert ana.call("POST", UPLOAD, json={}, headers=given, uploadType="resumable").status_code == 400


BODY = b"--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n--b--"
MALFORMED = {
    "no boundary": ("multipart/related", BODY),
    "another boundary": ("multipart/related; boundary=c", BODY),
    "another kind": ("multipart/mixed; boundary=b", BODY),
    "no multipart": ("application/json", b"{}"),
    "one part": ("multipart/related; boundary=b", b"--b\r\n\r\n{}\r\n--b--"),
    "not closed": ("multipart/related; boundary=b", BODY[:-2]),
    "nothing": ("multipart/related; boundary=b", b""),
    "no json": ("multipart/related; boundary=b", BODY.replace(b"{}", b"{")),
}


@pytest.mark.parametrize(("kind", "content"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_multipart_body_is_400(ana: Caller, kind: str, content: bytes) -> None:
    answer = ana.call("POST", UPLOAD, data=content, headers={"Content-Type": kind}, uploadType="multipart")
    assert answer.status_code == 400


def test_an_upload_of_an_unknown_kind_is_400(ana: Caller) -> None:
    assert ana.call("POST", UPLOAD, data=b"x", uploadType="carrier-pigeon").status_code == 400


@pytest.mark.parametrize("content", [b"", b"\r\n", b"--", b"\r\n--bc\r\n", b"a\rb\nc\x00\xff", b"\r\n\r\n--b"])
def test_a_part_keeps_its_bytes_whatever_they_are(content: bytes) -> None:
    body = b"preamble\r\n--b\r\nX: 1\r\n\r\n" + content.replace(b"--b", b"--") + b"\r\n--b\r\n\r\n\r\n--b--\r\nepilogue"
    parts = split_parts(body, 'multipart/mixed; boundary="b"', "multipart/mixed")
    assert [part.content for part in parts] == [content.replace(b"--b", b"--"), b""]


class TestBegin:
    """What Google would refuse anyway it refuses before the bytes are sent, and nothing is made until they are."""

    FILES = "/upload/drive/v3/files"

    def test_where_nothing_may_be_put_nothing_is_begun(self, ana: Caller, maya: Caller) -> None:
        folder = make_folder(ana)
        file_id, query = make(ana, content=b"x", parents=[folder]), {"uploadType": "resumable"}
        assert maya.call("POST", self.FILES, json={"parents": [folder]}, **query).status_code == 404
        share(ana, folder, "maya@bloom.example")
        assert refused(maya.call("POST", self.FILES, json={"parents": [folder]}, **query))[0] == 403
        assert refused(maya.call("PATCH", f"{self.FILES}/{file_id}", json={}, **query))[0] == 403

    def test_an_id_in_use_is_refused_and_a_fresh_one_is_used_once_only(self, ana: Caller) -> None:
        ids = ana.call("GET", "/drive/v3/files/generateIds", count=1).json()["ids"]
        query = {"uploadType": "resumable"}
        begun = ana.call("POST", self.FILES, json={"id": ids[0], "name": "a"}, **query)
        assert ana.call("GET", "/drive/v3/files").json()["files"] == []
        made = put(ana, begun.headers["Location"].removeprefix(ana.origin), b"abc", "0-2/3").json()
        assert made["id"] == ids[0]
        assert refused(ana.call("POST", self.FILES, json={"id": ids[0]}, **query))[1] == "fileIdInUse"

    def test_bytes_are_judged_when_they_are_there(self, ana: Caller) -> None:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        begun = ana.call(
            "POST",
            self.FILES,
            json={"mimeType": SPREADSHEET},
            headers={"X-Upload-Content-Type": kind},
            uploadType="resumable",
        )
        assert begun.status_code == 200
        assert put(ana, begun.headers["Location"].removeprefix(ana.origin), b"abc", "0-2/3").status_code == 400
        assert ana.call("GET", "/drive/v3/files").json()["files"] == []
