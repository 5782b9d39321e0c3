"""Triggers that tell nothing of a place: papers captured, land mines, houses only lived in."""

from __future__ import annotations

from geo.claims.groups import is_mapped
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["is_dwelt_in", "is_left", "is_noise"]

_SHORT_GAP = 60
_PAPERS = 90


def is_noise(view: View, item: Item) -> bool:
    """Whether a trigger is none where it stands: a captured paper, a land mine, an army's base."""
    before = view.between(view.sentence.start, item.start)[-30:]
    if item.role == "event":
        attributive = view.find("event_as_adjective", view.between(item.end, item.end + 60))
        rest = view.between(item.end, view.sentence.end)
        held = view.fits("needs_passive", item.text) and not view.find("no_object", rest)
        attributive = attributive or view.find("papers_before", before)
        return bool(
            attributive or (held and not view.find("passive", before)) or view.find("event_noise", before)
        )
    if item.role == "verb" and view.find("carried_off", before) and view.fits("brought", item.text):
        taken = view.cued("noncontext") or any(
            kind.role == "event" and kind.end <= item.start for kind in view.kinds
        )
        return bool(taken) or not view.fits("resettles", item.text)
    if item.label == "media" and view.find("outlet_speaks", view.between(item.start, view.sentence.end)):
        return True
    if item.label == "finance" and item.text in ("mine", "mines"):
        return bool(view.find("landmine", before))
    if view.find("instead_after", view.between(item.end, item.end + 80)) and view.cued(
        "negation", high=item.start
    ):
        return item.role in ("site", "site_weak", "noun")
    if view.fits("part_of_name", item.text) and any(0 <= m.start - item.end <= 1 for m in view.mentions):
        return True
    if item.role == "noun" and view.find(
        "ties_to", view.between(view.sentence.start, item.start)[-_SHORT_GAP:]
    ):
        return True
    nearby = view.cued("noncontext", low=item.start - 25, high=item.end + 12)
    return item.role == "site_weak" and bool(nearby or view.find("army_site", before))


def is_dwelt_in(view: View, item: Item) -> bool:
    """Whether a house is only where somebody lives: "had been living in a villa"."""
    if item.role != "site_weak" or item.label != "safe_house":
        return False
    if view.find("dwells_in", view.between(view.sentence.start, item.start)[-90:]):
        return True
    people = [g for g in view.groups if g.role == "person" and is_mapped(g.label) and g.end <= item.start]
    return bool(people) and bool(view.find("dwells_in", f"¦{view.between(people[-1].end, item.start)}"))


def is_left(view: View, item: Item, plist: PlaceList) -> bool:
    """Whether a place is only where something from a site was taken, or what papers from it tell of."""
    if item.role not in ("site", "site_weak"):
        return False
    before = view.between(view.sentence.start, item.start)[-_PAPERS:]
    if view.find("papers_from", before) and not view.find("right_in", view.between(item.end, plist.start)):
        return item.end <= plist.start
    if not view.fits("toward", plist.lead):
        return False
    return item.end <= plist.start and bool(
        view.find("from_site", view.between(view.sentence.start, item.start)[-_SHORT_GAP:])
    )
