"use strict";
/** The map, its legend and its printed twin. */
(function (atlas) {
  const { make, byId } = atlas.text;
  const { t } = atlas.strings;
  const { LOOKS, OUTLINE, patterns, createDrawing, legendItem } = atlas.drawing;

  /** What a province's colour says, in words. @param {any} province @param {any} row */
  function describe(province, row) {
    const parts = [];
    if (row.look === "none") return `${province.name}: ${t("look.none")}`;
    if (row.voices.size)
      parts.push(t("map.named", { n: row.named, sources: t("count.sources", { n: row.voices.size }) }));
    if (row.uncertain) parts.push(t("map.uncertain", { n: row.uncertain }));
    if (row.denied) parts.push(t("count.denials", { n: row.denied }));
    if (row.area) parts.push(t("map.area", { n: row.area }));
    return `${province.name}: ${parts.length ? parts.join("; ") : t("look.empty")}`;
  }

  /**
   * @param {any} map Leaflet map @param {any[]} provinces @param {(id: string) => void} onPick
   */
  function createMap(map, provinces, onPick) {
    byId("pattern-defs").append(...patterns(), ...patterns("coarse", 2.6));
    const wide = window.matchMedia("(min-width: 1080px)");
    const renderer = L.svg({ padding: 1 });
    const pen = document.createElement("canvas").getContext("2d");
    const shapes = new Map();
    for (const province of provinces) shapes.set(province.id, addShape(province));
    const bounds = L.latLngBounds(provinces.flatMap((province) => province.polygons.flat(2)));
    const twin = createDrawing(provinces, { size: 16, scale: true });
    byId("print-map").append(twin.root);
    const [pickedRing, focusRing] = ["picked", "focused"].map(createRing);
    L.control.scale({ imperial: false, maxWidth: 130, position: "bottomright" }).addTo(map);
    const fitButton = make("button", { type: "button", class: "fit", "aria-label": t("map.fit") }, "⤢");
    fitButton.addEventListener("click", fit);
    map.getContainer().querySelector(".leaflet-control-zoom")?.append(fitButton);
    if (pen) pen.font = "11px " + getComputedStyle(document.body).fontFamily;
    const widths = new Map(
      provinces.map(({ id, name }) => [id, pen ? pen.measureText(name).width : name.length * 6.5]),
    );
    let home = 0;
    function fit() {
      map.invalidateSize({ animate: false });
      const { zoomSnap } = map.options;
      map.options.zoomSnap = 0;
      if (bounds.isValid()) map.fitBounds(bounds, { padding: [12, 12], animate: false });
      map.options.zoomSnap = zoomSnap;
      home = map.getZoom();
      settle();
    }
    /** On small screens a finger must be able to scroll past the whole map. */
    function settle() {
      map.scrollWheelZoom[wide.matches ? "enable" : "disable"]();
      map.dragging[wide.matches || map.getZoom() > home + 0.1 ? "enable" : "disable"]();
      map.getContainer().style.touchAction = map.dragging.enabled() ? "none" : "pan-y";
      const metres = 1 / map.options.crs.scale(map.getZoom());
      for (const { province, label } of shapes.values()) {
        // A name may reach a little over the circle that its province holds.
        const room = (1.05 * 2 * province.label[2]) / metres;
        label.getElement()?.classList.toggle("fits", room > (widths.get(province.id) ?? 0));
      }
    }
    map.on("zoomend", settle);
    new ResizeObserver(() => {
      if (map.getContainer().offsetWidth) fit();
    }).observe(map.getContainer());
    fit();

    /** An outline above all shapes; on a ground of its own, for it must be seen on every colour. */
    function createRing(kind) {
      const lines = ["casing", ""].map((layer) =>
        L.polygon([], {
          renderer,
          noClip: true,
          smoothFactor: 0.5,
          interactive: false,
          fill: false,
          className: `ring ${kind} ${layer}`,
        }),
      );
      return (province) => {
        for (const line of lines) {
          if (province) line.setLatLngs(province.polygons).addTo(map).bringToFront();
          else line.remove();
        }
      };
    }

    function addShape(province) {
      const shape = L.polygon(province.polygons, {
        renderer,
        noClip: true,
        smoothFactor: 0.5,
        color: OUTLINE,
        weight: 0.8,
        fillOpacity: 1,
        fillColor: "#fff",
        bubblingMouseEvents: false,
      }).addTo(map);
      const area = L.polygon(province.polygons, {
        renderer,
        noClip: true,
        smoothFactor: 0.5,
        interactive: false,
        color: OUTLINE,
        weight: 0.8,
        fillOpacity: 1,
        fillColor: "url(#look-area)",
        className: "area",
      });
      const [x, y] = province.label;
      const label = L.marker([y, x], {
        interactive: false,
        keyboard: false,
        icon: L.divIcon({
          className: "map-label",
          iconSize: [0, 0],
          html: make("span", { "aria-hidden": "true" }, province.name),
        }),
      }).addTo(map);
      const tip = make("span");
      shape.bindTooltip(tip, { sticky: true, direction: "top", opacity: 1 });
      const path = shape.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("data-province", province.id);
      shape.on("click", () => onPick(province.id));
      path.addEventListener("keydown", (event) => {
        if (event.key === "Escape") shape.closeTooltip();
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        onPick(province.id);
      });
      path.addEventListener("focus", () => {
        if (!path.matches(":focus-visible")) return;
        shape.openTooltip();
        focusRing(province);
      });
      path.addEventListener("blur", () => {
        shape.closeTooltip();
        focusRing(null);
      });
      return { province, shape, area, label, tip, path };
    }

    /** @param {Map<string, any>} summary @param {string | null} picked */
    function update(summary, picked) {
      for (const [id, { province, shape, area, label, tip, path }] of shapes) {
        const row = summary.get(id);
        const words = describe(province, row);
        const line = { color: LOOKS[row.look].line ?? OUTLINE };
        shape.setStyle({ fillColor: LOOKS[row.look].fill, ...line });
        area.setStyle(line);
        if (row.area) area.addTo(map);
        else area.remove();
        path.setAttribute("aria-label", words);
        path.setAttribute("aria-pressed", String(id === picked));
        path.dataset.look = row.look;
        path.dataset.area = String(row.area > 0);
        label.getElement()?.classList.toggle("on-dark", row.look === "n3");
        tip.textContent = words;
      }
      pickedRing(picked && shapes.get(picked).province);
      const held = provinces.find(({ id }) => shapes.get(id).path.matches(":focus-visible"));
      focusRing(held ?? null);
      twin.update((id) => {
        const row = summary.get(id);
        return { ...LOOKS[row.look], look: row.look, area: row.area > 0 };
      });
    }

    return { update, fit, twin };
  }

  /** What the colours say, in the order of the legend. */
  function legendWords() {
    return [...Object.keys(LOOKS).slice(1), "none"].map((look) => ({ look, words: t("look." + look) }));
  }

  /** @param {HTMLElement} root */
  function drawLegend(root) {
    const item = (look) => legendItem(look, t("look." + look));
    root.replaceChildren(
      make(
        "div",
        {},
        make("h2", {}, t("legend.title")),
        make("ul", { class: "ramp" }, ...["empty", "n1", "n2", "n3"].map(item)),
      ),
      make("ul", {}, ...["uncertain", "denied"].map(item), legendItem("area", t("legend.area")), item("none")),
      make("p", { class: "soft on-light" }, t("legend.note")),
      make("p", { class: "soft on-dark" }, t("legend.noteDark")),
    );
  }

  atlas.map = { createMap, describe, drawLegend, legendWords };
})((globalThis.atlas ??= {}));
