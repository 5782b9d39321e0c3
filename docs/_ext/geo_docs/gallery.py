"""The gallery: every picture in ``docs/img/figures`` with the caption that was written with it."""

from __future__ import annotations

from pathlib import Path

from geo_docs.commands import escape

__all__ = ["FOLDER", "write_figures"]

FOLDER = Path(__file__).resolve().parents[2] / "img" / "figures"


def write_figures() -> str:
    """Return a section for each picture: title, picture with its alternative text, caption."""
    return "\n\n".join(_section(path) for path in sorted(FOLDER.glob("*.png")))


def _section(path: Path) -> str:
    caption = _beside(path, ".txt").split("\n")
    title = escape(caption[0].strip().rstrip(".")) or path.stem.replace("_", " ").capitalize()
    text = "\n".join(escape(line) for line in caption[1:])
    alt = " ".join(_beside(path, ".alt.txt").split()) or title
    return f"## {title}\n\n```{{image}} img/figures/{path.name}\n:alt: {alt}\n```\n\n{text}"


def _beside(path: Path, ending: str) -> str:
    beside = path.with_suffix(ending)
    return beside.read_text(encoding="utf-8").strip() if beside.is_file() else ""
