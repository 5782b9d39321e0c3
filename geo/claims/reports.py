"""The report that a document as a whole is about, for readers of "the report says"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.naming import SPEAKING, is_group_name, name_source
from geo.claims.view import Item, View

__all__ = ["report_written"]

_REACH = 90


def report_written(text: str, views: Sequence[View]) -> Attribution:
    """Say whose report a document speaks of, the author where it names none.

    Articles call a report "the report" before or long after they tell whose it
    is. One of the United Nations comes first, one that a medium has only seen last.
    """
    found: list[Attribution] = []
    for view in views:
        for source in view.sources:
            if source.role in SPEAKING and not is_group_name(view, source) and _wrote(view, source):
                found.append(name_source(text, view, source, "the report that the text is about"))
    ranked = sorted(found, key=lambda credit: (credit.kind != "un", credit.kind == "media"))
    return ranked[0] if ranked else _monitors(text, views)


def _monitors(text: str, views: Sequence[View]) -> Attribution:
    """The organ of the United Nations that a text names first, for one that names no report's author."""
    for view in views:
        for source in (s for s in view.sources if s.label == "un" and s.role == "source"):
            return name_source(text, view, source, "the monitors that the text names")
    return AUTHOR


def _wrote(view: View, source: Item) -> bool:
    before = view.between(max(view.sentence.start, source.start - _REACH), source.start)
    after = view.between(source.end, min(source.end + 30, view.sentence.end))
    if source.label in ("taliban", "militant", "anonymous"):
        return False
    return bool(
        view.find("report_after", after)
        or view.find("report_of", before)
        or view.find("report_written_by", before)
    )
