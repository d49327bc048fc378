"""A person types into the tracker at the desk, also while offboard is at work."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import PIPE, STDOUT

from playwright.sync_api import Browser, Locator, Page, expect

from offboard.tracker.tabs import SHEET_IDS
from tests.rehearsal import Rehearsal


def open_tab(page: Page, rehearsal: Rehearsal, tab: str) -> None:
    page.goto(f"/?view=sheets&book={rehearsal.tracker}&tab={SHEET_IDS[tab]}")


def cell(page: Page, address: str) -> Locator:
    return page.locator(f"#c{int(address[1:]) - 1}-{ord(address[0]) - 65}")


def type_into(page: Page, address: str, text: str, end: str = "Enter") -> None:
    cell(page, address).dblclick()
    page.locator(".typing").fill(text)
    page.keyboard.press(end)


def column(rehearsal: Rehearsal, tab: str, number: int) -> list[object]:
    return [row[number] if number < len(row) else "" for row in rehearsal.rows(tab)]


def test_what_is_typed_is_read_as_google_reads_typing(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Clients")
    type_into(page, "H4", "2026-06-30")
    expect(cell(page, "H4")).to_have_text("30/06/2026")
    type_into(page, "G4", "=20+10")
    expect(cell(page, "G4")).to_have_text("30")
    expect(cell(page, "G4")).to_have_attribute("data-typed", "=20+10")


def test_the_keyboard_is_enough(page: Page, rehearsal: Rehearsal) -> None:
    """Arrows move, a letter types, Tab goes right, Enter down, Escape takes back, Delete empties."""
    open_tab(page, rehearsal, "Clients")
    cell(page, "B3").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "C4")).to_be_focused()
    page.keyboard.type("Inès")
    page.keyboard.press("Tab")
    expect(cell(page, "D4")).to_be_focused()
    expect(cell(page, "C4")).to_have_text("Inès")
    page.keyboard.press("Delete")
    expect(cell(page, "D4")).to_have_text("")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type(" Moreau")
    page.keyboard.press("Escape")
    expect(cell(page, "C4")).to_be_focused()
    expect(page.locator(".pending")).to_have_count(0)
    assert rehearsal.rows("Clients")[2][2:4] in (["Inès"], ["Inès", ""])


def test_cells_are_pasted_where_one_is_chosen_and_copied_again(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Invoices")
    cell(page, "B7").focus()
    page.evaluate(PASTE, "INV-7\t2026-05-01\t2026-05-15\t€5.00\nINV-8\t2026-06-01\n")
    expect(cell(page, "C8")).to_have_text("01/06/2026")
    expect(page.locator(".pending")).to_have_count(0)
    assert [row[1] for row in rehearsal.rows("Invoices")[5:]] == ["INV-7", "INV-8"]
    assert [cell(page, f"{letter}7").inner_text() for letter in "CDE"] == ["01/05/2026", "15/05/2026", "€5.00"]
    cell(page, "E7").focus()
    assert page.evaluate(COPY) == "€5.00"


def test_a_finger_that_presses_a_cell_twice_types(chromium: Browser, rehearsal: Rehearsal) -> None:
    context = chromium.new_context(
        base_url=rehearsal.sandbox.origin, has_touch=True, viewport={"width": 375, "height": 700}
    )
    page = context.new_page()
    open_tab(page, rehearsal, "Clients")
    cell(page, "B4").tap()
    expect(cell(page, "B4")).to_be_focused()
    cell(page, "B4").tap()
    expect(page.locator(".typing")).to_have_value("Dune Yoga")
    context.close()


def test_a_dropdown_offers_its_list_and_a_box_is_ticked(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Clients")
    cell(page, "K4").focus()
    page.keyboard.press("Enter")
    page.locator("select.typing").select_option("when paid")
    expect(cell(page, "K4")).to_have_text("when paid")
    cell(page, "I4").locator("input").check()
    expect(page.locator(".pending")).to_have_count(0)
    assert (rehearsal.rows("Clients")[2][8], rehearsal.rows("Clients")[2][10]) == (True, "when paid")


def test_a_dropdown_of_a_range_offers_what_stands_there(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Invoices")
    cell(page, "A7").dblclick()
    assert page.locator("select.typing option").all_inner_texts() == ["", "Short name", "bloom", "corvo", "dune"]


def test_rows_are_sorted_put_in_and_taken_out_below_the_header(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Clients")
    cell(page, "B2").focus()
    page.get_by_role("button", name="Z–A").click()
    expect(cell(page, "A2")).to_have_text("dune")
    page.get_by_role("button", name="A–Z").click()
    expect(cell(page, "A2")).to_have_text("bloom")
    page.get_by_role("button", name="Row below").click()
    expect(cell(page, "A3")).to_have_text("")
    expect(cell(page, "A4")).to_have_text("corvo")
    cell(page, "A3").focus()
    page.get_by_role("button", name="Delete").click()
    expect(cell(page, "A3")).to_have_text("corvo")
    assert column(rehearsal, "Clients", 0) == ["bloom", "corvo", "dune"]


def test_what_is_being_typed_is_not_lost_and_not_written_into_another_row(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Clients")
    cell(page, "P3").dblclick()
    page.keyboard.type("mine")
    rehearsal.type("Clients!A2", ["zest", "Zest", "Zoe", "zoe@zest.example"], ["bloom"], ["corvo"])
    expect(cell(page, "A2")).to_have_text("zest")
    expect(page.locator(".typing")).to_have_value("mine")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("This row is another one by now.")
    assert "mine" not in column(rehearsal, "Clients", 15)
    expect(page.locator(".typing")).to_have_value("mine")
    page.keyboard.press("Enter")
    expect(cell(page, "P3")).to_have_text("mine")
    expect(page.locator(".pending")).to_have_count(0)
    assert column(rehearsal, "Clients", 15)[1] == "mine"


def test_hidden_tabs_are_marked_and_a_tab_that_warns_asks_first(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Log")
    expect(page.get_by_role("link", name="Ledger hidden")).to_be_visible()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    cell(page, "A2").dblclick()
    expect(page.locator(".typing")).to_have_count(0)
    assert asked == ["offboard writes here what happened.\n\nChange it anyway?"]


@contextmanager
def running(rehearsal: Rehearsal) -> Iterator[Callable[[bytes], str]]:
    """`offboard run bloom` in a terminal, where it asks before it does anything; call it with the answers."""
    terminal, stdin = pty.openpty()
    command = [sys.executable, "-c", "from offboard.commands import main; main()", "run", "bloom"]
    run = subprocess.Popen([*command, "--home", str(rehearsal.home)], stdin=stdin, stdout=PIPE, stderr=STDOUT)

    def answer(typed: bytes) -> str:
        assert run.poll() is None, "it waits for an answer"
        os.write(terminal, typed)
        said = run.communicate(timeout=60)[0].decode()
        assert run.returncode == 0, said
        return said

    yield answer
    os.close(terminal)
    os.close(stdin)


def test_a_cell_that_a_person_types_while_offboard_runs_survives(page: Page, rehearsal: Rehearsal) -> None:
    """One cell is typed between its look and its work, another is begun before and ended after its work."""
    with running(rehearsal) as answer:
        page.goto("/?view=requests")
        expect(page.get_by_text("sheets.spreadsheets.get").first).to_be_visible()
        open_tab(page, rehearsal, "Clients")
        type_into(page, "P2", "typed while it ran")
        expect(page.locator(".pending")).to_have_count(0)
        cell(page, "P3").dblclick()
        page.keyboard.type("begun while it ran")
        assert "✓ reports" in answer(b"y\ny\n")
    page.keyboard.press("Enter")
    expect(cell(page, "P3")).to_have_text("begun while it ran")
    expect(page.locator(".pending")).to_have_count(0)
    assert column(rehearsal, "Clients", 15) == ["typed while it ran", "begun while it ran", ""]
    assert "Nothing to do" in rehearsal.offboard("run", "bloom", "--yes").output


def test_a_sheets_own_colours_are_readable_by_day_and_by_night(page: Page, rehearsal: Rehearsal) -> None:
    open_tab(page, rehearsal, "Clients")
    assert page.evaluate(CONTRAST) >= 4.5
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(CONTRAST) >= 4.5


CLIPBOARD = """(kind, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent(kind, { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData("text/plain");
}"""
PASTE = f"(text) => ({CLIPBOARD})('paste', text)"
COPY = f"() => ({CLIPBOARD})('copy', '')"
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return Math.min(...[...document.querySelectorAll("td[role]")].filter((one) => one.textContent).map((one) => {
    const style = getComputedStyle(one);
    const [dark, bright] = [light(style.color), light(style.backgroundColor)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }));
}"""
