"""The desk's addresses: who may ask them, what they may do, and that nonsense is refused in plain words."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.desk import Visits
from tests.sandbox.drive_calls import SPREADSHEET, make, share
from tests.sandbox.letters import DRAFTS, draft, letter, read

SCRIPT = "<script>document.title='mine'</script>"


@pytest.fixture
def desk(sandbox: Sandbox) -> Visits:
    """The desk, opened."""
    return Visits(sandbox)


def drafts(caller: Caller) -> int:
    return len(caller.call("GET", DRAFTS).json().get("drafts", []))


def discarding(caller: Caller) -> dict[str, str]:
    written = draft(caller, letter(To="maya@bloom.example"))
    return {"draft": written["id"], "mail": written["message"]["id"]}


def test_the_page_runs_only_its_own_script_and_loads_nothing_from_outside(desk: Visits) -> None:
    for view in ("drive", "mail", "sheets", "requests"):
        page = desk.show("/", view=view)
        rules = page.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in rules
        assert "frame-ancestors 'none'" in rules
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert not [word for word in ("http://", "https://", "<script>", " onclick") if word in page.text]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "localhost.evil.example"])
def test_a_page_that_calls_this_computer_by_another_name_sees_nothing(desk: Visits, host: str) -> None:
    for path in ("/", "/desk/changes", "/desk/desk.js"):
        answer = desk.show(path, headers={"Host": host})
        assert answer.status_code == 403
        assert "data-token" not in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", None])
def test_an_act_that_another_sites_page_sends_is_refused(desk: Visits, ana: Caller, origin: str | None) -> None:
    assert desk.act("discard", {"Origin": origin}, **discarding(ana)).status_code == 403
    assert drafts(ana) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "é"])
def test_an_act_without_the_pages_token_is_refused(desk: Visits, ana: Caller, token: str) -> None:
    assert desk.act("discard", token=token, **discarding(ana)).status_code == 403
    assert drafts(ana) == 1


def test_an_act_that_is_only_an_address_is_refused(desk: Visits, ana: Caller) -> None:
    answer = desk.show("/desk/act", act="discard", token=desk.token, **discarding(ana))
    assert (answer.status_code, drafts(ana)) == (404, 1)
    assert desk.put(f"{desk.origin}/desk/act", timeout=5).status_code == 405


def test_what_a_person_does_is_not_among_the_requests(desk: Visits, ana: Caller, sandbox: Sandbox) -> None:
    fields = discarding(ana)
    before = len(sandbox.requests)
    assert desk.act("discard", **fields).status_code == 200
    desk.show("/", view="mail")
    assert len(sandbox.requests) == before
    assert drafts(ana) == 0


def test_a_draft_that_was_written_anew_meanwhile_is_neither_sent_nor_lost(desk: Visits, ana: Caller) -> None:
    fields = discarding(ana)
    again = {"message": {"raw": read(ana, fields["draft"], "raw")["raw"]}}
    ana.call("PUT", f"{DRAFTS}/{fields['draft']}", json=again)
    for act in ("send", "discard"):
        answer = desk.act(act, **fields)
        assert (answer.status_code, "meanwhile" in answer.text) == (409, True)
    assert desk.act("save", to="", subject="", text="", **fields).status_code == 409
    assert drafts(ana) == 1


def test_an_edited_draft_keeps_what_is_attached_and_its_draft(desk: Visits, ana: Caller) -> None:
    mail = letter("Old", To="maya@bloom.example", Cc="Bookkeeping <kim@oldagency.example>")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Rechnung ä.pdf")
    written = draft(ana, mail)
    fields = {"draft": written["id"], "mail": written["message"]["id"], "to": "Jörg <leo@corvo.example>"}
    answer = desk.act("save", subject="Neu: ä\r\nBcc: kim@oldagency.example", text="Liebe Maya,\r\n<b>!", **fields)
    assert answer.status_code == 200, answer.text
    message = read(ana, written["id"])
    headers = {header["name"]: header["value"] for header in message["payload"]["headers"]}
    assert headers["Subject"] == "Neu: ä Bcc: kim@oldagency.example"
    assert headers["To"] == "Jörg <leo@corvo.example>"
    assert "Bcc" not in headers
    page = html.unescape(desk.show("/", view="mail", mail=written["id"]).text)
    assert all(words in page for words in ("Rechnung ä.pdf", "Liebe Maya,", "Bookkeeping <kim@oldagency.example>"))
    kept = desk.show("/desk/attachment", mail=message["id"], part="1")
    assert kept.content == b"%PDF"
    assert "Liebe Maya,<br>&lt;b&gt;!" in desk.show("/desk/letter", mail=message["id"]).text


@pytest.mark.parametrize("to", ["nobody", "a@b@c", "maya@bloom.example; rm", "<", "ä@ö.example", ","])
def test_what_is_no_address_is_refused_and_the_draft_stays(desk: Visits, ana: Caller, to: str) -> None:
    answer = desk.act("save", to=to, subject="", text="", **discarding(ana))
    assert answer.status_code == 400, answer.text
    assert drafts(ana) == 1


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "x/<script>"])
def test_a_file_that_could_run_a_script_is_shown_as_text_or_only_kept(desk: Visits, ana: Caller, mime: str) -> None:
    name = f"../../{SCRIPT}.html"
    file = make(ana, name, content=f"<svg onload='1'>{SCRIPT}".encode(), mime=mime)
    kept = desk.show("/desk/file", file=file)
    assert kept.headers["Content-Type"] == "application/octet-stream"
    assert kept.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''..%2F..%2F%3Cscript%3E")
    assert "sandbox" in kept.headers["Content-Security-Policy"]
    assert SCRIPT not in desk.show("/", file=file).text


def test_a_google_doc_is_a_frame_in_which_nothing_runs(desk: Visits, ana: Caller) -> None:
    doc = "application/vnd.google-apps.document"
    file = make(ana, "Notes", content=f"<h1>Notes</h1><p>&lt;b&gt;{SCRIPT}".encode(), mime="text/html", mimeType=doc)
    shown = desk.show("/desk/file", file=file)
    rules = shown.headers["Content-Security-Policy"]
    assert "sandbox allow-same-origin" in rules
    assert "script" not in rules + shown.text
    assert "&lt;b&gt;" in shown.text


def test_only_what_a_person_may_open_is_listed_shown_or_handed_out(desk: Visits, ana: Caller) -> None:
    mine, theirs = make(ana, "Mine.txt", content=b"mine"), make(ana, "Theirs.txt", content=b"theirs")
    share(ana, theirs, "maya@bloom.example")
    as_maya = {"who": "maya@bloom.example"}
    page = desk.show("/", **as_maya).text
    assert "Theirs.txt" in page
    assert "Mine.txt" not in page
    assert desk.show("/desk/file", file=theirs, keep=1, **as_maya).content == b"theirs"
    assert desk.show("/desk/file", file=mine, keep=1, **as_maya).status_code == 404
    assert "Mine.txt" not in desk.show("/", file=mine, **as_maya).text


def test_nobody_writes_into_a_sheet_that_they_may_only_read(desk: Visits, ana: Caller) -> None:
    book = make(ana, "Numbers", mimeType=SPREADSHEET)
    share(ana, book, "maya@bloom.example")
    fields = {"book": book, "tab": 0, "row": 0, "column": 0, "text": "mine", "mark": "any"}
    refused = desk.act("type", who="maya@bloom.example", **fields)
    assert (refused.status_code, refused.text) == (403, "The caller does not have permission")
    assert desk.act("type", **fields).status_code == 200
    found = ana.call("GET", f"/v4/spreadsheets/{book}/values/A1").json()
    assert found["values"] == [["mine"]]


@pytest.mark.parametrize(
    "query",
    [
        "view=nonsense",
        "who=nobody%40nowhere.example",
        "who=%00",
        "view=%FF",
        "view=sheets&more=-1",
        "view=sheets&more=%D9%A1",
        "view=mail&box=spam",
        "file=" + "x" * 5000,
        "&".join(f"a{n}=1" for n in range(80)),
    ],
)
def test_a_malformed_page_is_a_plain_400(desk: Visits, query: str) -> None:
    answer = desk.show(f"/?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=UTF-8")


@pytest.mark.parametrize("name", ["", "desk.py", "../desk.py", "%2e%2e/desk.py", "desk.css/", "assets/desk.css", "\0"])
def test_only_the_desks_own_style_and_script_are_handed_out(desk: Visits, name: str) -> None:
    assert desk.show(f"/desk/{name}").status_code == 404


WORDS = st.text(max_size=20) | st.sampled_from(["drive", "mail", "sheets", "0", "1", "maya@bloom.example", "root"])
FIELDS = ("view", "who", "file", "mail", "box", "book", "tab", "more", "edit", "draft", "row", "column", "mark", "text")
ACTS = ("send", "save", "discard", "type", "sort", "insert", "delete")


def test_nonsense_never_breaks_it(sandbox: Sandbox, person: Callable[[str], Caller]) -> None:
    ana, desk = person("ana@sandbox.example"), Visits(sandbox)
    known = [make(ana, "Numbers", mimeType=SPREADSHEET), draft(ana, letter())["id"]]

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.dictionaries(st.sampled_from(FIELDS), WORDS | st.sampled_from(known)), st.sampled_from(ACTS))
    def ask(fields: dict[str, str], act: str) -> None:
        paths = ("/", "/desk/file", "/desk/letter", "/desk/attachment")
        answers = [desk.show(path, **fields) for path in paths]
        answers.append(desk.act(act, **fields))
        answers.append(requests.post(f"{desk.origin}/desk/act", data=repr(fields).encode(), timeout=5))
        assert {answer.status_code for answer in answers} <= {200, 400, 403, 404, 409}, [a.text for a in answers]

    ask()
