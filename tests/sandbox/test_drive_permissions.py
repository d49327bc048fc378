"""Sharing: one permission for each, inherited from folders, refused where Google refuses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, STUDIO, look, make, make_folder, refused, share

ANA, MAYA, OUTSIDER = "ana@sandbox.example", "maya@bloom.example", "nobody@nowhere.example"


def roles(caller: Caller, file_id: str) -> dict[str, str]:
    """Who has which role, as the list of permissions says."""
    answer = caller.call(
        "GET",
        f"{FILES}/{file_id}/permissions",
        fields="permissions(id,type,emailAddress,role)",
        supportsAllDrives="true",
    )
    return {row.get("emailAddress", row["id"]): row["role"] for row in answer.json()["permissions"]}


def notices(sandbox: Sandbox) -> list[tuple[str, str]]:
    rows = sandbox.state.db.execute("SELECT recipient, message FROM notices ORDER BY id")
    return [(row["recipient"], row["message"]) for row in rows]


def test_a_permission_has_googles_default_fields_and_the_grantees_own_id(ana: Caller) -> None:
    answer = share(ana, make(ana), "Maya@Bloom.example").json()
    assert answer == {
        "kind": "drive#permission",
        "id": permission_id(MAYA),
        "type": "user",
        "role": "reader",
        "pendingOwner": False,
    }


def test_a_second_one_for_the_same_person_changes_nothing_or_raises_the_role(ana: Caller) -> None:
    file_id = make(ana)
    ids = set()
    for given, kept in [("reader", "reader"), ("reader", "reader"), ("writer", "writer"), ("commenter", "writer")]:
        answer = share(ana, file_id, MAYA, given).json()
        ids.add(answer["id"])
        assert (answer["role"], roles(ana, file_id)) == (kept, {ANA: "owner", MAYA: kept})
    assert len(ids) == 1


def test_the_owner_stays_the_owner(ana: Caller) -> None:
    file_id = make(ana)
    assert share(ana, file_id, ANA).json()["role"] == "owner"
    path = f"{FILES}/{file_id}/permissions/{permission_id(ANA)}"
    assert refused(ana.call("DELETE", path))[:2] == (403, "cannotRemoveOwner")
    assert ana.call("PATCH", path, json={"role": "reader"}).status_code == 403


def test_what_is_in_a_folder_has_the_folders_permissions_and_its_own(ana: Caller) -> None:
    folder = make_folder(ana)
    inner = make_folder(ana, parents=[folder])
    file_id = make(ana, parents=[inner])
    share(ana, file_id, "leo@corvo.example", "writer")
    share(ana, folder, MAYA)
    assert roles(ana, file_id) == {ANA: "owner", MAYA: "reader", "leo@corvo.example": "writer"}
    assert set(look(ana, folder)["permissionIds"]) < set(look(ana, file_id)["permissionIds"])
    shown = {row["emailAddress"]: row for row in look(ana, file_id)["permissions"]}
    assert shown[MAYA]["permissionDetails"][0]["inherited"]
    assert not shown["leo@corvo.example"]["permissionDetails"][0]["inherited"]
    assert roles(ana, folder) == {ANA: "owner", MAYA: "reader"}
    ana.call("DELETE", f"{FILES}/{folder}/permissions/{permission_id(MAYA)}")
    assert roles(ana, file_id) == {ANA: "owner", "leo@corvo.example": "writer"}


def test_an_inherited_permission_can_be_raised_but_not_lowered_or_taken_back(ana: Caller) -> None:
    folder = make_folder(ana)
    file_id = make(ana, parents=[folder])
    share(ana, folder, MAYA, "commenter")
    path = f"{FILES}/{file_id}/permissions/{permission_id(MAYA)}"
    assert ana.call("PATCH", path, json={"role": "reader"}).status_code == 403
    assert ana.call("DELETE", path).status_code == 403
    assert ana.call("PATCH", path, json={"role": "writer"}).json()["role"] == "writer"
    assert ana.call("DELETE", path).status_code == 204
    assert roles(ana, file_id)[MAYA] == "commenter"


def test_a_person_sees_when_and_by_whom_a_file_was_shared(ana: Caller, maya: Caller) -> None:
    file_id = make(ana)
    assert look(ana, file_id)["shared"] is False
    share(ana, file_id, MAYA)
    seen = look(maya, file_id)
    assert (seen["shared"], seen["sharingUser"]["emailAddress"]) == (True, ANA)
    assert "sharedWithMeTime" in seen
    assert not seen.keys() & {"permissions", "permissionIds"}


class TestOutsider:
    """Somebody without a Google account."""

    def test_without_a_mail_the_invitation_is_refused_in_googles_words(self, sandbox: Sandbox, ana: Caller) -> None:
        file_id = make(ana)
        assert refused(share(ana, file_id, OUTSIDER)) == (
            400,
            "invalidSharingRequest",
            'Bad Request. User message: "You are trying to invite nobody@nowhere.example. Since there is no Google '
            'account associated with this email address, you must check the "Notify people" box to invite this '
            'recipient."',
        )
        assert (roles(ana, file_id), notices(sandbox)) == ({ANA: "owner"}, [])

    def test_with_a_mail_it_goes_out_with_the_message(self, sandbox: Sandbox, ana: Caller) -> None:
        query = {"sendNotificationEmail": "true", "emailMessage": "Here you are"}
        assert share(ana, make(ana), OUTSIDER, **query).status_code == 200
        assert notices(sandbox) == [(OUTSIDER, "Here you are")]

    def test_a_whole_shared_drive_is_never_for_them(self, ana: Caller) -> None:
        answer = share(ana, STUDIO, OUTSIDER)
        assert refused(answer)[:2] == (403, "cannotShareTeamDriveWithNonGoogleAccounts")


class TestNotice:
    def test_google_mails_unless_told_not_to_and_again_when_asked_again(self, sandbox: Sandbox, ana: Caller) -> None:
        file_id, body = make(ana), {"type": "user", "role": "reader", "emailAddress": MAYA}
        for _ in range(2):
            ana.call("POST", f"{FILES}/{file_id}/permissions", json=body)
        share(ana, file_id, "leo@corvo.example")
        assert notices(sandbox) == [(MAYA, ""), (MAYA, "")]

    def test_a_message_needs_a_mail(self, ana: Caller) -> None:
        assert share(ana, make(ana), MAYA, emailMessage="Hello").status_code == 400

    def test_everybody_gets_no_mail(self, sandbox: Sandbox, ana: Caller) -> None:
        path, body = f"{FILES}/{make(ana)}/permissions", {"type": "anyone", "role": "reader"}
        for asked in ("true", "false"):
            answer = ana.call("POST", path, json=body, sendNotificationEmail=asked)
            assert refused(answer)[:2] == (403, "forbidden")
            assert answer.json()["error"]["errors"][0]["location"] == "sendNotificationEmail"
        assert ana.call("POST", path, json=body).status_code == 200
        assert notices(sandbox) == []


def test_a_link_opens_the_file_for_everybody_who_has_it(ana: Caller, maya: Caller) -> None:
    file_id = make(ana, content=b"x")
    path = f"{FILES}/{file_id}/permissions"
    answer = ana.call("POST", path, json={"type": "anyone", "role": "reader"}).json()
    assert answer == {
        "kind": "drive#permission",
        "id": "anyoneWithLink",
        "type": "anyone",
        "role": "reader",
        "allowFileDiscovery": False,
    }
    assert maya.call("GET", f"{FILES}/{file_id}", alt="media").content == b"x"
    ana.call("DELETE", f"{path}/anyoneWithLink")
    assert maya.call("GET", f"{FILES}/{file_id}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"role": "reader"}, 400, "required"),
        ({"type": "user", "emailAddress": MAYA}, 400, "required"),
        ({"type": "user", "role": "reader"}, 400, "invalid"),
        ({"type": "user", "role": "reader", "emailAddress": "maya"}, 400, "invalid"),
        ({"type": "user", "role": "boss", "emailAddress": MAYA}, 400, "invalid"),
        ({"type": "robot", "role": "reader", "emailAddress": MAYA}, 400, "invalid"),
        ({"type": "anyone", "role": "reader", "emailAddress": MAYA}, 400, "invalid"),
        ({"type": "anyone", "role": "owner"}, 403, "invalidSharingRequest"),
        ({"type": "user", "role": "organizer", "emailAddress": MAYA}, 403, "organizerOnNonTeamDriveNotSupported"),
        (
            {"type": "user", "role": "fileOrganizer", "emailAddress": MAYA},
            403,
            "fileOrganizerOnNonTeamDriveNotSupported",
        ),
        ({"type": "user", "role": "owner", "emailAddress": MAYA}, 403, "forbidden"),
        ({"type": "domain", "role": "reader", "domain": "bloom.example"}, 501, "notImplemented"),
        ({"type": ["user"], "role": "reader"}, 400, "invalid"),
        ({"type": "user", "role": "writer", "emailAddress": MAYA, "pendingOwner": True}, 501, "notImplemented"),
        ({"type": "user", "role": "reader", "emailAddress": MAYA, "view": "published"}, 501, "notImplemented"),
    ],
)
def test_a_permission_that_google_refuses_is_not_given(
    ana: Caller, body: dict[str, Any], status: int, reason: str
) -> None:
    file_id = make(ana)
    assert refused(ana.call("POST", f"{FILES}/{file_id}/permissions", json=body))[:2] == (status, reason)
    assert roles(ana, file_id) == {ANA: "owner"}


def test_unknown_files_and_permissions_are_not_found(ana: Caller) -> None:
    file_id = make(ana)
    assert refused(share(ana, "nonexistent", MAYA))[::2] == (404, "File not found: nonexistent.")
    for http in ("GET", "DELETE", "PATCH"):
        answer = ana.call(http, f"{FILES}/{file_id}/permissions/nonexistent", json={})
        assert refused(answer) == (404, "notFound", "Permission not found: nonexistent.")
        assert answer.json()["error"]["errors"][0]["location"] == "permissionId"


def test_a_person_may_look_at_and_give_up_the_own_permission_only(ana: Caller, maya: Caller) -> None:
    file_id = make(ana)
    share(ana, file_id, MAYA)
    share(ana, file_id, "leo@corvo.example")
    path = f"{FILES}/{file_id}/permissions"
    assert maya.call("GET", f"{path}/{permission_id(MAYA)}").json()["role"] == "reader"
    assert maya.call("GET", f"{path}/{permission_id('leo@corvo.example')}").status_code == 403
    assert maya.call("DELETE", f"{path}/{permission_id('leo@corvo.example')}").status_code == 403
    assert maya.call("DELETE", f"{path}/{permission_id(MAYA)}").status_code == 204
    assert maya.call("GET", f"{FILES}/{file_id}").status_code == 404


def test_writers_may_share_unless_the_owner_forbids_it(ana: Caller, maya: Caller) -> None:
    for allowed, status in ((True, 200), (False, 403)):
        file_id = make(ana, writersCanShare=allowed)
        share(ana, file_id, MAYA, "writer")
        assert share(maya, file_id, "leo@corvo.example").status_code == status


def test_an_app_shares_only_what_it_made(ana: Caller, app: Callable[..., Caller]) -> None:
    program = app(ANA)
    assert refused(share(program, make(ana), MAYA))[:2] == (403, "appNotAuthorizedToFile")
    assert share(program, make(program), MAYA).status_code == 200


def test_a_role_is_changed_and_nothing_else_of_a_permission(ana: Caller) -> None:
    file_id = make(ana)
    grantee = share(ana, file_id, MAYA, "writer").json()["id"]
    path = f"{FILES}/{file_id}/permissions/{grantee}"
    assert ana.call("PATCH", path, json={"role": "reader"}).json()["role"] == "reader"
    assert refused(ana.call("PATCH", path, json={"emailAddress": "x@y.example"}))[:2] == (403, "fieldNotWritable")


TRANSFER = {"transferOwnership": "true", "sendNotificationEmail": "true"}


class TestExpiration:
    def test_a_permission_ends_at_its_time(self, sandbox: Sandbox, ana: Caller, maya: Caller) -> None:
        file_id, until = make(ana), sandbox.state.clock.now() + timedelta(minutes=10)
        body = {"type": "user", "role": "reader", "emailAddress": MAYA, "expirationTime": until.isoformat()}
        answer = ana.call("POST", f"{FILES}/{file_id}/permissions", json=body, fields="expirationTime")
        assert answer.json()["expirationTime"].startswith(until.isoformat()[:19])
        sandbox.state.clock.advance(9 * 60)
        assert maya.call("GET", f"{FILES}/{file_id}").status_code == 200
        sandbox.state.clock.advance(2 * 60)
        assert maya.call("GET", f"{FILES}/{file_id}").status_code == 404
        assert MAYA not in roles(ana, file_id)

    @pytest.mark.parametrize(
        ("who", "where", "kind", "days", "reason"),
        [
            ("bloombakery.hh@gmail.com", "root", "user", 1, "cannotSetExpiration"),
            (ANA, "root", "user", 400, "cannotSetExpiration"),
            (ANA, "root", "user", -1, "expirationDatesMustBeInTheFuture"),
            (ANA, "root", "anyone", 1, "cannotSetExpirationOnAnyoneOrDomain"),
            (ANA, STUDIO, "user", 1, "expirationDateNotAllowedForSharedDriveMembers"),
        ],
    )
    def test_not_every_permission_can_end(
        self,
        sandbox: Sandbox,
        person: Callable[[str], Caller],
        who: str,
        where: str,
        kind: str,
        days: int,
        reason: str,
    ) -> None:
        caller, until = person(who), sandbox.state.clock.now() + timedelta(days=days)
        file_id = make(caller) if where == "root" else where
        body = {"type": kind, "role": "reader", "expirationTime": until.isoformat()}
        body |= {"emailAddress": MAYA} if kind == "user" else {}
        answer = caller.call("POST", f"{FILES}/{file_id}/permissions", json=body, supportsAllDrives="true")
        assert refused(answer)[:2] == (403, reason)
