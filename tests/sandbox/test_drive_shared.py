"""Shared drives: their members' roles, what these allow, and where each permission comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from offboard.sandbox.accounts import permission_id
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, STUDIO, change, look, make, make_folder, refused, share
from tests.sandbox.test_drive_permissions import roles

ANA, MAYA, LEO = "ana@sandbox.example", "maya@bloom.example", "leo@corvo.example"
DRIVES = "/drive/v3/drives"
ALL = {"supportsAllDrives": "true"}


def test_members_of_a_shared_drive_have_their_role_in_all_of_it(ana: Caller, maya: Caller) -> None:
    file_id = make(ana, parents=[STUDIO])
    share(ana, STUDIO, MAYA, "fileOrganizer")
    assert roles(maya, file_id) == {ANA: "organizer", MAYA: "fileOrganizer"}
    answer = ana.call("DELETE", f"{FILES}/{file_id}/permissions/{permission_id(MAYA)}", supportsAllDrives="true")
    assert refused(answer)[:2] == (403, "cannotModifyInheritedTeamDrivePermission")
    assert share(maya, STUDIO, "leo@corvo.example").status_code == 403


@pytest.mark.parametrize(
    ("role", "place", "reason"),
    [
        ("organizer", "file", "organizerOnNonTeamDriveItemNotSupported"),
        ("fileOrganizer", "file", "fileOrganizerOnFoldersInSharedDriveOnly"),
        ("owner", "file", "ownerOnTeamDriveItemNotSupported"),
        ("fileOrganizer", "folder", None),
        ("organizer", "drive", None),
    ],
)
def test_each_role_has_its_place_in_a_shared_drive(ana: Caller, role: str, place: str, reason: str | None) -> None:
    made = {"file": make, "folder": make_folder}[place](ana, parents=[STUDIO]) if place != "drive" else STUDIO
    answer = share(ana, made, MAYA, role)
    assert answer.json()["role"] == role if reason is None else refused(answer)[:2] == (403, reason)


def test_a_whole_shared_drive_is_not_for_everybody(ana: Caller) -> None:
    path, body = f"{FILES}/{STUDIO}/permissions", {"type": "anyone", "role": "reader"}
    answer = ana.call("POST", path, json=body, supportsAllDrives="true")
    assert refused(answer)[:2] == (403, "cannotShareTeamDriveTopFolderWithAnyoneOrDomains")


def test_in_a_shared_drive_a_permission_says_what_is_inherited_and_from_where(ana: Caller, maya: Caller) -> None:
    folder = make_folder(ana, parents=[STUDIO])
    file_id = make(ana, parents=[folder])
    share(ana, STUDIO, MAYA, "commenter")
    share(ana, file_id, MAYA, "writer")
    path = f"{FILES}/{file_id}/permissions/{permission_id(MAYA)}"
    shown = maya.call("GET", path, fields="role,permissionDetails", supportsAllDrives="true").json()
    assert shown["role"] == "writer"
    assert {"role": "writer", "permissionType": "file", "inherited": False} in shown["permissionDetails"]
    inherited = {"role": "commenter", "permissionType": "member", "inherited": True, "inheritedFrom": STUDIO}
    assert inherited in shown["permissionDetails"]
    assert look(ana, file_id)["hasAugmentedPermissions"]
    assert ana.call("DELETE", path, supportsAllDrives="true").status_code == 204
    assert roles(ana, file_id)[MAYA] == "commenter"
    answer = ana.call("PATCH", path, json={"role": "reader"}, supportsAllDrives="true")
    assert refused(answer)[:2] == (403, "cannotModifyInheritedTeamDrivePermission")


CAN = {
    "reader": "",
    "commenter": "canComment",
    "writer": "canComment canAddChildren canEdit canRename canShare canReadRevisions",
    "fileOrganizer": "canComment canAddChildren canEdit canRename canShare canReadRevisions canTrashChildren",
}


@pytest.mark.parametrize("role", CAN)
def test_a_member_may_do_with_the_drive_what_the_role_allows(ana: Caller, maya: Caller, role: str) -> None:
    share(ana, STUDIO, MAYA, role)
    everybody = {"canCopy", "canDownload", "canListChildren"}
    shown = maya.call("GET", f"{DRIVES}/{STUDIO}", fields="*").json()
    assert {right for right, allowed in shown["capabilities"].items() if allowed} == everybody | set(CAN[role].split())
    assert not any(shown["restrictions"].values())
    assert all(ana.call("GET", f"{DRIVES}/{STUDIO}", fields="capabilities").json()["capabilities"].values())


def test_nobody_asks_as_an_administrator(ana: Caller) -> None:
    admin, permissions = {"useDomainAdminAccess": "true"}, f"{FILES}/{STUDIO}/permissions"
    assert refused(ana.call("GET", DRIVES, **admin))[:2] == (403, "noListTeamDrivesAdministratorPrivilege")
    for path in (f"{DRIVES}/{STUDIO}", permissions, f"{permissions}/{permission_id(ANA)}"):
        assert refused(ana.call("GET", path, **admin, **ALL))[:2] == (403, "insufficientAdministratorPrivileges")
    assert share(ana, STUDIO, MAYA, **admin).status_code == 403


def test_whoever_has_one_file_only_does_not_see_the_drive(ana: Caller, maya: Caller) -> None:
    file_id = make(ana, parents=[STUDIO])
    share(ana, file_id, MAYA, "writer")
    can = look(maya, file_id)["capabilities"]
    assert (can["canReadDrive"], can["canEdit"], can["canTrash"]) == (False, True, False)
    assert look(maya, file_id)["driveId"] == STUDIO
    assert maya.call("GET", f"{DRIVES}/{STUDIO}").status_code == 404
    assert look(ana, file_id)["capabilities"]["canReadDrive"]


def test_only_who_organizes_files_moves_them_within_the_drive(ana: Caller, person: Callable[[str], Caller]) -> None:
    folder, file_id = make_folder(ana, parents=[STUDIO]), make(ana, parents=[STUDIO])
    query = {"addParents": folder, "removeParents": STUDIO} | ALL
    share(ana, STUDIO, MAYA, "writer")
    share(ana, STUDIO, LEO, "fileOrganizer")
    assert not look(person(MAYA), file_id)["capabilities"]["canMoveItemWithinDrive"]
    assert refused(change(person(MAYA), file_id, **query))[:2] == (403, "insufficientFilePermissions")
    assert look(person(LEO), file_id)["capabilities"]["canMoveItemWithinDrive"]
    assert change(person(LEO), file_id, fields="parents", **query).json() == {"parents": [folder]}


def test_an_item_of_a_shared_drive_always_has_a_folder(ana: Caller) -> None:
    file_id = make(ana, parents=[STUDIO])
    answer = change(ana, file_id, removeParents=STUDIO, **ALL)
    assert refused(answer)[:2] == (403, "teamDrivesParentLimit")
    assert look(ana, file_id)["parents"] == [STUDIO]
