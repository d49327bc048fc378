"""The one session: signed anew in mid-run, pointed at another origin, whole over resumed uploads and large batches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from google.oauth2.credentials import Credentials

from offboard.commands.rehearsal import write_home
from offboard.config import load_config
from offboard.errors import MissingError, TakenError
from offboard.sandbox.faults import Instruction, Scenario
from offboard.sandbox.server import Sandbox
from offboard.workspace.auth import load_credentials
from offboard.workspace.drive import CHUNK, LARGE, Drive, Upload
from offboard.workspace.google import Google, Patience, Repeat
from offboard.workspace.transport import Http, open_session
from tests.workspace.conftest import end_access_tokens
from tests.workspace.line import Line, answer

FOLDER = "application/vnd.google-apps.folder"


@pytest.fixture
def home(sandbox: Sandbox, tmp_path: Path) -> Path:
    write_home(tmp_path, sandbox)
    return tmp_path


@pytest.fixture
def google(sandbox: Sandbox, home: Path) -> Google:
    return Google(load_credentials(load_config(home, {})), sandbox.origin, patience=Patience(600, sleep=lambda _: None))


def test_a_token_that_ends_in_mid_run_is_renewed_once_and_kept(sandbox: Sandbox, home: Path, google: Google) -> None:
    drive = Drive(google)
    assert drive.get_person()[1] == "ana@sandbox.example"
    before = json.loads((home / "token.json").read_text())
    end_access_tokens(sandbox)
    sandbox.requests.clear()
    assert drive.get_person()[1] == "ana@sandbox.example"
    assert [request["status"] for request in sandbox.requests] == [401, 200, 200]
    after = json.loads((home / "token.json").read_text())
    assert after["token"] != before["token"]
    assert after["refresh_token"] == before["refresh_token"]


def test_an_upload_in_parts_arrives_whole_although_the_token_ends_between_them(
    sandbox: Sandbox, google: Google
) -> None:
    drive = Drive(google)
    content = bytes(range(256)) * ((LARGE + CHUNK) // 256)
    [id] = drive.generate_ids(1)
    sent: list[int] = []

    def on_bytes(count: int) -> None:
        sent.append(count)
        if len(sent) == 1:
            end_access_tokens(sandbox)

    made = drive.upload(Upload(content), id, "large.bin", "", "bloom", "copy “large.bin”", on_bytes)
    assert made.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert sent == [CHUNK, 2 * CHUNK, 3 * CHUNK]
    puts = [request["status"] for request in sandbox.requests if request["method"] == "PUT"]
    assert puts == [308, 401, 308, 308, 200], "the part that was refused goes out again, whole"


def test_a_part_that_was_taken_is_an_answer_and_no_redirect(open_line: Callable[..., Line]) -> None:
    line = open_line(answer(308, Location="/elsewhere", Range="bytes=0-9"))
    session = open_session(Credentials("token"), line.origin)  # type: ignore[no-untyped-call]
    response, _ = Http(session).request(f"{line.origin}/upload", "PUT", b"0123456789")
    assert (response.status, response["range"], len(line.heads)) == (308, "bytes=0-9", 1)


def test_gspreads_own_addresses_lead_to_the_other_origin(sandbox: Sandbox, google: Google) -> None:
    address = "https://sheets.googleapis.com/v4/spreadsheets/nothing-is-here"
    with pytest.raises(MissingError):
        google.call(lambda: google.sheets.request("get", address), repeat=Repeat.ALWAYS, what="read the tracker")
    assert sandbox.requests[-1]["path"] == "/v4/spreadsheets/nothing-is-here"


def test_a_batch_larger_than_google_takes_goes_in_several_and_each_part_answers_for_itself(
    sandbox: Sandbox, google: Google
) -> None:
    ids = Drive(google).generate_ids(101)
    files = google.files
    taken = {"id": ids[0], "name": "first", "mimeType": FOLDER}
    google.call(files.create(body=taken, fields="id"), repeat=Repeat.ALWAYS, what="make a folder")
    parts = [(id, files.create(body={"id": id, "name": id, "mimeType": FOLDER}, fields="id")) for id in ids]
    sandbox.requests.clear()
    answers = google.batch(parts, "make folders")
    assert [request["path"] for request in sandbox.requests if "/batch" in str(request["path"])] == [
        "/batch/drive/v3"
    ] * 2
    assert isinstance(answers.pop(ids[0]), TakenError)
    assert answers == {id: {"id": id} for id in ids[1:]}


@pytest.mark.parametrize("part", [1, 2])
def test_a_part_of_a_batch_that_is_refused_as_not_signed_in_goes_out_again(
    sandbox: Sandbox, google: Google, part: int
) -> None:
    ids = Drive(google).generate_ids(2)
    parts = [(id, google.files.create(body={"id": id, "name": id, "mimeType": FOLDER}, fields="id")) for id in ids]
    sandbox.faults.begin(Scenario((Instruction("drive.files.create", part, "401"),)))
    assert google.batch(parts, "make folders") == {id: {"id": id} for id in ids}
    assert [fault["used"] for fault in sandbox.faults.report()["faults"]] == [1]
    sandbox.faults.end()
