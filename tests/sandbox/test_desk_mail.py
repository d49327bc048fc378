"""Drafts at the desk: read as the client reads them, sent, edited, thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from offboard.commands.rehearsal import STATE, write_home
from offboard.sandbox.server import Sandbox
from tests.rehearsal import Rehearsal, copy_home
from tests.sandbox.letters import encode, letter

SUBJECT = "Your hand-over folder"


@pytest.fixture(scope="module")
def template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's Workspace after a first run: two drafts wait."""
    home = tmp_path_factory.mktemp("after-a-run") / "home"
    copy_home(template, home)
    with Sandbox(home / STATE) as sandbox:
        write_home(home, sandbox)
        Rehearsal(sandbox, home).offboard("run", "bloom", "--yes")
    return home


def open_draft(page: Page, subject: str = SUBJECT) -> None:
    page.goto("/?view=mail")
    page.get_by_role("link", name=subject).click()


def see_as(page: Page, name: str) -> None:
    page.get_by_label("See it as").select_option(label=name)
    expect(page.get_by_text("and nothing else")).to_be_visible()


def test_a_sent_draft_is_gone_and_the_client_has_the_mail(page: Page, rehearsal: Rehearsal) -> None:
    open_draft(page)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_have_text("Sent to maya@bloom.example.")
    page.get_by_role("link", name="Drafts").click()
    expect(page.get_by_role("link", name=SUBJECT)).to_have_count(0)
    see_as(page, "Maya Brandt · maya@bloom.example")
    page.get_by_role("link", name="Inbox").click()
    page.get_by_role("link", name=SUBJECT).click()
    expect(page.frame_locator("iframe.paper").get_by_text("Hi Maya")).to_be_visible()
    again = rehearsal.offboard("run", "bloom", "--yes").output
    assert "taken as sent" in rehearsal.offboard("status", "bloom").output
    assert "Nothing to do" in again
    assert SUBJECT not in [draft[1] for draft in rehearsal.world()["drafts"]]


def test_the_link_in_the_mail_opens_the_folder_with_the_clients_rights(page: Page) -> None:
    open_draft(page)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_contain_text("Sent")
    page.goto("/?view=mail&who=maya@bloom.example")
    page.get_by_role("link", name=SUBJECT).click()
    page.frame_locator("iframe.paper").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Bloom Bakery – Offboarding")).to_be_visible()
    expect(page.get_by_text("You see what Maya Brandt sees")).to_be_visible()
    inside = ["Accounts", "Brand assets", "Content", "Reports", "Start here.docx"]
    expect(page.locator(".inside a")).to_have_text(inside)


def test_an_edited_draft_is_the_persons_own_and_stays_so(page: Page, rehearsal: Rehearsal) -> None:
    open_draft(page)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Subject").fill("All yours, Maya")
    page.get_by_label("Text").fill("Dear Maya,\n\nhere you are.")
    rehearsal.type("Clients!P4", ["something else changes meanwhile"])
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="All yours, Maya")).to_be_visible()
    expect(page.frame_locator("iframe.paper").get_by_text("here you are.")).to_be_visible()
    rehearsal.offboard("run", "bloom", "--yes")
    edited = next(draft for draft in rehearsal.world()["drafts"] if draft[1] == "All yours, Maya")
    assert edited == ("maya@bloom.example", "All yours, Maya", "Dear Maya,\n\nhere you are.")


def test_a_discarded_draft_is_gone(page: Page, rehearsal: Rehearsal) -> None:
    open_draft(page, "Thank you, Maya")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("#said")).to_have_text("Thrown away.")
    expect(page.get_by_role("link", name="Thank you, Maya")).to_have_count(0)
    assert "Thank you, Maya" not in [draft[1] for draft in rehearsal.world()["drafts"]]


def test_a_script_in_a_mail_runs_nothing_and_fetches_nothing(page: Page, rehearsal: Rehearsal) -> None:
    """The page fixture fails when anything is asked of another place."""
    mail = letter("Look", To="ana@sandbox.example")
    mail.add_alternative(
        "<p>Hello</p><script>top.document.title='taken'</script><img src=https://evil.example/seen.png"
        " onerror=\"top.document.title='taken'\"><style>@import url(https://evil.example/a.css)</style>"
        "<iframe src=https://evil.example></iframe><form action=https://evil.example><button>Win</button></form>"
        "<a href=\"javascript:top.document.title='taken'\">script</a> <a href=https://evil.example>away</a>",
        subtype="html",
    )
    body = {"message": {"raw": encode(mail.as_bytes())}}
    rehearsal.person.ask("POST", "/gmail/v1/users/me/drafts", body)
    page.goto("/?view=mail")
    page.get_by_role("link", name="Look").click()
    paper = page.frame_locator("iframe.paper")
    expect(paper.get_by_text("Hello")).to_be_visible()
    paper.get_by_role("button", name="Win").click()
    paper.get_by_role("link", name="script").click()
    paper.get_by_role("link", name="away").click()
    expect(page.locator("#said")).to_have_text("This leads to https://evil.example/")
    expect(page).to_have_title("Mail · the desk")
