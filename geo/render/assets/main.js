"use strict";
/** Puts the parts together: one state, one way to change it, one way to draw it. */
(function (atlas) {
  const { make, put, isolate, count, byId } = atlas.text;

  /** @param {any} info @param {any} data @param {any} model */
  function drawHeader(info, data, model) {
    put(byId("page-title"), info.title);
    const span = (years) => (years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`);
    const facts = [];
    if (model.bounds.claim) facts.push(`claims for ${span(model.bounds.claim)}`);
    if (model.bounds.published) facts.push(`published ${span(model.bounds.published)}`);
    facts.push(
      `${count(data.documentCount, "document")}, ${count(data.storyCount, "story", "stories")}, ${count(data.claims.length, "claim")}`,
    );
    const line = byId("page-facts");
    put(line, facts.join(" · ") + " · ");
    line.append(
      make(
        "span",
        { class: "soft" },
        "generated ",
        isolate(info.generated),
        ", version ",
        isolate(info.tool_version),
        ", corpus ",
        make("code", {}, info.corpus_sha256.slice(0, 12)),
      ),
    );
    put(byId("boundary-note"), info.boundary_note);
  }

  /** Start the page on the map that folium made. @param {any} map */
  atlas.start = function start(map) {
    const data = atlas.data.load();
    const model = atlas.state.createModel(data);
    const notice = byId("notice");
    let state = read();
    let drawn = "";
    /** @type {any} */
    let result = null;

    drawHeader(data.info, data, model);
    atlas.map.drawLegend(byId("legend"));
    const view = atlas.map.createMap(map, data.provinces, pick);
    const filters = atlas.filters.createFilters(byId("filters"), model, change);
    const panel = atlas.panel.createPanel(byId("overview"), byId("detail"), data, pick);
    draw();

    function read() {
      notice.hidden = true;
      try {
        return model.decode(window.location.hash);
      } catch {
        notice.textContent = "The address asks for a view that this page does not have. All claims are shown instead.";
        notice.hidden = false;
        return model.defaults();
      }
    }

    function draw() {
      result = model.select(state);
      const summary = model.summarise(result.shown, result.documents);
      filters.update(state, result);
      view.update(summary, state.province);
      panel.update(result, summary, state);
      byId("status").textContent =
        `${result.shown.length.toLocaleString("en")} of ${count(data.claims.length, "claim")} shown, ${count(result.voices, "independent source")}`;
      const start = model.encode({ ...state, province: null });
      byId("filter-note").textContent = start ? " (changed)" : "";
      const message = byId("map-message");
      message.hidden = result.shown.length > 0;
      if (!data.claims.length) message.textContent = "No claim was found in these documents.";
      else if (!result.documents) message.textContent = "No document matches the chosen publishers and years.";
      else message.textContent = "Documents match, but no claim passes the filters.";
      byId("view-note").replaceChildren();
      put(byId("view-note"), model.explain(state));
      drawn = model.encode(state);
    }

    /** Keep the view in the address, so that a link or a bookmark brings it back. */
    function remember() {
      notice.hidden = true;
      try {
        window.history.replaceState(null, "", "#" + drawn);
      } catch {
        // Inside a notebook's frame the address cannot be written; the view still works.
      }
    }

    function change(apply) {
      apply(state);
      draw();
      remember();
    }

    function pick(id) {
      const before = state.province;
      state.province = id;
      draw();
      remember();
      if (id) {
        byId("main-panel").scrollTop = 0;
        panel.focus();
        if (!window.matchMedia("(min-width: 1080px)").matches) byId("main-panel").scrollIntoView({ block: "start" });
      } else byId("overview").querySelector(`[data-province="${before}"]`)?.focus();
    }

    window.addEventListener("hashchange", () => {
      if (window.location.hash.replace(/^#/, "") === drawn) return;
      state = read();
      draw();
    });
    byId("reset").addEventListener("click", () => change((old) => Object.assign(old, model.defaults())));
    byId("print").addEventListener("click", () => window.print());
    byId("copy-link").addEventListener("click", (event) => {
      atlas.exporting.copy(window.location.href, /** @type {HTMLElement} */ (event.currentTarget));
    });
    byId("download-csv").addEventListener("click", () => {
      atlas.exporting.download(
        "\uFEFF" + atlas.exporting.toCsv(result.shown),
        "text/csv;charset=utf-8",
        "claims-shown.csv",
      );
    });
    byId("download-svg").addEventListener("click", () => {
      const lines = [
        data.info.title,
        byId("status").textContent,
        byId("view-note").textContent,
        byId("page-facts").textContent,
        "Claims as reported. White is no claim found, not evidence of absence. Reported presence is not control.",
        data.info.boundary_note,
      ];
      atlas.exporting.download(view.picture(lines), "image/svg+xml", "claims-map.svg");
    });
    byId("skip-link").addEventListener("click", (event) => {
      event.preventDefault();
      byId("main-panel").focus();
    });
    const wide = window.matchMedia("(min-width: 1080px)");
    const box = /** @type {HTMLDetailsElement} */ (byId("filter-box"));
    const settle = () => {
      box.open = wide.matches;
    };
    wide.addEventListener("change", settle);
    settle();
  };
})((globalThis.atlas ??= {}));
