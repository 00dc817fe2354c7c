// A level that is chosen is told at once. Without this script the page has a button for it.
//
// Of the choices of one block the last one stays: while one is under way the next waits. What does
// not arrive brings the button back; whoever leaves the page sends what still waits.
"use strict";

(() => {
  const levels = document.querySelector("[data-levels]");
  if (!levels) return;
  const form = levels.closest("form");
  const bar = form.querySelector("[data-save]");
  const waiting = new Map(); // row -> the choice that is not sent yet, null while none waits
  bar.hidden = true;

  const operation = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");

  const send = (row, chosen) => {
    const was = row.querySelector("[name^='was-']");
    const said = new URLSearchParams({
      csrf_token: form.elements.csrf_token.value,
      operation: operation(),
      [was.name]: was.value,
      [chosen.name]: chosen.value,
    });
    return fetch(form.action, {
      method: "POST", body: said, headers: { "Netwerk-Part": "level" }, keepalive: true,
    }).then((answer) => {
      if (answer.status !== 204) throw new Error("not saved");
      was.value = chosen.value;
    });
  };

  const tell = (row, text, lost) => {
    row.classList.toggle("level--lost", lost);
    row.querySelector(".level__told").textContent = text;
  };

  async function sendAll(row) {
    let lost = false;
    while (waiting.get(row)) {
      const chosen = waiting.get(row);
      waiting.set(row, null);
      lost = await send(row, chosen).then(() => false, () => true);
    }
    waiting.delete(row);
    tell(row, lost ? levels.dataset.lost : levels.dataset.saved, lost);
    if (lost) bar.hidden = false;
  }

  levels.addEventListener("change", (event) => {
    const row = event.target.closest("[data-level]");
    const atWork = waiting.has(row);
    waiting.set(row, event.target);
    tell(row, "", false);
    if (!atWork) sendAll(row);
  });

  addEventListener("pagehide", () => {
    for (const [row, chosen] of waiting) if (chosen) send(row, chosen);
  });
})();
