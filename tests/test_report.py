"""Reports: what they say, and that hostile text stays text in the page and in the Word file."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import geopandas as gpd
import pandas as pd
import pytest
from browser import (
    HOSTILE,
    make_boundaries,
    make_claim,
    make_document,
    make_hostile,
    make_many,
    make_sample,
    visit,
)
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from pypdf import PdfReader

import geo
from geo.aggregate import count_claims, filter_claims
from geo.cli import build_parser, main
from geo.cli import report as cli_report
from geo.errors import SchemaError, UsageError
from geo.reading import read_documents
from geo.report import ReportOptions, describe_run, prepare_report, wording, write_report
from geo.report.content import Passage, Piece, Report
from geo.report.page import make_page
from geo.report.pictures import facets_of
from geo.report.statements import SORTS, choose_statements, fold_claims, sort_of
from geo.report.texts import (
    LONGEST_QUOTE,
    clean,
    fence,
    is_rtl,
    language_tag,
    make_passage,
    split_directions,
    web_address,
)
from geo.report.word import make_word
from geo.report.write import ENDINGS, table_beside
from geo.schema import CLAIM_COLUMNS, DOCUMENT_COLUMNS, make_frame

AXE = Path(__file__).parent / "js" / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = ReportOptions(generated="2026-01-02T03:04:05Z", title="Claims in test documents")
PERSIAN = "سازمان ملل گفت که القاعده در ولایت کنر (Kunar) دو اردوگاه آموزشی دارد."


def make_persian() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two claims of a Persian document with names and a title in Persian."""
    document = make_document(
        "fa", publisher="روزنامه", title="القاعده در کنر", author="نویسنده", language="fa"
    )
    marks = {"place": "کنر", "trigger": "اردوگاه آموزشی"}
    rows = [
        make_claim("p1", document, "AF-KNR", sentence=PERSIAN, attributed_to="سازمان ملل", **marks),
        make_claim("p2", document, "AF-KNR", sentence="x" * 4000 + " training camps in Testland", year=None),
    ]
    return make_frame(rows, CLAIM_COLUMNS), make_frame([document], DOCUMENT_COLUMNS)


SETS = {
    "sample": make_sample,
    "hostile": make_hostile,
    "persian": make_persian,
    "many": lambda: make_many(120),
}


def prepare(tables: tuple[pd.DataFrame, pd.DataFrame], **changes: Any) -> Report:
    return prepare_report(
        *tables, make_boundaries(), options=replace(OPTIONS, **changes), beside="report.docx.claims.csv"
    )


def lines_of(report: Report) -> dict[str, int]:
    return {table.key: len(table.lines) for table in report.tables}


def empty_tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    claims, documents = make_sample()
    return claims.iloc[:0], documents


@pytest.fixture(scope="module")
def shapes() -> gpd.GeoDataFrame:
    return geo.read_boundaries()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shapes: gpd.GeoDataFrame) -> Path:
    made = tmp_path_factory.mktemp("reports")
    for name in ("sample", "hostile", "persian"):
        for ending in ("html", "docx"):
            title = HOSTILE if name == "hostile" else OPTIONS.title
            options = replace(OPTIONS, title=title, run=(("option title", title),))
            write_report(*SETS[name](), shapes, options=options, path=made / f"{name}.{ending}")
    return made


# --- texts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("a\tb\r\n c\u2028d\x85e", "a b c d e", "white space of every kind is one space"),
        ("a\x00b\x07c\x1fd", "a\ufffdb\ufffdc\ufffdd", "XML holds no control characters"),
        ("a\ud800b\ufffec\uffff", "a\ufffdb\ufffdc\ufffd", "nor lone surrogates and noncharacters"),
        ("a\u202etxt\u2069", "a\ufffdtxt\ufffd", "what turns the direction is seen, and does nothing"),
        ("می\u200cروند", "می\u200cروند", "Persian spelling needs the non-joiner"),
        ("=1+1", "=1+1", "a formula is text outside of a spreadsheet"),
        ("x" * 301, "x" * 299 + "…", "a name of any length fits a table"),
    ],
)  # fmt: skip
def test_text_is_made_fit_for_every_format(text: str, expected: str, why: str) -> None:
    assert clean(text) == expected, why


@given(st.text(alphabet=st.characters(), max_size=60))
def test_whatever_the_text_xml_can_hold_it(text: str) -> None:
    element = etree.Element("a")
    element.text = clean(text, 0)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (clean(text, 0) or None)


