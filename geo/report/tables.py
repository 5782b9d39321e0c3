"""The tables of claims and the list of documents: statements in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from geo.render import style
from geo.report.content import ClaimLine, ClaimTable, Passage, Printer, Reference
from geo.report.statements import SORTS, Statement, owner_of, sort_of
from geo.report.texts import clean, fence, language_tag, make_passage, web_address
from geo.report.wording import TABLE_TEXTS, WHOLE_COUNTRY, YEAR_BASES, count

__all__ = ["list_references", "make_tables"]

_NOT_STATED = "publisher not stated"


def _number(statements: Iterable[Statement]) -> dict[str, Mapping[str, Any]]:
    """Return one row of each document that is cited, in the order of the tables."""
    in_order = sorted(statements, key=lambda one: SORTS.index(sort_of(one.first)))
    cited: dict[str, Mapping[str, Any]] = {}
    for claim in (claim for statement in in_order for claim in statement.claims):
        cited.setdefault(claim["doc_id"], claim)
    return cited


def list_references(statements: Iterable[Statement], languages: Mapping[str, str]) -> tuple[Reference, ...]:
    """List the documents that statements cite, numbered in the order of the tables.

    Parameters
    ----------
    statements
        Those that are shown.
    languages
        Language tags by ``doc_id``.
    """
    references = []
    for number, (doc_id, claim) in enumerate(_number(statements).items(), start=1):
        references.append(
            Reference(
                number=number,
                author=clean(claim["author"]),
                title=clean(claim["title"]) or clean(doc_id),
                publisher=clean(claim["publisher"]),
                published=clean(claim["published"]) or "undated",
                url=clean(claim["url"]),
                link=web_address(claim["url"]),
                language=language_tag(str(languages.get(doc_id, ""))),
            )
        )
    return tuple(references)


def make_tables(
    statements: Sequence[Statement],
    kept: Sequence[Statement],
    languages: Mapping[str, str],
    *,
    beside: str = "",
) -> tuple[ClaimTable, ...]:
    """Lay statements out in the tables of `geo.report.statements.SORTS`, without the empty ones.

    Parameters
    ----------
    statements, kept
        All of them, and those that are shown.
    languages
        Language tags by ``doc_id``.
    beside
        Name of the file that has all claims.
    """
    numbers = {doc_id: number for number, doc_id in enumerate(_number(kept), start=1)}
    tables = []
    for key in SORTS:
        every = [one for one in statements if sort_of(one.first) == key]
        shown = [one for one in kept if sort_of(one.first) == key]
        title, note = TABLE_TEXTS[key]
        lines = tuple(_make_line(one, numbers, languages) for one in shown)
        if every:
            tables.append(ClaimTable(key, title, note, lines, _left_out(every, shown, beside)))
    return tuple(tables)


def _left_out(every: Sequence[Statement], shown: Sequence[Statement], beside: str) -> str:
    """Say how many rows are not shown and whose; nothing if all are."""
    if len(every) == len(shown):
        return ""
    gone = Counter(map(owner_of, every))
    gone.subtract(map(owner_of, shown))
    whose = ", ".join(
        f"{fence(clean(name, 60))} {number:,}" for name, number in sorted(gone.items()) if number
    )
    where = f" All claims are in {beside}." if beside else ""
    return f"{len(every) - len(shown):,} of {count(len(every), 'row')} are left out here: {whose}.{where}"


def _make_line(statement: Statement, numbers: Mapping[str, int], languages: Mapping[str, str]) -> ClaimLine:
    claim = statement.first
    named = claim["location_basis"] == "named"
    group = "" if claim["group"] == "al-qaeda" else style.GROUP_LABELS.get(claim["group"], claim["group"])
    kind = style.KIND_LABELS[claim["attribution_kind"]]
    credited = clean(claim["attributed_to"]) or (
        "the document itself" if claim["attribution_kind"] == "author" else kind
    )
    if claim["relay"]:
        credited = f"{fence(credited)}, passed on by {clean(claim['relay'])}"
    return ClaimLine(
        where=", ".join(map(clean, statement.provinces)) or _nowhere(claim),
        place="" if named else clean(claim["place_name"]),
        claim=style.TYPE_LABELS[claim["claim_type"]],
        stance=style.STANCE_LABELS[claim["stance"]],
        detail=", ".join(fence(clean(part)) for part in (group, claim["quantity"]) if part),
        credited=credited,
        kind="" if kind == credited or claim["attribution_kind"] == "author" else kind,
        printed=_printers(statement, numbers),
        year=_claim_year(claim),
        year_basis=YEAR_BASES[claim["year_basis"]],
        quote=_quote(claim, languages),
    )


def _nowhere(claim: Mapping[str, Any]) -> str:
    return WHOLE_COUNTRY if claim["location_basis"] == "country" else "no province"


def _printers(statement: Statement, numbers: Mapping[str, int]) -> tuple[Printer, ...]:
    return tuple(
        Printer(clean(claim["publisher"]) or _NOT_STATED, numbers[claim["doc_id"]])
        for claim in statement.claims
    )


def _claim_year(claim: Mapping[str, Any]) -> str:
    if pd.isna(claim["year"]):
        return "undated"
    first, last = int(claim["year"]), claim["year_end"]
    return str(first) if pd.isna(last) or int(last) == first else f"{first}–{int(last)}"


def _quote(claim: Mapping[str, Any], languages: Mapping[str, str]) -> Passage:
    spans = {
        name: None
        if pd.isna(claim[f"{key}_start"]) or pd.isna(claim[f"{key}_end"])
        else (int(claim[f"{key}_start"]), int(claim[f"{key}_end"]))
        for name, key in (("place", "mention"), ("trigger", "trigger"))
    }
    start = 0 if pd.isna(claim["start"]) else int(claim["start"])
    return make_passage(claim["sentence"], start, **spans, language=str(languages.get(claim["doc_id"], "")))
