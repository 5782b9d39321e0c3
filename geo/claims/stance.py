"""Whether a claim is affirmed, denied or hedged, or no claim at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.claims.clauses import clause_at
from geo.claims.denier import find_denier
from geo.claims.scope import of_others, of_rank
from geo.claims.view import Item, View

__all__ = ["Stance", "judge_stance"]

_BESIDE = 25
_AFTER_PLACE = 40
_REFUSED = 80
_BEFORE_NO = 12
_REPORT_REACH = 40
_DENIERS = ("taliban", "militant", "anonymous")
_CLAIMANTS = ("source", "voice", "office")


@dataclass(frozen=True, slots=True)
class Stance:
    """``affirmed``, ``denied`` or ``uncertain``; ``claimed`` is false where nothing is claimed to be so.

    ``restated`` marks a denial that repeats somebody else's claim: the claim
    stays affirmed by its own source and the denial is a statement of its own.
    ``hearsay`` marks the conditional by which the press reports what it has not
    checked: uncertain, unless the sentence names who says so.
    """

    stance: str
    cue: str = ""
    claimed: bool = True
    restated: bool = False
    denied_at: int = 0
    hearsay: bool = False


def judge_stance(
    view: View, bounds: list[int], trigger: Item, place: tuple[int, int], owner: Item | None
) -> Stance:
    """Judge one claim by the cues that stand over its trigger.

    Only cues before the trigger in its own clause, or between trigger and
    place, have it in their scope; a verb of denial reaches over "that".
    """
    first = min(trigger.start, place[0], owner.start if owner else trigger.start)
    if "inverts_speech" in view.grammar and view.find("where", view.between(place[1], trigger.start)):
        first = trigger.start
    if "verb_first" in view.grammar and owner and owner.end <= clause_at(bounds, trigger.start)[0]:
        first = min(trigger.start, place[0])
    low, high = clause_at(bounds, first)
    last = max(trigger.end, place[0])
    scope = (low, min(last, high) if last > high else last)
    if _is_question(view):
        return Stance("affirmed", "question", claimed=False)
    if "frame" in view.grammar and trigger.role in ("name", "person", "member"):
        trigger = replace(trigger, start=max(trigger.start, place[0]), end=max(trigger.end, place[0]))
    return (
        _unclaimed(view, scope[0], first, trigger, place)
        or _rejected(view, scope[0], first, trigger, place)
        or _negated(view, scope[0], high, trigger, place)
        or _hedged(view, scope[0], high, trigger, place, owner)
        or Stance("affirmed")
    )


def _unclaimed(view: View, low: int, first: int, trigger: Item, place: tuple[int, int]) -> Stance | None:
    """What is supposed, wished, planned or ordered, and so claimed by nobody."""
    if cue := _first(view, ("hypothetical",), low, trigger.start):
        return Stance("affirmed", cue.text, claimed=False)
    if view.find("inverted_if", view.between(low, trigger.start)):
        return Stance("affirmed", "were … to", claimed=False)
    reach = max(trigger.start, first, place[0] if "verb_final" in view.grammar else 0)
    cue = _first(view, ("wish",), low, reach)
    if cue and not view.find("wish_break", view.between(cue.end, trigger.start)):
        return Stance("affirmed", cue.text, claimed=False)
    if view.find("ordered", view.between(low, trigger.start)[-90:]):
        return Stance("affirmed", "told to", claimed=False)
    if cue := _irrealis(view, low, trigger):
        return Stance("affirmed", cue.text, claimed=False)
    return None


def _rejected(view: View, low: int, first: int, trigger: Item, place: tuple[int, int]) -> Stance | None:
    """What somebody denies, or calls false, and with it whether another's claim is only restated."""
    denials = list(_denials(view, trigger.start))
    for denial in denials[:1]:
        if _restates(view, denial, trigger) and not _restates(view, denials[-1], trigger):
            return Stance("denied", denials[-1].text)
        if _restates(view, denial, trigger):
            return Stance(
                "affirmed", denial.text, restated=True, denied_at=_claim_denied(view, denial, trigger)
            )
        if claimant := _claim_before(view, denial):
            return Stance("affirmed", denial.text, restated=True, denied_at=claimant.start)
        if denial.start >= low or view.find("denial_object", view.between(denial.end, first + 1)):
            return Stance("denied", denial.text)
    for denial in view.cued("denial", low=trigger.end):
        if claimant := _claim_before(view, denial):
            return Stance("affirmed", denial.text, restated=True, denied_at=claimant.start)
    if cue := _called_false(view, low, trigger, place, first):
        if _claimed_by_another(view, low, first):
            return Stance("affirmed", cue.text, restated=True, denied_at=view.sentence.start)
        return Stance("denied", cue.text)
    if cue := _denied_after(view, trigger, place):
        return Stance("denied", cue.text)
    if denier := find_denier(view, trigger.start):
        if view.cued("denial") and _claimed_by_another(view, low, first):
            return Stance("affirmed", denier.text, restated=True, denied_at=view.sentence.start)
        return Stance("denied", denier.text)
    return None


