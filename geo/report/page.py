"""A report as one HTML page: no script, nothing to fetch, every text escaped by the template engine."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from PIL import Image

from geo.render import style
from geo.report import wording
from geo.report.content import Picture, Report

__all__ = ["make_page"]


def make_page(report: Report) -> str:
    """Return the page as text; the same report gives the same text.

    Its content security policy allows the style of this package and inline
    images, and neither scripts nor requests. Texts are isolated from one another
    in their direction, and a quote is set in its own.
    """
    sheet = _style()
    return _template().render(report=report, style=sheet, policy=_policy(sheet), wording=wording)


@cache
def _template() -> Template:
    engine = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.filters["embed"] = _embed
    engine.filters["size"] = _size
    return engine.from_string(_read_asset("report.html"))


def _read_asset(name: str) -> str:
    return files("geo.report").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """The style sheet, with the fills of the map."""
    fills = (
        f".swatch.{state} {{ background-color: {look.fill}; }}" for state, look in style.STATE_STYLES.items()
    )
    text = re.sub(r"\n[ \t]+", "\n", _read_asset("report.css"))
    return "\n".join((text, *fills))


def _policy(sheet: str) -> str:
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _embed(picture: Picture) -> str:
    return "data:image/png;base64," + base64.b64encode(picture.png).decode()


def _size(picture: Picture) -> tuple[int, int]:
    """Width and height in pixels, so that the text does not jump while the page opens."""
    with Image.open(io.BytesIO(picture.png)) as image:
        return image.size
