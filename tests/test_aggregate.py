from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from geo import aggregate, schema
from geo.errors import UsageError

BASE = {
    "doc_id": "d1",
    "story_id": "s1",
    "publisher": "Paper",
    "published": "2024-05",
    "province_id": "AF-GHA",
    "location_basis": "named",
    "claim_type": "presence",
    "group": "al-qaeda",
    "stance": "affirmed",
    "attributed_to": "",
    "attribution_kind": "author",
    "year": 2024,
    "year_basis": "published",
    "review": "unreviewed",
}


def claims_of(*changes: dict[str, Any]) -> pd.DataFrame:
    rows = [{**BASE, "claim_id": f"c{i}", **change} for i, change in enumerate(changes)]
    return schema.check_claims(schema.make_frame(rows, schema.CLAIM_COLUMNS))


def documents_of(*changes: dict[str, Any]) -> pd.DataFrame:
    rows = [
        {"doc_id": "d1", "story_id": "s1", "published": "2024", "publisher": "Paper", **c} for c in changes
    ]
    return schema.make_frame(rows, schema.DOCUMENT_COLUMNS)


UN = {"attribution_kind": "un", "attributed_to": "United Nations"}
VOICES = [
    ({}, {}, True, "the same author twice is one voice"),
    ({}, {"doc_id": "d2"}, True, "two documents of one story are one voice"),
    ({}, {"doc_id": "d2", "story_id": "s2"}, False, "another story is another voice"),
    (
        {"attributed_to": "Taliban  Commander ", "attribution_kind": "taliban"},
        {"attributed_to": "taliban commander", "attribution_kind": "taliban"},
        True,
        "capitals and spaces do not make a voice",
    ),
    ({}, {"attributed_to": "a spy", "attribution_kind": "anonymous"}, False, "someone else is credited"),
    (UN, {**UN, "doc_id": "d2", "story_id": "s2"}, True, "one UN report in two papers is one voice"),
    (UN, {**UN, "attributed_to": "Monitoring Team"}, True, "the UN has many names"),
    (UN, {**UN, "year": 2023}, False, "a report for another year"),
    (UN, {**UN, "year": None}, False, "an undated report is not that of a year"),
    (
        {"attributed_to": "police chief Abdul Razaq", "attribution_kind": "government"},
        {"attributed_to": "Razaq", "attribution_kind": "government", "doc_id": "d2"},
        True,
        "a speaker is named in full once",
    ),
    (
        {"attributed_to": "police chief Abdul Razaq", "attribution_kind": "government"},
        {"attributed_to": "Razaq", "attribution_kind": "government", "story_id": "s2"},
        False,
        "in another story he may be another",
    ),
    (
        {"attributed_to": "Afghan officials", "attribution_kind": "government"},
        {"attributed_to": "officials", "attribution_kind": "government"},
        False,
        "who is not named may be another",
    ),
    (
        {"attributed_to": "Abdul Razaq", "attribution_kind": "government"},
        {"attributed_to": "Razaqi", "attribution_kind": "government"},
        False,
        "another name",
    ),
    ({"story_id": ""}, {"story_id": "", "doc_id": "d2"}, False, "without stories each document is its own"),
]


@pytest.mark.parametrize(("one", "other", "same", "why"), VOICES, ids=[case[3] for case in VOICES])
def test_voices(one: dict[str, Any], other: dict[str, Any], same: bool, why: str) -> None:
    first, second = aggregate.voices(claims_of(one, other))
    assert (first == second) is same, why


FILTERS = [
    ({"claim_type": ("presence",)}, [0, 1, 2], "one type"),
    ({"claim_type": "training_camp"}, [3], "a bare word is one value"),
    ({"group": ()}, [0, 1, 2, 3, 4], "no group means all"),
    ({}, [0, 1, 2, 3], "other groups are left out by default"),
    ({"year_from": 2020}, [0, 2, 3], "undated and too early ones go; a range that reaches in stays"),
    ({"year_to": 2016}, [2], "a range that begins before stays"),
    ({"year_from": 2024, "year_to": 2024}, [0, 3], "both bounds are included"),
    ({"publisher": ("Nobody",)}, [], "nothing is left"),
]


@pytest.mark.parametrize(("options", "kept", "why"), FILTERS, ids=[case[2] for case in FILTERS])
def test_filter_claims(options: dict[str, Any], kept: list[int], why: str) -> None:
    claims = claims_of(
        {},
        {"year": None},
        {"year": 2015, "year_end": 2021},
        {"claim_type": "training_camp"},
        {"group": "ttp"},
        {"review": "rejected"},
    )
    before = claims.copy()
    names = [name for name in aggregate.filter_claims(claims, **options)["claim_id"] if name != "c5"]
    assert names == [f"c{i}" for i in kept], why
    pd.testing.assert_frame_equal(claims, before)


