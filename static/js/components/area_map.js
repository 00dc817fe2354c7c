// The map beside a list: borders from our own store, and the places of the list with its numbers.
//
// Everything that the map shows is in the list. A number on the map leads to its row, and the
// button in a row to its number. Without this script a drawing made by the server stands here.
"use strict";

(() => {
  const NEAR = 13.4; // from this zoom on neighbourhoods say their names, before it districts do
  const CLOSEST = 15.5; // nobody needs to see one house fill the map
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Texts go into the page as texts: names come from people.
  const made = (tag, className, text = "") =>
    Object.assign(document.createElement(tag), { className, textContent: text });

  // A marker is a button, so that it is reached and pressed as every other.
  const Numbered = L.DivIcon.extend({
    createIcon() {
      const button = made("button", "", this.options.text);
      button.type = "button";
      button.setAttribute("aria-label", this.options.label);
      this._setIconStyles(button, "icon");
      return button;
    },
  });

  const read = (value) => value.split(",").map(Number).reverse(); // we write longitude first

  function placesOf(list) {
    const places = new Map();
    for (const row of list.querySelectorAll("[data-place]")) {
      for (const at of row.dataset.place.split(" ")) {
        if (!places.has(at)) places.set(at, []);
        places.get(at).push(row);
      }
    }
    return places;
  }

  class AreaMap {
    constructor(holder) {
      this.holder = holder;
      holder.replaceChildren();
      this.map = L.map(holder, {
        zoomControl: false,
        attributionControl: Boolean(holder.dataset.tiles),
        scrollWheelZoom: false, // who scrolls the page means the page
        zoomSnap: 0.25,
        maxZoom: 18,
        zoomAnimation: !still,
        fadeAnimation: !still,
        markerZoomAnimation: !still,
      });
      this.map.setView([52.1, 5.3], 7);
      const { zoomIn, zoomOut } = holder.dataset;
      L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(this.map);
      this.marks = L.layerGroup().addTo(this.map);
      this.markers = new Map(); // row -> marker
      this.names = { district: L.layerGroup(), neighbourhood: L.layerGroup() };
      this.tiles();
      this.map.on("zoomend", () => this.name());
      this.ready = this.borders();
      this.show();
      if (holder.dataset.search) this.picking();
    }

    get list() {
      return document.getElementById(this.holder.dataset.areaMap);
    }

    tiles() {
      const { tiles, owner } = this.holder.dataset;
      if (!tiles) return;
      this.holder.classList.add("area-map--tiles");
      this.map.attributionControl.setPrefix(false);
      L.tileLayer(tiles, { attribution: made("span", "", owner).innerHTML }).addTo(this.map);
    }

    async borders() {
      const answer = await fetch(this.holder.dataset.areas).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const areas = await answer.json();
      const drawn = (level) => L.geoJSON(areas, {
        filter: (area) => area.geometry && area.properties.level === level,
        interactive: false,
        style: () => ({ className: `area-map__border area-map__border--${level}` }),
        onEachFeature: (area, layer) => this.called(level, area.properties.name, layer),
      });
      this.area = L.featureGroup([drawn("neighbourhood"), drawn("district")]).addTo(this.map);
      this.area.bringToBack();
      this.name();
      if (!this.fitted) this.fit();
    }

    called(level, name, layer) {
      L.tooltip({ permanent: true, direction: "center", className: "area-map__name" })
        .setLatLng(layer.getBounds().getCenter())
        .setContent(made("span", "", name))
        .addTo(this.names[level]);
    }

    name() {
      const [shown, other] = this.map.getZoom() < NEAR
        ? [this.names.district, this.names.neighbourhood]
        : [this.names.neighbourhood, this.names.district];
      other.remove();
      shown.addTo(this.map);
    }

    show() {
      this.marks.clearLayers();
      this.markers.clear();
      const list = this.list;
      if (!list) return;
      this.home(list.dataset);
      for (const [at, rows] of placesOf(list)) this.mark(at, rows);
      for (const button of list.querySelectorAll("[data-to-map]")) button.hidden = false;
      this.fit();
    }

    home({ home, radius }) {
      this.around = null;
      if (!home) return;
      const at = read(home);
      if (Number(radius)) {
        const reach = { radius: Number(radius), className: "area-map__reach", interactive: false };
        this.around = L.circle(at, reach).addTo(this.marks);
      }
      const icon = L.divIcon({ className: "area-map__home", iconSize: [20, 20] });
      const mark = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.marks);
      const { pinLabel, homeLabel } = this.holder.dataset;
      mark.getElement().setAttribute("title", pinLabel ?? homeLabel);
    }

    // A press beside the numbers asks whether to look around there. With keys: the arrows move the
    // map, and the button below it takes the middle.
    picking() {
      const { around, aroundMiddle } = this.holder.dataset;
      this.map.on("click", ({ latlng }) => {
        const button = made("button", "area-map__pick", around);
        button.type = "button";
        button.addEventListener("click", () => this.pick(latlng));
        const popup = L.popup({ autoPanPadding: [20, 20] }).setLatLng(latlng).setContent(button).openOn(this.map);
        this.closing(popup);
        button.focus();
      });
      const middle = made("button", "utrecht-button utrecht-button--secondary-action area-map__middle", aroundMiddle);
      middle.type = "button";
      middle.addEventListener("click", () => this.pick(this.map.getCenter()));
      this.holder.after(middle);
    }

    pick({ lat, lng }) {
      this.map.closePopup();
      const form = document.getElementById(this.holder.dataset.search);
      form.elements.lon.value = lng.toFixed(5);
      form.elements.lat.value = lat.toFixed(5);
      form.elements.lat.dispatchEvent(new Event("change", { bubbles: true }));
    }

    closing(popup) {
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close?.setAttribute("aria-label", this.holder.dataset.close);
    }

    mark(at, rows) {
      const numbers = rows.map((row) => row.dataset.number).filter(Boolean);
      const text = numbers.length > 3 ? `${numbers.slice(0, 2).join(", ")} …` : numbers.join(", ");
      const label = `${text}: ${rows.map((row) => row.dataset.name).join(", ")}`;
      const icon = new Numbered({
        text, label, className: "area-map__marker", iconSize: [Math.max(28, 14 + 8 * text.length), 28],
      });
      const marker = L.marker(read(at), { icon, keyboard: false }).addTo(this.marks);
      marker.on("click", () => (rows.length > 1 ? this.choose(marker, rows) : this.toRow(rows[0])));
      for (const row of rows) if (!this.markers.has(row)) this.markers.set(row, marker);
    }

    choose(marker, rows) {
      const choices = made("ul", "area-map__choices");
      for (const row of rows) {
        const button = made("button", "", `${row.dataset.number}. ${row.dataset.name}`);
        button.type = "button";
        button.addEventListener("click", () => {
          this.map.closePopup();
          this.toRow(row);
        });
        choices.appendChild(document.createElement("li")).append(button);
      }
      const popup = L.popup({ maxWidth: 320, autoPanPadding: [20, 20] })
        .setLatLng(marker.getLatLng()).setContent(choices).openOn(this.map);
      this.closing(popup);
      popup.getElement().addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        this.map.closePopup();
        marker.getElement()?.focus();
      });
      choices.querySelector("button").focus();
    }

    toRow(row) {
      const goal = row.querySelector("[data-row-goal]") ?? row;
      row.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
      goal.focus({ preventScroll: true });
      this.light(row);
    }

    toMap(row) {
      const marker = this.markers.get(row);
      if (!marker) return;
      this.map.setView(marker.getLatLng(), Math.max(this.map.getZoom(), 14), { animate: !still });
      this.light(row);
      this.holder.scrollIntoView({ block: "nearest" });
      marker.getElement()?.focus({ preventScroll: true });
    }

    light(row) {
      for (const [each, marker] of this.markers) {
        marker.getElement()?.classList.toggle("area-map__marker--on", marker === this.markers.get(row));
        each.classList.toggle("result--on", each === row);
      }
    }

    fit() {
      const shown = L.featureGroup([...this.markers.values()]);
      if (this.around) shown.addLayer(this.around);
      const bounds = shown.getLayers().length ? shown.getBounds() : this.area?.getBounds();
      if (!bounds?.isValid()) return;
      this.fitted = true;
      this.map.invalidateSize();
      const alone = this.markers.size === 1 && !this.around;
      const maxZoom = alone ? NEAR : CLOSEST;
      this.map.fitBounds(bounds, { padding: [34, 34], maxZoom, animate: false });
    }
  }

  const maps = [...document.querySelectorAll("[data-area-map]")].map((each) => new AreaMap(each));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-to-map]");
    const row = button?.closest("[data-place]");
    if (row) maps.forEach((map) => map.toMap(row));
  });

  document.addEventListener("htmx:afterSettle", () => maps.forEach((map) => map.show()));
})();
