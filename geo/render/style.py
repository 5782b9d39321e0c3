"""The visual vocabulary that the atlas and the figures share: colours, patterns, words.

The classes are told apart by lightness alone, so they hold in greyscale and
for colour-blind readers; states that are not a number of sources are told
apart by pattern. Colours: ColorBrewer "OrRd" (C. Brewer, Apache License 2.0).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BOUNDARY_NOTE",
    "CLASS_STATES",
    "FACET_LABELS",
    "GROUP_LABELS",
    "HEADLINES",
    "INK",
    "KIND_LABELS",
    "METHOD_NOTE",
    "MUTED",
    "OUTLINE",
    "PROJECTION_NOTE",
    "STANCE_LABELS",
    "STATES",
    "STATE_STYLES",
    "TYPE_LABELS",
    "StateStyle",
    "choose_state",
    "classify",
    "label_facet",
]

INK = "#1a1a1a"
MUTED = "#5c5c5c"
OUTLINE = "#555555"

BOUNDARY_NOTE = (
    "Boundaries: Natural Earth (public domain), 34 provinces; shown boundaries do not imply endorsement."
)
METHOD_NOTE = "White is no claim found in these texts, not absence; reported presence is not control."
PROJECTION_NOTE = "Albers equal-area 31°/37°N, 34°N 66°E, WGS 84"

TYPE_LABELS = {
    "presence": "presence",
    "training_camp": "training camps",
    "safe_house": "safe houses",
    "weapons_depot": "weapons depots",
    "madrasa": "madrasas",
    "media": "media work",
    "official_post": "official posts",
    "finance": "income and finance",
    "operation": "operations against it",
}
"""Claim types in plain words, for legends and filters."""

HEADLINES = {
    "": "claims about al-Qaeda",
    "presence": "claims of al-Qaeda presence",
    "training_camp": "claims of al-Qaeda training camps",
    "safe_house": "claims of al-Qaeda safe houses",
    "weapons_depot": "claims of al-Qaeda weapons depots",
    "madrasa": "claims of al-Qaeda madrasas",
    "media": "claims of al-Qaeda media work",
    "official_post": "claims that al-Qaeda members hold official posts",
    "finance": "claims of al-Qaeda income and finance",
    "operation": "claims of operations against al-Qaeda",
}
"""What a figure shows, by claim type; the empty key is all types together."""

KIND_LABELS = {
    "un": "United Nations",
    "government": "Governments and armies",
    "taliban": "Taliban",
    "militant": "Other militants",
    "analyst": "Analysts",
    "media": "Media",
    "anonymous": "Unnamed sources",
    "author": "The article's author",
}
STANCE_LABELS = {"affirmed": "affirmed", "denied": "denied", "uncertain": "hedged"}
GROUP_LABELS = {
    "al-qaeda": "al-Qaeda",
    "aqis": "AQIS",
    "iskp": "ISKP",
    "ttp": "TTP",
    "taliban": "the Taliban",
    "haqqani": "the Haqqani network",
    "etim": "ETIM",
}
FACET_LABELS = {
    "attribution_kind": "source",
    "claim_type": "type of claim",
    "year": "year",
    "published_year": "year of publication",
    "location_basis": "basis",
}
"""What a facet is called in titles; others keep their column's name."""


@dataclass(frozen=True, slots=True)
class StateStyle:
    """How a province in one state is drawn.

    ``hatch`` is a matplotlib pattern, empty for none; ``text`` is the colour
    that reads well on ``fill``.
    """

    label: str
    fill: str
    hatch: str = ""
    hatch_colour: str = OUTLINE
    text: str = INK


STATE_STYLES = {
    "sources_3": StateStyle("3 or more sources", "#b30000", text="#ffffff"),
    "sources_2": StateStyle("2 sources", "#fc8d59"),
    "sources_1": StateStyle("1 source", "#fdd49e"),
    "uncertain": StateStyle("Only hedged claims", "#fef0d9", "....", "#8a4b00"),
    "region": StateStyle("Only as part of a named region", "#ffffff", "////", "#8c8c8c"),
    "denied": StateStyle("Only denied", "#ffffff", "xxx", "#6a7f95"),
    "not_named": StateStyle("Not named in these texts", "#ffffff", text=MUTED),
    "no_document": StateStyle("No document", "#eeeeee", text=MUTED),
}
"""States of a province on a map, in the order of the legend."""

STATES = tuple(STATE_STYLES)
CLASS_STATES = ("sources_1", "sources_2", "sources_3")


def classify(n: int) -> int:
    """Class of a number of independent sources: 0, 1, 2, or 3 for three and more."""
    return max(0, min(n, 3))


def choose_state(
    *, sources: int, uncertain: int, sources_region: int, denied: int, has_documents: bool
) -> str:
    """State of one province: the strongest thing said about it.

    Affirmed by name comes first, then hedged by name, then a region or
    direction around it, then denied; what no text names is ``not_named``, and
    ``no_document`` where there was no text to name it.
    """
    if not has_documents:
        return "no_document"
    if sources > 0:
        return f"sources_{classify(sources)}"
    if uncertain > 0:
        return "uncertain"
    if sources_region > 0:
        return "region"
    return "denied" if denied > 0 else "not_named"


def label_facet(column: str, value: str) -> str:
    """Plain words for one facet value; an empty one is "undated" or "not stated"."""
    tables = {
        "attribution_kind": KIND_LABELS,
        "claim_type": TYPE_LABELS,
        "stance": STANCE_LABELS,
        "group": GROUP_LABELS,
    }
    if not value:
        return "undated" if column in ("year", "published_year") else "not stated"
    return tables.get(column, {}).get(value, value)
