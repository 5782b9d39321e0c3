"""Whom one claim is credited to, from its own sentence, those before it and those after it.

Two readers find the source that a sentence names. `geo.claims.attribution`
reads noun phrases by their heads and follows quotations; it needs the patterns
of a language that has them (``speaks_for_body``: English). `geo.claims.citing`
needs only tables of sources and verbs and serves the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims import citing
from geo.claims.attribution import find_attribution, sentence_subject, spoken_after
from geo.claims.cited import SOURCES, credit
from geo.claims.credit import AUTHOR, Attribution, Heard
from geo.claims.dates import DateRef, find_dates
from geo.claims.denier import find_denier
from geo.claims.going_on import goes_on_speaking, opens_quotation
from geo.claims.introduced import name_speakers
from geo.claims.naming import SPEAKING, name_source
from geo.claims.quotes import closing_view
from geo.claims.record import Context
from geo.claims.reports import report_written
from geo.claims.speakers import name_speakers as name_kinds
from geo.claims.turns import marked_turns, turns_of
from geo.claims.view import View
from geo.normalise import flatten

__all__ = ["credit_claim", "credit_rejected", "find_speaker", "last_speaker", "look_ahead", "with_speakers"]

_NO_ORIGIN = ("author", "media")
_ACCUSERS = ("taliban", "militant")
_TALIBAN_RULE = "2021-09"
_AHEAD = 3
_GENITIVE = 3


def _reads_heads(view: View) -> bool:
    return "speaks_for_body" in view.grammar


def with_speakers(context: Context, views: Sequence[View]) -> Context:
    """Add what the document as a whole says of its speakers: who they are, and who has the floor."""
    text = context.document.text
    if not views or not _reads_heads(views[0]):
        kinds = name_kinds(text, views)
        written = report_written(text, views) if views and "report_seen" in views[0].grammar else AUTHOR
        turns = tuple(marked_turns(text, views, kinds))
        return replace(context, speakers=kinds, turns=turns, written=written)
    introduced = name_speakers(text, views)
    turns = tuple(turns_of(text, views, introduced))
    return replace(context, introduced=introduced, turns=turns, written=report_written(text, views))


def look_ahead(context: Context, views: Sequence[View], at: int) -> Context:
    """Add what the sentences after sentence ``at`` say of who speaks in it."""
    if _reads_heads(views[at]):
        closing = closing_view(context.document.text, views, at)
        return replace(
            context, closing=closing, coming=tuple(views[at + 1 : at + 2]), floor=context.turns[at]
        )
    coming = tuple(views[at + 1 : at + 1 + _AHEAD])
    ahead = _credited_after(context, coming[0] if coming else None)
    return replace(context, coming=coming, ahead=ahead, floor=context.turns[at])


def _heard(context: Context) -> Heard:
    memory = context.memory
    return Heard(context.introduced, memory.speaker, memory.report, memory.subject, context.written)


def find_speaker(context: Context, view: View, anchor: int, dates: Sequence[DateRef]) -> Attribution | None:
    """Find whom the sentence itself credits with what it says at ``anchor``, if anybody."""
    text, memory = context.document.text, context.memory
    if (denier := find_denier(view, anchor)) and denier.label not in _NO_ORIGIN:
        named = (name_source if _reads_heads(view) else credit)(
            text, view, denier, "denies what is said before"
        )
        words = named.attributed_to
        words = words[max(words.find(text[denier.start : denier.end]), 0) :]
        return _in_office(context, replace(named, attributed_to=words), dates)
    if _reads_heads(view):
        found = find_attribution(text, view, anchor=anchor, heard=_heard(context), dates=dates)
    else:
        found = citing.find_citation(
            text,
            view,
            anchor=anchor,
            speakers=context.speakers,
            last=_spoke_last(context, view),
            report=memory.report,
            dates=dates,
        )
    if found is None:
        return None
    if _is_service(view, found):
        found = replace(found, kind="government", cue=f"{found.cue}, the service named before")
    only_seen = found.kind == "media" and context.written.kind not in _NO_ORIGIN
    if only_seen and view.find("report_seen", view.between(view.sentence.start, view.sentence.end)):
        return replace(context.written, relay=found.attributed_to)
    return AUTHOR if _is_publisher(context, found) else _in_office(context, found, dates)


def _is_service(view: View, found: Attribution) -> bool:
    """Whether "the agency" is the security service that the text named last, and no news agency."""
    if found.kind != "media" or not view.fits("agency_noun", flatten(found.attributed_to)):
        return False
    before = view.flat[: view.sentence.end]
    last = [0, 0]
    for at, name in enumerate(("security_agency", "news_agency")):
        for match in view.grammar[name].finditer(before):
            last[at] = match.end()
    return last[0] > last[1]


def last_speaker(
    context: Context, view: View, main: View, dates: Sequence[DateRef]
) -> tuple[Attribution | None, Attribution | None]:
    """Say who has spoken by the end of a sentence, and who else was its subject.

    ``main`` is the sentence without its asides.
    """
    speaker = find_speaker(context, view, view.sentence.end, dates)
    if _reads_heads(view):
        return speaker, sentence_subject(context.document.text, view, _heard(context))
    if speaker is None and "said_inverted" in view.grammar:
        speaker = find_speaker(context, view, view.sentence.start, dates)
    if "inverts_speech" in view.grammar:
        start = view.sentence.start
        own = find_speaker(context, main, start, dates) or find_speaker(context, view, start, dates)
        speaker = own or find_speaker(context, main, view.sentence.end, dates) or speaker
    if "speaker_met" not in view.grammar:
        return speaker, citing.sentence_opens_with(context.document.text, view)
    if speaker is not None:
        return speaker, None
    memory = context.memory
    kept = memory.subject if view.sentence.paragraph == memory.paragraph else AUTHOR
    return None, citing.speaker_met(context.document.text, view) or kept


def _spoke_last(context: Context, view: View) -> Attribution:
    """Whom "he" may mean: the one a sentence was about, or whoever spoke, as the language's texts have it."""
    memory = context.memory
    about_first = "speaker_met" in view.grammar or memory.speaker.kind == AUTHOR.kind
    if about_first and memory.subject.kind != AUTHOR.kind:
        return memory.subject
    return memory.speaker


