"""Who denies what stands before him: "The presence of al-Qaeda in X was denied by the spokesman"."""

from __future__ import annotations

from geo.claims.view import Item, View

__all__ = ["find_denier"]

_BEHIND = 60
_REACH = 220


def find_denier(view: View, anchor: int) -> Item | None:
    """Return the source behind the claim at ``anchor`` by whom it is denied, if any.

    Pattern ``denied_by`` reads the words between the last place of the claim and
    the source, a broken bar, and those behind the source.
    """
    for source in view.sources:
        if source.role == "verb" or not anchor < source.start < anchor + _REACH:
            continue
        low = max(
            (m.end for m in view.mentions if anchor <= m.start and m.end <= source.start), default=anchor
        )
        if view.find("clause_boundary", view.between(anchor, low)):
            continue
        after = view.between(source.end, min(source.end + _BEHIND, view.sentence.end))
        if view.find("denied_by", f"{view.between(low, source.start)}¦{after}"):
            return source
    return None
