"""Run the examples of the documentation, and write their outputs into the pages.

Usage: ``python scripts/run_examples.py [--check] [PAGE ...]``

Every page runs in a folder of its own with a copy of ``seeds/``, of the gold table of the seeds and, for
all pages but the tutorial, of the ``maps/`` that the tutorial made. What is run, from top to bottom:

``console``
    Lines that begin with ``$`` are commands, the lines behind them what they print. ``geo`` runs in this
    process, anything else in a shell. A command that fails is followed by ``$ echo $?``.
``pycon``
    A session with Python; one goes on through the whole page. ``python`` blocks run in it too.
``text NAME``, ``csv NAME``
    A file that the reader is told to write: it is written.

Three dots in an output stand for anything. Without ``--check`` outputs that differ are replaced. With it
the pages stay as they are, and the exit status is 1 when one differs.
"""

from __future__ import annotations

import argparse
import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo.errors import GeoError  # noqa: E402

TUTORIAL = ROOT / "docs" / "tutorial.md"
MADE_AT = "1767225600"
"""The first second of 2026, as SOURCE_DATE_EPOCH: outputs hold no other date."""
COLUMNS = "100"

_FENCE = re.compile(r"^(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=mark)$", re.MULTILINE | re.DOTALL)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, what stands behind that, and where its body is in the page."""

    language: str
    name: str
    body: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a ``console`` block and the output that the page shows."""

    command: str
    shown: str


def pages() -> list[Path]:
    """Return every page that has examples, the tutorial first."""
    return [TUTORIAL, *sorted((ROOT / "docs" / "howto").glob("*.md"))]


def read_blocks(text: str) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    blocks = []
    for found in _FENCE.finditer(text):
        language, _, name = found["info"].strip().partition(" ")
        blocks.append(Block(language, name.strip(), found["body"], found.start("body"), found.end("body")))
    return blocks


def read_steps(body: str) -> list[Step]:
    """Return the commands of a ``console`` block; a backslash at the end carries a line on."""
    steps: list[Step] = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = re.sub(r"\\\n\s*", "\0", part).partition("\n")
        steps.append(Step(command.replace("\0", "\\\n    "), shown.replace("\0", "\\\n")))
    return steps


def agrees(shown: str, printed: str) -> bool:
    """Say whether what a page shows is what was printed; a line of three dots stands for any lines."""
    pattern = re.escape(shown.strip("\n")).replace(r"\.\.\.", ".*")
    return re.fullmatch(pattern, printed.strip("\n"), re.DOTALL) is not None


