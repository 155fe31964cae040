"""Mutilated PDFs through the reader: each gives pages or a failure with its reason and mend.

A few in `make test`; `make fuzz` tries as many as FUZZ_PDFS says, other ones each time.
"""

import os
import random
import zlib
from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.records import Failure

PDFS = int(os.environ.get("FUZZ_PDFS", "0"))
KEYWORDS = (b"obj", b"endobj", b"stream", b"/Length", b"/Kids", b"/Parent", b"/Filter", b"xref")


def whole(path: Path) -> bytes:
    """A PDF with an outline, links, a table and letters beyond Latin-1's."""
    pdf = FPDF()
    pdf.set_title("Mutilated")
    for number in range(3):
        pdf.add_page()
        pdf.set_font("Helvetica", size=11)
        pdf.start_section(f"Section {number}")
        pdf.multi_cell(0, 6, f"Page {number} tells how officials met in person. " * 8)
        with pdf.table() as table:
            for row in (("Year", "People"), ("2015", "12"), ("2016", "40")):
                table.row(row)
    pdf.output(str(path))
    return path.read_bytes()


def mutilated(data: bytes, dice: random.Random) -> bytes:
    """A PDF with one to six hurts, some of them inside a stream that is packed again."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data))
        match dice.randrange(7):
            case 0:
                data = data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]
            case 1:
                data = data[:at] or data
            case 2:
                data = data[:at] + data[at + dice.randrange(200) :] or data
            case 3:
                data = data[:at] + dice.randbytes(dice.randrange(40)) + data[at:]
            case 4:
                data = data.replace(dice.choice(KEYWORDS), dice.choice(KEYWORDS), 1)
            case 5:
                number = str(dice.choice([0, -1, 1, 7, 2**31, 2**63, 10**30])).encode()
                data = data.replace(str(dice.randrange(10)).encode(), number, dice.randint(1, 3))
            case 6:
                data = _in_a_stream(data, dice)
    return data


def _in_a_stream(data: bytes, dice: random.Random) -> bytes:
    """Hurt a stream's own bytes, and pack them again so that they are read."""
    starts = [at for at in range(len(data)) if data.startswith(b"stream\n", at)]
    if not starts:
        return data
    start = dice.choice(starts) + len(b"stream\n")
    end = data.find(b"\nendstream", start)
    try:
        inside = bytearray(zlib.decompress(data[start:end]))
    except zlib.error:
        return data
    for _ in range(dice.randint(1, 8)):
        inside[dice.randrange(len(inside))] = dice.randrange(256)
    return data[:start] + zlib.compress(bytes(inside)) + data[end:]


def test_mutilated_pdfs(tmp_path: Path) -> None:
    data = whole(tmp_path / "whole.pdf")
    seed = random.randrange(2**32) if PDFS else 11
    dice = random.Random(seed)
    path, limits, read = tmp_path / "a.pdf", Limits(wall_seconds=60), 0
    for number in range(PDFS or 12):
        hurt = mutilated(data, dice)
        path.write_bytes(hurt)
        found = read_pdf(path, limits)
        place = f"seed {seed}, number {number}"
        if isinstance(found, Failure):
            assert found.mend, place
            assert "\n" not in str(found), place
        else:
            read += 1
            assert isinstance(found, PdfReading), place
            assert [page.number for page in found.pages] == list(range(1, len(found.pages) + 1))
            for page in found.pages:
                "".join(block.text for block in page.blocks).encode()
    assert read, "not one of them could be read: the hurts are too deep to tell anything"


@pytest.mark.parametrize("size", [1, 1000])
def test_noise_after_a_header(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + random.Random(size).randbytes(size))
    found = read_pdf(tmp_path / "a.pdf", Limits(wall_seconds=60))
    assert isinstance(found, Failure)
