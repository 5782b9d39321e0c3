"use strict";
/** Reading the two data blocks of the page. */
(function (atlas) {
  /**
   * @typedef {{id: string, publisher: string, title: string, author: string, published: string, url: string,
   *   story: string}} Doc
   * @typedef {{claim_id: string, doc: Doc, sentence: string, start: number, province_id: string, province: string,
   *   location_basis: string, place_name: string, claim_type: string, group: string, stance: string,
   *   attributed_to: string, attribution_kind: string, relay: string, year: number | null, year_end: number | null,
   *   year_basis: string, quantity: string, mention_start: number | null, mention_end: number | null,
   *   trigger_start: number | null, trigger_end: number | null, reason: string, review: string, voice: string,
   *   who: string, published_year: number | null}} Claim
   */
  /** @param {string} published @returns {number | null} */
  function yearOf(published) {
    const hit = /^(\d{4})(?!\d)/.exec(published ?? "");
    return hit ? Number(hit[1]) : null;
  }

  /** @param {string} id */
  function block(id) {
    return JSON.parse(document.getElementById(id)?.textContent ?? "");
  }

  /** @param {any} raw @returns {Claim[]} */
  function unpackClaims(raw) {
    const numbers = new Set([...raw.numbers, "sentence"]);
    const docs = raw.documents.map(([id, publisher, title, author, published, url, story]) => ({
      id,
      publisher,
      title,
      author,
      published,
      url,
      story: story || id,
    }));
    const spelled = new Map();
    return raw.rows.map((row) => {
      const claim = {};
      raw.columns.forEach((name, i) => {
        claim[name] = numbers.has(name) ? row[i] : (raw.strings[row[i]] ?? "");
      });
      const [doc, start, sentence] = raw.sentences[claim.sentence];
      const key = `${claim.attribution_kind}:${claim.attributed_to.trim().toLowerCase()}`;
      if (!spelled.has(key)) spelled.set(key, `${claim.attribution_kind}:${claim.attributed_to.trim()}`);
      return Object.assign(claim, {
        doc: docs[doc],
        start,
        sentence,
        who: spelled.get(key),
        published_year: yearOf(docs[doc].published),
      });
    });
  }

  /** Rings in metres as [north, east]. @param {any} raw */
  function unpackShapes(raw) {
    const grid = raw.grid_m;
    return raw.provinces.map((province) => ({
      ...province,
      label: province.label.map((value) => value * grid),
      polygons: province.polygons.map((rings) =>
        rings.map((steps) => {
          let [x, y] = [0, 0];
          const points = [];
          for (let i = 0; i < steps.length; i += 2) {
            x += steps[i];
            y += steps[i + 1];
            points.push([y * grid, x * grid]);
          }
          return points;
        }),
      ),
    }));
  }

  /** Everything the page knows. */
  function load() {
    const raw = block("atlas-claims");
    const claims = unpackClaims(raw);
    const docs = [...new Set(claims.map((claim) => claim.doc))];
    return {
      info: raw.info,
      claims,
      provinces: unpackShapes(block("atlas-geometry")),
      documentCount: raw.document_count,
      storyCount: raw.story_count,
      /** How many documents by publisher (null: any) and year of publication, claims or not. */
      corpus: [
        ...docs.map((doc) => ({ publisher: doc.publisher, year: yearOf(doc.published), n: 1, doc })),
        ...raw.silent.map(([publisher, year, n]) => ({ publisher, year: yearOf(year), n, doc: null })),
      ],
    };
  }

  atlas.data = { load, yearOf, unpackClaims, unpackShapes };
})((globalThis.atlas ??= {}));
