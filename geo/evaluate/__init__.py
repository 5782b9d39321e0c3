"""Compare what was found with tables made by hand: scores, confusions, and the errors with their reasons.

A claim is compared by what the maps rest on. *Strict*: document, province,
type and stance agree. *Loose*: document and province agree. Both take claims of
al-Qaeda and AQIS for provinces named outright or through a place; those for
regions, directions and the whole country are compared apart, as *areal*, in the
strict way. *Attribution* and *year*: the share of strictly matched gold claims
for which a claim found has the same. A mention is right when document and
province agree and the spans overlap, each mention found counting once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geo.evaluate.confusion import find_confusions
from geo.evaluate.listing import list_claim_errors, list_mention_errors
from geo.evaluate.report import REPORT_FORMATS, format_scores, parse_limit
from geo.evaluate.scores import break_down, score_claims, score_mentions
from geo.evaluate.tables import read_tables

__all__ = [
    "REPORT_FORMATS",
    "break_down",
    "evaluate_folders",
    "find_confusions",
    "format_scores",
    "parse_limit",
    "score_claims",
    "score_mentions",
]


def evaluate_folders(gold: Path, out: Path, *, prefix: str = "") -> dict[str, Any]:
    """Score the tables of a run against those made by hand.

    Parameters
    ----------
    gold
        Folder with ``<prefix>claims.csv`` and, if there are any, ``<prefix>mentions.csv``,
        ``<prefix>docs.txt`` (ids, one a line, of documents that may have no claim) and
        ``<prefix>sources.csv`` or ``sources.csv`` (for the languages). Documents in neither
        claims nor docs are left out of the comparison.
    out
        Folder with the tables that ``geo map`` or ``geo extract`` wrote.

    Returns
    -------
    dict
        ``documents``: how many were ``compared``, and the ids ``not_read`` in ``out`` (``None`` if
        ``out`` does not say). ``claims`` and, if gold has some, ``mentions``: see `score_claims`
        and `score_mentions`. ``breakdown``: see `break_down`. ``confusion``: see
        `find_confusions`. ``errors``: rows by kind, and ``error_counts`` how many.

    Raises
    ------
    UsageError, ReadError
        If a table is not there; if it cannot be read or lacks columns.
    """
    tables = read_tables(gold, out, prefix=prefix)
    not_read = None if tables.read is None else sorted(tables.docs - tables.read)
    scores: dict[str, Any] = {
        "documents": {"compared": len(tables.docs), "not_read": not_read},
        "claims": score_claims(tables.gold, tables.found),
        "breakdown": break_down(tables.gold, tables.found, tables.languages),
        "confusion": find_confusions(tables.gold, tables.found),
        "errors": list_claim_errors(tables),
    }
    if tables.gold_mentions is not None:
        scores["mentions"], pairs = score_mentions(tables.gold_mentions, tables.found_mentions or ())
        scores["errors"] |= list_mention_errors(**pairs)
    scores["error_counts"] = {name: len(rows) for name, rows in scores["errors"].items()}
    return scores
