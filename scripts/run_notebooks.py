"""Run every notebook from top to bottom in a fresh kernel.

Usage: ``python scripts/run_notebooks.py [--check] [NOTEBOOK ...]``

Without ``--check`` the new outputs are saved in the notebooks. With it the
files stay as they are. Either way the exit status is 1 when a cell fails,
and the message names the notebook and shows the failing cell.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ROOT = Path(__file__).resolve().parent.parent
CELL_TIMEOUT_S = 300
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def run_notebook(path: Path, *, save: bool) -> str | None:
    """Execute one notebook in its own folder; return what went wrong, or None."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_TIMEOUT_S,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return COLOUR.sub("", str(error))
    if save:
        nbformat.write(notebook, path)
    return None


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
        fault = run_notebook(path.resolve(), save=not options.check)
        print(f"{path.name}: {'ran' if fault is None else 'FAILED'} in {time.monotonic() - started:.1f} s")
        if fault is not None:
            failed += 1
            print(fault, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
