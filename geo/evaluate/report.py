"""Scores as text, as Markdown or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.errors import UsageError
from geo.evaluate.blocks import Block, show_markdown, show_text

__all__ = ["REPORT_FORMATS", "format_scores", "parse_limit"]

REPORT_FORMATS = ("text", "json", "markdown")
"""What `format_scores` can make."""

_SCORE_KEYS = ("precision", "recall", "f1", "gold", "found", "hits")
_SCORE_HEADS = ("precision", "recall", "F1", "gold", "found", "hits")
_FACETS = {"attribution_accuracy": "attribution right", "year_accuracy": "year right"}
_PARTS = {
    "type": "claim type",
    "stance": "stance",
    "attribution": "attribution kind",
    "language": "document language",
}


def parse_limit(text: str) -> int | None:
    """Return how many errors to list: a number, or ``None`` for ``"all"``.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if text == "all":
        return None
    if not text.isdecimal():
        raise UsageError(f"--errors {text!r}: expected a whole number from 0 on, or all.")
    return int(text)


def format_scores(scores: Mapping[str, Any], *, kind: str = "text", errors: int | None = 0) -> str:
    """Show what `geo.evaluate.evaluate_folders` returns.

    Parameters
    ----------
    scores
        Not changed.
    kind
        One of `REPORT_FORMATS`. JSON has everything, with the lists of ``errors`` cut, and
        is ASCII throughout.
    errors
        The most errors of a kind to list, ``None`` for all.

    Returns
    -------
    str
        Without a line end. Names and snippets may hold characters that command a terminal:
        who prints text or Markdown removes them.

    Raises
    ------
    UsageError
        If there is no such format.
    """
    if kind not in REPORT_FORMATS:
        raise UsageError(f"format {kind!r}: expected one of {', '.join(REPORT_FORMATS)}.")
    if kind == "json":
        cut = {name: rows[:errors] for name, rows in scores["errors"].items()}
        return json.dumps({**scores, "errors": cut}, indent=2, sort_keys=True)
    show = show_text if kind == "text" else show_markdown
    return "\n\n".join(show(block) for block in _make_blocks(scores, errors))


def _make_blocks(scores: Mapping[str, Any], errors: int | None) -> Iterator[Block]:
    yield _make_overview(scores)
    for name, title in _PARTS.items():
        yield _make_part(title, scores["breakdown"][name])
    if scores["breakdown"]["phenomenon"]:
        yield _make_phenomena(scores["breakdown"]["phenomenon"])
    for name, found in scores["confusion"].items():
        yield _make_confusion(_PARTS[name], found)
    counts = ", ".join(f"{number} {name}" for name, number in scores["error_counts"].items())
    yield Block("Errors", notes=(counts + ("; list them with --errors N or all" if errors == 0 else ""),))
    for name, rows in scores["errors"].items():
        if rows and errors != 0:
            make = _list_mentions if name.startswith("mentions") else _list_claims
            more = [f"and {len(rows) - errors} more"] if errors is not None and len(rows) > errors else []
            yield make(f"{name[0].upper()}{name[1:]} ({len(rows)})", rows[:errors], more)


def _make_overview(scores: Mapping[str, Any]) -> Block:
    parts = {f"claims, {name}": scores["claims"][name] for name in ("strict", "loose", "areal")}
    if "mentions" in scores:
        parts["mentions"] = scores["mentions"]
    notes = [
        f"{facet} right in {scores['claims'][facet]['accuracy']:.3f} of "
        f"{scores['claims'][facet]['of']} claims found"
        for facet in ("attribution", "year")
    ]
    documents = scores["documents"]
    notes.append(f"{documents['compared']} documents compared")
    if documents["not_read"]:
        names = ", ".join(documents["not_read"])
        notes.append(f"{len(documents['not_read'])} of them the run has not read: {names}")
    rows = [(name, *_list_cells(part)) for name, part in parts.items()]
    return Block("Scores", ("compared", *_SCORE_HEADS), rows, notes)


def _make_part(title: str, part: Mapping[str, Mapping[str, Any]]) -> Block:
    facets = [key for key in _FACETS if any(key in score for score in part.values())]
    rows = [
        (value, *_list_cells(score), *(_format_share(score[key]) for key in facets))
        for value, score in part.items()
    ]
    columns = (title, *_SCORE_HEADS, *(_FACETS[key] for key in facets))
    return Block(f"By {title} (strict)", columns, rows, () if rows else ("no claims on either side",))


def _make_phenomena(part: Mapping[str, Mapping[str, Any]]) -> Block:
    """Those with a miss as a table, most missed first; the others in a line."""
    missed = sorted((name for name in part if part[name]["missed"]), key=lambda n: (-part[n]["missed"], n))
    whole = sorted((name for name in part if not part[name]["missed"]), key=lambda n: (-part[n]["gold"], n))
    counts = ("gold", "hits", "missed")
    rows = [
        (name, _format_share(part[name]["recall"]), *(str(part[name][key]) for key in counts))
        for name in missed
    ]
    notes = ["found whole: " + "; ".join(f"{name} ({part[name]['gold']})" for name in whole)] if whole else []
    title = "By phenomenon (recall, areal claims among them)"
    return Block(title, ("phenomenon", "recall", *counts), rows, notes)


def _make_confusion(title: str, found: Mapping[str, Any]) -> Block:
    rows = [(one["gold"], one["found"], one["how"], str(one["claims"])) for one in found["confused"]]
    more = "; beside: gold's was found too" if any(row[2] == "beside" for row in rows) else ""
    notes = [f"{found['right']} right{more if rows else ', none confused'}"]
    return Block(f"Confused: {title}", ("gold", "found", "how", "claims"), rows, notes, words=3)


def _list_claims(title: str, rows: Sequence[Mapping[str, str]], notes: Sequence[str]) -> Block:
    columns = ("document", "province", "type", "stance", "claim", "phenomenon", "reason", "snippet")
    cells = [
        (
            row["doc_id"],
            _format_place(row),
            row["claim_type"],
            row["stance"],
            row["claim_id"],
            row["phenomenon"] and f"({row['phenomenon']})",
            row["reason"],
            row["snippet"],
        )
        for row in rows
    ]
    return Block(title, columns, cells, notes, words=len(columns), long=True)


def _list_mentions(title: str, rows: Sequence[Mapping[str, str]], notes: Sequence[str]) -> Block:
    columns = ("document", "province", "start", "end", "words", "reason")
    keys = ("doc_id", "province_id", "start", "end", "surface", "reason")
    cells = [[row[key] for key in keys] for row in rows]
    return Block(title, columns, cells, notes, words=len(columns))


def _format_place(row: Mapping[str, str]) -> str:
    basis = row["location_basis"]
    return " ".join(filter(None, (row["province_id"], "" if basis == "named" else f"({basis})")))


def _list_cells(score: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        _format_share(score[key]) if isinstance(score[key], float) else str(score[key]) for key in _SCORE_KEYS
    )


def _format_share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
