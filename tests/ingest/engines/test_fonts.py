"""Bold print is known by the name of its font."""

from pathlib import Path

import pytest
from typeset import BODY, new_pdf, put

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.records import BlockKind

TITLE = "Visits to the towns"


@pytest.mark.parametrize(
    ("font", "bold"),
    [
        ("CMBX10", True),
        ("CMSSBX10", True),
        ("SFBX1000", True),
        ("A+CMBX12", True),
        ("CMR10", False),
        ("CMTI10", False),
        ("XCMBX12", False),
    ],
)
def test_a_line_in_the_bold_of_computer_modern_is_a_heading(
    tmp_path: Path, font: str, bold: bool
) -> None:
    pdf = new_pdf()
    below = put(pdf, 60, 100, BODY)
    pdf.set_font("Helvetica", size=11)
    pdf.text(60, below + 12, TITLE)
    put(pdf, 60, below + 36, BODY)
    # Both names are as long, so that the places of the objects stay.
    named = bytes(pdf.output()).replace(b"/Helvetica", f"/{font}".encode().ljust(10))
    path = tmp_path / "report.pdf"
    path.write_bytes(named)
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    heads = [b.text for b in found.pages[0].blocks if b.kind is BlockKind.HEADING]
    assert heads == [TITLE] * bold


@pytest.mark.parametrize("word", ["string", "family", "the_family", "family(still)"])
def test_letters_of_a_typewriter_stand_apart_and_hide_no_space(tmp_path: Path, word: str) -> None:
    pdf = new_pdf()
    below = put(pdf, 60, 100, BODY)
    pdf.set_font("Courier", size=10)
    pdf.text(60, below + 24, f"Call {word} and string.string with the title, or family.family.")
    path = tmp_path / "report.pdf"
    pdf.output(path)
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    said = " ".join(block.text for page in found.pages for block in page.blocks)
    assert f"Call {word} and string.string with the title, or family.family." in said
