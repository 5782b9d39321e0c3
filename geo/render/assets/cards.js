"use strict";
/** One claim as a card, copies of one story folded into it. */
(function (atlas) {
  const { make, isolate, webAddress, quote } = atlas.text;
  const { t, word } = atlas.strings;
  const PAGE = 60;
  const OPEN_SOURCES = 12;

  /**
   * Fold the copies of one story: the same statement, credited alike, printed by several.
   * A document that says a thing twice keeps both.
   * @param {any[]} claims @returns {any[][]} the first of each is the earliest printed
   */
  function fold(claims) {
    const turns = new Map();
    const folded = new Map();
    const sorted = [...claims].sort(
      (a, b) =>
        (a.doc.published || "9").localeCompare(b.doc.published || "9") ||
        a.doc.id.localeCompare(b.doc.id) ||
        a.start - b.start,
    );
    for (const claim of sorted) {
      const same = JSON.stringify([
        claim.doc.story,
        claim.province_id,
        claim.claim_type,
        claim.stance,
        claim.group,
        claim.who,
        claim.year,
        claim.location_basis,
      ]);
      const own = same + "\n" + claim.doc.id;
      const turn = turns.get(own) ?? 0;
      turns.set(own, turn + 1);
      const key = same + "\n" + turn;
      folded.set(key, [...(folded.get(key) ?? []), claim]);
    }
    return [...folded.values()];
  }

  /** @param {any} claim */
  function when(claim) {
    if (claim.year === null) return t("card.undated");
    const years =
      claim.year_end && claim.year_end !== claim.year ? `${claim.year}–${claim.year_end}` : String(claim.year);
    return t("card.for", { years, basis: word("year", claim.year_basis) });
  }

  /** @param {any} claim */
  function where(claim) {
    if (claim.location_basis === "named") return null;
    const line = make("p", { class: "where" }, word("basis", claim.location_basis) + (claim.place_name ? ": " : ""));
    if (claim.place_name) line.append(isolate(claim.place_name));
    return line;
  }

  /** Who printed it, with a link where the address is one of the web. @param {any} claim */
  function printed(claim) {
    const { doc } = claim;
    const line = make("span", {}, isolate(doc.publisher || t("card.noPublisher")));
    if (doc.title) line.append(", ", make("cite", {}, isolate(doc.title)));
    line.append(", " + (doc.published || t("card.undated")));
    const address = webAddress(doc.url);
    if (address) {
      line.append(
        " ",
        make("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, t("card.source")),
      );
    } else if (doc.url) {
      line.append(" ", make("span", { class: "no-link" }, t("card.notWeb"), isolate(doc.url), ")"));
    }
    return line;
  }

  /** @param {any} claim */
  function said(claim) {
    const kind = word("kind", claim.attribution_kind);
    if (claim.attribution_kind === "author") return make("span", {}, t("card.documentItself"));
    if (!claim.attributed_to) return make("span", {}, t("card.notNamed", { kind }));
    const line = make("span", {}, isolate(claim.attributed_to), ` (${kind})`);
    if (claim.relay) line.append(t("card.relay"), isolate(claim.relay));
    return line;
  }

  /** @param {any} claim */
  function quoted(claim) {
    return quote(claim.sentence, claim.start ?? 0, [
      { start: claim.mention_start, end: claim.mention_end, kind: "place" },
      { start: claim.trigger_start, end: claim.trigger_end, kind: "trigger" },
    ]);
  }

  /** @param {any[]} copies one fold @param {boolean} [withProvince] */
  function card(copies, withProvince = false) {
    const [claim, ...others] = copies;
    const name = withProvince && claim.province ? [isolate(claim.province), " · "] : [];
    const head = make(
      "p",
      { class: "kind" },
      ...name,
      make("b", {}, word("type", claim.claim_type)),
      " ",
      make("span", { class: "badge " + claim.stance }, word("stance", claim.stance)),
      " ",
      make("span", { class: "soft whole" }, word("group", claim.group)),
      make("span", { class: "soft" }, " · " + when(claim)),
    );
    const body = make(
      "dl",
      {},
      make("dt", {}, t("card.saidBy")),
      make("dd", {}, said(claim)),
      make("dt", {}, t("card.printedBy")),
      make("dd", {}, printed(claim)),
    );
    if (claim.quantity) body.append(make("dt", {}, t("card.amount")), make("dd", {}, isolate(claim.quantity)));
    const article = make("article", { class: "claim " + claim.stance }, head, where(claim), quoted(claim), body);
    if (others.length) {
      const publishers = [...new Set(others.map((other) => other.doc.publisher || t("card.noPublisher")))];
      const summary = make("summary", {}, t("card.copies", { n: others.length }), ": ");
      publishers.forEach((publisher, i) => summary.append(i ? ", " : "", isolate(publisher)));
      article.append(
        make(
          "details",
          { class: "copies" },
          summary,
          ...others.map((other) => make("div", {}, quoted(other), make("p", { class: "soft" }, printed(other)))),
        ),
      );
    }
    const cite = make("button", { type: "button", class: "link" }, t("card.cite"));
    cite.addEventListener("click", () => atlas.exporting.copy(atlas.exporting.citation(claim), cite));
    const why = make(
      "details",
      { class: "why" },
      make("summary", {}, t("card.why")),
      make("p", {}, isolate(claim.reason || t("card.noReason"))),
      make(
        "p",
        { class: "soft" },
        t("card.claim", { id: claim.claim_id }),
        isolate(claim.doc.id),
        `, ${word("review", claim.review).toLowerCase()}.`,
      ),
    );
    article.append(make("div", { class: "card-foot" }, why, cite));
    return article;
  }

  /** A list of cards, a page at a time. @param {any[]} claims @param {boolean} [withProvince] */
  function list(claims, withProvince = false) {
    const folds = fold(claims);
    const box = make("div", { class: "cards" });
    let shown = 0;
    const more = make("button", { type: "button", class: "more" });
    /** @returns {HTMLElement | undefined} the first of the new cards */
    function next() {
      const cards = folds.slice(shown, shown + PAGE).map((copies) => card(copies, withProvince));
      more.before(...cards);
      shown = Math.min(folds.length, shown + PAGE);
      more.hidden = shown === folds.length;
      more.textContent = t("card.more", { n: folds.length - shown });
      return cards[0];
    }
    more.addEventListener("click", () => {
      const first = next();
      if (!first) return;
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    });
    box.append(more);
    next();
    return box;
  }

  /** Claims by a key, in the order of first use. @param {any[]} claims @param {(claim: any) => string} keyOf */
  function groupBy(claims, keyOf) {
    /** @type {Map<string, any[]>} */
    const groups = new Map();
    for (const claim of claims) groups.set(keyOf(claim), [...(groups.get(keyOf(claim)) ?? []), claim]);
    return [...groups.values()];
  }

  /**
   * Claims by the source credited (documents that speak for themselves by publisher), the one with most stories first, and within a source by story.
   * @param {any[]} claims @returns {{claim: any, stories: any[][], size: number}[]}
   */
  function bySource(claims) {
    const voice = (claim) => (claim.attribution_kind === "author" ? `author:${claim.doc.publisher}` : claim.who);
    const sources = groupBy(claims, voice).map((own) => {
      const stories = groupBy(own, (claim) => claim.doc.story);
      return { claim: own[0], stories, size: own.length };
    });
    return sources.sort((a, b) => b.stories.length - a.stories.length || b.size - a.size);
  }

  /** Cards under their source, and under their story where a source has several. @param {any[]} claims */
  function grouped(claims) {
    const box = make("div", { class: "sources" });
    bySource(claims).forEach(({ claim, stories, size }, i) => {
      const counts = [t("count.claims", { n: size }), t("count.stories", { n: stories.length })].join(", ");
      const source = make(
        "details",
        { class: "source", open: i < OPEN_SOURCES },
        make("summary", {}, make("h4", {}, ...headOf(claim)), " ", make("span", { class: "count" }, counts)),
      );
      const fill = () => {
        if (source.children.length > 1) return;
        for (const own of stories) {
          if (stories.length > 1) source.append(make("h5", {}, storyName(own)));
          source.append(list(own));
        }
      };
      if (source.open) fill();
      source.addEventListener("toggle", fill);
      box.append(source);
    });
    return box;
  }

  /** A document that speaks for itself goes by its publisher. @param {any} claim @returns {(Node | string)[]} */
  function headOf(claim) {
    if (claim.attribution_kind !== "author" || !claim.doc.publisher) return [said(claim)];
    return [isolate(claim.doc.publisher), `, ${t("card.documentItself")}`];
  }

  /** A story goes by its earliest title. @param {any[]} claims */
  function storyName(claims) {
    const { doc } = fold(claims)[0][0];
    return isolate(doc.title || doc.id);
  }

  atlas.cards = { bySource, fold, grouped, list, said, printed, quoted };
})((globalThis.atlas ??= {}));