@pytest.mark.parametrize(
    ("url", "expected", "why"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d", "an address of the web"),
        (" http://example.org ", "http://example.org", "white space around it is no part"),
        ("https://example.org/کنر", "https://example.org/%DA%A9%D9%86%D8%B1", "letters are encoded"),
        ("https://example.org/%20", "https://example.org/%20", "and what is encoded stays"),
        ("javascript:alert(1)", "", "a script"),
        ("JavaScript://example.org/%0aalert(1)", "", "a script that looks like an address"),
        ("data:text/html,x", "", "a page of its own"),
        ("file:///etc/passwd", "", "a file"),
        ("//example.org", "", "no scheme: it would be one of the file's folder"),
        ("https://example.org@evil.example", "", "a user name that looks like a host"),
        ("https://", "", "no host"),
        ("https://exa mple.org", "", "white space inside"),
        ("https://example.org/\u202egro", "", "a turned direction"),
        ("https://[::1", "", "a broken host"),
        ("https://example.org/" + "a" * 3000, "", "longer than Word takes"),
        ("", "", "none given"),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, expected: str, why: str) -> None:
    assert web_address(url) == expected, why


def marked(passage: Passage) -> list[tuple[str, bool, bool]]:
    return [(piece.text, piece.place, piece.trigger) for piece in passage.pieces]


def test_place_and_trigger_are_marked_where_they_stand() -> None:
    passage = make_passage("camps in Ghazni now", 100, place=(109, 115), trigger=(100, 105))
    assert marked(passage) == [
        ("camps", False, True),
        (" in ", False, False),
        ("Ghazni", True, False),
        (" now", False, False),
    ]


def test_marks_that_overlap_are_both_kept() -> None:
    passage = make_passage("the Ghazni camps", 0, place=(4, 10), trigger=(4, 16))
    assert marked(passage) == [
        ("the ", False, False),
        ("Ghazni", True, True),
        (" camps", False, True),
    ]


@pytest.mark.parametrize("span", [(0, 5), (90, 105), (118, 130), (105, 105), (110, 105), None])
def test_a_mark_that_is_not_inside_the_sentence_is_left_out(span: tuple[int, int] | None) -> None:
    assert make_passage("camps in Ghazni now", 100, place=span).pieces == (Piece("camps in Ghazni now"),)


@given(st.text(max_size=200), st.integers(0, 250), st.integers(0, 250))
def test_marking_loses_no_word(sentence: str, low: int, high: int) -> None:
    pieces = make_passage(sentence, 0, place=(low, high), trigger=(low // 2, high)).pieces
    shown = "".join("".join(piece.text.split()) for piece in pieces)
    assert shown == "".join(clean(sentence, 0).split())


@pytest.mark.parametrize("length", [LONGEST_QUOTE + 1, 10**6])
def test_a_very_long_sentence_keeps_what_is_marked_and_says_what_is_cut(length: int) -> None:
    sentence = "a" * length + " camps " + "b" * length + " Ghazni " + "c" * length
    at = sentence.index("Ghazni")
    cue = sentence.index("camps")
    passage = make_passage(sentence, 0, place=(at, at + 6), trigger=(cue, cue + 5))
    text = "".join(piece.text for piece in passage.pieces)
    assert len(text) <= LONGEST_QUOTE + 100
    assert text.count("[…]") == 3
    assert ("camps", False, True) in marked(passage)
    assert ("Ghazni", True, False) in marked(passage)


def test_a_long_sentence_without_marks_keeps_its_beginning() -> None:
    (piece,) = make_passage("word " * 1000, 0).pieces
    assert piece.text.startswith("word word")
    assert piece.text.endswith(" […] ")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("کابل in the text", True, "the first letter decides"),
        ("(2023) کابل", True, "digits and brackets have no direction"),
        ("Kabul کابل", False, "the first letter decides"),
        ("12", False, "no letter at all"),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, expected: bool, why: str) -> None:
    assert is_rtl(text) is expected, why


@given(st.text(max_size=80), st.booleans())
def test_runs_of_one_direction_make_up_the_text(text: str, rtl: bool) -> None:
    runs = split_directions(text, rtl=rtl)
    assert "".join(part for part, _ in runs) == text
    assert all(a[1] != b[1] for a, b in itertools.pairwise(runs))


def test_only_words_from_right_to_left_get_a_mark_behind_them() -> None:
    assert (fence("Kabul"), fence("خبر")) == ("Kabul", "خبر\u200e")


@pytest.mark.parametrize(
    ("tag", "expected"), [("fa", "fa"), ("en-GB", "en-GB"), ("", ""), ('x" onload="', "")]
)
def test_only_a_well_formed_language_tag_is_kept(tag: str, expected: str) -> None:
    assert language_tag(tag) == expected


# --- content --------------------------------------------------------------------------------------------


def test_copies_of_one_story_are_one_row() -> None:
    report = prepare(make_sample())
    numbers = {reference.number: reference for reference in report.references}
    folded = [line for table in report.tables for line in table.lines if len(line.printed) > 1]
    assert [[numbers[one.number].publisher for one in line.printed] for line in folded] == [
        ["Paper a", "Paper b"]
    ]


def test_the_rows_and_the_claims_they_stand_for_are_both_told() -> None:
    report = prepare(make_sample())
    rows = sum(lines_of(report).values())
    assert rows < len(filter_claims(make_sample()[0]))
    assert report.claims_note.startswith(
        f"{len(filter_claims(make_sample()[0]))} claims are {rows} rows here"
    )
    assert prepare(make_persian()).claims_note == ""


def test_a_document_that_says_a_thing_twice_keeps_both() -> None:
    claims, documents = make_sample()
    again = claims[claims["claim_id"] == "c1"].assign(claim_id="again", start=900, end=950)
    both = pd.concat([claims, again], ignore_index=True)
    assert len(fold_claims(both)) == len(fold_claims(claims)) + 1
    assert len(prepare((both, documents)).references) == len(prepare((claims, documents)).references)


def test_provinces_of_one_region_are_one_row() -> None:
    document = make_document("r")
    region = {"location_basis": "region", "place_name": "Loya Testland"}
    rows = [
        make_claim(f"r{i}", document, code, **region) for i, code in enumerate(("AF-PKA", "AF-KHO", "AF-PIA"))
    ]
    report = prepare((make_frame(rows, CLAIM_COLUMNS), make_frame([document], DOCUMENT_COLUMNS)))
    (table,) = report.tables
    (line,) = table.lines
    assert (table.key, line.where, line.place) == (
        "area",
        "Square KHO, Square PIA, Square PKA",
        "Loya Testland",
    )


@pytest.mark.parametrize("name", SETS)
def test_every_statement_is_in_exactly_one_table(name: str) -> None:
    claims, documents = SETS[name]()
    shown = fold_claims(filter_claims(claims))
    report = prepare((claims, documents), max_claims=10**6)
    assert sum(lines_of(report).values()) == len(shown)
    assert lines_of(report) == {
        key: n for key in SORTS if (n := sum(sort_of(one.first) == key for one in shown))
    }
    assert [table.left_out for table in report.tables] == [""] * len(report.tables)


def test_what_is_left_out_is_taken_from_every_province_in_turn_and_told() -> None:
    tables = make_many(500)
    every = fold_claims(filter_claims(tables[0]))
    kept = choose_statements(every, 100)
    owners = {(sort_of(one.first), one.provinces) for one in every}
    assert {(sort_of(one.first), one.provinces) for one in kept} == owners
    report = prepare(tables, max_claims=100)
    assert sum(lines_of(report).values()) == 100
    told = [re.match(r"([\d,]+) of ([\d,]+) rows? are left out", table.left_out) for table in report.tables]
    gone = sum(int(match[1].replace(",", "")) for match in told if match)
    assert gone == len(every) - 100
    for table, match in zip(report.tables, told, strict=True):
        each = re.findall(r" ([\d,]+)(?:,|\.)", table.left_out.partition(": ")[2].partition(" All")[0])
        assert match is None or sum(map(int, each)) == int(match[1])
        assert match is None or table.left_out.endswith("All claims are in report.docx.claims.csv.")


def test_of_one_province_every_type_is_kept_before_any_comes_twice() -> None:
    document = make_document("d")
    kinds = ["presence"] * 5 + ["finance", "media"]
    rows = [
        make_claim(f"k{i}", document, "AF-HEL", claim_type=kind, start=100 * i)
        for i, kind in enumerate(kinds)
    ]
    every = fold_claims(make_frame(rows, CLAIM_COLUMNS))
    kept = [one.first["claim_type"] for one in choose_statements(every, 4)]
    assert kept == ["presence", "presence", "media", "finance"]


def test_provinces_are_counted_as_the_maps_count_them() -> None:
    claims, documents = make_many(120)
    report = prepare((claims, documents))
    counts = count_claims(filter_claims(claims)).set_index("province_id")["sources"]
    names = {f"Square {code[3:]}": number for code, number in counts.items()}
    told = {line.name: re.match(r"(\d+) affirm", line.sources) for line in report.provinces}
    assert {name: int(match[1]) if match else 0 for name, match in told.items()} == names


def test_the_summary_names_every_state() -> None:
    text = " ".join(prepare(make_sample()).summary)
    for words in (
        "5 documents (4 stories) were read",
        "2 independent sources each: Square HEL.",
        "named only in hedged claims: Square GHA.",
        "only as part of a region or direction: Square KHO.",
        "named only in denials: Square BAM.",
        "1 claim about the whole country",
        "For 30 provinces of 34",
    ):
        assert words in text


def test_no_sentence_of_the_tool_says_where_al_qaeda_is() -> None:
    told = [*wording.READING, *wording.METHOD, *wording.CAVEATS, *prepare(make_sample()).summary]
    told += [text for pair in wording.TABLE_TEXTS.values() for text in pair]
    told += prepare(empty_tables()).summary
    assert [
        text for text in told if re.search(r"(?i)al-qaeda\W+(is|are|was|has|had|operates|runs)\b", text)
    ] == []


def test_nothing_found_is_said_and_is_no_absence() -> None:
    report = prepare(empty_tables())
    assert "no claim about" in report.summary[0]
    assert "not a sign of absence" in report.summary[0]
    assert (report.tables, report.provinces, report.references) == ((), (), ())


def test_rejected_claims_are_left_out_and_counted() -> None:
    claims, documents = make_sample()
    review = (
        claims["review"]
        .mask(claims["claim_id"] == "c6", "rejected")
        .mask(claims["claim_id"] == "c5", "accepted")
    )
    before = prepare((claims, documents))
    after = prepare((claims.assign(review=review), documents))
    assert "Square GHA" in {line.name for line in before.provinces}
    assert "Square GHA" not in {line.name for line in after.provinces}
    assert "None of the 8 claims" in before.review
    assert (
        "Of the 7 claims in this report, a person accepted 1 and corrected 0; 6 were not reviewed."
        in after.review
    )
    assert "1 was rejected" in after.review


@pytest.mark.parametrize(
    ("changes", "said", "why"),
    [
        ({"claim_type": ("presence",)}, "of the type presence", "type"),
        ({"attribution_kind": ("un", "taliban")}, "credited to United Nations or Taliban", "source"),
        ({"publisher": ("Paper c",)}, "printed by Paper c", "publisher"),
        ({"stance": ("denied",)}, "that are denied", "stance"),
        ({"year_from": 2021, "year_to": 2021}, "claimed for 2021 (undated", "one year"),
        ({"year_from": 2022}, "claimed for 2022 or later", "open range"),
        ({"year_to": 2022}, "claimed for 2022 or earlier", "open range"),
        ({"published_from": 2023}, "published in 2023 or later (undated documents", "publication"),
    ],
)
def test_filters_choose_as_in_figures_and_are_told(changes: dict[str, Any], said: str, why: str) -> None:
    tables = make_sample()
    report = prepare(tables, **changes)
    assert said in report.subtitle, why
    assert said in report.summary[0], why
    held = filter_claims(tables[0], **changes)
    assert 0 < len(held) < len(filter_claims(tables[0])), "the filter has something to do"
    assert f"holds {wording.count(len(held), 'claim')} about" in report.summary[0]


def test_documents_are_numbered_as_the_tables_cite_them() -> None:
    report = prepare(make_many(60))
    cited = [one.number for table in report.tables for line in table.lines for one in line.printed]
    assert list(dict.fromkeys(cited)) == [reference.number for reference in report.references]


def test_numbers_of_documents_add_up() -> None:
    claims, documents = make_many(500)
    report = prepare((claims, documents), max_claims=20)
    cited, more = len(report.references), re.search(r"([\d,]+) more have only claims", report.reference_note)
    assert more and cited + int(more[1]) == claims["doc_id"].nunique()


def test_unknown_values_and_no_rows_are_refused() -> None:
    with pytest.raises(UsageError, match="claim type 'camp'"):
        prepare(make_sample(), claim_type=("camp",))
    with pytest.raises(UsageError, match="expected 1 or more"):
        ReportOptions(max_claims=0)


@pytest.mark.parametrize(
    ("years", "expected"), [([], ""), ([2021], "2021"), ([2023, 2021, 2022, 2019], "2019, 2021–2023")]
)
def test_years_are_told_as_spans(years: list[int], expected: str) -> None:
    assert wording.years_in_words(years) == expected


def test_small_maps_are_drawn_by_what_differs() -> None:
    claims = make_sample()[0]
    assert facets_of(claims) == ("source", "year")
    assert facets_of(claims[claims["year"] == 2023]) == ("source",)
    assert facets_of(claims[claims["claim_id"] == "c1"]) == ()


def test_the_annex_tells_options_and_no_path_of_the_machine() -> None:
    record = {
        "generated": "2026-01-01T00:00:00Z",
        "tool": {"name": "geo", "version": "9"},
        "inputs": {"/srv/somebody/secret.txt": "0"},
        "counts": {"skipped": 2},
        "options": {"boundaries": "/srv/somebody/shapes.gpkg", "read": {"max_members": 7}, "title": ""},
        "outputs": {"claims.csv": "aa"},
    }
    lines = dict(describe_run(record, table="claims.csv", table_sha256="aa"))
    assert lines["option boundaries"] == "shapes.gpkg"
    assert lines["option read.max_members"] == "7"
    assert (lines["inputs not read"], lines["input files"]) == ("2", "1")
    assert lines["claims table"] == "claims.csv, as the run left it"
    assert "somebody" not in json.dumps(lines)
    changed = dict(describe_run(record, table="claims.csv", table_sha256="bb"))
    assert "changed since the run" in changed["claims table"]
    assert describe_run({}) == ()


# --- files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_the_same_input_gives_the_same_bytes(ending: str) -> None:
    make = make_word if ending == "docx" else lambda report: make_page(report).encode()
    assert make(prepare(make_sample())) == make(prepare(make_sample()))


def test_all_claims_of_the_report_are_in_the_table_beside_it(folder: Path) -> None:
    held = geo.read_claims(folder / "sample.docx.claims.csv")
    assert sorted(held["claim_id"]) == sorted(filter_claims(make_sample()[0])["claim_id"])


def test_only_reports_are_written(tmp_path: Path, shapes: gpd.GeoDataFrame) -> None:
    with pytest.raises(UsageError, match=r"\.docx"):
        write_report(*make_sample(), shapes, path=tmp_path / "report.pdf")
    claims, documents = make_sample()
    with pytest.raises(SchemaError, match="missing"):
        write_report(claims.drop(columns="sentence"), documents, shapes, path=tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_a_report_without_a_claim_can_be_written(
    tmp_path: Path, shapes: gpd.GeoDataFrame, ending: str
) -> None:
    path, _ = write_report(*empty_tables(), shapes, path=tmp_path / f"none.{ending}")
    assert path.stat().st_size > 10_000, "the empty map is in it"


def test_the_library_has_it() -> None:
    assert geo.write_report is write_report
    assert geo.ReportOptions is ReportOptions


# --- the page -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample", "hostile", "persian"])
def test_the_page_holds_nothing_that_runs_or_is_fetched(folder: Path, name: str) -> None:
    text = (folder / f"{name}.html").read_text(encoding="utf-8")
    tree = html.fromstring(text)
    assert tree.xpath("//script | //iframe | //object | //link | //form | //base | //*[@style]") == []
    assert [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a == "srcset"] == []
    assert all(src.startswith("data:image/png;base64,") for src in tree.xpath("//@src"))
    assert all(re.match(r"https?://|#", href) for href in tree.xpath("//@href"))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script-src" not in policy


def test_the_page_can_be_read_by_its_structure(folder: Path) -> None:
    tree = html.parse(folder / "sample.html").getroot()
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//h1")) == 1
    levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all(len(alt) > 40 for alt in tree.xpath("//img/@alt")) and len(tree.xpath("//img[@alt]")) == 2
    tables = tree.xpath("//table")
    assert tables and all(
        table.xpath("./caption") and table.xpath("./thead//th[@scope='col']") for table in tables
    )
    assert all(
        tree.get_element_by_id(href[1:]) is not None
        for href in tree.xpath("//a[starts-with(@href,'#')]/@href")
    )


def test_quotes_are_set_in_their_own_direction_and_language(folder: Path) -> None:
    tree = html.parse(folder / "persian.html").getroot()
    quotes = tree.xpath("//div[contains(@class,'quote')]")
    assert quotes and all(quote.get("dir") == "auto" and quote.get("lang") == "fa" for quote in quotes)
    (quote,) = [quote for quote in quotes if quote.text_content().strip() == PERSIAN]
    assert (quote.xpath("string(.//b)"), quote.xpath("string(.//u)")) == ("کنر", "اردوگاه آموزشی")


def explain(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in violations
        for node in rule["nodes"][:3]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("name", ["sample", "hostile", "persian"])
def test_the_page_opens_whole_at_every_width(browser: Any, folder: Path, name: str, width: int) -> None:
    with visit(browser, folder / f"{name}.html", width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.evaluate("[...document.images].every((one) => one.naturalWidth > 500)")
        labels = "getComputedStyle(document.querySelector('.claims td'), '::before').content"
        assert (seen.page.evaluate(labels) != "none") is (width < 700), "tables are cards on a phone"
        assert (seen.requests, seen.console, seen.dialogs) == ([], [], [])


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["sample", "persian"])
def test_axe_finds_no_barrier_in_the_page(browser: Any, folder: Path, name: str, width: int) -> None:
    if not AXE.exists():
        reason = "axe-core is not installed (make scripts installs it)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with visit(browser, folder / f"{name}.html", width=width) as seen:
        # Handed over by the debugger, which the page's content policy does not bind.
        seen.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert explain(found["violations"]) == []


@pytest.mark.browser
def test_the_page_prints_on_a4_with_numbers_and_repeated_heads(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    path.write_text(make_page(prepare(make_many(120))), encoding="utf-8")
    with visit(browser, path) as seen:
        printed = PdfReader(io.BytesIO(seen.page.pdf(prefer_css_page_size=True)))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in printed.pages} == {
        (595, 842)
    }
    texts = [page.extract_text() for page in printed.pages]
    assert sum("Credited to" in text for text in texts) > 3
    assert all(re.search(rf"\b{i}\s*/\s*{len(texts)}\b", text) for i, text in enumerate(texts, start=1))


# --- the Word file --------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["sample", "hostile", "persian"])
def word(request: pytest.FixtureRequest, folder: Path) -> Any:
    return docx.Document(str(folder / f"{request.param}.docx"))


def test_the_word_file_has_headings_captions_and_repeated_heads(word: Any) -> None:
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles[0] == "Title"
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["Summary", "How to read it", "Maps" if len(word.inline_shapes) > 1 else "Map"]
    assert {"Claims", "Method", "Caveats", "Review", "Documents", "Annex: the run"} <= set(headings)
    for table in word.tables:
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    assert all(len(shape._inline.docPr.get("descr")) > 40 for shape in word.inline_shapes)
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_word_file_has_properties_of_its_own(word: Any) -> None:
    own = word.core_properties
    assert (own.author, own.last_modified_by, own.comments) == ("", "", "")
    assert own.title.startswith(("Claims in test documents", "<img src=x"))
    assert own.created.isoformat().startswith("2026-01-02T03:04:05")
    assert own.modified == own.created


def test_a_word_file_without_a_date_has_none() -> None:
    made = make_word(prepare(make_sample(), generated=""))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in archive.namelist())


def test_links_of_the_word_file_lead_to_the_web_or_to_a_document_that_is_listed(word: Any) -> None:
    external = [rel.target_ref for rel in word.part.rels.values() if rel.is_external]
    assert all(target.startswith(("http://", "https://")) for target in external)
    marks = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    inside = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))} - {None}
    assert inside and inside <= marks
    numbers = [mark.get(qn("w:id")) for mark in word.element.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr tabs bidi spacing ind jc rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u rtl lang",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblLook tblCaption tblDescription",
    "tcPr": "tcW shd",
}


