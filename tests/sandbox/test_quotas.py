"""A minute's quotas, by the sandbox's clock; and the clock itself, that can be set and moved."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from offboard.sandbox.clock import Clock
from offboard.sandbox.documents import find_method
from offboard.sandbox.gateway import Request
from offboard.sandbox.quotas import Quotas
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, look, make
from tests.sandbox.mischief import play
from tests.sandbox.workbook import Workbook

START = "2026-05-04T09:00:00Z"


def move_clock(caller: Caller, **told: Any) -> Any:
    """What the sandbox's clock answers."""
    return caller.call("POST", "/sandbox/clock", json=told)


@pytest.fixture
def counted(ana: Caller) -> Caller:
    """Ana at the beginning of a minute, with quotas."""
    move_clock(ana, set=START)
    token = ana.call("POST", "/sandbox/token", json={"email": "ana@sandbox.example"}).json()["access_token"]
    ana.headers["Authorization"] = f"Bearer {token}"
    play(ana, quotas=True)
    return ana


def until_refused(send: Callable[[], Any], most: int) -> tuple[int, Any]:
    """How many calls were answered, and the refusal of the next."""
    for number in range(most):
        answer = send()
        if answer.status_code != 200:
            return number, answer
    raise AssertionError("it was never refused")


def test_sheets_allows_sixty_reads_and_sixty_writes_a_minute(counted: Caller) -> None:
    book = Workbook(counted)  # a write
    reads, refusal = until_refused(lambda: counted.call("GET", book.path), 61)
    assert (reads, refusal.status_code) == (60, 429)
    body = {"requests": [{"updateSpreadsheetProperties": {"properties": {"title": "x"}, "fields": "title"}}]}
    writes, refusal = until_refused(lambda: counted.call("POST", f"{book.path}:batchUpdate", json=body), 60)
    assert (writes, refusal.status_code) == (59, 429)
    assert "Write requests per minute per user" in refusal.json()["error"]["message"]
    move_clock(counted, advance=60)
    assert counted.call("GET", book.path).status_code == 200


def test_everybody_has_a_minute_of_their_own(counted: Caller, person: Callable[[str], Caller]) -> None:
    path = Workbook(counted).path
    until_refused(lambda: counted.call("GET", path), 61)
    assert person("maya@bloom.example").call("GET", path).status_code == 403


def test_gmail_allows_six_thousand_units_a_minute(counted: Caller) -> None:
    mail = {"raw": base64.urlsafe_b64encode(b"To: maya@bloom.example\r\nSubject: x\r\n\r\ny").decode()}
    sent, refusal = until_refused(lambda: counted.call("POST", "/gmail/v1/users/me/messages/send", json=mail), 61)
    assert (sent, refusal.status_code) == (60, 403)
    reason = refusal.json()["error"]["errors"][0]
    assert (reason["domain"], reason["reason"]) == ("usageLimits", "rateLimitExceeded")


@pytest.mark.parametrize(
    ("http", "address", "calls"),
    [
        ("GET", "/gmail/v1/users/me/drafts", 1200),
        ("GET", "/gmail/v1/users/me/profile", 6000),
        ("POST", "/gmail/v1/users/me/drafts", 600),
        ("PUT", "/gmail/v1/users/me/drafts/r1", 400),
        ("GET", FILES, 3250),
        ("POST", FILES, 6500),
        ("POST", f"{FILES}/1/copy", 6500),
        ("GET", f"{FILES}/1", 65_000),
        ("GET", f"{FILES}/1?alt=media", 1625),
        ("GET", f"{FILES}/1/export?mimeType=application/pdf", 1625),
        ("POST", "/v4/spreadsheets/1:getByDataFilter", 60),
        ("POST", "/v4/spreadsheets/1/developerMetadata:search", 60),
    ],
)
def test_a_call_costs_its_units(http: str, address: str, calls: int) -> None:
    path, _, query = address.partition("?")
    found = find_method(http, path)
    assert found
    clock = Clock()
    clock.set(datetime.fromisoformat(START))  # the beginning of a minute
    quotas = Quotas(clock)
    allowed = [quotas.charge("ana", found[0], Request(http, path, query, {}, b"")) for _ in range(calls + 1)]
    assert allowed == [True] * calls + [False]


def test_without_quotas_nobody_counts(ana: Caller) -> None:
    path = Workbook(ana).path
    assert {ana.call("GET", path).status_code for _ in range(70)} == {200}


def test_the_clock_is_set_moved_and_told(ana: Caller) -> None:
    assert move_clock(ana, set=START).json()["now"].startswith("2026-05-04T09:00:0")
    assert move_clock(ana, advance=3600).json()["now"].startswith("2026-05-04T10:00:0")
    assert ana.call("GET", "/sandbox/clock").json()["now"].startswith("2026-05-04T10:00:0")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"set": "tomorrow"},
        {"set": START, "advance": 1},
        {"advance": "1"},
        {"advance": 1e300},
        {"set": "9999-01-01"},
    ],
)
def test_the_clock_refuses_what_is_no_moment_and_stays(told: dict[str, Any], ana: Caller) -> None:
    before = ana.call("GET", "/sandbox/clock").json()["now"]
    assert move_clock(ana, **told).status_code == 400
    assert ana.call("GET", "/sandbox/clock").json()["now"][:15] == before[:15]


def test_files_formulas_and_sign_ins_live_by_the_clock(ana: Caller) -> None:
    move_clock(ana, set=START)
    token = ana.call("POST", "/sandbox/token", json={"email": "ana@sandbox.example"}).json()["access_token"]
    ana.headers["Authorization"] = f"Bearer {token}"
    book = Workbook(ana)
    book.type_in("A1", ["=TODAY()"])
    assert book.value("A1") == "5/4/2026"
    assert look(ana, make(ana), "createdTime")["createdTime"].startswith("2026-05-04T09:00")
    move_clock(ana, advance=1800)
    assert look(ana, make(ana), "createdTime")["createdTime"].startswith("2026-05-04T09:30")
    move_clock(ana, advance=1800)
    assert ana.call("GET", book.path).status_code == 401
