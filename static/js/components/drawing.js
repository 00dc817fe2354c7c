// Drawing together: every act is shown at once and saved in its turn. Without this script each act
// is an ordinary form.
"use strict";

import { Board, toldOf } from "./drawing_board.js";
import { Queue, newOperation } from "./drawing_keep.js";

const page = document.querySelector("[data-drawing]");
const secret = page.dataset.key;
page.removeAttribute("data-key");
const within = (id) => document.getElementById(id);
const LEFT_OUT = ["csrf_token", "operation", "who", "ask"];
const SWAPPED = ["drawing-undo", "drawing-home", "drawing-closing", "drawing-list"];
const TYPED = 300; // milliseconds without a key before a line is looked at
const panel = within("panel");
const ask = within("ask");
const adding = within("adding");
let latest = null; // the drawing as it was answered last, until it can be shown
let refused = false; // what is filled in stays as it is until it is mended
let who = panel.hidden ? "" : panel.querySelector("[name=who]").value;
let asked = "";
let skipped = new Set();
const made = new Map(); // whom this page added -> their own key

page.classList.add("drawing--alive");

const queue = new Queue({
  secret,
  base: page.dataset.base,
  csrf: page.querySelector("[name=csrf_token]").value,
  told: tellState,
  answered,
});

const board = new Board({
  moved(figure, closeness, place) {
    const told = toldOf(figure);
    const fields = [["version", told.version], ["closeness", closeness], ["place", place]];
    act(`move/${told.tie}`, fields, told.name);
    change(figure, { closeness, version: told.version + 1 });
    within("board-said").textContent = `${told.name}: ${ringName(closeness)}`;
    if (who === figure.dataset.key) fill(figure);
  },
  tapped(figure) {
    const other = toldOf(figure);
    if (who && who !== figure.dataset.key && within("knows").open && !panel.hidden && other.person) {
      know(figure.dataset.key);
    } else if (other.person) {
      open(figure);
    } else {
      question(figure.dataset.key);
    }
  },
});

function tellState(state, count, onDevice) {
  const { saved, saving, waiting, memory, signin } = page.dataset;
  const texts = { saved, saving, waiting: onDevice ? waiting : memory, "sign-in": signin };
  const shown = within("drawing-state");
  shown.textContent = texts[state].replace("{n}", count);
  shown.dataset.state = state;
  if (state === "sign-in") {
    const link = document.createElement("a");
    link.href = `/sign-in?next=${encodeURIComponent(page.dataset.base)}`;
    link.textContent = shown.textContent;
    shown.replaceChildren(link);
  }
}

const ringName = (closeness) =>
  panel.querySelector(`[name=closeness][value="${closeness}"]`).labels[0].textContent.trim();

const act = (path, fields, what, operation) =>
  queue.put(page.dataset.base + path, fields.map(([k, v]) => [k, String(v)]), what, operation);

function change(figure, changes) {
  figure.dataset.told = JSON.stringify({ ...toldOf(figure), ...changes });
}

// What came of an act. The drawing is shown when nothing waits any more and no finger is on it.
function answered(text, sent, answer) {
  const key = answer.headers.get("Netwerk-Made");
  if (key) made.set(`new-${sent.operation}`, key);
  if (answer.status === 404) {
    tell(page.dataset.lost.replace("{what}", sent.what));
    return;
  }
  latest = new DOMParser().parseFromString(text, "text/html");
  refused = answer.status === 400;
  const told = latest.getElementById("drawing-told");
  if (told.childElementCount) within("drawing-told").replaceWith(told);
  const clash = latest.getElementById("drawing-clash");
  if (clash.childElementCount) within("drawing-clash").append(...clash.childNodes);
  show();
}

function tell(sentence) {
  const told = document.createElement("p");
  told.className = "notice notice--error";
  told.textContent = sentence;
  within("drawing-told").append(told);
}

function show() {
  if (!latest || queue.acts.length || board.drag) return;
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  const open_ = new Set([...page.querySelectorAll("details[open]")].map((each) => each.id));
  within("board").replaceWith(latest.getElementById("board"));
  for (const id of SWAPPED) within(id).replaceWith(latest.getElementById(id));
  latest = null;
  who = made.get(who) ?? who;
  asked = made.get(asked) ?? asked;
  skipped = new Set([...skipped].map((key) => made.get(key) ?? key));
  if (focused) board.find(made.get(focused) ?? focused)?.focus({ preventScroll: true });
  for (const id of open_) if (id) within(id).open = true;
  const figure = board.find(who);
  if (who && !panel.hidden && !figure) close();
  else if (who && !panel.hidden) refused ? reread(figure) : fill(figure);
  mark();
}

function mark() {
  for (const each of board.figures) {
    each.classList.toggle("board__figure--chosen", each.dataset.key === (asked || who));
  }
}

// --- somebody's own panel

function open(figure) {
  close();
  who = figure.dataset.key;
  fill(figure);
  panel.hidden = false;
  page.classList.add("drawing--panel");
  panel.querySelectorAll("details").forEach((each) => { each.open = false; });
  mark();
  panel.focus({ preventScroll: innerWidth > 700 });
}

