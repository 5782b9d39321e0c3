"""Report figures: one map, or small multiples, as PNG, SVG and PDF.

Equal input gives equal bytes: no clock and no random number goes into a file.
The state of matplotlib, the user's own settings included, is neither used nor changed.
"""

from __future__ import annotations

import io
import re
import secrets
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from geo import schema
from geo.errors import UsageError
from geo.render import style
from geo.render.figure_data import FigureData, FigureOptions, prepare_data
from geo.render.figure_draw import draw_grid, draw_single
from geo.render.figure_geometry import MapGeometry, prepare_geometry
from geo.render.figure_text import FigureText, describe_figure

__all__ = ["FORMATS", "FigureOptions", "draw_figure", "draw_figure_set", "write_figure", "write_figure_set"]

FORMATS = ("png", "svg", "pdf")
"""What `write_figure` can write, by the end of the file's name."""

_SETTINGS: Any = {
    "font.family": ["DejaVu Sans"],
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "province-mention-mapper",
    "path.simplify": False,
    "text.hinting": "no_hinting",
}
_METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None},
}
_NEAR = 8
_PATH_DATA = re.compile(rb'(?<= d=")[^"]+')
_DECIMALS = re.compile(rb"(?<=\.\d\d)\d+")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@contextmanager
def _own_settings() -> Iterator[None]:
    """Draw with matplotlib's defaults and ours; letters that the font lacks are no alarm."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph .*missing")
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def _draw(data: FigureData, text: FigureText, geometry: MapGeometry) -> Figure:
    with _own_settings():
        figure = (draw_grid if data.by else draw_single)(data, text, geometry)
    figure.set_dpi(data.options.dpi)
    return figure


def draw_figure(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    *,
    options: FigureOptions | None = None,
) -> Figure:
    """Draw one map, or small multiples where ``options.by`` names facets.

    Parameters
    ----------
    claims, documents
        The tables of a run, unfiltered; the options choose what is drawn.
    boundaries
        34 rows with ``province_id``, ``name_en`` and polygons, any CRS; drawn in
        `schema.CRS_PROJECTED`.
    options
        What to draw; everything, on one map, by default.

    Returns
    -------
    matplotlib.figure.Figure
        Not known to pyplot, so nothing has to be closed.

    Raises
    ------
    UsageError
        If an option holds a value that is not known.
    """
    data = prepare_data(claims, documents, options or FigureOptions())
    return _draw(data, describe_figure(data, boundaries), prepare_geometry(boundaries))


def _replace_bytes(path: Path, content: bytes) -> None:
    """Put a file in place whole, under a name of its own until it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(6)}{path.suffix}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_figure(figure: Figure, path: Path | str) -> None:
    """Write a figure in the format that the name ends with.

    PNG has the figure's own resolution; SVG keeps text as text; PDF embeds its
    fonts as TrueType (type 42). The file appears whole or not at all.

    Raises
    ------
    UsageError
        If the name ends with something other than ``.png``, ``.svg`` or ``.pdf``.
    """
    target = Path(path)
    kind = target.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise UsageError(
            f"{target}: cannot write a figure as {kind or 'nothing'}. Expected {', '.join(FORMATS)}."
        )
    with _own_settings():
        content = _png(figure) if kind == "png" else _vector(figure, kind)
    _replace_bytes(target, content)


def _vector(figure: Figure, kind: str) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, metadata=_METADATA[kind])
    return _lighten_svg(buffer.getvalue()) if kind == "svg" else buffer.getvalue()


def _png(figure: Figure) -> bytes:
    """Draw at the figure's resolution, in 256 colours: a third of the size, and faster to pack.

    The colours of the vocabulary are kept exact; only the soft edges of lines
    and letters are rounded.
    """
    raw = io.BytesIO()
    figure.savefig(raw, format="rgba", dpi=figure.dpi)
    size = (int(figure.bbox.width), int(figure.bbox.height))
    pixels = Image.frombytes("RGBA", size, raw.getvalue()).convert("RGB")
    image = pixels.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = np.array(image.getpalette(), dtype=np.int16).reshape(-1, 3)
    for colour in {"#ffffff", style.INK, *(look.fill for look in style.STATE_STYLES.values())}:
        exact = np.rint(np.array(to_rgb(colour)) * 255)
        distance = np.abs(palette - exact).max(axis=1)
        if distance.min() <= _NEAR:
            palette[distance.argmin()] = exact
    image.putpalette(palette.astype(np.uint8).tobytes())
    buffer = io.BytesIO()
    image.save(buffer, "png", dpi=(figure.dpi, figure.dpi))
    return buffer.getvalue()


