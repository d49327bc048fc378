"""Google's own client library talks to the sandbox as to Google: chunks, ranges, batches, pages."""

from __future__ import annotations

import io
import json
import secrets
from typing import Any

import pytest
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload

from offboard.sandbox.documents import document
from tests.sandbox.caller import Caller, Transport
from tests.sandbox.drive_calls import FOLDER, make

CHUNK = 256 * 1024


@pytest.fixture
def drive(ana: Caller) -> Any:
    """Google's client for Drive, pointed at the sandbox."""
    described = document("drive.v3") | {"rootUrl": f"{ana.origin}/", "baseUrl": f"{ana.origin}/drive/v3/"}
    return build_from_document(json.dumps(described), http=Transport(ana))


def test_an_upload_in_chunks_is_whole_and_a_download_in_ranges_too(drive: Any) -> None:
    content = secrets.token_bytes(3 * CHUNK + 77)
    (file_id,) = drive.files().generateIds(count=1).execute()["ids"]
    media = MediaInMemoryUpload(content, mimetype="video/mp4", chunksize=CHUNK, resumable=True)
    request = drive.files().create(body={"name": "film.mp4", "id": file_id}, media_body=media, fields="id,size")
    progress, answer = [], None
    while answer is None:
        status, answer = request.next_chunk()
        progress += [status.resumable_progress] if status else []
    assert progress == [CHUNK, 2 * CHUNK, 3 * CHUNK]
    assert answer == {"id": file_id, "size": str(len(content))}
    got, done = io.BytesIO(), False
    download = MediaIoBaseDownload(got, drive.files().get_media(fileId=file_id), chunksize=CHUNK)
    while not done:
        _, done = download.next_chunk()
    assert got.getvalue() == content


@pytest.mark.parametrize("resumable", [False, True])
def test_a_small_upload_and_its_replacement(drive: Any, resumable: bool) -> None:
    def media(content: bytes) -> MediaInMemoryUpload:
        return MediaInMemoryUpload(content, mimetype="text/plain", resumable=resumable)

    made = drive.files().create(body={"name": "a.txt"}, media_body=media(b"one"), fields="id,md5Checksum").execute()
    changed = drive.files().update(fileId=made["id"], media_body=media(b"two"), fields="id,md5Checksum").execute()
    assert changed["id"] == made["id"]
    assert changed["md5Checksum"] != made["md5Checksum"]
    assert drive.files().get_media(fileId=made["id"]).execute() == b"two"


def test_a_range_outside_the_file_is_not_satisfiable(ana: Caller) -> None:
    file_id = make(ana, content=b"0123456789")
    path = f"/drive/v3/files/{file_id}"
    for asked, status, got in [
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=5-999", 206, b"56789"),
        ("bytes=10-", 416, None),
    ]:
        answer = ana.call("GET", path, alt="media", headers={"Range": asked})
        assert answer.status_code == status, asked
        assert got in (None, answer.content)


def test_a_batch_of_calls_is_answered_call_by_call(drive: Any) -> None:
    answers: dict[str, Any] = {}
    batch = drive.new_batch_http_request(callback=lambda name, answer, error: answers.update({name: answer or error}))
    batch.add(drive.files().create(body={"name": "a", "mimeType": FOLDER}, fields="name"), request_id="made")
    batch.add(drive.files().get(fileId="nowhere"), request_id="missing")
    batch.add(drive.about().get(fields="kind"), request_id="about")
    batch.execute()
    assert answers["made"] == {"name": "a"}
    assert answers["about"] == {"kind": "drive#about"}
    assert isinstance(answers["missing"], HttpError)
    assert answers["missing"].resp.status == 404


def test_the_clients_own_paging_goes_through_all_pages(drive: Any, ana: Caller) -> None:
    for number in range(5):
        make(ana, f"f{number}")
    names, request = [], drive.files().list(pageSize=2, orderBy="name", fields="nextPageToken,files(name)")
    while request is not None:
        answer = request.execute()
        names += [found["name"] for found in answer["files"]]
        request = drive.files().list_next(request, answer)
    assert names == [f"f{number}" for number in range(5)]


def test_a_refusal_reaches_the_client_with_its_reason(drive: Any) -> None:
    with pytest.raises(HttpError) as caught:
        drive.files().list(q="title = 'x'").execute()
    assert (caught.value.resp.status, caught.value.error_details[0]["location"]) == (400, "q")
