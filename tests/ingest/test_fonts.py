"""Bold print is known by the name of its font."""

from pathlib import Path

import pytest
from typeset import BODY, new_pdf, put

from ingest.pdf import PdfReading, read_pdf
from ingest.records import BlockKind
from ingest.sandbox import Limits

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
