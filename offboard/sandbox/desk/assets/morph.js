// Make the page that is shown into the page that was fetched, touching only what differs:
// the focus, scrolled places, opened folders and frames stay as they are.

export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.data = fresh.data;
    return;
  }
  if ("still" in old.dataset) return; // a person is at work in it, or a script keeps it
  if (old.nodeName === "IFRAME" && old.getAttribute("src") === fresh.getAttribute("src")) return;
  morphAttributes(old, fresh);
  morphChildren(old, fresh);
}

function morphAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
  }
  if (old.type === "checkbox") old.checked = fresh.hasAttribute("checked");
}

function morphChildren(old, fresh) {
  const kept = [...old.childNodes].filter((node) => !node.dataset || !("guest" in node.dataset));
  const wanted = [...fresh.childNodes];
  wanted.forEach((node, place) => {
    if (kept[place]) morph(kept[place], node);
    else old.append(node);
  });
  kept.slice(wanted.length).forEach((node) => node.remove());
}
