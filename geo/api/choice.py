"""Which claims are chosen: the arguments of `Claims.filter`, checked and put into words.

Values may be written as people write them ("training camp", "Nangrahar"); a value that
is not known is an error that names the near ones, never a silent empty result.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from geo import schema
from geo.api.show import cut, did_you_mean, listed
from geo.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALL", "Choice", "choose", "keep_chosen"]

ALL = "all"
"""What ``group`` and ``review`` take for "no restriction", which is not their default."""

_VOCABULARY = {
    "type": ("claim_type", schema.CLAIM_TYPES),
    "source": ("attribution_kind", schema.ATTRIBUTION_KINDS),
    "stance": ("stance", schema.STANCES),
    "basis": ("location_basis", schema.LOCATION_BASES),
    "review": ("review", schema.REVIEW_STATES),
}
_YEARS = ("year_from", "year_to", "published_from", "published_to")
_SEARCHED = ("sentence", "province", "place_name", "attributed_to", "relay", "publisher", "title")

Values = tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for; ``None`` is no restriction, an empty tuple lets nothing pass.

    The years are both included. ``province_id`` holds ISO 3166-2 codes, ``words`` folded words.
    """

    claim_type: Values = None
    attribution_kind: Values = None
    publisher: Values = None
    province_id: Values = None
    stance: Values = None
    group: Values = None
    location_basis: Values = None
    review: Values = None
    year_from: int | None = None
    year_to: int | None = None
    published_from: int | None = None
    published_to: int | None = None
    words: Values = None

    def narrow(self, other: Choice) -> Choice:
        """Return what passes both."""
        return Choice(
            **{
                one.name: _both(one.name, getattr(self, one.name), getattr(other, one.name))
                for one in fields(Choice)
            }
        )

    def in_words(self) -> tuple[str, ...]:
        """Say each restriction as one phrase: ``type training_camp``, ``year 2019 to 2021``."""
        names = {column: name for name, (column, _) in _VOCABULARY.items()}
        found = []
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, tuple):
                word = {"province_id": "province"}.get(one.name, names.get(one.name, one.name))
                shown = _province_names(value) if one.name == "province_id" else value
                found.append(f"{word} {listed([item or 'not stated' for item in shown], 4) or 'none'}")
        for name, first, last in (
            ("year", self.year_from, self.year_to),
            ("published", self.published_from, self.published_to),
        ):
            if years := _years_in_words(name, first, last):
                found.append(years)
        return tuple(found)


def _both(name: str, first: Any, second: Any) -> Any:
    if first is None or second is None:
        return second if first is None else first
    if name.endswith(("_from", "_to")):
        return max(first, second) if name.endswith("_from") else min(first, second)
    if name == "words":
        return tuple(dict.fromkeys((*first, *second)))
    if ALL in first or ALL in second:
        return second if ALL in first else first
    return tuple(value for value in first if value in second)


