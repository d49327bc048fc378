"""Files are made, looked at, changed and copied as Google's Drive does it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import (
    DOCUMENT,
    FILES,
    FOLDER,
    SHORTCUT,
    SPREADSHEET,
    UPLOAD,
    change,
    look,
    make,
    make_folder,
    refused,
    share,
    upload,
)


def generate(caller: Caller, **query: Any) -> list[str]:
    return list(caller.call("GET", f"{FILES}/generateIds", **query).json()["ids"])


def test_an_answer_without_fields_has_the_four_default_fields(ana: Caller) -> None:
    answer = ana.call("POST", FILES, json={"name": "a", "mimeType": FOLDER}).json()
    assert set(answer) == {"kind", "id", "name", "mimeType"}
    assert set(ana.call("GET", f"{FILES}/{answer['id']}").json()) == {"kind", "id", "name", "mimeType"}


def test_a_blob_has_size_and_checksums_of_exactly_what_was_uploaded(ana: Caller) -> None:
    content = b"line\r\n\r\n--x not the boundary\n\x00\xff"
    shown = look(ana, make(ana, "bytes.tar.gz", content=content, mime="application/gzip"))
    assert shown["size"] == str(len(content)) == shown["quotaBytesUsed"]
    assert shown["md5Checksum"] == hashlib.md5(content).hexdigest()
    assert shown["sha1Checksum"] == hashlib.sha1(content).hexdigest()
    assert shown["sha256Checksum"] == hashlib.sha256(content).hexdigest()
    assert (shown["fileExtension"], shown["fullFileExtension"]) == ("gz", "tar.gz")
    assert shown["webViewLink"] == f"https://drive.google.com/file/d/{shown['id']}/view?usp=drivesdk"
    downloaded = ana.call("GET", f"{FILES}/{shown['id']}", alt="media")
    assert (downloaded.content, downloaded.headers["content-type"]) == (content, "application/gzip")


@pytest.mark.parametrize("mime", [FOLDER, DOCUMENT, SHORTCUT])
def test_googles_own_types_have_no_checksum_and_no_bytes_to_download(ana: Caller, mime: str) -> None:
    target = {"shortcutDetails": {"targetId": make(ana)}} if mime == SHORTCUT else {}
    file_id = make(ana, "native", mimeType=mime, **target)
    assert not look(ana, file_id).keys() & {"md5Checksum", "webContentLink", "headRevisionId", "originalFilename"}
    answer = ana.call("GET", f"{FILES}/{file_id}", alt="media")
    assert refused(answer)[:2] == (403, "fileNotDownloadable")


def test_a_file_without_content_is_empty_and_unnamed_ones_are_untitled(ana: Caller) -> None:
    shown = ana.call("POST", FILES, json={}, params={"fields": "name,size,mimeType,md5Checksum"}).json()
    assert shown["name"] == "Untitled"
    shown = look(ana, ana.call("POST", FILES, json={}).json()["id"])
    assert (shown["size"], shown["mimeType"]) == ("0", "application/octet-stream")
    assert shown["md5Checksum"] == hashlib.md5(b"").hexdigest()


def test_the_type_of_an_upload_is_that_of_the_metadata_then_of_the_media_then_of_the_name(ana: Caller) -> None:
    for told, media, name, expected in [
        ("text/x-own", "text/plain", "a.csv", "text/x-own"),
        (None, "text/plain", "a.csv", "text/plain"),
        (None, "application/octet-stream", "a.csv", "text/csv"),
        (None, "application/octet-stream", "a", "application/octet-stream"),
    ]:
        body = {"name": name} | ({"mimeType": told} if told else {})
        assert upload(ana, body, b"x", media).json()["mimeType"] == expected


def test_root_means_my_drive_wherever_an_id_stands(ana: Caller) -> None:
    root = look(ana, "root")
    assert (root["name"], root["mimeType"], "parents" in root) == ("My Drive", FOLDER, False)
    assert look(ana, make(ana, parents=["root"]))["parents"] == [root["id"]] == look(ana, make(ana))["parents"]


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"parents": ["a", "b"]}, 403, "cannotAddParent"),
        ({"parents": ["nowhere"]}, 404, "notFound"),
        ({"md5Checksum": "x"}, 403, "fieldNotWritable"),
        ({"owners": []}, 403, "fieldNotWritable"),
        ({"name": 5}, 400, "invalid"),
        ({"parents": "root"}, 400, "invalid"),
        ({"starred": "yes"}, 400, "invalid"),
        ({"properties": {"a": 1}}, 400, "invalid"),
        ({"modifiedTime": "yesterday"}, 400, "invalid"),
        ({"modifiedTime": "2026-05-21T09:00:00"}, 400, "invalid"),
        ({"appProperties": {"k" * 60: "v" * 65}}, 403, "propertyLengthLimitExceeded"),
        ({"mimeType": SHORTCUT}, 400, "shortcutTargetInvalid"),
        ({"mimeType": SHORTCUT, "shortcutDetails": {"targetId": "nowhere"}}, 404, "notFound"),
    ],
)
def test_a_body_that_google_refuses_makes_nothing(ana: Caller, body: dict[str, Any], status: int, reason: str) -> None:
    answer = ana.call("POST", FILES, json=body)
    assert refused(answer)[:2] == (status, reason)
    assert ana.call("GET", FILES).json()["files"] == []


def test_a_file_is_no_folder(ana: Caller) -> None:
    answer = ana.call("POST", FILES, json={"parents": [make(ana)]})
    assert refused(answer) == (403, "parentNotAFolder", "The specified parent is not a folder.")


class TestGeneratedIds:
    def test_as_many_come_as_were_asked_for_and_ten_by_default(self, ana: Caller) -> None:
        assert len(set(generate(ana, count=1000))) == 1000
        answer = ana.call("GET", f"{FILES}/generateIds").json()
        assert (answer["kind"], answer["space"], len(answer["ids"])) == ("drive#generatedIds", "drive", 10)

    @pytest.mark.parametrize("query", [{"count": 1001}, {"count": 0}, {"space": "moon"}, {"type": "folders"}])
    def test_nonsense_is_400(self, ana: Caller, query: dict[str, Any]) -> None:
        assert ana.call("GET", f"{FILES}/generateIds", **query).status_code == 400

    def test_one_makes_one_file_and_a_second_use_is_409_also_from_the_trash(self, ana: Caller) -> None:
        (file_id,) = generate(ana, count=1)
        body = {"id": file_id, "name": "once"}
        assert ana.call("POST", FILES, json=body).json()["id"] == file_id
        again = (409, "fileIdInUse", "A file already exists with the provided ID.")
        assert refused(ana.call("POST", FILES, json=body)) == again
        change(ana, file_id, {"trashed": True})
        assert refused(ana.call("POST", FILES, json=body)) == again
        assert len(ana.call("GET", FILES).json()["files"]) == 1

    def test_a_copy_takes_one_too(self, ana: Caller) -> None:
        (file_id,), source = generate(ana, count=1), make(ana, content=b"x")
        for status in (200, 409):
            assert ana.call("POST", f"{FILES}/{source}/copy", json={"id": file_id}).status_code == status

    def test_an_invented_one_and_somebody_elses_are_not_usable(self, ana: Caller, maya: Caller) -> None:
        for file_id in ("1InventedInventedInventedInvented", *generate(maya, count=1)):
            answer = ana.call("POST", FILES, json={"id": file_id})
            assert refused(answer)[0::2] == (400, "The provided file ID is not usable.")

    def test_a_file_takes_none_that_is_for_shortcuts(self, ana: Caller) -> None:
        target = {"targetId": make(ana)}
        (file_id,), (shortcut_id,) = generate(ana, count=1), generate(ana, count=1, type="shortcuts")
        shortcut = {"mimeType": SHORTCUT, "shortcutDetails": target}
        assert ana.call("POST", FILES, json={"id": shortcut_id}).status_code == 400
        assert ana.call("POST", FILES, json={"id": file_id, **shortcut}).status_code == 400
        assert ana.call("POST", FILES, json={"id": shortcut_id, **shortcut}).status_code == 200

    @pytest.mark.parametrize("mime", [DOCUMENT, SPREADSHEET])
    def test_googles_own_types_take_none_neither_new_nor_converted_nor_copied(self, ana: Caller, mime: str) -> None:
        (file_id,) = generate(ana, count=1)
        body = {"id": file_id, "mimeType": mime}
        assert refused(ana.call("POST", FILES, json=body))[:2] == (403, "generatedIdNotSupported")
        assert refused(upload(ana, body, b"a,b", "text/csv"))[:2] == (403, "generatedIdNotSupported")
        source = make(ana, mimeType=DOCUMENT)
        answer = ana.call("POST", f"{FILES}/{source}/copy", json={"id": file_id})
        assert refused(answer)[:2] == (403, "generatedIdNotSupported")


class TestUpdate:
    def test_metadata_changes_and_what_is_not_named_stays(self, ana: Caller) -> None:
        file_id = make(ana, "old.txt", content=b"x", description="d", properties={"a": "1", "b": "2"})
        answer = change(ana, file_id, {"name": "new.txt", "properties": {"a": None, "c": "3"}, "starred": True})
        assert answer.json()["name"] == "new.txt"
        shown = look(ana, file_id)
        assert (shown["description"], shown["starred"]) == ("d", True)
        assert (shown["properties"], shown["originalFilename"]) == ({"b": "2", "c": "3"}, "old.txt")

    def test_new_content_is_a_new_revision_of_the_same_file(self, ana: Caller) -> None:
        file_id = make(ana, content=b"one")
        before = look(ana, file_id)
        query = {"uploadType": "media", "fields": "*"}
        after = ana.call("PATCH", f"{UPLOAD}/{file_id}", data=b"two!", headers={"Content-Type": "text/plain"}, **query)
        assert after.json()["size"] == "4"
        assert after.json()["headRevisionId"] != before["headRevisionId"]
        assert int(after.json()["version"]) > int(before["version"])
        assert ana.call("GET", f"{FILES}/{file_id}", alt="media").content == b"two!"

    def test_a_time_of_change_is_kept_as_given_in_utc(self, ana: Caller) -> None:
        file_id = make(ana)
        change(ana, file_id, {"modifiedTime": "2026-05-21T11:00:00.5+02:00"})
        assert (
            look(ana, file_id)["modifiedTime"] == look(ana, file_id)["modifiedByMeTime"] == "2026-05-21T09:00:00.500Z"
        )

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            (
                {"parents": ["root"]},
                "The parents field is not directly writable in update requests. Use the addParents",
            ),
            ({"id": "x"}, "The resource body includes fields which are not directly writable."),
            ({"createdTime": "2026-01-01T00:00:00Z"}, "The resource body includes fields which are"),
            ({"size": "5"}, "The resource body includes fields which are"),
            ({"mimeType": "text/other"}, "The resource body includes fields which are"),
        ],
    )
    def test_what_is_set_once_cannot_be_changed(self, ana: Caller, body: dict[str, Any], message: str) -> None:
        status, reason, said = refused(change(ana, make(ana), body))
        assert (status, reason) == (403, "fieldNotWritable")
        assert said.startswith(message)

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"trashedTime": "2026-01-01T00:00:00Z"}, 403),
            ({"modifiedByMeTime": "2026-01-01T00:00:00Z"}, 403),
            ({"teamDriveId": "x"}, 403),
            ({"contentRestrictions": [{"readOnly": True}]}, 501),
            ({"inheritedPermissionsDisabled": True}, 501),
        ],
    )
    def test_nothing_that_is_said_is_silently_passed_over(self, ana: Caller, body: dict[str, Any], status: int) -> None:
        assert change(ana, make(ana), body).status_code == status
        assert ana.call("POST", FILES, json=body).status_code == status

    def test_a_move_leaves_one_folder_for_another_and_needs_both_named(self, ana: Caller) -> None:
        old, new = make_folder(ana, "old"), make_folder(ana, "new")
        file_id = make(ana, parents=[old])
        assert refused(change(ana, file_id, addParents=new))[:2] == (403, "cannotAddParent")
        assert change(ana, file_id, addParents=new, removeParents=old, fields="parents").json() == {"parents": [new]}
        assert change(ana, file_id, addParents=new, fields="parents").json() == {"parents": [new]}
        assert refused(change(ana, file_id, addParents="nowhere", removeParents=new))[0] == 404

    def test_a_file_that_leaves_its_folder_for_none_is_in_my_drive(self, ana: Caller) -> None:
        folder = make_folder(ana)
        file_id = make(ana, parents=[folder])
        assert change(ana, file_id, removeParents="nowhere").status_code == 404
        shown = change(ana, file_id, removeParents=folder, fields="parents").json()
        assert shown["parents"] == [look(ana, "root")["id"]]

    def test_a_folder_cannot_be_moved_into_itself(self, ana: Caller) -> None:
        outer = make_folder(ana)
        inner = make_folder(ana, parents=[outer])
        root = look(ana, "root")["id"]
        assert change(ana, outer, addParents=inner, removeParents=root).status_code == 400

    def test_my_drive_itself_cannot_be_renamed_trashed_or_deleted(self, ana: Caller) -> None:
        for body in ({"name": "x"}, {"trashed": True}):
            assert refused(change(ana, "root", body))[0] == 403
        assert ana.call("DELETE", f"{FILES}/root").status_code == 403


class TestCopy:
    def test_a_copy_is_named_after_its_source_and_lies_beside_it(self, ana: Caller) -> None:
        folder = make_folder(ana)
        source = make(ana, "a.txt", content=b"x", parents=[folder], properties={"k": "v"}, description="d")
        copied = ana.call("POST", f"{FILES}/{source}/copy", json={}, fields="*").json()
        assert (copied["name"], copied["parents"]) == ("Copy of a.txt", [folder])
        assert copied["md5Checksum"] == look(ana, source)["md5Checksum"]
        assert (copied["properties"], copied["description"]) == ({"k": "v"}, "d")

    def test_its_content_is_its_own(self, ana: Caller) -> None:
        source = make(ana, content=b"x")
        copied = ana.call("POST", f"{FILES}/{source}/copy", json={}).json()["id"]
        ana.call("DELETE", f"{FILES}/{source}")
        assert ana.call("GET", f"{FILES}/{copied}", alt="media").content == b"x"

    def test_a_folder_cannot_be_copied(self, ana: Caller) -> None:
        answer = ana.call("POST", f"{FILES}/{make_folder(ana)}/copy", json={})
        assert refused(answer) == (403, "cannotCopyFile", "This file cannot be copied by the user.")

    def test_readers_of_a_locked_file_can_neither_copy_nor_download_it(self, ana: Caller, maya: Caller) -> None:
        file_id = make(ana, content=b"x", copyRequiresWriterPermission=True)
        share(ana, file_id, "maya@bloom.example")
        assert refused(maya.call("POST", f"{FILES}/{file_id}/copy", json={}))[1] == "cannotCopyFile"
        assert refused(maya.call("GET", f"{FILES}/{file_id}", alt="media"))[1] == "cannotDownloadFile"
        can = look(maya, file_id)["capabilities"]
        assert (can["canCopy"], can["canDownload"], can["canComment"]) == (False, False, False)
        assert look(ana, file_id)["capabilities"]["canCopy"]

    def test_somebody_elses_file_is_copied_to_the_own_drive(self, ana: Caller, maya: Caller) -> None:
        file_id = make(ana, content=b"x")
        share(ana, file_id, "maya@bloom.example")
        copied = maya.call("POST", f"{FILES}/{file_id}/copy", json={}, fields="*").json()
        assert copied["ownedByMe"]
        assert copied["parents"] == [look(maya, "root")["id"]]
        assert not copied["shared"]


def test_app_properties_belong_to_the_app_and_properties_to_all(ana: Caller, app: Any) -> None:
    program = app("ana@sandbox.example", "drive")
    file_id = make(program, properties={"all": "1"}, appProperties={"mine": "2"})
    assert look(program, file_id)["appProperties"] == {"mine": "2"}
    seen = look(ana, file_id)
    assert (seen["properties"], "appProperties" in seen) == ({"all": "1"}, False)


def test_a_reset_empties_the_drive_and_leaves_it_usable(ana: Caller) -> None:
    make(ana)
    ana.call("POST", "/sandbox/reset")
    assert ana.call("GET", FILES).json()["files"] == []
    assert look(ana, make(ana))["parents"] == [look(ana, "root")["id"]]


def test_about_wants_its_fields_named_and_counts_what_is_stored(ana: Caller) -> None:
    assert refused(ana.call("GET", "/drive/v3/about"))[:2] == (400, "required")
    file_id = make(ana, content=b"12345")
    change(ana, file_id, {"trashed": True})
    shown = ana.call("GET", "/drive/v3/about", fields="user,storageQuota,exportFormats").json()
    assert shown["user"]["emailAddress"] == "ana@sandbox.example"
    assert shown["storageQuota"]["usage"] == shown["storageQuota"]["usageInDriveTrash"] == "5"
    assert "application/pdf" in shown["exportFormats"][DOCUMENT]


def test_a_file_has_no_comments(ana: Caller) -> None:
    path = f"{FILES}/{make(ana)}/comments"
    assert ana.call("GET", path, fields="comments/content,nextPageToken").json() == {"comments": []}
    assert refused(ana.call("GET", path))[1] == "required"
