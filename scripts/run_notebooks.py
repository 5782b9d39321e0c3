"""Run every notebook from top to bottom in a fresh kernel.

Usage: ``python scripts/run_notebooks.py [--check] [NOTEBOOK ...]``

Without ``--check`` the new outputs are saved in the notebooks. With it the files stay as
they are, and what is stored is held against what came out. The exit status is 1, and the
message names notebook and cell, when

- a cell fails, or the stored notebook holds an error or was not run from top to bottom;
- a stored notebook is larger than 1.5 MB or names a place on somebody's machine;
- a stored map or picture has no PNG and no words for front ends that show nothing else;
- the words and tables that are stored are not those that come out now (a cell tagged
  ``varies`` is left out of this).
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ROOT = Path(__file__).resolve().parent.parent
CELL_TIMEOUT_S = 300
LARGEST_BYTES = 1_500_000
COLOUR = re.compile(r"\x1b\[[\d;]*m")
PICTURE = re.compile(r"data:image/png;base64,[\w+/=]+")
# Put together here so that this file does not hold what it forbids.
PLACES = "|".join(("home", "root", "Users", "tmp", "private", "var", "opt", "mnt", "srv", "work"))
MACHINE_PATH = re.compile(rf"(?<![\w.:/<-])/(?:{PLACES})/[\w.~-]+|(?<!\w)[A-Za-z]:\\+Users\b")


def run_notebook(path: Path, *, save: bool) -> tuple[Any, str | None]:
    """Execute one notebook in its own folder; return it as executed, and what went wrong, or None."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_TIMEOUT_S,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return notebook, COLOUR.sub("", str(error))
    if save:
        notebook.metadata.get("language_info", {}).pop("version", None)
        nbformat.write(notebook, path)
    return notebook, None


def find_faults(notebook: Any, *, size: int) -> Iterator[str]:
    """Say what is wrong with a notebook as it is stored, cell by cell.

    Parameters
    ----------
    notebook
        As nbformat reads it.
    size
        Bytes of its file.
    """
    if size > LARGEST_BYTES:
        yield f"{size:,} bytes, more than {LARGEST_BYTES:,}: show fewer or smaller maps"
    expected = 0
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            found = MACHINE_PATH.search(cell.source)
        else:
            if cell.source.strip():
                expected += 1
                if cell.execution_count != expected:
                    yield f"cell {number}: not run in order (number {cell.execution_count or 'missing'})"
            yield from (f"cell {number}: {fault}" for fault in _output_faults(cell.outputs))
            texts = [cell.source, *(text for output in cell.outputs for text in texts_of(output).values())]
            found = next(filter(None, map(MACHINE_PATH.search, texts)), None)
        if found:
            yield f"cell {number}: names a place on a machine: {found[0]}"


def _output_faults(outputs: list[Any]) -> Iterator[str]:
    for output in outputs:
        if output.output_type == "error":
            yield f"holds an error: {output.ename}: {output.evalue}"
        if output.output_type == "stream" and output.name == "stderr":
            yield f"holds a warning: {output.text.strip()[:200]}"
        data = output.get("data", {})
        shown = {"text/html", "image/svg+xml", "image/jpeg"} & set(data)
        pictured = any(re.search(r"<(iframe|img|svg)\b", str(data[kind])) for kind in shown)
        if pictured and not {"image/png", "text/plain"} <= set(data):
            yield "a map or picture without a PNG and words for those who see nothing else"


def texts_of(output: Any) -> dict[str, str]:
    """Words and tables of one output, by kind; without pictures and the pages in frames."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": "\n".join([output.evalue, *output.traceback])}
    texts = {kind: str(text) for kind, text in output.data.items() if kind.startswith("text/")}
    return {kind: PICTURE.sub("", re.sub(r'srcdoc="[^"]*"', "", text)) for kind, text in texts.items()}


def find_differences(stored: Any, fresh: Any) -> Iterator[str]:
    """Say in which cells the stored words and tables are not those that came out now."""
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True), start=1):
        if old.cell_type != "code" or "varies" in old.metadata.get("tags", []):
            continue
        before, after = (_joined(cell.outputs) for cell in (old, new))
        if before != after:
            kinds = sorted(kind for kind in before | after if before.get(kind) != after.get(kind))
            yield (
                f"cell {number}: what is stored ({', '.join(kinds)}) is not what comes out now; "
                "run `make notebooks`\n" + _first_difference(before, after, kinds[0])
            )


def _joined(outputs: list[Any]) -> dict[str, str]:
    """All words of one cell by kind; how a stream is cut into pieces makes no difference."""
    found: dict[str, str] = {}
    for output in outputs:
        for kind, text in texts_of(output).items():
            found[kind] = found.get(kind, "") + text
    return found


def _first_difference(before: dict[str, str], after: dict[str, str], kind: str) -> str:
    old, new = (texts.get(kind, "").split("\n") for texts in (before, after))
    length = max(len(old), len(new))
    old, new = (lines + [""] * (length - len(lines)) for lines in (old, new))
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return f"    stored: {pairs[0][0][:160]}\n    now:    {pairs[0][1][:160]}"


def check_notebook(path: Path) -> list[str]:
    """Run a notebook and hold what is stored against what came out; return all faults."""
    stored = nbformat.read(path, as_version=4)
    faults = list(find_faults(stored, size=path.stat().st_size))
    fresh, failure = run_notebook(path, save=False)
    return [*faults, failure] if failure else [*faults, *find_differences(stored, fresh)]


def save_notebook(path: Path) -> list[str]:
    """Run a notebook, save its outputs and return the faults that it has then."""
    fresh, failure = run_notebook(path, save=True)
    return [failure] if failure else list(find_faults(fresh, size=path.stat().st_size))


def main(argv: list[str] | None = None) -> int:
    """Run the notebooks named, or all of them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="leave the files as they are")
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    options = parser.parse_args(argv)

    paths = options.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not paths:
        print("notebooks/: no notebook to run", file=sys.stderr)
        return 1

    failed = 0
    for path in paths:
        started = time.monotonic()
        faults = (check_notebook if options.check else save_notebook)(path.resolve())
        print(
            f"{path.name}: {'FAILED' if faults else 'ran'} in {time.monotonic() - started:.1f} s", flush=True
        )
        failed += bool(faults)
        for fault in faults:
            print(fault, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
