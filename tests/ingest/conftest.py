"""Reading of PDFs that a test has set."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.records import Page

Reader = Callable[[FPDF], tuple[Page, ...]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def write_and_read(pdf: FPDF) -> tuple[Page, ...]:
        path = tmp_path / "report.pdf"
        pdf.output(str(path))
        found = read_pdf(path, Limits(wall_seconds=60))
        assert isinstance(found, PdfReading)
        assert found.engine == "pypdfium2"
        return found.pages

    return write_and_read
