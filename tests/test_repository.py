"""The promises that the files around the code make: set-up, documentation, dependencies."""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

TOP_LEVEL = {
    ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "NOTICE", "README.md",
    "benchmarks", "data", "docs", "geo", "notebooks", "pyproject.toml", "requirements-dev.lock",
    "requirements.lock", "scripts", "seeds", "tests",
}  # fmt: skip
GENERATED = {".git", ".venv", "maps", "out", "dist", "build", "node_modules", ".hypothesis"}

MODULE_LINES = 400
TARGETS = {
    "help",
    "maps",
    "test",
    "check",
    "docs",
    "examples",
    "generated",
    "notebooks",
    "lock",
    "wheel",
    "clean",
}

# Put together here so that this file does not hold what it forbids.
FORBIDDEN = [
    ("py" + "pi.org", "a registry host: people may use a mirror"),
    ("python" + "hosted.org", "a registry host: people may use a mirror"),
    ("registry.np" + "mjs.org", "a registry host: people may use a mirror"),
    ("--index" + "-url", "ties the project to one registry"),
    ("--find" + "-links", "ties the project to one machine"),
    ("/wo" + "rk/", "a path of one machine"),
    ("/ro" + "ot/", "a path of one machine"),
    ("/ho" + "me/", "a path of one machine"),
    ("/Us" + "ers/", "a path of one machine"),
]
PATTERN = re.compile("|".join(rf"(?<![\w.-]){re.escape(word)}" for word, _ in FORBIDDEN))


