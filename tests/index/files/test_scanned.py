"""`waymark add` and scanned PDFs: what OCRmyPDF reads goes in, what it does not is named."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from fpdf import FPDF
from PIL import Image, ImageDraw
from pypdf import PdfWriter

import waymark
from index import build
from index.build import Added, Done, Event, Found, Present, Scanned
from index.files import ocr
from index.health.doctor import examine, repair
from index.library import Library
from ingest.records import Failure, Reason
from search.find import find

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")

READ = (
    "The ferry captains of Arland coached the caseworkers of Borland for eighteen months, and came "
    "back every quarter so that the new unit could meet its second group of families alone."
)
NOTE = "The working group met twice and agreed on a form."
ROOT = Path(build.__file__).parent.parent

Program = Callable[[str], Path]


def scan(path: Path, width: int = 9) -> Path:
    """A PDF of one picture without text; another width of its line makes another file."""
    picture = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(picture).line([(0, 0), (600, 800)], fill=0, width=width)
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.image(picture, 0, 0, 210, 297)
    pdf.output(str(path))
    return path


def undated(path: Path) -> Path:
    """The same file without a word of when it was made."""
    writer = PdfWriter(clone_from=path)
    writer.metadata = None
    writer.write(path)
    return path


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """program(code): a stand-in for OCRmyPDF that first runs some Python, in which `source`,
    `target` and `here` are paths, then writes a page of text; the folder `here`.
    """

    def make(code: str = "") -> Path:
        here = tmp_path / "bin"
        here.mkdir()
        pdf = FPDF(format="A4")
        pdf.add_page()
        pdf.set_font("Times", size=11)
        pdf.multi_cell(0, 6, READ)
        pdf.output(str(here / "text.pdf"))
        script = here / ocr.PROGRAM
        script.write_text(
            f"#!{sys.executable}\nimport os, shutil, sys, time\nfrom pathlib import Path\n"
            "source, target, here = *map(Path, sys.argv[-2:]), Path(sys.argv[0]).parent\n"
            "with (here / 'called').open('a') as calls:\n    print(*sys.argv[1:], file=calls)\n"
            f"{code}\nshutil.copyfile(here / 'text.pdf', target)\n"
        )
        script.chmod(0o700)
        monkeypatch.setenv("PATH", f"{here}{os.pathsep}{os.environ['PATH']}")
        return here

    return make


def failures(events: list[Event]) -> list[Failure]:
    return [event for event in events if isinstance(event, Failure)]


def left_in(library: Library) -> list[Path]:
    return list(library.home.path.glob("*.part"))


def test_a_scanned_file_goes_in_after_the_others_under_its_own_id(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    program()
    folder = tmp_path / "reports"
    folder.mkdir()
    file = scan(folder / "a_scan.pdf")
    (folder / "note.txt").write_text(NOTE)
    (folder / "documents.csv").write_text("file,title,year\na_scan.pdf,Coaches,2014\n")
    events = list(build.add(empty_library, [folder]))
    assert [type(event) for event in events] == [Found, Added, Done, Scanned, Added, Done]
    assert {event.path for event in events[3:]} == {file}  # type: ignore[union-attr]  # no Found
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with empty_library.catalog() as catalog:
        found = catalog.document(digest[:16])
        texts = [stored.passage.text for stored in catalog.passages_of(found.document_id)]
    assert found.file_name == "a_scan.pdf"
    assert (found.metadata.title, found.metadata.year) == ("Coaches", 2014)
    assert texts == [READ]
    assert empty_library.home.original(digest).read_bytes() == file.read_bytes()
    first = find(empty_library, "who coached the caseworkers of Borland?").results[0]
    assert first.document.document_id == digest[:16]
    assert left_in(empty_library) == []
    assert examine(empty_library.home) == []


def test_what_is_in_is_not_read_again(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    here = program()
    files = [scan(tmp_path / "one.pdf"), tmp_path / "two.pdf"]
    files[1].write_bytes(files[0].read_bytes())
    events = list(build.add(empty_library, files))
    assert [type(event) for event in events] == [Found, Scanned, Added, Done, Present, Done]
    again = list(build.add(empty_library, files))
    assert [type(event) for event in again] == [Found, Present, Done, Present, Done]
    assert len((here / "called").read_text().splitlines()) == 1


def test_the_program_runs_once_at_a_time_on_one_core(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    here = program(
        "(here / 'runs').touch(exist_ok=False); time.sleep(.3); (here / 'runs').unlink()"
    )
    files = [scan(tmp_path / f"{width}.pdf", width) for width in (3, 6, 9)]
    assert failures(list(build.add(empty_library, files, jobs=4))) == []
    calls = (here / "called").read_text().splitlines()
    assert len(calls) == 3
    assert all("--jobs 1 " in call for call in calls)


def test_without_the_program_the_file_is_named_with_the_mend(
    empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = scan(tmp_path / "scan.pdf")
    events = list(build.add(empty_library, [file]))
    assert [type(event) for event in events] == [Found, Failure, Done]
    assert str(events[1]) == (
        f"{file}: all its pages are scanned pictures without text "
        "(install OCRmyPDF, or run it on the file, then add it again)"
    )


def test_the_year_in_which_it_is_read_is_not_its_own(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    program()
    list(build.add(empty_library, [undated(scan(tmp_path / "scan.pdf"))]))
    with empty_library.catalog() as catalog:
        assert [document.metadata.year for document in catalog.documents()] == [None]


@pytest.mark.skipif(not ocr.installed(), reason="OCRmyPDF is not installed")
def test_the_program_itself_reads_what_is_added(empty_library: Library, tmp_path: Path) -> None:
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.set_font("Times", size=16)
    pdf.multi_cell(0, 10, READ)
    pdf.output(str(tmp_path / "typed.pdf"))
    picture = pypdfium2.PdfDocument(tmp_path / "typed.pdf")[0].render(scale=300 / 72).to_pil()
    scanned = FPDF(format="A4")
    scanned.add_page()
    scanned.image(picture, 0, 0, 210, 297)
    scanned.output(str(tmp_path / "-scan.pdf"))
    events = list(build.add(empty_library, [undated(tmp_path / "-scan.pdf")]))
    assert [type(event) for event in events] == [Found, Scanned, Added, Done]
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
        texts = [stored.passage.text for stored in catalog.passages_of(document.document_id)]
    assert (" ".join(texts).split(), document.metadata.year) == (READ.split(), None)
    assert left_in(empty_library) == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (
            "sys.exit('no room for page 3')",
            "OCRmyPDF failed on it, saying 'no room for page 3' "
            "(run it by hand, then hand in its result)",
        ),
        (
            "print('tesseract was not found', file=sys.stderr); sys.exit(3)",
            "OCRmyPDF lacks something, saying 'tesseract was not found' "
            "(install that, then try again)",
        ),
        (
            "shutil.copyfile(source, here / 'text.pdf')",
            "OCRmyPDF found no words on its pages (ask for a better scan)",
        ),
    ],
)
def test_its_failure_is_named_and_stops_nothing(
    code: str, reason: str, empty_library: Library, program: Program, tmp_path: Path
) -> None:
    program(code)
    file = scan(tmp_path / "scan.pdf")
    (tmp_path / "note.txt").write_text(NOTE)
    events = list(build.add(empty_library, [file, tmp_path / "note.txt"]))
    assert [type(event) for event in events] == [Found, Added, Done, Scanned, Failure, Done]
    assert [str(failure) for failure in failures(events)] == [f"{file}: {reason}"]
    assert left_in(empty_library) == []
    assert not list(empty_library.home.files.glob(hashlib.sha256(file.read_bytes()).hexdigest()))


def test_what_cannot_be_started_is_named(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    script = program() / ocr.PROGRAM
    script.write_text("#!/no/such/python\n")
    (failure,) = failures(list(build.add(empty_library, [scan(tmp_path / "scan.pdf")])))
    assert failure.reason is Reason.UNREADABLE
    assert failure.message == (
        f"OCRmyPDF could not be run on it: No such file or directory: {script}"
    )


def test_what_a_killed_add_has_left_goes(empty_library: Library, tmp_path: Path) -> None:
    def leave() -> None:
        left = empty_library.home.path / "scanned-killed.part"
        left.mkdir()
        (left / "1.png").touch()

    (tmp_path / "note.txt").write_text(NOTE)
    leave()
    list(build.add(empty_library, [tmp_path / "note.txt"]))
    assert left_in(empty_library) == []
    leave()
    assert [finding.name for finding in examine(empty_library.home)] == ["leftovers"]
    repair(empty_library.home)
    assert left_in(empty_library) == []


def test_the_command_says_that_it_takes_a_while(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    program()
    file = scan(tmp_path / "scan.pdf")
    home = str(empty_library.home.path)
    result = CliRunner().invoke(waymark.main, ["--home", home, "add", str(file)])
    assert (result.exit_code, result.stderr) == (0, "")
    said, added = result.stdout.splitlines()
    assert said == f"{file}: scanned, OCRmyPDF reads it now"
    assert added.endswith(" (1 page, 1 passage)")


def test_an_interrupt_ends_the_program_too(
    empty_library: Library, program: Program, tmp_path: Path
) -> None:
    here = program("(here / 'runs').write_text(str(os.getpid())); time.sleep(900)")
    (tmp_path / "note.txt").write_text(NOTE)
    home = str(empty_library.home.path)
    # A shell's background job ignores interrupts, and so would every program it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [sys.executable, "-m", "waymark", "--home", home, "add",
         str(scan(tmp_path / "scan.pdf")), str(tmp_path / "note.txt")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    child = _waited_for(here / "runs", running)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert (running.returncode, said) == (130, "waymark: stopped; what was done stays\n")
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert left_in(empty_library) == []
    with empty_library.catalog() as catalog:
        assert [document.file_name for document in catalog.documents()] == ["note.txt"]


def _waited_for(file: Path, running: subprocess.Popen[str]) -> int:
    """The number in a file, once it is there; on a busy machine that took 80 seconds."""
    until = time.monotonic() + 300
    while time.monotonic() < until and running.poll() is None:
        if file.is_file() and file.read_text():
            return int(file.read_text())
        time.sleep(0.05)
    running.kill()
    raise TimeoutError(running.communicate())
