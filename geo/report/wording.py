"""The sentences of a report that hold for every report, and small tools to make those that do not."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "CAVEATS",
    "CLAIM_HEADS",
    "METHOD",
    "PROVINCE_HEADS",
    "PROVINCE_NOTE",
    "READING",
    "TABLE_TEXTS",
    "WHOLE_COUNTRY",
    "YEAR_BASES",
    "count",
    "listed",
    "years_in_words",
]

WHOLE_COUNTRY = "The whole country"

READING = (
    "Everything here is a claim: somebody says it, and somebody printed it. The report does not judge "
    "whether it is so.",
    "Colours count independent sources whose affirmed claims name the province or a place in it. One story "
    "and whom it credits is one source, however often it is printed; all claims of the United Nations for "
    "one year are one source.",
    "White is no claim found in these texts. It is not a sign of absence. Reported presence is not control.",
    "A claim about a region (“the eastern provinces”) is hatched and counted apart; it never colours a "
    "province as if it were named. A claim about the whole country is on no map.",
    "In a quote, the place is bold and the words that make it a claim are underlined. “Hedged” means "
    "that the text itself says may, possibly or unconfirmed.",
)

METHOD = (
    "Finding. The texts are searched for the names of provinces and of places in them, in many spellings and "
    "scripts, and for the phrases that make a claim. Rules decide, for every sentence with both, which group "
    "it is about, what is claimed, whether it is affirmed, denied or hedged, whom the text credits and for "
    "which year. Names and phrases are tables that come with the tool.",
    "Credit. Whom a text credits with a claim and who printed the text are kept apart. An article that "
    "quotes a report of the United Nations is a claim of the United Nations, printed by that paper.",
    "Years. The year is the one the claim is made for: stated in the text, worked out from words such as "
    "“last month”, or else the year of publication. Where none is known the claim is undated; "
    "no year is guessed.",
    "Copies. Documents that carry the same text are one story. A statement is one row here, the earliest "
    "document first, with those that also printed it.",
    "Accuracy. How often the rules are right was measured on texts with tables made by hand. The page "
    "docs/accuracy.md of the version named above has the numbers and says what they are worth; they are not "
    "repeated here, because texts of another sort may fare better or worse.",
)

CAVEATS = (
    "Read the quote before you rely on a row, and the document before you rely on the quote. Rules miss "
    "claims that are worded in ways nobody foresaw, and misread some sentences.",
    "The texts were chosen by somebody. What they do not cover cannot be found in them, and a place that is "
    "written about more is named more.",
    "Two articles that credit “officials” count as two sources, although one briefing may stand behind both.",
    "Year and place are those of the claim. That something was claimed for a year does not say that it began "
    "or ended then.",
    "To cite a claim, cite the document and quote the sentence, not this report.",
)

PROVINCE_HEADS = ("Province", "On the map", "Claimed", "Independent sources", "Claimed for")
CLAIM_HEADS = ("Province", "Claim", "Credited to", "Printed by", "Claimed for", "Quote")
PROVINCE_NOTE = (
    "Provinces that some claim concerns. The number after a type counts claims; independent sources are "
    "counted by what they say of the province."
)

TABLE_TEXTS = {
    "province": (
        "Claims by province",
        "Affirmed and hedged claims that name a province or a place in it, with a year.",
    ),
    "denied": ("Denials", "Somebody says that it is not so."),
    "area": (
        "Regions and directions",
        "One row a statement, with the provinces that the region takes in. They are hatched on the map.",
    ),
    "country": ("The whole country", "Claims, hedges and denials that no province can show."),
    "undated": (
        "Undated claims",
        "Affirmed and hedged claims that name a province or a place in it, for which no year is known.",
    ),
}
"""Heading and note of every table of claims, by `geo.report.statements.SORTS`."""

YEAR_BASES = {
    "stated": "stated in the text",
    "relative": "worked out from the text",
    "published": "year of publication",
    "unknown": "",
}


def count(n: int, word: str) -> str:
    """Return a number with its word: "1 story", "4 stories", "1,200 claims"."""
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{n:,} {word if n == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Join words as a person would: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def years_in_words(years: Sequence[int]) -> str:
    """Return years as spans: ``2019, 2021–2023``.

    Examples
    --------
    >>> years_in_words([2023, 2019, 2022, 2021])
    '2019, 2021–2023'
    """
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
