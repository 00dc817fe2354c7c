// One tap on a row of the network notes the inhabitant's word on asking somebody.
//
// Every tap arrives, in the order in which they were made, and the row shows what is stored. So the
// taps of a row wait for each other; the buttons stay where they are, for a finger that is down
// when an answer comes must not lose its button; and who leaves the page waits for what is under
// way. Without this script each tap sends an ordinary form.
"use strict";

(() => {
  const WAITS = [500, 2000]; // milliseconds before it is tried again; saying it twice is no harm
  const LONGEST = 20000;
  const taps = new Map(); // row -> what was tapped and is not stored yet, the oldest first
  const busy = new Set(); // the rows at work, as promises of whether all was stored

  const send = (tap) =>
    fetch(tap.form.action, {
      method: "POST",
      body: new URLSearchParams(tap.said),
      headers: { "Netwerk-Part": "row" },
      keepalive: true, // also when the page is gone
      signal: AbortSignal.timeout(LONGEST),
    });

  async function sendStubbornly(tap) {
    tap.sent = true;
    for (const wait of [...WAITS, null]) {
      try {
        const answer = await send(tap);
        return { answer, text: await answer.text() };
      } catch {
        if (wait === null) return null;
        await new Promise((done) => { setTimeout(done, wait); });
      }
    }
    return null;
  }

  // Let the browser send it as a page: sign in first, not found, the store is away, all are told.
  function sendOpenly({ form, said }) {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: "approach", value: said.get("approach") });
    form.append(chosen);
    form.submit();
  }

  function show(row, text) {
    const told = new DOMParser().parseFromString(text, "text/html");
    const stored = told.getElementById(row.id);
    if (!stored) return;
    row.className = stored.className;
    for (const button of row.querySelectorAll("button[name=approach]")) {
      const same = stored.querySelector(`button[value="${button.value}"]`);
      button.setAttribute("aria-pressed", same.getAttribute("aria-pressed"));
    }
    const said = stored.querySelectorAll(".approach__said");
    row.querySelectorAll(".approach__said").forEach((each, at) => {
      each.textContent = said[at].textContent;
    });
    row.querySelector(".tie__papers")?.remove();
    const papers = stored.querySelector(".tie__papers");
    if (papers) row.append(papers);
    const counts = document.getElementById("approach-counts");
    counts?.replaceChildren(...told.getElementById("approach-counts").childNodes);
  }

  function tellLost(row, form) {
    const told = document.createElement("p");
    told.className = "approach__lost";
    told.setAttribute("role", "alert");
    told.textContent = form.dataset.lost;
    form.append(told);
  }

  async function storeAll(row) {
    const waiting = taps.get(row);
    let stored = null;
    while (waiting.length) {
      const got = await sendStubbornly(waiting[0]);
      if (got && !got.answer.ok) {
        sendOpenly(waiting.at(-1));
        return false;
      }
      if (!got) break;
      stored = got.text;
      waiting.shift();
    }
    const lost = waiting.length > 0;
    if (stored) show(row, stored);
    if (lost) tellLost(row, waiting[0].form);
    taps.delete(row);
    row.removeAttribute("aria-busy");
    row.querySelectorAll(".choice--waiting").forEach((each) => each.classList.remove("choice--waiting"));
    return !lost;
  }

  function tapped(form, button) {
    const row = form.closest("li.tie");
    const said = new FormData(form, button);
    row.querySelectorAll(".approach__lost").forEach((told) => told.remove());
    row.querySelectorAll(".choice--waiting").forEach((each) => each.classList.remove("choice--waiting"));
    button.classList.add("choice--waiting");
    row.setAttribute("aria-busy", "true");
    if (taps.has(row)) {
      taps.get(row).push({ form, said });
      return;
    }
    taps.set(row, [{ form, said }]);
    const work = storeAll(row).finally(() => busy.delete(work));
    busy.add(work);
  }

  // Go on when all is stored; where something was lost, stay and show it.
  function afterwards(event, goOn) {
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.all(busy).then((went) => { if (went.every(Boolean)) goOn(); });
  }

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.matches("form.approach") && submitter) {
      event.preventDefault();
      tapped(form, submitter);
    } else if (busy.size) {
      afterwards(event, () => form.requestSubmit(submitter));
    }
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (link && busy.size && !elsewhere) afterwards(event, () => link.click());
  }, true);

  // The page goes, whatever we wait for: what was not sent is sent now.
  addEventListener("pagehide", () => {
    for (const tap of [...taps.values()].flat()) if (!tap.sent) send(tap);
  });
})();
