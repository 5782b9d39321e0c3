from __future__ import annotations

import datetime
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.reading import ReadOptions, ReadResult, read_batches, read_documents

ROWS = [
    {
        "id": "a1",
        "text": "Al-Qaeda in Ghazni.",
        "publisher": "P",
        "published": "2023-01",
        "url": "https://example.org",
    },
    {"id": "a2", "text": 'Lines\r\nand "quotes", commas;\tغزني', "publisher": "", "published": "", "url": ""},
]


def write_jsonl(path: Path) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")


def write_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> None:
    lines = [delimiter.join(ROWS[0])]
    lines += [delimiter.join('"' + value.replace('"', '""') + '"' for value in row.values()) for row in ROWS]
    path.write_bytes("\r\n".join(lines).encode(encoding))


def write_parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), path)


WRITERS = {
    "t.jsonl": write_jsonl,
    "t.csv": write_csv,
    "t.parquet": write_parquet,
}


def read(folder: Path, name: str, data: bytes | str, options: ReadOptions | None = None) -> ReadResult:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return read_documents([folder / name], options=options or ReadOptions())


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_one_row_is_one_document(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    result = read_documents([tmp_path])
    first, second = result.documents
    assert (first.doc_id, first.publisher, first.published) == ("a1", "P", "2023-01")
    assert (first.text, first.url, first.path) == (ROWS[0]["text"], "https://example.org", name)
    assert (second.doc_id, second.text, second.published) == ("a2", ROWS[1]["text"], "")
    assert result.skipped == result.warnings == ()


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-8-sig"), (",", "utf-16"), (",", "cp1256")]
)
def test_csv_as_other_programs_write_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    if encoding == "cp1256":
        arabic = "تنظيم القاعدة يدير معسكرات تدريب في ولايات غزني وهلمند"
        (tmp_path / "t.csv").write_bytes(f"id,text\n1,{arabic}\n".encode("cp1256"))
        assert read_documents([tmp_path]).documents[0].text == arabic
    else:
        write_csv(tmp_path / "t.csv", delimiter, encoding)
        assert [d.text for d in read_documents([tmp_path]).documents] == [row["text"] for row in ROWS]


def test_rows_without_an_id_are_numbered_by_line(tmp_path: Path) -> None:
    result = read(tmp_path, "t.jsonl", '{"text":"a"}\n\n{"text":"b"}\n')
    assert [d.doc_id for d in result.documents] == ["t-1", "t-3"]


def test_ids_are_made_unique_over_files(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "t.jsonl")
    write_csv(tmp_path / "t.csv")
    result = read_documents([tmp_path])
    assert [d.doc_id for d in result.documents] == ["a1", "a2", "a1~2", "a2~2"]


BAD_LINES = [
    ("{broken", "not JSON", "half a line"),
    ("[1]", "a JSON list, expected an object", "a list"),
    ('{"id":"x"}', 'no "text"', "without text"),
    ('{"text":null}', 'no "text"', "null text"),
    ('{"text":5}', '"text" is a int', "a number"),
    ('{"text":"a\\u0000b"}', "NUL character at position 1", "a NUL"),
    ('{"text":"a\\ud800b"}', "half a surrogate pair at position 1", "half a pair"),
    ("[" * 100_000, "not JSON", "nested too deep"),
    ('{"text":"' + "x" * 3000 + '"}', "line longer than 2,000 bytes", "longer than the limit"),
    ('{"text": 1' + "0" * 1000 + "}", '"text" is a int', "a huge number"),
]


@pytest.mark.parametrize(("line", "message", "why"), BAD_LINES, ids=[c[2] for c in BAD_LINES])
def test_a_bad_line_is_named_and_the_rest_read(tmp_path: Path, line: str, message: str, why: str) -> None:
    options = ReadOptions(max_file_bytes=2_000 if "longer" in why else 10**6)
    result = read(tmp_path, "t.jsonl", f'{{"text":"one"}}\n{line}\n{{"text":"two"}}', options)
    assert [d.text for d in result.documents] == ["one", "two"]
    assert [s.path for s in result.skipped] == [f"{tmp_path / 't.jsonl'}:2"]
    assert message in result.skipped[0].reason, why


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    result = read(tmp_path, "t.jsonl", b'\xef\xbb\xbf{"text":"one"}\n{"text":"\xe9"}\n')
    assert [d.text for d in result.documents] == ["one"]
    assert "not UTF-8 at byte 9" in result.skipped[0].reason


def test_an_escaped_pair_is_one_character(tmp_path: Path) -> None:
    assert read(tmp_path, "t.jsonl", '{"text":"\\ud83d\\ude00"}').documents[0].text == "😀"


REFUSED = [
    ("t.jsonl", '{"text":"a"}'.encode("utf-16"), "UTF-16", "JSON lines in UTF-16"),
    ("t.csv", b"id,body\n1,x\n", 'no column "text"', "no text column"),
    ("t.csv", b"id,text,Text\n1,x,y\n", "text twice", "the text column twice"),
    ("t.csv", b"id,text\n1,\xff\xfe\n", "not UTF-8", "an unknown encoding"),
    ("t.csv", b"\xff\xfei\0d", "text", "UTF-16 without a text column"),
    ("t.parquet", b"PAR1 nothing PAR1", "damaged Parquet", "no Parquet"),
    ("t.parquet", b"", "damaged Parquet", "an empty file"),
]