def _claimed_by_another(view: View, low: int, high: int) -> bool:
    """Whether somebody whose side denies nothing is named between two offsets: the claim is his."""
    return any(
        s.role in _CLAIMANTS and low <= s.start < high and s.label not in _DENIERS for s in view.sources
    )


def _negated(view: View, low: int, high: int, trigger: Item, place: tuple[int, int]) -> Stance | None:
    """What the sentence itself says is not so."""
    neither = view.grammar["neither_nor"].search(view.flat, view.sentence.start, view.sentence.end)
    if neither and max(trigger.end, place[1]) > neither.start() - _BEFORE_NO:
        return Stance("denied", neither.group()[:_BEFORE_NO])
    if cue := _negation(view, low, trigger, place):
        return Stance("denied", cue.text)
    if "negation_follows" in view.grammar:
        after = max(trigger.end, place[1]) if trigger.role in ("site", "site_weak", "noun") else trigger.end
        if denied := view.find("negation_follows", view.between(after, max(high, after))):
            return Stance("denied", denied.group().strip())
    return None


def _hedged(
    view: View, low: int, high: int, trigger: Item, place: tuple[int, int], owner: Item | None
) -> Stance | None:
    """What the text itself leaves open: may, possibly, alleged, unconfirmed."""
    hedges = [
        hedge
        for hedge in view.cued("hedge", low=low, high=_hedge_end(view, trigger, place))
        if not view.fits("about_people", hedge.text)
        or hedge.start >= place[1]
        or (owner and _near(view, hedge, owner))
    ]
    hedges = [hedge for hedge in hedges if not of_rank(view, hedge, trigger)]
    if hedges and view.find("feared_after", view.between(max(trigger.end, place[1]), view.sentence.end)):
        return Stance("affirmed", "what is feared", claimed=False)
    if hedges:
        return Stance("uncertain", hedges[0].text)
    if form := view.find("hedge_form", view.between(low, trigger.end)):
        return Stance("uncertain", form.group().strip())
    if told := view.find("hedges_all", view.between(view.sentence.start, trigger.start)):
        return Stance("uncertain", told.group().strip())
    tail = [h for h in view.cued("hedge", low=low) if view.fits("afterthought", h.text)]
    if tail:
        return Stance("uncertain", tail[0].text)
    told = view.find("hearsay", view.between(low, max(trigger.end, min(place[0], high))))
    return Stance("uncertain", told.group(), hearsay=True) if told else None


def _hedge_end(view: View, trigger: Item, place: tuple[int, int]) -> int:
    """Where the reach of a hedge ends: at the place, or at a passive right after it ("in X is suspected")."""
    end = max(trigger.end, place[1])
    passive = view.grammar["hedged_after"].search(view.between(end, end + _AFTER_PLACE))
    return end + passive.end() if passive else end


def _near(view: View, hedge: Item, owner: Item) -> bool:
    """Whether a word like "suspected" stands beside the group's name and so speaks of these people."""
    gap = view.between(hedge.end, owner.start)
    before = -_BESIDE if "inverts_speech" not in view.grammar or "," in gap else -2 * _BESIDE
    return before <= hedge.end - owner.start <= 0 or 0 <= hedge.start - owner.end <= _BESIDE


def _is_question(view: View) -> bool:
    return view.between(view.sentence.start, view.sentence.end).rstrip("\"'”’ )").endswith(("?", "؟"))


def _first(view: View, cues: tuple[str, ...], low: int, high: int) -> Item | None:
    return next(iter(view.cued(*cues, low=low, high=high)), None)


