from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import UsageError
from geo.reading import SOURCES_COLUMNS, ReadOptions, read_batches, read_documents

SEEDS = Path(__file__).parent.parent / "seeds"
STATED = {"000": "2021-08", "001": "2019-10", "002": "2021", "003": "2020-12-11", "004": "2024"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def test_the_seeds_are_read_with_their_sources() -> None:
    result = read_documents([SEEDS])
    assert (result.skipped, result.warnings, result.problems) == ((), (), ())
    assert {d.doc_id[:3]: d.published for d in result.documents} == STATED
    for document in result.documents:
        assert document.text == (SEEDS / document.path).read_bytes().decode("utf-8")
        assert document.publisher
        assert document.language == "en"


def test_seeds_named_one_by_one_find_the_sources_beside_them() -> None:
    result = read_documents(sorted(SEEDS.iterdir()))
    assert {d.doc_id[:3]: d.published for d in result.documents} == STATED
    assert (result.skipped, result.warnings, result.problems) == ((), (), ())


def test_without_sources_no_seed_gets_a_wrong_date(tmp_path: Path) -> None:
    for path in SEEDS.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    found = {d.doc_id[:3]: d.published for d in read_documents([tmp_path]).documents}
    assert found == dict.fromkeys(STATED, "")


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "b", "a.md": "a", "sub/c.txt": "c", ".hidden.txt": "h", ".git/x.txt": "x"})
    result = read_documents([tmp_path])
    assert [d.path for d in result.documents] == ["a.md", "b.txt", "sub/c.txt"]
    assert result.skipped == ()


def test_a_file_hidden_in_a_folder_is_read_when_named(tmp_path: Path) -> None:
    write(tmp_path, {".hidden.txt": "h"})
    assert [d.text for d in read_documents([tmp_path / ".hidden.txt"]).documents] == ["h"]


def test_missing_paths_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"one\.txt.*two"):
        read_documents([tmp_path / "one.txt", tmp_path, tmp_path / "two"])


def test_missing_paths_are_told_before_the_first_batch(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_batches([tmp_path / "none"])


def test_an_empty_folder_is_a_warning(tmp_path: Path) -> None:
    result = read_documents([tmp_path])
    assert result.documents == result.skipped == ()
    assert "no documents in this folder" in result.warnings[0]


def test_nothing_but_sources_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, {"sources.csv": "file,publisher,title,author,published,url,language,note\n"})
    assert "nothing to read" in read_documents([tmp_path / "sources.csv"]).warnings[0]


