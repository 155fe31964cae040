"""Pages that the tests of this folder set themselves, line by line."""

from collections.abc import Sequence

from fpdf import FPDF

BODY = [
    "Officials who had run the programme for years sat",
    "down with colleagues who were about to start one.",
    "The visits took place in spring, and nobody thought",
    "that the towns would ask for a second round, yet all",
    "of them did so before the summer break had begun.",
    "Funding was the hardest question for the ministries.",
]


def new_pdf(pages: int = 1) -> FPDF:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    for _ in range(pages):
        pdf.add_page()
    pdf.page = 1
    return pdf


def put(
    pdf: FPDF, x: float, top: float, lines: Sequence[str], size: float = 11, style: str = ""
) -> float:
    """Lines of text one below the other; gives the height of the next."""
    pdf.font_family = ""  # a page that is gone back to has no font of its own
    pdf.set_font("Times", style, size)
    for text in lines:
        pdf.text(x, top, text)
        top += 1.2 * size
    return top
