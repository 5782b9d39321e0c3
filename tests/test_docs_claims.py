"""Every example sentence of docs/claims.md, run through the engine."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from claims_helper import SETTING, analyse, describe, find_claims

from geo import schema
from geo.automaton import PhraseAutomaton
from geo.claims import Phrase, guess_language, judge_claims, known_languages, load_grammar, load_lexicon
from geo.claims.lexicon import expand
from geo.cli import main
from geo.model import Claim, Document
from geo.normalise import fold
from geo.resources import read_table

PAGE = Path(__file__).parent.parent / "docs" / "claims.md"
GIVES, WRONGLY, RIGHT = "what it gives", "what it gives, wrongly", "what it should give"
COUNTRY = "the whole country"
KNOWN_FACTS = {
    *schema.ATTRIBUTION_KINDS,
    *schema.LOCATION_BASES,
    *(phrase.label for phrase in load_lexicon() if phrase.table == "groups"),
    "undated",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the page: the section it stands in, its header and its rows by column."""

    section: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One claim that an example is said to give: place, type, stance and what else must hold for it."""

    place: str
    claim_type: str
    stance: str
    facts: frozenset[str]


def read_tables(page: str) -> Iterator[Table]:
    section, block = "", list[str]()
    for line in [*page.split("\n"), ""]:
        if line.startswith("|"):
            block.append(line)
            continue
        if block:
            header, _, *rows = [cells_of(row) for row in block]
            yield Table(section, tuple(header), tuple(dict(zip(header, r, strict=True)) for r in rows))
            block = []
        if line.startswith("## "):
            section = line.removeprefix("## ")


def cells_of(line: str) -> list[str]:
    return [cell.strip().replace("<br>", "\n") for cell in line.strip().strip("|").split("|")]


def read_wanted(cell: str) -> list[Wanted]:
    """Read "Ghazni, Zabul: training_camp, affirmed; the whole country: presence, denied"."""
    if cell == "no claim":
        return []
    wanted = []
    for part in cell.split(";"):
        places, _, facts = part.strip().partition(": ")
        claim_type, stance, *more = facts.split(", ")
        wanted += [Wanted(place, claim_type, stance, frozenset(more)) for place in places.split(", ")]
    return wanted


def is_known_fact(fact: str) -> bool:
    return fact in KNOWN_FACTS or bool(re.fullmatch(r"\d{4}( to \d{4})?|“.+”|relay .+", fact))


def facts_of(claim: Claim) -> set[str]:
    year = "undated" if claim.year is None else str(claim.year)
    return {
        claim.attribution_kind,
        claim.location_basis,
        claim.group,
        f"{year} to {claim.year_end}" if claim.year_end else year,
        f"“{claim.attributed_to}”",
        f"relay {claim.relay}",
    }


def faults(wanted: Sequence[Wanted], claims: Sequence[Claim]) -> list[str]:
    """What is missing and what is too much; a claim of other groups fits only where its group is named."""
    left = list(claims)
    missing = []
    for one in sorted(wanted, key=lambda item: -len(item.facts)):
        fitting = next((claim for claim in left if fits(one, claim)), None)
        if fitting is None:
            missing.append(f"missing: {one}")
        else:
            left.remove(fitting)
    return missing + [f"too much: {describe(claim)}" for claim in left]


def fits(wanted: Wanted, claim: Claim) -> bool:
    same = (PLACES[wanted.place], wanted.claim_type, wanted.stance)
    mapped = claim.group in schema.MAPPED_GROUPS or claim.group in wanted.facts
    return (
        same == (claim.province_id, claim.claim_type, claim.stance)
        and mapped
        and wanted.facts <= facts_of(claim)
    )


def claims_of(row: dict[str, str]) -> tuple[Claim, ...]:
    return find_claims(row["text"] + SETTING, row.get("published", ""))


def fenced(label: str) -> str:
    """The fenced block of the page that bears a label."""
    (block,) = re.findall(rf"^```{label}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return str(block).rstrip("\n")


PROVINCES = [row for row in read_table("gazetteer", "places.csv") if row["kind"] == "province"]
PLACES = {row["name"]: row["place_id"] for row in PROVINCES} | {COUNTRY: ""}
TEXT = PAGE.read_text(encoding="utf-8")
TABLES = tuple(read_tables(TEXT))
EXAMPLES = [row for table in TABLES if GIVES in table.columns for row in table.rows]
ERRORS = [row for table in TABLES if WRONGLY in table.columns for row in table.rows]
SENTENCE = " ".join(line.removeprefix("> ") for line in re.findall(r"^> .*$", TEXT, re.MULTILINE))


@pytest.mark.parametrize("row", EXAMPLES, ids=[row["text"][:50] for row in EXAMPLES])
def test_examples_give_what_the_page_says(row: dict[str, str]) -> None:
    assert faults(read_wanted(row[GIVES]), claims_of(row)) == []


@pytest.mark.parametrize("row", ERRORS, ids=[row["text"][:50] for row in ERRORS])
def test_known_errors_still_fail_as_told(row: dict[str, str]) -> None:
    claims = claims_of(row)
    assert faults(read_wanted(row[RIGHT]), claims) != [], "mended: take the error out of the page"
    assert faults(read_wanted(row[WRONGLY]), claims) == []


def test_all_tables_with_sentences_are_read() -> None:
    """A misspelt header would leave a table's examples unchecked."""
    assert [t.columns for t in TABLES if "text" in t.columns and not {GIVES, WRONGLY} & {*t.columns}] == []
    assert len(EXAMPLES) > 100 and len(ERRORS) > 15


