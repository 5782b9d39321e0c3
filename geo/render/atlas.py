"""The interactive atlas: one HTML file that needs no network.

folium is the frame (``Figure``, ``Map``, templates); Leaflet and the page's own
scripts are put inline. The texts are hostile, and branca runs whatever an
element returns through Jinja once more, so no word of a document may pass
through a template: data goes in by `Verbatim` elements only, as JSON, and the
scripts show it with ``textContent``. The content security policy lets exactly
the scripts and styles of this package run, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from geo.aggregate import voices
from geo.files import write_text
from geo.render.atlas_data import encode_json, pack_claims, pack_shapes
from geo.schema import check_claims

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["AtlasInfo", "AtlasMap", "build_atlas", "write_atlas"]

MIN_ZOOM, MAX_ZOOM = -12, -7
"""Powers of two: from 4 km to 128 m for a pixel."""
SCRIPTS = (
    "leaflet.js",
    "strings.js",
    "text.js",
    "data.js",
    "state.js",
    "address.js",
    "export.js",
    "geojson.js",
    "drawing.js",
    "cards.js",
    "years.js",
    "filters.js",
    "map.js",
    "panel.js",
    "table.js",
    "compare.js",
    "main.js",
)
STYLES = ("leaflet.css", "atlas.css")


@dataclass(frozen=True, slots=True)
class AtlasInfo:
    """What the page says about itself.

    Parameters
    ----------
    title
        Heading of the page.
    generated
        When it was made, ISO 8601 text.
    tool_version
        Version of this package.
    corpus_sha256
        Digest over the documents read, hexadecimal; the page shows its first 12 characters.
    boundary_note
        Source and disclaimer of the shapes.
    """

    title: str
    generated: str
    tool_version: str
    corpus_sha256: str
    boundary_note: str


class Verbatim(Element):
    """Text that goes into the page as it is, past every template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: Any) -> str:
        """Return the text unchanged."""
        return self.text


class AtlasFigure(Figure):
    """The document around the map: policy, head, body and the scripts, in this order."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{{ this.policy() }}">\n'
        "{{ this.header.render(**kwargs) }}\n"
        "{% for style in this.styles %}<style>{{ style }}</style>\n{% endfor %}"
        "</head>\n<body>\n{{ this.html.render(**kwargs) }}\n"
        "{% for script in this.scripts() %}<script>{{ script }}</script>\n{% endfor %}"
        "</body>\n</html>\n"
    )

    def __init__(self, *, styles: Iterable[str], scripts: Iterable[str]) -> None:
        super().__init__()
        self.header._children.clear()
        self.styles = tuple(styles)
        self._scripts = tuple(scripts)

    def scripts(self) -> list[str]:
        """Return the page's scripts, then the one that folium made for the map."""
        return [*self._scripts, self.script.render()]

    def policy(self) -> str:
        """Return the content security policy: these scripts and styles, inline images, nothing else."""
        return (
            f"default-src 'none'; script-src {_digests(self.scripts())}; "
            f"style-src {_digests(self.styles)}; img-src data:; base-uri 'none'; form-action 'none'"
        )


class AtlasMap(folium.Map):
    """A folium map without tiles and without anything to fetch.

    Coordinates are metres of `geo.schema.CRS_PROJECTED` on Leaflet's plain
    ``CRS.Simple``, so that areas and the scale bar are true.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own attributes, emptied
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.page }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.map({{ this.get_name()|tojavascript }}, "
        "Object.assign({{ this.options|tojavascript }}, {crs: L.CRS.{{ this.crs }}, center: [0, 0]}));\n"
        "atlas.start({{ this.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__(
            tiles=None,
            crs="Simple",
            zoom_snap=0.25,
            zoom_delta=0.75,
            attribution_control=False,
            wheel_px_per_zoom_level=120,
        )
        self._id = "atlas"
        self.options |= {"min_zoom": MIN_ZOOM, "max_zoom": MAX_ZOOM}
        self.page = _read_asset("page.html").replace("@MAP@", self.get_name())


def build_atlas(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    boundaries: gpd.GeoDataFrame,
    info: AtlasInfo,
    path: str | os.PathLike[str] | None = None,
) -> str:
    """Return the atlas as one HTML text that asks for nothing from the network.

    The same input gives the same text.

    Parameters
    ----------
    claims
        Columns of `geo.schema.CLAIM_COLUMNS`, any number of rows, also none;
        ``voice`` (key of the independent source) is worked out by `geo.aggregate.voices`
        where the column is absent.
    documents
        Columns of `geo.schema.DOCUMENT_COLUMNS`, also those without a claim: they tell
        "no document" from "documents, none of them naming the province".
    boundaries
        ``province_id``, ``name_en``, ``name_fa``, ``geometry``; any CRS, which must be set.
    info
        Heading, dates, versions and notes to show.
    path
        Where to write the page too; nothing is written if it is ``None``.

    Raises
    ------
    SchemaError
        If a table lacks columns or holds values outside the contract.
    BoundaryError
        If the shapes lack a column or a CRS.
    """
    claims = check_claims(claims)
    if "voice" not in claims.columns:
        claims = claims.assign(voice=voices(claims))
    figure = AtlasFigure(
        styles=[_shrink(_read_asset(name)) for name in STYLES],
        scripts=[_shrink(_read_asset(name)) for name in SCRIPTS],
    )
    title = html.escape(info.title.encode("utf-8", "replace").decode())
    figure.header.add_child(Verbatim(_read_asset("head.html") + f"<title>{title}</title>"), name="head")
    AtlasMap().add_to(figure)
    data = {"info": asdict(info), **pack_claims(claims, documents)}
    for name, value in (("geometry", pack_shapes(boundaries)), ("claims", data)):
        block = f'<script type="application/json" id="atlas-{name}">{encode_json(value)}</script>'
        figure.html.add_child(Verbatim(block), name=f"data_{name}")
    text: str = figure.render()
    if path is not None:
        write_text(text, Path(path))
    return text


def write_atlas(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    boundaries: gpd.GeoDataFrame,
    info: AtlasInfo,
    path: str | os.PathLike[str],
) -> Path:
    """Write the atlas, whole or not at all, and return its path.

    Parameters and errors are those of `build_atlas`; besides, `WriteError` if
    the folder cannot be written. An older file stays until the new one is complete.
    """
    build_atlas(claims, documents, boundaries=boundaries, info=info, path=path)
    return Path(path)


def _read_asset(name: str) -> str:
    return files("geo.render").joinpath("assets", name).read_text(encoding="utf-8")


def _shrink(text: str) -> str:
    """Leave out indentation, which is a tenth of the scripts and styles."""
    return re.sub(r"\n[ \t]+", "\n", text)


def _digests(texts: Iterable[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{value}'" for value in hashes)
