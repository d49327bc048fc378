// A sheet under the keyboard: arrows, Enter or a letter to type, Tab, Escape, Delete; and the buttons above it.

import { act, say } from "./act.js";
import { placeOf } from "./papers.js";
import { hold, release, renew } from "./marks.js";
import { closeEditor, isTyping, openEditor, placeEditor } from "./typing.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const agreed = new Set(); // tabs that warn, and were edited anyway
let here = null; // the id of the chosen cell
let refresh = null;

const sheet = () => document.querySelector(".sheet");
const chosen = () => (here && document.getElementById(here)) || document.querySelector(".sheet tbody td");
const cellOf = (target) => target.closest?.(".sheet td[role]");

export function startGrid(show) {
  refresh = show;
  document.addEventListener("focusin", ({ target }) => choose(cellOf(target)));
  document.addEventListener("keydown", pressed);
  document.addEventListener("dblclick", ({ target }) => type(cellOf(target)));
  document.addEventListener("click", clicked);
  document.addEventListener("copy", copy);
  document.addEventListener("paste", paste);
  document.addEventListener("change", ({ target }) => {
    if (cellOf(target) && target.type === "checkbox") write(cellOf(target), target.checked ? "TRUE" : "FALSE");
  });
}

export function settleGrid() {
  if (!sheet()) return;
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
  link.target = place.startsWith("/") ? "" : "_blank";
  if (place) link.href = place;
}

function neighbour(cell, down, right) {
  const rows = [...document.querySelectorAll(".sheet tr[data-mark]")];
  const next = rows[rows.indexOf(cell.parentNode) + down]?.cells[cell.cellIndex + right];
  return next?.matches("td") ? next : null;
}

function move(cell, down, right) {
  const next = neighbour(cell, down, right);
  next?.focus();
  return next !== null;
}

function copy(event) {
  const cell = cellOf(event.target);
  if (!cell || isTyping() || getSelection().toString()) return;
  event.clipboardData.setData("text/plain", cell.textContent);
  event.preventDefault();
}

function paste(event) {
  const cell = cellOf(event.target);
  if (!cell) return;
  event.preventDefault();
  const lines = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/);
  lines.forEach((line, down) =>
    line.split("\t").forEach((text, right) => {
      const target = neighbour(cell, down, right);
      if (target) write(target, text);
    }),
  );
}

function pressed(event) {
  const { target: cell, key, altKey, ctrlKey, metaKey } = event;
  const shortcut = metaKey || (ctrlKey && !altKey) || (altKey && key.length > 1); // @ and € may need Alt
  if (!cell.matches?.(".sheet td[role]") || shortcut) return;
  const box = cell.querySelector("input");
  if (MOVES[key]) move(cell, ...MOVES[key]);
  else if (key === "Tab") {
    if (!move(cell, 0, event.shiftKey ? -1 : 1)) return; // at the edge the page goes on
  } else if (box && [" ", "Enter"].includes(key)) box.click();
  else if (key === "Enter" || key === "F2") type(cell);
  else if (key === "Delete" || key === "Backspace") write(cell, "");
  else if (key === "Escape") document.querySelector(".row-acts button").focus();
  else if (key.length === 1) type(cell, key);
  else {
    if (key === "Dead" || key === "Process") type(cell, ""); // an accent, or a script that is composed
    return;
  }
  event.preventDefault();
}

function type(cell, first) {
  if (!cell || cell.querySelector("input") || !mayEdit()) return;
  openEditor(cell, first, (key, text, place) => {
    const target = document.getElementById(cell.id) ?? cell;
    if (key === "Enter") move(target, 1, 0) || target.focus();
    else if (key === "Tab") move(target, 0, 1) || target.focus();
    else if (key === "Shift+Tab") move(target, 0, -1) || target.focus();
    else if (key) target.focus();
    if (text !== null) write(target, text, place);
  });
}

async function write(cell, text, place = hold(cell)) {
  const box = cell.querySelector("input");
  const untick = () => box && (box.checked = box.defaultChecked);
  if (!mayEdit()) return void untick();
  if (!box) cell.textContent = text;
  cell.classList.add("pending");
  try {
    const { before, mark } = await act("type", () => ({ ...place, text }));
    release(place);
    renew(place, before, mark);
    await refresh();
  } catch (refused) {
    release(place);
    say(refused.message);
    untick();
    await refresh();
    const now = document.getElementById(cell.id);
    if (now && !isTyping() && !now.querySelector("input")) type(now, text);
  }
}

async function clicked({ target }) {
  const button = target.closest("[data-grid]");
  const cell = cellOf(target);
  if (cell && (touched?.again || ("list" in cell.dataset && touched?.right < 24))) type(cell);
  if (!button || !mayEdit()) return;
  closeEditor();
  const place = hold(chosen());
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
  release(place);
  await refresh();
}

// Where the last press was: on the dropdown's arrow, or a finger's second one on the same cell.
let touched = {};
addEventListener("pointerdown", ({ target, clientX, pointerType }) => {
  const cell = cellOf(target);
  touched = cell && {
    right: cell.getBoundingClientRect().right - clientX,
    again: pointerType === "touch" && cell === document.activeElement,
  };
}, true);

function mayEdit() {
  if (!sheet()) return false; // it was deleted meanwhile
  const { warning, book, tab } = sheet().dataset;
  const name = `${book} ${tab}`;
  if (!warning || agreed.has(name)) return true;
  const yes = confirm(`${warning}.\n\nChange it anyway?`);
  if (yes) agreed.add(name);
  return yes;
}
