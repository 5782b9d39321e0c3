"""What is changed in docstrings and signatures before they are shown."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

__all__ = ["connect"]


def connect(app: Sphinx) -> None:
    """Read docstrings of properties as sentences, and hide what a class is made of where that is private.

    Napoleon takes what stands before a colon in a property's docstring for its type.
    """
    kept: dict[str, list[str]] = {}

    def keep(_app: Sphinx, what: str, name: str, _value: Any, _options: Any, lines: list[str]) -> None:
        if what == "property":
            kept[name] = list(lines)

    def restore(_app: Sphinx, what: str, name: str, _value: Any, _options: Any, lines: list[str]) -> None:
        if what == "property" and any(line.startswith(":type:") for line in lines):
            lines[:] = kept[name]

    def hide(_app: Sphinx, what: str, _name: str, _value: Any, _options: Any, given: str, result: str) -> Any:
        if what == "class" and re.match(r"\(\*?,? ?_[a-z]", given or ""):
            return "", result
        return None

    app.connect("autodoc-process-signature", hide)
    app.connect("autodoc-process-docstring", keep, priority=400)
    app.connect("autodoc-process-docstring", restore, priority=600)