def test_rejected_claims_do_not_count_unless_asked() -> None:
    claims = claims_of({}, {"review": "rejected"})
    assert list(aggregate.filter_claims(claims)["claim_id"]) == ["c0"]
    assert len(aggregate.filter_claims(claims, review=())) == 2


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"claim_type": ("camp",)}, "training_camp"),
        ({"stance": ("maybe",)}, "uncertain"),
        ({"year_from": 2024, "year_to": 2020}, "2024"),
    ],
)
def test_filter_refuses_what_is_not_known(options: dict[str, Any], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        aggregate.filter_claims(claims_of({}), **options)


def test_count_claims_tells_the_bases_and_stances_apart() -> None:
    claims = claims_of(
        {},
        {"doc_id": "d2"},
        {"location_basis": "place", "attribution_kind": "taliban", "attributed_to": "a commander"},
        {"location_basis": "region", "story_id": "s9", "doc_id": "d9"},
        {"location_basis": "direction", "stance": "uncertain", "story_id": "s8", "doc_id": "d9"},
        {"location_basis": "region", "stance": "denied"},
        {"stance": "denied", "attribution_kind": "taliban"},
        {"stance": "uncertain"},
        {"province_id": "", "location_basis": "country"},
    )
    (row,) = aggregate.count_claims(claims).to_dict("records")
    assert row == {
        "province_id": "AF-GHA",
        "claims": 8,
        "documents": 3,
        "stories": 3,
        "sources": 2,
        "sources_region": 2,
        "denied": 1,
        "denied_region": 1,
        "uncertain": 1,
    }


def test_count_claims_by_facet_keeps_undated_rows_and_only_what_occurs() -> None:
    claims = claims_of({}, {"year": None}, {"province_id": "AF-KAB", "year": None})
    counts = aggregate.count_claims(claims, by=("source", "year"))
    assert list(counts.columns) == ["attribution_kind", "year", "province_id", *aggregate.COUNT_COLUMNS]
    cells = [
        (None if pd.isna(y) else int(y), p)
        for y, p in zip(counts["year"], counts["province_id"], strict=True)
    ]
    assert cells == [(2024, "AF-GHA"), (None, "AF-GHA"), (None, "AF-KAB")]


@pytest.mark.parametrize("by", [(), ("source",), ("year", "type")])
def test_nothing_in_keeps_the_columns(by: tuple[str, ...]) -> None:
    none, columns = claims_of(), aggregate.resolve_facets(by)
    counts = aggregate.count_claims(none, by=by)
    assert (len(counts), list(counts.columns)) == (0, [*columns, "province_id", *aggregate.COUNT_COLUMNS])
    covered = aggregate.coverage(documents_of(), none, by=by)
    assert (len(covered), list(covered.columns)) == (0, [*columns, "documents"])
    assert len(aggregate.filter_claims(none)) == 0


@pytest.mark.parametrize("by", [("province_id",), ("nonsense",), ("source", "attribution_kind")])
def test_facets_that_make_no_sense(by: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="facets"):
        aggregate.count_claims(claims_of({}), by=by)


def test_coverage_knows_documents_without_claims() -> None:
    documents = documents_of({}, {"doc_id": "d2", "publisher": "Other", "published": "2021-03-01"})
    claims = claims_of({**UN, "year": 2015}, {"group": "ttp", "claim_type": "media"})
    by_source = aggregate.coverage(documents, claims, by=("source", "year"))
    assert sorted(by_source.itertuples(index=False, name=None)) == [
        ("author", 2021, 1),
        ("author", 2024, 1),
        ("un", 2015, 1),
    ]
    by_type = aggregate.coverage(documents, claims, by=("type",))
    assert dict(by_type.itertuples(index=False, name=None)) == {"media": 2, "presence": 2}
    published = aggregate.coverage(documents, claims, by=("publisher", "published"))
    assert sorted(published.itertuples(index=False, name=None)) == [("Other", 2021, 1), ("Paper", 2024, 1)]


def test_corpus_hash_ignores_order_and_copies() -> None:
    one, two = "a" * 64, "b" * 64
    assert aggregate.corpus_hash([one, two]) == aggregate.corpus_hash([two, one, one])
    assert aggregate.corpus_hash([one]) != aggregate.corpus_hash([two])
    assert aggregate.corpus_hash([one, ""]) == aggregate.corpus_hash([one])


def test_nothing_known_has_no_hash() -> None:
    assert aggregate.corpus_hash([]) == aggregate.corpus_hash([""]) == ""
