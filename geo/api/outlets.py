"""What chosen claims become: figures, pages, reports and tables on disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

import pandas as pd

from geo import schema
from geo.aggregate import COUNTED_REVIEWS, filter_claims
from geo.api.choice import Choice, keep_chosen
from geo.api.maps import Drawing, MapFigure, MapView, draw, figure_defaults, plan_figure
from geo.api.outputs import build_page, write_chosen_report, write_image, write_page, write_run
from geo.api.run import Run
from geo.api.shapes import Shapes
from geo.errors import UsageError

__all__ = ["Outputs"]

_LOWEST = 100
_PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Outputs:
    """Claims of one run, which of them are chosen, and all that can be drawn and written of them.

    The part of `geo.Claims` that makes pictures and files.
    """

    _run: Run
    _choice: Choice = field(default_factory=Choice)
    _shapes: Shapes = field(default_factory=Shapes)
    _kept: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_kept", keep_chosen(self._run.claims, self._choice))

    @property
    def _chosen(self) -> pd.DataFrame:
        """The chosen rows with the index of all: what was chosen, and the defaults where nothing was."""
        return filter_claims(
            self._kept,
            group=schema.MAPPED_GROUPS if self._choice.group is None else (),
            review=COUNTED_REVIEWS if self._choice.review is None else (),
        )

    def __len__(self) -> int:
        return len(self._chosen)

    def plot(self, **options: Any) -> MapFigure:
        """Draw the chosen claims as one map, or as small maps by facets.

        Parameters
        ----------
        **options
            Fields of `geo.FigureOptions` that do not choose claims: ``by`` (one or two
            facets), ``title``, ``subtitle``, ``dpi`` (110 unless given), …

        Returns
        -------
        matplotlib.figure.Figure
            Shown as a picture in a notebook; its ``alt`` is the map in words.

        Examples
        --------
        >>> import geo
        >>> figure = geo.extract("seeds").plot(title="What five texts claim")
        >>> print(figure.alt[:62])
        Map of the 34 provinces of Afghanistan. What five texts claim.
        """
        return draw(self._plan(options))

    def explore(self, by: str | Sequence[str] = (), *, height: int = 700) -> MapView:
        """Show the chosen claims as the interactive atlas, inside a notebook and without a network.

        The atlas runs in a sandboxed frame. Where a front end shows no such frame (GitHub),
        a picture of the same map stands in its place, and words where there are no pictures.

        Parameters
        ----------
        by
            Facets for the picture, as in `plot`; the page itself has filters and comparison.
        height
            Height of the frame in pixels, 100 or more.

        Raises
        ------
        UsageError
            If a facet is not known, or the height is none.
        """
        if not isinstance(height, int) or height < _LOWEST:
            raise UsageError(f"height {height!r}: expected a whole number of pixels from {_LOWEST} on.")
        figure = self.plot(by=by) if by else self.plot()
        return MapView(self._page(dated=False), figure.png(), figure.alt, height)

    @overload
    def to_html(self, path: None = None, *, title: str = "") -> str: ...
    @overload
    def to_html(self, path: _PathLike, *, title: str = "") -> Path: ...
    def to_html(self, path: _PathLike | None = None, *, title: str = "") -> str | Path:
        """Write the interactive atlas of the chosen claims, one file that needs no network.

        Parameters
        ----------
        path
            An ``.html`` file; without it the page is returned as a text.
        title
            Heading of the page.
        """
        if path is None:
            return self._page(title)
        return write_page(lambda: self._page(title), Path(path))

    @overload
    def to_image(self, path: None = None, **options: Any) -> bytes: ...
    @overload
    def to_image(self, path: _PathLike, **options: Any) -> Path: ...
    def to_image(self, path: _PathLike | None = None, **options: Any) -> bytes | Path:
        """Draw the map to a file for a report, or to PNG bytes.

        Parameters
        ----------
        path
            ``.png``, ``.svg`` or ``.pdf``. Caption (``.txt``), alternative text (``.alt.txt``) and
            numbers (``.csv``) are written beside it under the same name.
        **options
            As for `plot`; 300 dots per inch for a file unless ``dpi`` is given.

        Raises
        ------
        UsageError
            If the file cannot be written there, or its numbers would replace another table.
        """
        if path is None:
            return self.plot(**options).png()
        return write_image(lambda day: self._plan({"dpi": 300, "date": day, **options}), Path(path))

    def to_report(self, path: _PathLike, *, title: str = "", max_claims: int = 200) -> Path:
        """Write a report of the chosen claims: maps, quotes, documents, method and caveats.

        Claims that a reviewer rejected are left out, and counted. All claims of the report are
        written beside it, under its name with ``.claims.csv`` behind it.

        Parameters
        ----------
        path
            ``.docx`` or ``.html``.
        title
            Heading of the report.
        max_claims
            Most rows in its tables of claims; the report says what is left out.

        Raises
        ------
        UsageError
            If the file cannot be written there.
        """
        return write_chosen_report(
            self._run, self._kept, Path(path),
            choice=self._choice, shapes=self._shapes, title=title, max_claims=max_claims,
        )  # fmt: skip

    def save(self, folder: _PathLike) -> Path:
        """Write the tables of the chosen claims as ``geo extract`` does; `geo.load` reads them back.

        Gives ``claims.csv``, ``mentions.csv``, ``documents.csv`` and ``run.json``. Claims of other
        groups and rejected ones are in it unless `filter` chose among them.
        """
        tables = {"claims": self._kept, "mentions": self._run.mentions, "documents": self._run.documents}
        return write_run(tables, Path(folder), corpus=self._run.corpus, chosen=self._choice.in_words())

    def _plan(self, given: dict[str, Any]) -> Drawing:
        return plan_figure(
            self._run.claims, self._chosen, self._run.documents, self._shapes,
            choice=self._choice, given=given, defaults=figure_defaults(self._shapes.note, self._run.corpus),
        )  # fmt: skip

    def _page(self, title: str = "", *, dated: bool = True) -> str:
        return build_page(
            self._run, self._kept, choice=self._choice, shapes=self._shapes, title=title, dated=dated
        )
