"""The one way a call is made: repeated where that is safe, never where it could make a second thing."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from offboard.errors import (
    LostReplyError,
    MissingError,
    NotReadyError,
    OffboardError,
    RefusedError,
    SignedOutError,
    UnreachableError,
)
from offboard.workspace.google import Repeat
from tests.workspace.conftest import Time, google_over
from tests.workspace.line import DROP, Line, answer, refusal

OpenLine = Callable[..., Line]
FINE = answer(200, {"user": {"displayName": "Ana Ruiz"}})
NOT_APPLIED = {
    "429": refusal(429, "rateLimitExceeded"),
    "403 for the rate": refusal(403, "userRateLimitExceeded"),
    "429 of Sheets": answer(429, {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}),
}
PERHAPS_APPLIED = {
    "no answer": DROP,
    "500": refusal(500, "backendError"),
    "502 in HTML": answer(502, b"<html>Bad Gateway</html>"),
    "503": refusal(503, "backendError"),
    "504": refusal(504),
    "half a head": b"HTTP/1.1 200 OK\r\nContent-",
    "half a body": answer(200, b'{"user": {"displayName": "A', Content_Length="200"),
    "JSON cut off": answer(200, b'{"user": {"displayName": "A'),
    "a letter cut off": answer(200, '{"user": {"displayName": "é'.encode()[:-1]),
    "a page of somebody else": answer(200, b"<html>Welcome to our hotel</html>"),
    "no gzip": answer(200, b"not packed", Content_Encoding="gzip"),
    "no HTTP": b"what?\r\n\r\n",
}
FINAL = {
    "404": (refusal(404, "notFound"), MissingError),
    "400": (refusal(400, "invalid"), RefusedError),
    "sharing limit": (refusal(403, "sharingRateLimitExceeded"), RefusedError),
    "daily limit, however it is numbered": (refusal(429, "dailyLimitExceeded"), RefusedError),
    "501": (refusal(501, "notImplemented"), RefusedError),
}


def about(line: Line, time: Time, repeat: Repeat, seconds: float = 600) -> object:
    google = google_over(line, time, seconds)
    request = google.about.get(fields="user")
    return google.call(request, repeat=repeat, what="look who is signed in")["user"]["displayName"]


@pytest.mark.parametrize("trouble", [*NOT_APPLIED, *PERHAPS_APPLIED])
def test_a_repeatable_call_is_sent_again(open_line: OpenLine, time: Time, trouble: str) -> None:
    line = open_line((NOT_APPLIED | PERHAPS_APPLIED)[trouble], FINE)
    assert about(line, time, Repeat.ALWAYS) == "Ana Ruiz"
    assert (len(line.heads), len(time.slept)) == (2, 1)


@pytest.mark.parametrize("trouble", NOT_APPLIED)
def test_another_call_is_sent_again_where_it_certainly_changed_nothing(
    open_line: OpenLine, time: Time, trouble: str
) -> None:
    line = open_line(NOT_APPLIED[trouble], FINE)
    assert about(line, time, Repeat.UNAPPLIED) == "Ana Ruiz"
    assert len(line.heads) == 2


@pytest.mark.parametrize("trouble", PERHAPS_APPLIED)
def test_another_call_is_never_sent_again_where_it_may_have_been_applied(
    open_line: OpenLine, time: Time, trouble: str
) -> None:
    line = open_line(PERHAPS_APPLIED[trouble], FINE)
    with pytest.raises(LostReplyError):
        about(line, time, Repeat.UNAPPLIED)
    assert (len(line.heads), time.slept) == (1, [])


@pytest.mark.parametrize("repeat", Repeat)
@pytest.mark.parametrize("trouble", FINAL)
def test_what_trying_again_cannot_change_is_said_at_once(
    open_line: OpenLine, time: Time, trouble: str, repeat: Repeat
) -> None:
    bytes_, kind = FINAL[trouble]
    line = open_line(bytes_, FINE)
    with pytest.raises(kind) as raised:
        about(line, time, repeat)
    assert not isinstance(raised.value, UnreachableError)
    assert raised.value.__cause__ is not None, "the original stays for --debug"
    assert (len(line.heads), time.slept) == (1, [])


def test_waits_double_up_to_half_a_minute_and_outlast_a_limit_by_the_minute(open_line: OpenLine, time: Time) -> None:
    line = open_line(refusal(429, "rateLimitExceeded"))
    with pytest.raises(UnreachableError, match="patience"):
        about(line, time, Repeat.ALWAYS)
    assert time.slept == [0.5, 1, 2, 4, 8, 16, 16, 16]
    assert sum(time.slept) > 60
    assert len(line.heads) == 9


def test_google_says_how_long_to_wait(open_line: OpenLine, time: Time) -> None:
    line = open_line(refusal(429, "rateLimitExceeded", Retry_After="7"), refusal(503, Retry_After="0"), FINE)
    assert about(line, time, Repeat.ALWAYS) == "Ana Ruiz"
    assert time.slept == [7, 1], "never sooner than its own waiting"


def test_no_wait_goes_beyond_the_deadline_of_the_run(open_line: OpenLine, time: Time) -> None:
    line = open_line(refusal(503))
    with pytest.raises(UnreachableError):
        about(line, time, Repeat.ALWAYS, seconds=5)
    assert time.slept == [0.5, 1, 2]
    line = open_line(refusal(429, "rateLimitExceeded", Retry_After="3600"))
    with pytest.raises(UnreachableError):
        about(line, time, Repeat.ALWAYS)
    assert len(line.heads) == 1


def test_calls_that_wait_side_by_side_are_said_once(time: Time) -> None:
    standing_still = time.patience()
    standing_still.sleep = time.slept.append  # eight threads sleep at the same moment
    for _ in range(8):
        standing_still.wait(4)
    assert (len(time.slept), time.said) == (8, [4])
    time.now += 4
    standing_still.wait(8)
    assert time.said == [4, 8]


def test_nobody_at_a_loopback_address_is_a_sandbox_that_does_not_run(open_line: OpenLine, time: Time) -> None:
    line = open_line(FINE)
    line.close()
    with pytest.raises(NotReadyError, match="is not running"):
        about(line, time, Repeat.ALWAYS)
    assert time.slept == []


def test_an_ended_sign_in_is_no_mere_trouble(open_line: OpenLine, time: Time) -> None:
    line = open_line(refusal(401, "authError"))
    with pytest.raises(SignedOutError):
        about(line, time, Repeat.ALWAYS)
    assert time.slept == []


def test_answers_are_unpacked_and_asked_for_packed(open_line: OpenLine, time: Time) -> None:
    packed = gzip.compress(b'{"user": {"displayName": "Ana Ruiz"}}')
    line = open_line(answer(200, packed, Content_Encoding="gzip"), answer(200, {}))
    google = google_over(line, time)
    request = google.about.get(fields="user")
    assert google.call(request, repeat=Repeat.ALWAYS, what="look")["user"]["displayName"] == "Ana Ruiz"
    google.sheets.request("get", "https://sheets.googleapis.com/v4/spreadsheets/x")
    for head in line.heads:
        fields = dict(field.lower().split(": ", 1) for field in head.split("\r\n")[1:])
        assert "gzip" in fields["accept-encoding"]
        assert "gzip" in fields["user-agent"], "Google packs only for those who name it here too"
        assert fields["authorization"] == "bearer token"


def test_a_batch_that_fails_as_a_whole_fails_in_each_of_its_parts(open_line: OpenLine, time: Time) -> None:
    google = google_over(open_line(refusal(400, "badRequest")), time)
    parts = [(key, google.files.get(fileId=key, fields="id")) for key in ("one", "two")]
    answers = google.batch(parts, "make folders")
    assert list(answers) == ["one", "two"]
    assert all(isinstance(part, OffboardError) for part in answers.values())
