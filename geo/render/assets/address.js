"use strict";
/** The address of a view: which filters, for comparison a second choice of them, and how they are shown. */
(function (atlas) {
  const MODES = ["map", "table", "compare"];
  const SORTS = ["province", "type", "stance", "said", "printed", "published", "year"];

  /**
   * @typedef {{a: any, b: any, mode: string, side: "a" | "b", sort: {key: string, down: boolean}}} Page
   */

  /** The view a page starts with. @param {any} model @returns {Page} */
  function start(model) {
    return { a: model.defaults(), b: null, mode: "map", side: "a", sort: { key: "province", down: false } };
  }

  /** @param {any} model @param {Page} page */
  function encode(model, page) {
    const parts = [model.encode(page.a)];
    if (page.mode === "compare") parts.push("b=" + encodeURIComponent(model.encode({ ...page.b, province: null })));
    if (page.mode !== "map") parts.push("view=" + page.mode);
    if (page.sort.key !== "province" || page.sort.down) parts.push(`sort=${page.sort.down ? "-" : ""}${page.sort.key}`);
    return parts.filter(Boolean).join("&");
  }

  /** The view that an address asks for. Throws if any of it cannot be read. @param {any} model @param {string} text */
  function decode(model, text) {
    const page = start(model);
    const rest = [];
    const seen = new Set();
    let second = null;
    for (const part of text.replace(/^#/, "").split("&")) {
      const [, key, value] = /^(view|sort|b)=(.*)$/.exec(part) ?? [];
      if (!key) {
        rest.push(part);
        continue;
      }
      if (seen.has(key)) throw new Error("twice: " + key);
      seen.add(key);
      if (key === "b") second = model.decode(decodeURIComponent(value));
      else if (key === "view" && MODES.includes(value)) page.mode = value;
      else if (key === "sort" && SORTS.includes(value.replace(/^-/, ""))) {
        page.sort = { key: value.replace(/^-/, ""), down: value.startsWith("-") };
      } else throw new Error("not a view: " + part);
    }
    if ((page.mode === "compare") !== (second !== null)) throw new Error("a comparison needs two choices");
    page.a = model.decode(rest.join("&"));
    page.b = second;
    if (second) page.side = "b";
    return page;
  }

  atlas.address = { SORTS, start, encode, decode };
})((globalThis.atlas ??= {}));
