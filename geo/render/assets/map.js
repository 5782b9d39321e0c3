"use strict";
/** The map, its legend and its printed twin. */
(function (atlas) {
  const { make, count, byId } = atlas.text;
  const SVG = "http://www.w3.org/2000/svg";
  const OUTLINE = "#4a5058";
  /** Fills by look. Lightness falls with every class, so that print in grey keeps the order. */
  const LOOKS = {
    none: { fill: "#dde1e6", words: "no document matches the filters" },
    empty: { fill: "#ffffff", words: "no claim found" },
    n1: { fill: "#fdd49e", words: "1 source" },
    n2: { fill: "#fc8d59", words: "2 sources" },
    n3: { fill: "#b30000", line: "#f6d9c4", words: "3 or more" },
    uncertain: { fill: "url(#look-uncertain)", words: "only uncertain claims" },
    denied: { fill: "url(#look-denied)", words: "only denials" },
  };

  /** @param {string} name @param {Record<string, unknown>} attributes @param {...Node} children */
  function svg(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
  }

  function patterns() {
    const box = (size, extra = {}) => ({ width: size, height: size, patternUnits: "userSpaceOnUse", ...extra });
    return [
      svg(
        "pattern",
        { id: "look-uncertain", ...box(8) },
        svg("rect", { width: 8, height: 8, fill: "#fff" }),
        svg("circle", { cx: 2, cy: 2, r: 1.5, fill: "#b3651a" }),
        svg("circle", { cx: 6, cy: 6, r: 1.5, fill: "#b3651a" }),
      ),
      svg(
        "pattern",
        { id: "look-denied", ...box(9) },
        svg("rect", { width: 9, height: 9, fill: "#fff" }),
        svg("path", { d: "M2.5 2.5l4 4m0-4l-4 4", stroke: "#2f5d8c", "stroke-width": 1.3, fill: "none" }),
      ),
      svg(
        "pattern",
        { id: "look-area", ...box(10, { patternTransform: "rotate(45)" }) },
        svg("rect", { width: 1.4, height: 10, fill: "#30363d" }),
        svg("rect", { x: 1.4, width: 1.2, height: 10, fill: "#fff", "fill-opacity": 0.85 }),
      ),
    ];
  }

  /** What a province's colour says, in words. @param {any} province @param {any} row */
  function describe(province, row) {
    const parts = [];
    if (row.look === "none") return `${province.name}: no document matches the filters`;
    if (row.voices.size)
      parts.push(`${count(row.named, "claim")} naming it, from ${count(row.voices.size, "independent source")}`);
    if (row.uncertain) parts.push(`${row.uncertain} uncertain`);
    if (row.denied) parts.push(count(row.denied, "denial"));
    if (row.area) parts.push(`${count(row.area, "claim")} about a region or direction`);
    return `${province.name}: ${parts.length ? parts.join("; ") : "no claim found"}`;
  }

  /**
   * @param {any} map Leaflet map @param {any[]} provinces @param {(id: string) => void} onPick
   */
  function createMap(map, provinces, onPick) {
    byId("pattern-defs").append(...patterns());
    const wide = window.matchMedia("(min-width: 1080px)");
    const renderer = L.svg({ padding: 1 });
    const shapes = new Map();
    for (const province of provinces) shapes.set(province.id, addShape(province));
    const bounds = L.latLngBounds(provinces.flatMap((province) => province.polygons.flat(2)));
    const twin = createTwin(provinces, bounds);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    const fitButton = make("button", { type: "button", class: "fit", "aria-label": "Show the whole country" }, "⤢");
    fitButton.addEventListener("click", fit);
    map.getContainer().querySelector(".leaflet-control-zoom")?.append(fitButton);
    let home = 0;
    function fit() {
      map.invalidateSize({ animate: false });
      if (bounds.isValid()) map.fitBounds(bounds, { padding: [10, 10], animate: false });
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
        const room = (2 * province.label[2]) / metres;
        label.getElement()?.classList.toggle("fits", room > province.name.length * 5.2);
      }
    }
    map.on("zoomend", settle);
    new ResizeObserver(() => {
      if (map.getContainer().offsetWidth) fit();
    }).observe(map.getContainer());
    fit();

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
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        onPick(province.id);
      });
      path.addEventListener("focus", () => {
        if (path.matches(":focus-visible")) shape.openTooltip();
      });
      path.addEventListener("blur", () => shape.closeTooltip());
      return { province, shape, area, label, tip, path };
    }

    /** @param {Map<string, any>} summary @param {string | null} picked */
    function update(summary, picked) {
      for (const [id, { province, shape, area, label, tip, path }] of shapes) {
        const row = summary.get(id);
        const words = describe(province, row);
        const line =
          id === picked ? { weight: 3.5, color: "#0b57d0" } : { weight: 0.9, color: LOOKS[row.look].line ?? OUTLINE };
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
      if (picked) raise(shapes.get(picked));
      twin.update(summary);
    }

    /** Draw an outline above its neighbours; the others move, so that focus stays where it is. */
    function raise({ path, area }) {
      const group = path.parentNode;
      const others = [...group.children].filter((other) => other !== path);
      group.prepend(...others.filter((other) => !other.classList.contains("area")));
      group.append(...others.filter((other) => other.classList.contains("area") && other !== area.getElement()));
      if (map.hasLayer(area)) group.append(area.getElement());
    }

    return { update, fit, picture: twin.picture };
  }

  /** A still drawing of the map, for print and for the SVG file. */
  function createTwin(provinces, bounds) {
    const WIDTH = 1000;
    const unit = bounds.isValid() ? (bounds.getEast() - bounds.getWest()) / (WIDTH - 20) : 1;
    const at = ([north, east]) => [
      (10 + (east - bounds.getWest()) / unit).toFixed(1),
      (10 + (bounds.getNorth() - north) / unit).toFixed(1),
    ];
    const height = bounds.isValid() ? 20 + (bounds.getNorth() - bounds.getSouth()) / unit : 10;
    const parts = new Map(
      provinces.map((province) => {
        const d = province.polygons
          .flat(1)
          .map((ring) => "M" + ring.map((point) => at(point).join(" ")).join("L") + "Z")
          .join("");
        const [x, y] = at([province.label[1], province.label[0]]);
        const label = svg("text", {
          x,
          y,
          dy: 4,
          "text-anchor": "middle",
          "font-size": 13,
          "font-family": "sans-serif",
          stroke: "#fff",
          "stroke-width": 3,
          "stroke-linejoin": "round",
          "paint-order": "stroke",
          fill: "#1b1f24",
        });
        label.textContent = (2 * province.label[2]) / unit > province.name.length * 6 ? province.name : "";
        return [
          province.id,
          {
            shape: svg("path", { d, "fill-rule": "evenodd", stroke: OUTLINE, "stroke-width": 0.9, fill: "#fff" }),
            area: svg("path", { d, "fill-rule": "evenodd", stroke: "none", fill: "none" }),
            label,
          },
        ];
      }),
    );
    const all = [...parts.values()];
    const drawing = svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${height.toFixed(0)}`, focusable: "false" },
      ...all.map((part) => part.shape),
      ...all.map((part) => part.area),
      ...all.map((part) => part.label),
    );
    byId("print-map").append(drawing);
    function update(summary) {
      for (const [id, part] of parts) {
        const row = summary.get(id);
        part.shape.setAttribute("fill", LOOKS[row.look].fill);
        part.shape.setAttribute("stroke", LOOKS[row.look].line ?? OUTLINE);
        part.area.setAttribute("fill", row.area ? "url(#look-area)" : "none");
        part.area.setAttribute("stroke", row.area ? (LOOKS[row.look].line ?? OUTLINE) : "none");
      }
    }
    /** The drawing with its legend and a line of text, as a file of its own. @param {string[]} lines */
    function picture(lines) {
      const copy = drawing.cloneNode(true);
      const items = Object.values(LOOKS).slice(1).concat({ fill: "url(#look-area)", words: "region or direction" });
      const total = Number(height.toFixed(0)) + 40 + 18 * lines.length;
      copy.setAttribute("xmlns", SVG);
      copy.setAttribute("viewBox", `0 0 ${WIDTH} ${total}`);
      copy.prepend(svg("defs", {}, ...patterns()), svg("rect", { width: WIDTH, height: total, fill: "#fff" }));
      const text = (x, y, words) => {
        const element = svg("text", { x, y, "font-size": 13, "font-family": "sans-serif", fill: "#1b1f24" });
        element.textContent = words;
        return element;
      };
      items.forEach((item, i) =>
        copy.append(
          svg("rect", {
            x: 10 + i * 140,
            y: height + 6,
            width: 18,
            height: 13,
            fill: item.fill,
            stroke: OUTLINE,
            "stroke-width": 0.8,
          }),
          text(33 + i * 140, height + 17, item.words),
        ),
      );
      lines.forEach((words, i) => copy.append(text(10, height + 45 + 18 * i, words)));
      return new XMLSerializer().serializeToString(copy);
    }
    return { update, picture };
  }

  /** @param {HTMLElement} root */
  function drawLegend(root) {
    const swatch = (fill) =>
      svg(
        "svg",
        { width: 24, height: 16, class: "swatch", "aria-hidden": "true" },
        svg("rect", { x: 0.5, y: 0.5, width: 23, height: 15, fill, stroke: OUTLINE }),
      );
    const item = (fill, words) => make("li", {}, swatch(fill), make("span", {}, words));
    root.append(
      make(
        "div",
        {},
        make("h2", {}, "Independent sources whose claims name the province"),
        make(
          "ul",
          { class: "ramp" },
          ...["empty", "n1", "n2", "n3"].map((look) => item(LOOKS[look].fill, LOOKS[look].words)),
        ),
      ),
      make(
        "ul",
        {},
        ...["uncertain", "denied"].map((look) => item(LOOKS[look].fill, LOOKS[look].words)),
        item("url(#look-area)", "claim about a region or direction, counted apart"),
        item(LOOKS.none.fill, LOOKS.none.words),
      ),
      make("p", { class: "soft" }, "White is no claim found in these documents, not evidence of absence."),
    );
  }

  atlas.map = { createMap, describe, drawLegend };
})((globalThis.atlas ??= {}));
