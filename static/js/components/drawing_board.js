// The drawing under the finger: drag somebody to another ring, or put them there with the arrows.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const DRAGGED = 8; // pixels before a touch is no tap any more
const PLACES = 1000;
const SHIFTS = [0, 0.9, -0.9, 1.4, -1.4]; // rings: how close somebody is was not said yet
const ROOM = 110; // farther from everybody is no better
const FLAT = 1.3; // what is written is wider than it is high

export const toldOf = (figure) => JSON.parse(figure.dataset.told);

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export class Board {
  // `moved(figure, closeness, place)` and `tapped(figure)` are told what was done.
  constructor({ moved, tapped }) {
    Object.assign(this, { moved, tapped });
    this.drag = null;
    document.addEventListener("pointerdown", (event) => this.down(event));
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.up(event));
    document.addEventListener("pointercancel", () => this.cancel());
    // Else the browser takes a finger that moves for one that scrolls.
    const still = (event) => { if (this.drag && event.cancelable) event.preventDefault(); };
    document.querySelector(".drawing__board").addEventListener("touchmove", still, { passive: false });
    document.addEventListener("dragstart", (event) => { if (this.of(event)) event.preventDefault(); });
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  get svg() { return document.getElementById("board"); }
  get middle() { return Number(this.svg.dataset.middle); }
  get radii() { return this.svg.dataset.radii.split(" ").map(Number); }
  get figures() { return [...this.svg.querySelectorAll(".board__figure")]; }
  find(key) { return this.figures.find((each) => each.dataset.key === key); }
  of(event) { return event.target.closest?.(".board__figure"); }

  at(event) {
    const matrix = this.svg.getScreenCTM().inverse();
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  }

  down(event) {
    const figure = this.of(event);
    if (!figure || event.button !== 0 || this.drag) return;
    const from = this.at(event);
    const x = Number(figure.dataset.x), y = Number(figure.dataset.y);
    this.drag = { figure, id: event.pointerId, from, x, y, began: [event.clientX, event.clientY] };
    this.dragged = false;
  }

  move(event) {
    const { drag } = this;
    if (!drag || event.pointerId !== drag.id || !toldOf(drag.figure).person) return;
    const far = Math.hypot(event.clientX - drag.began[0], event.clientY - drag.began[1]);
    if (!this.dragged && far < DRAGGED) return;
    this.dragged = true;
    const now = this.at(event);
    this.put(drag.figure, drag.x + now.x - drag.from.x, drag.y + now.y - drag.from.y);
    drag.figure.classList.add("board__figure--held");
    this.light(this.ring(drag.figure));
  }

  up(event) {
    const { drag } = this;
    if (!drag || event.pointerId !== drag.id) return;
    this.drag = null;
    if (!this.dragged) return;
    drag.figure.classList.remove("board__figure--held");
    this.light(null);
    const closeness = this.ring(drag.figure);
    const place = this.place(drag.figure);
    this.settle(drag.figure, closeness, place);
    this.moved(drag.figure, closeness, place);
  }

  cancel() {
    if (!this.drag) return;
    const { figure, x, y } = this.drag;
    this.drag = null;
    this.put(figure, x, y);
    figure.classList.remove("board__figure--held");
    this.light(null);
  }

  click(event) {
    const figure = this.of(event);
    if (!figure) return;
    event.preventDefault();
    if (this.dragged && event.detail !== 0) { this.dragged = false; return; }
    this.tapped(figure);
  }

  key(event) {
    const figure = this.of(event);
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!figure || !step || !toldOf(figure).person) return;
    event.preventDefault();
    const was = toldOf(figure).closeness ?? 3;
    const closeness = Math.min(5, Math.max(1, was + step));
    if (closeness === was && toldOf(figure).closeness) return;
    const place = this.place(figure);
    this.settle(figure, closeness, place);
    this.moved(figure, closeness, place);
  }

  // Where a figure is by now.
  now(figure) {
    const [x, y] = [figure.dataset.x, figure.dataset.y].map(Number);
    return [x, y];
  }

  polar(figure) {
    const [x, y] = this.now(figure);
    const dx = x - this.middle, dy = y - this.middle;
    return [Math.hypot(dx, dy), Math.atan2(dy, dx)];
  }

  ring(figure) {
    const [radius] = this.polar(figure);
    const gaps = this.radii.map((each) => Math.abs(each - radius));
    return 5 - gaps.indexOf(Math.min(...gaps));
  }

  sector(name) {
    return this.svg.querySelector(`[data-sector="${name}"]`)
      ?? this.svg.querySelector("[data-sector=other]");
  }

  place(figure) {
    const { start, end } = this.sector(figure.dataset.sector || this.sectorOf(figure)).dataset;
    const wide = end - start;
    let along = (this.polar(figure)[1] - start) % (2 * Math.PI);
    if (along < 0) along += 2 * Math.PI;
    if (along > wide) along = along - wide < 2 * Math.PI - along ? wide : 0;
    return Math.round((along / wide) * PLACES);
  }

  sectorOf(figure) {
    const { kind } = toldOf(figure);
    const family = ["partner", "parent", "child", "sibling", "other_family", "ex_partner"];
    if (family.includes(kind)) return "family";
    return { friend: "friends", neighbour: "neighbours" }[kind] ?? "other";
  }

  put(figure, x, y) {
    const [was, wasY] = [figure.dataset.x, figure.dataset.y].map(Number);
    const [dx, dy] = (figure.dataset.shift ?? "0 0").split(" ").map(Number);
    const shift = [dx + x - was, dy + y - wasY];
    Object.assign(figure.dataset, { x, y, shift: shift.join(" ") });
    figure.setAttribute("transform", `translate(${shift[0]} ${shift[1]})`);
    const line = this.svg.querySelector(`line[data-for="${CSS.escape(figure.dataset.key)}"]`);
    line?.setAttribute("x2", x);
    line?.setAttribute("y2", y);
  }

  spot(sector, closeness, place, shift = 0) {
    const { start, end } = this.sector(sector).dataset;
    const angle = Number(start) + ((end - start) * place) / PLACES;
    const radius = this.radii[5 - closeness] + shift * (this.radii[1] - this.radii[0]);
    return [this.middle + radius * Math.cos(angle), this.middle + radius * Math.sin(angle)];
  }

  settle(figure, closeness, place) {
    this.put(figure, ...this.spot(figure.dataset.sector || this.sectorOf(figure), closeness, place));
  }

  light(closeness) {
    this.svg.querySelectorAll(".ecomap__ring").forEach((ring, at) => {
      ring.classList.toggle("board__ring--here", closeness === 5 - at);
    });
  }

  // The place around the middle ring that is farthest from everybody.
  free(sector) {
    const taken = this.figures.map((figure) => this.now(figure));
    const room = ([place, shift]) => {
      const [x, y] = this.spot(sector, 3, place, shift);
      return Math.min(...taken.map(([a, b]) => Math.hypot((a - x) / FLAT, b - y)), ROOM);
    };
    const tries = SHIFTS.flatMap((shift) => Array.from({ length: 21 }, (_, at) => [at * 50, shift]));
    return tries.reduce((best, each) => (room(each) > room(best) + 1 ? each : best), [500, 0]);
  }

  // Draw somebody who is not saved yet.
  sketch({ key, name, sector, place, shift, told }) {
    const [x, y] = this.spot(sector, 3, place, shift);
    const line = { class: "ecomap__tie ecomap__tie--unsaid", "data-for": key, "stroke-width": 4.3 };
    const to = { x1: this.middle, y1: this.middle, x2: x, y2: y };
    document.getElementById("board-lines").append(shape("line", { ...line, ...to }));
    const figure = shape("a", {
      class: "ecomap__figure board__figure board__figure--waiting", href: "#panel", "data-key": key,
      "data-x": x, "data-y": y, "data-told": JSON.stringify(told), "data-sector": sector,
    });
    const short = [...name].length > 18 ? `${[...name].slice(0, 17).join("")}…` : name;
    figure.append(
      shape("rect", { class: "board__touch", x: x - 30, y: y - 30, width: 60, height: 94 }),
      shape("circle", { class: "ecomap__circle", cx: x, cy: y, r: 22 }),
      shape("text", { class: "board__said", x, y }, name),
      shape("text", { class: "ecomap__name", x, y: y + 39, "aria-hidden": "true" }, short),
    );
    document.getElementById("board-figures").append(figure);
    return figure;
  }
}
