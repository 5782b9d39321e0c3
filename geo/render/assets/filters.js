"use strict";
/** The filter column: built once, its counts and ticks brought up to date after each change. */
(function (atlas) {
  const { make, isolate } = atlas.text;
  const { t, word, number } = atlas.strings;
  const { FACETS, splitWho, whoWords } = atlas.state;
  const CLOSED = new Set(["group", "basis", "review"]);
  const TYPING_MS = 120;

  /**
   * @param {HTMLElement} root @param {any} model
   * @param {(apply: (state: any) => void, options?: {passing?: boolean}) => void} change applies a change to the
   *   state and draws again; a passing one makes no step in the history
   */
  function createFilters(root, model, change) {
    const updates = FACETS.filter(({ key }) => model.options[key].size > (key === "review" ? 1 : 0)).map(buildFacet);
    if (model.data.claims.length) {
      updates.splice(1, 0, atlas.years.createYears(model, change));
      updates.unshift(buildSearch());
    } else if (!updates.length) root.append(make("p", { class: "soft" }, t("filters.nothing")));
    for (const { element } of updates) root.append(element);
    return { update: (state, result) => updates.forEach((part) => part.update(state, result)) };

    /** @param {any} facet */
    function buildFacet(facet) {
      const title = t("facet." + facet.key);
      const rows = new Map();
      const body = make("div", { class: "options" });
      const values = [...model.options[facet.key]].sort((a, b) => facet.word(a).localeCompare(facet.word(b)));
      /** @type {[string | null, string[]][]} */
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
              make("summary", {}, t("filters.names", { n: members.length })),
              ...members.map((value) => option(facet, value, rows)),
            ),
          );
        }
      }
      const all = make(
        "button",
        { type: "button", class: "link", "aria-label": t("filters.allOf", { title }) },
        t("filters.all"),
      );
      const none = make(
        "button",
        { type: "button", class: "link", "aria-label": t("filters.noneOf", { title }) },
        t("filters.none"),
      );
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
        make("summary", {}, title, " ", note),
        make("div", { role: "group", "aria-label": title }, make("p", { class: "all-none" }, all, none), body),
      );
      element.dataset.facet = facet.key;
      return {
        element,
        update(state, result) {
          const chosen = state.chosen[facet.key];
          note.textContent =
            chosen.size === values.length ? "" : t("filters.chosen", { n: chosen.size, all: values.length });
          for (const [value, row] of rows) {
            const n = result.counts[facet.key].get(value) ?? 0;
            row.box.checked = chosen.has(value);
            row.count.textContent = number(n);
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
      return [...groups].sort((a, b) => word("kind", a[0]).localeCompare(word("kind", b[0])));
    }

    /** A tick box, its name, how many it would give, and a button that leaves only it. */
    function line(name, hint, onTick, onOnly) {
      const box = make("input", { type: "checkbox" });
      box.addEventListener("change", () => onTick(box.checked));
      const only = make(
        "button",
        { type: "button", class: "link only", "aria-label": t("filters.onlyThis", { words: hint }) },
        t("filters.only"),
      );
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
      const words = word("kind", kind);
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
          row.count.textContent = number(n);
          row.element.classList.toggle("nothing", n === 0);
        },
      };
    }

    /** Free-text search: every word must be found. */
    function buildSearch() {
      const input = make("input", {
        type: "search",
        id: "search",
        placeholder: t("search.hint"),
        autocomplete: "off",
        spellcheck: false,
        dir: "auto",
      });
      let waiting = 0;
      input.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = window.setTimeout(
          () =>
            change(
              (state) => {
                state.text = input.value.trim();
              },
              { passing: true },
            ),
          TYPING_MS,
        );
      });
      return {
        element: make(
          "div",
          { class: "search", role: "search" },
          make("label", { htmlFor: "search" }, t("search.label")),
          input,
        ),
        update(state) {
          if (input.value.trim() !== state.text) input.value = state.text;
        },
      };
    }
  }

  atlas.filters = { createFilters };
})((globalThis.atlas ??= {}));
