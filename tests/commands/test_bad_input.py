"""What people type, put or leave in the wrong place: named, with the way out, and nothing is half made."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from offboard.demo.person import Person
from offboard.tracker.tabs import SHEET_IDS, letter_of
from tests.rehearsal import Rehearsal
from tests.sandbox.workbook import Json

EVIL = """O'Brien & Söhne <b>"{{7*7}}" *x* [a](http://evil.example)"""
FOLDER = "application/vnd.google-apps.folder"


def cell(field: str, row: int = 2, tab: str = "Clients") -> str:
    return f"{tab}!{letter_of(tab, field)}{row}"


def batch(rehearsal: Rehearsal, *requests: Json) -> None:
    """What a person does to the tracker's tabs with the mouse."""
    path = f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate"
    rehearsal.person.ask("POST", path, {"requests": list(requests)})


def run(rehearsal: Rehearsal, *words: str) -> tuple[Result, list[str]]:
    """A command, and the methods of its requests that were no mere look."""
    results: list[Result] = []
    seen = rehearsal.requests_of(lambda: results.append(rehearsal.offboard(*words)))
    return results[0], [request["method"] for request in seen if request["method"] != "GET"]


def told(result: Result) -> str:
    """What stood on the screen's error side, as one line."""
    return " ".join(result.stderr.split())


def made(rehearsal: Rehearsal) -> tuple[int, int]:
    """How many folders named as ours there are, and drafts."""
    query = f"/drive/v3/files?q=name contains 'Offboarding' and mimeType = '{FOLDER}'"
    return len(rehearsal.get(query)["files"]), len(rehearsal.get("/gmail/v1/users/me/drafts").get("drafts", []))


@pytest.mark.parametrize("command", [("run", "--yes"), ("plan",), ("folder", "--yes"), ("status",)])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("bloon", "Did you mean bloom (Bloom Bakery)?"),
        ("Corvo Cofee", "Did you mean corvo (Corvo Coffee)?"),
        ("zzz", "You have bloom, corvo, dune."),
        ("bl*", "bloom"),
    ],
)
def test_a_client_who_is_not_there_is_answered_with_the_nearest(
    rehearsal: Rehearsal, command: tuple[str, ...], name: str, says: str
) -> None:
    result, writes = run(rehearsal, command[0], name, *command[1:])
    assert (result.exit_code, result.stdout, writes) == (2, "", [])
    assert f"There is no client “{name}” in your tracker." in told(result)
    assert says in told(result)


BAD_CELLS = [
    (cell("last_day"), "end of june", "is no date"),
    (cell("email"), "maya at bloom", "is no e-mail address"),
    (cell("share"), "soon", "is none of: now, when paid"),
    (cell("reports"), "my folder", "is no link"),
    (cell("ask_for"), "gold", "is none of: testimonial"),
    (cell("amount", tab="Invoices"), "much", "is no amount"),
    (cell("due", 3, tab="Invoices"), "mid May", "is no date"),
    (cell("left_on", tab="Access"), "last week", "is no date"),
]


def test_every_cell_that_cannot_be_read_is_listed_and_nothing_is_written(rehearsal: Rehearsal) -> None:
    for place, typed, _ in BAD_CELLS:
        rehearsal.type(place, [typed])
    result, writes = run(rehearsal, "run", "bloom", "--yes")
    assert (result.exit_code, result.stdout, writes) == (1, "", [])
    assert f"{len(BAD_CELLS)} things in the tracker can't be read. Nothing was changed." in told(result)
    for place, typed, says in BAD_CELLS:
        assert f"{place} “{typed}” {says}" in told(result)
    problems = json.loads(rehearsal.offboard("run", "bloom", "--yes", "--json").stdout)["error"]["problems"]
    assert sorted(problem["where"] for problem in problems) == sorted(place for place, _, _ in BAD_CELLS)


