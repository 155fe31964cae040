"""Imports run one way, and the top-level names are this distribution's."""

import ast
import fnmatch
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
PARTS = {
    "ingest": """digest engines records prose metadata structure formats tabular figures assemble
        language_names note_ties strands passages isolated read""".split(),
    "index": """plurals rows files languages encoding tagging derived library learning kept edit
        build curating health transfer rebuild status classify cli""".split(),
    "search": """records question ranking find browsing formats measuring batches notebook
        cli""".split(),
    "web": "context guard serving wording readers curate json_api app serve cli".split(),
}
"""Folders and modules at the top of a package, from the bottom up, as the packages are."""
NOT_INSTALLED = {"__pycache__", "questions"}
"""Folders of a package; the questions are for tests/bench."""
PRESS = ROOT / "corpus" / "press"
"""Sets the starter documents; not installed."""


def imported(path: Path) -> set[str]:
    """All that a module imports, by full names: "index.rows.catalog.Catalog"."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def packages_imported(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def parts_imported(package: str, path: Path) -> set[str]:
    """Parts of its own package that a module imports."""
    return {name.split(".")[1] for name in imported(path) if name.startswith(f"{package}.")}


@pytest.mark.parametrize("package", LAYERS)
def test_a_package_imports_only_downwards(package: str) -> None:
    forbidden = {*LAYERS[LAYERS.index(package) + 1 :], "waymark"}
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    for path in files:
        assert not packages_imported(path) & forbidden, path


@pytest.mark.parametrize("package", LAYERS[1:])
def test_a_part_imports_only_the_parts_before_it(package: str) -> None:
    parts = PARTS[package]
    modules = [p for p in (ROOT / package).rglob("*.py") if p.name != "__init__.py"]
    places = {
        path: path.relative_to(ROOT / package).parts[0].removesuffix(".py") for path in modules
    }
    assert sorted(set(places.values())) == sorted(parts)
    for path, part in places.items():
        assert parts_imported(package, path) <= set(parts[: parts.index(part) + 1]), path


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
        for name in packages_imported(path) - ours if path.suffix else ():
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
    """All but what is written for people, the questions and the press."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    wanted = told["setuptools"]["packages"]["find"]["include"]
    inits = [path for package in LAYERS for path in (ROOT / package).rglob("__init__.py")]
    names = [".".join(path.parent.relative_to(ROOT).parts) for path in inits]
    packages = [name for name in names if any(fnmatch.fnmatch(name, glob) for glob in wanted)]
    data = told["setuptools"]["package-data"]
    installed: set[Path] = set()
    for name in packages:
        folder = ROOT.joinpath(*name.split("."))
        installed |= {*folder.glob("*.py")} | {
            p for g in data.get(name, []) for p in folder.glob(g)
        }
    for package in LAYERS:
        held = {p for p in (ROOT / package).rglob("*") if p.is_file() and p.suffix != ".md"}
        ours = {p for p in held if p.parent.name not in NOT_INSTALLED and PRESS not in p.parents}
        assert ours == {p for p in installed if p.is_file() and (ROOT / package) in p.parents}
