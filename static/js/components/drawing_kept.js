// Something that was drawn waits on this device: say so on every page, and before it goes.
"use strict";

(() => {
  const waits = () => {
    try {
      return Object.keys(localStorage).some((name) => name.startsWith("netwerk-drawing."));
    } catch {
      return false;
    }
  };

  addEventListener("DOMContentLoaded", () => {
    const told = document.querySelector("[data-kept]");
    if (!told || !waits()) return;
    told.hidden = false;
    document.querySelector("form[data-leaves]")?.addEventListener("submit", (event) => {
      if (!waits() || told.dataset.warned) return;
      event.preventDefault();
      told.dataset.warned = "yes";
      told.textContent = told.dataset.kept;
      told.scrollIntoView({ block: "center" });
    });
  });
})();
