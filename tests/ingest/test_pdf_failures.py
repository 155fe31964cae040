"""Files that cannot be read: each gives a failure with its reason and a mend, none an exception."""

from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.records import Failure, Health, Reason

LIMITS = Limits(wall_seconds=60)
SENTENCE = "Peer support between resettlement countries worked best when officials met in person. "


def written(path: Path, pages: int = 1, encrypt: dict[str, str] | None = None) -> Path:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for number in range(pages):
        pdf.add_page()
        pdf.set_y(60 + 5 * number)
        pdf.multi_cell(0, 6, SENTENCE * 6)
    if encrypt:
        pdf.set_encryption(**encrypt)  # type: ignore[arg-type]  # fpdf2 types them one by one
    pdf.output(str(path))
    return path


def picture_page(pdf: FPDF, folder: Path) -> None:
    picture = folder / "scan.png"
    Image.effect_noise((600, 800), 60).save(picture)
    pdf.add_page()
    pdf.image(str(picture), x=0, y=0, w=pdf.w, h=pdf.h)


def failure_of(path: Path, limits: Limits = LIMITS) -> Failure:
    found = read_pdf(path, limits)
    assert isinstance(found, Failure)
    assert found.path == path
    assert "\n" not in str(found)
    assert found.mend
    return found


def test_missing(tmp_path: Path) -> None:
    assert failure_of(tmp_path / "none.pdf").reason is Reason.MISSING


def test_a_folder(tmp_path: Path) -> None:
    assert failure_of(tmp_path).reason is Reason.UNREADABLE


def test_zero_bytes(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    found = failure_of(path)
    assert (found.reason, found.message) == (Reason.DAMAGED, "empty file")


def test_a_text_file_named_pdf(tmp_path: Path) -> None:
    path = tmp_path / "notes.pdf"
    path.write_text("Minutes of the meeting\n" * 100)
    found = failure_of(path)
    assert found.reason is Reason.DAMAGED
    assert "not a PDF" in found.message


def test_a_header_that_stands_late_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "late.pdf")
    path.write_bytes(b"\n" * 900 + path.read_bytes())
    assert isinstance(read_pdf(path, LIMITS), PdfReading)


def test_damaged_beyond_both_readers(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 50)
    found = failure_of(path)
    assert found.reason is Reason.DAMAGED
    # what the engine says of it helps nobody who reads this
    assert found.message == "the PDF is damaged"


def test_locked_with_a_password(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", encrypt={"owner_password": "o", "user_password": "u"})
    found = failure_of(path)
    assert found.reason is Reason.ENCRYPTED
    assert "password" in found.message


def test_an_empty_user_password_opens(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", encrypt={"owner_password": "o", "user_password": ""})
    found = read_pdf(path, LIMITS)
    assert isinstance(found, PdfReading)
    assert "officials met in person" in found.pages[0].blocks[0].text


def test_more_pages_than_allowed(tmp_path: Path) -> None:
    path = written(tmp_path / "long.pdf", pages=4)
    found = failure_of(path, replace(LIMITS, pages=3))
    assert found.reason is Reason.TOO_LARGE
    assert "4 pages" in found.message
    assert isinstance(read_pdf(path, replace(LIMITS, pages=4)), PdfReading)


def test_a_bigger_file_than_allowed(tmp_path: Path) -> None:
    path = written(tmp_path / "big.pdf")
    assert failure_of(path, replace(LIMITS, file_bytes=100)).reason is Reason.TOO_LARGE


def test_too_slow(tmp_path: Path) -> None:
    path = written(tmp_path / "slow.pdf")
    assert failure_of(path, replace(LIMITS, wall_seconds=0.01)).reason is Reason.TOO_SLOW


def test_too_much_text(tmp_path: Path) -> None:
    path = written(tmp_path / "wordy.pdf", pages=3)
    assert failure_of(path, replace(LIMITS, output_bytes=500)).reason is Reason.TOO_LARGE


def test_pages_of_pictures_only_ask_for_ocr(tmp_path: Path) -> None:
    pdf = FPDF()
    picture_page(pdf, tmp_path)
    path = tmp_path / "scan.pdf"
    pdf.output(str(path))
    found = failure_of(path)
    assert found.reason is Reason.NOTHING_TO_READ
    assert "scanned" in found.message
    assert found.mend == "install OCRmyPDF, or run it on the file, then add it again"


def test_one_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.multi_cell(0, 6, SENTENCE * 6)
    picture_page(pdf, tmp_path)
    pdf.add_page()
    path = tmp_path / "mixed.pdf"
    pdf.output(str(path))
    found = read_pdf(path, LIMITS)
    assert isinstance(found, PdfReading)
    assert [page.health for page in found.pages] == [Health.TEXT, Health.SCANNED, Health.EMPTY]
    assert [len(page.blocks) for page in found.pages] == [1, 0, 0]


def test_an_empty_page_is_no_scan(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    path = tmp_path / "blank.pdf"
    pdf.output(str(path))
    found = failure_of(path)
    assert found.reason is Reason.NOTHING_TO_READ
    assert "empty" in found.message


@pytest.mark.parametrize("engine", ["pypdfium2", "pypdf"])
def test_both_readers_take_the_same_words(tmp_path: Path, engine: str) -> None:
    from ingest.isolated.pdf_child import reading  # noqa: PLC0415 - loads PDFium into this process

    path = written(tmp_path / "a.pdf", pages=2)
    answer = reading(path, engine, 10)
    texts = [block[1] for page in answer["pages"] for block in page["blocks"]]
    assert " ".join(texts).split() == (SENTENCE * 12).split()
