"""Figures as files: PNG, SVG and PDF, equal bytes for equal input, whole or not at all."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geo.errors import UsageError
from geo.files import guard_formula, write_bytes
from geo.render.figure_measure import FONT
from geo.render.figure_themes import THEMES

__all__ = ["FORMATS", "own_settings", "write_figure", "write_numbers"]

FORMATS = ("png", "svg", "pdf")
"""What `write_figure` can write, by the end of the file's name."""

_SETTINGS: Any = {
    "font.family": [FONT],
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "province-mention-mapper",
    "path.simplify": False,
    "text.hinting": "no_hinting",
    "text.parse_math": False,
}
_METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None},
}
_NEAR = 8
_PATH_DATA = re.compile(rb'(?<= d=")[^"]+')
_DECIMALS = re.compile(rb"(?<=\.\d\d)\d+")


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw with matplotlib's defaults and ours; letters that the font lacks are no alarm."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph .*missing")
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def write_figure(figure: Figure, path: Path | str) -> None:
    """Write a figure in the format that the name ends with.

    PNG has the figure's own resolution; SVG keeps text as text; PDF embeds its
    fonts as TrueType (type 42). The figure's label, its headline, becomes the title
    of the file. The file appears whole or not at all.

    Raises
    ------
    UsageError
        If the name ends with something other than ``.png``, ``.svg`` or ``.pdf``.
    WriteError
        If the file cannot be written.
    """
    target = Path(path)
    kind = target.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise UsageError(
            f"{target}: cannot write a figure as {kind or 'nothing'}. Expected {', '.join(FORMATS)}."
        )
    with own_settings():
        content = _png(figure) if kind == "png" else _vector(figure, kind)
    write_bytes(content, target)


def _vector(figure: Figure, kind: str) -> bytes:
    buffer = io.BytesIO()
    title = str(figure.get_label()) or None
    figure.savefig(buffer, format=kind, metadata={**_METADATA[kind], "Title": title})
    return _lighten_svg(buffer.getvalue()) if kind == "svg" else buffer.getvalue()


def _png(figure: Figure) -> bytes:
    """Draw at the figure's resolution, in 256 colours: a third of the size, and faster to pack.

    The colours of the vocabulary are kept exact; only the soft edges of lines
    and letters are rounded.
    """
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    drawn = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    pixels = Image.fromarray(drawn).convert("RGB")
    image = pixels.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = np.array(image.getpalette(), dtype=np.int16).reshape(-1, 3)
    for colour in _exact_colours(figure):
        exact = np.rint(np.array(to_rgb(colour)) * 255)
        distance = np.abs(palette - exact).max(axis=1)
        if distance.min() <= _NEAR:
            palette[distance.argmin()] = exact
    image.putpalette(palette.astype(np.uint8).tobytes())
    information = PngInfo()
    if figure.get_label():
        information.add_itxt("Title", str(figure.get_label()))
    buffer = io.BytesIO()
    image.save(buffer, "png", dpi=(figure.dpi, figure.dpi), pnginfo=information)
    return buffer.getvalue()


def _exact_colours(figure: Figure) -> list[str]:
    """Fills and ground of the theme that the page of the figure belongs to, in a fixed order."""
    page = to_hex(figure.get_facecolor())
    fills = [
        colour
        for theme in THEMES.values()
        if theme.page == page
        for colour in (theme.page, theme.ink, *(look.fill for look in theme.states.values()))
    ]
    return sorted(set(fills))


def _lighten_svg(content: bytes) -> bytes:
    """Round path coordinates to hundredths of a point, and name fonts to fall back on."""
    short = _PATH_DATA.sub(lambda data: _DECIMALS.sub(b"", data.group()), content)
    return short.replace(b"'DejaVu Sans'", b"'DejaVu Sans', Verdana, sans-serif")


def write_numbers(numbers: pd.DataFrame) -> bytes:
    """Numbers as CSV; a label that a spreadsheet would run as a formula gets an apostrophe."""
    text = [name for name in numbers.columns if not pd.api.types.is_numeric_dtype(numbers[name])]
    safe = {name: numbers[name].map(guard_formula) for name in text}
    return numbers.assign(**safe).to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")
