"""Gmail's search box: what a person types, and what is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.letters import DRAFTS, draft, headers, letter, read


@pytest.fixture
def desk(sandbox: Sandbox, ana: Caller) -> Caller:
    """Four drafts, written a day apart: notice, call, reminder, report."""
    mails = {
        "notice": letter("Wrapping up by 31 May", "What happens when", To="Maya Brandt <maya@bloom.example>"),
        "call": letter(
            "Hand-over call", "The agenda for Friday, the Söhne", To="leo@corvo.example", Cc="maya@bloom.example"
        ),
        "reminder": letter("INV-104 (Bloom)", "wrapping paper is in the post", To="Maya <maya@bloom.example>"),
        "report": letter("Report", "see the attachment", Bcc="kim@oldagency.example"),
    }
    mails["report"].add_attachment(b"x", maintype="application", subtype="pdf", filename="May report.pdf")
    for name, mail in mails.items():
        draft(ana, _named(mail, name))
        sandbox.state.clock.advance(600)
    return ana


def _named(mail: Any, name: str) -> Any:
    mail["X-Name"] = name
    return mail


def find(caller: Caller, query: str) -> set[str]:
    answer = caller.call("GET", DRAFTS, q=query)
    assert answer.status_code == 200, answer.text
    return {headers(read(caller, entry["id"]))["X-Name"] for entry in answer.json().get("drafts", [])}


ALL = {"notice", "call", "reminder", "report"}
FOUND: dict[str, set[str]] = {
    "": ALL,
    "wrapping": {"notice", "reminder"},
    "WRAPPING up": {"notice"},
    "wrap": set(),  # whole words only
    '"happens when"': {"notice"},
    '"when happens"': set(),
    "when happens": {"notice"},
    "subject:wrapping": {"notice"},
    "subject:(up wrapping)": {"notice"},
    'subject:"wrapping up"': {"notice"},
    "subject:inv-104": {"reminder"},
    "hand-over": {"call"},
    "söhne": {"call"},
    "to:maya": {"notice", "call", "reminder"},
    "to:maya@bloom.example": {"notice", "call", "reminder"},
    "cc:maya": {"call"},
    "bcc:kim": {"report"},
    "from:ana": ALL,
    "from:maya": set(),
    "-wrapping": {"call", "report"},
    "-subject:wrapping to:maya": {"call", "reminder"},
    "-{wrapping report}": {"call"},
    "call OR report": {"call", "report"},
    "to:maya call OR reminder": {"call"},
    "{subject:call subject:report}": {"call", "report"},
    "to:maya (call OR paper)": {"call", "reminder"},
    "from:{maya leo}": set(),
    "in:draft": ALL,
    "in:drafts": ALL,
    "is:unread": set(),
    "is:read": ALL,
    "label:DRAFT": ALL,
    "in:sent": set(),
    "in:anywhere wrapping": {"notice", "reminder"},
    "has:attachment": {"report"},
    "-has:attachment": ALL - {"report"},
    "filename:pdf": {"report"},
    "May": {"notice", "report"},
    "rfc822msgid:nobody@nowhere": set(),
    "newer_than:1d": ALL,
    "older_than:1d": set(),
    "after:2001/01/01": ALL,
    "before:2001-01-01": set(),
    "after:yesterday": set(),
    "before:99999999999": ALL,
    "http://example.com": set(),
    "subject:": set(),
    '"': ALL,
    ")": ALL,
    "(": ALL,
    "-": ALL,
    "OR": set(),
    "'; DROP TABLE mail; --": set(),
}


@pytest.mark.parametrize(("query", "found"), FOUND.items(), ids=[query or "nothing" for query in FOUND])
def test_a_search_finds_what_gmail_would_find(desk: Caller, query: str, found: set[str]) -> None:
    assert find(desk, query) == found


def test_a_mail_is_found_by_its_message_id(desk: Caller) -> None:
    entry = desk.call("GET", DRAFTS, q="subject:report").json()["drafts"][0]
    key = headers(read(desk, entry["id"]))["Message-ID"]
    assert find(desk, f"rfc822msgid:{key}") == find(desk, f"rfc822msgid:{key.strip('<>')}") == {"report"}


def test_age_counts_from_now_and_days_begin_at_midnight_in_california(
    sandbox: Sandbox, desk: Caller, person: Callable[[str], Caller]
) -> None:
    assert find(desk, "newer_than:1y") == ALL
    sandbox.state.clock.set(datetime(2030, 6, 1, 6, 59, tzinfo=UTC))  # still 31 May in Los Angeles
    late = person("ana@sandbox.example")
    draft(late, _named(letter(), "late"))
    assert find(late, "before:2030/06/01 newer_than:1d") == {"late"}
    assert find(late, "after:2030/06/01") == set()
    assert find(late, "older_than:1y") == ALL


@pytest.mark.parametrize("query", ["larger:5M", "has:drive", "category:social", "from:list:x size:3"])
def test_what_the_sandbox_does_not_search_by_is_501_with_its_name(desk: Caller, query: str) -> None:
    answer = desk.call("GET", DRAFTS, q=query)
    assert answer.status_code == 501
    assert "The sandbox does not search by" in answer.json()["error"]["message"]


@pytest.mark.parametrize("query", ["(" * 5000, "-" * 5000, "subject:" * 3000, "{(" * 2000 + "a"])
def test_a_search_nested_beyond_all_reason_is_refused(desk: Caller, query: str) -> None:
    assert desk.call("GET", DRAFTS, q=query).status_code in (200, 400)


def test_pages_of_a_search_hold_only_what_was_found(desk: Caller) -> None:
    first = desk.call("GET", DRAFTS, q="to:maya", maxResults=2).json()
    second = desk.call("GET", DRAFTS, q="to:maya", maxResults=2, pageToken=first["nextPageToken"]).json()
    assert (len(first["drafts"]), len(second["drafts"])) == (2, 1)
    assert first["resultSizeEstimate"] == second["resultSizeEstimate"] == 3
    assert "nextPageToken" not in second
