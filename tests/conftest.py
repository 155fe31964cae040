"""What all tests share: PDFs made on the spot, and one library built from some of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from fpdf import FPDF

from index import build
from index.encoding import encoder, open_encoder
from index.encoding.converted import FILES, ModelManifest
from index.encoding.encoder import Encoder
from index.files import whole_folder
from index.files.home import Home
from index.library import Library
from ingest.digest import sha256_of
from ingest.isolated import sandbox

MakePdf = Callable[..., Path]
CopyLibrary = Callable[..., Library]
Once = Callable[[str, Callable[[Path], None]], Path]

TWINNING = (
    "The reception agency of Arland twinned with its counterpart in Borland for eighteen months. "
    "Two caseworkers from Arland sat with their new colleagues during the first arrivals, so that "
    "the unit could run the second group alone. The mentors came back every quarter."
)
MINISTERS = (
    "Ministers in Borland feared a backlash among voters. Colleagues from three experienced states "
    "met them before the vote to show that the programme was feasible, and the cabinet then "
    "pledged two hundred places."
)
HOUSING = (
    "Families waited nine months for a flat. Rents rose by twelve per cent in the capital, and the "
    "number of empty municipal flats fell from 430 to 112 within two years."
)
WEATHER = (
    "Rain fell on 140 days of the year. The harbour was closed twice because of storms, and the "
    "ferry company reported fewer passengers than in the year before."
)
EVALUATION = (
    "The evaluation asked forty officials whether the study visits had changed their work. Most "
    "kept the contacts that they had made, but only a third had used what they saw."
)

_ENCODE = """
import json, os, sys
from pathlib import Path
from index.files.home import Home
from index.library import Library
os.chdir(sys.argv[2])
library = Library.create(Home(Path(sys.argv[1])))
shapes = [library.encoder.encode(texts).shape for texts in (["two mentors"], ["passage"] * 40)]
libraries = ("torch", "transformers", "sentence_transformers", "openvino_telemetry.main")
print(json.dumps({
    "shapes": shapes, "computed": library.encoder.computed,
    "loaded": [name for name in libraries if name in sys.modules],
    "beside": os.listdir(),
}))
"""
_STRAY = "open('ran', 'w')\n"
_FIRST = {"test_press.py": 0, "test_curating.py": 1}
_LARGE = 1 << 20
"""Bytes: of the files in a library or beside it only an encoder's are larger."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with a long file that needs no library, and with one that does: the second process
    would else wait until the first one has had the encoder converted. The latter is the longest of
    all; near the end it would leave the other process without work.
    """
    items.sort(key=lambda item: _FIRST.get(item.path.name, len(_FIRST)))


@pytest.fixture(scope="session", autouse=True)
def digests() -> Iterator[None]:
    """A large file that nobody has written to since is digested once.

    Whoever opens a library looks at the encoder's 90 MB and twice at what they were converted to,
    which took half of the time of the tests of batches. A copy is a file of its own.
    """
    known: dict[tuple[int, int, int, int], str] = {}

    def digest(path: Path) -> str:
        file = path.stat()
        if file.st_size < _LARGE:
            return sha256_of(path)
        key = (file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns)
        if key not in known:
            known[key] = sha256_of(path)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        for module in (encoder, whole_folder):
            patch.setattr(module, "sha256_of", digest)
        yield


@pytest.fixture(scope="session", autouse=True)
def network_tried_once() -> Iterator[None]:
    """Whether this system cuts child processes off from the network is found out once: the doctor
    starts one each time it is asked.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "network_is_cut", cache(sandbox.network_is_cut))
        yield


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """make_pdf(path, pages, title=…): a PDF with a heading and a paragraph on each page."""

    def make(path: Path, pages: Sequence[tuple[str, str]], title: str = "") -> Path:
        pdf = FPDF(format="A4")
        pdf.set_title(title)
        for heading, text in pages:
            pdf.add_page()
            pdf.set_font("Helvetica", "B", 16)
            pdf.multi_cell(0, 10, heading, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
            pdf.set_font("Times", size=11)
            pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.output(str(path))
        return path

    return make


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """once(name, make): a folder that the first process of a run to ask for it makes.

    The others wait, and find it: `pytest -n 2` runs the tests in two. A library in it is to be
    copied before it is opened: what SQLite writes beside it comes and goes.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def get(name: str, make: Callable[[Path], None]) -> Path:
        folder = base / name
        with FileLock(base / f"{name}.lock"):
            if not (base / f"{name}.made").exists():
                folder.mkdir(exist_ok=True)
                make(folder)
                (base / f"{name}.made").touch()
        return folder

    return get


@pytest.fixture(scope="session")
def shelf(once: Once, make_pdf: MakePdf) -> Path:
    """A folder with three reports: one of three pages, two of one page."""

    def make(folder: Path) -> None:
        pages = [("1. Twinning", TWINNING), ("2. The vote", MINISTERS), ("3. Housing", HOUSING)]
        make_pdf(folder / "borland.pdf", pages, title="Resettlement in Borland 2016")
        make_pdf(folder / "weather.pdf", [("Weather", WEATHER)], title="Harbour notes 2011")
        evaluation = [("Findings", EVALUATION)]
        make_pdf(folder / "visits.pdf", evaluation, title="Evaluation of study visits")

    return once("shelf", make)


@dataclass(frozen=True)
class First:
    """An empty library that one process made and encoded with, and what that process did.

    It did so in a folder in which an `index.py` lies, without a word on its standard error.

    said: `_ENCODE` says what. written: in the folder of its user.
    """

    home: Home
    said: dict[str, Any]
    written: list[str]


@pytest.fixture(scope="session")
def first_encoding(once: Once, tmp_path_factory: pytest.TempPathFactory) -> First:
    """The process that has the encoder converted, once for all tests: that takes 5 to 8 s."""

    def make(folder: Path) -> None:
        (folder / "stray").mkdir()
        (folder / "stray" / "index.py").write_text(_STRAY)
        (folder / "user").mkdir()
        root = str(Path(build.__file__).parent.parent)
        done = subprocess.run(
            [sys.executable, "-c", _ENCODE, folder / "home", folder / "stray"],
            capture_output=True,
            text=True,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": root, "HOME": str(folder / "user"), "CI": ""},
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        (folder / "said.json").write_text(done.stdout)

    folder = once("first", make)
    home = Home(tmp_path_factory.mktemp("first") / "home")
    _copy_home(Home(folder / "home"), home.path)
    said = json.loads((folder / "said.json").read_text())
    return First(home, said, os.listdir(folder / "user"))


@pytest.fixture(scope="session")
def library(
    once: Once, first_encoding: First, tmp_path_factory: pytest.TempPathFactory, shelf: Path
) -> Library:
    """A library of the shelf. Shared: tests that write take `copy_library` or `empty_library`."""

    def make(folder: Path) -> None:
        _copy_home(first_encoding.home, folder / "home")
        list(build.add(Library.open(Home(folder / "home")), [shelf]))

    home = tmp_path_factory.mktemp("library") / "home"
    _copy_home(Home(once("built", make) / "home"), home)
    return Library.open(Home(home))


@pytest.fixture(scope="session")
def copy_library(library: Library) -> CopyLibrary:
    """copy_library(path): the shared library once more, to write to, as the home `path`.

    of: another library made of it, which must not be written to meanwhile.
    """

    def copy(path: Path, of: Library = library) -> Library:
        _copy_home(of.home, path)
        return _with_encoder(library, Library.open(Home(path)))

    return copy


@pytest.fixture
def empty_library(
    first_encoding: First, library: Library, copy_library: CopyLibrary, tmp_path: Path
) -> Library:
    """A new library without documents."""
    return copy_library(tmp_path / "home", Library.open(first_encoding.home))


@pytest.fixture(scope="session")
def lend_models(first_encoding: First) -> Callable[[Path], None]:
    """lend_models(path): put the converted encoder into a home, be it made already or not."""
    return lambda path: _link_models(first_encoding.home, path)


@pytest.fixture(scope="session")
def lend_encoder(library: Library) -> Callable[[Library], Library]:
    """lend_encoder(other): put it into a library, opened."""

    def lend(other: Library) -> Library:
        _link_models(library.home, other.home.path)
        return _with_encoder(library, other)

    return lend


@pytest.fixture
def one_encoder(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in this process find the shared encoder compiled; all else they open anew.

    Each reads and verifies its home's files as ever. Files that are not the shared encoder's own
    are compiled too.
    """
    compiled, anew = library.encoder._encoder, open_encoder._opened
    ours = compiled._folder

    def opened(manifest: ModelManifest, models: Path) -> Encoder:
        theirs = models / manifest.origin.folder
        same = all((theirs / name).samefile(ours / name) for name in FILES)
        return compiled if same else anew(manifest, models)

    monkeypatch.setattr(open_encoder, "_opened", opened)


def _copy_home(home: Home, path: Path) -> None:
    shutil.copytree(home.path, path, ignore=shutil.ignore_patterns("models"))
    _link_models(home, path)


def _link_models(home: Home, path: Path) -> None:
    """The files themselves, since a copy is 88 MB. To damage one, copy the whole home."""
    shutil.copytree(home.models, path / "models", copy_function=os.link)


def _with_encoder(library: Library, other: Library) -> Library:
    """Opening and compiling the encoder anew takes 0.7 s of processor time."""
    other._encoder = library.encoder
    return other
