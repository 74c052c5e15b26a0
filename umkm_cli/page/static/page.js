// The page for pictures. What makers and offices wrote reaches the document as text only, never as markup.
"use strict";

const words = document.body.dataset;
const cards = document.getElementById("cards");
const sender = document.getElementById("sender");
const SVG = "http://www.w3.org/2000/svg";
const PAUSE_MS = 200; // between the last key and a search

// --- asking the program

async function ask(path, options = {}) {
  try {
    const answer = await fetch(path, options);
    const document_ = await answer.json();
    return answer.ok ? document_ : { ...document_, refused: true };
  } catch {
    return { refused: true, sentences: [words.unreachable] };
  }
}

const post = (path, body) => ask(path, { method: "POST", body });

function address(path, query) {
  return `${path}?${new URLSearchParams(query)}`;
}

// --- small things of the document

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function say(place, sentences) {
  place.replaceChildren(...sentences.map((sentence) => element("p", sentence)));
}

function announce(text) {
  document.getElementById("news").textContent = text;
}

function isTyping() {
  const active = document.activeElement;
  return active !== null && active.matches("input:not([type=file]), select, textarea");
}

// --- vendors: a search field and the list that it fills

function vendorChooser(place) {
  const search = place.querySelector(".search");
  const list = place.querySelector(".vendor");
  let latest = 0;
  let timer = 0;
  async function fill() {
    const turn = ++latest;
    const found = await ask(address("vendors", { search: search.value }));
    if (turn !== latest || found.refused) return;
    const chosen = list.selectedOptions[0];
    const kept = chosen.value && !found.vendors.some((vendor) => vendor.code === chosen.value) ? [chosen] : [];
    const before = list.value;
    const options = found.vendors.map((vendor) => new Option(`${vendor.name} (${vendor.code})`, vendor.code));
    list.replaceChildren(list.options[0], ...kept, ...options);
    list.value = before;
  }
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(fill, PAUSE_MS);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return fill();
}

// --- pictures side by side, with what agrees outlined

function frame(url, alt, width, height, region) {
  const box = element("div", undefined, "frame");
  const image = element("img");
  image.src = url;
  image.alt = alt;
  box.append(image);
  if (region && region.length > 2) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    for (const layer of ["under", "over"]) {
      const outline = document.createElementNS(SVG, "polygon");
      outline.setAttribute("class", layer);
      outline.setAttribute("points", region.map((point) => point.join(",")).join(" "));
      drawing.append(outline);
    }
    box.append(drawing);
  }
  return box;
}

function showFrame(figure, box) {
  figure.querySelector(".frame")?.remove();
  figure.append(box);
  figure.hidden = false;
}

function showPair(card, picture, match) {
  const caption = card.querySelector(".query figcaption").textContent;
  const region = match && match.query_region;
  showFrame(card.querySelector(".query"), frame(picture.url, caption, picture.width, picture.height, region));
  if (!match) return;
  const figure = card.querySelector(".match");
  const name = `${match.cells.motif} – ${match.cells.title} (${match.cells.vendor})`;
  figure.querySelector("figcaption").textContent = name;
  const shown = match.url
    ? frame(match.url, name, match.width, match.height, match.motif_region)
    : element("p", match.why, "frame missing");
  showFrame(figure, shown);
  card.querySelector(".outlined").hidden = false;
}

function showMatches(card, picture, matches) {
  const body = card.querySelector("tbody");
  const buttons = [];
  for (const match of matches) {
    const row = element("tr");
    for (const [column, text] of Object.entries(match.cells)) {
      const cell = element("td");
      if (column === "motif") {
        const button = element("button", text);
        button.type = "button";
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
          buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
          showPair(card, picture, match);
        });
        buttons.push(button);
        cell.append(button);
      } else {
        cell.textContent = text;
      }
      row.append(cell);
    }
    body.append(row);
  }
  buttons[0]?.setAttribute("aria-pressed", "true");
  card.querySelector(".wide").hidden = matches.length === 0;
}

// --- a picture's card: waiting, checked, registered

function addCard(name) {
  const card = document.getElementById("card").content.firstElementChild.cloneNode(true);
  card.querySelector(".name").textContent = name;
  card.querySelector(".label").textContent = words.waiting;
  card.classList.add("waits");
  cards.prepend(card);
  return card;
}

function showVerdict(card, name, found) {
  card.classList.remove("waits");
  const label = card.querySelector(".label");
  label.hidden = !found.label;
  label.textContent = found.label ?? "";
  say(card.querySelector(".sentences"), found.sentences);
  announce([name, found.label, ...found.sentences].filter(Boolean).join(". "));
  card.classList.add(found.refused || found.alert ? "alerts" : "quiet");
  if (!found.picture) return;
  const best = found.matches.find((match) => match.alert) ?? found.matches[0];
  showMatches(card, found.picture, best ? [best, ...found.matches.filter((match) => match !== best)] : []);
  showPair(card, found.picture, best);
  offerRegistration(card, found.picture);
}

async function offerRegistration(card, picture) {
  const box = card.querySelector(".register");
  const form = box.querySelector("form");
  form.elements.technique.value = document.getElementById("sender-technique").value;
  const chosen = document.getElementById("sender-vendor").selectedOptions[0];
  if (chosen.value) form.elements.vendor.append(new Option(chosen.textContent, chosen.value, true, true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    register(card, form, picture);
  });
  box.hidden = false;
  await vendorChooser(form);
}

async function register(card, form, picture) {
  const button = form.querySelector("button");
  const refused = form.querySelector(".refused");
  const fields = {};
  for (const name of ["vendor", "title", "ref", "technique"]) fields[name] = form.elements[name].value.trim();
  fields.published = form.elements.published.checked ? "yes" : "no";
  button.disabled = true;
  refused.replaceChildren();
  announce(words.registering);
  const done = await post(address("register", { picture: picture.id }), JSON.stringify(fields));
  button.disabled = false;
  if (done.refused) {
    say(refused, done.sentences);
    refused.focus();
    return;
  }
  const result = card.querySelector(".registered");
  say(result, done.sentences);
  result.classList.toggle("held", done.held);
  result.hidden = false;
  card.querySelector(".register").hidden = true;
  result.focus();
  announce(done.sentences.join(" "));
}

// --- pictures wait in a queue: the program looks at one at a time

let queue = Promise.resolve();

function take(files) {
  for (const file of files) {
    const name = file.name || words.pasted;
    const card = addCard(name);
    queue = queue.then(() => check(card, name, file));
  }
}

async function check(card, name, file) {
  card.querySelector(".label").textContent = words.checking;
  const query = {
    name,
    vendor: document.getElementById("sender-vendor").value,
    technique: document.getElementById("sender-technique").value,
  };
  const tooLarge = file.size > Number(words.limit);
  const found = tooLarge ? { refused: true, sentences: [words.tooLarge] } : await post(address("check", query), file);
  showVerdict(card, name, found);
  if (!isTyping()) card.querySelector(".name").focus();
}

document.getElementById("files").addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = "";
});

document.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length === 0) return;
  event.preventDefault();
  take([...event.clipboardData.files]);
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) document.body.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  take([...event.dataTransfer.files]);
});

document.getElementById("close").addEventListener("click", async () => {
  await queue;
  await post("close", "");
  document.body.replaceChildren(document.getElementById("closed").content.cloneNode(true));
  document.querySelector("h1").focus();
});

vendorChooser(sender);