function close() {
  const was = board.find(asked || who);
  who = asked = "";
  panel.hidden = ask.hidden = true;
  page.classList.remove("drawing--panel");
  mark();
  return was;
}

function fill(figure) {
  const told = toldOf(figure);
  within("panel-name").textContent = told.name;
  const form = panel.querySelector("form[data-draw=tell]");
  const typing = document.activeElement;
  for (const field of form.elements) {
    if (!field.name || field === typing && field.type === "text") continue;
    const value = field.name === "who" ? who : told[field.name];
    if (LEFT_OUT.includes(field.name) && field.name !== "who") continue;
    if (["radio", "checkbox"].includes(field.type)) {
      field.checked = Array.isArray(value)
        ? value.includes(field.value)
        : typeof value === "boolean" ? value : String(value ?? "") === field.value;
    } else field.value = value ?? "";
  }
  form.elements.name.readOnly = told.renamable === false;
  form.action = `${page.dataset.base}tell/${told.tie}`;
  const knows = within("knows").querySelector("summary");
  knows.textContent = knows.dataset.question.replace("…", told.name);
  const gone = panel.querySelector("form[data-draw=gone]");
  gone.action = `${page.dataset.base}gone/${told.tie}`;
  gone.elements.version.value = told.version;
  fillKnows(told);
}

// What was filled in was refused: it stays, to be mended, and is told of what is stored now.
function reread(figure) {
  const form = panel.querySelector("form[data-draw=tell]");
  for (const name of ["version", "person_version"]) form.elements[name].value = toldOf(figure)[name];
}

function fillKnows(told) {
  const list = within("knows-whom");
  const buttons = board.figures.filter((each) => each.dataset.key !== who && toldOf(each).person)
    .map((each) => {
      const button = document.createElement("button");
      const pressed = told.knows.includes(each.dataset.key);
      Object.assign(button, { type: "submit", className: "choice", name: "other" });
      button.value = each.dataset.key;
      button.textContent = toldOf(each).name;
      button.setAttribute("aria-pressed", String(pressed));
      return button;
    });
  const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
  list.replaceChildren(...buttons);
  if (focused) buttons.find((each) => each.value === focused)?.focus({ preventScroll: true });
}

function tellAgain() {
  const figure = board.find(who);
  if (!figure) return;
  const told = toldOf(figure);
  const form = panel.querySelector("form[data-draw=tell]");
  const fields = [...new FormData(form)].filter(([name]) => !LEFT_OUT.includes(name));
  const name = fields.find(([each]) => each === "name");
  if (!name[1].trim()) name[1] = told.name; // somebody is still typing
  const said = Object.fromEntries(fields);
  const renamed = said.name.trim() !== told.name;
  act(`tell/${told.tie}`, fields, said.name);
  change(figure, {
    ...Object.fromEntries(["name", "called", "kind", "contact", "valence", "remark", "valid_from"]
      .map((name) => [name, (said[name] ?? "").trim()])),
    closeness: said.closeness ? Number(said.closeness) : null,
    support: fields.filter(([name]) => name === "support").map(([, value]) => value),
    support_given: fields.filter(([name]) => name === "support_given").map(([, value]) => value),
    lives_with: "lives_with" in said,
    carer: "carer" in said,
    version: told.version + 1,
    person_version: told.person_version + (renamed ? 1 : 0),
  });
  form.elements.version.value = told.version + 1;
  form.elements.person_version.value = toldOf(figure).person_version;
  if (said.closeness && Number(said.closeness) !== told.closeness) {
    board.settle(figure, Number(said.closeness), board.place(figure));
  }
  if (renamed) figure.querySelector(".ecomap__name").textContent = said.name;
}

function know(key) {
  const figure = board.find(who), other = board.find(key);
  const told = toldOf(figure);
  const knows = told.knows.includes(key)
    ? told.knows.filter((each) => each !== key)
    : [...told.knows, key];
  act(`know/${who}`, [["other", key]], told.name);
  change(figure, { knows });
  const back = toldOf(other).knows.filter((each) => each !== who);
  change(other, { knows: knows.includes(key) ? [...back, who] : back });
  fillKnows(toldOf(figure));
}

// --- adding somebody

const kinds = JSON.parse(page.dataset.kinds);

// A first look at a line: who it is and where they will be. What it says is understood when it is saved.
function glance(line) {
  const words = line.split(/[\s,;]+/).filter(Boolean);
  const kind = words.find((word) => Object.hasOwn(kinds, word.toLowerCase()));
  const named = line.split(/[,;]/)[0].trim().split(/\s+/).filter((word) => word !== kind);
  return { name: named.join(" ") || kind || line, sector: kind && kinds[kind.toLowerCase()] };
}

function add(line) {
  const { name, sector } = glance(line);
  const operation = newOperation();
  const key = `new-${operation}`;
  const fields = [["line", line]];
  const [place, shift] = board.free(sector || "other");
  if (sector) fields.push(["place", place]);
  act("add", fields, line, operation);
  const told = {
    tie: key, version: 1, person: key, person_version: 1, renamable: true, name, called: "",
    what: "", kind: "other", closeness: null, contact: null, support: [], support_given: [],
    valence: null, lives_with: false, carer: false, remark: "", valid_from: "", approach: "not_discussed",
    knows: [],
  };
  board.sketch({ key, name, sector: sector || "other", place, shift, told });
  close();
}

