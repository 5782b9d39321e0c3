"use strict";
/** What a reader takes away: CSV of the claims shown, a citation, a picture of the map. */
(function (atlas) {
  const COLUMNS = [
    "claim_id",
    "doc_id",
    "publisher",
    "title",
    "author",
    "published",
    "url",
    "story_id",
    "province_id",
    "province",
    "location_basis",
    "place_name",
    "claim_type",
    "group",
    "stance",
    "attributed_to",
    "attribution_kind",
    "relay",
    "year",
    "year_end",
    "year_basis",
    "quantity",
    "sentence",
    "start",
    "end",
    "mention_start",
    "mention_end",
    "trigger_start",
    "trigger_end",
    "reason",
    "review",
    "voice",
  ];

  /** One cell; what a spreadsheet would run as a formula gets a leading apostrophe. @param {unknown} value */
  function cell(value) {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /** @param {any[]} claims */
  function toCsv(claims) {
    const rows = claims.map((claim) => {
      const { doc } = claim;
      const row = {
        ...claim,
        doc_id: doc.id,
        publisher: doc.publisher,
        title: doc.title,
        author: doc.author,
        published: doc.published,
        url: doc.url,
        story_id: doc.story,
        end: claim.start === null ? null : claim.start + Array.from(claim.sentence).length,
      };
      return COLUMNS.map((name) => cell(row[name])).join(",");
    });
    return [COLUMNS.join(","), ...rows].join("\r\n") + "\r\n";
  }

  /** @param {string} text @param {string} type @param {string} name */
  function download(text, type, name) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = atlas.text.make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /** Put text on the clipboard and say so on the button. @param {string} text @param {HTMLElement} button */
  async function copy(text, button) {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Could not copy";
    }
    setTimeout(() => {
      button.textContent = before;
    }, 1500);
  }

  /** @param {any} claim */
  function citation(claim) {
    const { doc } = claim;
    const who =
      claim.attributed_to || (claim.attribution_kind === "author" ? "the document itself" : claim.attribution_kind);
    const printed = [
      doc.author,
      doc.title && `“${doc.title}”`,
      doc.publisher,
      doc.published || "undated",
      atlas.text.webAddress(doc.url),
    ];
    return `“${claim.sentence.trim()}” (said by: ${who}). ${printed.filter(Boolean).join(", ")}. [${claim.claim_id}]`;
  }

  atlas.exporting = { toCsv, download, copy, citation };
})((globalThis.atlas ??= {}));
