"use strict";
/** The right-hand column: the list of provinces, what is off the map, and one province's claims. */
(function (atlas) {
  const { make, isolate } = atlas.text;
  const { t, number } = atlas.strings;
  const { grouped, list } = atlas.cards;

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
      make("h2", {}, t("overview.provinces")),
      lead,
      make(
        "p",
        { class: "columns", "aria-hidden": "true" },
        make("span", {}, t("overview.columnProvince")),
        make("span", {}, t("overview.columnSources")),
      ),
      table,
      make("h2", {}, t("overview.offMap")),
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
        lead.textContent = t("overview.noClaim", { documents: t("count.documents", { n: data.documentCount }) });
      else if (!result.documents) lead.textContent = t("map.noDocuments");
      else if (!result.shown.length)
        lead.textContent = t("overview.noMatch", { documents: t("count.documents", { n: result.documents }) });
      else lead.textContent = t("overview.lead", { provinces: t("count.provinces", { n: named }) });
      const rows = data.provinces.map((province) => ({ province, row: summary.get(province.id) }));
      rows.sort(
        (a, b) =>
          b.row.voices.size - a.row.voices.size ||
          b.row.named - a.row.named ||
          b.row.claims.length - a.row.claims.length ||
          a.province.name.localeCompare(b.province.name),
      );
      const held = document.activeElement?.closest?.(".provinces button")?.getAttribute("data-province");
      table.replaceChildren(
        ...rows.map(({ province, row }) => {
          const notes = [];
          if (row.uncertain) notes.push(t("map.uncertain", { n: row.uncertain }));
          if (row.denied) notes.push(t("overview.denied", { n: row.denied }));
          if (row.area) notes.push(t("overview.area", { n: row.area }));
          const counted = row.voices.size ? t("count.sources", { n: row.voices.size }) : t("look." + row.look);
          const button = make(
            "button",
            { type: "button" },
            make("span", { class: "chip " + row.look }),
            make("span", { class: "name" }, province.name),
            make("span", { class: "soft" }, notes.join(" · ")),
            make("span", { class: "count", "aria-hidden": "true" }, row.voices.size ? number(row.voices.size) : "–"),
            make("span", { class: "unseen" }, counted),
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
        ["country", t("off.country"), shown.filter((claim) => claim.location_basis === "country"), false],
        [
          "loose",
          t("off.loose"),
          shown.filter((claim) => !claim.province_id && claim.location_basis !== "country"),
          false,
        ],
        ["denied", t("off.denied"), shown.filter((claim) => claim.stance === "denied"), true],
        ["undated", t("off.undated"), shown.filter((claim) => claim.year === null), true],
      ];
      off.replaceChildren(
        ...parts
          .filter(([key, , claims]) => key !== "loose" || claims.length)
          .map(([key, title, claims, named]) => {
            const box = make(
              "details",
              { open: open.has(key) && claims.length > 0 },
              make("summary", {}, title, " ", make("span", { class: "count" }, number(claims.length))),
            );
            box.dataset.list = key;
            const fill = () => {
              if (box.children.length === 1)
                box.append(claims.length ? list(claims, named) : make("p", { class: "soft" }, t("overview.offNone")));
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
      const back = make("button", { type: "button", class: "link back" }, t("detail.back"));
      back.addEventListener("click", () => onPick(null));
      const heading = make("h2", { tabIndex: -1, id: "detail-title" }, isolate(province.name), " ");
      if (province.native) heading.append(make("bdi", { lang: "fa", dir: "rtl", class: "native" }, province.native));
      const isArea = (claim) => claim.location_basis === "region" || claim.location_basis === "direction";
      const sections = [
        [t("detail.affirmed"), row.claims.filter((claim) => !isArea(claim) && claim.stance === "affirmed")],
        [t("detail.uncertain"), row.claims.filter((claim) => !isArea(claim) && claim.stance === "uncertain")],
        [t("detail.denied"), row.claims.filter((claim) => !isArea(claim) && claim.stance === "denied")],
        [t("detail.area"), row.claims.filter(isArea)],
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
              make("h3", {}, title, " ", make("span", { class: "count" }, number(claims.length))),
              grouped(claims),
            ),
          ),
      );
    }

    function summaryLine(result, row) {
      if (!data.claims.length) return t("detail.noClaims");
      if (!result.documents) return t("detail.noDocument");
      if (!row.claims.length) {
        return t("detail.empty", { documents: t("count.documents", { n: result.documents }) });
      }
      const area = row.area
        ? t("detail.areaCount", { n: row.area, sources: t("count.sources", { n: row.areaVoices.size }) })
        : "";
      return (
        t("detail.lead", {
          sources: t("count.sources", { n: row.voices.size }),
          claims: t("card.affirmedClaims", { n: row.named }),
        }) + area
      );
    }

    return { update, focus: () => detail.querySelector("h2")?.focus({ preventScroll: true }) };
  }

  atlas.panel = { createPanel };
})((globalThis.atlas ??= {}));
