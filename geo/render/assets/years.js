"use strict";
/** The years: a bar for each, to click, to drag over and to play. */
(function (atlas) {
  const { make } = atlas.text;
  const { t, number } = atlas.strings;
  const PLAY_MS = 1400;
  const MOST_BARS = 200;

  /**
   * @param {any} model
   * @param {(apply: (state: any) => void, options?: {passing?: boolean}) => void} change
   */
  function createYears(model, change) {
    const bars = make("div", { class: "bars", role: "group", "aria-label": t("years.bars") });
    const from = make("select", { "aria-label": t("years.fromYear") });
    const to = make("select", { "aria-label": t("years.toYear") });
    const undated = make("input", { type: "checkbox", id: "undated" });
    const undatedCount = make("span", { class: "count" });
    const note = make("span", { class: "soft" });
    const play = make(
      "button",
      { type: "button", class: "link", id: "play", title: t("years.playHint") },
      t("years.play"),
    );
    const modes = ["claim", "published"].map((by) => {
      const radio = make("input", { type: "radio", name: "year-by", value: by });
      radio.addEventListener("change", () => set({ by, from: null, to: null }));
      const words = t(by === "claim" ? "years.claimed" : "years.published");
      return { by, radio, element: make("label", {}, radio, words) };
    });
    let timer = 0;
    let years = [];
    /** @type {{first: number, last: number} | null} */
    let drag = null;
    /** @type {{from: number | null, to: number | null}} */
    let range = { from: null, to: null };

    function set(values, options) {
      change((state) => {
        Object.assign(state, values);
      }, options);
    }
    from.addEventListener("change", () => set({ from: from.value ? Number(from.value) : null }));
    to.addEventListener("change", () => set({ to: to.value ? Number(to.value) : null }));
    undated.addEventListener("change", () => set({ undated: undated.checked }));
    play.addEventListener("click", () => (timer ? stop() : run()));
    bars.addEventListener("pointerdown", grab);
    bars.addEventListener("pointermove", stretch);
    bars.addEventListener("pointerup", release);
    bars.addEventListener("pointercancel", () => {
      drag = null;
      paint();
    });
    bars.addEventListener("keydown", step);
    bars.addEventListener("click", (event) => {
      // A press of Enter or Space; what a pointer does is settled when it is let go.
      if (event.detail === 0) choose(yearAt(event.target), event.shiftKey);
    });

    /** @param {any} target @returns {number | null} */
    function yearAt(target) {
      const bar = target instanceof Element ? target.closest(".bar") : null;
      return bar instanceof HTMLElement ? Number(bar.dataset.year) : null;
    }

    function grab(event) {
      const year = yearAt(event.target);
      if (year === null || event.button !== 0) return;
      stop();
      drag = { first: event.shiftKey ? (range.from ?? year) : year, last: year };
      paint();
    }

    function stretch(event) {
      if (!drag) return;
      const under = document.elementFromPoint(event.clientX, bars.getBoundingClientRect().top + 10);
      const year = bars.contains(under) ? yearAt(under) : null;
      if (year === null) return;
      drag.last = year;
      paint();
    }

    function release() {
      if (!drag) return;
      const { first, last } = drag;
      drag = null;
      if (first === last) choose(first, false);
      else set({ from: Math.min(first, last), to: Math.max(first, last) });
      bars.querySelector(`[data-year="${last}"]`)?.focus({ preventScroll: true });
    }

    /** One year alone, or none of them if it was alone already; extended: all up to it. */
    function choose(year, extend) {
      if (year === null) return;
      const alone = range.from === year && range.to === year;
      if (extend && range.from !== null) {
        set({ from: Math.min(range.from, year), to: Math.max(range.to ?? year, year) });
      } else set(alone ? { from: null, to: null } : { from: year, to: year });
    }

    /** Arrow keys go from bar to bar, with Shift they take the next one into the range. */
    function step(event) {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const year = yearAt(event.target);
      if (!way || year === null) return;
      const next = years[years.indexOf(year) + way];
      if (next === undefined) return;
      event.preventDefault();
      if (event.shiftKey) {
        const low = range.from === null ? year : range.from;
        const high = range.to === null ? year : range.to;
        set({ from: Math.min(low, next), to: Math.max(high, next) });
      }
      bars.querySelector(`[data-year="${next}"]`)?.focus();
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      play.textContent = t("years.play");
    }

    function run() {
      if (!years.length) return;
      let i = 0;
      const next = () => {
        if (i >= years.length) return stop();
        const year = years[i];
        i += 1;
        return set({ from: year, to: year }, { passing: true });
      };
      play.textContent = t("years.stop");
      timer = window.setInterval(next, PLAY_MS);
      next();
    }

    function fill(select, empty, value) {
      const all = value === null || years.includes(value) ? years : [...years, value];
      select.replaceChildren(
        make("option", { value: "" }, empty),
        ...all.map((year) => make("option", { value: String(year) }, String(year))),
      );
      select.value = value === null ? "" : String(value);
    }

    /** Where bars are many, only round years are written. */
    function isWritten(year) {
      return year % (years.length > 70 ? 20 : years.length > 14 ? 5 : 1) === 0;
    }

    function bar(year, n, top) {
      const filled = make("span", { class: "fill" });
      filled.style.height = `${top ? Math.max(n ? 6 : 0, (100 * n) / top) : 0}%`;
      const label = t("years.bar", { year, n });
      return make(
        "button",
        { type: "button", class: "bar", "aria-label": label, title: label, "data-year": String(year) },
        make("span", { class: "trough" }, filled),
        make("span", { class: "tick", "data-short": isWritten(year) ? `’${String(year).slice(2)}` : "" }),
      );
    }

    /** Show which years are taken, also while a range is being drawn. */
    function paint() {
      const low = drag ? Math.min(drag.first, drag.last) : range.from;
      const high = drag ? Math.max(drag.first, drag.last) : range.to;
      for (const item of bars.children) {
        const year = Number(item.dataset.year);
        const on = (low === null || year >= low) && (high === null || year <= high);
        item.classList.toggle("off", !on);
        item.setAttribute("aria-pressed", String(on && (low !== null || high !== null)));
      }
    }

    const element = make(
      "details",
      { class: "facet", open: true, "data-facet": "year" },
      make("summary", {}, t("facet.year"), " ", note),
      make(
        "div",
        { role: "group", "aria-label": t("facet.year") },
        make("p", { class: "modes" }, ...modes.map((mode) => mode.element)),
        bars,
        make("p", { class: "range" }, t("years.from"), " ", from, " ", t("years.to"), " ", to, " ", play),
        make(
          "div",
          { class: "option" },
          make("label", {}, undated, make("span", {}, t("years.undated"))),
          undatedCount,
        ),
      ),
    );

    function update(state, result) {
      const bounds = model.bounds[state.by];
      const many = bounds ? Math.min(MOST_BARS, bounds[1] - bounds[0] + 1) : 0;
      years = Array.from({ length: many }, (_, i) => bounds[1] - many + 1 + i);
      range = { from: state.from, to: state.to };
      const held = bars.contains(document.activeElement) ? yearAt(document.activeElement) : null;
      const top = Math.max(0, ...result.years.values());
      bars.replaceChildren(...years.map((year) => bar(year, result.years.get(year) ?? 0, top)));
      paint();
      if (held !== null) bars.querySelector(`[data-year="${held}"]`)?.focus({ preventScroll: true });
      fill(from, t("years.first"), state.from);
      fill(to, t("years.last"), state.to);
      for (const mode of modes) mode.radio.checked = mode.by === state.by;
      undated.checked = state.undated;
      undatedCount.textContent = number(result.undated);
      note.textContent = state.from === null && state.to === null ? "" : `${state.from ?? "…"}–${state.to ?? "…"}`;
    }
    return { element, update };
  }

  atlas.years = { createYears };
})((globalThis.atlas ??= {}));
