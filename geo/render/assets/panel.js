"use strict";
/** The right-hand column: the list of provinces, what is off the map, and one province's claims. */
(function (atlas) {
  const { make, isolate, count } = atlas.text;
  const { list } = atlas.cards;

  /**
   * @param {HTMLElement} overview @param {HTMLElement} detail @param {any} data
   * @param {(id: string | null) => void} onPick
   */
  function createPanel(overview, detail, data, onPick) {
    const lead = make("p", { class: "lead" });
    const table = make("ul", { class: "provinces" });
    const off = make("div", { class: "off-map" });
    const open = new Set();
    overview.append(
      make("h2", {}, "Provinces"),
      lead,
      make(
        "p",
        { class: "columns", "aria-hidden": "true" },
        make("span", {}, "Province"),
        make("span", {}, "Independent sources"),
      ),
      table,
      make("h2", {}, "Not on the map"),
      off,
    );

    /** @param {any} result @param {Map<string, any>} summary @param {any} state */
    function update(result, summary, state) {
      detail.hidden = !state.province;
      overview.hidden = Boolean(state.province);
      drawProvinces(result, summary);
      drawOffMap(result.shown);
      if (state.province) drawDetail(result, summary.get(state.province), state);
      else detail.replaceChildren();
    }

    function drawProvinces(result, summary) {
      const named = [...summary.values()].filter((row) => row.voices.size).length;
      if (!data.claims.length)
        lead.textContent = `No claim was found in ${data.documentCount === 1 ? "the one document" : `the ${data.documentCount} documents`} read.`;
      else if (!result.documents) lead.textContent = "No document matches the chosen publishers and years.";
      else if (!result.shown.length)
        lead.textContent = `${count(result.documents, "document")} could match, but no claim passes the filters.`;
      else
        lead.textContent = `${count(named, "province")} named by affirmed claims. The number is that of independent sources; “+ area” counts claims about a region or direction.`;
      const rows = data.provinces.map((province) => ({ province, row: summary.get(province.id) }));
      rows.sort(
        (a, b) =>
          b.row.voices.size - a.row.voices.size ||
          b.row.named - a.row.named ||
          b.row.claims.length - a.row.claims.length ||
          a.province.name.localeCompare(b.province.name),
      );
      const held = document.activeElement?.closest?.(".provinces button")?.dataset.province;
      table.replaceChildren(
        ...rows.map(({ province, row }) => {
          const notes = [];
          if (row.uncertain) notes.push(`${row.uncertain} uncertain`);
          if (row.denied) notes.push(`${row.denied} denied`);
          if (row.area) notes.push(`+${row.area}\u00a0area`);
          const button = make(
            "button",
            { type: "button", "aria-label": atlas.map.describe(province, row) },
            make("span", { class: "chip " + row.look }),
            make("span", { class: "name" }, province.name),
            make("span", { class: "soft" }, notes.join(" · ")),
            make("span", { class: "count" }, row.voices.size ? String(row.voices.size) : "–"),
          );
          button.dataset.province = province.id;
          button.addEventListener("click", () => onPick(province.id));
          return make("li", {}, button);
        }),
      );
      if (held) table.querySelector(`[data-province="${held}"]`)?.focus();
    }

    /** Lists are filled when opened. */
    function drawOffMap(shown) {
      const parts = [
        ["country", "About the whole country", shown.filter((claim) => claim.location_basis === "country"), false],
        [
          "loose",
          "Regions without provinces",
          shown.filter((claim) => !claim.province_id && claim.location_basis !== "country"),
          false,
        ],
        ["denied", "Denials", shown.filter((claim) => claim.stance === "denied"), true],
        ["undated", "Undated claims", shown.filter((claim) => claim.year === null), true],
      ];
      off.replaceChildren(
        ...parts
          .filter(([key, , claims]) => key !== "loose" || claims.length)
          .map(([key, title, claims, named]) => {
            const box = make(
              "details",
              { open: open.has(key) && claims.length > 0 },
              make("summary", {}, title, " ", make("span", { class: "count" }, String(claims.length))),
            );
            box.dataset.list = key;
            const fill = () => {
              if (box.children.length === 1)
                box.append(
                  claims.length ? list(claims, named) : make("p", { class: "soft" }, "None among the claims shown."),
                );
            };
            if (box.open) fill();
            box.addEventListener("toggle", () => {
              if (box.open) {
                fill();
                open.add(key);
              } else open.delete(key);
            });
            return box;
          }),
      );
    }

    function drawDetail(result, row, state) {
      const province = data.provinces.find((item) => item.id === state.province);
      const back = make("button", { type: "button", class: "link back" }, "← All provinces");
      back.addEventListener("click", () => onPick(null));
      const heading = make("h2", { tabIndex: -1, id: "detail-title" }, isolate(province.name), " ");
      if (province.native) heading.append(make("bdi", { lang: "fa", dir: "rtl", class: "native" }, province.native));
      const isArea = (claim) => claim.location_basis === "region" || claim.location_basis === "direction";
      const sections = [
        ["Claims that name it", row.claims.filter((claim) => !isArea(claim) && claim.stance === "affirmed")],
        [
          "Uncertain: the text itself hedges",
          row.claims.filter((claim) => !isArea(claim) && claim.stance === "uncertain"),
        ],
        ["Denials", row.claims.filter((claim) => !isArea(claim) && claim.stance === "denied")],
        ["About a region or direction that takes it in", row.claims.filter(isArea)],
      ];
      detail.replaceChildren(
        back,
        heading,
        make("p", { class: "lead" }, summaryLine(result, row)),
        ...sections
          .filter(([, claims]) => claims.length)
          .map(([title, claims]) =>
            make(
              "section",
              {},
              make("h3", {}, title, " ", make("span", { class: "count" }, String(claims.length))),
              list(claims),
            ),
          ),
      );
    }

    function summaryLine(result, row) {
      if (!data.claims.length) return "No claim was found in the documents read.";
      if (!result.documents)
        return "No document matches the chosen publishers and years, so nothing can be said about this province.";
      if (!row.claims.length) {
        return `${count(result.documents, "document")} could match, and no claim among those shown names this province. That is no evidence of absence.`;
      }
      const area = row.area
        ? ` ${count(row.area, "claim")} about a region or direction, from ${count(row.areaVoices.size, "source")}, ${row.area === 1 ? "is" : "are"} counted apart.`
        : "";
      return `Named by ${count(row.voices.size, "independent source")} in ${count(row.named, "affirmed claim")}.${area}`;
    }

    return { update, focus: () => detail.querySelector("h2")?.focus({ preventScroll: true }) };
  }

  atlas.panel = { createPanel };
})((globalThis.atlas ??= {}));
