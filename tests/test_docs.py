"""The documentation: it builds, says everything, and its examples do what it says."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import html
import importlib.util
import inspect
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import geo
from geo import schema
from geo.cli import build_parser

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GAZETTEER = ("places.csv", "names_manual.csv", "names_dropped.csv", "cues.csv")


def load(name: str, path: Path) -> ModuleType:
    """Import a file that is in no package."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


examples = load("run_examples", ROOT / "scripts" / "run_examples.py")
EXAMPLE_PAGES = examples.pages()


@pytest.fixture(scope="session")
def site() -> Path:
    """Build as ``make docs`` does, but only what is new since; a warning fails every test that needs it."""
    place = ROOT / "build"
    strict = ["-W", "-n", "--keep-going", "-q", "-b", "html", "-d", str(place / "doctrees")]
    build = subprocess.run(
        [sys.executable, "-m", "sphinx", *strict, str(DOCS), str(place / "docs")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert build.returncode == 0, build.stderr
    return place / "docs"


@pytest.fixture(scope="session")
def inventory(site: Path) -> dict[str, dict[str, Any]]:
    """Everything that the built site has an entry for: kind to name."""
    from sphinx.util.inventory import InventoryFile

    found = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    return {kind: dict(entries) for kind, entries in found.data.items()}


class Page(HTMLParser):
    """The anchors, links and files of one built page, and its words."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given["id"]} if "id" in given else set()
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload"):
            self.loaded.append(given["href"])
        elif "src" in given:
            self.loaded.append(given["src"])


@cache
def page(path: Path) -> Page:
    return Page(path)


def commands(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parser and those of all commands and actions below it."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return [parser, *(one for action in below for sub in action.choices.values() for one in commands(sub))]


# --- the built site -------------------------------------------------------------------------------------


def test_it_builds_without_a_warning(site: Path) -> None:
    assert (site / "index.html").is_file()


def test_links_and_anchors_of_the_built_site_lead_somewhere(site: Path) -> None:
    broken = []
    for path in sorted(site.rglob("*.html")):
        for link in page(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or (
                anchor and target.suffix == ".html" and anchor not in page(target).anchors
            ):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {(path, name) for path in site.rglob("*.html") for name in page(path).loaded}
    assert loaded
    assert {name for _, name in loaded if urlsplit(name).scheme or name.startswith("//")} == set()
    assert {name for path, name in loaded if not (path.parent / urlsplit(name).path).is_file()} == set()
    imports = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")
    assert [path.name for path in site.rglob("*.css") if imports.search(path.read_text("utf-8"))] == []


def test_every_page_is_reached_from_the_first(site: Path) -> None:
    sources = {
        path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md") if "_ext" not in path.parts
    }
    reached, left = set[Path](), [site / "index.html"]
    while left:
        path = left.pop()
        reached.add(path)
        inside = (
            (path.parent / link).resolve() for link in {urlsplit(link).path for link in page(path).links}
        )
        left += [one for one in {*inside} - reached if one.suffix == ".html" and one.is_file()]
    assert {str(name) for name in sources if site / name.with_suffix(".html") not in reached} == set()


@contextmanager
def opened(browser: Any, address: str, *, width: int = 1280, scheme: str = "light") -> Iterator[Any]:
    """Open a page from disk; every request to elsewhere, failed request and complaint is an error."""
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True, color_scheme=scheme)
    faults = list[str]()
    seen = context.new_page()
    seen.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else faults.append(request.url),
    )
    seen.on("requestfailed", lambda request: faults.append(request.url))
    seen.on("console", lambda message: faults.append(message.text))
    seen.on("pageerror", lambda error: faults.append(str(error)))
    seen.goto(address, wait_until="load")
    yield seen
    context.close()
    assert faults == [], address


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_opens_from_disk_with_the_network_cut(site: Path, browser: Any, width: int, scheme: str) -> None:
    for name in ("index", "tutorial", "reference/commands", "reference/columns", "accuracy", "gallery"):
        with opened(browser, (site / f"{name}.html").as_uri(), width=width, scheme=scheme) as seen:
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.browser
def test_the_search_works_from_disk(site: Path, browser: Any) -> None:
    address = (site / "search.html").as_uri() + "?q=independent+sources"
    with opened(browser, address) as seen:
        seen.wait_for_selector("#search-results li a")
        titles = seen.locator("#search-results li a").all_inner_texts()
    assert any("independent source" in title for title in titles)


# --- completeness ---------------------------------------------------------------------------------------


def test_every_command_and_option_is_documented(inventory: dict[str, dict[str, Any]]) -> None:
    documented = set(inventory["std:cmdoption"])
    missing = []
    for parser in commands(build_parser()):
        for action in parser._actions:
            names = action.option_strings or [str(action.metavar or action.dest)]
            if isinstance(action, argparse._SubParsersAction) or (
                action.dest == "help" and " " in parser.prog
            ):
                continue
            missing += [f"{parser.prog} {name}" for name in names]
    missing = [name for name in missing if ".".join(name.rsplit(" ", 1)).replace(" ", "-") not in documented]
    assert missing == []
    labels = set(inventory["std:label"])
    assert {parser.prog for parser in commands(build_parser())} <= {
        label.replace("-", " ") for label in labels
    }


def public_parts(name: str, value: Any) -> set[str]:
    """A public object and, of a class of ours, its public methods and properties."""
    parts = {name}
    if inspect.isclass(value):
        for member, what in inspect.getmembers(value):
            ours = str(getattr(getattr(what, "fget", what), "__module__", "")).startswith("geo")
            callable_or_property = inspect.isroutine(what) or isinstance(what, property)
            if not member.startswith("_") and ours and callable_or_property:
                parts.add(f"{name}.{member}")
    return parts


@pytest.mark.parametrize("name", geo.__all__)
def test_every_public_name_is_documented(name: str, inventory: dict[str, dict[str, Any]]) -> None:
    documented = {entry for kind, names in inventory.items() if kind.startswith("py:") for entry in names}
    assert public_parts(f"geo.{name}", getattr(geo, name)) - documented == set()


@pytest.mark.parametrize("name", [n for n in geo.__all__ if dataclasses.is_dataclass(getattr(geo, n))])
def test_every_field_of_a_public_record_is_described(name: str) -> None:
    record = getattr(geo, name)
    described = {word for line in (record.__doc__ or "").splitlines() for word in re.findall(r"\w+", line)}
    assert {one.name for one in dataclasses.fields(record) if not one.name.startswith("_")} <= described


def test_every_column_has_a_meaning_and_no_other_has(site: Path) -> None:
    with (DOCS / "reference" / "columns.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    told = [(row["table"], row["column"]) for row in rows]
    assert len(set(told)) == len(told) and all(row["meaning"] for row in rows)
    written = {
        "claims": schema.CLAIM_COLUMNS,
        "mentions": schema.MENTION_COLUMNS,
        "documents": schema.DOCUMENT_COLUMNS,
    }
    for table, columns in written.items():
        assert {column for name, column in told if name == table} == set(columns), table
    shown = (site / "reference" / "columns.html").read_text(encoding="utf-8")
    assert {row["column"] for row in rows if f">{html.escape(row['column'])}<" not in shown} == set()


def test_tables_as_they_are_written_have_the_columns_of_the_page(tmp_path: Path) -> None:
    import geopandas as gpd
    import pandas as pd

    with (DOCS / "reference" / "columns.csv").open(encoding="utf-8", newline="") as handle:
        told = [(row["table"], row["column"]) for row in csv.DictReader(handle)]
    text = tmp_path / "text.txt"
    text.write_text("Al-Qaeda runs a training camp in Ghazni province of Afghanistan.", encoding="utf-8")
    geo.run_map([text], tmp_path / "out")
    layers = {
        name: gpd.read_file(tmp_path / "out" / "claims.gpkg", layer=name) for name in ("provinces", "claims")
    }
    written = {
        "provinces": set(layers["provinces"].columns),
        "claims": set(layers["claims"].columns) - {"geometry"},
        "mentions": set(pd.read_csv(tmp_path / "out" / "mentions.csv").columns),
        "figure": set(pd.read_csv(tmp_path / "out" / "figures" / "all_claims.csv").columns)
        - {"province_id", "province"},
    }
    assert {table: {column for name, column in told if name == table} for table in written} == written


@pytest.mark.parametrize("table", GAZETTEER)
def test_every_column_of_the_gazetteer_is_described(table: str) -> None:
    told = (DOCS / "reference" / "gazetteer.md").read_text(encoding="utf-8")
    with (ROOT / "data" / "gazetteer" / table).open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    assert [column for column in header if f"`{column}`" not in told] == []


def test_every_command_has_a_guide() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in [*EXAMPLE_PAGES, *DOCS.glob("*.md")])
    names = [parser.prog for parser in commands(build_parser()) if not parser._subparsers]
    assert [name for name in names if not re.search(rf"^(\$ )?{name} ", told, re.MULTILINE)] == []


# --- links in the sources -------------------------------------------------------------------------------


def slugs(path: Path) -> set[str]:
    """The anchors that a Markdown file's headings get in the repository."""
    text = re.sub(r"^(`{3,}).*?^\1$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        found.add(
            slug
            if slug not in found
            else next(f"{slug}-{n}" for n in range(1, 99) if f"{slug}-{n}" not in found)
        )
    return found


def test_anchors_in_markdown_links_exist() -> None:
    """As the repository shows the files; headings that are only on built pages are checked there."""
    files = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md"), *ROOT.glob("data/*/*.md")]
    broken, checked = [], 0
    for path in files:
        for file, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", path.read_text(encoding="utf-8")):
            target = (path.parent / file).resolve() if file else path
            if "<!-- generated: api" in target.read_text(encoding="utf-8"):
                continue
            checked += 1
            if anchor not in slugs(target):
                broken.append(f"{path.relative_to(ROOT)}: {file}#{anchor}")
    assert broken == [] and checked > 10


# --- what is generated ----------------------------------------------------------------------------------


@pytest.fixture
def generators(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The extension that writes the generated parts."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("geo_docs")


def test_comments_are_replaced_and_others_are_left(generators: ModuleType) -> None:
    text = generators.expand("# A\n\n<!-- generated: columns mentions -->\n\n<!-- a note -->\n")
    assert "<!-- generated" not in text and "<!-- a note -->" in text
    assert text.count("\n| `") == len(schema.MENTION_COLUMNS)


def test_a_comment_that_asks_for_something_else_is_refused(generators: ModuleType) -> None:
    from sphinx.errors import ExtensionError

    with pytest.raises(ExtensionError, match="nobody writes that"):
        generators.expand("<!-- generated: weather -->")


@pytest.mark.parametrize(
    ("text", "page", "expect", "why"),
    [
        ("[a](../data/lexicon/README.md)", "claims", "[a](reference/lexicon.md)", "a page includes it"),
        ("[a](../../data/lexicon/README.md)", "howto/x", "[a](../reference/lexicon.md)", "one folder down"),
        (
            "[a](../tests/gold/README.md)",
            "accuracy",
            "[a](path:../tests/gold/README.md)",
            "a file of its own",
        ),
        ("[a](../claims.md)", "howto/x", "[a](../claims.md)", "a page"),
        ("[a](claims.md#the-words)", "atlas", "[a](claims.md#the-words)", "a page"),
    ],
)
def test_links_to_files_outside_the_pages(
    text: str, page: str, expect: str, why: str, generators: ModuleType
) -> None:
    assert generators.links.redirect_files(text, page) == expect, why


@pytest.mark.usefixtures("generators")
def test_help_is_shown_as_it_is_written() -> None:
    from geo_docs.commands import escape

    assert escape("a_b *c* <d> [e]") == r"a\_b \*c\* \<d\> \[e\]"


@pytest.mark.usefixtures("generators")
def test_private_fields_and_what_other_packages_give_are_left_out() -> None:
    from geo_docs import api

    class Held(list[int]):
        def ours(self) -> int:
            return len(self)

    Held.ours.__module__ = "geo.held"
    assert api._own_members(Held) == ["ours"]


# --- examples -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str], Path]:
    """The tutorial, run: its text with what it printed, its faults, and the maps it made."""
    maps = tmp_path_factory.mktemp("tutorial") / "maps"
    text, faults = examples.run_page(examples.TUTORIAL, maps=None, keep_maps=maps)
    return text, faults, maps


HINT = "If the new output is right: make examples"


def test_the_tutorial_does_what_it_says(made: tuple[str, list[str], Path]) -> None:
    text, faults, _ = made
    assert faults == []
    assert text == examples.TUTORIAL.read_text(encoding="utf-8"), HINT


@pytest.mark.parametrize("path", EXAMPLE_PAGES[1:], ids=lambda path: path.stem)
def test_guides_do_what_they_say(path: Path, made: tuple[str, list[str], Path]) -> None:
    text, faults = examples.run_page(path, maps=made[2])
    assert faults == []
    assert text == path.read_text(encoding="utf-8"), HINT


def test_commands_that_are_only_shown_are_understood() -> None:
    """Those in ``sh`` blocks are not run; the parser has to take them, and make has to have the target."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    parser, seen = build_parser(), 0
    for path in [*DOCS.rglob("*.md"), ROOT / "README.md"]:
        for block in examples.read_blocks(path.read_text(encoding="utf-8")):
            for line in block.body.splitlines() if block.language == "sh" else []:
                words = shlex.split(line)
                if words[0] == "geo":
                    parser.parse_args(words[1:])
                    seen += 1
                elif words[0] == "make":
                    assert words[1] in targets, line
                    seen += 1
    assert seen >= 2


def test_the_examples_in_the_help_are_understood() -> None:
    shown = "\n".join(one.epilog or "" for one in commands(build_parser())[1:])
    lines = re.findall(r"^(?:examples?:)? *(geo .+)$", shown, re.MULTILINE)
    assert len(lines) >= 8
    for line in lines:
        build_parser().parse_args(shlex.split(line)[1:])


@pytest.mark.parametrize(
    ("shown", "printed", "expect", "why"),
    [
        ("a\nb\n", "a\nb\n", True, "the same"),
        ("a\n...\n", "a\nb\nc\n", True, "three dots stand for the rest"),
        ("made ... today\n", "made by me today\n", True, "and for words inside a line"),
        ("...\nb\n", "a\nb\nc\n", False, "what follows them still has to be last"),
        ("a\n", "a\nb\n", False, "more was printed"),
        ("", "a\n", False, "the page shows nothing"),
    ],
)
def test_outputs_are_compared_with_three_dots(shown: str, printed: str, expect: bool, why: str) -> None:
    assert examples.agrees(shown, printed) is expect, why


def test_an_example_that_prints_something_else_is_noticed(tmp_path: Path) -> None:
    told = tmp_path / "page.md"
    told.write_text(
        "```console\n$ geo lookup Kunar\nKunar: somewhere else\n```\n\n"
        "```pycon\n>>> 1 + 1\n3\n```\n\n```console\n$ geo lookup Nowhere\n...\n```\n",
        encoding="utf-8",
    )
    text, faults = examples.run_page(told, maps=None)
    assert "Kunar: somewhere else" not in text and "AF-KNR" in text and ">>> 1 + 1\n2\n" in text
    assert faults == ["exit status 1 after: $ geo lookup Nowhere"]
