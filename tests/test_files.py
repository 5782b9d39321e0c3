"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geo import files
from geo.errors import WriteError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    files.write_text("one", tmp_path / "new" / "a.txt")
    files.write_text("two", tmp_path / "new" / "a.txt")
    assert {path.name: path.read_text() for path in (tmp_path / "new").iterdir()} == {"a.txt": "two"}


def test_a_full_disk_leaves_the_old_file_and_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.txt"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match=r"a\.txt: cannot be written \(No space left on device\)"):
        files.write_bytes(b"new", path)
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"a.txt": "old"}


def test_a_folder_that_cannot_be_made_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="Check the disk and the rights"):
        files.write_text("x", tmp_path / "file" / "a.txt")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''=1"])
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert files.guard_formula(text) == "'" + text
    assert files.unguard_formula("'" + text) == text


@pytest.mark.parametrize("text", ["", "a=1", "'s", "1-2", "سازمان"])
def test_other_text_is_left(text: str) -> None:
    assert files.guard_formula(text) == files.unguard_formula(text) == text
