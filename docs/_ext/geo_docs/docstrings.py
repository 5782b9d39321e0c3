"""Docstrings of properties, which are read as sentences."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

__all__ = ["connect"]


def connect(app: Sphinx) -> None:
    """Keep napoleon from taking what stands before a colon in a property's docstring for its type."""
    kept: dict[str, list[str]] = {}

    def keep(_app: Sphinx, what: str, name: str, _value: Any, _options: Any, lines: list[str]) -> None:
        if what == "property":
            kept[name] = list(lines)

    def restore(_app: Sphinx, what: str, name: str, _value: Any, _options: Any, lines: list[str]) -> None:
        if what == "property" and any(line.startswith(":type:") for line in lines):
            lines[:] = kept[name]

    app.connect("autodoc-process-docstring", keep, priority=400)
    app.connect("autodoc-process-docstring", restore, priority=600)
