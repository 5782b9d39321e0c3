from __future__ import annotations

from pathlib import Path

import pytest

from geo.reading import SOURCES_COLUMNS, read_documents, read_sources

HEADER = ",".join(SOURCES_COLUMNS)


def sources(folder: Path, *lines: str, header: str = HEADER) -> None:
    (folder / "sources.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Text {name}")
    return tmp_path


def test_columns_are_those_of_the_contract() -> None:
    assert HEADER == "file,publisher,title,author,published,url,language,note"


def test_good_rows_fill_the_documents(folder: Path) -> None:
    sources(
        folder,
        'a.txt,"Pub, Inc.",T,A,2023-01-25,https://example.org/a,fa,"line 1\nline 2"',
        "b.txt,,,,2023,,,",
    )
    result = read_documents([folder])
    a, b, c = result.documents
    assert (a.publisher, a.title, a.author, a.published) == ("Pub, Inc.", "T", "A", "2023-01-25")
    assert (a.url, a.language, a.note) == ("https://example.org/a", "fa", "line 1 line 2")
    assert (b.published, b.publisher, c.published) == ("2023", "", "")
    assert result.problems == ()


def test_every_fault_is_in_one_message_and_good_rows_are_used(folder: Path) -> None:
    sources(
        folder,
        "a.txt,Good,,,2023-01,,,",
        "gone.txt,P,,,2023,,,",
        "a.txt,Again,,,2022,,,",
        "",
        "b.txt,Kept,,,25/01/2023,,,",
        "c.txt,P,,,2023-02-30",
        "../a.txt,P,,,,,,",
    )
    result = read_documents([folder])
    (problem,) = result.problems
    assert "5 faults" in problem
    for words in (
        "line 3: unknown file 'gone.txt'",
        "line 4: file 'a.txt' again (first on line 2)",
        "line 6: published '25/01/2023' is not a date",
        "line 7: 5 cells, expected 8",
        "line 8: unknown file '../a.txt'",
    ):
        assert words in problem
    assert problem.startswith(str(folder / "sources.csv"))
    assert [(d.publisher, d.published) for d in result.documents] == [
        ("Good", "2023-01"),
        ("Kept", ""),
        ("", ""),
    ]
    assert result.skipped == ()


WRONG_COLUMNS = [
    ("file,publisher", "missing column(s) title, author, published, url, language, note", "columns missing"),
    (HEADER.replace("file", "filename"), "missing column(s) file", "the key misspelt"),
    (HEADER.replace(",", ";"), "missing column(s) file", "semicolons"),
    (HEADER + ",url", "column(s) 'url' twice", "a column twice"),
    ("", "missing column(s) file", "no header"),
]


@pytest.mark.parametrize(("header", "message", "why"), WRONG_COLUMNS, ids=[c[2] for c in WRONG_COLUMNS])
def test_with_wrong_columns_no_row_is_used(folder: Path, header: str, message: str, why: str) -> None:
    sources(folder, "a.txt,P,T,A,2023,,,", header=header)
    result = read_documents([folder])
    assert message in result.problems[0], why
    assert "line 1" in result.problems[0]
    assert HEADER in result.problems[0], "the message says which columns are expected"
    assert [d.publisher for d in result.documents] == ["", "", ""]


def test_a_column_too_many_is_a_fault_but_misreads_nothing(folder: Path) -> None:
    sources(folder, "a.txt,P,T,A,2023,,,,x", header=HEADER + ",region")
    result = read_documents([folder])
    assert "unknown column(s) 'region'" in result.problems[0]
    assert result.documents[0].publisher == "P"


def test_column_order_case_and_mark_do_not_matter(folder: Path) -> None:
    text = "\ufeffPublished, FILE ,publisher,title,author,url,language,note\r\n2023,a.txt,P,,,,,\r\n"
    (folder / "sources.csv").write_bytes(text.encode("utf-8"))
    result = read_documents([folder])
    assert result.problems == ()
    assert (result.documents[0].published, result.documents[0].publisher) == ("2023", "P")


DATES = [
    ("2023", True, "a year"),
    ("2023-01", True, "a month"),
    ("2024-02-29", True, "a leap day"),
    ("2023-02-29", False, "no such day"),
    ("2023-13", False, "no such month"),
    ("2023-00", False, "no such month"),
    ("2023-1-5", False, "digits missing"),
    ("20230105", False, "hyphens missing"),
    ("25/01/2023", False, "not ISO"),
    ("January 2023", False, "words"),
    ("2023-01-25T10:00", False, "a clock time is not asked for"),
    ("٢٠٢٣", False, "digits of another script"),
    ("0203", False, "out of range"),
    ("2023?", False, "a doubt belongs in the note"),
]


@pytest.mark.parametrize(("value", "good", "why"), DATES, ids=[c[0] for c in DATES])
def test_dates(folder: Path, value: str, good: bool, why: str) -> None:
    sources(folder, f"a.txt,,,,{value},,,")
    found = read_sources(folder)
    assert bool(found.problem) is not good, why
    assert found.fields_for("a.txt").get("published", "") == (value if good else "")


def test_each_folder_has_its_own(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text("Inner")
    sources(inner, "a.txt,Inner press,,,,,,")
    sources(folder, "a.txt,Outer press,,,,,,", "inner/a.txt,Wrong,,,,,,")
    result = read_documents([folder])
    assert [d.publisher for d in result.documents] == ["Outer press", "", "", "Inner press"]
    assert "'inner/a.txt'" in result.problems[0]


def test_one_file_named_alone_does_not_make_the_others_unknown(folder: Path) -> None:
    sources(folder, "a.txt,A,,,,,,", "b.txt,B,,,,,,")
    result = read_documents([folder / "b.txt"])
    assert [d.publisher for d in result.documents] == ["B"]
    assert result.problems == ()


def test_accents_match_in_either_unicode_form(folder: Path) -> None:
    (folder / "Ghaznī.txt").write_text("x")
    sources(folder, "Ghazni\u0304.txt,P,,,,,,")
    assert read_sources(folder).fields_for("Ghaznī.txt") == {"publisher": "P"}


def test_an_unreadable_one_is_a_problem_and_documents_are_read(folder: Path) -> None:
    (folder / "sources.csv").write_bytes(HEADER.encode() + b"\na.txt,\xe9t\xe9,,,,,,\n")
    result = read_documents([folder])
    assert "is not UTF-8" in result.problems[0]
    assert len(result.documents) == 3


def test_an_open_quote_is_a_fault_and_rows_before_it_count(folder: Path) -> None:
    sources(folder, "a.txt,P,,,,,,", 'b.txt,"P,,,,,,')
    result = read_documents([folder])
    assert "not CSV" in result.problems[0]
    assert [d.publisher for d in result.documents] == ["P", "", ""]


def test_a_thousand_faults_make_one_message_of_bounded_length(folder: Path) -> None:
    sources(folder, *(f"gone{n}.txt,,,,,,," for n in range(1000)))
    (problem,) = read_documents([folder]).problems
    assert "1000 faults" in problem
    assert "and 950 more" in problem


def test_control_characters_do_not_reach_the_message(folder: Path) -> None:
    sources(folder, "\x1b[31mx.txt,,,,\x1b[2J,,,")
    assert "\x1b" not in read_sources(folder).problem


def test_no_sources_is_no_fault(folder: Path) -> None:
    assert read_sources(folder).problem == ""
    assert read_sources(folder).fields_for("a.txt") == {}
