/** Loads the page's scripts that need no document, in the page's order. */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ASSETS = new URL("../../geo/render/assets/", import.meta.url);
const FILES = ["strings.js", "text.js", "data.js", "state.js", "address.js", "export.js", "geojson.js"];
const AFTER = ["drawing.js", "cards.js", "table.js", "compare.js"];

export function loadScripts() {
  for (const name of [...FILES, ...AFTER]) {
    vm.runInThisContext(readFileSync(new URL(name, ASSETS), "utf8"), { filename: name });
  }
  return globalThis.atlas;
}

export function readScripts() {
  return [...FILES, ...AFTER, "years.js", "filters.js", "map.js", "panel.js", "main.js"].map((name) => ({
    name,
    text: readFileSync(new URL(name, ASSETS), "utf8"),
  }));
}

export function readPage() {
  return readFileSync(new URL("page.html", ASSETS), "utf8");
}

/** A claim as the page knows it; what is not given is ordinary. */
export function makeClaim(known = {}) {
  const { doc = {}, ...rest } = known;
  return {
    claim_id: "c1",
    doc: {
      id: "d1",
      publisher: "Paper",
      title: "Title",
      author: "",
      published: "2023-05",
      url: "",
      story: "s1",
      ...doc,
    },
    sentence: "Al-Qaeda has a camp in Ghazni.",
    start: 0,
    province_id: "AF-GHA",
    province: "Ghazni",
    location_basis: "named",
    place_name: "",
    claim_type: "training_camp",
    group: "al-qaeda",
    stance: "affirmed",
    attributed_to: "a report",
    attribution_kind: "un",
    relay: "",
    year: 2023,
    year_end: null,
    year_basis: "stated",
    quantity: "",
    review: "unreviewed",
    voice: "v1",
    who: "un:a report",
    published_year: 2023,
    ...rest,
  };
}

export function makeData(claims, provinces = ["AF-GHA", "AF-KAB"]) {
  const docs = [...new Set(claims.map((claim) => claim.doc))];
  return {
    claims,
    provinces: provinces.map((id) => ({ id, name: id, label: [0, 0, 1], polygons: [] })),
    corpus: docs.map((doc) => ({
      publisher: doc.publisher,
      year: Number(doc.published.slice(0, 4)) || null,
      n: 1,
      doc,
    })),
  };
}
