"""OCRmyPDF: what it is told, what it leaves behind, and what it reads where it is installed."""

import os
import sys
from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from index.files import ocr
from ingest.isolated.sandbox import Limits
from ingest.read import fingerprint, read
from ingest.records import Document

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")

Program = Callable[[str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """program(code): a stand-in for OCRmyPDF that runs some Python; the folder for its results."""

    def make(code: str) -> Path:
        folder, results = tmp_path / "bin", tmp_path / "results"
        folder.mkdir()
        results.mkdir()
        script = folder / ocr.PROGRAM
        script.write_text(f"#!{sys.executable}\nimport os, sys, tempfile, time\n{code}\n")
        script.chmod(0o700)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return results

    return make


def nothing() -> None:
    """A step that goes on."""


def test_it_learns_no_secret_of_ours(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_SECRET", "s" * 40)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s" * 40)
    monkeypatch.setenv("TESSDATA_PREFIX", "/data")
    results = program("open(sys.argv[-1], 'w').write(repr(sorted(os.environ)))")
    ocr.add_text(tmp_path / "scan.pdf", results / "read.pdf", nothing)
    told = (results / "read.pdf").read_text()
    assert {"PATH", "TMPDIR", "TESSDATA_PREFIX"} <= set(literal_eval(told))
    assert "SECRET" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set from outside on Linux only")
def test_what_it_may_take_is_limited(program: Program, tmp_path: Path) -> None:
    results = program(
        "import resource as r\n"
        "kinds = [r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE]\n"
        "while any(r.getrlimit(kind)[1] == r.RLIM_INFINITY for kind in kinds): time.sleep(.01)\n"
        "open(sys.argv[-1], 'w').write(repr([r.getrlimit(kind) for kind in kinds]))"
    )
    ocr.add_text(tmp_path / "scan.pdf", results / "read.pdf", nothing, wall_seconds=20)
    given = literal_eval((results / "read.pdf").read_text())
    wanted = [4 << 30, 1800, 2 << 30, 0]
    assert all(soft == hard <= most for (soft, hard), most in zip(given, wanted, strict=True))


def test_stopped_it_leaves_its_pictures_beside_the_copy_only(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "tmp"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    results = program("open(tempfile.mkdtemp('.pages') + '/1.png', 'w')\ntime.sleep(60)")
    with pytest.raises(ocr.OcrError, match="stopped after 2 seconds"):
        ocr.add_text(tmp_path / "scan.pdf", results / "read.pdf", nothing, wall_seconds=2)
    assert list(elsewhere.iterdir()) == []
    assert [path.name for path in results.glob("*.pages/*")] == ["1.png"]


def test_what_it_lacks_is_to_be_installed(program: Program, tmp_path: Path) -> None:
    results = program("print('tesseract was not found', file=sys.stderr)\nsys.exit(3)")
    with pytest.raises(ocr.OcrError, match="tesseract was not found': install that"):
        ocr.add_text(tmp_path / "scan.pdf", results / "read.pdf", nothing)


def test_a_name_that_begins_as_an_option_does_is_none(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    results = program("open(sys.argv[-1], 'w').write(sys.argv[-2])")
    ocr.add_text(Path("--version.pdf"), results / "read.pdf", nothing)
    assert (results / "read.pdf").read_text() == str(tmp_path / "--version.pdf")


@pytest.mark.skipif(not ocr.installed(), reason="OCRmyPDF is not installed")
def test_the_program_itself_reads_the_scanned_page_and_leaves_the_other(tmp_path: Path) -> None:
    typed = "The mentors met forty families. " * 12
    scanned = "The ferry captains kept their word to the schools. " * 12
    pages = FPDF(format="A4")
    pages.set_font("Times", size=16)
    pages.add_page()
    pages.multi_cell(0, 10, scanned)
    pages.output(str(tmp_path / "typed.pdf"))
    picture = pypdfium2.PdfDocument(tmp_path / "typed.pdf")[0].render(scale=300 / 72).to_pil()
    mixed = FPDF(format="A4")
    mixed.set_font("Times", size=16)
    mixed.add_page()
    mixed.image(picture, 0, 0, 210, 297)
    mixed.add_page()
    mixed.multi_cell(0, 10, typed)
    mixed.output(str(tmp_path / "mixed.pdf"))
    ocr.add_text(tmp_path / "mixed.pdf", tmp_path / "read.pdf", nothing)
    digest = fingerprint(tmp_path / "read.pdf", Limits())
    assert isinstance(digest, str)
    (document,) = read(tmp_path / "read.pdf", digest, Limits())
    assert isinstance(document, Document)
    texts = [" ".join(block.text for block in page.blocks) for page in document.pages]
    assert texts == [scanned.strip(), typed.strip()]
