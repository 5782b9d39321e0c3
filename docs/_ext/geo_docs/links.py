"""Where links and names lead."""

from __future__ import annotations

import builtins
import re
from functools import cache
from importlib import import_module
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

__all__ = ["redirect_files", "resolve_name"]

_USUAL = ("pathlib", "collections.abc", "typing")
"""Modules whose names stand in annotations by themselves."""

_SHORT = {"pd": "pandas", "gpd": "geopandas", "np": "numpy", "mpl": "matplotlib"}
_INCLUDED = {"data/lexicon/README.md": "reference/lexicon.md", "CHANGELOG.md": "changelog.md"}
"""Files of the repository that pages include."""

_IDENTIFIER = re.compile(r"[A-Za-z_][\w.]*")


def redirect_files(text: str, docname: str) -> str:
    """Let links to Markdown files outside ``docs/`` lead to the page that includes them, or to a copy.

    Parameters
    ----------
    text
        Markdown of a page.
    docname
        Its path below ``docs/`` without ending.
    """
    up = "../" * docname.count("/")

    def redirect(found: re.Match[str]) -> str:
        path = found[1].removeprefix(f"{up}../")
        return f"]({up}{_INCLUDED[path]}" if path in _INCLUDED else f"](path:{found[1]}"

    return re.sub(rf"\]\(({re.escape(up)}\.\./[\w./-]+\.md)", redirect, text)


@cache
def _find(name: str) -> Any:
    """Return the object of a dotted name, ``None`` if there is none."""
    first, _, rest = name.partition(".")
    parts = [*_SHORT.get(first, first).split("."), *filter(None, rest.split("."))]
    if hasattr(builtins, parts[0]):
        return getattr(builtins, parts[0])
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found
    return None


def resolve_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.Element | None:
    """Resolve a name of Python that has no entry of its own.

    An object that is documented under another name (``geo.extraction.extract`` as
    ``geo.extract``) is linked there. One that only exists is shown without a link.
    A name that nobody has is a fault, unless it stands in single back quotes and
    does not begin with ``geo.``: then it is taken for code.
    """
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    home = node.get("py:module") or "geo"
    for name in (target, *(f"{one}.{target}" for one in (home, "geo", *_USUAL))):
        found = _find(name) if _IDENTIFIER.fullmatch(name) else None
        if found is None:
            continue
        for documented, entry in env.domaindata["py"]["objects"].items():
            if documented.rpartition(".")[2] == target.rpartition(".")[2] and _find(documented) is found:
                return make_refnode(app.builder, node["refdoc"], entry.docname, entry.node_id, contnode)
        return contnode
    if node["reftype"] == "obj" and not target.startswith("geo."):
        return contnode
    return None
