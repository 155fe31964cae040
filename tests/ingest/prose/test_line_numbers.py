"""Numbers in the margin that count the lines, and figures that only look like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.prose.line_numbers import without_line_numbers
from ingest.prose.lines import Line
from ingest.records import Page

Reader = Callable[[FPDF], tuple[Page, ...]]

TEXT = " ".join(BODY)


def line(text: str, x0: float, base: float) -> Line:
    return Line(text, x0, x0 + 5.0 * len(text), base, 10.0)


def page(numbers: dict[int, int], texts: list[str], at: float = 30) -> list[Line]:
    """Lines 15 points apart from 100 on, some of them with a number beside them."""
    return [
        one
        for place, text in enumerate(texts)
        for one in (
            *(line(str(numbers[n]), at, 100 + 15 * place) for n in [place] if n in numbers),
            line(text, 60, 100 + 15 * place),
        )
    ]


def figures(pages: list[list[Line]]) -> list[list[str]]:
    kept = without_line_numbers(pages)
    return [[one.text for one in lines if one.text.isdigit()] for lines in kept]


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_are_no_text_of_theirs(read: Reader, step: int) -> None:
    pdf = new_pdf(2)
    for number in range(2):
        pdf.page = number + 1
        # Six paragraphs of six lines on each page, 14 points from line to line.
        for place, text in enumerate(BODY * 6):
            top = 120 + 14 * place + 8 * (place // 6)
            if (place + 1) % step == 0:
                put(pdf, 40, top, [str(36 * number + place + 1)], 8)
            put(pdf, 72, top, [text])
    blocks = [block.text for one in read(pdf) for block in one.blocks]
    assert blocks == [TEXT] * 12


def test_a_numbered_list_among_prose_keeps_its_numbers_in_the_margin() -> None:
    listed = page({n: n - 9 for n in range(10, 22)}, BODY * 6)
    assert figures([listed]) == [[str(n) for n in range(1, 13)]]
    # All rows of the page but its heading are numbered, in steps of five.
    assert figures([page({n: n for n in range(5, 36, 5)}, BODY * 6)] * 2) == [[], []]


def test_a_last_page_of_few_numbered_lines_has_its_numbers_taken_too() -> None:
    full = page({n: n + 1 for n in range(18)}, BODY * 3)
    last = page({0: 19, 1: 20}, BODY[:2])
    assert figures([full, last]) == [[], []]
    # In the other margin a figure counts something else.
    assert figures([full, page({0: 19, 1: 20}, BODY[:2], at=400)]) == [[], ["19", "20"]]


def test_raised_figures_count_nothing() -> None:
    marks = [line("²", 30, 100 + 15 * n) for n in range(12)]
    lines = [*marks, *page({}, BODY * 2)]
    assert without_line_numbers([lines]) == [lines]


def test_numbers_of_items_of_rows_and_of_paragraphs_stay() -> None:
    items = [f"The ministry of town {n} sends officials" for n in range(12)]
    counted = [str(n + 1) for n in range(12)]
    assert figures([page({n: n + 1 for n in range(12)}, items)]) == [counted]
    rows = page({n: n + 1 for n in range(12)}, BODY * 2)
    beside = [line("in all of the towns", 400, 100 + 15 * n) for n in range(12)]
    assert figures([[*rows, *beside]]) == [counted]
    # Every fourth line opens a paragraph.
    paragraphs = page({4 * n: n + 1 for n in range(12)}, BODY * 8)
    assert figures([paragraphs]) == [counted]
    few = page({n: n + 1 for n in range(9)}, BODY * 2)
    assert figures([few]) == [counted[:9]]
    amid = page({n: n + 1 for n in range(12)}, BODY * 2, at=200)
    assert figures([amid]) == [counted]
    # They count by chance: an uneven step is no step.
    years = page({n: n * n + 1 for n in range(12)}, BODY * 2)
    assert figures([years]) == [[str(n * n + 1) for n in range(12)]]
