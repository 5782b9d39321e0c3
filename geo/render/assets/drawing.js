"use strict";
/** Still drawings of the provinces: for print, for pictures to take away, and for comparison. */
(function (atlas) {
  const { make, svg } = atlas.text;
  const { t } = atlas.strings;
  const WIDTH = 1000;
  const OUTLINE = "#4a5058";
  const INK = "#1b1f24";
  /** As many of a picture's letters as surely fit across it. */
  const LETTERS = 130;
  const KILOMETRES = [500, 200, 100, 50, 20, 10, 5, 2, 1];

  /** @typedef {Record<string, {fill: string, line?: string, ink?: string, halo?: string}>} Fills */
  /** Fills by look, on paper. Lightness falls with every class, so that print in grey keeps the order. @type {Fills} */
  const LOOKS = {
    none: { fill: "#dde1e6" },
    empty: { fill: "#ffffff" },
    n1: { fill: "#fdd49e" },
    n2: { fill: "#fc8d59" },
    n3: { fill: "#b30000", line: "#f6d9c4", ink: "#fff", halo: "#6d0000" },
    uncertain: { fill: "url(#look-uncertain)" },
    denied: { fill: "url(#look-denied)" },
  };

  /** Fills of a difference. Which way it goes is also written on the map, so that grey print tells it. @type {Fills} */
  const CHANGES = {
    nothing: { fill: "#dde1e6" },
    neither: { fill: "#ffffff" },
    same: { fill: "#d3d3d3" },
    fewer: { fill: "#b2abd2" },
    onlyA: { fill: "#5e3c99", line: "#e6e0f2", ink: "#fff", halo: "#5e3c99" },
    more: { fill: "#fdb863" },
    onlyB: { fill: "#b35806", line: "#f7e0c4", ink: "#fff", halo: "#b35806" },
  };

  /** The patterns of fills. Small drawings need a coarse set, or the lines run together. */
  function patterns(prefix = "look", scale = 1) {
    const box = (size, turn = "") => ({
      width: size,
      height: size,
      patternUnits: "userSpaceOnUse",
      patternTransform: `scale(${scale})${turn}`,
    });
    const ground = (size) => svg("rect", { width: size, height: size, fill: "#fff", class: "pattern-ground" });
    return [
      svg(
        "pattern",
        { id: prefix + "-uncertain", ...box(8) },
        ground(8),
        svg("circle", { cx: 2, cy: 2, r: 1.5, fill: "#b3651a", class: "pattern-uncertain" }),
        svg("circle", { cx: 6, cy: 6, r: 1.5, fill: "#b3651a", class: "pattern-uncertain" }),
      ),
      svg(
        "pattern",
        { id: prefix + "-denied", ...box(9) },
        ground(9),
        svg("path", {
          d: "M2.5 2.5l4 4m0-4l-4 4",
          stroke: "#2f5d8c",
          "stroke-width": 1.3,
          fill: "none",
          class: "pattern-denied",
        }),
      ),
      svg(
        "pattern",
        { id: prefix + "-area", ...box(10, " rotate(45)") },
        svg("rect", { width: 1.4, height: 10, fill: "#30363d", class: "pattern-area" }),
        svg("rect", { x: 1.4, width: 1.2, height: 10, fill: "#fff", "fill-opacity": 0.85, class: "pattern-gap" }),
      ),
    ];
  }

  /** First and last coordinates. @param {any[]} provinces */
  function extent(provinces) {
    const box = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity };
    for (const province of provinces)
      for (const [north, east] of province.polygons.flat(2)) {
        box.south = Math.min(box.south, north);
        box.north = Math.max(box.north, north);
        box.west = Math.min(box.west, east);
        box.east = Math.max(box.east, east);
      }
    return box;
  }

  /**
   * Draw the provinces once; `update` colours them.
   * @param {any[]} provinces
   * @param {{onPick?: (id: string) => void, label?: string, named?: boolean, size?: number, scale?: boolean,
   *   coarse?: boolean}} [options] `named`: with the names that fit; `size` of the letters, of 1000 across; `scale`:
   *   with a scale bar; `coarse`: with patterns for a small drawing
   */
  function createDrawing(
    provinces,
    { onPick, label = "", named = true, size = 13, scale = false, coarse = false } = {},
  ) {
    const patterned = (fill) => (coarse ? fill.replace("#look-", "#coarse-") : fill);
    const bounds = extent(provinces);
    const known = provinces.length > 0;
    const unit = known ? (bounds.east - bounds.west) / (WIDTH - 20) : 1;
    const height = known ? Math.round(20 + (bounds.north - bounds.south) / unit) : 10;
    const at = ([north, east]) => [
      (10 + (east - bounds.west) / unit).toFixed(1),
      (10 + (bounds.north - north) / unit).toFixed(1),
    ];
    const parts = new Map(provinces.map((province) => [province.id, part(province)]));
    const all = [...parts.values()];
    const [picked, focused] = ["picked", "focused"].map((kind) =>
      ["casing", ""].map((layer) => svg("path", { class: `ring ${kind} ${layer}`, fill: "none", d: "" })),
    );
    const ring = (paths, d) => paths.forEach((path) => path.setAttribute("d", d));
    const root = svg(
      "svg",
      {
        viewBox: `0 0 ${WIDTH} ${height}`,
        focusable: "false",
        ...(label ? { role: "group", "aria-label": label } : {}),
      },
      ...all.map((item) => item.shape),
      ...all.map((item) => item.area),
      ...picked,
      ...focused,
      ...all.map((item) => item.label),
      ...(scale && known ? [scaleBar()] : []),
    );

    /** A bar of a round length, a fifth of the width at most, in the corner to the south-east. */
    function scaleBar() {
      const length = KILOMETRES.find((km) => (km * 1000) / unit <= WIDTH / 5) ?? 1;
      const [right, y, wide] = [WIDTH - 10, height - 10, (length * 1000) / unit];
      const bar = { d: `M${(right - wide).toFixed(1)} ${y - 6}v6H${right}v-6`, fill: "none", stroke: INK };
      const words = { x: right - 4, y: y - 6, "text-anchor": "end", "font-size": size, fill: INK, stroke: "none" };
      const text = svg("text", { ...words, "font-family": "sans-serif" });
      text.textContent = t("map.scale", { n: length });
      return svg("g", { class: "drawn-scale", "aria-hidden": "true" }, svg("path", bar), text);
    }

    function part(province) {
      const d = province.polygons
        .flat(1)
        .map((ring) => "M" + ring.map((point) => at(point).join(" ")).join("L") + "Z")
        .join("");
      const [x, y] = at([province.label[1], province.label[0]]);
      const words = svg("text", {
        x,
        y,
        dy: size / 3,
        "text-anchor": "middle",
        "font-size": size,
        "font-family": "sans-serif",
        stroke: "#fff",
        "stroke-width": 3,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
        fill: INK,
        class: "drawn-label",
        "aria-hidden": "true",
      });
      const room = (2 * province.label[2]) / unit;
      const shape = svg("path", {
        d,
        "fill-rule": "evenodd",
        stroke: OUTLINE,
        "stroke-width": 0.9,
        fill: "#fff",
        class: "drawn",
      });
      if (onPick) {
        for (const [name, value] of Object.entries({ tabindex: "0", role: "button", "data-province": province.id }))
          shape.setAttribute(name, value);
        shape.addEventListener("click", () => onPick(province.id));
        shape.addEventListener("focus", () => ring(focused, shape.matches(":focus-visible") ? d : ""));
        shape.addEventListener("blur", () => ring(focused, ""));
        shape.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          onPick(province.id);
        });
      }
      return {
        shape,
        d,
        area: svg("path", { d, "fill-rule": "evenodd", stroke: "none", fill: "none", "pointer-events": "none" }),
        label: words,
        name: named && room > province.name.length * size * 0.5 ? province.name : "",
      };
    }

    /**
     * Colour the provinces.
     * @param {(id: string) => {fill: string, line?: string, ink?: string, halo?: string, look: string,
     *   area?: boolean, words?: string, mark?: string, picked?: boolean}} lookOf
     */
    function update(lookOf) {
      ring(picked, "");
      for (const [id, item] of parts) {
        const look = lookOf(id);
        if (look.picked) ring(picked, item.d);
        item.label.setAttribute("fill", look.ink ?? INK);
        item.label.setAttribute("stroke", look.halo ?? "#fff");
        item.label.classList.toggle("on-dark", Boolean(look.halo));
        item.label.setAttribute("data-on", look.look);
        item.shape.setAttribute("fill", patterned(look.fill));
        item.shape.setAttribute("stroke", look.line ?? OUTLINE);
        item.shape.setAttribute("data-look", look.look);
        item.area.setAttribute("fill", look.area ? patterned("url(#look-area)") : "none");
        item.area.setAttribute("stroke", look.area ? (look.line ?? OUTLINE) : "none");
        item.label.textContent = look.mark ?? item.name;
        if (look.words !== undefined) {
          item.shape.setAttribute("aria-label", look.words);
          item.shape.setAttribute("aria-pressed", String(Boolean(look.picked)));
          item.shape.replaceChildren(svg("title", {}, document.createTextNode(look.words)));
        }
      }
    }

    return { root, update, height };
  }

  /**
   * Text that a picture can hold: without what XML forbids, and with direction overrides told instead of obeyed.
   * @param {string} words
   */
  function plain(words) {
    return (words.toWellFormed?.() ?? words)
      .replace(/[\u202A-\u202E\u2066-\u2069]/g, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`)
      .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  }

  /** Lines of so many letters at most; a longer word is cut. @param {string} words @param {number} most */
  function wrap(words, most) {
    const lines = [""];
    for (const word of words.split(/\s+/).flatMap((long) => long.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (longer.length <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /**
   * A drawing with its legend and lines of text, as a file of its own.
   * @param {{root: Element, height: number}} drawing @param {{fill: string, words: string}[]} items
   * @param {string[]} sentences
   */
  function picture(drawing, items, sentences) {
    const lines = sentences.flatMap((words) => wrap(plain(words), LETTERS));
    const copy = /** @type {Element} */ (drawing.root.cloneNode(true));
    const columns = Math.ceil(items.length / Math.ceil((items.length * 230) / (WIDTH - 20)));
    const rows = Math.ceil(items.length / columns);
    const height = drawing.height + 22 * rows + 20 + 18 * lines.length;
    for (const shape of copy.querySelectorAll("path.drawn"))
      for (const name of ["tabindex", "role", "aria-pressed"]) shape.removeAttribute(name);
    for (const mark of copy.querySelectorAll(".ring")) mark.remove();
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
    copy.setAttribute("width", String(WIDTH));
    copy.setAttribute("height", String(height));
    copy.prepend(svg("defs", {}, ...patterns()), svg("rect", { width: WIDTH, height, fill: "#fff" }));
    const text = (x, y, words) => {
      const element = svg("text", { x, y, "font-size": 13, "font-family": "sans-serif", fill: INK });
      element.textContent = words;
      return element;
    };
    const step = (WIDTH - 20) / columns;
    items.forEach((item, i) => {
      const [x, y] = [10 + (i % columns) * step, drawing.height + 6 + 22 * Math.floor(i / columns)];
      const box = { x, y, width: 18, height: 13, fill: item.fill, stroke: OUTLINE, "stroke-width": 0.8 };
      copy.append(svg("rect", box), text(x + 23, y + 11, item.words));
    });
    lines.forEach((words, i) => copy.append(text(10, drawing.height + 22 * rows + 24 + 18 * i, words)));
    return new XMLSerializer().serializeToString(copy);
  }

  /** A small square with a fill, for legends. @param {string} look */
  function swatch(look) {
    return svg(
      "svg",
      { width: 24, height: 16, class: "swatch", "aria-hidden": "true" },
      svg("rect", {
        x: 0.5,
        y: 0.5,
        width: 23,
        height: 15,
        fill: look === "area" ? "url(#look-area)" : (LOOKS[look] ?? CHANGES[look]).fill,
        stroke: OUTLINE,
        "data-look": look,
        class: "drawn",
      }),
    );
  }

  /** One line of a legend. @param {string} look @param {string} words */
  function legendItem(look, words) {
    return make("li", {}, swatch(look), make("span", {}, words));
  }

  atlas.drawing = { LOOKS, CHANGES, OUTLINE, patterns, createDrawing, picture, plain, wrap, legendItem };
})((globalThis.atlas ??= {}));