@cache
def project_files() -> tuple[Path, ...]:
    """Files that git tracks or would add; without git, everything that is not generated."""
    if (ROOT / ".git").exists():
        git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
        listing = subprocess.run(
            [*git, "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        found = {ROOT / name for name in listing.split("\0") if name}
    else:
        found = set()
        for folder, folders, names in os.walk(ROOT):
            folders[:] = [name for name in folders if name not in GENERATED and "cache" not in name]
            found |= {Path(folder, name) for name in names}
    return tuple(sorted(path for path in found if path.is_file()))


def read_text(path: Path) -> str | None:
    """Return the text of a file, or None if it is not a text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def project() -> dict[str, Any]:
    """Return what pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(*, dev: bool) -> dict[str, Requirement]:
    """Direct dependencies of pyproject.toml by canonical name, of the run time or of development."""
    if dev:
        groups = project()["dependency-groups"]
        lines = [line for group in groups.values() for line in group if isinstance(line, str)]
    else:
        lines = list(project()["project"]["dependencies"])
        for extra in project()["project"].get("optional-dependencies", {}).values():
            lines += extra
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def locked(name: str) -> dict[str, set[str]]:
    """Versions that a lock file pins, by canonical name."""
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE):
        versions.setdefault(canonicalize_name(package), set()).add(version)
    return versions


def subcommands() -> set[str]:
    from geo.cli import build_parser

    actions = build_parser()._actions
    return {
        name
        for action in actions
        if isinstance(action, argparse._SubParsersAction)
        for name in action.choices
    }


# --- set-up ---------------------------------------------------------------------------------------------


def test_readme_sets_up_with_two_commands() -> None:
    start = (ROOT / "README.md").read_text().split("\n## Start\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```\n(.*?)^```$", start, re.MULTILINE | re.DOTALL)
    assert [block.strip() for block in blocks] == ["make maps", "make test"]


def test_makefile_has_the_targets() -> None:
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert rules >= TARGETS


def test_make_test_includes_every_kind_of_check() -> None:
    plan = subprocess.run(["make", "-n", "test"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    steps = [
        "ruff check", "ruff format --check", "mypy --strict", "lint-imports", "pytest", "ensure_browser",
        "build_boundaries.py --check", "build_gazetteer.py --check", "vendor_leaflet.py --check",
        "run_notebooks.py --check", "sphinx -W -n",
    ]  # fmt: skip
    assert [step for step in steps if step not in plan] == []


def test_ci_runs_make_test_and_nothing_weaker() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "set -euo pipefail"
    assert re.fullmatch(r"(exec )?make test( <\S+)?", lines[-1])


@pytest.mark.parametrize("name", ["scripts/environment.sh", "scripts/ensure_browser.sh"])
def test_shell_scripts_are_executable_and_parse(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    subprocess.run(["sh", "-n", str(ROOT / name)], check=True)


def test_environment_script_says_plainly_when_python_is_too_old(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    (copy / "scripts").mkdir(parents=True)
    for name in ("scripts/environment.sh", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    run = subprocess.run(
        ["sh", "scripts/environment.sh", "runtime"],
        cwd=copy, env={**os.environ, "PYTHON": "/bin/false"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "not a Python 3.11 or newer" in run.stderr
    assert not (copy / ".venv").exists()


# --- dependencies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "dev"), [("At run time", False), ("To build, check and test", True)])
def test_every_dependency_has_its_reason_written_down(heading: str, dev: bool) -> None:
    section = (ROOT / "docs/dependencies.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", section, re.MULTILINE)
    assert {canonicalize_name(name) for name, _, _ in rows} == set(requirements(dev=dev))
    assert all(len(why.split()) > 3 for _, _, why in rows)


@pytest.mark.parametrize(("lock", "dev"), [("requirements.lock", False), ("requirements-dev.lock", True)])
def test_lock_files_pin_every_dependency_at_a_version_that_is_allowed(lock: str, dev: bool) -> None:
    wanted = requirements(dev=False) | (requirements(dev=True) if dev else {})
    extras = set(project()["project"].get("optional-dependencies", {}))
    assert extras == set(), (
        "optional dependencies: decide which lock file carries them, then extend this test"
    )
    pins = locked(lock)
    assert set(wanted) - set(pins) == set()
    wrong = {
        name: versions
        for name, versions in pins.items()
        if name in wanted and not all(wanted[name].specifier.contains(version) for version in versions)
    }
    assert wrong == {}


def test_lock_files_agree() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_the_package_imports_is_declared() -> None:
    """A package that only comes along with another may vanish with that other's next version."""
    owners = packages_distributions()
    declared = set(requirements(dev=False))
    undeclared: dict[str, str] = {}
    for path in (ROOT / "geo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            else:
                continue
            for name in {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"geo"}:
                if declared.isdisjoint(map(canonicalize_name, owners.get(name, [name]))):
                    undeclared.setdefault(name, str(path.relative_to(ROOT)))
    assert undeclared == {}


# --- documentation --------------------------------------------------------------------------------------


def test_readme_and_program_have_the_same_commands() -> None:
    documented = set(re.findall(r"^\| `geo ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert documented == subcommands()


def test_links_in_the_documentation_lead_somewhere() -> None:
    broken = []
    for path in project_files():
        if path.suffix != ".md" or "seeds" in path.parts:
            continue
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []


def test_versions_agree() -> None:
    import geo

    assert project()["project"]["version"] == geo.__version__
    assert f"\n## [{geo.__version__}] - " in (ROOT / "CHANGELOG.md").read_text()


def test_decisions_are_numbered_without_gaps_and_have_their_three_parts() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Choice", "Consequences"], record.name
        assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\. Status: ", text, re.MULTILINE), record.name


# --- files ----------------------------------------------------------------------------------------------


def test_only_expected_names_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in project_files()} - TOP_LEVEL == set()


def test_no_registry_host_or_machine_path_in_any_text() -> None:
    found = []
    for path in project_files():
        if "seeds" in path.relative_to(ROOT).parts or path == Path(__file__):
            continue
        for number, line in enumerate((read_text(path) or "").split("\n"), start=1):
            found += [f"{path.relative_to(ROOT)}:{number}: {hit}" for hit in PATTERN.findall(line)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "expect", "why"),
    [
        ("see https://py" + "pi.org/simple", True, "a registry host"),
        ("open /ro" + "ot/project", True, "a machine path"),
        ("a folder net/wo" + "rk/x", False, "part of a longer relative path"),
        ("homework/", False, "a word that only looks like it"),
    ],
)
def test_the_search_for_forbidden_words_finds_them(text: str, expect: bool, why: str) -> None:
    assert bool(PATTERN.search(text)) is expect, why


def test_modules_stay_small() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "geo").rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > MODULE_LINES} == {}
