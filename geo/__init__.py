"""Maps what texts claim about al-Qaeda in the provinces of Afghanistan.

>>> import geo
>>> claims = geo.extract(geo.read("seeds"))
>>> camps = claims.filter(type="training_camp", year=(2019, 2024))
>>> camps.count(by="source")["attribution_kind"].to_list()
['author', 'taliban']

``camps.frame`` is a data frame, ``camps.geo()`` a GeoDataFrame, ``camps.plot()`` a figure and
``camps.explore()`` the interactive map.

``import geo`` loads nothing but this file. The names below are loaded from
their modules when they are first used; ``__init__.pyi`` tells type checkers of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = [
    "AtlasInfo",
    "Claims",
    "Documents",
    "FigureOptions",
    "GeoError",
    "PipelineOptions",
    "ReportOptions",
    "__version__",
    "build_atlas",
    "count_claims",
    "draw_figure",
    "extract",
    "filter_claims",
    "join_provinces",
    "load",
    "make_figure",
    "read",
    "read_boundaries",
    "read_claims",
    "read_documents",
    "read_saved",
    "read_texts",
    "run_extract",
    "run_map",
    "write_claims",
    "write_figure",
    "write_figure_set",
    "write_report",
]

__version__ = "0.1.0"

_HOMES = {
    "AtlasInfo": "render.atlas",
    "Claims": "api.claims",
    "Documents": "api.documents",
    "FigureOptions": "render.figure",
    "GeoError": "errors",
    "PipelineOptions": "pipeline",
    "ReportOptions": "report",
    "build_atlas": "render.atlas",
    "count_claims": "aggregate",
    "draw_figure": "render.figure",
    "extract": "api.start",
    "filter_claims": "aggregate",
    "join_provinces": "boundaries",
    "load": "api.start",
    "read": "api.documents",
    "make_figure": "render.figure",
    "read_boundaries": "boundaries",
    "read_claims": "store",
    "read_documents": "reading",
    "read_saved": "saved",
    "read_texts": "api.documents",
    "run_extract": "pipeline",
    "run_map": "pipeline",
    "write_claims": "store",
    "write_figure": "render.figure",
    "write_figure_set": "render.figure",
    "write_report": "report",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    value = getattr(import_module(f"geo.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
