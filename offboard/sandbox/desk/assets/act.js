// What a person does, one act after the other, with the page's token.

let last = Promise.resolve();

export function say(words) {
  const place = document.getElementById("said");
  place.textContent = words;
  clearTimeout(place.timer);
  place.timer = setTimeout(() => (place.textContent = ""), 6000);
}

export function act(name, fields) {
  const done = last.then(() => post(name, typeof fields === "function" ? fields() : fields));
  last = done.catch(() => {});
  return done;
}

async function post(name, fields) {
  const { token, who } = document.body.dataset;
  const body = new URLSearchParams({ token, who, act: name, ...fields });
  const answer = await fetch("/desk/act", { method: "POST", body });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
