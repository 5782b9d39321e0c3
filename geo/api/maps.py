"""Maps of chosen claims: a figure, a picture, and the interactive page in a frame.

Front ends differ in what they show of an output. Jupyter runs the page in its frame.
GitHub takes frames out of HTML, and VS Code may leave them blank: both then show the
picture that lies beneath. Where no HTML is shown, the picture is an output of its own,
and where there is no picture, the words that describe it are.
"""

from __future__ import annotations

import base64
import html
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from geo import __version__, schema
from geo.api.choice import ALL, Choice
from geo.api.shapes import Shapes
from geo.api.show import did_you_mean, escape, listed
from geo.errors import UsageError
from geo.render.figure import FigureOptions, make_figure, say_chosen, write_figure

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LEFT_OUT",
    "Drawing",
    "MapFigure",
    "MapView",
    "draw",
    "figure_defaults",
    "limits_of",
    "plan_figure",
    "unsaid_of",
]

NOTEBOOK_DPI = 110
"""Dots per inch of pictures in a notebook: they are stored in its file."""

_CHOSEN = ("claim_type", "attribution_kind", "publisher", "stance", "location_basis")
_YEARS = ("year", "published")
_CHOSEN_ELSEWHERE = (*_CHOSEN, "group", *(f"{name}_{end}" for name in _YEARS for end in ("from", "to")))
_FILTERS = ("type", "year", "published", "source", "province", "basis", "review", "text")
LEFT_OUT = "left out"
"""A group for the claims that were not chosen: figures and reports leave it out."""


_Bundle = tuple[dict[str, str], dict[str, dict[str, str]]]


def _bundle(picture: bytes, alt: str) -> _Bundle:
    """Put a picture and its words together as notebooks take them, the words also as the picture's own."""
    encoded = base64.b64encode(picture).decode("ascii")
    return {"image/png": encoded, "text/plain": alt}, {"image/png": {"alt": alt}}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What `geo.render.figure.draw_figure` needs for chosen claims."""

    claims: pd.DataFrame
    documents: pd.DataFrame
    shapes: Shapes
    options: FigureOptions


class MapFigure(Figure):
    """A matplotlib figure that notebooks show as a picture, whether or not pyplot was imported.

    ``alt`` is the map in words; it is the output where no picture can be shown.
    """

    alt: str = ""

    def png(self) -> bytes:
        """Return the figure as a PNG in its own resolution."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.png"
            write_figure(self, path)
            return path.read_bytes()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None, **_kwargs: object) -> _Bundle:
        del include, exclude
        return _bundle(self.png(), self.alt)


