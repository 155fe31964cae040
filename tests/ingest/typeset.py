"""Pages that the tests of this folder set themselves, line by line."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits

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


def drawn(path: Path, font: bytes, shown: bytes, *glyphs: bytes) -> str:
    """What is read of a page in one font, whose text is drawn as stated.

    font: the object that defines it. glyphs: how its glyphs are drawn, objects 6 and on.
    """
    page = b"BT /F 10 Tf 50 700 Td %s ET" % shown
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        font,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 5 0 R"
        b"/Resources<</Font<</F 3 0 R>>>>>>",
        *(b"<</Length %d>>stream\n%s\nendstream" % (len(part), part) for part in (page, *glyphs)),
    ]
    numbered = (b"%d 0 obj%s endobj\n" % one for one in enumerate(objects, start=1))
    path.write_bytes(b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>")
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    return "\n".join(block.text for block in found.pages[0].blocks)


def type_3(names: dict[int, bytes], glyphs: bytes = b"") -> bytes:
    """A font of boxes, each letter half a letter size wide. names: of its glyphs, by their codes.

    glyphs: the object that draws each name.
    """
    named_so = b" ".join(b"%d /%s" % one for one in names.items())
    return (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 900]/FontMatrix[.001 0 0 .001 0 0]"
        b"/FirstChar 0/LastChar 255/Widths[" + b"500 " * 256 + b"]/CharProcs<<" + glyphs + b">>"
        b"/Encoding<</Type/Encoding/Differences[" + named_so + b"]>>>>"
    )
