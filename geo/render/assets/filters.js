"use strict";
/** The filter column: built once, its counts and ticks brought up to date after each change. */
(function (atlas) {
  const { make, isolate, count } = atlas.text;
  const { FACETS, splitWho, whoWords } = atlas.state;
  const CLOSED = new Set(["group", "basis", "review"]);
  const PLAY_MS = 1400;

  /**
   * @param {HTMLElement} root @param {any} model
   * @param {(change: (state: any) => void) => void} change applies a change to the state and draws again
   */
  function createFilters(root, model, change) {
    const updates = FACETS.filter(({ key }) => model.options[key].size > (key === "review" ? 1 : 0)).map(buildFacet);
    updates.splice(Math.min(3, updates.length), 0, buildYears());
    for (const { element } of updates) root.append(element);
    return { update: (state, result) => updates.forEach((part) => part.update(state, result)) };

    /** @param {any} facet */
    function buildFacet(facet) {
      const rows = new Map();
      const body = make("div", { class: "options" });
      const values = [...model.options[facet.key]].sort((a, b) => facet.word(a).localeCompare(facet.word(b)));
      const groups = facet.key === "who" ? groupByKind(values) : [[null, values]];
      const heads = [];
      for (const [kind, members] of groups) {
        if (kind === null) {
          for (const value of members) body.append(option(facet, value, rows));
          continue;
        }
        const head = groupHead(facet, kind, members);
        heads.push(head);
        body.append(head.element);
        const named = members.length > 1 || splitWho(members[0])[1] !== "";
        if (named) {
          head.element.append(
            make(
              "details",
              { class: "inner" },
              make("summary", {}, count(members.length, "name")),
              ...members.map((value) => option(facet, value, rows)),
            ),
          );
        }
      }
      const all = make("button", { type: "button", class: "link", "aria-label": `${facet.title}: all` }, "all");
      const none = make("button", { type: "button", class: "link", "aria-label": `${facet.title}: none` }, "none");
      all.addEventListener("click", () =>
        change((state) => {
          state.chosen[facet.key] = new Set(values);
        }),
      );
      none.addEventListener("click", () =>
        change((state) => {
          state.chosen[facet.key] = new Set();
        }),
      );
      const note = make("span", { class: "soft" });
      const element = make(
        "details",
        { class: "facet", open: !CLOSED.has(facet.key) },
        make("summary", {}, facet.title, " ", note),
        make("div", { role: "group", "aria-label": facet.title }, make("p", { class: "all-none" }, all, none), body),
      );
      element.dataset.facet = facet.key;
      return {
        element,
        update(state, result) {
          const chosen = state.chosen[facet.key];
          note.textContent = chosen.size === values.length ? "" : `${chosen.size} of ${values.length}`;
          for (const [value, row] of rows) {
            const n = result.counts[facet.key].get(value) ?? 0;
            row.box.checked = chosen.has(value);
            row.count.textContent = n.toLocaleString("en");
            row.element.classList.toggle("nothing", n === 0);
          }
          for (const head of heads) head.update(chosen, result.counts[facet.key]);
        },
      };
    }

    /** @param {string[]} values @returns {[string, string[]][]} */
    function groupByKind(values) {
      const groups = new Map();
      for (const value of values) {
        const [kind] = splitWho(value);
        groups.set(kind, [...(groups.get(kind) ?? []), value]);
      }
      return [...groups].sort((a, b) => atlas.data.word("kind", a[0]).localeCompare(atlas.data.word("kind", b[0])));
    }

    /** A tick box, its name, how many it would give, and a button that leaves only it. */
    function line(name, hint, onTick, onOnly) {
      const box = make("input", { type: "checkbox" });
      box.addEventListener("change", () => onTick(box.checked));
      const only = make("button", { type: "button", class: "link only", "aria-label": `Only ${hint}` }, "only");
      only.addEventListener("click", onOnly);
      const number = make("span", { class: "count" });
      const element = make("div", { class: "option" }, make("label", {}, box, name), only, number);
      return { element, box, count: number };
    }

    function option(facet, value, rows) {
      const words = facet.key === "who" ? whoWords(value) : facet.word(value);
      const row = line(
        isolate(words),
        words,
        (ticked) =>
          change((state) => {
            if (ticked) state.chosen[facet.key].add(value);
            else state.chosen[facet.key].delete(value);
          }),
        () =>
          change((state) => {
            state.chosen[facet.key] = new Set([value]);
          }),
      );
      row.box.dataset.value = value;
      rows.set(value, row);
      return row.element;
    }

    function groupHead(facet, kind, members) {
      const words = atlas.data.word("kind", kind);
      const row = line(
        make("span", {}, words),
        words,
        (ticked) =>
          change((state) => {
            for (const value of members) {
              if (ticked) state.chosen[facet.key].add(value);
              else state.chosen[facet.key].delete(value);
            }
          }),
        () =>
          change((state) => {
            state.chosen[facet.key] = new Set(members);
          }),
      );
      row.box.dataset.kind = kind;
      return {
        element: make("div", { class: "kind-group" }, row.element),
        update(chosen, counts) {
          const on = members.filter((value) => chosen.has(value)).length;
          const n = members.reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
          row.box.checked = on === members.length;
          row.box.indeterminate = on > 0 && on < members.length;
          row.count.textContent = n.toLocaleString("en");
          row.element.classList.toggle("nothing", n === 0);
        },
      };
    }

    function buildYears() {
      const bars = make("div", {
        class: "bars",
        role: "group",
        "aria-label": "Claims by year; choose a year, with Shift a range",
      });
      const from = make("select", { "aria-label": "From year" });
      const to = make("select", { "aria-label": "To year" });
      const undated = make("input", { type: "checkbox", id: "undated" });
      const undatedCount = make("span", { class: "count" });
      const note = make("span", { class: "soft" });
      const play = make("button", { type: "button", class: "link" }, "play");
      const modes = ["claim", "published"].map((by) => {
        const radio = make("input", { type: "radio", name: "year-by", value: by });
        radio.addEventListener("change", () =>
          change((state) => {
            Object.assign(state, { by, from: null, to: null });
          }),
        );
        return { by, radio, element: make("label", {}, radio, by === "claim" ? "claimed" : "published") };
      });
      let timer = 0;
      let years = [];
      from.addEventListener("change", () =>
        change((state) => {
          state.from = from.value ? Number(from.value) : null;
        }),
      );
      to.addEventListener("change", () =>
        change((state) => {
          state.to = to.value ? Number(to.value) : null;
        }),
      );
      undated.addEventListener("change", () =>
        change((state) => {
          state.undated = undated.checked;
        }),
      );
      play.addEventListener("click", () => (timer ? stop() : start()));

      function stop() {
        clearInterval(timer);
        timer = 0;
        play.textContent = "play";
      }
      function start() {
        if (!years.length) return;
        let i = 0;
        const step = () => {
          if (i >= years.length) return stop();
          const year = years[i];
          i += 1;
          return change((state) => {
            Object.assign(state, { from: year, to: year });
          });
        };
        play.textContent = "stop";
        timer = window.setInterval(step, PLAY_MS);
        step();
      }
      function choose(year, extend) {
        change((state) => {
          const single = state.from === year && state.to === year;
          if (extend && state.from !== null) {
            Object.assign(state, { from: Math.min(state.from, year), to: Math.max(state.to ?? year, year) });
          } else Object.assign(state, single ? { from: null, to: null } : { from: year, to: year });
        });
      }
      function fill(select, empty, value) {
        select.replaceChildren(
          make("option", { value: "" }, empty),
          ...years.map((year) => make("option", { value: String(year) }, String(year))),
        );
        if (value !== null && !years.includes(value))
          select.append(make("option", { value: String(value) }, String(value)));
        select.value = value === null ? "" : String(value);
      }
      function bar(year, n, top, on) {
        const fillBar = make("span", { class: "fill" });
        fillBar.style.height = `${top ? Math.max(n ? 6 : 0, (100 * n) / top) : 0}%`;
        const button = make(
          "button",
          {
            type: "button",
            class: "bar" + (on ? "" : " off"),
            "aria-label": `${year}: ${count(n, "claim")}`,
            "aria-pressed": on,
          },
          make("span", { class: "trough" }, fillBar),
          make("span", { class: "tick" }, `’${String(year).slice(2)}`),
        );
        button.addEventListener("click", (event) => choose(year, event.shiftKey));
        return button;
      }
      const element = make(
        "details",
        { class: "facet", open: true },
        make("summary", {}, "Year ", note),
        make(
          "div",
          { role: "group", "aria-label": "Year" },
          make("p", { class: "modes" }, ...modes.map((mode) => mode.element)),
          bars,
          make("p", { class: "range" }, "from ", from, " to ", to, " ", play),
          make("div", { class: "option" }, make("label", {}, undated, make("span", {}, "undated")), undatedCount),
        ),
      );
      element.dataset.facet = "year";
      return {
        element,
        update(state, result) {
          const bounds = model.bounds[state.by];
          years = bounds
            ? Array.from({ length: Math.min(200, bounds[1] - bounds[0] + 1) }, (_, i) => bounds[1] - i).reverse()
            : [];
          const held = bars.contains(document.activeElement) ? [...bars.children].indexOf(document.activeElement) : -1;
          const top = Math.max(0, ...result.years.values());
          bars.replaceChildren(
            ...years.map((year) =>
              bar(
                year,
                result.years.get(year) ?? 0,
                top,
                (state.from === null || year >= state.from) && (state.to === null || year <= state.to),
              ),
            ),
          );
          bars.classList.toggle("many", years.length > 14);
          if (held >= 0) bars.children[held]?.focus();
          fill(from, "first", state.from);
          fill(to, "last", state.to);
          for (const mode of modes) mode.radio.checked = mode.by === state.by;
          undated.checked = state.undated;
          undatedCount.textContent = result.undated.toLocaleString("en");
          note.textContent = state.from === null && state.to === null ? "" : `${state.from ?? "…"}–${state.to ?? "…"}`;
        },
      };
    }
  }

  atlas.filters = { createFilters };
})((globalThis.atlas ??= {}));
