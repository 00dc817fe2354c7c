// The session by keyboard: left and right turn to another case; the time that is left counts down.
// Without this script the links and the agreed time are there.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, [tabindex='0']")) return;
  const way = { ArrowLeft: "back", PageUp: "back", ArrowRight: "on", PageDown: "on" }[event.key];
  const link = way && document.querySelector(`[data-turn="${way}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});

const time = document.querySelector("[data-minutes]");
if (time) {
  const began = Date.now();
  const agreed = Number(time.dataset.minutes);
  const words = time.textContent;
  const tell = () => {
    const left = Math.ceil(agreed - (Date.now() - began) / 60000);
    time.textContent = left === agreed ? words : `${left} / ${words}`;
    time.classList.toggle("review__time--over", left <= 0);
  };
  setInterval(tell, 10000);
}
