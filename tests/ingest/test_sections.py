"""Under which headings the passages of a PDF stand: numbered pages, boxes, titles, endnotes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.passages import cut
from ingest.records import Document, Metadata, Page, Passage

Reader = Callable[[FPDF], tuple[Page, ...]]


def passages(pages: tuple[Page, ...]) -> tuple[Passage, ...]:
    document = Document(Path("x.pdf"), "f" * 64, "f" * 64, Metadata(), pages)
    return cut(document, lambda texts: [len(text.split()) for text in texts], 300)


def said_under(pages: tuple[Page, ...], words: str) -> tuple[str, ...]:
    """The headings of the one passage that says these words."""
    (found,) = [passage for passage in passages(pages) if words in passage.text]
    return found.section


@pytest.mark.parametrize("label", ["Case study {}", "Annex {}: Money", "Lesson {}."])
def test_a_large_heading_that_numbers_the_page_it_opens_is_no_running_head(
    read: Reader, label: str
) -> None:
    pdf = new_pdf(5)
    for page in range(1, 6):
        pdf.page = page
        put(pdf, 60, 50, ["Visits of the towns"], 8)
        put(pdf, 60, 80, [label.format(page)], 16, "B")
        put(pdf, 60, 120, [*BODY, f"The town number {page} paid for it."])
        put(pdf, 300, 810, [f"Page {page}"], 8)
    pages = read(pdf)
    for page in range(1, 6):
        assert said_under(pages, f"number {page} paid")[0] == label.format(page)
    said = " ".join(passage.text for passage in passages(pages))
    assert "Visits of" not in said
    assert "Page" not in said


@pytest.mark.parametrize(
    ("head", "size", "count"),
    [
        ("Policy brief 12", 16, 2),  # the number of the issue
        ("Case study 3", 16, 3),  # a chapter of several pages
        ("Report of visits {}", 11, 5),  # no larger than the text
        ("Visits | {}", 16, 5),
    ],
)
def test_large_running_heads_still_go(read: Reader, head: str, size: int, count: int) -> None:
    pdf = new_pdf(count)
    for page in range(1, count + 1):
        pdf.page = page
        put(pdf, 60, 50, [head.format(page)], size)
        put(pdf, 60, 120, [*BODY, f"The town number {page} paid for it."])
    said = {text for one in passages(read(pdf)) for text in (one.text, *one.section)}
    assert not any(head.partition("{")[0].strip() in text for text in said)


def test_a_large_foot_that_counts_its_pages_is_no_heading(read: Reader) -> None:
    pdf = new_pdf(5)
    for page in range(1, 6):
        pdf.page = page
        put(pdf, 60, 80, ["Visits of the towns"], 20, "B")
        put(pdf, 60, 120, [*BODY, f"The town number {page} paid for it."])
        put(pdf, 400, 810, [f"Slide {page}"], 16)
    assert not any("Slide" in block.text for page in read(pdf) for block in page.blocks)


def put_box(pdf: FPDF, top: float, lines: list[str], *, rounded: bool, style: str = "D") -> None:
    pdf.rect(60, top, 270, 120, style=style, round_corners=rounded, corner_radius=9)
    put(pdf, 75, top + 20, ["Case of Arland"], 12, "B")
    put(pdf, 75, top + 40, lines)


@pytest.mark.parametrize("style", ["D", "F"])
@pytest.mark.parametrize("rounded", [False, True])
def test_a_box_keeps_its_heading_with_and_without_round_corners(
    read: Reader, rounded: bool, style: str
) -> None:
    pdf = new_pdf()
    pdf.set_fill_color(220)
    put(pdf, 60, 60, ["Intake in the towns"], 15, "B")
    put(pdf, 60, 100, BODY)
    put_box(pdf, 200, ["A town of Arland opened its archive to", *BODY[:3]], rounded=rounded)
    put(pdf, 60, 350, ["After the visits the towns wrote a calendar.", *BODY])
    put(pdf, 60, 460, ["Costs of the visits"], 15, "B")
    put(pdf, 60, 490, ["The journeys were paid for by the hosts.", *BODY])
    pages = read(pdf)
    assert said_under(pages, "opened its archive") == ("Intake in the towns", "Case of Arland")
    assert said_under(pages, "wrote a calendar") == ("Intake in the towns",)


@pytest.mark.parametrize(
    "path",
    [
        # Chromium draws a corner as several short curves, WeasyPrint a border as two outlines.
        "60 480 m 60 474 66 470 70 470 c 320 470 l 326 470 330 474 330 480 c 330 560 l "
        "330 566 326 570 320 570 c 70 570 l 66 570 60 566 60 560 c h f",
        "70 570 m 320 570 l 323 570 325 569 327 567 c 329 565 330 563 330 560 c 330 480 l "
        "330 474 326 470 320 470 c 70 470 l 66 470 60 474 60 480 c 60 560 l "
        "60 566 66 570 70 570 c h 70 569 m 320 569 l 325 569 329 565 329 560 c 329 480 l "
        "329 475 325 471 320 471 c 70 471 l 65 471 61 475 61 480 c 61 560 l "
        "61 565 65 569 70 569 c h f*",
    ],
    ids=["a side closed by the path", "two outlines"],
)
def test_paths_that_are_rectangles_with_round_corners(read: Reader, path: str) -> None:
    pdf = new_pdf()
    put(pdf, 60, 60, ["Intake in the towns"], 15, "B")
    put(pdf, 60, 100, BODY)
    pdf._out(f"q .86 g {path} Q")
    put(pdf, 75, 295, ["Case of Arland"], 12, "B")
    put(pdf, 75, 315, ["A town of Arland opened its archive to all", *BODY[:3]])
    put(pdf, 60, 410, ["After the visits the towns wrote a calendar.", *BODY])
    put(pdf, 60, 520, ["Costs of the visits"], 15, "B")
    put(pdf, 60, 550, BODY)
    assert said_under(read(pdf), "wrote a calendar") == ("Intake in the towns",)


def test_a_drawing_with_round_corners_and_short_labels_is_no_box(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 60, ["Intake in the towns"], 15, "B")
    put(pdf, 60, 100, BODY)
    put_box(pdf, 200, ["Visits of", "two days"], rounded=True)
    (page,) = read(pdf)
    assert not any(block.boxed for block in page.blocks)


def test_a_box_before_the_first_heading_keeps_its_title_to_itself(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 80, BODY)
    put_box(pdf, 180, ["A town of Arland opened its archive to", *BODY[:3]], rounded=False)
    put(pdf, 60, 340, ["After the visits the towns wrote a calendar.", *BODY])
    put(pdf, 60, 450, ["Costs of the visits"], 15, "B")
    put(pdf, 60, 490, ["The journeys were paid for by the hosts.", *BODY])
    pages = read(pdf)
    assert said_under(pages, "opened its archive") == ("Case of Arland",)
    assert said_under(pages, "wrote a calendar") == ()
    assert said_under(pages, "paid for by the hosts") == ("Costs of the visits",)


def test_a_panel_behind_a_cover_opens_the_text_that_follows_it(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 200, 300, ["Agency of Arland, 2024"])
    pdf.page = 2
    put_box(pdf, 60, ["A town of Arland opened its archive to", *BODY[:3]], rounded=False)
    put(pdf, 60, 220, ["After the visits the towns wrote a calendar.", *BODY])
    assert said_under(read(pdf), "wrote a calendar") == ("Case of Arland",)


@pytest.mark.parametrize(
    ("left", "below", "lines", "boxed"),
    [
        (60, "", 0, True),
        (60, "", 201, True),  # more than are searched for boxes
        (90, "", 0, False),  # another frame
        (60, "The hosts wrote it down.", 0, False),
    ],
)
def test_the_last_line_of_a_box_on_the_next_page_is_in_it(
    read: Reader, left: float, below: str, lines: int, boxed: bool
) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 60, ["Intake in the towns"], 15, "B")
    put(pdf, 60, 100, BODY * 5)
    pdf.rect(60, 660, 320, 120)
    put(pdf, 75, 680, ["Case of Arland"], 12, "B")
    put(pdf, 75, 700, [*BODY[:5], "At first the town of Arland paid for all the"])
    put(pdf, 60, 800, [below])
    pdf.page = 2
    pdf.rect(left, 60, 320, 20)
    put(pdf, left + 15, 75, ["journeys of its guests and of their hosts."])
    put(pdf, 60, 120, ["After the visits the towns wrote a calendar.", *BODY])
    put(pdf, 60, 230, ["Costs of the visits"], 15, "B")
    put(pdf, 60, 260, BODY)
    for top in range(400, 400 + lines):
        pdf.line(60, top, 380, top)
    pages = read(pdf)
    assert ("all the journeys of its guests" in " ".join(b.text for b in pages[0].blocks)) is boxed
    assert said_under(pages, "wrote a calendar") == ("Intake in the towns",)


def test_a_title_in_the_middle_and_a_heading_at_the_side_are_two(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 190, 60, ["Peers of the towns"], 16, "B")
    put(pdf, 60, 84, ["Intake and first days"], 16, "B")
    put(pdf, 60, 115, BODY)
    put(pdf, 60, 220, ["Costs of the visits"], 16, "B")
    put(pdf, 60, 250, ["The journeys were paid for by the hosts.", *BODY])
    pages = read(pdf)
    headings = [b.text for page in pages for b in page.blocks if b.level]
    assert headings == ["Peers of the towns", "Intake and first days", "Costs of the visits"]


@pytest.mark.parametrize("left", [150, 60])
def test_a_heading_over_two_lines_stays_one(read: Reader, left: float) -> None:
    pdf = new_pdf()
    pdf.set_font("Times", "B", 16)
    upper, lower = "What the towns of Arland and of Borland learned", "From their Peers"
    put(pdf, left, 60, [upper], 16, "B")
    middle = left + (pdf.get_string_width(upper) - pdf.get_string_width(lower)) / 2
    put(pdf, middle if left == 150 else left, 80, [lower], 16, "B")
    put(pdf, 60, 115, BODY)
    (page,) = read(pdf)
    assert [block.text for block in page.blocks if block.level] == [f"{upper} {lower}"]


def title(pdf: FPDF, folder: Path) -> str:
    path = folder / "report.pdf"
    pdf.output(str(path))
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    return found.metadata.title


def test_the_first_heading_is_no_part_of_the_title(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.set_title("(anonymous)")  # so does reportlab
    put(pdf, 190, 60, ["Review of peer support"], 16, "B")
    put(pdf, 60, 84, ["Intake and first days"], 16, "B")
    put(pdf, 60, 115, BODY)
    assert title(pdf, tmp_path) == "Review of peer support"
    for below, whole in (
        ("1 Intake and first days", "Annual review"),
        ("Peers of the towns", "Annual review: Peers of the towns"),
    ):
        pdf = new_pdf()
        put(pdf, 60, 60, ["Annual review"], 22, "B")
        put(pdf, 60, 90, [below], 16, "B")
        put(pdf, 60, 115, BODY)
        assert title(pdf, tmp_path) == whole


@pytest.mark.parametrize(
    ("before", "section"), [("Whoever lives there.", ()), ("See these papers:", ("Ward",))]
)
def test_notes_that_close_a_document_stand_under_none_of_its_parts(
    read: Reader, before: str, section: tuple[str, ...]
) -> None:
    pdf = new_pdf()
    put(pdf, 60, 60, ["Glossary of terms"], 15, "B")
    put(pdf, 60, 90, BODY)
    put(pdf, 60, 190, ["Ward"], 15, "B")
    put(pdf, 60, 220, [*BODY, before])
    for number in range(1, 6):
        note = f"{number}. Ministry of Arland (201{number}). Report on visit {number} to the towns."
        put(pdf, 60, 320 + 20 * number, [note])
    pages = read(pdf)
    assert said_under(pages, "Report on visit 4") == section
    assert said_under(pages, before) == ("Ward",)
