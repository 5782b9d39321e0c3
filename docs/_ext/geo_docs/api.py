"""The Python reference: every public name of ``geo``, and every record that these take or return."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import geo

__all__ = ["SECTIONS", "list_results", "write_names", "write_public", "write_results"]

SECTIONS = {
    "Read texts": ("read", "reading", "api.documents"),
    "Find claims": ("api", "extraction", "pipeline"),
    "Choose, count and join": ("aggregate", "boundaries"),
    "Draw": ("render", "report"),
    "Read what an earlier run wrote": ("saved", "store"),
    "Other": (),
}
"""Heading to the modules of ``geo`` that its names come from; the last takes all others."""


def _heading(value: Any) -> str:
    home = str(getattr(value, "__module__", "")).removeprefix("geo.")
    return next(
        (
            heading
            for heading, homes in SECTIONS.items()
            if f"{home}.".startswith(tuple(f"{one}." for one in homes))
        ),
        list(SECTIONS)[-1],
    )


def _describe(name: str, value: Any) -> str:
    """Return the autodoc directive for one object."""
    if inspect.isclass(value):
        members = ", ".join(_own_members(value))
        return f".. autoclass:: {name}\n" + (f"   :members: {members}\n" if members else "")
    if inspect.isroutine(value):
        return f".. autofunction:: {name}\n"
    return f".. autodata:: {name}\n"


def _own_members(value: type) -> list[str]:
    """Return the public methods and properties that a class has from ``geo``, not from other packages."""
    names = dict.fromkeys(name for one in reversed(value.__mro__) for name in vars(one))
    return [
        name for name in names if not name.startswith("_") and _is_ours(inspect.getattr_static(value, name))
    ]


def _is_ours(member: Any) -> bool:
    """Say whether a member is a method or property whose code is in ``geo``."""
    if not isinstance(member, (property, staticmethod, classmethod)) and not inspect.isfunction(member):
        return False
    code = getattr(member, "fget", None) or getattr(member, "__func__", member)
    return str(code.__module__).startswith("geo.")


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


def list_results() -> list[str]:
    """Return the classes of ``geo`` that public names take, hold or return, and that are not public.

    They are found by the names in annotations. Those of `geo.model` and of `geo.errors` are left out: these
    modules are documented whole.
    """
    found: dict[type, str] = {}
    left = [getattr(geo, name) for name in geo.__all__]
    seen: set[int] = set()
    while left:
        value = left.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        for used in _annotated(value):
            left.append(used)
            if used.__module__ not in ("geo.model", "geo.errors") and not hasattr(geo, used.__name__):
                found[used] = _shortest_path(used)
    return sorted(found.values(), key=lambda path: path.rpartition(".")[2])


def _annotated(value: Any) -> list[type]:
    """Return the public classes of ``geo`` that stand in the annotations of a function, or of a class."""
    owners = [value]
    if inspect.isclass(value):
        owners += [getattr(one, "fget", one) for name, one in vars(value).items() if not name.startswith("_")]
    words = {
        word
        for owner in owners
        for name, text in getattr(owner, "__annotations__", {}).items()
        if not name.startswith("_")
        for word in re.findall(r"[A-Za-z]\w+", str(text))
    }
    names = vars(sys.modules.get(getattr(value, "__module__", ""), geo))
    used = [names[word] for word in sorted(words) if inspect.isclass(names.get(word))]
    return [one for one in used if one.__module__.startswith("geo.")]


def _shortest_path(value: type) -> str:
    """Return the dotted name under which a package offers a class, else that of its module."""
    package = value.__module__.rpartition(".")[0]
    offered = package != "geo" and getattr(import_module(package), value.__name__, None) is value
    return f"{package if offered else value.__module__}.{value.__name__}"


def write_results() -> str:
    """Return the reference of the records that public names take or return."""
    return write_names(*list_results())
