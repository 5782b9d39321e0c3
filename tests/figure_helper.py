"""Claims and documents that make every kind of figure say everything it can."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo import schema

EVIL = "=Evil $x^2$ \\frac_{a} </svg><script> `${y}` \u202e"
"""A publisher whose name is an attack on spreadsheets, mathematics, markup and reading direction."""

LONG = "Who said what, where and when: a headline that $goes$ on_and_on \\alpha " * 4

BASE = {
    "doc_id": "d1",
    "story_id": "s1",
    "publisher": EVIL,
    "published": "2024",
    "location_basis": "named",
    "claim_type": "presence",
    "group": "al-qaeda",
    "stance": "affirmed",
    "attribution_kind": "author",
    "year": 2024,
    "year_basis": "published",
    "review": "unreviewed",
}
TEAM = {"attribution_kind": "un", "attributed_to": "UN", "year": 2021, "doc_id": "d2", "story_id": "s2"}
CLAIMS: list[dict[str, Any]] = [
    {"province_id": "AF-HEL"},
    {"province_id": "AF-HEL", **TEAM},
    {"province_id": "AF-HEL", "attribution_kind": "taliban", "attributed_to": "a commander"},
    {"province_id": "AF-HEL", "attribution_kind": "taliban", "stance": "denied"},
    {"province_id": "AF-GHA"},
    {"province_id": "AF-GHA", **TEAM},
    {"province_id": "AF-KAB", "claim_type": "safe_house"},
    {"province_id": "AF-KHO", "location_basis": "region"},
    {"province_id": "AF-ZAB", "stance": "uncertain"},
    {"province_id": "AF-TAK", "stance": "denied"},
    {"province_id": "AF-BAL", "group": "ttp"},
    {"province_id": "", "location_basis": "country"},
]


def make_claims(rows: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    """Return rows of claims; what a row leaves out is as in `BASE`."""
    chosen = CLAIMS if rows is None else rows
    frame = schema.make_frame(
        [{**BASE, "claim_id": f"c{i}", **row} for i, row in enumerate(chosen)], schema.CLAIM_COLUMNS
    )
    return schema.check_claims(frame)


def make_documents() -> pd.DataFrame:
    """Return the two documents behind `CLAIMS`."""
    rows = [
        {"doc_id": "d1", "publisher": EVIL, "published": "2024", "text_sha256": "1" * 64},
        {"doc_id": "d2", "publisher": "Paper", "published": "2022-03", "text_sha256": "2" * 64},
    ]
    return schema.make_frame(rows, schema.DOCUMENT_COLUMNS)


def make_crowd() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return claims of every type and stance, for all provinces, by many publishers in many years."""
    rows, documents = [], []
    publishers = (EVIL, "A newspaper with a name that is a good deal longer than that of any other paper")
    for n in range(400):
        document = f"d{n % 60}"
        publisher = publishers[n % 60] if n % 60 < len(publishers) else f"Paper {n % 60}"
        rows.append(
            {
                "doc_id": document,
                "story_id": document,
                "publisher": publisher,
                "published": str(2001 + n % 60 % 23),
                "province_id": schema.PROVINCE_IDS[n * 7 % 34] if n % 19 else "",
                "location_basis": ("named", "named", "region")[n % 3] if n % 19 else "country",
                "claim_type": schema.CLAIM_TYPES[n % 9],
                "stance": ("affirmed", "affirmed", "affirmed", "uncertain", "denied")[n % 5],
                "attribution_kind": schema.ATTRIBUTION_KINDS[n % 8],
                "attributed_to": f"speaker {n % 11}",
                "year": 2001 + n % 60 % 23 if n % 13 else None,
                "year_basis": "stated" if n % 13 else "unknown",
            }
        )
        if n < 60:
            documents.append(
                {name: rows[-1][name] for name in ("doc_id", "story_id", "publisher", "published")}
            )
            documents[-1]["text_sha256"] = f"{n:064x}"
    return make_claims(rows), schema.make_frame(documents, schema.DOCUMENT_COLUMNS)
