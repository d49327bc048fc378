"""The desk as a page: it follows, it fits, and a person signs in beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from offboard.config import load_config
from tests.commands.test_sign_in import log_in
from tests.rehearsal import Rehearsal
from tests.sandbox.browser import ConsentPage

FITS = "document.documentElement.scrollWidth === 375"  # waited for: words are there before their style is


def test_it_follows_what_happens_and_keeps_the_persons_place(page: Page, rehearsal: Rehearsal) -> None:
    page.goto("/")
    page.locator("summary", has_text="Earlier").click()
    page.get_by_role("link", name="Followers.csv").focus()
    rehearsal.person.make_folder("Brand new")
    expect(page.get_by_role("link", name="Brand new")).to_be_visible()
    expect(page.get_by_role("link", name="April report.pdf")).to_be_hidden()
    expect(page.get_by_role("link", name="Followers.csv")).to_be_focused()


def test_the_requests_come_with_their_methods_names(page: Page, rehearsal: Rehearsal) -> None:
    page.goto("/?view=requests")
    rehearsal.offboard("status")
    expect(page.locator(".asked tbody tr").last).to_contain_text("1")
    expect(page.get_by_role("cell", name="sheets.spreadsheets.get", exact=True).first).to_be_visible()
    assert page.locator(".asked tbody tr").count() == len(rehearsal.sandbox.requests)


def test_it_fits_a_phone(page: Page, rehearsal: Rehearsal) -> None:
    """No view scrolls sideways at 375 pixels; what was chosen takes the place of the list, and there is a way back."""
    rehearsal.offboard("run", "bloom", "--yes")
    page.set_viewport_size({"width": 375, "height": 700})
    for view in ("requests", "sheets", "mail", "drive"):
        page.goto(f"/?view={view}")
        page.wait_for_function(FITS)
        if view in ("drive", "mail"):
            page.locator(".line a, a.mail").last.click()
            expect(page.locator(".chosen-one h1")).to_be_visible()
            page.wait_for_function(FITS)
            page.locator(".back a").click()
            expect(page.locator(".list")).to_be_visible()


def test_it_is_light_or_dark_as_the_person_likes_it(page: Page) -> None:
    page.goto("/")
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(243, 241, 236)", "rgb(22, 24, 27)"]


def test_a_person_signs_in_on_the_consent_page(page: Page, rehearsal: Rehearsal) -> None:
    token: Path = rehearsal.home / "token.json"
    token.unlink()

    def answer(consent: ConsentPage) -> Any:
        page.goto(consent.address)
        page.get_by_label("Ana Ruiz").check()
        page.get_by_role("button", name="Allow").click()
        expect(page.get_by_text("close this")).to_be_visible()

    code, out, err = log_in(rehearsal.home, answer)
    assert (code, "Signed in as ana@sandbox.example" in out) == (0, True), err
    assert token.exists()
    assert load_config(rehearsal.home, {}).tracker.value == rehearsal.tracker


def test_a_long_tab_scrolls_inside_the_window_and_never_takes_the_page_along(page: Page) -> None:
    page.goto("/?view=sheets")
    expect(page.locator(".sheet tbody tr").nth(40)).to_be_attached()
    expect(page.locator(".sheet thead")).to_be_in_viewport()
    expect(page.locator(".tabs")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