def _years_in_words(name: str, first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if first is None:
        return f"{name} to {last}"
    if last is None:
        return f"{name} from {first}"
    if first > last:
        return f"{name} none"
    return f"{name} {first}" if first == last else f"{name} {first} to {last}"


def choose(
    *, publishers: Iterable[str], groups: Iterable[str], year: object, published: object, province: object,
    text: object, publisher: object, group: object, **values: object,
) -> Choice:  # fmt: skip
    """Check the arguments of one `Claims.filter`.

    Parameters
    ----------
    publishers, groups
        What there is to choose from.
    year, published, province, text, publisher, group, **values
        As `Claims.filter` takes them.

    Raises
    ------
    UsageError
        Names the value, what was expected and what is near it.
    """
    found: dict[str, Values] = {}
    for name, value in values.items():
        column, allowed = _VOCABULARY[name]
        known = (*allowed, ALL) if name == "review" else allowed
        found[column] = None if value is None else _resolve(name, value, known)
    if publisher is not None:
        found["publisher"] = _resolve("publisher", publisher, sorted(set(publishers)))
    if group is not None:
        known_groups = [*sorted({*groups, *schema.MAPPED_GROUPS}), ALL]
        found["group"] = _resolve("group", group, known_groups)
    if province is not None:
        found["province_id"] = tuple(
            dict.fromkeys(_province_id(name) for name in _several("province", province))
        )
    first, last = _years("year", year)
    earliest, latest = _years("published", published)
    return Choice(
        **found,
        words=None if text is None else _words(text),
        year_from=first,
        year_to=last,
        published_from=earliest,
        published_to=latest,
    )


def _several(name: str, value: object) -> tuple[str, ...]:
    """One word or several as a tuple."""
    given = (value,) if isinstance(value, str) else value
    if not isinstance(given, Iterable):
        raise UsageError(f"{name} {cut(value, 60)!r}: expected a word or a list of words.")
    words = tuple(given)
    if not words or not all(isinstance(word, str) for word in words):
        raise UsageError(f"{name} {cut(value, 60)!r}: expected a word or a list of words, at least one.")
    return words


def _key(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())


def _resolve(name: str, value: object, known: Sequence[str]) -> tuple[str, ...]:
    """Values as the tables have them, from values as people write them."""
    keys: dict[str, list[str]] = {}
    for word in known:
        keys.setdefault(_key(word), []).append(word)
    found: list[str] = []
    for word in _several(name, value):
        same = [word] if word in known else keys.get(_key(word), [])
        if not same:
            expected = listed([item or "'' (not stated)" for item in known]) or "nothing, for there is none"
            fault = "none has it here" if name in ("publisher", "group") else "not known"
            raise UsageError(
                f"{name} {cut(word, 60)!r}: {fault}.{did_you_mean(word, known)} Expected {expected}."
            )
        found += same
    return tuple(dict.fromkeys(found))


def _years(name: str, year: object) -> tuple[int | None, int | None]:
    """First and last year of ``2021``, ``(2019, 2021)``, ``(None, 2021)`` or ``range(2019, 2022)``."""
    if year is None:
        return None, None
    fault = UsageError(
        f"{name} {cut(year, 60)!r}: expected 2021, (2019, 2021), (2019, None) or range(2019, 2022)."
    )
    if isinstance(year, range):
        if not year or year.step != 1:
            raise fault
        return year[0], year[-1]
    pair = year if isinstance(year, tuple) else (year, year)
    if len(pair) != 2 or any(isinstance(end, bool) for end in pair) or pair == (None, None):
        raise fault
    try:
        first, last = (None if end is None else operator.index(end) for end in pair)
    except TypeError:
        raise fault from None
    if first is not None and last is not None and first > last:
        raise UsageError(f"{name} {first} to {last}: the first is after the last. Exchange them.")
    return first, last


def _province_id(name: str) -> str:
    """ISO code of a province given by code or by a name in any spelling or script."""
    from geo.gazetteer import explain_name

    code = name.strip().upper().removeprefix("AF-")
    if f"AF-{code}" in schema.PROVINCE_IDS:
        return f"AF-{code}"
    bare = re.sub(r"(?i)\s+province$", "", name.strip())
    result = explain_name(bare)
    found = [place.place_id for place in result.places if place.kind == "province"]
    if len(found) == 1:
        return found[0]
    if result.places:
        place = result.places[0]
        inside = ", ".join(_province_names(place.provinces))
        hint = f" It lies in {inside}." if inside and place.kind != "province" else ""
        raise UsageError(
            f"province {cut(name, 60)!r}: is no province but a {place.kind}.{hint} "
            "Expected a name or code of one of the 34 provinces; places are found with text=."
        )
    near = next((f" Did you mean {spelling!r}?" for spelling, _ in result.suggestions), "")
    near = near or did_you_mean(bare, _province_names(schema.PROVINCE_IDS))
    raise UsageError(
        f"province {cut(name, 60)!r}: not known.{near} Expected a name or code of one of the 34 provinces."
    )


def _province_names(codes: Iterable[str]) -> list[str]:
    from geo.gazetteer import load_gazetteer

    places = load_gazetteer().places
    return [places[code].name if code in places else code for code in codes]


def _words(text: object) -> tuple[str, ...]:
    from geo.normalise import fold_name

    words = tuple(word for part in _several("text", text) for word in fold_name(part).split())
    if not words:
        raise UsageError(f"text {cut(text, 60)!r}: no word to look for.")
    return words


def keep_chosen(claims: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the rows that pass; groups and review states only as far as they were chosen."""
    import pandas as pd

    from geo.aggregate import filter_claims

    limits = {
        one.name: getattr(choice, one.name)
        for one in fields(choice)
        if one.name != "words" and not one.name.endswith(("_from", "_to"))
    }
    keep = pd.Series(True, index=claims.index)
    for column, values in limits.items():
        if values is not None and ALL not in values:
            keep &= claims[column].isin(values)
    kept = claims.loc[keep]
    # Two choices of years may leave none in common, and a claim for a range still lie in both.
    for name in _YEARS:
        kept = filter_claims(kept, group=(), review=(), **{name: getattr(choice, name)})
    return _keep_words(kept, choice.words) if choice.words else kept


def _keep_words(claims: pd.DataFrame, words: Sequence[str]) -> pd.DataFrame:
    from geo.normalise import fold_name

    joined = claims["sentence"].str.cat(claims[list(_SEARCHED[1:])], sep="\n")
    folded = joined.map(fold_name)
    return claims.loc[folded.map(lambda text: all(word in text for word in words)).astype(bool)]
