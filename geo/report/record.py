"""The annex of a report: how the claims were made, from the ``run.json`` beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

__all__ = ["describe_run"]

_PATHS = ("boundaries",)


def describe_run(
    record: Mapping[str, Any], *, table: str = "", table_sha256: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return names and values that say how a run was made; no paths of the machine among them.

    Parameters
    ----------
    record
        What `geo.output.read_record` returned; empty gives nothing.
    table, table_sha256
        Name and hash of the claims table that the report is made from, to say
        whether it is as the run left it.
    """
    if not record:
        return ()
    tool, inputs = record.get("tool"), record.get("inputs")
    lines = {
        "run": str(record.get("generated", "")),
        "tool": " ".join(map(str, tool.values())) if isinstance(tool, Mapping) else "",
        "python": str(record.get("python", "")),
        "input files": str(len(inputs)) if isinstance(inputs, Mapping) else "",
        "inputs not read": _count(record, "skipped"),
        "corpus sha256": str(record.get("corpus_sha256", "")),
        **_flatten("", record.get("options")),
        "claims table": _compare(record.get("outputs"), table, table_sha256),
    }
    return tuple((name, value) for name, value in lines.items() if value)


def _count(record: Mapping[str, Any], name: str) -> str:
    counts = record.get("counts")
    return str(counts[name]) if isinstance(counts, Mapping) and name in counts else ""


def _flatten(name: str, value: object) -> dict[str, str]:
    """Options inside options get names with dots; a path is told by its last part."""
    if isinstance(value, Mapping):
        found: dict[str, str] = {}
        for key, inner in value.items():
            found |= _flatten(f"{name}.{key}" if name else f"option {key}", inner)
        return found
    if value in ("", None):
        return {}
    shown = PurePath(str(value)).name if re.split(r"[ .]", name)[-1] in _PATHS else str(value)
    return {name: shown}


def _compare(outputs: object, table: str, table_sha256: str) -> str:
    if not isinstance(outputs, Mapping) or table not in outputs or not table_sha256:
        return ""
    if outputs[table] == table_sha256:
        return f"{table}, as the run left it"
    return f"{table}, changed since the run (review marks change it)"
