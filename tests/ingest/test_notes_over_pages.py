"""Footnotes that a page end cuts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.records import BlockKind, Page

Reader = Callable[[FPDF], tuple[Page, ...]]

NUMBERS = ("1", "4", "5")
LONG = [
    "4 The agency of the second town trained new staff in the spring and in the autumn, which",
    "cost it little; the steering group of the third town did so for all four towns, which took",
]
ENDED = [
    LONG[0],
    "cost it little; the steering group of the third town did so for all of the four towns.",
]


def notes_over_a_page(read: Reader, first: list[str], *second: str) -> list[str]:
    """Notes of two pages of text: one on the first, `second` on the next."""
    pdf = new_pdf(2)
    for page, notes in enumerate([first, second], start=1):
        pdf.page = page
        put(pdf, 60, 80, BODY * 6)
        pdf.line(60, 690, 200, 690)
        for n, note in enumerate(notes):
            number, _, text = note.partition(" ")
            raised = number in NUMBERS
            put(pdf, 60, 704 + 9.6 * n - 3 * raised, [number], 8 - 3 * raised)
            put(pdf, 60 + pdf.get_string_width(f"{number} "), 704 + 9.6 * n, [text], 8)
    return [
        block.text
        for page in read(pdf)
        for block in page.blocks
        if block.kind is BlockKind.FOOTNOTE
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "172 hours. Officials of the fourth town were trained there too, and went on to teach.",
        "Anna Berg a year. Officials of the fourth town were trained there too.",
        "a whole year. Officials of the fourth town were trained there too.",
    ],
)
@pytest.mark.parametrize("behind", ["5 Guests of the first town wrote this down.", ""])
def test_a_note_broken_off_in_a_full_line_goes_on_with_whatever_comes(
    read: Reader, rest: str, behind: str
) -> None:
    after = [behind] if behind else []
    assert notes_over_a_page(read, LONG, rest, *after) == [" ".join([*LONG, rest]), *after]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, "5 Guests of the first town wrote this down."),
        # They count from 1 on each page.
        (LONG, "1 Guests of the first town wrote this down."),
        (ENDED, "172 hours. Officials of the fourth town were trained there too."),
        ([LONG[0], "cost it what the towns paid"], "172 hours were spent there by the officials."),
    ],
)
def test_a_note_that_counts_on_or_follows_an_ended_one_stays(
    read: Reader, first: list[str], second: str
) -> None:
    assert notes_over_a_page(read, first, second) == [" ".join(first), second]


def test_a_note_before_one_that_does_not_count_on_stays(read: Reader) -> None:
    behind = "173 Guests of the second town did not."
    second = "172 Guests of the first town wrote this down for the others."
    assert notes_over_a_page(read, LONG, second, behind) == [" ".join(LONG), second, behind]
