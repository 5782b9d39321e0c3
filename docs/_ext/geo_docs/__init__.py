"""The parts of the documentation that are generated: reference pages and the gallery.

A page asks for one with a comment that stands alone in its line, ``<!-- generated: commands -->``;
the comment is replaced when the page is built, so what is written there cannot fall behind the code.
Links of the pages and names in docstrings are held to things that exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from geo_docs import api, columns, commands, docstrings, gallery, guides, links, tables

__all__ = ["GENERATORS", "expand", "setup"]

ROOT = Path(__file__).resolve().parents[3]

GENERATORS: dict[str, Callable[..., str]] = {
    "api": api.write_public,
    "cases": tables.write_languages,
    "columns": columns.write_columns,
    "commands": commands.write_commands,
    "figures": gallery.write_figures,
    "gazetteer": tables.write_cues,
    "guides": guides.write_unlisted,
    "names": api.write_names,
    "results": api.write_results,
    "table": tables.write_table,
    "values": columns.write_values,
}
"""Word in the comment to the function that writes the Markdown; further words are its arguments."""

_READ = ("geo", "data", "docs/_ext", "docs/reference", "docs/img/figures")
"""Folders that generated parts are read from; a change in them builds their pages again."""

_MARKER = re.compile(r"^<!-- generated: (\w+)((?: [\w./-]+)*) -->$", re.MULTILINE)


def expand(text: str) -> str:
    """Put what is generated in place of the comments of a page.

    Raises
    ------
    ExtensionError
        If a comment asks for something that nobody writes.
    """

    def write(found: re.Match[str]) -> str:
        if found[1] not in GENERATORS:
            raise ExtensionError(f"{found[0]}: nobody writes that. Expected one of {', '.join(GENERATORS)}.")
        return GENERATORS[found[1]](*found[2].split())

    return _MARKER.sub(write, text)


def _expand_source(app: Sphinx, docname: str, source: list[str]) -> None:
    if _MARKER.search(source[0]):
        for path in (path for folder in _READ for path in (ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".csv", ".txt"):
                app.env.note_dependency(str(path), docname=docname)
    source[0] = expand(links.redirect_files(source[0], docname))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    for name in ("csv", "explained", "row"):  # what blocks hold, or are found by; none has colours
        app.add_lexer(name, TextLexer)
    app.connect("source-read", _expand_source)
    docstrings.connect(app)
    app.connect("missing-reference", links.resolve_name)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
