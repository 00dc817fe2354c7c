// The search of the map, as one types. What was looked for is kept with this entry of the
// browser's history and nowhere else, so that who comes back from a partner finds it again; the
// address holds the filters alone. Without this script the form is sent as every other.
"use strict";

(() => {
  const form = document.querySelector("[data-finder]");
  if (!form) return;

  const page = () => document.querySelector("[data-page]")?.dataset.page ?? "1";
  const kept = () => [...new FormData(form)].filter(([name]) => name !== "csrf_token");

  function keep() {
    const here = document.querySelector("[data-address]");
    if (here) history.replaceState({ search: kept(), page: page() }, "", here.dataset.address);
  }

  function fill(search) {
    const person = search.find(([name]) => name === "person");
    if (person && !form.elements.person) {
      form.append(Object.assign(document.createElement("input"), {
        type: "hidden", name: "person", value: person[1],
      }));
    }
    form.elements.q.value = search.find(([name]) => name === "q")?.[1] ?? "";
    for (const [name, value] of search) {
      const field = form.elements[name];
      if (!field || name === "q") continue;
      const ticks = field instanceof RadioNodeList ? [...field] : [field];
      for (const each of ticks) {
        if (each.type !== "checkbox") each.value = value;
        else if (each.value === value) each.checked = true;
      }
    }
  }

  // The page that was looked at is asked for once; what is typed next begins at the first again.
  function turn(to) {
    if (!(Number(to) > 1)) return;
    const asked = Object.assign(document.createElement("input"), {
      type: "hidden", name: "page", value: to,
    });
    form.append(asked);
    form.addEventListener("htmx:beforeRequest", () => asked.remove(), { once: true });
  }

  // Leaving the field is no new question: it would take away what one is about to press.
  form.elements.q.addEventListener("change", (event) => event.stopPropagation());

  // What is being typed or ticked is kept at once: one may leave before the answer is there.
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => history.replaceState({ search: kept() }, ""));
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "found") keep();
  });

  // An answer to what was asked before may not undo what was ticked since; a newer one follows.
  const state = () => JSON.stringify(kept());
  let sent = "";
  form.addEventListener("htmx:configRequest", () => { sent = state(); });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const ofForm = form.contains(event.detail.target);
    if (ofForm && sent !== state()) event.detail.shouldSwap = false;
  });

  const asked = history.state?.search;
  const said = asked?.some(([name, value]) => ["q", "person", "lon"].includes(name) && value);
  if (said && !form.elements.q.value) {
    fill(asked);
    turn(history.state.page);
    // One who came back without words in the page: ask again for what is kept.
    addEventListener("load", () => htmx.trigger(form, "submit"));
  } else {
    keep();
  }
})();
