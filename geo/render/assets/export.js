"use strict";
/** What a reader takes away: CSV of the claims shown, a citation, a picture of the map. */
(function (atlas) {
  const { t, word } = atlas.strings;
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

  /** @param {string | Blob} content @param {string} type @param {string} name */
  function download(content, type, name) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = atlas.text.make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /** A drawing as a picture of points, twice as fine as its size. @param {string} drawing @returns {Promise<Blob>} */
  async function toPng(drawing) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawing);
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
    });
  }

  /** Put text on the clipboard and say so on the button. @param {string} text @param {HTMLElement} button */
  async function copy(text, button) {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = t("actions.copied");
    } catch {
      button.textContent = t("actions.copyFailed");
    }
    setTimeout(() => {
      button.textContent = before;
    }, 1500);
  }

  /** @param {any} claim */
  function citation(claim) {
    const { doc } = claim;
    const who =
      claim.attributed_to ||
      (claim.attribution_kind === "author" ? t("card.documentItself") : word("kind", claim.attribution_kind));
    const printed = [
      doc.author,
      doc.title && `“${doc.title}”`,
      doc.publisher,
      doc.published || t("card.undated"),
      atlas.text.webAddress(doc.url),
    ];
    return `“${claim.sentence.trim()}” (${t("cite.said", { who })}). ${printed.filter(Boolean).join(", ")}. [${claim.claim_id}]`;
  }

  atlas.exporting = { toCsv, toPng, download, copy, citation };
})((globalThis.atlas ??= {}));
