"""The Python reference: every public name of ``geo``, and of the modules whose records it returns."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import geo

__all__ = ["SECTIONS", "write_names", "write_public"]

SECTIONS = {
    "Read texts": ("read",),
    "Find claims": ("api", "extraction", "pipeline", "claims", "claimset"),
    "Choose, count and join": ("aggregate", "boundaries"),
    "Draw": ("render", "report"),
    "Read what an earlier run wrote": ("saved", "store"),
    "Other": (),
}
"""Heading to the modules of ``geo`` that its names come from; the last takes all others."""


def _home(value: Any) -> str:
    parts = str(getattr(value, "__module__", "")).split(".")
    return parts[1] if len(parts) > 1 else ""


def _heading(value: Any) -> str:
    home = _home(value)
    return next((heading for heading, homes in SECTIONS.items() if home in homes), list(SECTIONS)[-1])


def _describe(name: str, value: Any) -> str:
    """Return the autodoc directive for one object."""
    if inspect.isclass(value):
        return f".. autoclass:: {name}\n   :members:\n   :inherited-members: Exception, object\n"
    if inspect.isroutine(value):
        return f".. autofunction:: {name}\n"
    return f".. autodata:: {name}\n"


def _block(entries: Iterable[str]) -> str:
    return "```{eval-rst}\n" + "\n".join(entries) + "```"


def write_public() -> str:
    """Return a section for each part of the work, with every name in ``geo.__all__``."""
    sections: dict[str, list[str]] = {heading: [] for heading in SECTIONS}
    for name in sorted(geo.__all__, key=str.casefold):
        value = getattr(geo, name)
        if name == "__version__":
            text = ".. py:data:: geo.__version__\n   :type: str\n\n   Version of this package.\n"
        else:
            text = _describe(f"geo.{name}", value)
        sections[_heading(value)].append(text)
    return "\n\n".join(f"## {heading}\n\n{_block(texts)}" for heading, texts in sections.items() if texts)


def write_names(*names: str) -> str:
    """Return the reference of dotted names; a module stands for all of its ``__all__``."""
    entries = []
    for name in names:
        owner, _, last = name.rpartition(".")
        value = getattr(import_module(owner), last)
        if inspect.ismodule(value):
            entries += [_describe(f"{name}.{one}", getattr(value, one)) for one in value.__all__]
        else:
            entries.append(_describe(name, value))
    return _block(entries)
