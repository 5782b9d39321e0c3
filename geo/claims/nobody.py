"""The denial for a whole country that names nobody: "there is no one in Afghanistan with ties to X"."""

from __future__ import annotations

from geo.claims.groups import Link, Owner, is_mapped
from geo.claims.view import Item, View

__all__ = ["nobody_there"]


def nobody_there(view: View) -> Link | None:
    """Return what a sentence denies that says nobody in the country has to do with the group.

    Pattern ``nobody_linked`` is asked of the words around the group's name, which
    the sign ¦ stands for.
    """
    low, high = view.sentence.start, view.sentence.end
    if "nobody_linked" not in view.grammar or not view.find("country", view.between(low, high)):
        return None
    for group in (group for group in view.groups if is_mapped(group.label)):
        around = f"{view.between(low, group.start)}¦{view.between(group.end, high)}"
        denied = view.find("nobody_linked", around)
        if denied:
            words = " ".join(denied.group().replace("¦", group.text).split())[:60]
            trigger = Item(group.start, group.end, "presence", "noun", words)
            return Link(
                "presence", trigger, Owner(group.label, group, "nobody there has to do with it"), "said"
            )
    return None
