from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ReadError
from geo.reading import read_documents
from geo.reading.decode import decode_text, read_bytes

DARI = "القاعده در ولایت غزنی و هلمند مراکز آموزشی دارد و طالبان از آن خبر دارند. "
ARABIC = "تنظيم القاعدة يدير معسكرات تدريب في ولايات غزني وهلمند وكنر بأفغانستان. "
FRENCH = "Les élèves du collège où naît la forêt près de Çankaya été même là-bas, garçon. "
RUSSIAN = "Аль-Каида имеет лагеря в провинциях Газни, Гильменд и Кунар, говорится в докладе. "
GREEK = "Η Αλ Κάιντα διατηρεί στρατόπεδα στις επαρχίες Γκαζνί και Χελμάντ του Αφγανιστάν. "
HEBREW = "אל-קאעידה מפעילה מחנות אימונים במחוזות עזני והלמנד שבאפגניסטן לפי הדוח. "

GOOD = [
    (b"Ghazni\r\nFarah\rKunar\n", "", "Ghazni\r\nFarah\rKunar\n", "utf-8", "line ends stay as they are"),
    (b"\xef\xbb\xbfGhazni", "", "Ghazni", "utf-8", "a UTF-8 mark is dropped"),
    (b"\xef\xbb\xbf\xef\xbb\xbfA", "", "\ufeffA", "utf-8", "only one mark is dropped"),
    ("غزني".encode(), "", "غزني", "utf-8", "valid UTF-8 is UTF-8"),
    ("غزني".encode(), "windows-1256", "غزني", "utf-8", "valid UTF-8 wins over a wrong declaration"),
    ("Kabul 𐎠".encode("utf-16"), "", "Kabul 𐎠", "utf-16-le", "UTF-16 with its mark"),
    (b"\xfe\xff" + "کابل".encode("utf-16-be"), "", "کابل", "utf-16-be", "big-endian UTF-16"),
    ("Kabul".encode("utf-32"), "", "Kabul", "utf-32-le", "UTF-32 is not taken for UTF-16 with NULs"),
    (FRENCH.encode("latin-1"), "iso-8859-1", FRENCH, "cp1252", "a page's declared charset, as browsers do"),
    (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, "cp1251", "a declared Cyrillic charset"),
    (ARABIC.encode("cp1256"), "", ARABIC, "windows-1256", "undeclared Windows-1256 Arabic"),
    (
        ("Al-Qaeda: " + ARABIC + "Zürich").encode("cp1256"),
        "",
        "Al-Qaeda: " + ARABIC + "Zürich",
        "windows-1256",
        "with some Latin",
    ),
    (
        ARABIC.encode("cp1256"),
        "no-such-charset",
        ARABIC,
        "windows-1256",
        "an unknown declaration is passed over",
    ),
    (ARABIC.encode("cp1256"), "utf-16", ARABIC, "windows-1256", "a byte file that declares UTF-16 is not"),
    (b"", "", "", "utf-8", "an empty file is an empty text"),
]


@pytest.mark.parametrize(("data", "declared", "text", "encoding", "why"), GOOD, ids=[c[4] for c in GOOD])
def test_decodes_by_the_rule(data: bytes, declared: str, text: str, encoding: str, why: str) -> None:
    assert decode_text(data, declared=declared) == (text, encoding), why


BAD = [
    (FRENCH.encode("latin-1"), "0xe9 at 4 is not UTF-8", "Latin-1 read as 1256 mixes scripts in words"),
    (
        ("Der Führer der Männer möchte die Städte größer, schöner. " * 3).encode("latin-1"),
        "not UTF-8",
        "German",
    ),
    ((RUSSIAN * 3).encode("cp1251"), "not plausible Arabic", "Cyrillic read as 1256 mixes scripts in words"),
    ((GREEK * 3).encode("cp1253"), "not plausible Arabic", "Greek likewise"),
    ((HEBREW * 3).encode("cp1255"), "not plausible Arabic", "Hebrew likewise"),
    (b"Al-Qaeda\xff in Ghazni", "0xff at 8", "one stray byte is too little to call it Arabic"),
    (bytes(range(1, 256)) * 20, "not plausible Arabic", "noise"),
    (b"Ghazni\0Farah", "NUL character at position 6", "a binary file"),
    ("Ghazni".encode("utf-16-le"), "NUL character", "UTF-16 without its mark"),
    ((ARABIC + "\0").encode("cp1256"), "not plausible Arabic", "NUL in Windows-1256"),
    (b"\xff\xfe\x00\xd8a\x00", "not utf-16-le", "half a surrogate pair"),
    (b"\xff\xfeG\0h\0x", "not utf-16-le", "UTF-16 cut in the middle of a unit"),
    (b"\xef\xbb\xbfA\xff", "byte 4 is not utf-8", "a UTF-8 mark decides, so no other reading is tried"),
]


@pytest.mark.parametrize(("data", "message", "why"), BAD, ids=[c[2] for c in BAD])
def test_refuses_what_the_rule_does_not_cover(data: bytes, message: str, why: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode_text(data)
    assert message in str(caught.value), why
    assert "UTF-8" in str(caught.value), "the message says what to do"


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert decode_text(text.encode(encoding))[0] == text


def test_dari_in_windows_1256_keeps_its_letters(tmp_path: Path) -> None:
    text = DARI.replace("ی", "ي") * 2
    (tmp_path / "dari.txt").write_bytes(text.encode("cp1256"))
    result = read_documents([tmp_path])
    assert result.documents[0].text == text
    assert "Windows-1256" in result.warnings[0]


def test_a_file_over_the_limit_is_refused_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 101)
    assert read_bytes(path, limit=101) == b"x" * 101
    with pytest.raises(ReadError, match="larger than 100 bytes"):
        read_bytes(path, limit=100)


@pytest.mark.parametrize(
    "text",
    ["x" * 50_000_000, " " * 10**5, "?" * 10**5, "Ghazni " * 10**5],
    ids=["50 MB line", "spaces", "?", "names"],
)
def test_long_lines_are_read_whole(tmp_path: Path, text: str) -> None:
    (tmp_path / "line.txt").write_text(text, encoding="utf-8", newline="")
    assert read_documents([tmp_path]).documents[0].text == text
