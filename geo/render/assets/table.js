"use strict";
/** All claims shown as one table, sortable by every column but the quote. */
(function (atlas) {
  const { make, isolate } = atlas.text;
  const { t, word } = atlas.strings;
  const { whoWords } = atlas.state;
  const PAGE = 100;

  const whole = (claim) =>
    claim.province || (claim.location_basis === "country" ? t("table.wholeCountry") : claim.place_name);

  /** @type {{key: string, title: string, of: (claim: any) => string | number | null}[]} */
  const COLUMNS = [
    { key: "province", title: "table.province", of: whole },
    { key: "type", title: "table.type", of: (claim) => word("type", claim.claim_type) },
    { key: "stance", title: "table.stance", of: (claim) => word("stance", claim.stance) },
    { key: "said", title: "table.saidBy", of: (claim) => whoWords(claim.who) },
    { key: "printed", title: "table.printedBy", of: (claim) => claim.doc.publisher },
    { key: "published", title: "table.printed", of: (claim) => claim.doc.published },
    { key: "year", title: "table.claimYear", of: (claim) => claim.year },
  ];

  /** In the order of a column; what is not stated comes last either way. @param {any[]} claims @param {any} sort */
  function sorted(claims, sort) {
    const { of } = COLUMNS.find((column) => column.key === sort.key) ?? COLUMNS[0];
    const keyed = claims.map((claim, i) => ({ claim, i, value: of(claim) }));
    const missing = (value) => value === null || value === "";
    keyed.sort((a, b) => {
      if (missing(a.value) || missing(b.value)) return Number(missing(a.value)) - Number(missing(b.value)) || a.i - b.i;
      const order =
        typeof a.value === "number" ? a.value - Number(b.value) : COLLATOR.compare(String(a.value), String(b.value));
      return (sort.down ? -order : order) || a.i - b.i;
    });
    return keyed.map(({ claim }) => claim);
  }
  const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /**
   * @param {HTMLElement} root @param {(key: string) => void} onSort @param {(id: string) => void} onPick
   */
  function createTable(root, onSort, onPick) {
    const heads = COLUMNS.map(({ key, title }) => {
      const arrow = make("span", { class: "arrow", "aria-hidden": "true" });
      const button = make("button", { type: "button", class: "link", "data-sort": key }, t(title), arrow);
      button.addEventListener("click", () => onSort(key));
      return { key, arrow, cell: make("th", { scope: "col", role: "columnheader", class: "of-" + key }, button) };
    });
    const body = make("tbody");
    const none = make("p", { class: "table-none" }, t("table.none"));
    const more = make("button", { type: "button", class: "more" });
    const box = make(
      "div",
      { class: "table-scroll", tabIndex: 0, role: "region", "aria-label": t("table.caption") },
      make(
        "table",
        { role: "table" },
        make("caption", { class: "unseen" }, t("table.caption")),
        make(
          "thead",
          {},
          make("tr", {}, ...heads.map((head) => head.cell), make("th", { scope: "col" }, t("table.quote"))),
        ),
        body,
      ),
      none,
      more,
    );
    root.append(box);
    let rows = [];
    let drawn = 0;
    more.addEventListener("click", () => {
      next();
      if (more.hidden) box.focus();
    });

    function next() {
      body.append(...rows.slice(drawn, drawn + PAGE).map(line));
      drawn = Math.min(rows.length, drawn + PAGE);
      more.hidden = drawn === rows.length;
      more.textContent = t("card.more", { n: rows.length - drawn });
    }

    /** Roles are written out: on narrow screens the rows are laid out as blocks. */
    function cell(...content) {
      const [first] = content;
      const plain = first && typeof first === "object" && !(first instanceof Node);
      const [options, ...children] = plain ? content : [{}, ...content];
      return make("td", { role: "cell", ...options }, ...children);
    }

    function line(claim) {
      const province = cell();
      if (claim.province_id) {
        const open = make(
          "button",
          { type: "button", class: "link", "aria-label": t("table.open", { province: claim.province }) },
          isolate(claim.province),
        );
        open.addEventListener("click", () => onPick(claim.province_id));
        province.append(open);
      } else province.append(isolate(whole(claim)));
      if (claim.location_basis !== "named" && claim.place_name)
        province.append(make("div", { class: "soft" }, isolate(claim.place_name)));
      const years = claim.year_end && claim.year_end !== claim.year ? `${claim.year}–${claim.year_end}` : claim.year;
      return make(
        "tr",
        { role: "row", "data-claim": claim.claim_id },
        province,
        cell(word("type", claim.claim_type)),
        cell(make("span", { class: "badge " + claim.stance }, word("stance", claim.stance))),
        cell({ "data-title": t("table.saidBy") }, atlas.cards.said(claim)),
        cell({ "data-title": t("table.printedBy") }, isolate(claim.doc.publisher || t("card.noPublisher"))),
        cell({ "data-title": t("table.printed"), class: "date" }, claim.doc.published || t("card.undated")),
        cell(
          { "data-title": t("table.claimYear"), class: "date" },
          claim.year === null ? t("card.undated") : String(years),
        ),
        cell({ class: "quote" }, atlas.cards.quoted(claim)),
      );
    }

    /** @param {any[]} shown @param {{key: string, down: boolean}} sort */
    function update(shown, sort) {
      for (const head of heads) {
        const on = head.key === sort.key;
        if (on) head.cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
        else head.cell.removeAttribute("aria-sort");
        head.arrow.textContent = on ? (sort.down ? " ▼" : " ▲") : "";
      }
      rows = sorted(shown, sort);
      drawn = 0;
      body.replaceChildren();
      none.hidden = rows.length > 0;
      next();
    }
    return { update };
  }

  atlas.table = { createTable, sorted };
})((globalThis.atlas ??= {}));
