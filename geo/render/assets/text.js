"use strict";
/** Building elements out of untrusted text: nothing here ever parses markup. */
(function (atlas) {
  const OVERRIDES = /([\u202A-\u202E\u2066-\u2069])/;

  /**
   * Add text to an element. Direction overrides keep their place in the text but act
   * only on themselves, and the stylesheet makes them visible.
   * @param {Element} element @param {unknown} value @returns {Element}
   */
  function put(element, value) {
    for (const piece of String(value ?? "").split(OVERRIDES)) {
      if (OVERRIDES.test(piece)) {
        const mark = document.createElement("span");
        mark.className = "override";
        mark.dataset.code = "U+" + (piece.codePointAt(0) ?? 0).toString(16).toUpperCase();
        mark.textContent = piece;
        element.append(mark);
      } else if (piece) {
        element.append(document.createTextNode(piece));
      }
    }
    return element;
  }

  /**
   * Make an element. Strings among the children are put as text.
   * @param {string} tag @param {Record<string, unknown>} [options] `class`, `on` (listeners), properties of
   *   the element, and attributes (any name with a hyphen, and `role`)
   * @param {...(Node | string | null | undefined | false)} children @returns {HTMLElement}
   */
  function make(tag, options = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined) continue;
      if (name === "class") element.className = String(value);
      else if (name === "on")
        for (const [kind, run] of Object.entries(value ?? {})) element.addEventListener(kind, run);
      else if (name === "role" || name.includes("-")) element.setAttribute(name, String(value));
      else element[name] = value;
    }
    for (const child of children) {
      if (child instanceof Node) element.append(child);
      else if (child) put(element, child);
    }
    return element;
  }

  /** Text of a document in its own direction, isolated from what stands around it. @param {unknown} value */
  function isolate(value) {
    return make("bdi", { dir: "auto" }, String(value ?? ""));
  }

  /** The address if it is one of the web, else null. @param {string} value @returns {string | null} */
  function webAddress(value) {
    try {
      const url = new URL(value);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  }

  /**
   * A quote with spans marked. Offsets count code points, of the whole document.
   * @param {string} sentence @param {number} start offset of the sentence
   * @param {{start: number | null, end: number | null, kind: string}[]} spans
   */
  function quote(sentence, start, spans) {
    const points = Array.from(sentence);
    const inside = spans
      .filter((span) => span.start !== null && span.end !== null)
      .map((span) => ({
        from: Math.max(0, Number(span.start) - start),
        to: Math.min(points.length, Number(span.end) - start),
        kind: span.kind,
      }))
      .filter((span) => span.from < span.to);
    const cuts = [...new Set([0, points.length, ...inside.flatMap((span) => [span.from, span.to])])];
    cuts.sort((a, b) => a - b);
    const element = make("blockquote", { dir: "auto" });
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const text = points.slice(cuts[i], cuts[i + 1]).join("");
      const kinds = inside.filter((span) => span.from <= cuts[i] && cuts[i + 1] <= span.to);
      if (kinds.length) element.append(make("mark", { class: kinds.map((span) => span.kind).join(" ") }, text));
      else put(element, text);
    }
    return element;
  }

  /** Text as a search sees it: no case, accents, vowel marks or Arabic letter variants. @param {string} value */
  function foldText(value) {
    return value
      .normalize("NFKD")
      .replace(/[\p{M}\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069]/gu, "")
      .toLowerCase()
      .replace(/[يى]/g, "ی")
      .replace(/ك/g, "ک")
      .replace(/[‘’ʻʼ`´]/g, "'")
      .replace(/\s+/g, " ");
  }

  const SVG = "http://www.w3.org/2000/svg";
  /** An SVG element. @param {string} name @param {Record<string, unknown>} attributes @param {...Node} children */
  function svg(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
  }

  /** @param {string} id @returns {HTMLElement} */
  function byId(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  atlas.text = { put, make, svg, isolate, webAddress, quote, foldText, byId };
})((globalThis.atlas ??= {}));
