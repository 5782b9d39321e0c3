"""The command line: every exit status, what is printed, and input that is wrong on purpose."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import geo
from geo import cli
from geo.cli import build_parser, main
from geo.store import read_claims
from geo.summary import mark_sentence, visible

TEXT = "Al-Qaeda runs training camps in Ghazni and Nuristan, a United Nations report said in January 2023."
SOURCES_HEADER = "file,publisher,title,author,published,url,language,note\n"
COMMANDS = ("map", "extract", "atlas", "figure", "report", "lookup", "gazetteer", "explain", "evaluate")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `geo extract` leaves it."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "texts").mkdir()
    (folder / "texts" / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "texts" / "two.txt").write_text("Rain fell on the hills.", encoding="utf-8")
    assert main(["extract", str(folder / "texts"), "-o", str(folder / "out")]) == 0
    return folder / "out"


# --- status 0 -------------------------------------------------------------------------------------------


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"geo {geo.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"example: geo {command} " in capsys.readouterr().out


def test_the_commands_are_these() -> None:
    for command in COMMANDS:
        assert re.search(rf"^ {{4}}{command}\s", build_parser().format_help(), re.MULTILINE), command


def test_the_module_is_the_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "geo", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout == f"geo {geo.__version__}\n"


def test_help_and_lookup_load_no_heavy_library() -> None:
    code = (
        "import sys, geo.cli; geo.cli.main(['lookup', 'Ghazni']); "
        "print([name for name in ('pandas', 'geopandas', 'matplotlib', 'folium') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_the_library_names_load_on_demand() -> None:
    code = "import sys, geo; print(sorted(name for name in sys.modules if name.startswith('geo.')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert all(hasattr(geo, name) for name in geo.__all__)
    assert not hasattr(geo, "no_such_name")


def test_type_checkers_are_told_of_the_same_names() -> None:
    stub = Path(geo.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    assert set(re.findall(r"(\w+) as \1", stub)) | {"__version__"} == set(geo.__all__)


def test_lookup_says_what_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Nangrahar"]) == 0
    shown = capsys.readouterr().out
    assert "Nangrahar: Nangarhar (province AF-NAN)" in shown
    assert "why: " in shown


def test_lookup_of_an_unknown_name_is_to_be_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Nangarhxr", "Ghazni"]) == 1
    shown = capsys.readouterr().out
    assert "Nangarhxr: not in the gazetteer" in shown
    assert "AF-NAN" in shown
    assert "AF-GHA" in shown


def test_explain_shows_the_sentence_and_the_reasons(tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = read_claims(tables / "claims.csv").set_index("province_id")
    claim = claims.loc["AF-GHA"]
    assert main(["explain", claim["claim_id"], "--claims", str(tables / "claims.csv")]) == 0
    shown = capsys.readouterr().out
    for part in ("[[Ghazni]]", "{{", "training_camp", "affirmed", "United Nations", "2023", claim["reason"]):
        assert part in shown


def test_explain_takes_the_beginning_of_an_id_if_it_is_enough(
    tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = str(tables / "claims.csv")
    ids = sorted(read_claims(table)["claim_id"])
    shortest = next(n for n in range(1, 40) if not ids[1].startswith(ids[0][:n]))
    assert main(["explain", ids[0][:shortest], "--claims", table]) == 0
    assert ids[0] in capsys.readouterr().out
    assert main(["explain", "", "--claims", table]) == 2
    assert main(["explain", "zzz", "--claims", table]) == 2
    assert "no such claim" in capsys.readouterr().err


def test_explain_refuses_a_beginning_of_several(tables: Path, tmp_path: Path, capsys: Any) -> None:
    text = (tables / "claims.csv").read_text(encoding="utf-8")
    for number, claim_id in enumerate(sorted(read_claims(tables / "claims.csv")["claim_id"])):
        text = text.replace(claim_id, f"abc{number}")
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8")
    assert main(["explain", "abc", "--claims", str(tmp_path / "claims.csv")]) == 2
    assert "2 claims begin so (abc0, abc1)" in capsys.readouterr().err


def test_atlas_from_a_table_knows_documents_without_a_claim(tables: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    command = ["atlas", str(tables / "claims.csv"), "-o", str(page), "--title", "A <b>title</b>"]
    assert main(command) == 0
    html = page.read_text(encoding="utf-8")
    assert "A <b>title</b>" not in html
    assert json.loads(block(html, "atlas-claims"))["info"]["title"] == "A <b>title</b>"


def test_atlas_from_a_table_alone_says_what_it_cannot_know(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "claims.csv").write_bytes((tables / "claims.csv").read_bytes())
    assert main(["atlas", str(tmp_path / "claims.csv"), "-o", str(tmp_path / "a.html")]) == 0
    assert "documents without a claim are not counted" in capsys.readouterr().out


def test_figure_draws_a_selection_with_its_numbers(tables: Path, tmp_path: Path) -> None:
    command = ["figure", str(tables / "claims.csv"), "-o", str(tmp_path / "camps.svg")]
    assert main([*command, "--type", "training_camp", "--year", "2023", "--source", "un"]) == 0
    with (tmp_path / "camps.csv").open(encoding="utf-8") as handle:
        named = {row["province_id"] for row in csv.DictReader(handle) if row["sources"] == "1"}
    assert named == {"AF-GHA", "AF-NUR"}
    assert (tmp_path / "camps.alt.txt").is_file()


def test_figure_compares_and_counts(tables: Path, tmp_path: Path) -> None:
    command = ["figure", str(tables / "claims.csv"), "-o", str(tmp_path / "change.pdf"), "--size", "a4"]
    assert main([*command, "--compare", "source:un", "source:taliban", "--timeline", "--language", "ps"]) == 0
    with (tmp_path / "change.csv").open(encoding="utf-8") as handle:
        rows = {row["province_id"]: row for row in csv.DictReader(handle)}
    assert len(rows) == 34
    assert {row["side_a"] for row in rows.values()} == {"United Nations"}
    assert (tmp_path / "change.pdf").read_bytes().startswith(b"%PDF")


def test_figure_tells_of_letters_that_its_font_lacks(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["figure", str(tables / "claims.csv"), "-o", str(tmp_path / "a.svg"), "--kind", "timeline"]
    assert main([*command, "--title", "کندهارۍ"]) == 0
    assert "has no ۍ" in capsys.readouterr().out


def test_evaluate_prints_scores_and_writes_only_when_asked(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = str(root / "tests" / "gold" / "seeds")
    assert main(["evaluate", "--gold", gold, "--out", gold]) == 0
    assert "claims, strict" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    assert main(["evaluate", "--gold", gold, "--out", gold, "--json", str(tmp_path / "s.json")]) == 0
    assert json.loads((tmp_path / "s.json").read_text())["claims"]["strict"]["f1"] == 1.0


def test_an_empty_folder_gives_a_valid_empty_atlas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "texts").mkdir()
    command = ["map", str(tmp_path / "texts"), "-o", str(tmp_path / "out"), "--no-figures"]
    assert main(command) == 0
    assert "no documents in this folder" in capsys.readouterr().out
    page = (tmp_path / "out" / "atlas.html").read_text(encoding="utf-8")
    assert "atlas-claims" in page
    assert read_claims(tmp_path / "out" / "claims.csv").empty


# --- status 1 -------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_done(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "bad.txt").write_bytes(b"al-Qaeda in Ghazni \x00\x01\x02\xff")
    (texts / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    assert main(["extract", str(texts), "-o", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr().out
    assert "bad.txt: " in shown
    assert "bad.pdf: " in shown
    assert len(read_claims(tmp_path / "out" / "claims.csv")) == 2
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert [Path(item["path"]).name for item in record["skipped"]] == ["bad.pdf", "bad.txt"]


def test_every_fault_of_sources_csv_is_named_with_its_line(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["nothere.txt,,,,,,,", "one.txt,Paper,,,32 May,,,", "one.txt,Other,,,,,,"]
    (texts / "sources.csv").write_text(SOURCES_HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    assert main(["extract", str(texts), "-o", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr().out
    for part in ("faults in sources.csv:", "line 2", "line 3", "line 4", "nothere.txt", "32 May"):
        assert part in shown
    assert set(read_claims(tmp_path / "out" / "claims.csv")["publisher"]) == {"Paper"}


def test_hostile_names_and_texts_command_neither_the_terminal_nor_the_page(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b[2J[red]\u202ex<img src=x onerror=alert(1)>"
    (texts / f"{evil}.txt".replace("/", "_")).write_text(TEXT + evil, encoding="utf-8")
    (texts / "[bold]\x1b]0;t\x07.pdf").write_bytes(b"no pdf")
    assert main(["map", str(texts), "-o", str(tmp_path / "out"), "--no-figures"]) == 1
    shown = capsys.readouterr()
    assert "[bold]" in shown.out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown.out + shown.err)
    assert "<img src=x" not in (tmp_path / "out" / "atlas.html").read_text(encoding="utf-8")
    written = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    assert written == {"texts", "out"}


def test_a_table_of_something_else_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    assert main(["atlas", str(tmp_path / "t.csv"), "-o", str(tmp_path / "a.html")]) == 1
    message = capsys.readouterr().err
    assert "missing column(s)" in message
    assert "Traceback" not in message


def test_boundaries_that_are_none_are_refused_before_work_begins(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    command = ["map", str(texts), "-o", str(tmp_path / "out"), "--boundaries", str(tmp_path / "b.geojson")]
    assert main([*command, "--workers", "1"]) == 1
    assert "b.geojson" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (OSError(28, "No space left on device", "x/y"), 1, "x/y: No space left"),
        (ZeroDivisionError("no\nway"), 1, "unexpected fault (ZeroDivisionError: no)"),
        (BrokenPipeError(), 1, ""),
    ],
)
def test_what_breaks_gives_one_line_and_a_status(
    error: BaseException, status: int, message: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def broken(*_args: object) -> int:
        raise error

    monkeypatch.setattr("geo.gazetteer.explain_name", broken)
    monkeypatch.setattr(cli.os, "dup2", lambda *_args: None)
    assert main(["lookup", "x"]) == status
    shown = capsys.readouterr().err
    assert message in shown
    assert "Traceback" not in shown
    assert len(shown.splitlines()) == bool(message)


def test_debug_shows_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("geo.gazetteer.explain_name", None)
    assert main(["lookup", "x", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


# --- status 2 -------------------------------------------------------------------------------------------

WRONG = [
    ([], "required", "no command"),
    (["fly"], "invalid choice", "a command that is none"),
    (["map", "texts"], "-o", "no output folder"),
    (["map", "nothere", "-o", "out"], "nothere", "an input that is not there"),
    (["map", "texts", "-o", "texts/out"], "read its own output", "output inside the input"),
    (["map", "texts", "-o", "texts/one.txt"], "a file, expected a folder", "output is a file"),
    (["map", "texts", "-o", "out", "--workers", "0"], "workers 0", "no worker"),
    (["extract", "texts", "-o", "out", "--engine", "dask"], "invalid choice", "an engine that is not there"),
    (["atlas", "nothere.csv", "-o", "a.html"], "no such file", "no claims"),
    (["atlas", "nothere.csv", "-o", "a.pdf"], "Expected .html", "a page is no pdf"),
    (["atlas", "nothere.csv", "-o", "no/a.html"], "a folder that exists", "a folder that is not there"),
    (["figure", "nothere.csv", "-o", "a.gif"], "Expected .png", "an unknown kind of picture"),
    (["figure", "nothere.csv", "-o", "a.png", "--year", "soon"], "expected 2021", "no year"),
    (["figure", "nothere.csv", "-o", "a.png", "--year", "-"], "expected 2021", "neither end"),
    (["figure", "nothere.csv", "-o", "a.png", "--type", ","], "one value or several", "an empty list"),
    (["figure", "texts", "-o", "a.png"], "is a folder", "a folder as table"),
    (["figure", "nothere.csv", "-o", "folder.png"], "is a folder", "a folder as figure"),
    (["map", "texts", "-o", "out", "--id-column", "x"], "none is given", "a column of no file"),
    (["figure", "other.csv", "-o", "other.png"], "is there already", "numbers would replace a table"),
    (["explain", "x", "--claims", "nothere.csv"], "no such file", "no claims"),
    (["evaluate", "--gold", "nothere", "--out", "texts"], "no such folder", "no gold"),
]


@pytest.mark.parametrize(("command", "message", "why"), WRONG)
def test_a_wrong_command_is_status_2(
    command: list[str], message: str, why: str,
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(texts.parent)
    (texts.parent / "other.csv").write_text("mine")
    (texts.parent / "folder.png").mkdir()
    assert main(command) == 2, why
    shown = capsys.readouterr().err
    assert message in shown, why
    assert "Traceback" not in shown
    assert (texts.parent / "other.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--type", "camp"),
        ("--source", "nasa"),
        ("--by", "colour"),
        ("--year", "2022-2020"),
        ("--kind", "pie"),
        ("--size", "a3"),
        ("--theme", "neon"),
        ("--language", "de"),
    ],
)
def test_an_unknown_selection_is_status_2(option: str, value: str, tables: Path, tmp_path: Path) -> None:
    command = ["figure", str(tables / "claims.csv"), "-o", str(tmp_path / "a.png"), option, value]
    assert main(command) == 2
    assert list(tmp_path.iterdir()) == []


# --- small pieces ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expect", "why"),
    [
        ("plain\ttab\nline", "plain\ttab\nline", "white space stays"),
        ("a\x1b[31m", "a\ufffd[31m", "no terminal command"),
        ("a\u202eb", "a\ufffdb", "no turned direction"),
        ("غزنی\u200c", "غزنی\u200c", "a joiner belongs to the spelling"),
    ],
)
def test_visible(text: str, expect: str, why: str) -> None:
    assert visible(text) == expect, why


@pytest.mark.parametrize(
    ("spans", "expect", "why"),
    [
        ({"[[]]": (19, 25)}, "camps in [[Ghazni]]", "at the end"),
        ({"[[]]": (19, 25), "{{}}": (10, 15)}, "{{camps}} in [[Ghazni]]", "two"),
        ({"[[]]": (10, 15), "{{}}": (15, 18)}, "[[camps]]{{ in}} Ghazni", "two that touch"),
        ({"{{}}": (2, 5)}, "camps in Ghazni", "outside the sentence"),
    ],
)
def test_mark_sentence(spans: dict[str, tuple[int, int]], expect: str, why: str) -> None:
    assert mark_sentence("camps in Ghazni", 10, spans) == expect, why


def block(html: str, name: str) -> str:
    """The text of one JSON block of the page."""
    return html.split(f'id="{name}">')[1].split("</script>")[0]