def test_a_bad_cell_of_one_client_does_not_stop_another(rehearsal: Rehearsal) -> None:
    rehearsal.type(cell("last_day", 3), ["never"])
    rehearsal.type("Invoices!A20", ["blom", "X1", "", "2026-01-01", "5", "yes"])
    assert rehearsal.offboard("plan", "corvo").exit_code == 1
    result, _ = run(rehearsal, "run", "bloom", "--yes")
    assert result.exit_code == 0
    assert made(rehearsal) == (1, 2)


def test_what_google_refuses_is_no_success_and_waiting_for_a_person_is(rehearsal: Rehearsal) -> None:
    rehearsal.type(cell("email"), ["maya@nowhere.example"])
    refused = rehearsal.offboard("run", "bloom", "--yes", "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["ok"]) == (1, False)
    waiting = rehearsal.offboard("run", "bloom", "--yes", "--json")
    assert (waiting.exit_code, json.loads(waiting.stdout)["ok"]) == (0, True)
    assert rehearsal.offboard("run", "bloom", "--yes", "--exit-code").exit_code == 4


def test_an_address_without_an_account_is_answered_with_its_cell_and_the_command_alone(rehearsal: Rehearsal) -> None:
    rehearsal.type(cell("email"), ["maya@nowhere.example"])
    rehearsal.offboard("run", "bloom", "--yes")
    lines = rehearsal.offboard("status", "bloom").stdout.splitlines()
    place = lines.index(f"              offboard share bloom --let-google-mail --home {rehearsal.home}")
    assert lines[place - 1].split()[-1] == cell("share_with")


def test_a_run_that_would_have_to_ask_nobody_is_refused_as_mistyped(rehearsal: Rehearsal) -> None:
    result, writes = run(rehearsal, "run", "bloom", "--no-input")
    assert (result.exit_code, writes) == (2, [])
    assert "There is nobody to ask here. Nothing was made." in told(result)


def strangers_file(rehearsal: Rehearsal) -> str:
    other = Person(rehearsal.sandbox.origin, "kim@oldagency.example")
    return other.upload("Theirs.pdf", b"%PDF-1.4 theirs", "application/pdf", "root")


def test_a_report_that_cannot_be_reached_is_named_and_the_rest_is_copied(rehearsal: Rehearsal) -> None:
    mine = rehearsal.person.upload("Mine.pdf", b"%PDF-1.4 mine", "application/pdf", "root")
    theirs = f"https://drive.google.com/file/d/{strangers_file(rehearsal)}/view"
    gone = "https://drive.google.com/file/d/1abcdefghijklmnopqrstuvwxyz012345/view"
    elsewhere = "https://www.dropbox.com/s/abc/report.pdf"
    links = [elsewhere, gone, theirs, f"https://drive.google.com/file/d/{mine}/view"]
    rehearsal.type(cell("reports"), ["\n".join(links)])
    result, _ = run(rehearsal, "run", "bloom", "--yes")
    whole = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert f"{elsewhere} is no link to a Drive file or folder" in whole
    assert f"{gone} is not there, or not for your account" in whole
    assert f"{theirs} is not there, or not for your account" in whole
    assert whole.count(cell("reports")) == 3
    copies = [file[0] for file in rehearsal.world()["files"] if "/Reports/" in file[0]]
    assert [path.rpartition("/")[2] for path in copies] == ["Mine.pdf"]


@pytest.mark.parametrize(
    "typed", ["not a link", "https://www.dropbox.com/home", "https://drive.google.com/drive/folders/1abcdefghijklmnop"]
)
def test_a_place_for_folders_that_is_none_stops_before_anything_is_made(rehearsal: Rehearsal, typed: str) -> None:
    row = next(number for number, row in enumerate(rehearsal.rows("Setup"), start=2) if row[0] == "Folders go into")
    rehearsal.type(f"Setup!B{row}", [typed])
    result, writes = run(rehearsal, "run", "bloom", "--yes")
    assert (result.exit_code, writes) == (1, [])
    assert f"Setup!B{row}" in told(result)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Subject: Hi\n\nHi {{ contact }\n", 3, "unexpected '}'"),
        ("Subject: Hi\n\nHi {{ kontakt }},\n", 3, "“kontakt” is no word that a template knows"),
        ("Subject: Hi\n\nMeet: {{ meeting_link }}\n", 3, "“meeting_link” is empty. Fill in Setup!B"),
        ("Hi {{ contact }}\n", 1, "It has no “Subject:” line"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line_and_nothing_is_made(
    rehearsal: Rehearsal, text: str, line: int, says: str
) -> None:
    path = rehearsal.home / "templates" / "goodbye.md.j2"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    result, writes = run(rehearsal, "run", "bloom", "--yes")
    assert (result.exit_code, writes) == (1, [])
    assert f"{path}:{line} {says}" in told(result)


def wrong_tracker(rehearsal: Rehearsal) -> None:
    path = rehearsal.home / "config.toml"
    path.write_text(path.read_text().replace(rehearsal.tracker, "1wrongwrongwrongwrongwrong"))


def no_tracker(rehearsal: Rehearsal) -> None:
    path = rehearsal.home / "config.toml"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("tracker")))


def no_sign_in(rehearsal: Rehearsal) -> None:
    (rehearsal.home / "token.json").unlink()


def broken_settings(rehearsal: Rehearsal) -> None:
    (rehearsal.home / "config.toml").write_text("origin = ")


@pytest.mark.parametrize("command", [("run", "bloom", "--yes"), ("plan", "bloom"), ("status",)])
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (wrong_tracker, "The tracker is not there, or this account may not open it."),
        (no_tracker, "offboard setup"),
        (no_sign_in, "offboard auth login"),
        (broken_settings, "config.toml"),
    ],
)
def test_what_is_not_set_up_is_said_with_the_next_command(
    rehearsal: Rehearsal, command: tuple[str, ...], spoil: Callable[[Rehearsal], None], says: str
) -> None:
    spoil(rehearsal)
    result, writes = run(rehearsal, *command)
    assert (result.exit_code, result.stdout, writes) == (3, "", [])
    assert says in told(result)


