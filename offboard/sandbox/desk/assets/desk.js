// The page follows the sandbox: it asks whether anything happened, and then shows itself anew.

import { act, say } from "./act.js";
import { startGrid, settleGrid } from "./grid.js";
import { morph } from "./morph.js";
import { settlePapers } from "./papers.js";

const EVERY = 600; // milliseconds
const PROCESS = (state) => state.split(".")[0];

export async function refresh() {
  const place = location.href;
  const page = new DOMParser().parseFromString(await (await fetch(place)).text(), "text/html");
  if (place !== location.href || !page.body.dataset.state) return;
  document.title = page.title;
  morph(document.body, page.body);
  settle();
}

function settle() {
  const main = document.getElementById("main");
  main.style.setProperty("--top", `${main.offsetTop}px`);
  for (const button of document.querySelectorAll("[data-act] button, [data-grid]")) button.disabled = false;
  settlePapers(go);
  settleGrid();
}

async function go(place) {
  history.pushState(null, "", place);
  await refresh();
  window.scrollTo(0, 0);
}

async function follow() {
  try {
    const { state } = await (await fetch("/desk/changes")).json();
    const mine = document.body.dataset.state;
    if (PROCESS(state) !== PROCESS(mine)) location.reload(); // another sandbox runs here now
    else if (state !== mine) await refresh();
  } catch {
    // the sandbox is not running at the moment; it may come back
  }
  setTimeout(follow, EVERY);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.act) return;
  event.preventDefault();
  try {
    const { said, go: place } = await act(form.dataset.act, Object.fromEntries(new FormData(form)));
    say(said);
    await go(place);
  } catch (refused) {
    say(refused.message);
  }
});

const SWITCHES = "#who, #book";
document.addEventListener("change", ({ target }) => target.matches(SWITCHES) && target.form.requestSubmit());
for (const select of document.querySelectorAll(SWITCHES)) {
  if (!select.selectedOptions[0].defaultSelected) select.form.requestSubmit(); // chosen before this script was there
}

addEventListener("popstate", refresh);
addEventListener("resize", settle);
startGrid(refresh);
settle();
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
setTimeout(follow, EVERY);
