"""Pictures of pages: drawn, marked where the words stand, refused where there is none to draw."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from ingest.isolated.page_picture import WIDTH, page_picture
from ingest.isolated.page_picture_child import joined, mark, png
from ingest.isolated.quote_place import ranges
from ingest.isolated.sandbox import Breach, Limits

LINES = [
    "The mentors came back every quarter.",
    "Ministers feared a back-",
    "lash among their voters.",
    "Rents rose by twelve per cent.",
]
STEP = 20
"""Millimetres from line to line; the first stands at 40."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A4 page with four lines far apart, then a page turned by a quarter."""
    pdf = FPDF(format="A4")
    pdf.set_font("Helvetica", size=20)
    pdf.add_page()
    for index, line in enumerate(LINES):
        pdf.text(20, 40 + STEP * index, line)
    pdf.add_page(orientation="landscape")
    pdf.text(20, 40, LINES[0])
    path = tmp_path_factory.mktemp("pictures") / "printed.pdf"
    pdf.output(str(path))
    return path


def drawn(path: Path, page: int, quote: str = "") -> Image.Image:
    answer = page_picture(path, page, quote)
    assert isinstance(answer, bytes), answer
    return Image.open(io.BytesIO(answer)).convert("RGB")


def marked_lines(picture: Image.Image) -> list[int]:
    """Which of the lines have yellow about them."""
    a_millimetre = picture.width / 210
    found = []
    for index in range(len(LINES)):
        middle = (40 + STEP * index - 2) * a_millimetre
        rows = range(int(middle - 3), int(middle + 3))
        colours = {picture.getpixel((x, y)) for y in rows for x in range(picture.width)}
        if any(red > 200 and blue < 150 for red, _, blue in colours):
            found.append(index)
    return found


def test_a_page_has_the_width_asked_for_and_its_own_shape(printed):
    assert drawn(printed, 1).size == (WIDTH, 1415)
    across, down = drawn(printed, 2).size
    assert across == WIDTH
    assert down == pytest.approx(WIDTH * 210 / 297, abs=2)


def test_nothing_is_marked_without_a_quote(printed):
    assert marked_lines(drawn(printed, 1)) == []


def test_the_words_are_marked_where_they_stand(printed):
    assert marked_lines(drawn(printed, 1, "Rents rose by twelve per cent.")) == [3]


def test_a_word_that_was_broken_at_the_line_end_is_found_whole(printed):
    assert marked_lines(drawn(printed, 1, "Ministers feared a backlash among their voters.")) == [
        1,
        2,
    ]


def test_words_that_are_not_on_the_page_mark_nothing(printed):
    assert marked_lines(drawn(printed, 1, "Nobody ever wrote this sentence down.")) == []


@pytest.mark.parametrize("page", [0, 3, -1, 10**6])
def test_a_page_that_is_not_there_is_a_breach(printed, page):
    assert isinstance(page_picture(printed, page), Breach)


def test_a_file_that_is_no_pdf_is_a_breach(tmp_path):
    path = tmp_path / "notes.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing that follows is a PDF")
    assert isinstance(page_picture(path, 1), Breach)
    assert isinstance(page_picture(tmp_path / "missing.pdf", 1), Breach)


def test_drawing_ends_at_its_limits(printed):
    assert isinstance(page_picture(printed, 1, limits=Limits(wall_seconds=0.01)), Breach)
    assert isinstance(page_picture(printed, 1, limits=Limits(output_bytes=100)), Breach)


def test_an_endless_page_is_drawn_smaller(tmp_path):
    pdf = FPDF(unit="pt", format=(10, 10_000))
    pdf.add_page()
    path = tmp_path / "ribbon.pdf"
    pdf.output(str(path))
    across, down = drawn(path, 1).size
    assert down <= 4 * WIDTH
    assert across >= 1


# Where a quote stands, on characters


def test_spaces_hyphens_and_ligatures_do_not_hide_a_quote():
    page = list("He said: o\ufb03cers came to-\r\nday, late.")
    ((first, end),) = ranges(page, "Officers came today")
    assert "".join(page[first:end]) == "o\ufb03cers came to-\r\nday"


def test_a_footnote_in_between_splits_a_quote_in_two():
    page = list("the twinning lasted a year. 12 Note below. and then it ended for good")
    found = ranges(page, "the twinning lasted a year and then it ended for good")
    assert ["".join(page[a:b]) for a, b in found] == [
        "the twinning lasted a year",
        "and then it ended for good",
    ]


@pytest.mark.parametrize("quote", ["", " … ", "quite other words altogether"])
def test_nothing_in_common_is_nowhere(quote):
    assert ranges(list("Rents rose."), quote) == []


# Pixels


def test_overlapping_marks_darken_no_pixel_twice():
    white = bytearray(b"\xff" * (3 * 6 * 2))
    mark(white, 18, [(0, 0, 4, 1), (2, 0, 5, 1)])
    yellow = bytes([255, 229, 114])
    assert bytes(white) == yellow * 5 + b"\xff" * 3 * 7


def test_spans_that_touch_become_one():
    assert joined([(5, 9), (0, 3), (3, 4), (6, 7), (8, 8)]) == [(0, 4), (5, 9)]


def test_rows_with_padding_make_a_whole_png():
    # 2 x 2 pixels, rows of 8 bytes of which 6 count.
    rows = bytearray(bytes([1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0]))
    picture = Image.open(io.BytesIO(png(rows, 2, 2, 8, 3)))
    assert list(picture.tobytes()) == list(range(1, 13))
