"""A report to hand on: a page or a Word file with map, claims, quotes, documents and caveats.

`geo.report.prepare` works out what it says, `geo.report.page` and
`geo.report.word` lay it out; `write_report` does all of it.
"""

from __future__ import annotations

from geo.report.options import DEFAULT_TITLE, ReportOptions
from geo.report.prepare import prepare_report
from geo.report.record import describe_run
from geo.report.write import ENDINGS, table_beside, write_report

__all__ = [
    "DEFAULT_TITLE",
    "ENDINGS",
    "ReportOptions",
    "describe_run",
    "prepare_report",
    "table_beside",
    "write_report",
]
