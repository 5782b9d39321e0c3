"""The three looks of a figure: colours for print, light on dark for screens, and greys.

In each, more sources contrast more with the page, neighbours in the legend differ in
lightness or in pattern, and letters keep a contrast of 4.5 to 1 with what lies below them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.render import style
from geo.render.style import StateStyle

__all__ = ["DIFFERENCE_STATES", "THEMES", "Theme"]

DIFFERENCE_STATES = ("both", "only_a", "only_b", "weaker", "neither", "no_document")
"""States of a province on a map of differences, in the order of the legend."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one look.

    ``faint`` is for lines and borders where there is no document, ``blank`` the
    word for a province that no claim names. ``states`` are those of
    `geo.render.style.STATE_STYLES` and of `DIFFERENCE_STATES`; the labels of the
    sides of a difference are written by the figure.
    """

    page: str
    ink: str
    muted: str
    outline: str
    faint: str
    blank: str
    states: dict[str, StateStyle]


_DIFFERENCES = {
    "both": StateStyle("In both", "#54278f", text="#ffffff"),
    "only_a": StateStyle("Only in A", "#deebf7", "\\\\\\\\", "#2b6ca3"),
    "only_b": StateStyle("Only in B", "#fdae6b"),
    "weaker": StateStyle("Only hedged, denied or part of a region", "#ffffff", "....", "#8c8c8c"),
    "neither": StateStyle("Named in neither", "#ffffff", text=style.MUTED),
}


def _recolour(changes: dict[str, tuple[str, str, str]]) -> dict[str, StateStyle]:
    """All states with other colours: of the fill, the pattern and the letters."""
    known = {**style.STATE_STYLES, **_DIFFERENCES}
    return {
        state: replace(look, fill=changes[state][0], hatch_colour=changes[state][1], text=changes[state][2])
        for state, look in known.items()
    }


_SCREEN_INK, _SCREEN_MUTED, _SCREEN_PAGE, _SCREEN_BLANK = "#f2f4f6", "#b4bcc6", "#14181d", "#14181d"
_GREY_INK, _GREY_MUTED = "#1a1a1a", "#5c5c5c"

THEMES = {
    "print": Theme(
        "#ffffff",
        style.INK,
        style.MUTED,
        style.OUTLINE,
        "#cfcfcf",
        "White",
        {**style.STATE_STYLES, **_DIFFERENCES},
    ),
    "screen": Theme(
        _SCREEN_PAGE,
        _SCREEN_INK,
        _SCREEN_MUTED,
        "#8f9aa6",
        "#4a545f",
        "Dark",
        _recolour(
            {
                "sources_3": ("#fff0c2", "#14181d", "#14181d"),
                "sources_2": ("#fdae61", "#14181d", "#14181d"),
                "sources_1": ("#a8502a", "#ffffff", "#ffffff"),
                "uncertain": ("#3a2a20", "#f2a65e", _SCREEN_INK),
                "region": (_SCREEN_BLANK, "#8f9aa6", _SCREEN_INK),
                "denied": (_SCREEN_BLANK, "#7fa8d1", _SCREEN_INK),
                "not_named": (_SCREEN_BLANK, "#8f9aa6", _SCREEN_MUTED),
                "no_document": ("#2b323b", "#8f9aa6", _SCREEN_MUTED),
                "both": ("#e9dcff", "#14181d", "#14181d"),
                "only_a": ("#16384f", "#7cc0ee", _SCREEN_INK),
                "only_b": ("#c8741f", "#14181d", "#14181d"),
                "weaker": (_SCREEN_BLANK, "#8f9aa6", _SCREEN_INK),
                "neither": (_SCREEN_BLANK, "#8f9aa6", _SCREEN_MUTED),
            }
        ),
    ),
    "greyscale": Theme(
        "#ffffff",
        _GREY_INK,
        _GREY_MUTED,
        "#555555",
        "#cfcfcf",
        "White",
        _recolour(
            {
                "sources_3": ("#2f2f2f", "#ffffff", "#ffffff"),
                "sources_2": ("#8f8f8f", _GREY_INK, "#000000"),
                "sources_1": ("#d2d2d2", _GREY_INK, _GREY_INK),
                "uncertain": ("#f2f2f2", "#4a4a4a", _GREY_INK),
                "region": ("#ffffff", "#8c8c8c", _GREY_INK),
                "denied": ("#ffffff", "#7a7a7a", _GREY_INK),
                "not_named": ("#ffffff", "#8c8c8c", _GREY_MUTED),
                "no_document": ("#eeeeee", "#8c8c8c", _GREY_MUTED),
                "both": ("#2f2f2f", "#ffffff", "#ffffff"),
                "only_a": ("#f2f2f2", "#5f5f5f", _GREY_INK),
                "only_b": ("#a6a6a6", _GREY_INK, "#000000"),
                "weaker": ("#ffffff", "#8c8c8c", _GREY_INK),
                "neither": ("#ffffff", "#8c8c8c", _GREY_MUTED),
            }
        ),
    ),
}
"""By the names that `geo figure --theme` takes."""