@pytest.mark.parametrize("name", ["empty.txt", "empty.md", "empty.html", "blank.txt"])
def test_an_empty_file_is_an_empty_document_with_a_warning(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("" if name.startswith("empty") else " \n\n ")
    result = read_documents([tmp_path])
    assert [d.text.strip() for d in result.documents] == [""]
    assert result.skipped == ()
    assert "empty: no text" in result.warnings[0]


def test_one_bad_file_in_a_hundred_is_named_and_99_are_read(tmp_path: Path) -> None:
    for number in range(99):
        (tmp_path / f"{number:03}.txt").write_text(f"Text {number}")
    (tmp_path / "050x.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    result = read_documents([tmp_path])
    assert len(result.documents) == 99
    assert [Path(s.path).name for s in result.skipped] == ["050x.pdf"]
    assert "truncated" in result.skipped[0].reason


def test_unknown_kinds_of_file_are_skipped_with_a_reason(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a", "photo.jpeg": "x"})
    (tmp_path / "README").write_text("r")
    result = read_documents([tmp_path])
    assert [d.doc_id for d in result.documents] == ["a"]
    assert [Path(s.path).name for s in result.skipped] == ["README", "photo.jpeg"]
    assert all("unknown kind of file" in s.reason for s in result.skipped)


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "REPORT.TXT").write_text("x")
    assert [d.doc_id for d in read_documents([tmp_path]).documents] == ["REPORT"]


def test_link_loops_end(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.txt": "x"})
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    result = read_documents([tmp_path])
    assert [d.doc_id for d in result.documents] == ["x"]
    assert [s.reason for s in result.skipped] == ["a link that leads nowhere"]
    assert any("already read" in warning for warning in result.warnings)


def test_what_is_no_regular_file_is_skipped_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    reasons = {Path(s.path).name: s.reason for s in read_documents([tmp_path]).skipped}
    assert reasons == {"pipe.txt": "not a regular file", "dangling.txt": "a link that leads nowhere"}


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a"})
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    result = read_documents([tmp_path / "a.txt", tmp_path])
    assert [d.doc_id for d in result.documents] == ["a"]
    assert sum("read once" in warning for warning in result.warnings) == 2


def test_the_same_stem_in_two_folders_gets_two_ids(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.txt": "1", "b/x.txt": "2", "c/x.html": "<p>3</p>", "d/x~2.txt": "4"})
    result = read_documents([tmp_path])
    assert [(d.doc_id, d.text) for d in result.documents] == [
        ("x", "1"),
        ("x~2", "2"),
        ("x~3", "3"),
        ("x~2~2", "4"),
    ]
    assert len(result.warnings) == 3
    assert result == read_documents([tmp_path])


@pytest.mark.parametrize(
    "name", ["CON", "x" * 250, "..", "a b;c", "=cmd|x", "<img onerror=alert(1)>", "-rf", "‮gpj"]
)
def test_odd_file_names_are_ids_as_they_are(tmp_path: Path, name: str) -> None:
    (tmp_path / f"x{name}.txt").write_text("t")
    result = read_documents([tmp_path / f"x{name}.txt"])
    assert [d.doc_id for d in result.documents] == ["x" + name]


def test_file_names_that_are_no_text_stay_writable(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/a\xff\n\x1b[31m.txt", "wb") as handle:  # noqa: PTH123
        handle.write(b"t")
    document = read_documents([tmp_path]).documents[0]
    assert document.doc_id == "a\ufffd\ufffd\ufffd[31m"
    assert document.path.encode("utf-8")


def test_batches_hold_the_same_as_one_reading(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text("x" * 1000)
    (tmp_path / "bad.txt").write_bytes(b"\0")
    options = ReadOptions(batch_characters=10_000)
    batches = list(read_batches([tmp_path], options=options))
    assert len(batches) == 7
    assert max(len(batch.documents) for batch in batches) == 5
    whole = read_documents([tmp_path], options=options)
    assert [d for batch in batches for d in batch.documents] == list(whole.documents)
    assert len(whole.skipped) == 1


def test_a_date_read_from_the_text_says_from_where(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Al-Qaeda grows again in Ghazni\n\nPublished: 5 March 2021\n\nText."})
    document = read_documents([tmp_path]).documents[0]
    assert (document.published, document.title) == ("2021-03-05", "Al-Qaeda grows again in Ghazni")
    assert "Published: 5 March 2021" in document.note
    plain = read_documents([tmp_path], options=ReadOptions(fill_from_text=False)).documents[0]
    assert (plain.published, plain.title, plain.note) == ("", "", "")


def test_sources_win_over_the_document(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.html": '<html lang="fr"><title>Page</title><meta name="author" content="B"><p>Text</p></html>',
            "sources.csv": ",".join(SOURCES_COLUMNS) + "\na.html,P,Mine,,2020,,,\n",
        },
    )
    document = read_documents([tmp_path]).documents[0]
    assert (document.title, document.author, document.language) == ("Mine", "B", "fr")


def test_a_reader_that_breaks_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise RecursionError("too deep")

    write(tmp_path, {"a.md": "a", "b.txt": "b"})
    monkeypatch.setattr("geo.reading.plain.read_markdown", explode)
    result = read_documents([tmp_path])
    assert [d.doc_id for d in result.documents] == ["b"]
    assert "RecursionError: too deep" in result.skipped[0].reason


def test_format_libraries_are_loaded_only_when_needed() -> None:
    heavy = {"pypdf", "docx", "pyarrow", "lxml", "pandas"}
    code = f"import sys, geo.reading; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