def test_a_sandbox_that_is_not_running_is_said_so(rehearsal: Rehearsal) -> None:
    rehearsal.sandbox.__exit__(None, None, None)
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert result.exit_code == 3
    assert "sandbox" in told(result)


def read_draft(rehearsal: Rehearsal, id: str) -> tuple[str, str, str]:
    raw = rehearsal.get(f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
    message = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    return str(message["To"]), plain.get_content(), rich.get_content()


def test_a_name_that_looks_like_code_stays_a_name_everywhere(rehearsal: Rehearsal) -> None:
    rehearsal.type(cell("name"), [EVIL, EVIL])
    rehearsal.type(cell("platform", tab="Access"), [EVIL])
    rehearsal.type(cell("number", tab="Invoices"), [EVIL])
    result, _ = run(rehearsal, "run", "bloom", "--yes")
    assert result.exit_code == 0, result.output
    assert f"{EVIL} – Offboarding" in " ".join(result.stdout.split())
    folders = [file[0] for file in rehearsal.world()["files"] if " – Offboarding " in file[0].rpartition("/")[2]]
    assert [path.rpartition(" – ")[0].endswith(EVIL) for path in folders] == [True]
    for entry in rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]:
        to, text, html = read_draft(rehearsal, entry["id"])
        assert to == "maya@bloom.example"
        assert f"Hi {EVIL}," in text
        assert "<b>" not in html
        assert 'href="http://evil' not in html
    assert any(EVIL in str(row[4]) for row in rehearsal.rows("Log"))
    assert "Nothing to do" in rehearsal.offboard("run", "bloom", "--yes").output


@pytest.mark.parametrize(
    "name", ["=1+1", "+49 Bakery", "'Quoted'", "@home", "-", "a/b\\c:d", "x" * 200, "Bäckerei 日本 🎉"]
)
def test_a_folder_bears_any_name_that_a_client_has(rehearsal: Rehearsal, name: str) -> None:
    rehearsal.type(cell("name"), ["'" + name])  # typed as text, as one does for a name that begins with =
    assert rehearsal.offboard("run", "bloom", "--yes").exit_code == 0
    assert any(f"{name} – Offboarding " in path for path, *_ in rehearsal.world()["files"])
    assert all(isinstance(row[4], str) for row in rehearsal.rows("Log")), "a log line never becomes a formula"


