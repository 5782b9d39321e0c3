"""What a report shall hold."""

from __future__ import annotations

from dataclasses import dataclass

from geo import __version__, schema
from geo.errors import UsageError
from geo.filters import FILTERS, settle_values
from geo.render import style

__all__ = ["DEFAULT_TITLE", "ReportOptions"]

DEFAULT_TITLE = "Claims about al-Qaeda in Afghanistan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """Which claims a report holds, and what it says about itself.

    Parameters
    ----------
    claim_type, attribution_kind, publisher, stance, group, year_from, year_to, published_from, published_to
        As in `geo.aggregate.filter_claims`. Claims that a reviewer rejected are always left out.
    title
        Heading of the report.
    max_claims
        Rows of the tables of claims together, at least 1. What is left out is told in
        the report, and is in the table beside it.
    generated
        When it is made, ISO 8601; also the date in a Word file's properties. Empty prints none.
    tool_version
        Version of this package.
    corpus_sha256
        Hash of the corpus; empty computes it from the documents, where these have hashes.
    boundary_note
        Source of the boundaries and the disclaimer.
    complete
        Whether ``documents`` are all that were read, or only those that have a claim.
    chosen
        What else narrows the claims, in words; printed below the title and under the maps.
    run
        Names and values for the annex, from `geo.report.describe_run`; nothing leaves it out.

    Raises
    ------
    UsageError
        If ``max_claims`` is less than 1.
    """

    claim_type: tuple[str, ...] = ()
    attribution_kind: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    published_from: int | None = None
    published_to: int | None = None
    stance: tuple[str, ...] = ()
    group: tuple[str, ...] = schema.MAPPED_GROUPS
    title: str = DEFAULT_TITLE
    max_claims: int = 200
    generated: str = ""
    tool_version: str = __version__
    corpus_sha256: str = ""
    boundary_note: str = style.BOUNDARY_NOTE
    complete: bool = True
    chosen: str = ""
    run: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        settle_values(self, FILTERS)
        if self.max_claims < 1:
            raise UsageError(f"{self.max_claims} rows of claims: expected 1 or more.")
