"""The notebooks as they are stored, and the script that runs them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOMEBODY = "/ho" + "me/anna/geo"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "scripts" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load_script()


def ran(source: str, number: int, *outputs: Any) -> Any:
    return new_code_cell(source, execution_count=number, outputs=list(outputs))


def stream(text: str, name: str = "stdout") -> Any:
    return new_output("stream", name=name, text=text)


def shown(**data: str) -> Any:
    return new_output("display_data", data={kind.replace("_", "/"): text for kind, text in data.items()})


# --- what is stored -------------------------------------------------------------------------------------


def test_there_are_five_in_order() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_notebook_has_no_fault(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert list(script.find_faults(notebook, size=path.stat().st_size)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_teaches(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    assert prose[0].startswith("# ")
    assert any(text.startswith("## What") and "not show" in text.splitlines()[0] for text in prose)
    assert prose[-1].startswith("## Exercise")
    assert all(len(text.splitlines()) <= 25 for text in code), "one idea a cell"
    assert max(len(line) for text in code for line in text.splitlines()) <= 100, "no scrolling sideways"
    assert not any(line.startswith(("def ", "class ")) for text in code for line in text.splitlines())
    maps = [
        output
        for cell in cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert maps, "a notebook shows a map"
    assert all(len(output.data["text/plain"]) > 20 for output in maps), "each has its words"


# --- what the script finds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([ran("1", 1), ran("2", 2), new_markdown_cell("text")], ""),
        ([ran("1", 1), ran("2", 3)], "not run in order"),
        ([ran("1", 1), new_code_cell("2")], "number missing"),
        ([ran("1/0", 1, new_output("error", ename="E", evalue="division", traceback=[]))], "an error"),
        ([ran("f()", 1, stream("UserWarning: old", "stderr"))], "holds a warning"),
        ([ran("f()", 1, stream(f"wrote {SOMEBODY}"))], "place on a machine"),
        ([ran(f"read('{SOMEBODY}')", 1)], "place on a machine"),
        ([new_markdown_cell(f"look into {SOMEBODY}")], "place on a machine"),
        ([ran("p", 1, shown(text_plain="PosixPath('/t" + "mp/x1/a')"))], "place on a machine"),
        ([ran("p", 1, shown(text_plain="see https://example.org/ho" + "me/a and ../data/tmp/b"))], ""),
        ([ran("m", 1, shown(text_html="<iframe srcdoc='x'></iframe>", text_plain="a map"))], "without a PNG"),
        ([ran("m", 1, shown(text_html="<img src='x'>", image_png="AAAA", text_plain="a map"))], ""),
    ],
)  # fmt: skip
def test_faults_of_a_stored_notebook(cells: list[Any], says: str) -> None:
    faults = list(script.find_faults(new_notebook(cells=cells), size=1000))
    assert len(faults) == bool(says), faults
    assert all(says in fault for fault in faults)


def test_a_large_notebook_is_a_fault() -> None:
    assert "show fewer" in next(script.find_faults(new_notebook(), size=2_000_000))


@pytest.mark.parametrize(
    ("stored", "fresh", "differs", "why"),
    [
        ([stream("a\nb")], [stream("a\n"), stream("b")], False, "how a stream is cut makes no difference"),
        ([stream("a")], [stream("b")], True, "another word"),
        ([stream("a")], [], True, "words that are gone"),
        (
            [shown(text_plain="1", image_png="AAAA")],
            [shown(text_plain="1", image_png="BBBB")],
            False,
            "pixels",
        ),
        ([shown(text_plain="1")], [shown(text_plain="2")], True, "another number"),
        (
            [shown(text_html='<iframe srcdoc="a"></iframe><img src="data:image/png;base64,AA==">')],
            [shown(text_html='<iframe srcdoc="b"></iframe><img src="data:image/png;base64,BB==">')],
            False,
            "pages and pictures inside HTML",
        ),
    ],
)
def test_differences_are_those_of_words(stored: list[Any], fresh: list[Any], differs: bool, why: str) -> None:
    pair = [new_notebook(cells=[ran("x", 1, *outputs)]) for outputs in (stored, fresh)]
    assert bool(list(script.find_differences(*pair))) is differs, why
    for notebook in pair:
        notebook.cells[0].metadata["tags"] = ["varies"]
    assert list(script.find_differences(*pair)) == []


def test_a_notebook_is_run_saved_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("n = 1\nprint(n)")]), path)
    assert script.main(["--check", str(path)]) == 1
    assert "not run in order" in capsys.readouterr().err
    assert script.main([str(path)]) == 0
    assert script.main(["--check", str(path)]) == 0
    path.write_text(path.read_text().replace("n = 1", "n = 2"))
    assert script.main(["--check", str(path)]) == 1
    assert "run `make notebooks`" in capsys.readouterr().err
    nbformat.write(new_notebook(cells=[new_code_cell("1/0")]), path)
    assert script.main([str(path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
