"""Notes at the foot of pages that look like running feet, and running feet that look like notes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.prose.furniture import without_furniture
from ingest.prose.lines import Line

HEIGHT = 800.0


def foot(text: str, base: float, x0: float = 60) -> Line:
    return Line(text, x0, 300, base, 8.0)


def kept(pages: Sequence[Sequence[Line]]) -> list[list[str]]:
    """What is kept of the feet of pages that each have a line of text."""
    text = [Line(f"It was {n} in the end.", 60, 400, 300, 10.0) for n in range(len(pages))]
    whole = [[text[n], *lines] for n, lines in enumerate(pages)]
    return [
        [one.text for one in page if one.size < 10]
        for page in without_furniture(whole, [HEIGHT] * len(pages))
    ]


TOWNS = ["Arl", "Beck", "Colm", "Dorn"]


@pytest.mark.parametrize(("gap", "stays"), [(14, True), (36, False)])
def test_a_running_foot_with_the_page_number_is_told_from_a_note_by_the_white_above_it(
    gap: float, stays: bool
) -> None:
    pages = [
        [foot(f"{n} Letter of {town}.", 770 - gap), foot(f"{n + 1} Journal of Towns", 770)]
        for n, town in enumerate(TOWNS)
    ]
    expected = [[pages[n][0].text, *[pages[n][1].text] * stays] for n in range(len(TOWNS))]
    assert kept(pages) == expected


@pytest.mark.parametrize("second", ["www.example.org", "page 3 of 9", "the journal of towns"])
def test_the_second_line_of_a_running_foot_is_no_end_of_a_note(second: str) -> None:
    pages = [[foot(f"On {town} and its towns", 760), foot(second, 770)] for town in TOWNS]
    assert kept(pages) == [[page[0].text] for page in pages]


def test_the_last_line_of_a_note_of_several_lines_stays() -> None:
    pages = [
        [
            foot(f"{n + 1} Letter of {town}, which was", 750),
            foot(f"copied in {town} (last", 760),
            foot("accessed 3 May)", 770),
        ]
        for n, town in enumerate(TOWNS)
    ]
    assert kept(pages) == [[line.text for line in page] for page in pages]


def test_a_page_number_below_a_note_is_none_of_its_lines() -> None:
    pages = [
        [foot(f"{n + 1} Letter of {town}", 760), foot(f"page {n + 1} of 4", 770)]
        for n, town in enumerate(TOWNS)
    ]
    assert kept(pages) == [[page[0].text] for page in pages]
