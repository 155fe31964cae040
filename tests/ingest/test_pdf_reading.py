"""PDFs that the tests make, with known text, read back block by block."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.records import Block, BlockKind

# Words chosen so that no two paragraphs can be confused; ends are set by the layout.
PROSE = [
    "Officials who had run a resettlement programme for years sat down with colleagues who were "
    "about to start one, and talked about arrivals, housing and the first school day.",
    "The visits took place in spring. Nobody expected that the municipalities would ask for a "
    "second round, yet all four did so before the summer break had begun.",
    "Funding was the hardest question. Ministries hesitated until a neighbour showed its own "
    "figures, which were lower than the estimates that had circulated in the press.",
    "Interpreters joined late because the contract had lapsed. Later visits booked them three "
    "months ahead and kept a list of substitutes for every language.",
    "A shared handbook closed the gap between what was agreed in the capital and what the staff "
    "at the airport had been told on the day of the first arrival.",
    "Observers from civil society were welcome from the second year on, and their notes became "
    "the minutes that everybody else relied upon.",
]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[FPDF], PdfReading]:
    def write_and_read(pdf: FPDF) -> PdfReading:
        path = tmp_path / "exchange_report.pdf"
        pdf.output(str(path))
        found = read_pdf(path, Limits(wall_seconds=60))
        assert isinstance(found, PdfReading)
        return found

    return write_and_read


class Leaf(FPDF):
    """Paragraphs in Times 11, headings in Helvetica."""

    def header(self) -> None:
        self.set_xy(20, 25)

    def paragraph(self, text: str) -> None:
        self.set_font("Times", size=11)
        self.set_x(20)
        self.multi_cell(150, 5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)

    def heading(self, text: str, size: float = 15, style: str = "B") -> None:
        self.ln(3)
        self.set_font("Helvetica", style, size)
        self.set_x(20)
        self.cell(0, 8, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


class Report(Leaf):
    """With running head and page number."""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.set_xy(20, 10)
        self.cell(0, 4, f"Exchange report {2019 + self.page_no() % 2} | Chapter on visits")
        self.set_xy(20, 25)

    def footer(self) -> None:
        self.set_font("Helvetica", size=8)
        self.set_xy(20, -15)
        self.cell(0, 4, f"Page {self.page_no()} of 9")


def blocks_of(reading: PdfReading) -> list[Block]:
    return [block for page in reading.pages for block in page.blocks]


def texts(reading: PdfReading, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.text for block in blocks_of(reading) if block.kind is kind]


def test_one_column_paragraphs_come_whole_and_in_order(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    for text in PROSE:
        pdf.paragraph(text)
    reading = read(pdf)
    assert texts(reading) == PROSE
    assert reading.engine == "pypdfium2"
    assert reading.metadata.language == "en"


def test_running_heads_and_page_numbers_go(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Report()
    for text in PROSE:
        pdf.add_page()
        pdf.paragraph(text)
    reading = read(pdf)
    assert [[block.text for block in page.blocks] for page in reading.pages] == [
        [text] for text in PROSE
    ]
    assert [page.number for page in reading.pages] == [1, 2, 3, 4, 5, 6]


def test_two_columns_in_order_under_a_heading_over_both(
    read: Callable[[FPDF], PdfReading],
) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 18)
    pdf.cell(0, 10, "What the visits changed for the municipalities", align="C")
    pdf.set_font("Times", size=10)
    # Right column first: the order of the content must not decide.
    for x, part in ((110, PROSE[3:]), (20, PROSE[:3])):
        pdf.set_y(35)
        for text in part:
            pdf.set_x(x)
            pdf.multi_cell(80, 4.4, text, align="J", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            pdf.ln(3)
    pdf.set_font("Helvetica", "B", 18)
    pdf.set_xy(20, 150)
    pdf.cell(0, 10, "What stayed as it was in spite of all", align="C")
    reading = read(pdf)
    assert [block.text for block in blocks_of(reading)] == [
        "What the visits changed for the municipalities",
        *PROSE,
        "What stayed as it was in spite of all",
    ]


def test_a_paragraph_over_the_page_end_is_one_block(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Report()
    pdf.add_page()
    for text in PROSE[:2]:
        pdf.paragraph(text)
    words = " ".join(PROSE[2:5]).split()
    first, second = " ".join(words[:40]), " ".join(words[40:])
    pdf.paragraph(first)
    pdf.add_page()
    pdf.paragraph(second)
    reading = read(pdf)
    whole = reading.pages[0].blocks[-1]
    assert whole.text == f"{first} {second}"
    assert whole.page == 1
    assert whole.page_breaks == ((len(first) + 1, 2),)
    assert reading.pages[1].blocks == ()


def test_footnotes_stand_apart_and_their_marks_leave_the_words(
    read: Callable[[FPDF], PdfReading],
) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.paragraph(PROSE[0])
    pdf.set_x(20)
    pdf.set_font("Times", size=11)
    pdf.cell(
        pdf.get_string_width("Ministries supported the resettlement"),
        5,
        "Ministries supported the resettlement",
    )
    x, y = pdf.get_x(), pdf.get_y()
    pdf.set_font("Times", size=6.5)
    pdf.text(x + 0.6, y + 2.2, "12")
    pdf.set_font("Times", size=11)
    pdf.set_xy(x + 3.2, y)
    pdf.cell(40, 5, "of families.")
    pdf.line(20, 240, 60, 240)
    pdf.set_font("Times", size=5.5)
    pdf.text(20, 244, "12")
    pdf.set_font("Times", size=8)
    pdf.text(22.5, 245, "Council conclusions on resettlement, adopted in June.")
    pdf.set_font("Times", size=5.5)
    pdf.text(20, 248, "13")
    pdf.set_font("Times", size=8)
    pdf.text(22.5, 249, "See the annex for the number of arrivals.")
    reading = read(pdf)
    assert texts(reading) == [PROSE[0], "Ministries supported the resettlement of families."]
    assert texts(reading, BlockKind.FOOTNOTE) == [
        "12 Council conclusions on resettlement, adopted in June.",
        "13 See the annex for the number of arrivals.",
    ]


def test_divided_words_are_joined_and_compounds_keep_their_hyphen(
    read: Callable[[FPDF], PdfReading],
) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.set_font("Times", size=11)
    lines = [
        "The community-based approach was the one that all of the partners pre-",
        "ferred, and resettlement officers said that a community-",
        "based approach made the arrivals easier to plan for every-",
        "body involved.",
    ]
    for row, line in enumerate(lines):
        pdf.text(20, 40 + 5 * row, line)
    assert texts(read(pdf)) == [
        "The community-based approach was the one that all of the partners preferred, and "
        "resettlement officers said that a community-based approach made the arrivals easier to "
        "plan for everybody involved."
    ]


def test_headings_with_levels(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.heading("2 Lessons of the first year", 16)
    pdf.paragraph(PROSE[0])
    pdf.heading("2.1 Preparing the staff", 13)
    pdf.paragraph(PROSE[1])
    pdf.heading("2.2 Talking to ministers", 13)
    pdf.paragraph(PROSE[2])
    pdf.heading("Who was not in the room", 11, "B")
    pdf.paragraph(PROSE[3])
    reading = read(pdf)
    headings = [(b.text, b.level) for b in blocks_of(reading) if b.kind is BlockKind.HEADING]
    assert headings == [
        ("2 Lessons of the first year", 1),
        ("2.1 Preparing the staff", 2),
        ("2.2 Talking to ministers", 2),
        ("Who was not in the room", 3),
    ]
    assert texts(reading) == PROSE[:4]


def test_the_outline_names_headings_and_their_levels(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    for level, title in enumerate(("Why peers matter", "Trust before money")):
        pdf.start_section(title, level=level)
        pdf.set_font("Times", size=11)
        pdf.set_x(20)
        pdf.cell(0, 5, title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.paragraph(PROSE[level])
    found = [(block.kind, block.text, block.level) for block in blocks_of(read(pdf))]
    assert found == [
        (BlockKind.HEADING, "Why peers matter", 1),
        (BlockKind.PARAGRAPH, PROSE[0], 0),
        (BlockKind.HEADING, "Trust before money", 2),
        (BlockKind.PARAGRAPH, PROSE[1], 0),
    ]


def test_list_items_are_blocks_of_their_own(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.paragraph("Three things were asked of each delegation before it travelled to its peers:")
    for mark, text in (("-", PROSE[1]), ("-", "A short paper."), ("1.", PROSE[2])):
        pdf.set_font("Times", size=11)
        pdf.set_x(25)
        pdf.cell(8, 5, mark)
        pdf.multi_cell(140, 5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    assert texts(read(pdf), BlockKind.LIST) == [
        f"- {PROSE[1]}",
        "- A short paper.",
        f"1. {PROSE[2]}",
    ]


ROWS = [
    ("Country", "Partner", "Visits"),
    ("Ireland", "Canada", "4"),
    ("Romania", "Sweden and the Netherlands, which shared the costs", "2"),
    ("Chile", "New Zealand", "1"),
]


def test_a_ruled_table_row_by_row_with_its_header_over_pages(
    read: Callable[[FPDF], PdfReading],
) -> None:
    pdf = Report()
    for rows in (ROWS, [("Uruguay", "Portugal", "3"), ("Japan", "Australia", "5")]):
        pdf.add_page()
        if rows is ROWS:
            pdf.paragraph(PROSE[0])
        pdf.set_x(20)
        pdf.set_font("Times", size=10)
        with pdf.table(rows, width=120, align="L", first_row_as_headings=rows is ROWS):
            pass
    assert texts(read(pdf), BlockKind.TABLE) == [
        "Country: Ireland; Partner: Canada; Visits: 4",
        "Country: Romania; Partner: Sweden and the Netherlands, which shared the costs; Visits: 2",
        "Country: Chile; Partner: New Zealand; Visits: 1",
        "Country: Uruguay; Partner: Portugal; Visits: 3",
        "Country: Japan; Partner: Australia; Visits: 5",
    ]


@pytest.mark.parametrize("borders", ["HORIZONTAL_LINES", "NONE"])
def test_a_table_without_upright_lines(read: Callable[[FPDF], PdfReading], borders: str) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.paragraph(PROSE[0])
    pdf.set_font("Times", size=10)
    with pdf.table(ROWS, width=160, align="L", borders_layout=borders, line_height=5, v_align="T"):
        pass
    reading = read(pdf)
    assert texts(reading, BlockKind.TABLE)[0] == "Country: Ireland; Partner: Canada; Visits: 4"
    assert len(texts(reading, BlockKind.TABLE)) == 3
    assert texts(reading) == [PROSE[0]]


def test_prose_in_a_frame_is_no_table(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    top = pdf.get_y()
    pdf.paragraph(PROSE[0])
    pdf.paragraph(PROSE[1])
    pdf.rect(18, top - 2, 160, pdf.get_y() - top)
    pdf.line(18, pdf.get_y() + 5, 178, pdf.get_y() + 5)
    reading = read(pdf)
    assert texts(reading) == PROSE[:2]
    assert texts(reading, BlockKind.TABLE) == []


def test_contents_and_references_are_marked(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Report()
    pdf.add_page()
    pdf.heading("Contents")
    pdf.set_font("Times", size=11)
    for entry, page in (("Why peers matter", 3), ("What it costs", 7), ("Annexes", 12)):
        pdf.set_x(20)
        pdf.cell(0, 6, f"{entry} {'.' * 60} {page}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.add_page()
    pdf.heading("1 Why peers matter")
    pdf.paragraph(PROSE[0])
    pdf.heading("References")
    pdf.paragraph("Frost, A. (2014). Learning among cities. Oslo: Harbour Press.")
    pdf.paragraph("Okafor, B. and Lind, C. (2018). Twinning revisited. Journal of Exchange, 4(2).")
    reading = read(pdf)
    assert texts(reading, BlockKind.CONTENTS) == [
        "Why peers matter 3",
        "What it costs 7",
        "Annexes 12",
    ]
    assert len(texts(reading, BlockKind.REFERENCE)) == 2
    assert texts(reading) == [PROSE[0]]


def test_a_sideways_page_reads_like_any_other(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", size=11)
    with pdf.rotation(90, x=105, y=150):
        pdf.set_xy(30, 100)
        pdf.multi_cell(150, 5, PROSE[0], align="L")
    assert texts(read(pdf)) == [PROSE[0]]


def test_letter_spaced_headings_are_closed_up(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 16)
    x = 20.0
    for letter in "PEER SUPPORT":
        pdf.text(x, 40, letter)
        x += pdf.get_string_width(letter) + 4
    pdf.set_y(50)
    pdf.paragraph(PROSE[0])
    assert texts(read(pdf), BlockKind.HEADING) == ["PEER SUPPORT"]


def test_metadata_from_the_file_and_from_the_first_page(
    read: Callable[[FPDF], PdfReading],
) -> None:
    pdf = FPDF()
    pdf.set_title("Microsoft Word - draft7_final.docx")
    pdf.set_author("Lind, Carla; Okafor, Ben")
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 26)
    pdf.multi_cell(
        0, 12, "Learning from each other: resettlement among peers", align="L", new_x=XPos.LMARGIN
    )
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 8, "Published by the Harbour Institute. March 2017", new_x=XPos.LMARGIN)
    pdf.multi_cell(0, 6, " ".join(PROSE))
    metadata = read(pdf).metadata
    assert metadata.title == "Learning from each other: resettlement among peers"
    assert metadata.authors == ("Lind, Carla", "Okafor, Ben")
    assert metadata.publisher == "Harbour Institute"
    assert metadata.year == 2017


def test_bullets_that_are_drawn_begin_items(read: Callable[[FPDF], PdfReading]) -> None:
    pdf = Leaf()
    pdf.add_page()
    pdf.paragraph("Each delegation brought along:")
    for item in ("two officials", "one interpreter and a list of the questions it had"):
        pdf.ellipse(22, pdf.get_y() + 2, 1.2, 1.2, style="F")
        pdf.set_x(27)
        pdf.multi_cell(140, 5, item, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    assert texts(read(pdf), BlockKind.LIST) == [
        "- two officials",
        "- one interpreter and a list of the questions it had",
    ]
