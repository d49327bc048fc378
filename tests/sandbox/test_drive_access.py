"""Who sees and changes what: the person's role and what was granted to the app, both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from offboard.sandbox.drive.store import open_with
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import (
    DOCUMENT,
    FILES,
    STUDIO,
    UPLOAD,
    change,
    look,
    make,
    make_folder,
    refused,
    search,
    share,
)

ANA, MAYA = "ana@sandbox.example", "maya@bloom.example"
Apps = Callable[..., Caller]


def try_all(caller: Caller, file_id: str) -> dict[str, int]:
    """The statuses of reading and of every way of writing; the destructive ones last."""
    path = f"{FILES}/{file_id}"
    return {
        "get": caller.call("GET", path).status_code,
        "download": caller.call("GET", path, alt="media").status_code,
        "star": change(caller, file_id, {"starred": True}).status_code,
        "rename": change(caller, file_id, {"name": "b"}).status_code,
        "upload": caller.call("PATCH", f"{UPLOAD}/{file_id}", data=b"y", uploadType="media").status_code,
        "share": share(caller, file_id, "leo@corvo.example").status_code,
        "trash": change(caller, file_id, {"trashed": True}).status_code,
        "delete": caller.call("DELETE", path).status_code,
    }


ROLES = {
    "": {"get": 404, "download": 404, "star": 404, "rename": 404, "upload": 404, "share": 404, "trash": 404},
    "reader": {"get": 200, "download": 200, "star": 200, "rename": 403, "upload": 403, "share": 403, "trash": 403},
    "commenter": {"get": 200, "download": 200, "star": 200, "rename": 403, "upload": 403, "share": 403, "trash": 403},
    "writer": {"get": 200, "download": 200, "star": 200, "rename": 200, "upload": 200, "share": 200, "trash": 403},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("inherited", [False, True], ids=["on the file", "on its folder"])
def test_a_role_allows_what_it_allows_on_google(ana: Caller, maya: Caller, role: str, inherited: bool) -> None:
    folder = make_folder(ana)
    file_id = make(ana, content=b"x", parents=[folder])
    if role:
        share(ana, folder if inherited else file_id, MAYA, role)
    assert try_all(maya, file_id) == ROLES[role] | {"delete": 403 if role else 404}


def test_the_refusal_for_a_low_role_is_googles(ana: Caller, maya: Caller) -> None:
    file_id = make(ana)
    share(ana, file_id, MAYA)
    told = (403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file.")
    assert refused(change(maya, file_id, {"name": "b"})) == told
    assert refused(maya.call("GET", f"{FILES}/{file_id}/permissions")) == told
    assert refused(maya.call("GET", f"{FILES}/{make(ana)}"))[:2] == (404, "notFound")


def test_capabilities_say_what_the_role_allows(ana: Caller, maya: Caller) -> None:
    folder = make_folder(ana)
    rights = ("canEdit", "canShare", "canTrash", "canDelete", "canAddChildren", "canCopy", "canListChildren")
    for role, expected in {"reader": "0000001", "writer": "1100101"}.items():
        share(ana, folder, MAYA, role)
        can = look(maya, folder)["capabilities"]
        assert "".join(str(int(can[right])) for right in rights) == expected, role
    assert look(ana, folder)["capabilities"]["canDelete"]


def test_into_a_readers_folder_nothing_can_be_put(ana: Caller, maya: Caller) -> None:
    folder = make_folder(ana)
    share(ana, folder, MAYA)
    answer = maya.call("POST", FILES, json={"parents": [folder]})
    assert refused(answer)[:2] == (403, "insufficientParentPermissions")
    assert maya.call("POST", FILES, json={"parents": [make_folder(ana)]}).status_code == 404


def test_what_a_writer_puts_into_a_folder_is_theirs_and_the_folders_owner_may_write_to_it(
    ana: Caller, maya: Caller
) -> None:
    folder = make_folder(ana)
    share(ana, folder, MAYA, "writer")
    file_id = make(maya, parents=[folder])
    seen = look(ana, file_id)
    assert (seen["ownedByMe"], seen["owners"][0]["emailAddress"]) == (False, MAYA)
    assert change(ana, file_id, {"name": "b"}).status_code == 200
    assert change(ana, file_id, {"trashed": True}).status_code == 403


def test_access_follows_a_file_into_its_folder_and_out_of_it(ana: Caller, maya: Caller) -> None:
    shared, inner = make_folder(ana), make_folder(ana)
    file_id, root = make(ana, parents=[inner]), look(ana, "root")["id"]
    share(ana, shared, MAYA)
    change(ana, inner, addParents=shared, removeParents=root)
    assert look(maya, file_id)["id"] == file_id
    change(ana, inner, addParents=root, removeParents=shared)
    assert maya.call("GET", f"{FILES}/{file_id}").status_code == 404


class TestDriveFile:
    """An app with drive.file alone knows only what it made or what was opened with it."""

    def test_what_others_made_is_not_there(self, ana: Caller, app: Apps) -> None:
        program, file_id = app(ANA, "drive.file"), make(ana, content=b"x")
        assert set(try_all(program, file_id).values()) == {404}
        assert program.call("GET", FILES).json()["files"] == []
        assert program.call("GET", f"{FILES}/root").status_code == 404

    def test_what_it_made_it_may_do_everything_with(self, app: Apps) -> None:
        program = app(ANA, "drive.file")
        file_id = make(program, content=b"x")
        assert set(try_all(program, file_id).values()) == {200, 204}

    def test_it_is_about_this_app_and_this_person(self, ana: Caller, app: Apps) -> None:
        file_id = make(app(ANA, "drive.file"))
        assert app(ANA, "drive.file", client="other").call("GET", f"{FILES}/{file_id}").status_code == 404
        share(ana, file_id, MAYA)
        assert app(MAYA, "drive.file").call("GET", f"{FILES}/{file_id}").status_code == 404
        assert look(app(ANA, "drive.file"), file_id)["isAppAuthorized"]

    def test_opening_a_file_with_the_app_gives_it_to_the_app(self, sandbox: Sandbox, ana: Caller, app: Apps) -> None:
        program, file_id = app(ANA, "drive.file", client="picker"), make(ana)
        with sandbox.state.transaction():
            open_with(sandbox.state, file_id, ANA, "picker")
        assert change(program, file_id, {"name": "b"}).status_code == 200

    def test_it_puts_files_into_my_drive_and_its_own_folders_only(self, ana: Caller, app: Apps) -> None:
        for scopes in (("drive.file",), ("drive.file", "drive.readonly")):
            program = app(ANA, *scopes)
            assert make(program, parents=["root"])
            assert make(program, parents=[make_folder(program)])
            answer = program.call("POST", FILES, json={"parents": [make_folder(ana)]})
            assert refused(answer)[:2] == (403, "insufficientParentPermissions")


class TestReadonly:
    """With drive.readonly besides, everything can be read, and still nothing of others written."""

    def test_writing_is_refused_with_the_apps_name(self, ana: Caller, app: Apps) -> None:
        program, file_id = app(ANA, client="1234-app"), make(ana, content=b"x")
        statuses = try_all(program, file_id)
        assert (statuses.pop("get"), statuses.pop("download")) == (200, 200)
        assert set(statuses.values()) == {403}
        status, reason, message = refused(change(program, file_id, {"name": "b"}))
        assert (status, reason) == (403, "appNotAuthorizedToFile")
        assert message == f"The user has not granted the app 1234 write access to the file {file_id}."

    def test_a_copy_of_what_it_reads_is_its_own(self, ana: Caller, app: Apps) -> None:
        program, file_id = app(ANA), make(ana, content=b"x")
        copied = program.call("POST", f"{FILES}/{file_id}/copy", json={}).json()["id"]
        assert change(program, copied, {"name": "b"}).status_code == 200

    def test_alone_it_writes_nothing(self, app: Apps) -> None:
        answer = app(ANA, "drive.readonly").call("POST", FILES, json={})
        assert refused(answer)[:2] == (403, "insufficientPermissions")

    def test_metadata_alone_downloads_nothing(self, ana: Caller, app: Apps) -> None:
        program, file_id = app(ANA, "drive.metadata.readonly"), make(ana, content=b"x")
        assert look(program, file_id)["size"] == "1"
        assert program.call("GET", f"{FILES}/{file_id}", alt="media").status_code == 403
        document = make(ana, mimeType=DOCUMENT)
        assert program.call("GET", f"{FILES}/{document}/export", mimeType="text/plain").status_code == 403


class TestSharedDrive:
    def test_its_members_see_it_and_others_do_not(self, ana: Caller, maya: Caller) -> None:
        assert [drive["name"] for drive in ana.call("GET", "/drive/v3/drives").json()["drives"]] == ["Studio"]
        assert ana.call("GET", f"/drive/v3/drives/{STUDIO}", fields="name").json() == {"name": "Studio"}
        assert maya.call("GET", "/drive/v3/drives").json()["drives"] == []
        assert refused(maya.call("GET", f"/drive/v3/drives/{STUDIO}"))[:2] == (404, "notFound")

    def test_an_app_that_does_not_say_it_knows_shared_drives_finds_nothing_there(self, ana: Caller) -> None:
        file_id = make(ana, parents=[STUDIO])
        assert ana.call("GET", f"{FILES}/{file_id}").status_code == 404
        assert ana.call("GET", f"{FILES}/{file_id}", supportsAllDrives="true").status_code == 200
        assert ana.call("POST", FILES, json={"parents": [STUDIO]}).status_code == 404

    def test_its_files_have_no_owner(self, ana: Caller) -> None:
        shown = look(ana, make(ana, parents=[STUDIO]))
        assert shown["driveId"] == STUDIO == shown["parents"][0]
        assert not shown.keys() & {"owners", "ownedByMe", "shared", "permissions"}
        assert not shown["hasAugmentedPermissions"]

    def test_a_contributor_writes_but_does_not_trash_and_only_managers_delete(self, ana: Caller, maya: Caller) -> None:
        file_id, all_drives = make(ana, parents=[STUDIO]), {"supportsAllDrives": "true"}
        share(ana, STUDIO, MAYA, "writer")
        assert change(maya, file_id, {"name": "b"}, **all_drives).status_code == 200
        assert change(maya, file_id, {"trashed": True}, **all_drives).status_code == 403
        assert change(ana, file_id, {"trashed": True}, **all_drives).status_code == 200
        assert look(ana, file_id)["trashingUser"]["emailAddress"] == ANA
        assert maya.call("DELETE", f"{FILES}/{file_id}", **all_drives).status_code == 403
        assert ana.call("DELETE", f"{FILES}/{file_id}", **all_drives).status_code == 204

    def test_a_file_moves_in_and_loses_its_owner_a_folder_does_not(self, ana: Caller) -> None:
        file_id, folder, root = make(ana), make_folder(ana), look(ana, "root")["id"]
        query = {"addParents": STUDIO, "removeParents": root, "supportsAllDrives": "true"}
        assert refused(change(ana, folder, **query))[:2] == (403, "teamDrivesFolderMoveInNotSupported")
        assert change(ana, file_id, **query).json()["driveId"] == STUDIO
        assert "owners" not in look(ana, file_id)

    def test_only_a_manager_moves_a_file_out_and_owns_it_then(self, ana: Caller, maya: Caller) -> None:
        file_id = make(ana, parents=[STUDIO])
        share(ana, STUDIO, MAYA, "fileOrganizer")
        query = {"addParents": "root", "removeParents": STUDIO, "supportsAllDrives": "true"}
        assert refused(change(maya, file_id, **query))[:2] == (403, "insufficientFilePermissions")
        assert change(ana, file_id, **query).status_code == 200
        assert (look(ana, file_id)["ownedByMe"], "driveId" in look(ana, file_id)) == (True, False)
        assert maya.call("GET", f"{FILES}/{file_id}").status_code == 404

    def test_lists_leave_it_out_unless_both_parameters_ask_for_it(self, ana: Caller) -> None:
        make(ana, "mine")
        make(ana, "ours", parents=[STUDIO])
        both: dict[str, Any] = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}
        assert search(ana, "") == ["mine"]
        assert sorted(search(ana, "", **both)) == ["mine", "ours"]
        assert search(ana, "", corpora="drive", driveId=STUDIO, **both) == ["ours"]
        assert search(ana, f"'{STUDIO}' in parents", **both) == ["ours"]
        for wrong in ({"includeItemsFromAllDrives": "true"}, both | {"driveId": STUDIO}, {"corpora": "moon"}):
            assert ana.call("GET", FILES, **wrong).status_code in (400, 403)
        answer = ana.call("GET", FILES, corpora="drive", driveId="nowhere", **both)
        assert refused(answer)[::2] == (404, "Shared drive not found: nowhere")