@dataclass(frozen=True, slots=True, repr=False)
class MapView:
    """The interactive atlas for a notebook, with a picture of the map in case it cannot run.

    Parameters
    ----------
    page
        The atlas as one HTML text that asks nothing of the network.
    picture
        The map as PNG.
    alt
        The map in words.
    height
        Height of the frame in pixels.
    """

    page: str
    picture: bytes
    alt: str
    height: int = 700

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path."""
        from geo.store import write_text

        write_text(self.page, path)
        return Path(path)

    def __repr__(self) -> str:
        return self.alt

    def _html(self) -> str:
        """The page in a frame that may run its scripts and nothing else, over the picture.

        Without its style the frame is gone or blank on some sites; the picture then stands alone.
        """
        image = base64.b64encode(self.picture).decode("ascii")
        page = self.page.encode("utf-8", "replace").decode()
        whole = "position:absolute;top:0;left:0;width:100%;height:100%"
        return (
            f'<div style="position:relative;width:100%;height:{self.height:d}px">'
            f'<img src="data:image/png;base64,{image}" alt="{escape(self.alt)}" '
            f'style="{whole};object-fit:contain;margin:0">'
            f'<iframe title="Interactive map of claims" srcdoc="{html.escape(page)}" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
            f'style="{whole};border:0"></iframe></div>'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None, **_kwargs: object) -> _Bundle:
        del include, exclude
        data, metadata = _bundle(self.picture, self.alt)
        return {"text/html": self._html(), **data}, metadata


def plan_figure(
    whole: pd.DataFrame,
    chosen: pd.DataFrame,
    documents: pd.DataFrame,
    shapes: Shapes,
    *,
    choice: Choice,
    given: Mapping[str, Any],
    defaults: Mapping[str, Any],
) -> Drawing:
    """Put a choice of claims into the options of a figure, so that its words and empty maps are right.

    A figure counts the documents of a source, publisher or year from all claims. So it
    gets all of them; those that were not chosen are put into a group that it leaves out.

    Parameters
    ----------
    whole, chosen
        All claims, and those to show, with the index of ``whole``.
    choice
        How they were chosen.
    given, defaults
        Fields of `geo.FigureOptions` from the user, and what stands for those not given.

    Raises
    ------
    UsageError
        If a field is not known or chooses claims, which `Claims.filter` does.
    """
    _check_names(given)
    shown = whole.index.isin(chosen.index)
    claims = whole.assign(
        group=whole["group"].where(shown, LEFT_OUT), review=whole["review"].mask(shown, "unreviewed")
    )
    options = FigureOptions(**{**defaults, **limits_of(choice, chosen), **_as_tuples(given)})
    drawing = Drawing(claims, documents, shapes, options)
    return replace(drawing, options=say_chosen(claims, documents, shapes.read(), options, unsaid_of(choice)))


def draw(drawing: Drawing) -> MapFigure:
    """Draw a planned figure."""
    ready = make_figure(
        drawing.claims,
        drawing.documents,
        drawing.shapes.read(),
        options=drawing.options,
        geometry=drawing.shapes.prepare(),
    )
    figure = ready.figure
    figure.__class__ = MapFigure  # the same figure, which now also knows how to show itself
    assert isinstance(figure, MapFigure)
    figure.alt = ready.alt.strip()
    return figure


def _check_names(given: Mapping[str, Any]) -> None:
    known = [one.name for one in fields(FigureOptions) if one.name not in _CHOSEN_ELSEWHERE]
    for name in given:
        if name in _CHOSEN_ELSEWHERE or name in _FILTERS:
            raise UsageError(f"{name!r}: chooses claims, which filter does first: claims.filter(…).plot().")
        if name not in known:
            raise UsageError(
                f"{name!r}: no option of a figure.{did_you_mean(name, known)} Expected {listed(known, 30)}."
            )


def _as_tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    """Facets as a tuple, from one name or a list of them."""
    by = given.get("by")
    if by is None:
        return {name: value for name, value in given.items() if name != "by"}
    return {**given, "by": (by,) if isinstance(by, str) else tuple(by)}


def limits_of(choice: Choice, chosen: pd.DataFrame) -> dict[str, Any]:
    """The choice as far as a figure has options for it; what lets nothing pass is not among them."""
    limits: dict[str, Any] = {name: value for name in _CHOSEN if (value := getattr(choice, name))}
    for name in _YEARS:
        first, last = getattr(choice, f"{name}_from"), getattr(choice, f"{name}_to")
        if first is None or last is None or first <= last:
            limits |= {f"{name}_from": first, f"{name}_to": last}
    groups: Sequence[str] = choice.group or schema.MAPPED_GROUPS
    if ALL in groups:
        groups = sorted({*chosen["group"], *schema.MAPPED_GROUPS})
    return limits | {"group": tuple(groups)}


def unsaid_of(choice: Choice) -> str:
    """Restrictions that a figure's own words do not tell."""
    told = Choice(
        province_id=choice.province_id,
        location_basis=choice.location_basis,
        review=choice.review,
        words=choice.words,
    )
    return "; ".join(told.in_words())


def figure_defaults(note: str, corpus: str) -> dict[str, Any]:
    """Return what every figure of a run carries."""
    return {"tool_version": __version__, "boundary_note": note, "corpus_hash": corpus, "dpi": NOTEBOOK_DPI}
