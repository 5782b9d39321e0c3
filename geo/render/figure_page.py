"""A page on which things are put at inches, with the words above and below what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from geo.render.figure_geometry import Bounds, Frame
from geo.render.figure_measure import LINE_SPACING, measure_text, wrap_text
from geo.render.figure_sizes import PageSize
from geo.render.figure_text import FigureText
from geo.render.figure_themes import Theme
from geo.render.style import StateStyle

__all__ = ["Page", "Sheet", "lay_out_sheet", "open_page"]

_TITLE, _SMALLEST_TITLE, _SUBTITLE, _NOTE = 15.0, 11.0, 8.5, 7.0
_GAP = 0.12


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a page, wrapped to its width, and the room they take in inches."""

    size: PageSize
    theme: Theme
    title: str
    title_points: float
    subtitle: str
    notes: str
    head: float
    foot: float

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.size.width - 2 * self.size.margin

    @property
    def room(self) -> float:
        """Height between head and foot on a page of given height."""
        return self.size.height - self.head - self.foot


class Page:
    """A figure of a given size on which things are put at inches from its lower left corner."""

    def __init__(self, width: float, height: float, theme: Theme, letters: float) -> None:
        self.width, self.height, self.theme, self.letters = width, height, theme, letters
        self.figure = Figure(figsize=(width, height), facecolor=theme.page)

    def text(self, x: float, y: float, text: str, points: float, **more: Any) -> None:
        """Write a text as it is, at its true size in points."""
        options: dict[str, Any] = {
            "color": self.theme.ink,
            "va": "baseline",
            "linespacing": LINE_SPACING,
            **more,
        }
        self.figure.text(
            x / self.width, y / self.height, text, fontsize=points, parse_math=False, usetex=False, **options
        )

    def add(self, artist: Any, frame: Frame | None = None) -> Any:
        """Add an artist whose coordinates are inches, or metres in the frame."""
        to_inches = Affine2D()
        if frame is not None:
            west, south, _, _ = frame.bounds
            to_inches.translate(-west, -south).scale(1 / frame.metres_per_inch)
            to_inches.translate(frame.left, frame.bottom)
        artist.set_transform(to_inches + self.figure.dpi_scale_trans)
        return self.figure.add_artist(artist)

    def box(self, x: float, y: float, width: float, height: float, **more: Any) -> Rectangle:
        """Add a rectangle."""
        rectangle: Rectangle = self.add(Rectangle((x, y), width, height, **more))
        return rectangle

    def hatch(self, patch: Any, look: StateStyle) -> Any:
        """Give a patch the pattern of a state."""
        patch.set(hatch=look.hatch, hatchcolor=look.hatch_colour, hatch_linewidth=0.6)
        return patch


def lay_out_sheet(text: FigureText, size: PageSize, theme: Theme) -> Sheet:
    """Wrap all words to a page: a long title gets smaller, then more lines."""
    inner = (size.width - 2 * size.margin) * 72
    points = _TITLE * size.letters
    while points > _SMALLEST_TITLE * size.letters and measure_text(text.title, points, bold=True)[0] > inner:
        points -= 0.5
    title = wrap_text(text.title, points, inner, bold=True)
    subtitle = wrap_text(text.subtitle, _SUBTITLE * size.letters, inner)
    notes = "\n".join(wrap_text(note, _NOTE * size.letters, inner) for note in text.notes)
    head = size.margin + _height(title, points) + 0.05 + _height(subtitle, _SUBTITLE * size.letters) + _GAP
    foot = size.margin * 0.6 + _height(notes, _NOTE * size.letters) + _GAP
    return Sheet(size, theme, title, points, subtitle, notes, head, foot)


def _height(lines: str, points: float) -> float:
    """Height in inches of a text of several lines."""
    return (lines.count("\n") + 1) * points * LINE_SPACING / 72


def open_page(sheet: Sheet, body_height: float) -> tuple[Page, Bounds]:
    """Begin a page with its words; a page of given height keeps it.

    Returns
    -------
    tuple
        The page, and the box for its content: left, bottom, right, top in inches.
    """
    size = sheet.size
    height = size.height or sheet.head + body_height + sheet.foot
    page = Page(size.width, height, sheet.theme, size.letters)
    margin, top = size.margin, height - size.margin
    page.text(margin, top, sheet.title, sheet.title_points, weight="bold", va="top")
    below = top - _height(sheet.title, sheet.title_points) - 0.05
    muted = sheet.theme.muted
    page.text(margin, below, sheet.subtitle, _SUBTITLE * size.letters, va="top", color=muted)
    page.text(margin, margin * 0.6, sheet.notes, _NOTE * size.letters, va="bottom", color=muted)
    return page, (margin, sheet.foot, size.width - margin, height - sheet.head)
