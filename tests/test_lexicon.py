from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo import resources
from geo.automaton import PhraseAutomaton
from geo.claims import Phrase, load_lexicon
from geo.claims.lexicon import TABLES, expand
from geo.errors import GazetteerError
from geo.normalise import fold, fold_name
from geo.schema import ATTRIBUTION_KINDS, CLAIM_TYPES, MAPPED_GROUPS

HEADERS = {
    "groups": "group,role,phrase,why",
    "kinds": "claim_type,role,phrase,why",
    "cues": "cue,phrase,why",
    "sources": "kind,role,phrase,why",
}
ROWS = {
    "groups": 'al-qaeda,name,"{al qaeda,AQ}",the name',
    "kinds": "training_camp,site,training camp,a site",
    "cues": "hedge,may,a hedge",
    "sources": "un,source,UN,an organ",
}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A lexicon of one row a table, which the loader reads in place of the real one."""
    folder = tmp_path / "lexicon" / "en"
    folder.mkdir(parents=True)
    for name, header in HEADERS.items():
        (folder / f"{name}.csv").write_text(f"{header}\n{ROWS[name]}\n", encoding="utf-8")
    monkeypatch.setattr(resources, "_data_root", lambda: tmp_path)
    load_lexicon.cache_clear()
    yield folder
    load_lexicon.cache_clear()


@pytest.mark.parametrize(
    ("cell", "phrases"),
    [
        ("camp", ["camp"]),
        ("{safe,guest} {house,houses}", ["safe house", "safe houses", "guest house", "guest houses"]),
        ("arms {cache, caches}", ["arms cache", "arms caches"]),
        ("{a,b}", ["a", "b"]),
    ],
)
def test_braces_are_alternatives(cell: str, phrases: list[str]) -> None:
    assert list(expand(cell)) == phrases


@pytest.mark.parametrize(
    ("text", "surface", "fits"),
    [
        ("AQ", "AQ", True), ("AQ", "aq", False), ("AQ", "Aq", False),
        ("Guardian", "Guardian", True), ("Guardian", "guardian", False), ("Guardian", "GUARDIAN", True),
        ("training camp", "Training Camp", True), ("training camp", "TRAINING CAMP", True),
    ],
)  # fmt: skip
def test_capitals_that_a_phrase_asks_for(text: str, surface: str, fits: bool) -> None:
    assert Phrase(text, "groups", "al-qaeda", "name", "en", "why").fits(surface) is fits


@pytest.mark.usefixtures("tables")
def test_loading_expands_rows_and_keeps_reasons() -> None:
    phrases = load_lexicon()
    assert [phrase.text for phrase in phrases if phrase.table == "groups"] == ["al qaeda", "AQ"]
    assert {(phrase.language, phrase.table) for phrase in phrases} == {("en", table) for table in TABLES}
    assert all(phrase.why for phrase in phrases)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("kinds", "camping,site,tent,an unknown type"),
        ("kinds", "training_camp,place,tent,an unknown role"),
        ("sources", "press,source,tabloid,an unknown kind"),
        ("groups", "al-qaeda,alias,the base,an unknown role"),
        ("cues", "hedge,perchance,"),
    ],
)
def test_faulty_rows_are_named(tables: Path, table: str, row: str) -> None:
    with (tables / f"{table}.csv").open("a", encoding="utf-8") as handle:
        handle.write(f"{row}\n")
    with pytest.raises(GazetteerError, match=rf"en/{table}\.csv line 3"):
        load_lexicon()


def test_all_faulty_rows_come_in_one_message(tables: Path) -> None:
    for table, row in (("kinds", "camping,site,tent,x"), ("sources", "press,source,tabloid,x")):
        with (tables / f"{table}.csv").open("a", encoding="utf-8") as handle:
            handle.write(f"{row}\n")
    with pytest.raises(GazetteerError, match=r"kinds\.csv line 3.*sources\.csv line 3"):
        load_lexicon()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(GazetteerError, match="xx"):
        load_lexicon(("xx",))


def test_every_type_kind_and_mapped_group_has_phrases() -> None:
    phrases = load_lexicon(("en",))
    labels = {table: {phrase.label for phrase in phrases if phrase.table == table} for table in TABLES}
    assert labels["kinds"] == set(CLAIM_TYPES)
    assert labels["sources"] - {"-"} == set(ATTRIBUTION_KINDS) - {"author"}
    assert labels["groups"] >= {*MAPPED_GROUPS, "taliban", "haqqani", "ttp", "iskp", "etim"}


def test_every_phrase_can_be_found_and_fits_itself() -> None:
    phrases = load_lexicon()
    automaton = PhraseAutomaton([phrase.text for phrase in phrases])
    for number, phrase in enumerate(phrases):
        assert fold_name(phrase.text) and phrase.fits(phrase.text), phrase
        spans = {(hit.start, hit.end) for hit in automaton.scan(fold(phrase.text)) if hit.phrase == number}
        assert (0, len(phrase.text)) in spans, phrase


def test_no_phrase_has_braces_or_blanks_left() -> None:
    for phrase in load_lexicon():
        assert phrase.text == phrase.text.strip() and not set("{},") & set(phrase.text), phrase


def test_no_kind_of_cue_is_written_down_for_nothing() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parent.parent / "geo" / "claims").glob("*.py")
    )
    labels = {phrase.label for phrase in load_lexicon() if phrase.table == "cues"}
    assert labels and {label for label in labels if f'"{label}"' not in code} == set()