def _is_publisher(context: Context, found: Attribution) -> bool:
    """Whether a text credits its own paper or institute: then it speaks for itself."""
    own, credited = flatten(context.document.publisher), flatten(found.attributed_to)
    return found.kind in ("media", "analyst") and bool(own) and (own in credited or credited in own)


def _in_office(context: Context, found: Attribution, dates: Sequence[DateRef]) -> Attribution:
    """Whoever holds an office of the country speaks for the Taliban once they rule."""
    republic = any(date.year < int(_TALIBAN_RULE[:4]) and not date.aside for date in dates)
    if found.office and context.document.published >= _TALIBAN_RULE and not republic:
        return replace(found, kind="taliban", cue=f"{found.cue}; offices of the province are the Taliban's")
    return found


def credit_claim(
    context: Context,
    view: View,
    anchor: int,
    dates: Sequence[DateRef],
    *,
    place: int = 0,
    carried: bool = False,
) -> Attribution:
    """Credit what a sentence says at ``anchor``; the author where nobody else is credited.

    ``place`` is where the place stands: a trigger within the name of a source comes
    before the verb of saying. ``carried`` tells that the trigger is of the sentence before.
    """
    text = context.document.text
    own = find_speaker(context, view, anchor, dates)
    if own is None and place > anchor and _reads_heads(view) and _names_source(view, anchor):
        own = find_speaker(context, view, place, dates)
    if own is None and "frame" in view.grammar and _is_said_between(view, anchor, place):
        own = find_speaker(context, view, place, dates)
    own = own or _speaker_ahead(context, view)
    if own is not None and own.kind == "author" and context.floor is not None:
        return context.floor
    if own is not None:
        origin = context.ahead if own.kind == "media" and context.ahead.kind not in _NO_ORIGIN else None
        return replace(origin, relay=own.attributed_to) if origin else own
    if context.closing is not None:
        after = spoken_after(text, context.closing, context.closing.sentence.start, _heard(context))
        if after is not None:
            return replace(_in_office(context, after, dates), cue=f"{after.cue}, after the quotation")
    if context.floor is not None and not _reads_heads(view) and _is_new_turn(context, view):
        return context.floor
    if carried and context.memory.speaking and context.memory.speaker_age == 0:
        return replace(context.memory.speaker, cue="the source of the statement that goes on")
    if goes_on_speaking(text, view, context.memory, anchor):
        return replace(context.memory.speaker, cue="the source of the sentence before goes on")
    return context.floor or context.ahead


def _is_said_between(view: View, anchor: int, place: int) -> bool:
    """Whether a source speaks between a trigger and its place: "of camps the service counted two"."""
    inside = [s for s in view.sources if anchor < s.start and s.end <= place]
    named = [s for s in inside if s.role in ("source", "office")]
    return any(s.role == "verb" and named and named[0].end <= s.start for s in inside)


def _is_new_turn(context: Context, view: View) -> bool:
    """Whether nobody else was quoted in this paragraph of an interview, where somebody has the floor."""
    memory = context.memory
    return view.sentence.paragraph != memory.paragraph or memory.speaker_age > 0


def _names_source(view: View, anchor: int) -> bool:
    """Whether a trigger stands in the name of a source: "sources in the Taliban's provincial council"."""
    return any(s.start <= anchor <= s.end + _GENITIVE for s in view.sources if s.role != "verb")


def credit_rejected(text: str, view: View, low: int, high: int) -> Attribution | None:
    """Credit the source named between two offsets, as in "rejected a UN report that …"."""
    heads = _reads_heads(view)
    for source in view.sources:
        accused = source.role in (SPEAKING if heads else SOURCES) and source.label not in _ACCUSERS
        if accused and low <= source.start < high:
            return (name_source if heads else credit)(text, view, source, "the claim that is rejected")
    return None


def _credited_after(context: Context, following: View | None) -> Attribution:
    """The source that the next sentence gives for this one: "This was said by the minister"."""
    if following is None:
        return AUTHOR
    opening = following.between(following.sentence.start, following.sentence.end)
    if not following.find("credits_before", opening):
        return AUTHOR
    span = following.sentence.start, following.sentence.end
    dates = find_dates(following.grammar, context.flat, *span, context.document.published)
    found = find_speaker(context, following, following.sentence.end, dates)
    found = found or citing.credit_told(context.document.text, following)
    return replace(found, cue=f"the next sentence: {found.cue}") if found else AUTHOR


def _speaker_ahead(context: Context, view: View) -> Attribution | None:
    """Whoever is named where a quotation closes that this sentence opens and leaves open."""
    text = context.document.text
    if "inverts_speech" not in view.grammar or not opens_quotation(
        text, view.sentence.start, view.sentence.end
    ):
        return None
    for later in context.coming:
        if later.sentence.paragraph != view.sentence.paragraph:
            return None
        if found := find_speaker(context, later, later.sentence.start, ()):
            return found
        if not opens_quotation(text, view.sentence.start, later.sentence.end):
            return None
    return None
