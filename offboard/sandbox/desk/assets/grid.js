// A sheet under the keyboard: arrows, Enter or a letter to type, Tab, Escape, Delete; and the buttons above it.

import { act, say } from "./act.js";
import { placeOf } from "./papers.js";
import { closeEditor, isTyping, keepMark, openEditor, placeEditor } from "./typing.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const agreed = new Set(); // tabs that warn, and were edited anyway
let here = null; // the id of the chosen cell
let refresh = null;

const sheet = () => document.querySelector(".sheet");
const chosen = () => (here && document.getElementById(here)) || document.querySelector(".sheet tbody td");
const where = (cell) => ({
  book: sheet().dataset.book,
  tab: sheet().dataset.tab,
  row: cell.dataset.row,
  column: cell.dataset.column,
  mark: cell.parentNode.dataset.mark,
});

export function startGrid(show) {
  refresh = show;
  document.addEventListener("focusin", ({ target }) => target.closest?.(".sheet td[role]") && choose(target.closest("td")));
  document.addEventListener("keydown", pressed);
  document.addEventListener("dblclick", ({ target }) => type(target.closest(".sheet td[role]")));
  document.addEventListener("click", clicked);
  document.addEventListener("change", ({ target }) => {
    const cell = target.closest(".sheet td[role]");
    if (cell && target.type === "checkbox") write(cell, target.checked ? "TRUE" : "FALSE");
  });
}

export function settleGrid() {
  if (!sheet()) return;
  keepMark();
  choose(chosen());
  placeEditor(chosen());
}

function choose(cell) {
  if (!cell) return;
  for (const other of document.querySelectorAll(".sheet [tabindex='0'], .sheet .here")) {
    if (other.matches("td")) other.tabIndex = -1;
    other.classList.remove("here");
  }
  here = cell.id;
  cell.tabIndex = 0;
  cell.parentNode.classList.add("here");
  const letter = document.querySelector(".sheet .letters").cells[cell.cellIndex];
  letter.classList.add("here");
  const [address, words, note, link] = document.getElementById("formula").children;
  address.textContent = letter.textContent + (Number(cell.dataset.row) + 1);
  words.textContent = cell.dataset.typed ?? cell.textContent;
  note.textContent = cell.dataset.note ?? "";
  const place = placeOf(cell.dataset.link ?? "") ?? (/^https?:/.test(cell.dataset.link) ? cell.dataset.link : "");
  link.hidden = !place;
  if (place) link.href = place;
}

function move(cell, down, right) {
  const rows = [...document.querySelectorAll(".sheet tr[data-mark]")];
  const row = rows[rows.indexOf(cell.parentNode) + down];
  const next = row?.cells[cell.cellIndex + right];
  if (!next?.matches("td")) return false;
  next.focus();
  return true;
}

function pressed(event) {
  const cell = event.target;
  if (!cell.matches?.(".sheet td[role]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  const box = cell.querySelector("input");
  if (MOVES[key]) move(cell, ...MOVES[key]);
  else if (key === "Tab") {
    if (!move(cell, 0, event.shiftKey ? -1 : 1)) return; // at the edge the page goes on
  } else if (box && [" ", "Enter"].includes(key)) box.click();
  else if (key === "Enter" || key === "F2") type(cell);
  else if (key === "Delete" || key === "Backspace") write(cell, "");
  else if (key === "Escape") document.querySelector(".row-acts button").focus();
  else if (key.length === 1) type(cell, key);
  else return;
  event.preventDefault();
}

function type(cell, first) {
  if (!cell || cell.querySelector("input") || !mayEdit()) return;
  openEditor(cell, where(cell).mark, first, (text, mark, key) => {
    const target = document.getElementById(cell.id) ?? cell;
    if (key === "Enter") move(target, 1, 0) || target.focus();
    else if (key === "Tab") move(target, 0, 1) || target.focus();
    else if (key === "Shift+Tab") move(target, 0, -1) || target.focus();
    else if (key) target.focus();
    if (text !== null) write(target, text, mark);
  });
}

async function write(cell, text, mark) {
  const box = cell.querySelector("input");
  const untick = () => box && (box.checked = box.defaultChecked);
  if (!mayEdit()) return void untick();
  const place = where(cell);
  if (!box) cell.textContent = text;
  cell.classList.add("pending");
  try {
    const done = await act("type", () => ({ ...place, text, mark: keepMark(mark ?? place.mark) }));
    keepMark.renewed.set(done.before, done.mark);
    await refresh();
  } catch (refused) {
    say(refused.message);
    untick();
    await refresh();
    const now = document.getElementById(cell.id);
    if (now && !isTyping() && !now.querySelector("input")) type(now, text);
  }
}

async function clicked({ target }) {
  const button = target.closest("[data-grid]");
  const cell = target.closest(".sheet td[role]");
  if (cell && (touched?.again || ("list" in cell.dataset && touched?.right < 24))) type(cell);
  if (!button || !mayEdit()) return;
  closeEditor();
  const place = where(chosen());
  const acts = {
    up: ["sort", place],
    down: ["sort", { ...place, down: 1 }],
    above: ["insert", place],
    below: ["insert", { ...place, row: Number(place.row) + 1 }],
    delete: ["delete", place],
  };
  try {
    await act(...acts[button.dataset.grid]);
  } catch (refused) {
    say(refused.message);
  }
  await refresh();
}

// Where the last press was: on the dropdown's arrow, or a finger's second one on the same cell.
let touched = {};
addEventListener("pointerdown", ({ target, clientX, pointerType }) => {
  const cell = target.closest?.(".sheet td[role]");
  touched = cell && {
    right: cell.getBoundingClientRect().right - clientX,
    again: pointerType === "touch" && cell === document.activeElement,
  };
}, true);

function mayEdit() {
  const { warning, book, tab } = sheet().dataset;
  const name = `${book} ${tab}`;
  if (!warning || agreed.has(name)) return true;
  const yes = confirm(`${warning}.\n\nChange it anyway?`);
  if (yes) agreed.add(name);
  return yes;
}
