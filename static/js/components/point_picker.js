// Picking a place on the map: a tap puts the pin there, and fills in the two numbers of the form.
//
// With keys: the arrows move the map, and the button puts the pin in its middle. Without this
// script the numbers are typed, or a buurt is chosen.
"use strict";

(() => {
  const CLOSE = 16; // near enough to see at which street it is
  const AROUND = 14; // without streets: near enough to see which buurt it is, and what lies next to it
  const EXACT = 5; // decimals: about a metre

  // Texts go into the page as texts.
  const text = (told) => Object.assign(document.createElement("span"), { textContent: told });

  class PointPicker {
    constructor(root) {
      this.holder = root.querySelector(".area-map");
      this.latitude = document.getElementById(root.dataset.latitude);
      this.longitude = document.getElementById(root.dataset.longitude);
      this.said = root.querySelector("[data-said]");
      this.holder.hidden = false;
      root.querySelector(".point-picker__acts").hidden = false;
      this.map = L.map(this.holder, {
        zoomControl: false,
        attributionControl: Boolean(this.holder.dataset.tiles),
        scrollWheelZoom: false, // who scrolls the page means the page
        zoomAnimation: false,
        fadeAnimation: false,
        markerZoomAnimation: false,
        maxZoom: 18,
      });
      const { zoomIn, zoomOut } = this.holder.dataset;
      L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(this.map);
      this.map.setView([52.1, 5.3], 7);
      this.tiles();
      this.borders();
      this.map.on("click", (event) => this.put(event.latlng));
      root.querySelector("[data-here]").addEventListener("click", () => this.put(this.map.getCenter()));
      for (const field of [this.latitude, this.longitude]) {
        field.addEventListener("change", () => this.show());
      }
      this.show();
    }

    tiles() {
      const { tiles, owner } = this.holder.dataset;
      if (!tiles) return;
      this.holder.classList.add("area-map--tiles");
      this.map.attributionControl.setPrefix(false);
      L.tileLayer(tiles, { attribution: text(owner).innerHTML }).addTo(this.map);
    }

    async borders() {
      const answer = await fetch(this.holder.dataset.areas).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const areas = L.geoJSON(await answer.json(), {
        filter: (area) => area.geometry && area.properties.level === "neighbourhood",
        interactive: false,
        style: () => ({ className: "area-map__border" }),
        onEachFeature: (area, layer) => layer.bindTooltip(text(area.properties.name), {
          permanent: true, direction: "center", className: "area-map__name",
        }),
      }).addTo(this.map);
      areas.bringToBack();
      if (!this.pin && areas.getLayers().length) this.map.fitBounds(areas.getBounds());
    }

    get typed() {
      const [lat, lng] = [this.latitude, this.longitude]
        .map((field) => (field.value.trim() ? Number(field.value.replace(",", ".")) : NaN));
      const there = Number.isFinite(lat) && Number.isFinite(lng);
      return there && Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? L.latLng(lat, lng) : null;
    }

    show() {
      const at = this.typed;
      if (!at) return;
      this.mark(at);
      this.map.setView(at, Math.max(this.map.getZoom(), this.holder.dataset.tiles ? CLOSE : AROUND));
    }

    put(at) {
      this.latitude.value = at.lat.toFixed(EXACT);
      this.longitude.value = at.lng.toFixed(EXACT);
      this.mark(at);
      this.said.textContent = this.said.dataset.told;
    }

    mark(at) {
      this.pin?.remove();
      const icon = L.divIcon({ className: "point-picker__pin", iconSize: [22, 22] });
      this.pin = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.map);
    }
  }

  for (const root of document.querySelectorAll("[data-point-picker]")) new PointPicker(root);
})();