@pytest.mark.parametrize(("name", "data", "message", "why"), REFUSED, ids=[c[3] for c in REFUSED])
def test_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, message: str, why: str) -> None:
    result = read(tmp_path, name, data)
    assert result.documents == ()
    assert message in result.skipped[0].reason, why


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv"])
def test_a_table_without_rows_is_a_warning(tmp_path: Path, name: str) -> None:
    result = read(tmp_path, name, "" if name == "t.jsonl" else "id,text\n")
    assert result.documents == result.skipped == ()
    assert "no rows" in result.warnings[0]


def test_csv_rows_with_other_cells_are_named_by_line(tmp_path: Path) -> None:
    result = read(tmp_path, "t.csv", 'id,text\n1,"two\nlines"\n2\n3,x,y\n4,good\n')
    assert [(d.doc_id, d.text) for d in result.documents] == [("1", "two\nlines"), ("4", "good")]
    assert [s.path.rsplit(":", 1)[1] for s in result.skipped] == ["4", "5"]


def test_a_csv_quote_never_closed_is_named_and_swallows_nothing_silently(tmp_path: Path) -> None:
    result = read(tmp_path, "t.csv", 'id,text\n1,good\n2,"open\n3,lost\n')
    assert [d.doc_id for d in result.documents] == ["1"]
    assert result.skipped[0].path.endswith(":3")
    assert "not CSV" in result.skipped[0].reason


def test_csv_cells_may_be_larger_than_the_module_s_default(tmp_path: Path) -> None:
    text = "Ghazni " * 100_000
    assert read(tmp_path, "t.csv", f"text\n{text}\n").documents[0].text == text


def test_formulas_and_markup_in_cells_stay_as_they_are(tmp_path: Path) -> None:
    result = read(tmp_path, "t.csv", 'text,title\n"=HYPERLINK(""x"")",<img onerror=alert(1)>\n')
    assert (result.documents[0].text, result.documents[0].title) == (
        '=HYPERLINK("x")',
        "<img onerror=alert(1)>",
    )


DATES = [
    ("2023", "2023"),
    ("2023-01-25", "2023-01-25"),
    ("2023-01-25T10:00:00Z", "2023-01-25"),
    ("2023-01-25 10:00:00", "2023-01-25"),
    ("25/01/2023", ""),
    ("soon", ""),
]


@pytest.mark.parametrize(("given", "published"), DATES, ids=[c[0] for c in DATES])
def test_dates_of_rows(tmp_path: Path, given: str, published: str) -> None:
    result = read(tmp_path, "t.jsonl", json.dumps({"text": "x", "published": given}))
    assert result.documents[0].published == published
    assert bool(result.warnings) is not bool(published)


def test_many_bad_dates_make_few_warnings(tmp_path: Path) -> None:
    line = json.dumps({"text": "x", "published": "soon"}) + "\n"
    result = read(tmp_path, "t.jsonl", line * 500)
    assert len(result.documents) == 500
    assert len(result.warnings) == 6
    assert "495 more" in result.warnings[-1]


def test_parquet_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(["one", None, "three"]).dictionary_encode(),
            "id": [1, 2, 3],
            "published": [datetime.date(2023, 1, 25), None, None],
            "other": [b"\xff", b"", b""],
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    result = read_documents([tmp_path])
    assert [(d.doc_id, d.text, d.published) for d in result.documents] == [
        ("1", "one", "2023-01-25"),
        ("3", "three", ""),
    ]
    assert result.skipped[0].path.endswith(":2")


def test_parquet_text_of_another_type_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "t.parquet")
    assert "holds int64, expected strings" in read_documents([tmp_path]).skipped[0].reason


def test_a_truncated_parquet_file_is_refused(tmp_path: Path) -> None:
    write_parquet(tmp_path / "t.parquet")
    data = (tmp_path / "t.parquet").read_bytes()
    assert "damaged Parquet" in read(tmp_path, "t.parquet", data[: len(data) // 2]).skipped[0].reason


def test_a_row_knows_more_than_the_sources_of_its_table(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "t.jsonl")
    (tmp_path / "sources.csv").write_text(
        "file,publisher,title,author,published,url,language,note\nt.jsonl,Default,,,2020,,fa,\n"
    )
    first, second = read_documents([tmp_path]).documents
    assert (first.publisher, first.published, first.language) == ("P", "2023-01", "fa")
    assert (second.publisher, second.published) == ("Default", "2020")


def test_tables_are_streamed_in_batches(tmp_path: Path) -> None:
    row = json.dumps({"text": "x" * 10_000}) + "\n"
    (tmp_path / "t.jsonl").write_text(row * 200)
    sizes = [
        len(b.documents) for b in read_batches([tmp_path], options=ReadOptions(batch_characters=100_000))
    ]
    assert sum(sizes) == 200
    assert max(sizes) <= 10