def rename_tab(rehearsal: Rehearsal) -> None:
    properties = {"sheetId": SHEET_IDS["Clients"], "title": "Ana's “clients”!"}
    batch(rehearsal, {"updateSheetProperties": {"properties": properties, "fields": "title"}})


def rename_header(rehearsal: Rehearsal) -> None:
    rehearsal.type(cell("last_day", 1), ["  END   date * "])
    rehearsal.type(cell("email", 1), ["Mail"])


def sort_rows(rehearsal: Rehearsal) -> None:
    area = {"sheetId": SHEET_IDS["Clients"], "startRowIndex": 1, "endRowIndex": 4}
    batch(rehearsal, {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}})


def insert_rows_and_columns(rehearsal: Rehearsal) -> None:
    for dimension, start in (("ROWS", 1), ("COLUMNS", 0), ("COLUMNS", 4)):
        place = {"sheetId": SHEET_IDS["Clients"], "dimension": dimension, "startIndex": start, "endIndex": start + 1}
        batch(rehearsal, {"insertDimension": {"range": place, "inheritFromBefore": start > 1}})


@pytest.mark.parametrize("change", [rename_tab, rename_header, sort_rows, insert_rows_and_columns])
@pytest.mark.parametrize("when", ["before", "between"])
def test_a_tracker_that_was_rearranged_gives_the_same_world(
    rehearsal: Rehearsal, undisturbed: dict[str, Any], change: Callable[[Rehearsal], None], when: str
) -> None:
    if when == "between":
        rehearsal.come_to_rest()
    change(rehearsal)
    rehearsal.come_to_rest()
    assert rehearsal.world() == undisturbed


def test_a_renamed_short_name_is_refused_until_it_is_said_to_be_new(rested: Rehearsal) -> None:
    rested.type(cell("short"), ["bloom-bakery"])
    result, writes = run(rested, "run", "bloom-bakery", "--yes")
    assert (result.exit_code, result.stdout, writes) == (1, "", [])
    assert f"Then change {cell('short')} back to bloom" in told(result)
    assert "offboard run bloom-bakery --new" in told(result)
    assert made(rested) == (1, 2)
    assert rested.offboard("run", "bloom-bakery", "--yes", "--new").exit_code == 0
    assert made(rested)[0] == 2


def test_nothing_is_made_for_a_client_who_is_not_leaving(rehearsal: Rehearsal) -> None:
    result, _ = run(rehearsal, "run", "dune", "--yes")
    assert result.exit_code == 0
    assert f"type the day of the notice or the last day: {cell('notice_given', 4)[:8]}" in " ".join(
        result.stdout.split()
    )
    assert made(rehearsal) == (0, 0)
    again, writes = run(rehearsal, "run", "dune", "--yes")
    assert (again.exit_code, writes) == (0, [])


def test_a_home_that_is_a_file_is_said_so(tmp_path: Path, rehearsal: Rehearsal) -> None:
    path = tmp_path / "file"
    path.write_text("")
    rehearsal.home = path
    result = rehearsal.offboard("status")
    assert result.exit_code in (2, 3)
    assert str(path) in result.output


def test_a_contact_that_hides_a_header_in_an_encoded_word_adds_no_recipient(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!C2", ["Maya =?utf-8?q?a=0ABcc:_x@evil.example?="])
    rehearsal.come_to_rest()
    listed = rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]
    assert len(listed) == 2
    for entry in listed:
        found = rehearsal.get(f"/gmail/v1/users/me/drafts/{entry['id']}?format=full")["message"]["payload"]["headers"]
        assert {header["name"].lower() for header in found} & {"bcc", "cc"} == set()
        assert [header["value"] for header in found if header["name"] == "To"] == ["maya@bloom.example"]
