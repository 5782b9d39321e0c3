"""Counts of chosen claims as plain tables, with or without shapes."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geo import schema
from geo.aggregate import COUNT_COLUMNS, FACETS, add_facets, count_rows, voices
from geo.api.show import cut, did_you_mean, listed
from geo.errors import UsageError

__all__ = ["MEASURES", "count_by", "count_provinces"]

MEASURES = ("claims", "documents", "stories", "voices", *COUNT_COLUMNS[3:])
"""Measures of `count_by`, in order: those of `geo.aggregate.count_claims` and ``voices``."""

_PROVINCE = ("province", "province_id")
_FACETS = tuple(dict.fromkeys([*FACETS, *schema.CLAIM_COLUMNS, "published_year"]))


def resolve_columns(by: str | Sequence[str]) -> list[str]:
    """Turn facet names into columns; a province has two, its code and its name.

    Raises
    ------
    UsageError
        If a name is no facet, or stands for a column that is already there.
    """
    names = [by] if isinstance(by, str) else list(by)
    columns: list[str] = []
    for name in names:
        if not isinstance(name, str) or name not in _FACETS:
            usual = "province, type, source, attributed_to, publisher, year, published, stance, group, basis"
            raise UsageError(
                f"facet {cut(name, 60)!r}: not known.{did_you_mean(name, _FACETS)} "
                f"Expected any column of the claims, or {usual}."
            )
        columns += ["province_id", "province"] if name in _PROVINCE else [FACETS.get(name, name)]
    if len(set(columns)) < len(columns):
        raise UsageError(f"facets {listed(names)}: one stands for the same column as another.")
    return columns


def count_by(claims: pd.DataFrame, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """Count claims in each group of rows that the facets make; see `geo.api.claims.Claims.count`."""
    columns = resolve_columns(by)
    table = add_facets(claims)
    table["#all"], table["#voice"] = 0, voices(claims)
    keys = columns or ["#all"]
    counts = count_rows(table, keys)
    grouped = table.groupby(keys, dropna=False, sort=True)["#voice"]
    counts["voices"] = grouped.nunique().to_numpy()
    if not columns and counts.empty:
        counts = pd.DataFrame({name: [0] for name in MEASURES})
    return counts[[*columns, *MEASURES]].astype(dict.fromkeys(MEASURES, "int64"))


def count_provinces(
    claims: pd.DataFrame, shapes: gpd.GeoDataFrame, *, by: str | Sequence[str], looked_at: Sequence[str]
) -> gpd.GeoDataFrame:
    """Join counts to shapes; see `geo.api.claims.Claims.geo`.

    Parameters
    ----------
    claims
        The chosen ones; those without a province are left out.
    shapes
        34 rows, WGS84.
    by
        Facets besides the province.
    looked_at
        Provinces for which 0 means "looked and found none"; elsewhere it is missing.
    """
    columns = resolve_columns(by)
    if set(columns) & set(_PROVINCE):
        raise UsageError("facet 'province': every row is one already. Name other facets, or none.")
    counts = count_by(claims.loc[claims["province_id"] != ""], [*columns, "province"])
    counts = counts.drop(columns="province")
    if columns:
        joined = shapes.merge(counts, on="province_id", how="right")
        return _geometry_last(joined, columns)
    joined = shapes.merge(counts, on="province_id", how="left")
    known = joined["province_id"].isin(list(looked_at))
    numbers = {name: joined[name].astype("Int64").mask(joined[name].isna() & known, 0) for name in MEASURES}
    return _geometry_last(joined.assign(**numbers), [])


def _geometry_last(frame: gpd.GeoDataFrame, first: Sequence[str]) -> gpd.GeoDataFrame:
    rest = [name for name in frame.columns if name not in (*first, "geometry")]
    return gpd.GeoDataFrame(
        frame[[*first, *rest, "geometry"]], geometry="geometry", crs=schema.CRS_GEOGRAPHIC
    )
