"""Offices whose holders a sentence before has called the group's people: "They include the governor of X"."""

from __future__ import annotations

from geo.claims.groups import Link, Owner, is_mapped
from geo.claims.places import PlaceList
from geo.claims.view import View

__all__ = ["holds_post", "says_officials"]

_BESIDE_PLACE = 40


def says_officials(view: View) -> str:
    """The group whose people a sentence says hold offices, where it says so; else empty.

    "Three officials of the administration belong to al-Qaeda", "Members of al-Qaeda serve as governors".
    """
    if view.cued("negation", "denial", "hypothetical"):
        return ""
    for group in view.groups:
        if not is_mapped(group.label) or group.role == "actor":
            continue
        around = (
            f"{view.between(view.sentence.start, group.start)}¦{view.between(group.end, view.sentence.end)}"
        )
        if view.find("officials_of", around):
            return group.label
    return ""


def holds_post(view: View, plist: PlaceList, group: str) -> list[Link]:
    """The office beside a place, in a sentence that goes on naming those officials."""
    if not group or not view.find("officials_listed", view.between(view.sentence.start, view.sentence.end)):
        return []
    for post in view.kinds:
        near = min(abs(plist.start - post.end), abs(post.start - plist.end)) < _BESIDE_PLACE
        if post.role == "post" and near:
            owner = Owner(group, None, "the sentence before calls such officials its people")
            return [Link("official_post", post, owner, "post held by a member")]
    return []
