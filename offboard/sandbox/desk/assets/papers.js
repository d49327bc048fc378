// What others wrote stands in frames that run nothing: they get their height, and their links lead to this desk's own Drive.

import { say } from "./act.js";

const FILE = /^https:\/\/(?:drive|docs)\.google\.com\/(?:.*\/(?:folders|d)\/|.*[?&]id=)([\w-]+)/;

export function settlePapers(go) {
  for (const frame of document.querySelectorAll("iframe.paper")) {
    if (!frame.watched) frame.addEventListener("load", () => open(frame, go));
    frame.watched = true;
    if (frame.contentDocument?.readyState === "complete") open(frame, go);
  }
}

export function placeOf(address) {
  const file = FILE.exec(address)?.[1];
  const { who } = document.body.dataset;
  return file && `/?${new URLSearchParams({ view: "drive", ...(who && { who }), file })}`;
}

function open(frame, go) {
  const inside = frame.contentDocument;
  frame.style.height = "0";
  frame.style.height = `${inside.documentElement.scrollHeight + 2}px`;
  inside.onclick = (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const place = placeOf(link.href);
    if (place) go(place);
    else say(`This leads to ${link.href}`);
  };
  frame.classList.add("ready");
}
