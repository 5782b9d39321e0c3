"""What a hedge or a negation is about, where it is not about the claim."""

from __future__ import annotations

from geo.claims.view import Item, View

__all__ = ["of_others", "of_rank"]

_NEXT = 40


def of_rank(view: View, hedge: Item, trigger: Item) -> bool:
    """Whether a hedge set in between commas only leaves open what rank somebody has.

    "X, believed to be the group's second in command, was killed in …": that he
    was killed is affirmed.
    """
    before = view.between(view.sentence.start, hedge.start).rstrip()
    after = view.between(hedge.end, trigger.start)
    set_off = before.endswith(",") or view.find("apposed_before", before)
    if not set_off or "," not in after:
        return False
    return bool(view.find("rank_meant", after))


def of_others(view: View, negation: Item, trigger: Item) -> bool:
    """Whether a negation behind a trigger opens a statement of its own: "… and that no one was hurt"."""
    if negation.start < trigger.end or "own_negation" not in view.grammar:
        return False
    joint = view.between(trigger.end, negation.start)
    told = view.between(negation.start, min(negation.end + _NEXT, view.sentence.end))
    return bool(view.find("own_negation", f"{joint}¦{told}"))
