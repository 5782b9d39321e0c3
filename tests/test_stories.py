from __future__ import annotations

import random
from pathlib import Path

import pytest

import geo.stories
from geo.errors import SchemaError
from geo.model import Document
from geo.reading import read_documents
from geo.stories import find_stories, group_stories

SEEDS = Path(__file__).parent.parent / "seeds"


def words(count: int, seed: int, letters: str = "abcdefghijklmnopqrstuvwxyz") -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices(letters, k=rng.randint(2, 8))) for _ in range(count)]


def text(count: int, seed: int) -> str:
    return " ".join(words(count, seed))


def documents(*texts: str) -> list[Document]:
    return [Document(doc_id=f"d{n}", text=content) for n, content in enumerate(texts)]


def are_one(*texts: str) -> bool:
    return len(set(group_stories(documents(*texts)).values())) == 1


@pytest.fixture(params=["all pairs", "bands"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small corpora are compared pair by pair; make them go the large ones' way too."""
    if request.param == "bands":
        monkeypatch.setattr(geo.stories, "_ALL_PAIRS", 0)


@pytest.mark.usefixtures("both_ways")
def test_seeds_000_and_002_are_one_story_and_the_others_alone() -> None:
    groups = find_stories(read_documents([SEEDS]).documents)
    assert sorted(tuple(doc_id[:3] for doc_id in group.doc_ids) for group in groups) == [
        ("000", "002"),
        ("001",),
        ("003",),
        ("004",),
    ]
    pair = next(group for group in groups if len(group.doc_ids) == 2)
    assert pair.similarity == pytest.approx(0.44, abs=0.01)
    assert pair.links[0].containment == pytest.approx(0.64, abs=0.01)


BASE = text(600, 1)
CASES = [
    (BASE, BASE, True, "equal texts"),
    (BASE, BASE.upper().replace(" ", ",\n "), True, "case, punctuation and line ends aside"),
    (BASE, text(600, 2), False, "nothing in common"),
    (BASE, " ".join(BASE.split()[:350] + words(250, 3)), True, "the second half written anew"),
    (BASE, " ".join(BASE.split()[:200]), True, "cut to its first third"),
    (BASE, " ".join(BASE.split()[:100]), False, "a sixth of it, which may be a quotation"),
    (
        BASE,
        text(100, 4) + " " + " ".join(BASE.split()[:60]) + " " + text(2000, 5),
        False,
        "one paragraph quoted",
    ),
    (text(80, 6), text(900, 7) + " " + text(80, 6) + " " + text(900, 8), False, "a statement quoted whole"),
    (BASE, "Menu Home News " * 30 + BASE + " " + text(250, 9), True, "with page furniture around it"),
    (text(300, 10) + " " + text(60, 11), text(300, 12) + " " + text(60, 11), False, "the same footer"),
    (
        "On 5 May forces killed an al-Qaeda member in Ghazni province",
        "On 5 May forces killed an al-Qaeda member in Farah province",
        False,
        "a formula",
    ),
    (text(30, 13), text(30, 13) + " more", False, "short texts must be equal"),
    ("Ghazni again", "GHAZNI, again!", True, "fewer than five words, equal"),
    ("Ghazni again", "Ghazni", False, "fewer than five words, not equal"),
    ("???", "!!!", False, "no words, not equal"),
    ("", "", True, "both empty"),
]


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize(("one", "other", "same", "why"), CASES, ids=[c[3] for c in CASES])
def test_pairs(one: str, other: str, same: bool, why: str) -> None:
    assert are_one(one, other) is same, why
    assert are_one(other, one) is same, why


SCRIPTS = [
    ("ابتثجحخدذرزسشصضطظعغفقکگلمنوهی", "Dari"),
    ("абвгдежзиклмнопрстуфхцчшщ", "Russian"),
    ("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "Hindi"),
]


@pytest.mark.parametrize(("letters", "why"), SCRIPTS, ids=[c[1] for c in SCRIPTS])
def test_any_script(letters: str, why: str) -> None:
    one = words(300, 1, letters)
    assert are_one(" ".join(one), " ".join(one[:200] + words(100, 2, letters))), why
    assert not are_one(" ".join(one), " ".join(words(300, 3, letters))), why


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    rng = random.Random(1)
    one = "".join(chr(rng.randint(0x4E00, 0x9FFF)) for _ in range(400))
    assert are_one(one, one[:300])
    assert not are_one(one, "".join(chr(rng.randint(0x4E00, 0x9FFF)) for _ in range(400)))


def test_invisible_marks_do_not_part_copies() -> None:
    plain = " ".join(words(200, 1, "ابتثجحخدذرز"))
    assert are_one(plain, plain.replace("ب", "ب\u064e").replace("ت", "ت\u0640").replace("ح", "\u200eح"))


def test_a_copy_of_a_copy_is_the_same_story() -> None:
    first = words(400, 1)
    second = first[150:] + words(150, 2)
    third = second[150:] + words(150, 3)
    assert not are_one(" ".join(first), " ".join(third))
    assert are_one(" ".join(first), " ".join(second), " ".join(third))


@pytest.mark.usefixtures("both_ways")
def test_ids_do_not_depend_on_order_or_run() -> None:
    records = documents(BASE, text(600, 2), " ".join(BASE.split()[:400]), text(50, 3), BASE + " end")
    expected = group_stories(records)
    for seed in range(5):
        shuffled = records.copy()
        random.Random(seed).shuffle(shuffled)
        assert group_stories(shuffled) == expected
        assert find_stories(shuffled) == find_stories(records)
    assert list(group_stories(records)) == [record.doc_id for record in records]


def test_the_id_comes_from_the_smallest_text_hash() -> None:
    records = documents(BASE, BASE + " end")
    smallest = min(record.text_sha256 for record in records)
    assert set(group_stories(records).values()) == {"s" + smallest[:16]}
    alone = group_stories(documents("Ghazni"))
    assert alone == {"d0": "s" + documents("Ghazni")[0].text_sha256[:16]}


def test_every_document_is_in_exactly_one_group() -> None:
    records = documents(*(text(100, seed % 7) for seed in range(30)), "", "")
    groups = find_stories(records)
    assert sorted(doc_id for group in groups for doc_id in group.doc_ids) == sorted(r.doc_id for r in records)
    assert len({group.story_id for group in groups}) == len(groups) == 8
    assert all(len(group.links) == len(group.doc_ids) - 1 for group in groups)


def test_bands_find_what_all_pairs_find(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(4)
    base = [words(250, seed) for seed in range(40)]
    records = documents(*(" ".join(b) for b in base))
    records += [
        Document(
            doc_id=f"c{n}", text=" ".join(b[: rng.randint(130, 250)] + words(rng.randint(0, 80), 100 + n))
        )
        for n, b in enumerate(base)
    ]
    banded = group_stories(records)
    monkeypatch.setattr(geo.stories, "_ALL_PAIRS", 10**6)
    assert banded == group_stories(records)
    assert len(set(banded.values())) < 60


def test_work_does_not_grow_with_the_square_of_a_shared_footer(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    compare = geo.stories._compare

    def counting(*sets: object) -> object:
        nonlocal compared
        compared += 1
        return compare(*sets)  # type: ignore[arg-type]

    monkeypatch.setattr(geo.stories, "_compare", counting)
    footer = text(90, 0)
    records = documents(
        *(f"{text(110, 1 + n)} {footer}" for n in range(400)), *[BASE + f" {n}" for n in range(400)]
    )
    stories = group_stories(records)
    assert len({stories[f"d{n}"] for n in range(400, 800)}) == 1
    assert compared < 800 * geo.stories._MOST_FAILED / 4, "all pairs would be 319,600"


def test_no_documents_no_stories() -> None:
    assert group_stories([]) == {}
    assert find_stories([]) == ()


def test_a_doc_id_twice_is_an_error() -> None:
    with pytest.raises(SchemaError, match="'x' more than once"):
        group_stories([Document("x", "a"), Document("x", "b")])


def test_a_long_text_takes_bounded_memory_and_is_grouped() -> None:
    long = text(100_000, 1)
    assert are_one(long, long + " end")
