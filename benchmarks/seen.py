"""What an engine sees in texts and what it claims there, as plain values: today's engine or an earlier one.

    python benchmarks/seen.py TEXT...    print it as JSON, by the `geo` that Python finds

An earlier engine is taken out of the project's own history and runs in a process of its own, so this
module imports nothing but what every version of `geo` has had since the first gold sets.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Claimed", "Item", "Place", "Sentence", "Text", "see", "see_with"]

ROOT = Path(__file__).resolve().parent.parent


class Item(NamedTuple):
    """A phrase of the lexicon where it stands."""

    start: int
    end: int
    label: str
    role: str
    text: str


class Place(NamedTuple):
    """A mention, one for each province it stands for."""

    start: int
    end: int
    province: str
    basis: str


class Sentence(NamedTuple):
    """One sentence with what the tables find in it."""

    start: int
    end: int
    paragraph: int
    heading: bool
    places: tuple[Place, ...]
    groups: tuple[Item, ...]
    kinds: tuple[Item, ...]
    cues: tuple[Item, ...]
    sources: tuple[Item, ...]


class Claimed(NamedTuple):
    """What is compared of one claim, and the rule that made it."""

    province: str
    type: str
    group: str
    stance: str
    basis: str
    kind: str
    year: str
    year_basis: str
    start: int
    trigger: int
    reason: str


class Text(NamedTuple):
    """One text, its sentences, and the claims that the engine makes."""

    doc_id: str
    publisher: str
    published: str
    language: str
    sentences: tuple[Sentence, ...]
    claims: tuple[Claimed, ...]


def see_with(paths: Sequence[Path], commit: str) -> list[Text]:
    """Let the engine of an earlier commit read texts.

    Raises
    ------
    OSError
        If the project's history is not at hand (an archive without it, a shallow clone).
    """
    with tempfile.TemporaryDirectory() as folder:
        take = ["git", "-C", str(ROOT), "archive", commit, "geo", "data"]
        try:
            packed = subprocess.run(take, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise OSError(
                f"{ROOT}: git has no commit {commit} here. Measure in a clone with the whole history."
            ) from error
        subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
        command = [sys.executable, __file__, *map(str, paths)]
        output = subprocess.run(command, env={"PYTHONPATH": folder}, capture_output=True, check=True).stdout
    return [_text(values) for values in json.loads(output)]


def _text(values: Sequence[Any]) -> Text:
    doc_id, publisher, published, language, sentences, claims = values
    read = (
        Sentence(
            *(start, end, paragraph, heading),
            tuple(Place(*place) for place in places),
            *(_items(table) for table in tables),
        )
        for start, end, paragraph, heading, places, *tables in sentences
    )
    return Text(doc_id, publisher, published, language, tuple(read), tuple(Claimed(*one) for one in claims))


def _items(values: Iterable[Sequence[Any]]) -> tuple[Item, ...]:
    return tuple(Item(*value) for value in values)


def see(paths: Iterable[Path]) -> list[Text]:
    """Let the engine that is installed read texts."""
    from geo.extraction import analyse_document
    from geo.reading import read_documents

    judge: Any = import_module("geo.claims.judge")
    build = judge.build_views
    seen: list[Any] = []
    texts = []

    def keep_views(*given: Any) -> Any:
        seen[:] = build(*given)
        return list(seen)

    judge.build_views = keep_views
    try:
        for path in paths:
            seen.clear()
            document = read_documents([path]).documents[0]
            claims = tuple(_claimed(claim) for claim in analyse_document(document).claims)
            language = getattr(seen[0].grammar, "language", "en") if seen else ""
            sentences = tuple(_sentence(view) for view in seen)
            texts.append(
                Text(document.doc_id, document.publisher, document.published, language, sentences, claims)
            )
    finally:
        judge.build_views = build
    return texts


def _sentence(view: Any) -> Sentence:
    own = view.sentence
    places = tuple(
        Place(mention.start, mention.end, province, mention.basis)
        for mention in view.mentions
        for province in ((mention.province_id,) if mention.province_id else mention.provinces)
    )
    tables = (
        tuple(Item(one.start, one.end, one.label, one.role, one.text) for one in table)
        for table in (view.groups, view.kinds, view.cues, view.sources)
    )
    return Sentence(own.start, own.end, own.paragraph, own.heading, places, *tables)


def _claimed(claim: Any) -> Claimed:
    year = "" if claim.year is None else str(claim.year)
    what = (claim.province_id, claim.claim_type, claim.group, claim.stance, claim.location_basis)
    return Claimed(
        *what, claim.attribution_kind, year, claim.year_basis, claim.start, claim.trigger_start, claim.reason
    )


if __name__ == "__main__":
    json.dump(see(Path(name) for name in sys.argv[1:]), sys.stdout)
