"""Column names, their types, allowed values and coordinate systems.

The contract in one place: every table that is written is checked here, and
every table that is read back is checked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from geo.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ATTRIBUTION_KINDS",
    "CLAIM_COLUMNS",
    "CLAIM_TYPES",
    "CRS_GEOGRAPHIC",
    "CRS_PROJECTED",
    "DOCUMENT_COLUMNS",
    "INTEGER_COLUMNS",
    "LOCATION_BASES",
    "MAPPED_GROUPS",
    "MENTION_COLUMNS",
    "PROVINCE_IDS",
    "REVIEW_STATES",
    "STANCES",
    "YEAR_BASES",
    "check_claims",
    "make_frame",
]

PROVINCE_IDS = tuple(
    "AF-" + code
    for code in (
        "BAL BAM BDG BDS BGL DAY FRA FYB GHA GHO HEL HER JOW KAB KAN KAP KDZ KHO KNR LAG LOG "
        "NAN NIM NUR PAN PAR PIA PKA SAM SAR TAK URU WAR ZAB"
    ).split()
)
"""ISO 3166-2 codes of the 34 provinces."""

CLAIM_TYPES = (
    "presence",
    "training_camp",
    "safe_house",
    "weapons_depot",
    "madrasa",
    "media",
    "official_post",
    "finance",
    "operation",
)
STANCES = ("affirmed", "denied", "uncertain")
LOCATION_BASES = ("named", "place", "region", "direction", "country")
ATTRIBUTION_KINDS = (
    "un",
    "government",
    "taliban",
    "militant",
    "analyst",
    "media",
    "anonymous",
    "author",
)
YEAR_BASES = ("stated", "relative", "published", "unknown")
REVIEW_STATES = ("unreviewed", "accepted", "rejected", "corrected")
MAPPED_GROUPS = ("al-qaeda", "aqis")
"""Groups whose claims the maps show unless asked otherwise."""

CRS_GEOGRAPHIC = "EPSG:4326"
CRS_PROJECTED = "+proj=aea +lat_1=31 +lat_2=37 +lat_0=34 +lon_0=66 +datum=WGS84 +units=m +no_defs"
"""Albers equal-area for Afghanistan, metres: areas and drawn maps use it."""

MENTION_COLUMNS = (
    "doc_id",
    "start",
    "end",
    "surface",
    "province_id",
    "place_id",
    "place_name",
    "basis",
    "script",
    "provinces",
    "reason",
)
DOCUMENT_COLUMNS = (
    "doc_id",
    "publisher",
    "title",
    "author",
    "published",
    "url",
    "language",
    "note",
    "path",
    "story_id",
    "characters",
    "text_sha256",
)
CLAIM_COLUMNS = (
    "claim_id",
    "doc_id",
    "publisher",
    "title",
    "author",
    "published",
    "url",
    "story_id",
    "province_id",
    "province",
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
    "sentence",
    "start",
    "end",
    "mention_start",
    "mention_end",
    "trigger",
    "trigger_start",
    "trigger_end",
    "group_mention",
    "reason",
    "review",
    "reviewer",
    "reviewed_at",
    "review_note",
)
INTEGER_COLUMNS = frozenset(
    {
        "start",
        "end",
        "mention_start",
        "mention_end",
        "trigger_start",
        "trigger_end",
        "year",
        "year_end",
        "characters",
    }
)
"""Columns of whole numbers; a missing year is ``<NA>``, never 0."""

_ALLOWED = {
    "location_basis": LOCATION_BASES,
    "claim_type": CLAIM_TYPES,
    "stance": STANCES,
    "attribution_kind": ATTRIBUTION_KINDS,
    "year_basis": YEAR_BASES,
    "review": REVIEW_STATES,
    "province_id": ("", *PROVINCE_IDS),
}


def _listed(column: str, allowed: tuple[str, ...]) -> str:
    if column == "province_id":
        return "an ISO code such as AF-GHA, or nothing"
    return ", ".join(value or "nothing" for value in allowed)


def make_frame(rows: Iterable[dict[str, Any]] | pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Turn rows into a frame with exactly these columns, also when there are no rows.

    Whole numbers are ``Int64`` (missing = ``<NA>``), everything else ``string``
    with the empty string for "not stated".

    Returns
    -------
    pandas.DataFrame
        Shape ``(len(rows), len(columns))``, a plain range as index.
    """
    import pandas as pd

    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), columns=list(columns))
    kinds = {name: "Int64" if name in INTEGER_COLUMNS else "string" for name in columns}
    frame = frame.astype(kinds)
    text = [name for name, kind in kinds.items() if kind == "string"]
    return frame.assign(**{name: frame[name].fillna("") for name in text})


def check_claims(frame: pd.DataFrame, *, where: str = "claims") -> pd.DataFrame:
    """Check a claims table against the contract and return it with the contract's types.

    Parameters
    ----------
    frame
        At least the columns of ``CLAIM_COLUMNS``; more are kept, after them.
    where
        Name of the table for messages.

    Raises
    ------
    SchemaError
        Names every missing column and every value that is not allowed, at once.
    """
    missing = [name for name in CLAIM_COLUMNS if name not in frame.columns]
    if missing:
        raise SchemaError(
            f"{where}: missing column(s) {', '.join(missing)}. "
            "Expected a claims table written by `geo map` or `geo extract`."
        )
    try:
        typed = make_frame(frame[list(CLAIM_COLUMNS)], CLAIM_COLUMNS)
    except (TypeError, ValueError) as error:
        raise SchemaError(f"{where}: a number column holds text ({error}).") from error
    faults = []
    for column, allowed in _ALLOWED.items():
        bad = sorted(set(typed[column]) - set(allowed))
        if bad:
            faults.append(f"{column}: {', '.join(map(repr, bad[:5]))} (expected {_listed(column, allowed)})")
    if faults:
        raise SchemaError(f"{where}: values the contract does not know: {'; '.join(faults)}.")
    extra = [name for name in frame.columns if name not in CLAIM_COLUMNS]
    for name in extra:
        typed[name] = frame[name].to_numpy()
    return typed
