"""Drive at the desk: the tree, the previews, and the same as the client sees it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.rehearsal import Rehearsal
from tests.sandbox.test_desk_mail import see_as


def test_the_client_sees_the_folder_once_it_is_shared_and_nothing_else(page: Page, rehearsal: Rehearsal) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="Bloom reports")).to_be_visible()
    see_as(page, "Maya Brandt · maya@bloom.example")
    expect(page.get_by_text("Nothing is shared with Maya Brandt yet.")).to_be_visible()
    rehearsal.offboard("run", "bloom", "--yes")
    expect(page.get_by_role("link", name="Bloom Bakery – Offboarding")).to_be_visible()
    expect(page.get_by_role("link", name="Bloom reports")).to_have_count(0)
    expect(page.get_by_role("link", name="offboard tracker")).to_have_count(0)
    page.get_by_role("link", name="Followers.csv").click()
    expect(page.get_by_role("cell", name="January")).to_be_visible()
    page.get_by_role("link", name="Back to your own").click()
    expect(page.get_by_role("link", name="offboard tracker")).to_be_visible()


def test_who_can_open_a_file_stands_beside_it(page: Page, rehearsal: Rehearsal) -> None:
    rehearsal.offboard("run", "bloom", "--yes")
    page.goto("/")
    page.get_by_role("link", name="Bloom Bakery – Offboarding").click()
    expect(page.locator(".access li")).to_have_text(
        ["Ana Ruiz ana@sandbox.example owns it", "Maya Brandt maya@bloom.example can read"], use_inner_text=True
    )


def test_a_file_is_previewed_by_its_kind(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Followers.csv").click()
    expect(page.get_by_role("cell", name="January")).to_be_visible()
    page.get_by_role("link", name="Ad results").click()
    expect(page.get_by_role("cell", name="Summer menu")).to_be_visible()
    page.get_by_role("link", name="May review").click()
    expect(page.frame_locator("iframe.paper").get_by_text("Reels: 6")).to_be_visible()
    page.get_by_role("link", name="Reach.png").click()
    assert page.locator("img.picture").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    page.get_by_role("link", name="May report.pdf").click()
    expect(page.locator("iframe.pdf")).to_be_visible()