class Session:
    """What one page has done so far: its folder, the last exit status, and the names of its Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = 0
        self.faults: list[str] = []
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def run(self, block: Block) -> str:
        """Run a block and return its body with the outputs that it should have."""
        if block.language == "console":
            return self._run_console(block)
        if block.language == "pycon":
            return self._run_python(block)
        if block.language == "python":
            exec(compile(block.body, "<page>", "exec"), self.names)
        elif block.name and block.language in ("text", "csv"):
            path = self.folder / block.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        return block.body

    def _run_console(self, block: Block) -> str:
        lines = []
        for step in read_steps(block.body):
            if self.status and step.command != "echo $?":
                self.faults.append(f"exit status {self.status} before: {step.command}")
            printed = self._run_command(step.command)
            shown = step.shown if agrees(step.shown, printed) else printed.strip("\n") + "\n"
            lines.append(f"$ {step.command}\n{shown.lstrip(chr(10))}")
        if self.status:
            self.faults.append(f"exit status {self.status} after: {lines[-1].splitlines()[0]}")
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)

    def _run_command(self, command: str) -> str:
        if command == "echo $?":
            status, self.status = self.status, 0
            return f"{status}\n"
        words = shlex.split(command)
        if words[0] != "geo":
            done = subprocess.run(
                command, shell=True, cwd=self.folder, capture_output=True, text=True, check=False
            )
            self.status = done.returncode
            return done.stdout + done.stderr
        from geo.cli import main as run_geo

        screen = io.StringIO()
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            self.status = run_geo(words[1:])
        return "\n".join(line.rstrip() for line in screen.getvalue().splitlines()) + "\n"

    def _run_python(self, block: Block) -> str:
        lines = []
        for example in doctest.DocTestParser().get_examples(block.body):
            printed = self._run_statement(example.source)
            same = doctest.OutputChecker().check_output(example.want, printed, _FLAGS)
            source = example.source.rstrip("\n").split("\n")
            lines += [f"{'...' if number else '>>>'} {line}".rstrip() for number, line in enumerate(source)]
            lines += (example.want if same else printed).rstrip("\n").split("\n") if printed.strip() else []
        return "\n".join(lines) + "\n"

    def _run_statement(self, source: str) -> str:
        screen = io.StringIO()
        with contextlib.redirect_stdout(screen):
            try:
                exec(compile(source, "<page>", "single"), self.names)
            except GeoError as error:
                name = f"{type(error).__module__}.{type(error).__qualname__}"
                screen.write(f"Traceback (most recent call last):\n    ...\n{name}: {error}\n")
            except Exception as error:  # an example that breaks is a fault of its page
                self.faults.append(f"{source.strip()}: {type(error).__name__}: {error}")
        printed = screen.getvalue().rstrip("\n")
        return re.sub(r"^$", "<BLANKLINE>", printed, flags=re.MULTILINE) + "\n" if printed else ""


@contextlib.contextmanager
def workplace(folder: Path, maps: Path | None) -> Iterator[None]:
    """Work in a folder with the seeds, their gold table and, where given, the maps that were made of them."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold" / "seeds", folder / "tests" / "gold" / "seeds")
    if maps is not None:
        shutil.copytree(maps, folder / "maps")
    kept = {name: os.environ.get(name) for name in ("SOURCE_DATE_EPOCH", "COLUMNS")}
    os.environ |= {"SOURCE_DATE_EPOCH": MADE_AT, "COLUMNS": COLUMNS}
    with contextlib.chdir(folder):
        try:
            yield
        finally:
            for name, value in kept.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def run_page(page: Path, *, maps: Path | None, keep_maps: Path | None = None) -> tuple[str, list[str]]:
    """Run all examples of a page.

    Parameters
    ----------
    page
        The Markdown file.
    maps
        A folder that ``geo map`` wrote, to be ``maps/`` in the page's folder.
    keep_maps
        Where to copy the page's ``maps/`` at the end.

    Returns
    -------
    tuple of str and list of str
        The page with the outputs that it should have, and what went wrong besides.
    """
    text = page.read_text(encoding="utf-8")
    parts, at = [], 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        session = Session(folder)
        with workplace(folder, maps):
            for block in read_blocks(text):
                parts += [text[at : block.start], session.run(block)]
                at = block.end
        if keep_maps is not None:
            shutil.copytree(folder / "maps", keep_maps)
    return "".join([*parts, text[at:]]), session.faults


def main(argv: Sequence[str] | None = None) -> int:
    """Run the pages named, or all of them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="leave the pages as they are")
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE")
    options = parser.parse_args(argv)
    wanted = [path.resolve() for path in options.pages] or pages()
    wrong = 0
    with tempfile.TemporaryDirectory() as place:
        maps = Path(place) / "maps"
        for page in dict.fromkeys([TUTORIAL, *wanted]):
            first = page == TUTORIAL
            text, faults = run_page(page, maps=None if first else maps, keep_maps=maps if first else None)
            changed = text != page.read_text(encoding="utf-8")
            if changed and not options.check:
                page.write_text(text, encoding="utf-8")
            wrong += bool(faults) or (changed and options.check)
            verdict = ("differs" if options.check else "written anew") if changed else "as it should be"
            print(f"{page.relative_to(ROOT)}: {verdict}")
            print("".join(f"    {fault}\n" for fault in faults), end="", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
