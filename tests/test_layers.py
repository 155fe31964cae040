"""Imports run one way, and the top-level names are this distribution's."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["corpus", "ingest", "index", "search", "web"]
"""From the bottom up: a package imports only itself and what stands before it."""
NOT_INSTALLED = {"__pycache__", "questions"}
"""Folders of a package; the questions are for tests/bench."""
PRESS = ROOT / "corpus" / "press"
"""Sets the starter documents; not installed."""


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("package", LAYERS)
def test_a_package_imports_only_downwards(package: str) -> None:
    forbidden = {*LAYERS[LAYERS.index(package) + 1 :], "waymark"}
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    for path in files:
        assert not imported(path) & forbidden, path


def test_the_top_level_names_belong_to_waymark() -> None:
    owners = metadata.packages_distributions()
    for name in [*LAYERS, "waymark"]:
        assert set(owners.get(name, [])) == {"waymark"}, name
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        assert Path(spec.origin).is_relative_to(ROOT), spec.origin


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> tuple[list[str], list[str]]:
    """What pyproject.toml asks for: at run time, and for development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"], project["optional-dependencies"]["dev"]


@pytest.mark.parametrize("package", [*LAYERS, "waymark.py"])
def test_what_is_imported_is_declared(package: str) -> None:
    run, develop = ({plain(re.split(r"[<>=]", line)[0]) for line in part} for part in declared())
    owners = metadata.packages_distributions()
    ours = {*LAYERS, "waymark", *sys.stdlib_module_names, "_typeshed"}  # the last is mypy's own
    for path in [ROOT / package, *(ROOT / package).rglob("*.py")]:
        allowed = run | develop if PRESS in path.parents else run
        for name in imported(path) - ours if path.suffix else ():
            assert {plain(owner) for owner in owners.get(name, [])} & allowed, f"{path}: {name}"


def test_nothing_that_is_installed_needs_the_press() -> None:
    every = (path for package in LAYERS for path in (ROOT / package).rglob("*.py"))
    for path in [ROOT / "waymark.py", *(path for path in every if PRESS not in path.parents)]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"corpus(\.| import .*)press\b", text), path


def test_what_is_declared_has_a_floor() -> None:
    for line in [*declared()[0], *declared()[1]]:
        assert re.search(r"[>=]=\d", line), line


def test_help_is_light() -> None:
    script = (
        "import sys, time, click.testing, waymark\n"
        "answer = click.testing.CliRunner().invoke(waymark.main, ['--help'])\n"
        "assert answer.exit_code == 0, answer.output\n"
        "assert 'search' in answer.output\n"
        "heavy = {'torch', 'faiss', 'flask', 'numpy', 'transformers'} & set(sys.modules)\n"
        "print(sorted(heavy), time.process_time())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy, seconds = done.stdout.rsplit(" ", 1)
    assert heavy == "[]"
    assert float(seconds) < 0.3


@pytest.mark.parametrize("package", LAYERS)
def test_modules_keep_to_their_size(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, path


def test_a_class_has_its_name_to_itself() -> None:
    where: dict[str, list[str]] = {}
    for path in (path for package in LAYERS for path in sorted((ROOT / package).rglob("*.py"))):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert where
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("package", LAYERS)
def test_every_module_is_on_its_packages_map(package: str) -> None:
    told = (ROOT / package / "README.md").read_text(encoding="utf-8")
    modules = {path.stem for path in (ROOT / package).rglob("*.py")} - {"__init__", "__main__"}
    named = {word for code in re.findall(r"`[^`]+`", told) for word in re.findall(r"\w+", code)}
    assert modules <= named, modules - named


def test_what_a_package_reads_is_installed_with_it() -> None:
    """All but programs, which setuptools takes by itself, and what is written for people."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    assert told["packages"] == LAYERS
    for package in LAYERS:
        folder = ROOT / package
        held = {p for p in folder.rglob("*") if p.is_file() and p.parent.name not in NOT_INSTALLED}
        read = {p for p in held if p.suffix not in (".py", ".md")}
        installed = {p for glob in told["package-data"].get(package, []) for p in folder.glob(glob)}
        assert read == {p for p in installed if p.is_file() and p.suffix not in (".py", ".md")}
