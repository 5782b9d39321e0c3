"use strict";
/** What is chosen, which claims pass, and the address that holds it. No element is touched here. */
(function (atlas) {
  const { t, word } = atlas.strings;
  const { foldText } = atlas.text;
  const MAPPED = ["al-qaeda", "aqis"];

  /** @typedef {{key: string, of: (claim: any) => string, word: (value: string) => string}} Facet */
  /** @type {Facet[]} */
  const FACETS = [
    { key: "type", of: (claim) => claim.claim_type, word: (value) => word("type", value) },
    { key: "who", of: (claim) => claim.who, word: whoWords },
    {
      key: "publisher",
      of: (claim) => claim.doc.publisher,
      word: (value) => value || t("filters.notStated"),
    },
    { key: "stance", of: (claim) => claim.stance, word: (value) => word("stance", value) },
    { key: "group", of: (claim) => claim.group, word: (value) => word("group", value) },
    {
      key: "basis",
      of: (claim) => claim.location_basis,
      word: (value) => word("basis", value),
    },
    { key: "review", of: (claim) => claim.review, word: (value) => word("review", value) },
  ];

  /** @param {string} value `kind:words` */
  function whoWords(value) {
    const [kind, words] = splitWho(value);
    return words || (kind === "author" ? word("kind", kind) : t("filters.notNamed"));
  }

  /** @param {string} value @returns {[string, string]} */
  function splitWho(value) {
    const at = value.indexOf(":");
    return [value.slice(0, at), value.slice(at + 1)];
  }

  /** Years a claim stands for, or null. @param {any} claim @param {string} by @returns {[number, number] | null} */
  function yearsOf(claim, by) {
    const first = by === "published" ? claim.published_year : claim.year;
    if (first === null) return null;
    return [first, by === "published" ? first : Math.max(first, claim.year_end ?? first)];
  }

  /** @param {any} data */
  function createModel(data) {
    const options = Object.fromEntries(FACETS.map((facet) => [facet.key, new Set(data.claims.map(facet.of))]));
    for (const row of data.corpus) if (row.publisher !== null) options.publisher.add(row.publisher);
    const provinceIds = new Set(data.provinces.map((province) => province.id));
    const bounds = { claim: span("claim"), published: span("published") };

    /** First and last year, or null. @param {string} by @returns {[number, number] | null} */
    function span(by) {
      let [first, last] = [Infinity, -Infinity];
      const take = (from, to) => {
        first = Math.min(first, from);
        last = Math.max(last, to);
      };
      for (const claim of data.claims) {
        const years = yearsOf(claim, by);
        if (years) take(...years);
      }
      if (by === "published") for (const row of data.corpus) if (row.year !== null) take(row.year, row.year);
      return last < first ? null : [first, last];
    }

    function defaults() {
      const chosen = Object.fromEntries(FACETS.map(({ key }) => [key, new Set(options[key])]));
      const mapped = MAPPED.filter((group) => options.group.has(group));
      if (mapped.length) chosen.group = new Set(mapped);
      if (options.review.size > 1) chosen.review.delete("rejected");
      return { chosen, text: "", from: null, to: null, undated: true, by: "claim", province: null };
    }

    /** What a search looks through, folded once for each claim. @param {any} claim */
    function searchable(claim) {
      claim.words ??= foldText(
        [
          claim.sentence,
          claim.province,
          claim.place_name,
          claim.attributed_to,
          claim.relay,
          claim.doc.publisher,
          claim.doc.title,
        ].join("\n"),
      );
      return claim.words;
    }

    /** Whether every word of a search is found in the claim. @param {any} claim @param {string[]} needles */
    function isFound(claim, needles) {
      return needles.every((needle) => searchable(claim).includes(needle));
    }

    /** @param {[number, number] | null} years @param {any} state */
    function yearPasses(years, state) {
      if (years === null) return state.undated;
      return (state.from === null || years[1] >= state.from) && (state.to === null || years[0] <= state.to);
    }

    /**
     * Claims that pass, and for every option how many would pass with it, all other filters kept.
     * @param {any} state
     */
    function select(state) {
      const shown = [];
      const counts = Object.fromEntries(FACETS.map(({ key }) => [key, new Map()]));
      const years = new Map();
      let undated = 0;
      const needles = foldText(state.text).split(" ").filter(Boolean);
      for (const claim of data.claims) {
        if (needles.length && !isFound(claim, needles)) continue;
        const failed = FACETS.filter((facet) => !state.chosen[facet.key].has(facet.of(claim)));
        const when = yearsOf(claim, state.by);
        const dated = yearPasses(when, state);
        if (!failed.length && dated) shown.push(claim);
        if (dated && failed.length < 2) {
          for (const facet of failed.length ? failed : FACETS) {
            const value = facet.of(claim);
            counts[facet.key].set(value, (counts[facet.key].get(value) ?? 0) + 1);
          }
        }
        if (!failed.length) {
          if (when === null) undated += 1;
          else for (let year = when[0]; year <= when[1]; year += 1) years.set(year, (years.get(year) ?? 0) + 1);
        }
      }
      return {
        shown,
        counts,
        years,
        undated,
        voices: new Set(shown.map((claim) => claim.voice)).size,
        documents: countDocuments(state),
      };
    }

    /** Documents that the choice of publisher and year leaves, whether or not they hold a claim. */
    function countDocuments(state) {
      const own = new Map();
      if (state.by === "claim") {
        for (const claim of data.claims) {
          if (yearPasses(yearsOf(claim, "claim"), state)) own.set(claim.doc, true);
        }
      }
      let n = 0;
      for (const row of data.corpus) {
        if (row.publisher !== null && !state.chosen.publisher.has(row.publisher)) continue;
        if (row.publisher === null && state.chosen.publisher.size === 0) continue;
        /** @type {[number, number] | null} */
        const printed = row.year === null ? null : [row.year, row.year];
        if (own.has(row.doc) || yearPasses(printed, state)) n += row.n;
      }
      return n;
    }

    /** Counts by province. @param {any[]} shown @param {number} documents */
    function summarise(shown, documents) {
      /** @type {Map<string, any>} */
      const by = new Map(
        [...provinceIds].map((id) => [
          id,
          {
            claims: [],
            named: 0,
            voices: new Set(),
            uncertain: 0,
            denied: 0,
            area: 0,
            areaVoices: new Set(),
            look: "empty",
          },
        ]),
      );
      for (const claim of shown) {
        const row = by.get(claim.province_id);
        if (!row) continue;
        row.claims.push(claim);
        if (claim.location_basis === "region" || claim.location_basis === "direction") {
          if (claim.stance === "denied") row.denied += 1;
          else {
            row.area += 1;
            row.areaVoices.add(claim.voice);
          }
        } else if (claim.stance === "affirmed") {
          row.named += 1;
          row.voices.add(claim.voice);
        } else row[claim.stance] += 1;
      }
      for (const row of by.values()) {
        if (!documents) row.look = "none";
        else if (row.voices.size) row.look = "n" + Math.min(3, row.voices.size);
        else if (row.uncertain) row.look = "uncertain";
        else if (row.denied) row.look = "denied";
      }
      return by;
    }

    /** The filters in words, for print. @param {any} state */
    function explain(state) {
      const start = defaults();
      const parts = FACETS.filter(({ key }) => state.chosen[key].size < options[key].size).map((facet) => {
        const words = [...state.chosen[facet.key]].map(facet.word).sort();
        const few = words.length > 8 ? [...words.slice(0, 8), t("explain.more", { n: words.length - 8 })] : words;
        return `${t("facet." + facet.key).toLowerCase()}: ${few.join(", ") || t("explain.none")}`;
      });
      const by = t(state.by === "claim" ? "explain.yearClaimed" : "explain.yearPublished");
      if (state.text) parts.push(t("explain.text", { text: state.text }));
      if (state.from !== start.from || state.to !== start.to) {
        const key = state.from === null ? "explain.to" : state.to === null ? "explain.from" : "explain.years";
        parts.push(t(key, { by, from: String(state.from), to: String(state.to) }));
      }
      if (!state.undated) parts.push(t("explain.undated"));
      return parts.length ? t("explain.changed", { parts: parts.join(t("explain.and")) }) : t("explain.start");
    }

    /** A value in an address; "~" alone stands for the empty one. @param {string} value */
    function escape(value) {
      return encodeURIComponent(value.toWellFormed?.() ?? value).replaceAll("~", "%7E") || "~";
    }

    /** The state as text for the address; what is as at the start is left out. @param {any} state */
    function encode(state) {
      const start = defaults();
      const parts = [];
      for (const { key } of FACETS) {
        const chosen = [...state.chosen[key]];
        if (chosen.length === start.chosen[key].size && chosen.every((value) => start.chosen[key].has(value))) continue;
        parts.push(`${key}=${chosen.map(escape).join(",")}`);
      }
      if (state.text) parts.push(`text=${escape(state.text)}`);
      if (state.from !== null) parts.push(`from=${state.from}`);
      if (state.to !== null) parts.push(`to=${state.to}`);
      if (!state.undated) parts.push("undated=0");
      if (state.by !== "claim") parts.push(`by=${state.by}`);
      if (state.province) parts.push(`province=${state.province}`);
      return parts.join("&");
    }

    /** The state an address asks for. Throws if any of it cannot be read. @param {string} text */
    function decode(text) {
      /** @type {any} */
      const state = defaults();
      const seen = new Set();
      for (const part of text.replace(/^#/, "").split("&").filter(Boolean)) {
        const at = part.indexOf("=");
        const [key, value] = [part.slice(0, at), part.slice(at + 1)];
        if (at < 1 || seen.has(key)) throw new Error("not a view: " + part);
        seen.add(key);
        if (Object.hasOwn(options, key)) {
          const values = value
            .split(",")
            .filter(Boolean)
            .map((item) => (item === "~" ? "" : decodeURIComponent(item)));
          if (!values.every((item) => options[key].has(item))) throw new Error("unknown " + key);
          state.chosen[key] = new Set(values);
        } else if ((key === "from" || key === "to") && /^\d{4}$/.test(value)) state[key] = Number(value);
        else if (key === "text" && value) state.text = decodeURIComponent(value);
        else if (key === "undated" && value === "0") state.undated = false;
        else if (key === "by" && value === "published") state.by = value;
        else if (key === "province" && provinceIds.has(value)) state.province = value;
        else throw new Error("not a view: " + key);
      }
      return state;
    }

    return { data, options, bounds, defaults, select, summarise, explain, encode, decode };
  }

  atlas.state = { FACETS, createModel, splitWho, whoWords, yearsOf };
})((globalThis.atlas ??= {}));