def _denials(view: View, high: int) -> list[Item]:
    """The denials before a trigger; a verb of refusing is one only where it refuses what was said."""
    return [
        cue
        for cue in view.cued("denial", high=high)
        if (
            not view.fits("refusal", cue.text)
            or view.find("refused_claim", view.between(cue.end, cue.end + _REFUSED))
        )
        and not view.find("denial_negated", view.between(view.sentence.start, cue.start))
        and not view.find("speaks_anew", view.between(cue.end, high))
    ]


def _irrealis(view: View, low: int, trigger: Item) -> Item | None:
    """A plan or wish counts only when nothing but its own words stands between it and the trigger."""
    for cue in view.cued("irrealis", low=low, high=trigger.start):
        gap = view.between(cue.end, trigger.start)
        if len(gap) < 90 and not view.find("plan_break", gap):
            return cue
    return None


def _negation(view: View, low: int, trigger: Item, place: tuple[int, int]) -> Item | None:
    hedged = view.cued("hedge", low=low)
    for cue in view.cued("negation", low=low, high=max(trigger.end, place[0])):
        if any(hedge.start <= cue.start and cue.end <= hedge.end for hedge in hedged):
            continue
        around = view.between(max(low, cue.start - 4), cue.end + 24)
        if view.find("not_negating", around) or view.find("not_verified", around):
            continue
        if view.find("instead_after", view.between(cue.end, cue.end + 80)):
            continue
        if of_others(view, cue, trigger):
            continue
        gap = view.between(cue.end, trigger.start if cue.start < trigger.end else place[0])
        if len(gap) < 80 and not view.find("negation_break", gap):
            return cue
    return None


def _called_false(view: View, low: int, trigger: Item, place: tuple[int, int], first: int) -> Item | None:
    """A denial after a claim that is told as one: "Reports that al-Qaeda is in Kunar are baseless"."""
    if not view.find("told_as_claim", view.between(low, first)):
        return None
    end = max(trigger.end, place[1])
    return next(
        (cue for cue in view.cued("denial", low=end) if view.find("called", view.between(end, cue.start))),
        None,
    )


def _denied_after(view: View, trigger: Item, place: tuple[int, int]) -> Item | None:
    """A denial or a negated verb that stands after what it denies, as where the verb is last."""
    if "verb_final" not in view.grammar:
        return None
    low = max(trigger.end, place[1])
    if trigger.role == "event":
        low = trigger.end
    for cue in view.cued("negation", "denial", low=trigger.start):
        gap = view.between(min(low, cue.start), cue.start)
        reach = "denied_after" if cue.label == "denial" else "negated_after"
        hedged = any(h.start < cue.end and cue.start < h.end for h in view.cued("hedge", low=low))
        around = view.between(max(view.sentence.start, cue.start - _BEFORE_NO), cue.end + _BEFORE_NO)
        if cue.label == "negation" and view.find("not_negating", around) and trigger.end > cue.start:
            continue
        if not hedged and view.find(reach, gap):
            return cue
    return None


def _claim_before(view: View, denial: Item) -> Item | None:
    """The named source of the claim denied, where it stands before: "the report that … is false"."""
    if "verb_final" not in view.grammar and "inverts_speech" not in view.grammar:
        return None
    for source in (s for s in view.sources if s.role == "source" and s.end <= denial.start):
        gap = view.between(source.end, denial.start)
        around = f"{view.between(view.sentence.start, source.start)[-_REPORT_REACH:]}¦{gap}"
        told = view.find("claim_before", gap) or view.find("claim_around", around)
        if source.label not in _DENIERS and told:
            return source
    return None


def _claim_denied(view: View, denial: Item, trigger: Item) -> int:
    """Where the claim that is denied begins: past the denier, where he stands after his verb."""
    claim = view.find("object_is_claim", view.between(denial.end, trigger.start))
    return denial.end + claim.start() if claim and "verb_first" in view.grammar else denial.end


def _restates(view: View, denial: Item, trigger: Item) -> bool:
    """Whether a denial's object is a named source's claim: "rejected a UN report that …"."""
    between = view.between(denial.end, trigger.start)
    roles = _CLAIMANTS if "speaks_for_body" in view.grammar else ("source",)
    sources = [
        s
        for s in view.sources
        if s.role in roles and denial.end <= s.start < trigger.start and s.label not in _DENIERS
    ]
    return bool(sources) and bool(view.find("object_is_claim", between))