@pytest.mark.parametrize("name", ORDER)
def test_elements_stand_in_the_order_of_the_standard(word: Any, name: str) -> None:
    """Word calls a file damaged whose elements stand in another order (ECMA-376, part 1, annex A)."""
    order = [qn(f"w:{tag}") for tag in ORDER[name].split()]
    for element in word.element.iter(qn(f"w:{name}")):
        tags = [child.tag for child in element]
        assert tags == sorted(tags, key=order.index)


def test_words_from_right_to_left_are_marked_as_such(folder: Path) -> None:
    persian = docx.Document(str(folder / "persian.docx"))
    quotes = [
        p
        for table in persian.tables
        for row in table.rows
        for p in row.cells[-1].paragraphs
        if p.text == PERSIAN
    ]
    (quote,) = quotes
    assert quote._p.pPr.find(qn("w:bidi")) is not None
    runs = {run.text: run.font for run in quote.runs}
    assert runs["کنر"].rtl and runs["کنر"].bold and runs["کنر"].cs_bold
    assert runs["اردوگاه آموزشی"].underline
    assert not runs["Kunar"].rtl
    tags = {lang.get(qn("w:bidi")) for lang in quote._p.iter(qn("w:lang"))}
    assert tags == {"fa", None}


@pytest.mark.parametrize("name", ["sample", "hostile", "persian"])
def test_our_own_reader_opens_the_word_file(folder: Path, name: str) -> None:
    (document,) = read_documents([folder / f"{name}.docx"]).documents
    text = document.text
    assert "Nothing in this report says that one of them is true." in text
    if name == "persian":
        assert PERSIAN in text
    if name == "hostile":
        assert "<img src=x onerror=alert(1)></script><!--<b>`${alert(2)}`{{7*7}}" in text
        assert not set("\x00\u202e\u2028") & set(text)