def _lighten_svg(content: bytes) -> bytes:
    """Round path coordinates to hundredths of a point, and name fonts to fall back on."""
    short = _PATH_DATA.sub(lambda data: _DECIMALS.sub(b"", data.group()), content)
    return short.replace(b"'DejaVu Sans'", b"'DejaVu Sans', Verdana, sans-serif")


def _csv(numbers: pd.DataFrame) -> bytes:
    """Numbers as CSV; a label that a spreadsheet would run as a formula gets an apostrophe."""
    text = [name for name in numbers.columns if not pd.api.types.is_numeric_dtype(numbers[name])]
    safe = {n: numbers[n].map(lambda cell: "'" + cell if _FORMULA.match(cell) else cell) for n in text}
    return numbers.assign(**safe).to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")


def write_figure_set(
    stem: Path | str,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    *,
    options: FigureOptions | None = None,
    formats: Sequence[str] = ("png", "svg"),
    geometry: MapGeometry | None = None,
) -> list[Path]:
    """Draw a figure and write it with its caption, alternative text and numbers.

    Parameters
    ----------
    stem
        Path without ending: ``figures/presence`` gives ``presence.png``,
        ``presence.svg``, ``presence.txt`` (caption), ``presence.alt.txt`` and
        ``presence.csv`` (every number on the map, one line a province).
    claims, documents, boundaries, options
        As for `draw_figure`.
    formats
        Any of `FORMATS`.
    geometry
        From `prepare_geometry(boundaries)`, to share it between figures.

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    data = prepare_data(claims, documents, options or FigureOptions())
    text = describe_figure(data, boundaries)
    figure = _draw(data, text, geometry or prepare_geometry(boundaries))
    base = Path(stem)
    paths = [base.with_name(f"{base.name}.{kind}") for kind in formats]
    for path in paths:
        write_figure(figure, path)
    names = boundaries[["province_id", "name_en"]].rename(columns={"name_en": "province"})
    numbers = data.numbers.merge(names, on="province_id", how="left")
    place = list(numbers.columns).index("province_id") + 1
    numbers.insert(place, "province", numbers.pop("province"))
    sides = {"txt": text.caption.encode(), "alt.txt": text.alt.encode(), "csv": _csv(numbers)}
    for ending, content in sides.items():
        paths.append(base.with_name(f"{base.name}.{ending}"))
        _replace_bytes(paths[-1], content)
    return paths


def draw_figure_set(
    folder: Path | str,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    *,
    options: FigureOptions | None = None,
    formats: Sequence[str] = ("png", "svg"),
) -> list[Path]:
    """Write the figures of a run: all claims, each claim type that occurs, source by year.

    Parameters
    ----------
    folder
        Gets ``all_claims.*``, ``<claim type>.*`` and ``source_by_year.*``.
    claims, documents, boundaries
        As for `draw_figure`.
    options
        What all figures share; type and facets are set here. 150 dpi by default.
    formats
        Any of `FORMATS`.

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    shared = options or FigureOptions(dpi=150)
    geometry = prepare_geometry(boundaries)
    mapped = claims[claims["group"].isin(shared.group)] if shared.group else claims
    present = [kind for kind in schema.CLAIM_TYPES if (mapped["claim_type"] == kind).any()]
    wanted = {"all_claims": replace(shared, claim_type=(), by=())}
    wanted |= {kind: replace(shared, claim_type=(kind,), by=()) for kind in present}
    wanted["source_by_year"] = replace(shared, claim_type=(), by=("source", "year"))
    written = []
    for name, one in wanted.items():
        stem = Path(folder) / name
        written += write_figure_set(
            stem, claims, documents, boundaries, options=one, formats=formats, geometry=geometry
        )
    return written
