"""The sandbox misbehaves on demand: each fault is what it says, on every API, and tells that it was met."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from offboard.sandbox.documents import document
from offboard.sandbox.faults import Instruction, Scenario
from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.server import Sandbox
from tests.discovery import list_problems
from tests.sandbox.caller import Caller, Transport
from tests.sandbox.drive_calls import make
from tests.sandbox.mischief import (
    CUT,
    SILENT,
    TORN,
    WRITES,
    DriveWrite,
    Ended,
    GmailWrite,
    SheetsWrite,
    Write,
    play,
    used,
)

ENDS: dict[str, tuple[Ended, bool]] = {  # how a call with this fault ends, and whether it is applied
    "429": (429, False),
    "403-rate": (403, False),
    "500": (500, False),
    "503": (503, False),
    "401": (401, False),
    "reset": (TORN, False),
    "stall": (SILENT, False),
    "applied-drop": (TORN, True),
    "applied-503": (503, True),
    "applied-stall": (SILENT, True),
    "late": (SILENT, True),
    "truncated": (CUT, True),
}
CROSS = [(kind, write) for kind in ENDS for write in WRITES if (kind, write) != ("403-rate", SheetsWrite)]


@pytest.fixture(params=WRITES, ids=lambda write: write.method)
def write(request: pytest.FixtureRequest, ana: Caller) -> Write:
    """A write of each API in turn."""
    made: Write = request.param(ana)
    return made


@pytest.mark.parametrize(("kind", "made"), CROSS, ids=lambda value: getattr(value, "method", value))
def test_a_fault_ends_its_call_as_promised_and_applies_it_or_not(kind: str, made: type[Write], ana: Caller) -> None:
    write = made(ana)
    play(ana, {"method": write.method, "call": 1, "fault": kind})
    ended, applied = ENDS[kind]
    assert write.end() == ended
    assert write.waits_for(1) if applied else write.count() == 0
    assert [len(at) for at in used(ana)] == [1]
    assert write.end() == 200, "the next call meets nothing"
    assert write.count() == 1 + applied


def test_a_call_is_met_at_its_number_and_as_often_as_told(write: Write, ana: Caller) -> None:
    play(ana, {"method": write.method, "call": 2, "times": 2, "fault": "503"})
    assert [write.end() for _ in range(4)] == [200, 503, 503, 200]
    assert used(ana) == [[2, 3]]


def test_any_call_counts_for_the_star(ana: Caller) -> None:
    drive, gmail = DriveWrite(ana), GmailWrite(ana)
    play(ana, {"method": "*", "call": 2, "fault": "500"})
    assert [drive.end(), gmail.end(), drive.end()] == [200, 500, 200]
    assert used(ana) == [[2]]


def test_a_fault_that_nobody_met_shows_that(ana: Caller) -> None:
    play(ana, {"method": "drive.files.copy", "call": 1, "fault": "500"})
    DriveWrite(ana).send()
    report = ana.call("GET", "/sandbox/faults").json()
    assert report["requests"] == 1
    assert report["faults"][0] == {
        "method": "drive.files.copy", "call": 1, "fault": "500", "times": 1, "used": 0, "at": [], "refused": []
    }  # fmt: skip


def test_the_same_scenario_twice_is_the_same_run_twice(write: Write, ana: Caller) -> None:
    faults = [
        {"method": write.method, "call": 1, "fault": "applied-drop"},
        {"method": "*", "call": 3, "times": 2, "fault": "429"},
    ]
    runs = []
    for _ in range(2):
        play(ana, *faults)
        runs.append(([write.end() for _ in range(5)], used(ana)))
    assert runs[0] == runs[1] == ([TORN, 200, 429, 429, 200], [[1], [3, 4]])


@pytest.mark.parametrize("kind", ["429", "403-rate", "503", "401"])
def test_a_refusal_has_the_shape_that_google_gives_it(kind: str, write: Write, ana: Caller) -> None:
    play(ana, {"method": "*", "call": 1, "fault": kind})
    answer = write.send()
    http, path, body = write.request()
    asked = Request(http, *path.partition("?")[::2], {}, json.dumps(body).encode())
    assert not list_problems(asked, Response(answer.status_code, answer.content, dict(answer.headers)))


@pytest.mark.parametrize(
    ("made", "kind", "reason"),
    [
        (DriveWrite, "429", "rateLimitExceeded"),
        (DriveWrite, "403-rate", "userRateLimitExceeded"),
        (GmailWrite, "403-rate", "userRateLimitExceeded"),
        (GmailWrite, "429", "rateLimitExceeded"),
        (DriveWrite, "401", "authError"),
    ],
)
def test_a_refusal_names_googles_reason(made: type[Write], kind: str, reason: str, ana: Caller) -> None:
    play(ana, {"method": "*", "call": 1, "fault": kind})
    assert made(ana).send().json()["error"]["errors"][0]["reason"] == reason


def test_sheets_says_of_which_requests_there_were_too_many(ana: Caller) -> None:
    write = SheetsWrite(ana)
    play(ana, {"method": "*", "call": 1, "fault": "429"})
    detail = write.send().json()["error"]["details"][0]
    assert (detail["reason"], detail["metadata"]["quota_limit"]) == (
        "RATE_LIMIT_EXCEEDED",
        "WriteRequestsPerMinutePerUser",
    )


def test_a_429_says_how_long_to_wait_where_told(ana: Caller) -> None:
    play(ana, {"method": "*", "call": 1, "fault": "429", "retry_after": 7})
    assert DriveWrite(ana).send().headers["Retry-After"] == "7"


@pytest.mark.parametrize("kind", ["500", "applied-503", "applied-drop", "truncated"])
def test_googles_own_client_sees_the_fault(kind: str, ana: Caller) -> None:
    drive = _drive(ana)
    play(ana, {"method": "drive.files.create", "call": 1, "fault": kind})
    with pytest.raises((HttpError, requests.RequestException)):
        drive.files().create(body={"name": "a fault's"}).execute()
    assert drive.files().create(body={"name": "a fault's"}).execute()["id"]
    assert DriveWrite(ana).count() == (1 if kind == "500" else 2)


def test_a_refused_part_of_a_batch_leaves_the_others_alone(ana: Caller) -> None:
    play(ana, {"method": "drive.files.create", "call": 2, "fault": "429"})
    assert _batch(ana, 3) == [True, False, True]
    assert DriveWrite(ana).count() == 2
    assert used(ana) == [[2]]


@pytest.mark.parametrize(("kind", "count"), [("reset", 0), ("applied-drop", 3)])
def test_a_torn_line_takes_the_whole_batch_with_it(kind: str, count: int, ana: Caller) -> None:
    play(ana, {"method": "drive.files.create", "call": 2, "fault": kind})
    with pytest.raises(requests.ConnectionError):
        _batch(ana, 3)
    assert DriveWrite(ana).count() == count


def test_a_link_that_is_followed_is_a_call_like_any_other(ana: Caller) -> None:
    link = f"{ana.origin}/uc?export=download&id={make(ana, 'a.txt', content=b'a')}"
    play(ana, {"method": "drive.files.get", "call": 1, "fault": "503"})
    assert [ana.get(link, timeout=10).status_code for _ in range(2)] == [503, 200]


def test_the_token_address_can_fail_too(ana: Caller) -> None:
    play(ana, {"method": "oauth.token", "call": 1, "fault": "503"})
    answer = ana.post(f"{ana.origin}/token", data={"grant_type": "refresh_token"})
    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")
    assert ana.post(f"{ana.origin}/token", data={"grant_type": "refresh_token"}).status_code == 400


def test_a_held_call_blocks_nobody_and_is_applied_only_then(write: Write, ana: Caller) -> None:
    play(ana, {"method": write.method, "call": 1, "fault": "late", "seconds": 0.3})
    with ThreadPoolExecutor(1) as pool, requests.Session() as other:
        held = pool.submit(write.send, 10)
        while not used(ana)[0]:
            pass
        other.headers = ana.headers
        assert other.get(f"{ana.origin}/drive/v3/about?fields=user", timeout=0.2).status_code == 200
        assert write.count() == 0
        assert held.result().status_code == 200
    assert write.count() == 1


def test_a_stalled_client_does_not_keep_the_sandbox_from_ending() -> None:
    with Sandbox() as other, ThreadPoolExecutor(1) as pool:
        other.faults.begin(Scenario((Instruction("drive.about.get", 1, "stall"),)))
        waiting = pool.submit(requests.get, f"{other.origin}/drive/v3/about", timeout=30)
        while not other.faults.report()["faults"][0]["used"]:
            pass
        other.__exit__(None, None, None)
        assert isinstance(waiting.exception(), requests.ConnectionError)


def test_latency_keeps_its_method_waiting_and_no_other(ana: Caller) -> None:
    drive, gmail = DriveWrite(ana), GmailWrite(ana)
    play(ana, latency={"drive.files.create": 5})
    assert drive.end() == SILENT
    assert gmail.end() == 200
    play(ana, latency={"*": 5, "drive.files.create": 0})
    assert [drive.end(), gmail.end()] == [200, SILENT]


def _drive(caller: Caller) -> Any:
    described = document("drive.v3") | {"rootUrl": caller.origin + "/", "baseUrl": caller.origin + "/drive/v3/"}
    return build_from_document(json.dumps(described | {"batchPath": "batch/drive/v3"}), http=Transport(caller))


def _batch(caller: Caller, calls: int) -> list[bool]:
    """Make so many files in one batch; which of them succeeded."""
    drive, made = _drive(caller), []
    batch = drive.new_batch_http_request(callback=lambda _id, _answer, error: made.append(error is None))
    for _ in range(calls):
        batch.add(drive.files().create(body={"name": "a fault's"}))
    batch.execute(http=Transport(caller))
    return made