# --- the command ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `geo extract` leaves it."""
    made = tmp_path_factory.mktemp("run")
    text = (
        "Al-Qaeda runs training camps in Ghazni and Nuristan, a United Nations report said in January 2023."
    )
    (made / "texts").mkdir()
    (made / "texts" / "one.txt").write_text(text, encoding="utf-8")
    (made / "texts" / "two.txt").write_text("Rain fell on the hills.", encoding="utf-8")
    assert main(["extract", str(made / "texts"), "-o", str(made / "out")]) == 0
    return made / "out"


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_the_command_writes_a_report_and_its_claims(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    out = tmp_path / f"report.{ending}"
    command = [
        "report",
        str(tables / "claims.csv"),
        "-o",
        str(out),
        "--title",
        "My report",
        "--max-claims",
        "1",
    ]
    assert main([*command, "--type", "training_camp", "--source", "un", "--year", "2022-"]) == 0
    assert capsys.readouterr().out == f"wrote {out}\nwrote {out}.claims.csv\n"
    assert len(geo.read_claims(Path(f"{out}.claims.csv"))) == 2
    if ending == "docx":
        text = "\n".join(p.text for p in docx.Document(str(out)).paragraphs)
    else:
        text = html.parse(out).getroot().text_content()
    for words in (
        "My report",
        "2 documents (2 stories) were read",
        "1 of 2 rows are left out",
        "Annex: the run",
    ):
        assert words in text
    assert str(tables.parent) not in text


@pytest.mark.parametrize(
    ("arguments", "message", "why"),
    [
        (["nothere.csv", "-o", "a.pdf"], "Expected .docx", "an unknown kind of report"),
        (["nothere.csv", "-o", "a.docx", "--max-claims", "0"], "whole number from 1", "no rows"),
        (["nothere.csv", "-o", "a.docx", "--max-claims", "some"], "whole number from 1", "no number"),
        (["nothere.csv", "-o", "a.docx"], "nothere.csv", "no table"),
        (["a.docx.claims.csv", "-o", "a.docx"], "is the input", "its own table would replace the input"),
    ],
)
def test_a_wrong_command_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx.claims.csv").write_text("claim_id\n", encoding="utf-8")
    assert main(["report", *arguments]) == 2, why
    assert message in capsys.readouterr().err, why
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx.claims.csv"]


def test_the_command_and_the_library_agree() -> None:
    """The command does not load the library for its help, so it has these of its own."""
    args = build_parser().parse_args(["report", "claims.csv", "-o", "report.docx"])
    assert args.max_claims == ReportOptions().max_claims
    assert cli_report._ENDINGS == ENDINGS
    assert table_beside("a/report.docx") == Path("a/report.docx.claims.csv")


def test_an_unknown_type_is_refused(tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["report", str(tables / "claims.csv"), "-o", str(tmp_path / "a.docx"), "--type", "camp"]
    assert main(command) == 2
    assert "Expected one of presence" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
