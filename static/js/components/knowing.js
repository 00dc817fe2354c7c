// The session by keyboard: a number says the level of a colleague and goes to the next one; the
// time that is left counts down. Without this script the choices, the button and the time are there.
"use strict";

(() => {
  const rows = [...document.querySelectorAll("[data-said] [data-level]")];
  const form = rows[0]?.closest("form");
  const focus = (row) => (row?.querySelector(":checked") ?? row?.querySelector("input[type=radio]"))?.focus();

  document.addEventListener("keydown", (event) => {
    if (!form || event.altKey || event.ctrlKey || event.metaKey || !/^[0-4]$/.test(event.key)) return;
    if (event.target.closest("input:not([type=radio]), textarea, select")) return;
    const at = Math.max(0, rows.indexOf(event.target.closest("[data-level]")));
    const choice = rows[at].querySelector(`input[type=radio][value="${event.key}"]`);
    event.preventDefault();
    choice.checked = true;
    if (at + 1 < rows.length) focus(rows[at + 1]);
    else form.querySelector("button[type=submit]").focus();
  });
  focus(rows[0]);

  const time = document.querySelector("[data-left]");
  if (time) {
    const came = Date.now();
    setInterval(() => {
      const left = Math.max(0, Math.ceil(Number(time.dataset.left) - (Date.now() - came) / 60000));
      time.textContent = time.dataset.said.replace("#", left);
    }, 10000);
  }
})();