def test_expectations_use_words_of_the_tables() -> None:
    """A misspelt place, type or kind must not pass for something that an example does not give."""
    cells = [row[GIVES] for row in EXAMPLES] + [row[name] for row in ERRORS for name in (WRONGLY, RIGHT)]
    for cell in cells:
        for wanted in read_wanted(cell):
            assert wanted.place in PLACES, cell
            assert wanted.claim_type in schema.CLAIM_TYPES and wanted.stance in schema.STANCES, cell
            assert [fact for fact in wanted.facts if not is_known_fact(fact)] == [], cell


def test_sentences_are_printed_once_in_a_table() -> None:
    for table in TABLES:
        keys = [(row.get("text"), row.get("published")) for row in table.rows if "text" in row]
        assert len(set(keys)) == len(keys), table.section


# --- completeness ---------------------------------------------------------------------------------------


def test_every_type_has_examples_and_a_near_miss() -> None:
    headings = re.findall(r"^\*\*([a-z_]+)\*\*:", TEXT, re.MULTILINE)
    tables = [table for table in TABLES if table.section == "The types of claims"]
    assert headings == list(schema.CLAIM_TYPES) and len(tables) == len(headings)
    for name, table in zip(headings, tables, strict=True):
        *good, miss = table.rows
        assert len(good) >= 2 and miss[GIVES] == "no claim", name
        assert all(any(name == one.claim_type for one in read_wanted(row[GIVES])) for row in good), name


@pytest.mark.parametrize(
    ("column", "values"),
    [("kind", schema.ATTRIBUTION_KINDS), ("basis", schema.LOCATION_BASES)],
)
def test_every_kind_and_basis_is_explained_and_shown(column: str, values: tuple[str, ...]) -> None:
    (table,) = [table for table in TABLES if table.columns[0] == column]
    assert [row[column].strip("`") for row in table.rows] == list(values)
    shown = {fact for row in EXAMPLES for claim in claims_of(row) for fact in facts_of(claim)}
    assert set(values) <= shown


def test_every_language_with_a_lexicon_is_listed() -> None:
    (listed,) = [table for table in TABLES if table.columns[:2] == ("code", "language")]
    codes = {row["code"].strip("`") for row in listed.rows}
    assert set(known_languages()) <= codes


def test_examples_are_in_the_language_that_the_page_says() -> None:
    (table,) = [table for table in TABLES if table.columns[0] == "language"]
    told = [(row["language"], guess_language(fold(row["text"]).text)) for row in table.rows]
    assert [pair for pair in told if len(set(pair)) > 1] == []
    assert {"fa", "ps", "ru", "de", "fr", "es"} <= {code for code, _ in told}


# --- the worked example ---------------------------------------------------------------------------------


def test_the_worked_example_has_the_values_of_its_table() -> None:
    (table,) = [table for table in TABLES if table.columns == ("column", "value")]
    ghazni, zabul = find_claims(SENTENCE)
    shown = {row["column"]: row["value"] for row in table.rows}
    assert {name: str(getattr(ghazni, name)) for name in shown} == shown
    assert zabul.province_id == "AF-ZAB"


def test_geo_explain_answers_as_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = fenced("explained")
    (tmp_path / "example.txt").write_text(SENTENCE, encoding="utf-8")
    assert main(["extract", str(tmp_path / "example.txt"), "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    claim_id = find_claims(SENTENCE)[0].claim_id
    assert main(["explain", claim_id, "--claims", str(tmp_path / "out" / "claims.csv")]) == 0
    assert capsys.readouterr().out.strip() == printed


# --- the phrase that a reader adds ----------------------------------------------------------------------


def test_the_row_that_the_page_adds_mends_its_example() -> None:
    (table,) = [
        table for table in TABLES if table.section.startswith("Reporting") and WRONGLY in table.columns
    ]
    (example,) = table.rows
    ((label, role, cell, why),) = csv.reader([fenced("row")])
    phrases = load_lexicon(("en",))
    added = tuple(Phrase(text, "kinds", label, role, "en", why) for text in expand(cell))
    assert not {phrase.text for phrase in added} & {phrase.text for phrase in phrases}
    document = Document("d", example["text"] + SETTING)
    everything = (*phrases, *added)
    hits = PhraseAutomaton([phrase.text for phrase in everything]).scan(fold(document.text))
    claims = judge_claims(document, analyse(document)[0], hits, everything, load_grammar("en"))
    assert faults(read_wanted(example[RIGHT]), claims) == []


# --- the reader of the page itself ----------------------------------------------------------------------


def test_tables_are_read_with_their_section_and_line_breaks() -> None:
    page = "## One\n\n| text | what it gives |\n|---|---|\n| a<br>b | no claim |\n| c |  |\n\n## Two\n"
    (table,) = read_tables(page)
    assert table == Table(
        "One", ("text", GIVES), ({"text": "a\nb", GIVES: "no claim"}, {"text": "c", GIVES: ""})
    )


def test_a_wrong_example_would_be_noticed() -> None:
    claims = find_claims("Al-Qaeda runs a training camp in Ghazni." + SETTING)
    right = read_wanted("Ghazni: training_camp, affirmed")
    assert faults(right, claims) == []
    for cell in (
        "no claim",
        "Zabul: training_camp, affirmed",
        "Ghazni: training_camp, denied",
        "Ghazni, Zabul: training_camp, affirmed",
        "Ghazni: training_camp, affirmed, un",
        "Ghazni: training_camp, affirmed, 2020",
    ):
        assert faults(read_wanted(cell), claims) != [], cell
