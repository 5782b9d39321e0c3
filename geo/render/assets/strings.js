"use strict";
/**
 * Every word the page says of its own, by key. A table for another language may leave keys out: English
 * stands in. `{name}` is filled in; a text with a `|` is "one|many" and chosen by `n`.
 */
(function (atlas) {
  const EN = {
    "actions.compare": "Compare",
    "actions.copied": "Copied",
    "actions.copyFailed": "Could not copy",
    "actions.copyLink": "Copy link",
    "actions.csv": "CSV",
    "actions.download": "Download",
    "actions.downloadHint": "Download what is shown",
    "actions.geojson": "GeoJSON",
    "actions.map": "Map",
    "actions.png": "PNG",
    "actions.print": "Print",
    "actions.reset": "Reset",
    "actions.svg": "SVG",
    "actions.table": "Table",
    "actions.view": "View",

    "type.presence": "Presence",
    "type.training_camp": "Training camp",
    "type.safe_house": "Safe house",
    "type.weapons_depot": "Weapons depot",
    "type.madrasa": "Madrasa",
    "type.media": "Media",
    "type.official_post": "Official post",
    "type.finance": "Finance",
    "type.operation": "Killed, captured or struck",
    "kind.un": "United Nations",
    "kind.government": "Government, army, intelligence",
    "kind.taliban": "Taliban",
    "kind.militant": "Militant groups",
    "kind.analyst": "Analysts",
    "kind.media": "Media",
    "kind.anonymous": "Anonymous",
    "kind.author": "The document itself",
    "stance.affirmed": "Affirmed",
    "stance.uncertain": "Uncertain",
    "stance.denied": "Denied",
    "group.al-qaeda": "al-Qaeda",
    "group.aqis": "AQIS",
    "group.iskp": "ISKP",
    "group.ttp": "TTP",
    "group.taliban": "Taliban",
    "group.haqqani": "Haqqani network",
    "group.etim": "ETIM",
    "basis.named": "Names the province",
    "basis.place": "Names a place in it",
    "basis.region": "Region",
    "basis.direction": "Direction",
    "basis.country": "Whole country",
    "year.stated": "year stated in the text",
    "year.relative": "year worked out from the publication date",
    "year.published": "year of publication",
    "year.unknown": "no year known",
    "review.unreviewed": "Not reviewed",
    "review.accepted": "Accepted",
    "review.rejected": "Rejected",
    "review.corrected": "Corrected",

    "facet.type": "Claim type",
    "facet.who": "Who is credited",
    "facet.publisher": "Publisher",
    "facet.stance": "Stance",
    "facet.group": "Group",
    "facet.basis": "How the place is given",
    "facet.review": "Review",
    "facet.year": "Year",

    "filters.all": "all",
    "filters.allOf": "{title}: all",
    "filters.changed": " (changed)",
    "filters.chosen": "{n} of {all}",
    "filters.names": "{n} name|{n} names",
    "filters.none": "none",
    "filters.noneOf": "{title}: none",
    "filters.notNamed": "not named",
    "filters.notStated": "not stated",
    "filters.nothing": "There is nothing to filter.",
    "filters.only": "only",
    "filters.onlyThis": "Only {words}",
    "filters.side": "Filters change",
    "search.hint": "quote, place, source, title",
    "search.label": "Search the claims",
    "years.bar": "{year}: {n} claim|{year}: {n} claims",
    "years.bars":
      "Claims by year. Click one year or drag over several; with the keyboard, Shift and an arrow key take more.",
    "years.claimed": "claimed",
    "years.first": "first",
    "years.from": "from",
    "years.fromYear": "From year",
    "years.last": "last",
    "years.play": "play",
    "years.playHint": "Play year by year",
    "years.published": "published",
    "years.stop": "stop",
    "years.to": "to",
    "years.toYear": "To year",
    "years.undated": "undated",

    "count.claims": "{n} claim|{n} claims",
    "count.denials": "{n} denial|{n} denials",
    "count.documents": "{n} document|{n} documents",
    "count.provinces": "{n} province|{n} provinces",
    "count.sources": "{n} independent source|{n} independent sources",
    "count.stories": "{n} story|{n} stories",

    "header.corpus": "corpus",
    "header.generated": "generated",
    "header.period": "claims for {years}",
    "header.printed": "published {years}",
    "header.version": "version",
    "notice.address": "The address asks for a view that this page does not have. All claims are shown instead.",
    "status.shown": "{shown} of {all} shown, {sources}",

    "explain.and": "; ",
    "explain.changed": "Filters: {parts}.",
    "explain.more": "{n} more",
    "explain.none": "none",
    "explain.start": "No filter is set.",
    "explain.text": "words “{text}”",
    "explain.undated": "without undated ones",
    "explain.from": "{by} from {from}",
    "explain.to": "{by} up to {to}",
    "explain.years": "{by} {from} to {to}",
    "explain.yearClaimed": "year claimed",
    "explain.yearPublished": "year published",

    "look.none": "no document matches the filters",
    "look.empty": "no claim found",
    "look.n1": "1 source",
    "look.n2": "2 sources",
    "look.n3": "3 or more",
    "look.uncertain": "only uncertain claims",
    "look.denied": "only denials",
    "look.area": "region or direction",
    "legend.area": "claim about a region or direction, counted apart",
    "legend.note": "White is no claim found in these documents, not evidence of absence.",
    "legend.noteDark": "Unfilled is no claim found in these documents, not evidence of absence.",
    "legend.title": "Independent sources whose claims name the province",
    "map.area": "{n} claim about a region or direction|{n} claims about a region or direction",
    "map.scale": "{n} km",
    "map.empty": "No claim was found in these documents.",
    "map.fit": "Show the whole country",
    "map.noClaims": "Documents match, but no claim passes the filters.",
    "map.noDocuments": "No document matches the chosen publishers and years.",
    "map.named": "{n} claim naming it, from {sources}|{n} claims naming it, from {sources}",
    "map.uncertain": "{n} uncertain",
    "map.warning":
      "Claims as reported. White is no claim found, not evidence of absence. Reported presence is not control.",

    "overview.area": "+{n}\u00a0area",
    "overview.columnProvince": "Province",
    "overview.columnSources": "Independent sources",
    "overview.denied": "{n} denied",
    "overview.lead":
      "{provinces} named by affirmed claims. The number is that of independent sources; “+ area” counts claims about a region or direction.",
    "overview.noClaim": "No claim was found in the {documents} read.",
    "overview.noMatch": "{documents} could match, but no claim passes the filters.",
    "overview.offMap": "Not on the map",
    "overview.offNone": "None among the claims shown.",
    "overview.provinces": "Provinces",
    "off.country": "About the whole country",
    "off.denied": "Denials",
    "off.loose": "Regions without provinces",
    "off.undated": "Undated claims",

    "detail.affirmed": "Claims that name it",
    "detail.area": "About a region or direction that takes it in",
    "detail.areaCount":
      " {n} claim about a region or direction, from {sources}, is counted apart.| {n} claims about a region or direction, from {sources}, are counted apart.",
    "detail.back": "← All provinces",
    "detail.denied": "Denials",
    "detail.empty":
      "{documents} could match, and no claim among those shown names this province. That is no evidence of absence.",
    "detail.lead": "Named by {sources} in {claims}.",
    "detail.noClaims": "No claim was found in the documents read.",
    "detail.noDocument":
      "No document matches the chosen publishers and years, so nothing can be said about this province.",
    "detail.side": "Shown are the claims of {side}, whose filters are being changed.",
    "detail.uncertain": "Uncertain: the text itself hedges",

    "card.affirmedClaims": "{n} affirmed claim|{n} affirmed claims",
    "card.amount": "Amount",
    "card.cite": "Copy citation",
    "card.claim": "Claim {id}, document ",
    "card.copies": "printed in {n} more document|printed in {n} more documents",
    "card.documentItself": "the document itself",
    "card.for": "for {years} ({basis})",
    "card.more": "Show more ({n} left)",
    "card.noPublisher": "publisher not stated",
    "card.noReason": "No reason was recorded.",
    "card.notNamed": "not named ({kind})",
    "card.notWeb": "(not a web address: ",
    "card.printedBy": "Printed by",
    "card.relay": ", as reported by ",
    "card.saidBy": "Said by",
    "card.source": "go to the source",
    "card.undated": "undated",
    "card.why": "Why this counts as a claim",
    "cite.said": "said by: {who}",

    "table.caption": "Claims shown",
    "table.claimYear": "Claim year",
    "table.none": "No claim passes the filters.",
    "table.open": "Open {province} on the map",
    "table.printed": "Published",
    "table.printedBy": "Printed by",
    "table.province": "Province",
    "table.quote": "Quote",
    "table.saidBy": "Said by",
    "table.stance": "Stance",
    "table.type": "Type",
    "table.wholeCountry": "whole country",

    "compare.a": "A",
    "compare.b": "B",
    "compare.change": "Change",
    "compare.difference": "Difference, B against A",
    "compare.fewer": "fewer sources in B",
    "compare.lead":
      "Two choices of filters side by side. The buttons tell whose filters the column beside changes; numbers are independent sources whose affirmed claims name the province.",
    "compare.more": "more sources in B",
    "compare.neither": "in neither",
    "compare.nothing": "one side has no document",
    "compare.onlyA": "only in A",
    "compare.onlyB": "only in B",
    "compare.same": "as many in both",
    "compare.swap": "Swap A and B",
    "compare.table": "Independent sources by province in A and B",

    "page.filters": "Filters",
    "page.claims": "Claims",
    "page.map": "Map",
    "page.mapHint": "Map of provinces. Tab moves from province to province, Enter opens one.",
    "page.skip": "Skip the map: go to the list of provinces",
    "page.warning":
      "White is no claim found in these documents, not evidence of absence. Reported presence is not control.",
    "page.warningDark":
      "No fill is no claim found in these documents, not evidence of absence. Reported presence is not control.",
    "page.method":
      "Method: rules find the sentences in which someone states that al-Qaeda has or does something in a place; each is shown with whom it credits. Colour counts independent sources: one story and whom it credits is one, however often printed; so is one United Nations report. Regions and directions are hatched and counted apart.",
  };

  const TABLES = { en: EN, fa: {}, ps: {} };
  const RIGHT_TO_LEFT = new Set(["fa", "ps", "ar", "ur"]);
  let language = "en";
  /** Made once: making one for each number took a fifth of the time of a change of filters. */
  let digits = new Intl.NumberFormat(language);

  /** Choose a table by language code; unknown codes leave English. @param {string} code */
  function use(code) {
    language = Object.hasOwn(TABLES, code) ? code : "en";
    digits = new Intl.NumberFormat(language);
    return { language, direction: RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr" };
  }

  /** Numbers as the language writes them. @param {number} n */
  function number(n) {
    return digits.format(n);
  }

  /**
   * The words for a key. `n` chooses "one|many" and is written with its separators.
   * @param {string} key @param {Record<string, string | number>} [values]
   */
  function t(key, values = {}) {
    const text = TABLES[language][key] ?? EN[key];
    if (text === undefined) throw new Error("no words for " + key);
    const forms = text.split("|");
    const form = forms.length > 1 && values.n !== 1 ? forms[1] : forms[0];
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" && name !== "year" ? number(value) : String(value ?? "");
    });
  }

  /** The word for a code of the data; unknown codes stand for themselves. @param {string} kind @param {string} code */
  function word(kind, code) {
    return Object.hasOwn(EN, `${kind}.${code}`) ? t(`${kind}.${code}`) : code || t("filters.notStated");
  }

  atlas.strings = { t, word, number, use, EN, TABLES };
})((globalThis.atlas ??= {}));
