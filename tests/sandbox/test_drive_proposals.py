"""Access proposals: asked for in Google's page, listed and resolved by whoever may share the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, STUDIO, look, make, make_folder, refused, share

ANA, MAYA, LEO = "ana@sandbox.example", "maya@bloom.example", "leo@corvo.example"


def ask(caller: Caller, file_id: str, email: str = MAYA, role: str = "reader", message: str = "Please") -> Any:
    """The answer of the page on which somebody asks for access."""
    body = {"email": email, "fileId": file_id, "role": role, "message": message}
    return caller.call("POST", "/sandbox/access-request", json=body)


def pending(caller: Caller, file_id: str, **query: Any) -> Any:
    return caller.call("GET", f"{FILES}/{file_id}/accessproposals", **query)


def resolve(caller: Caller, file_id: str, proposal: str, **body: Any) -> Any:
    return caller.call("POST", f"{FILES}/{file_id}/accessproposals/{proposal}:resolve", json=body)


def notices(sandbox: Sandbox) -> list[tuple[str, str, str]]:
    rows = sandbox.state.db.execute("SELECT recipient, subject, message FROM notices ORDER BY id")
    return [tuple(row) for row in rows]


def test_whoever_was_locked_out_asks_and_gets_the_role_that_is_given(
    sandbox: Sandbox, ana: Caller, maya: Caller
) -> None:
    file_id = make(ana, "Report")
    proposal = ask(ana, file_id, role="writer").json()["proposalId"]
    (shown,) = pending(ana, file_id).json()["accessProposals"]
    assert shown == {
        "fileId": file_id,
        "proposalId": proposal,
        "requesterEmailAddress": MAYA,
        "recipientEmailAddress": MAYA,
        "rolesAndViews": [{"role": "writer"}],
        "requestMessage": "Please",
        "createTime": shown["createTime"],
    }
    assert ana.call("GET", f"{FILES}/{file_id}/accessproposals/{proposal}").json() == shown
    answer = resolve(ana, file_id, proposal, action="ACCEPT", role=["commenter", "reader"], sendNotification=True)
    assert (answer.status_code, answer.content) == (204, b"")
    assert look(maya, file_id)["capabilities"]["canComment"]
    assert not look(maya, file_id)["capabilities"]["canEdit"]
    assert pending(ana, file_id).json() == {"accessProposals": []}
    assert notices(sandbox) == [
        (ANA, 'Share request for "Report"', "Please"),
        (MAYA, 'Item shared with you: "Report"', ""),
    ]


def test_a_denial_gives_nothing_and_mails_only_when_asked_to(sandbox: Sandbox, ana: Caller, maya: Caller) -> None:
    file_id = make(ana)
    for mails, query in ((1, {}), (3, {"sendNotification": True})):
        proposal = ask(ana, file_id).json()["proposalId"]
        assert resolve(ana, file_id, proposal, action="DENY", **query).status_code == 204
        assert len(notices(sandbox)) == mails
    assert maya.call("GET", f"{FILES}/{file_id}").status_code == 404
    assert refused(resolve(ana, file_id, proposal, action="DENY"))[:2] == (404, "notFound")


def test_only_who_may_share_the_file_may_list_and_resolve(ana: Caller, person: Callable[[str], Caller]) -> None:
    file_id, leo = make(ana, writersCanShare=False), person(LEO)
    proposal = ask(ana, file_id).json()["proposalId"]
    assert pending(leo, file_id).status_code == 404
    for role in ("reader", "writer"):
        share(ana, file_id, LEO, role)
        told = (403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file.")
        assert refused(pending(leo, file_id)) == told
        assert refused(resolve(leo, file_id, proposal, action="DENY")) == told


def test_access_given_otherwise_ends_the_request(ana: Caller) -> None:
    folder = make_folder(ana)
    file_id = make(ana, parents=[folder])
    proposal = ask(ana, file_id, role="commenter").json()["proposalId"]
    share(ana, folder, MAYA, "reader")
    assert len(pending(ana, file_id).json()["accessProposals"]) == 1
    share(ana, folder, MAYA, "writer")
    assert pending(ana, file_id).json()["accessProposals"] == []
    assert ana.call("GET", f"{FILES}/{file_id}/accessproposals/{proposal}").status_code == 404


def test_asking_again_takes_the_place_of_the_earlier_request(ana: Caller) -> None:
    file_id = make(ana)
    ask(ana, file_id)
    ask(ana, file_id, role="writer", message="Really")
    (shown,) = pending(ana, file_id).json()["accessProposals"]
    assert (shown["rolesAndViews"], shown["requestMessage"]) == ([{"role": "writer"}], "Really")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "ACTION_UNSPECIFIED"},
        {"action": "ACCEPT"},
        {"action": "ACCEPT", "role": []},
        {"action": "ACCEPT", "role": ["owner"]},
        {"action": "ACCEPT", "role": "reader"},
        {"action": "PERHAPS", "role": ["reader"]},
    ],
)
def test_a_resolution_that_says_neither_yes_nor_no_is_refused(ana: Caller, body: dict[str, Any]) -> None:
    file_id = make(ana)
    proposal = ask(ana, file_id).json()["proposalId"]
    assert resolve(ana, file_id, proposal, **body).status_code == 400
    assert len(pending(ana, file_id).json()["accessProposals"]) == 1


def test_requests_come_in_pages(ana: Caller) -> None:
    file_id = make(ana)
    for email in (MAYA, LEO, "kim@oldagency.example"):
        ask(ana, file_id, email)
    first = pending(ana, file_id, pageSize=2).json()
    rest = pending(ana, file_id, pageSize=2, pageToken=first["nextPageToken"]).json()
    assert (len(first["accessProposals"]), len(rest["accessProposals"]), "nextPageToken" in rest) == (2, 1, False)


def test_files_of_a_shared_drive_are_asked_for_and_the_drive_itself_is_not(ana: Caller, maya: Caller) -> None:
    file_id = make(ana, parents=[STUDIO])
    proposal = ask(ana, file_id).json()["proposalId"]
    assert resolve(ana, file_id, proposal, action="ACCEPT", role=["reader"]).status_code == 204
    assert look(maya, file_id)["id"] == file_id
    assert pending(ana, STUDIO).status_code == 404


def test_an_app_resolves_only_for_files_it_may_write_to(ana: Caller, app: Callable[..., Caller]) -> None:
    program, file_id = app(ANA), make(ana)
    proposal = ask(ana, file_id).json()["proposalId"]
    assert len(pending(program, file_id).json()["accessProposals"]) == 1
    answer = resolve(program, file_id, proposal, action="ACCEPT", role=["reader"])
    assert refused(answer)[:2] == (403, "appNotAuthorizedToFile")


@pytest.mark.parametrize(
    ("email", "role", "status"),
    [("nobody@nowhere.example", "reader", 400), (MAYA, "owner", 400), (ANA, "writer", 400), (MAYA, "reader", 200)],
)
def test_only_people_with_an_account_ask_and_for_more_than_they_have(
    ana: Caller, email: str, role: str, status: int
) -> None:
    assert ask(ana, make(ana), email, role).status_code == status
    assert ask(ana, "nonexistent", email, role).status_code == 404
    assert ana.call("POST", "/sandbox/access-request", json={"email": [email]}).status_code == 400
