"""The gallery: every picture in ``docs/img/figures``, with what a page says of it."""

from __future__ import annotations

import re
from pathlib import Path

from geo_docs.commands import escape

__all__ = ["FOLDER", "write_figures"]

FOLDER = Path(__file__).resolve().parents[2] / "img" / "figures"

_SHOWN = re.compile(r"!\[([^\]]*)\]\(img/figures/([\w.-]+)\)")


def write_figures() -> str:
    """Return a section for each picture: title, picture, and its caption or the page that tells of it.

    The title is the first line of the caption beside the picture (``NAME.txt``), else the words by which
    a page shows it. Pictures that a page shows come first, in its order.
    """
    told: dict[str, tuple[str, str]] = {}
    for page in sorted(FOLDER.parents[1].glob("*.md")):
        for alt, name in _SHOWN.findall(page.read_text(encoding="utf-8")):
            told.setdefault(name, (" ".join(alt.split()), page.name))
    there = {path.name: path for path in sorted(FOLDER.glob("*.png"))}
    names = [name for name in (*told, *there) if name in there]
    return "\n\n".join(_section(there[name], *told.get(name, ("", ""))) for name in dict.fromkeys(names))


def _section(path: Path, shown_as: str, page: str) -> str:
    title, *caption = _beside(path, ".txt").split("\n")
    title = title.strip().rstrip(".") or shown_as or path.stem.replace("_", " ").capitalize()
    alt = " ".join(_beside(path, ".alt.txt").split()) or shown_as or title
    text = "\n".join(escape(line) for line in caption)
    link = f"[How it was made]({page})" if page else ""
    lines = [f"## {escape(title)}", f"```{{image}} img/figures/{path.name}\n:alt: {alt}\n```", text, link]
    return "\n\n".join(line for line in lines if line)


def _beside(path: Path, ending: str) -> str:
    beside = path.with_suffix(ending)
    return beside.read_text(encoding="utf-8").strip() if beside.is_file() else ""
