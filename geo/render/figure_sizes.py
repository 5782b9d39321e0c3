"""The sizes of page that a figure can have."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PAGE_SIZES", "PageSize"]


@dataclass(frozen=True, slots=True)
class PageSize:
    """One size of page.

    Parameters
    ----------
    width, height
        Inches. A height of 0 means as high as the content needs.
    letters
        Factor on all sizes of letters; at 1 the smallest are 6.5 points.
    rows, columns
        Most rows and columns of small maps; more are put together.
    alone
        Most small maps by one facet alone.
    margin
        Inches on all sides.
    """

    width: float
    height: float
    letters: float
    rows: int
    columns: int
    alone: int
    margin: float = 0.35


PAGE_SIZES = {
    "fit": PageSize(9.2, 0, 1, rows=8, columns=6, alone=12),
    "a4": PageSize(8.27, 11.69, 1, rows=8, columns=6, alone=12, margin=0.45),
    "a4-landscape": PageSize(11.69, 8.27, 1, rows=5, columns=6, alone=12, margin=0.45),
    "a5": PageSize(5.83, 8.27, 1, rows=5, columns=4, alone=9, margin=0.3),
    "a5-landscape": PageSize(8.27, 5.83, 1, rows=3, columns=5, alone=8, margin=0.3),
    "slide": PageSize(40 / 3, 7.5, 1.35, rows=4, columns=6, alone=8, margin=0.45),
}
"""By the names that `geo figure --size` takes; ``slide`` has the shape 16:9."""
