"use strict";
/** Puts the parts together: one page state, one way to change it, one way to draw it. */
(function (atlas) {
  const { make, put, isolate, byId } = atlas.text;
  const { t, use } = atlas.strings;
  const { LOOKS, picture } = atlas.drawing;
  const MODES = ["map", "table", "compare"];
  const WIDE = "(min-width: 1080px)";

  /** Put the page's own words into its frame. */
  function drawFrame() {
    const { language, direction } = use(document.documentElement.lang);
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
    for (const element of document.querySelectorAll("[data-words]"))
      element.textContent = t(/** @type {HTMLElement} */ (element).dataset.words ?? "");
    for (const element of document.querySelectorAll("[data-label]"))
      element.setAttribute("aria-label", t(/** @type {HTMLElement} */ (element).dataset.label ?? ""));
    byId("downloads").setAttribute("aria-label", t("actions.downloadHint"));
    byId("modes").setAttribute("aria-label", t("actions.view"));
  }

  /** @param {any} info @param {any} data @param {any} model */
  function drawHeader(info, data, model) {
    put(byId("page-title"), info.title);
    const span = (years) => (years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`);
    const facts = [];
    if (model.bounds.claim) facts.push(t("header.period", { years: span(model.bounds.claim) }));
    if (model.bounds.published) facts.push(t("header.printed", { years: span(model.bounds.published) }));
    facts.push(
      [
        t("count.documents", { n: data.documentCount }),
        t("count.stories", { n: data.storyCount }),
        t("count.claims", { n: data.claims.length }),
      ].join(", "),
    );
    const line = byId("page-facts");
    // A time as the tool writes it is shortened to what a reader needs; anything else stays as it is.
    const generated = info.generated.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ$/, "$1 $2 UTC");
    put(line, facts.join(" · ") + " · ");
    line.append(
      make(
        "span",
        { class: "soft" },
        t("header.generated") + " ",
        isolate(generated),
        `, ${t("header.version")} `,
        isolate(info.tool_version),
        ...(info.corpus_sha256 ? [`, ${t("header.corpus")} `, make("code", {}, info.corpus_sha256.slice(0, 12))] : []),
      ),
    );
    put(byId("boundary-note"), info.boundary_note);
    // The page inside a notebook's frame has no address that anybody else could open.
    byId("copy-link").hidden = window.location.protocol === "about:";
  }

  /** Start the page on the map that folium made. @param {any} map */
  atlas.start = function start(map) {
    drawFrame();
    const data = atlas.data.load();
    const model = atlas.state.createModel(data);
    const notice = byId("notice");
    const wide = window.matchMedia(WIDE);
    let page = read();
    let drawn = "";
    /** Gives what had the focus when a province was opened. @type {() => HTMLElement | SVGElement | null} */
    let opener = () => null;
    /** What the side being changed shows. @type {any} */
    let result = null;
    /** @type {Map<string, any>} */
    let summary = new Map();

    drawHeader(data.info, data, model);
    atlas.map.drawLegend(byId("legend"));
    const view = atlas.map.createMap(map, data.provinces, pick);
    const filters = atlas.filters.createFilters(byId("filters"), model, change);
    const panel = atlas.panel.createPanel(byId("overview"), byId("detail"), data, pick);
    const table = atlas.table.createTable(byId("table-view"), sortBy, open);
    const compare = atlas.compare.createCompare(byId("compare-view"), data.provinces, { pick, side, swap });
    const modes = drawModes();
    draw();

    /** The choice of filters that is being changed. */
    function active() {
      return page.mode === "compare" && page.side === "b" ? page.b : page.a;
    }

    function read() {
      notice.hidden = true;
      try {
        return atlas.address.decode(model, window.location.hash);
      } catch {
        notice.textContent = t("notice.address");
        notice.hidden = false;
        return atlas.address.start(model);
      }
    }

    function drawModes() {
      return MODES.map((mode) => {
        const button = make("button", { type: "button", "data-mode": mode }, t("actions." + mode));
        button.addEventListener("click", () => show(mode));
        byId("modes").append(button);
        return { mode, button };
      });
    }

    function draw() {
      const state = active();
      result = model.select(state);
      summary = model.summarise(result.shown, result.documents);
      filters.update(state, result);
      const comparing = page.mode === "compare";
      for (const mode of MODES) byId(mode + "-view").hidden = mode !== page.mode;
      byId("main").dataset.mode = page.mode;
      for (const { mode, button } of modes) button.setAttribute("aria-pressed", String(mode === page.mode));
      if (!comparing) view.update(summary, page.a.province);
      if (page.mode === "table") table.update(result.shown, page.sort);
      panel.update(result, summary, { ...state, province: page.a.province });
      if (comparing) drawComparison();
      byId("status").textContent = t("status.shown", {
        shown: result.shown.length,
        all: t("count.claims", { n: data.claims.length }),
        sources: t("count.sources", { n: result.voices }),
      });
      const note = byId("side-note");
      note.hidden = !comparing;
      note.textContent = `${t("filters.side")} ${t("compare." + page.side)}`;
      byId("panel-side").hidden = !comparing;
      byId("panel-side").textContent = t("detail.side", { side: t("compare." + page.side) });
      const changed = model.encode({ ...state, province: null });
      byId("filter-note").textContent = changed ? t("filters.changed") : "";
      const message = byId("map-message");
      message.hidden = result.shown.length > 0;
      message.textContent = t(
        !data.claims.length ? "map.empty" : result.documents ? "map.noClaims" : "map.noDocuments",
      );
      byId("view-note").replaceChildren();
      put(byId("view-note"), model.explain(state));
      drawn = atlas.address.encode(model, page);
    }

    function drawComparison() {
      const sideOf = (state) => {
        const own = state === active() ? result : model.select(state);
        const rows = state === active() ? summary : model.summarise(own.shown, own.documents);
        return { result: own, summary: rows, words: model.explain(state) };
      };
      compare.update({ a: sideOf(page.a), b: sideOf(page.b) }, page.side, page.a.province);
    }

    /** Keep the view in the address; a passing change takes the place of the one before in the history. */
    function remember(passing = false) {
      notice.hidden = true;
      if (window.location.hash.replace(/^#/, "") === drawn) return;
      try {
        if (passing) window.history.replaceState(null, "", "#" + drawn);
        else window.history.pushState(null, "", "#" + drawn);
      } catch {
        // Inside a notebook's frame the address cannot be written; the view still works.
      }
    }

    /** @param {(state: any) => void} apply @param {{passing?: boolean}} [options] */
    function change(apply, { passing = false } = {}) {
      apply(active());
      draw();
      remember(passing);
    }

    function pick(id) {
      const before = page.a.province;
      if (id) opener = rememberFocus(id);
      page.a.province = id;
      draw();
      remember();
      if (id) {
        byId("main-panel").scrollTop = 0;
        panel.focus();
        if (!wide.matches) byId("main-panel").scrollIntoView({ block: "start" });
      } else if (before) {
        const back = opener();
        if (back?.getClientRects().length) back.focus();
        else byId("overview").querySelector(`[data-province="${before}"]`)?.focus();
      }
    }

    /** A shape stays what it is; the rows of the table of differences are made anew. @param {string} id */
    function rememberFocus(id) {
      const held = document.activeElement;
      const row = `.differences tr[data-province="${id}"] button`;
      if (held?.matches(row)) return () => byId("compare-view").querySelector(row);
      return () => (held instanceof SVGElement ? held : null);
    }

    /** Escape leaves the province; in a field it belongs to the field. @param {KeyboardEvent} event */
    function leave(event) {
      if (event.key !== "Escape" || event.defaultPrevented || !byId("detail").getClientRects().length) return;
      if (event.target instanceof Element && event.target.closest("input[type=search], select")) return;
      pick(null);
    }

    /** From the table: the province's claims stand beside the map. */
    function open(id) {
      page.mode = "map";
      pick(id);
    }

    function show(mode) {
      if (mode === page.mode) return;
      if (mode === "compare") {
        page.b = model.decode(model.encode({ ...page.a, province: null }));
        page.side = "b";
      } else {
        if (page.mode === "compare" && page.side === "b") page.a = { ...page.b, province: page.a.province };
        page.b = null;
        page.side = "a";
      }
      page.mode = mode;
      draw();
      remember();
      if (mode === "map") view.fit();
    }

    function side(which) {
      page.side = which;
      draw();
      remember(true);
    }

    function swap() {
      const { province } = page.a;
      [page.a, page.b] = [
        { ...page.b, province },
        { ...page.a, province: null },
      ];
      draw();
      remember();
    }

    function sortBy(key) {
      page.sort = { key, down: page.sort.key === key && !page.sort.down };
      draw();
      remember();
    }

    /** Follow the address, when a reader goes back or types one. */
    function follow() {
      if (window.location.hash.replace(/^#/, "") === drawn) return;
      page = read();
      draw();
    }

    /** The map, or the difference, as an SVG file with what it shows in words. */
    function drawPicture() {
      const lines = [data.info.title];
      if (page.mode === "compare") {
        for (const which of ["a", "b"])
          lines.push(`${t("compare." + which)}: ${model.explain(which === "a" ? page.a : page.b)}`);
        lines.push(byId("page-facts").textContent ?? "", t("map.warning"), data.info.boundary_note);
        return picture(compare.drawing, atlas.compare.changeWords(), lines);
      }
      for (const id of ["status", "view-note", "page-facts"]) lines.push(byId(id).textContent ?? "");
      const items = atlas.map.legendWords().map(({ look, words }) => ({ fill: LOOKS[look].fill, words }));
      items.push({ fill: "url(#look-area)", words: t("look.area") });
      return picture(view.twin, items, [...lines, t("map.warning"), data.info.boundary_note]);
    }

    const download = atlas.exporting.download;
    const actions = {
      reset: () => {
        const { province } = page.a;
        Object.assign(active(), model.defaults(), { province: page.side === "b" ? null : province });
        if (page.mode !== "compare") page.a.province = null;
        draw();
        remember();
      },
      print: () => window.print(),
      "copy-link": (button) => atlas.exporting.copy(window.location.href, button),
      "download-csv": () =>
        download("\uFEFF" + atlas.exporting.toCsv(result.shown), "text/csv;charset=utf-8", "claims-shown.csv"),
      "download-geojson": () =>
        download(
          atlas.geojson.toGeoJson(data.provinces, summary, result.shown, t("map.warning")),
          "application/geo+json",
          "claims-shown.geojson",
        ),
      "download-svg": () => download(drawPicture(), "image/svg+xml", "claims-map.svg"),
      "download-png": async () => download(await atlas.exporting.toPng(drawPicture()), "image/png", "claims-map.png"),
    };
    for (const [id, run] of Object.entries(actions))
      byId(id).addEventListener("click", (event) => run(/** @type {HTMLElement} */ (event.currentTarget)));
    document.addEventListener("keydown", leave);
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", follow);
    byId("skip-link").addEventListener("click", (event) => {
      event.preventDefault();
      byId("main-panel").focus();
    });
    const box = /** @type {HTMLDetailsElement} */ (byId("filter-box"));
    const settle = () => {
      box.open = wide.matches;
    };
    wide.addEventListener("change", settle);
    settle();
  };
})((globalThis.atlas ??= {}));
