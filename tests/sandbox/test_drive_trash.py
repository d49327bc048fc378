"""The trash: a folder takes along what is in it, and what is deleted is gone."""

from __future__ import annotations

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, change, look, make, make_folder, search, share

MAYA = "maya@bloom.example"


def state_of(caller: Caller, *ids: str) -> str:
    """For each file `E` in the trash by itself, `T` with its folder, `.` not."""
    shown = [look(caller, file_id, "trashed,explicitlyTrashed") for file_id in ids]
    return "".join("E" if one["explicitlyTrashed"] else "T" if one["trashed"] else "." for one in shown)


def test_a_folder_takes_along_what_is_in_it_and_brings_it_back(ana: Caller) -> None:
    top = make_folder(ana)
    inner = make_folder(ana, parents=[top])
    file_id, alone = make(ana, parents=[inner]), make(ana, parents=[inner])
    change(ana, alone, {"trashed": True})
    assert state_of(ana, top, inner, file_id, alone) == "...E"
    change(ana, top, {"trashed": True})
    assert state_of(ana, top, inner, file_id, alone) == "ETTE"
    change(ana, top, {"trashed": False})
    assert state_of(ana, top, inner, file_id, alone) == "...E"


def test_out_of_a_trashed_folder_a_file_comes_back_to_my_drive(ana: Caller) -> None:
    folder = make_folder(ana)
    file_id = make(ana, parents=[folder])
    change(ana, folder, {"trashed": True})
    change(ana, file_id, {"trashed": False})
    assert state_of(ana, folder, file_id) == "E."
    assert look(ana, file_id)["parents"] == [look(ana, "root")["id"]]


def test_what_is_put_into_a_trashed_folder_is_in_the_trash(ana: Caller) -> None:
    folder, moved, root = make_folder(ana), make(ana), look(ana, "root")["id"]
    change(ana, folder, {"trashed": True})
    change(ana, moved, addParents=folder, removeParents=root)
    made = make(ana, parents=[folder])
    assert state_of(ana, moved, made) == "TT"
    change(ana, moved, addParents=root, removeParents=folder)
    assert state_of(ana, moved) == "."


def test_a_trashed_file_is_still_there_for_everybody_with_access(ana: Caller, maya: Caller) -> None:
    file_id = make(ana, content=b"x")
    share(ana, file_id, MAYA)
    change(ana, file_id, {"trashed": True})
    assert look(maya, file_id)["trashed"]
    assert maya.call("GET", f"{FILES}/{file_id}", alt="media").content == b"x"
    assert search(ana, "trashed = false") == []


def test_a_deleted_folder_takes_the_owners_files_and_leaves_those_of_others(ana: Caller, maya: Caller) -> None:
    folder = make_folder(ana)
    share(ana, folder, MAYA, "writer")
    inner = make_folder(ana, parents=[folder])
    own, others = make(ana, parents=[inner]), make(maya, parents=[inner])
    assert ana.call("DELETE", f"{FILES}/{folder}").status_code == 204
    for file_id in (folder, inner, own):
        assert ana.call("GET", f"{FILES}/{file_id}").status_code == 404
    assert look(maya, others)["parents"] == [look(maya, "root")["id"]]
    assert ana.call("GET", f"{FILES}/{others}").status_code == 404


def test_nothing_of_a_deleted_file_stays_behind(sandbox: Sandbox, ana: Caller) -> None:
    tables = ("files", "permissions", "access", "marks", "app_files", "file_properties", "texts", "blobs")

    def rows() -> list[int]:
        return [sandbox.state.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

    look(ana, "root")
    before = rows()
    file_id = make(ana, content=b"words", properties={"a": "b"}, starred=True)
    copied = ana.call("POST", f"{FILES}/{file_id}/copy", json={}).json()["id"]
    share(ana, file_id, MAYA)
    for gone in (file_id, copied):
        ana.call("DELETE", f"{FILES}/{gone}")
    assert rows() == before
