// The box in which a cell is typed into: it stays where it is, with its words, while the sheet below it follows changes.

import { hold, release } from "./marks.js";

let typing = null;

export const isTyping = () => typing !== null;

// Calls `done` with the key that ended it, and with the words and their place where these are new.
export function openEditor(cell, first, done) {
  closeEditor();
  const was = cell.dataset.typed ?? cell.textContent;
  const choices = first === undefined && cell.dataset.list !== undefined && choicesOf(cell.dataset.list);
  const box = choices ? makeSelect(choices, was) : makeText(first ?? was);
  box.className = cell.closest("thead") ? "typing above" : "typing";
  box.dataset.guest = "";
  box.ariaLabel = document.querySelector("#formula b").textContent;
  typing = { box, was, done, id: cell.id, place: hold(cell) };
  cell.closest(".sheet").append(box);
  placeEditor();
  box.addEventListener("keydown", pressed);
  box.addEventListener("blur", () => typing?.box === box && close(box.value, ""));
  box.addEventListener("change", () => choices && typing?.box === box && close(box.value, "Select"));
  box.focus({ preventScroll: true });
  if (choices) openChoices(box);
}

export function closeEditor() {
  if (typing) close(typing.box.value, "");
}

export function placeEditor() {
  const cell = typing && document.getElementById(typing.id);
  if (!cell) return;
  const sheet = cell.closest(".sheet");
  const [at, of] = [cell.getBoundingClientRect(), sheet.getBoundingClientRect()];
  Object.assign(typing.box.style, {
    left: `${at.left - of.left + sheet.scrollLeft - 1}px`,
    top: `${at.top - of.top + sheet.scrollTop - 1}px`,
    minWidth: `${at.width + 1}px`,
    width: typing.box.nodeName === "SELECT" ? "" : `${Math.max(at.width + 1, 160)}px`,
    height: `${at.height + 1}px`,
  });
}

function close(text, key) {
  const { box, was, done, place } = typing;
  typing = null;
  box.remove();
  if (text === was) release(place);
  done(key, text === was ? null : text, place);
}

function pressed(event) {
  const { key } = event;
  event.stopPropagation();
  if (event.isComposing) return;
  if (key === "Escape") close(typing.was, "Escape");
  else if (key === "Tab") close(typing.box.value, event.shiftKey ? "Shift+Tab" : "Tab");
  else if (key === "Enter" && event.altKey) typing.box.setRangeText("\n", typing.box.selectionStart, typing.box.selectionEnd, "end");
  else if (key === "Enter" && !event.shiftKey) close(typing.box.value, "Enter");
  else return;
  event.preventDefault();
}

function makeText(words) {
  const box = document.createElement("textarea");
  box.value = words;
  box.spellcheck = false;
  return box;
}

function makeSelect(choices, was) {
  const box = document.createElement("select");
  for (const words of new Set(["", ...choices, was])) box.add(new Option(words, words, false, words === was));
  return box;
}

const choicesOf = (number) => [...document.getElementById(`list-${number}`).options].map((option) => option.text);

function openChoices(box) {
  try {
    box.showPicker();
  } catch {
    // not opened by a person's own hand: it can be opened with the keyboard
  }
}
