"""What the atlas needs to know, as small as it goes: shapes, claims, and the size of the corpus."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from geo.errors import BoundaryError, SchemaError
from geo.schema import CRS_PROJECTED, DOCUMENT_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["encode_json", "pack_claims", "pack_shapes"]

GRID_M = 100
"""Grid of the page's geometry in metres (Albers): a tenth of a pixel at the first view."""
MAX_SILENT_PUBLISHERS = 300
"""Publishers without a claim are offered as a filter only up to this number."""
BOUNDARY_COLUMNS = ("province_id", "name_en", "name_fa", "geometry")
ROW_COLUMNS = (
    "claim_id",
    "location_basis",
    "place_name",
    "claim_type",
    "group",
    "stance",
    "attributed_to",
    "attribution_kind",
    "relay",
    "year",
    "year_end",
    "year_basis",
    "quantity",
    "mention_start",
    "mention_end",
    "trigger_start",
    "trigger_end",
    "reason",
    "review",
    "voice",
)
"""Columns of a claim that go to the page as they are; the rest goes as row numbers."""
_DOCUMENT_FIELDS = ("publisher", "title", "author", "published", "url")


def encode_json(value: Any) -> str:
    """Return compact JSON that cannot end the script block it stands in.

    ``<``, ``>``, ``&``, U+2028 and U+2029 and lone surrogates are written as
    escapes, so the text holds no markup and encodes to UTF-8 whatever it says.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda hit: f"\\u{ord(hit[0]):04x}", text)


def pack_shapes(boundaries: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the shapes on the page's grid, each ring as a first point and steps from point to point.

    Parameters
    ----------
    boundaries
        Columns ``province_id``, ``name_en``, ``name_fa``, ``geometry``; any CRS.

    Returns
    -------
    dict
        ``grid_m`` and ``provinces``, sorted by id; whole multiples of the grid, metres of
        `geo.schema.CRS_PROJECTED`, x to the east, y to the north. ``label`` is the centre
        and radius of the largest circle inside. Holes follow the outer ring.

    Raises
    ------
    BoundaryError
        If a column or the CRS is missing.
    """
    missing = [name for name in BOUNDARY_COLUMNS if name not in boundaries.columns]
    if missing:
        raise BoundaryError(f"boundaries: missing column(s) {', '.join(missing)}.")
    if boundaries.crs is None:
        raise BoundaryError("boundaries: no CRS. Set it, e.g. with set_crs('EPSG:4326'), and try again.")
    shapes = boundaries.to_crs(CRS_PROJECTED).sort_values("province_id")
    rows = shapes[list(BOUNDARY_COLUMNS)].itertuples(index=False, name=None)
    return {
        "grid_m": GRID_M,
        "provinces": [
            {
                "id": province_id,
                "name": name,
                "native": native if isinstance(native, str) else "",
                "label": _place_label(shape),
                "polygons": [
                    [_step_ring(ring) for ring in (part.exterior, *part.interiors)]
                    for part in shapely.get_parts(shape)
                ],
            }
            for province_id, name, native, shape in rows
        ],
    }


def _place_label(shape: Any) -> list[int]:
    circle = shapely.maximum_inscribed_circle(shape, tolerance=1000)
    x, y = circle.coords[0]
    return [round(value / GRID_M) for value in (x, y, circle.length)]


def _step_ring(ring: Any) -> list[int]:
    points = [(round(x / GRID_M), round(y / GRID_M)) for x, y in ring.coords]
    steps = list(points[0])
    for (x0, y0), (x1, y1) in pairwise(points):
        if (x0, y0) != (x1, y1):
            steps += [x1 - x0, y1 - y0]
    return steps[:-2] if points[0] == points[-1] else steps


class _Table:
    """Numbers for values, in order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else (value if isinstance(value, str) else int(value))


def pack_claims(claims: pd.DataFrame, documents: pd.DataFrame) -> dict[str, Any]:
    """Return the claims with every document, sentence and string written once.

    Parameters
    ----------
    claims
        Columns of `geo.schema.CLAIM_COLUMNS` and ``voice``.
    documents
        Columns of `geo.schema.DOCUMENT_COLUMNS`; those without a claim are only counted.

    Returns
    -------
    dict
        ``rows`` of numbers: of ``strings``, of ``sentences`` (document, start, text) or plain
        ones, in the order of ``columns``; ``None`` is "not stated".

    Raises
    ------
    SchemaError
        If ``documents`` lacks a column.
    """
    missing = [name for name in DOCUMENT_COLUMNS if name not in documents.columns]
    if missing:
        raise SchemaError(
            f"documents: missing column(s) {', '.join(missing)}. Expected one row for each document read."
        )
    strings, sentences, cited = _Table(), _Table(), _Table()
    rows = []
    for claim in claims.to_dict("records"):
        document = cited.number(
            tuple(str(_plain(claim[name]) or "") for name in ("doc_id", *_DOCUMENT_FIELDS, "story_id"))
        )
        sentence = sentences.number((document, _plain(claim["start"]), claim["sentence"]))
        values = (_plain(claim[name]) for name in ROW_COLUMNS)
        row = [strings.number(value) if isinstance(value, str) else value for value in values]
        rows.append([sentence, strings.number(claim["province_id"]), strings.number(claim["province"]), *row])
    return {
        "columns": ["sentence", "province_id", "province", *ROW_COLUMNS],
        "numbers": ["year", "year_end", "mention_start", "mention_end", "trigger_start", "trigger_end"],
        "strings": list(strings.numbers),
        "documents": list(cited.numbers),
        "sentences": list(sentences.numbers),
        "rows": rows,
        **_count_documents(documents, {row[0] for row in cited.numbers}),
    }


def _count_documents(documents: pd.DataFrame, cited: set[str]) -> dict[str, Any]:
    """Return the corpus size, and of the documents without a claim only how many by publisher and year."""
    silent = documents[~documents["doc_id"].isin(cited)]
    by = pd.DataFrame(
        {
            "publisher": silent["publisher"].fillna("").astype("string"),
            "year": silent["published"].fillna("").astype("string").str.slice(0, 4),
        }
    )
    if by["publisher"].nunique() > MAX_SILENT_PUBLISHERS:
        by = by.assign(publisher=None)
    counts: Mapping[Any, Any] = by.value_counts(dropna=False, sort=False).sort_index().to_dict()
    stories = documents["story_id"].where(documents["story_id"] != "", documents["doc_id"])
    return {
        "document_count": max(len(documents), len(cited)),
        "story_count": int(stories.nunique()),
        "silent": [[_plain(publisher), _plain(year), int(n)] for (publisher, year), n in counts.items()],
    }
