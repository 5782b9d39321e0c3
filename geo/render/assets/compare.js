"use strict";
/** Two choices of filters side by side, and what differs between them. */
(function (atlas) {
  const { make, byId } = atlas.text;
  const { t, number } = atlas.strings;
  const { LOOKS, CHANGES, createDrawing, legendItem } = atlas.drawing;
  const ORDER = ["onlyB", "more", "same", "fewer", "onlyA", "neither", "nothing"];

  /** How the affirmed sources of a province differ. @param {any} a @param {any} b rows of `summarise` */
  function changeOf(a, b) {
    if (a.look === "none" || b.look === "none") return "nothing";
    const [left, right] = [a.voices.size, b.voices.size];
    if (!left && !right) return "neither";
    if (!left) return "onlyB";
    if (!right) return "onlyA";
    return left === right ? "same" : right > left ? "more" : "fewer";
  }

  /** @param {number} n */
  function signed(n) {
    return n > 0 ? `+${number(n)}` : n < 0 ? `−${number(-n)}` : "=";
  }

  /**
   * @param {HTMLElement} root @param {any[]} provinces
   * @param {{pick: (id: string) => void, side: (side: "a" | "b") => void, swap: () => void}} on
   */
  function createCompare(root, provinces, on) {
    const sides = ["a", "b"].map((side) => {
      const drawing = createDrawing(provinces, {
        onPick: pickFrom(side),
        label: t("compare." + side),
        named: false,
        coarse: true,
      });
      const words = make("p", { class: "soft filters-in-words" });
      const tally = make("span", { class: "count" });
      const edit = make("button", { type: "button", class: "edit", "data-side": side });
      edit.addEventListener("click", () => on.side(/** @type {"a" | "b"} */ (side)));
      const element = make(
        "section",
        { class: "side", "aria-label": t("compare." + side) },
        make("h2", {}, t("compare." + side), " ", tally, " ", edit),
        words,
        drawing.root,
      );
      return { side, drawing, words, tally, edit, element };
    });
    const difference = createDrawing(provinces, { onPick: on.pick, label: t("compare.difference"), size: 22 });
    const swap = make("button", { type: "button", id: "swap" }, t("compare.swap"));
    swap.addEventListener("click", on.swap);
    const body = make("tbody");
    root.append(
      make("p", { class: "lead" }, t("compare.lead"), " ", swap),
      make("div", { class: "sides" }, ...sides.map((side) => side.element)),
      make(
        "section",
        { class: "side difference", "aria-label": t("compare.difference") },
        make("h2", {}, t("compare.difference")),
        difference.root,
        make("ul", { class: "changes" }, ...ORDER.map((change) => legendItem(change, t("compare." + change)))),
      ),
      make(
        "div",
        { class: "table-scroll", tabIndex: 0, role: "region", "aria-label": t("compare.table") },
        make(
          "table",
          { class: "differences" },
          make("caption", {}, t("compare.table")),
          make(
            "thead",
            {},
            make(
              "tr",
              {},
              ...["table.province", "compare.a", "compare.b", "compare.change"].map((key) =>
                make("th", { scope: "col" }, t(key)),
              ),
            ),
          ),
          body,
        ),
      ),
    );

    function pickFrom(side) {
      return (id) => {
        on.side(side);
        on.pick(id);
      };
    }

    /**
     * @param {{a: {result: any, summary: Map<string, any>, words: string}, b: {result: any, summary: Map<string, any>,
     *   words: string}}} both @param {"a" | "b"} active @param {string | null} picked
     */
    function update(both, active, picked) {
      for (const { side, drawing, words, tally, edit, element } of sides) {
        const { result, summary, words: filters } = both[side];
        words.textContent = filters;
        tally.textContent = t("count.claims", { n: result.shown.length });
        const chosen = side === active;
        edit.textContent = t("filters.side") + " " + t("compare." + side);
        edit.setAttribute("aria-pressed", String(chosen));
        element.classList.toggle("active", chosen);
        drawing.update((id) => {
          const row = summary.get(id);
          const province = provinces.find((item) => item.id === id);
          return {
            ...LOOKS[row.look],
            look: row.look,
            area: row.area > 0,
            words: atlas.map.describe(province, row),
            picked: chosen && id === picked,
          };
        });
      }
      const rows = provinces.map((province) => {
        const [a, b] = [both.a.summary.get(province.id), both.b.summary.get(province.id)];
        return { province, a: a.voices.size, b: b.voices.size, change: changeOf(a, b) };
      });
      const byProvince = new Map(rows.map((row) => [row.province.id, row]));
      difference.update((id) => {
        const row = /** @type {any} */ (byProvince.get(id));
        return {
          ...CHANGES[row.change],
          look: row.change,
          words: `${row.province.name}: ${t("compare." + row.change)} (A ${number(row.a)}, B ${number(row.b)})`,
          mark: row.a || row.b ? signed(row.b - row.a) : "",
          picked: id === picked,
        };
      });
      const listed = rows.filter((row) => row.a || row.b);
      listed.sort((x, y) => y.b - y.a - (x.b - x.a) || x.province.name.localeCompare(y.province.name));
      body.replaceChildren(
        ...listed.map((row) => {
          const open = make(
            "button",
            { type: "button", class: "link", "aria-label": t("table.open", { province: row.province.name }) },
            row.province.name,
          );
          open.addEventListener("click", () => on.pick(row.province.id));
          return make(
            "tr",
            { "data-province": row.province.id },
            make("th", { scope: "row" }, open),
            make("td", {}, number(row.a)),
            make("td", {}, number(row.b)),
            make("td", {}, signed(row.b - row.a)),
          );
        }),
      );
    }

    return { update, drawing: difference, root: byId("compare-view") };
  }

  /** The classes of the difference in words, for the legend of a picture. */
  function changeWords() {
    return ORDER.map((change) => ({ fill: CHANGES[change].fill, words: t("compare." + change) }));
  }

  atlas.compare = { createCompare, changeOf, changeWords };
})((globalThis.atlas ??= {}));
