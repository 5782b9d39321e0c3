"""Write a report: figures, content, page or Word file, and the table of its claims beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import UsageError
from geo.report.options import ReportOptions
from geo.report.pictures import draw_pictures
from geo.report.prepare import filter_for_report, prepare_report
from geo.schema import check_claims
from geo.store import write_bytes, write_csv

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["ENDINGS", "table_beside", "write_report"]

ENDINGS = (".docx", ".html", ".htm")
"""What `write_report` can write, by the end of the file's name."""


def table_beside(path: Path | str) -> Path:
    """Name the table that goes with a report: ``report.docx`` has ``report.docx.claims.csv``."""
    target = Path(path)
    return target.with_name(f"{target.name}.claims.csv")


def write_report(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    *,
    options: ReportOptions | None = None,
    path: Path | str,
) -> list[Path]:
    """Write a report as a Word file or an HTML page, and all its claims as CSV beside it.

    The same input gives the same bytes. A page is one file that asks nothing of
    the network and runs nothing. Each file appears whole or not at all.

    Parameters
    ----------
    claims, documents
        The tables of a run, unfiltered: columns of `geo.schema.CLAIM_COLUMNS` and
        `geo.schema.DOCUMENT_COLUMNS`.
    boundaries
        34 rows with ``province_id``, ``name_en`` and polygons, any CRS.
    options
        Which claims it holds and what it says of itself; all of them by default.
    path
        Ends with ``.docx``, ``.html`` or ``.htm``.

    Returns
    -------
    list of pathlib.Path
        The report and the table.

    Raises
    ------
    UsageError
        If the ending or a value in the options is not known.
    SchemaError
        If a table lacks columns or holds values outside the contract.
    """
    target, chosen = Path(path), options or ReportOptions()
    kind = target.suffix.lower()
    if kind not in ENDINGS:
        raise UsageError(f"{target}: cannot write a report as that. Expected {', '.join(ENDINGS)}.")
    checked = check_claims(claims)
    pictures = draw_pictures(checked, documents, boundaries, options=chosen)
    beside = table_beside(target)
    report = prepare_report(
        checked, documents, boundaries, options=chosen, pictures=pictures, beside=beside.name
    )
    if kind == ".docx":
        from geo.report.word import make_word

        content = make_word(report)
    else:
        from geo.report.page import make_page

        content = make_page(report).encode("utf-8")
    write_csv(filter_for_report(checked, chosen), beside)
    write_bytes(content, target)
    return [target, beside]