// --- the last question

function waiting() {
  return board.figures.filter((each) => toldOf(each).approach === "not_discussed")
    .map((each) => each.dataset.key);
}

function question(key) {
  const figure = board.find(key);
  close();
  if (!figure) return;
  asked = key;
  const told = toldOf(figure);
  const title = within("ask-who");
  title.textContent = title.dataset.question.replace("…", told.name);
  ask.querySelector("form").action = `${page.dataset.base}say/${told.tie}`;
  ask.hidden = false;
  page.classList.add("drawing--panel");
  mark();
  ask.focus({ preventScroll: innerWidth > 700 });
}

function nextQuestion() {
  skipped.add(asked);
  const next = waiting().find((key) => !skipped.has(key));
  if (next) question(next);
  else { skipped.clear(); close(); within("line").focus({ preventScroll: true }); }
}

// --- what the page is told by its reader

const submitted = {
  add(form, button) {
    const line = (button?.name === "line" ? button.value : form.elements.line.value).trim();
    if (!line) { within("line").focus(); return; }
    add(line);
    if (form.elements.line.tagName === "INPUT") {
      form.elements.line.value = "";
      within("heard").replaceChildren();
      form.elements.line.focus({ preventScroll: true });
    }
  },
  tell: tellAgain,
  know: (form, button) => know(button.value),
  say(form, button) {
    const figure = board.find(asked);
    act(`say/${toldOf(figure).tie}`, [["approach", button.value]], toldOf(figure).name);
    change(figure, { approach: button.value, version: toldOf(figure).version + 1 });
    nextQuestion();
  },
  gone(form) {
    const figure = board.find(who);
    act(`gone/${toldOf(figure).tie}`, [["version", toldOf(figure).version]], toldOf(figure).name);
    board.svg.querySelector(`line[data-for="${CSS.escape(who)}"]`)?.remove();
    figure.remove();
    close();
    within("line").focus({ preventScroll: true });
  },
  other(form, button) {
    const fields = [...new FormData(form, button)].filter(([name]) => !LEFT_OUT.includes(name));
    queue.put(new URL(form.action).pathname, fields, form.dataset.draw);
    if (form.dataset.draw === "mine") form.closest("section").remove();
    if (form.dataset.draw === "pets") form.elements.version.value = Number(form.elements.version.value) + 1;
  },
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-draw]");
  if (!form) return;
  event.preventDefault();
  within("drawing-told").replaceChildren();
  (submitted[form.dataset.draw] ?? submitted.other)(form, event.submitter);
});

panel.addEventListener("change", (event) => {
  if (event.target.form?.dataset.draw === "tell") tellAgain();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.closest("svg")) return;
  if (link.matches("[data-done]")) {
    event.preventDefault();
    const was = close();
    (was ?? within("line")).focus({ preventScroll: true });
  } else if (link.matches("[data-skip]")) {
    event.preventDefault();
    nextQuestion();
  } else if (link.matches("[data-ask]")) {
    event.preventDefault();
    skipped.clear();
    asked = "";
    question(waiting()[0]);
  } else if (link.matches("[data-leave]")) {
    event.preventDefault();
    link.closest("section").remove();
  } else if (link.matches("[data-who]") && board.find(link.dataset.who)) {
    event.preventDefault();
    board.tapped(board.find(link.dataset.who));
  } else if (queue.acts.length && queue.state !== "sign-in" && !link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    queue.settled().then(() => { if (!queue.acts.length) location.assign(link.href); });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || (panel.hidden && ask.hidden)) return;
  const was = close();
  (was ?? within("line")).focus({ preventScroll: true });
});

// What stands in this page alone would go with it.
addEventListener("beforeunload", (event) => {
  if (queue.acts.length && !queue.onDevice) event.preventDefault();
});

document.addEventListener("pointerup", () => setTimeout(show, 0));

let typing;
within("line").addEventListener("input", ({ target }) => {
  clearTimeout(typing);
  typing = setTimeout(async () => {
    if (!target.value.trim()) { within("heard").replaceChildren(); return; }
    const line = target.value;
    if (!navigator.onLine) return;
    try {
      const answer = await fetch(target.dataset.understand, {
        method: "POST", body: new URLSearchParams({ line }), redirect: "manual",
        headers: { "Netwerk-Part": "drawing", "X-CSRFToken": queue.csrf },
      });
      if (!answer.ok || target.value !== line) return;
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      within("heard").replaceChildren(...told.body.childNodes);
    } catch { /* it is understood when it is saved */ }
  }, TYPED);
});

const paper = page.querySelector(".drawing__board");
paper.scrollLeft = (paper.scrollWidth - paper.clientWidth) / 2;
if (who) { page.classList.add("drawing--panel"); mark(); }
if (!ask.hidden) { asked = new URLSearchParams(location.search).get("ask"); page.classList.add("drawing--panel"); mark(); }
queue.restore();
