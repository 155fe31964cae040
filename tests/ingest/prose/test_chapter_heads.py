"""Running heads that say the chapter, on pages of lines made by hand, 842 points high."""

import pytest

from ingest.prose.furniture import without_furniture
from ingest.prose.lines import Line

HEIGHT = 842.0
TEXT = ["The visits took place in spring.", "Nobody had thought of the costs."]


def line(text: str, base: float, size: float = 11.0) -> Line:
    return Line(text, 50.0, 50.0 + 5 * len(text), base, size)


def page(*edge: Line) -> list[Line]:
    body = [line(text, 300.0 + 13 * place) for place, text in enumerate(TEXT)]
    return sorted([*edge, *body], key=lambda one: one.base)


def kept(pages: list[list[Line]]) -> list[list[str]]:
    """What stays of each page beside the two lines of its text.

    Of a paper of up to four pages two alike are furniture in any case: five others follow.
    """
    left = without_furniture([*pages, *[page()] * 5], [HEIGHT] * (len(pages) + 5))
    return [[one.text for one in lines if one.text not in TEXT] for lines in left[: len(pages)]]


TITLE = line("2 Funding of the visits", 120, 18)


@pytest.mark.parametrize(
    "head",
    [
        line("2 Funding of the visits", 40, 9),
        line("CHAPTER 2. FUNDING OF THE VISITS 13", 40, 9),
        line("Funding of the visits", 800, 9),
    ],
)
def test_a_chapter_of_three_pages_has_its_head_on_two_and_loses_it(head: Line) -> None:
    assert kept([page(TITLE), page(head), page(), page(head)]) == [[TITLE.text], [], [], []]


def test_the_head_of_the_page_on_which_the_chapter_begins_goes_too() -> None:
    head = line("2 Funding of the visits", 40, 9)
    assert kept([page(head, TITLE), page(), page(head)]) == [[TITLE.text], [], []]


def test_heads_of_two_chapters_hold_each_other_up() -> None:
    other = line("3 Lessons for the next round", 120, 18)
    pages = [
        page(TITLE),
        page(line(TITLE.text, 40, 9)),
        page(other),
        page(line(other.text, 40, 9)),
    ]
    assert kept(pages) == [[TITLE.text], [], [other.text], []]


def test_a_head_says_a_heading_of_two_lines() -> None:
    title = [line("Lessons for the visits", 120, 18), line("of the coming years", 142, 18)]
    head = line("Lessons for the visits of the coming years", 40, 9)
    assert kept([page(*title), page(head), page(head)])[1:] == [[], []]


HEAD = line("2 Funding of the visits", 40, 9)


@pytest.mark.parametrize(
    "pages",
    [
        [page(TITLE), page(HEAD), page(), page()],
        [page(TITLE), page(HEAD), *[page()] * 5, page(HEAD)],
        [page(HEAD), page(), page(HEAD), page(TITLE)],
        [page(line(TITLE.text, 120, 9.5)), page(HEAD), page(), page(HEAD)],
        [page(TITLE), page(HEAD), page(), page(line(HEAD.text, 60, 9))],
        [page(TITLE), *[page(line("A title", 30), HEAD), page(line("A name", 30), HEAD)]],
        [page(TITLE), *[page(line(HEAD.text, 90, 9))] * 2],
        [page(line("2 Costs", 120, 18)), page(line("2 Costs", 40, 9)), page(line("Costs", 40, 9))],
    ],
    ids=[
        "once",
        "seven on",
        "before",
        "no larger",
        "another height",
        "not outermost",
        "too low",
        "short",
    ],
)
def test_what_is_no_head_of_a_chapter_stays(pages: list[list[Line]]) -> None:
    said = [[one.text for one in lines if one.text not in TEXT] for lines in pages]
    assert kept(pages) == said


@pytest.mark.parametrize(
    ("base", "size", "bold", "stays"),
    [
        (40, 11, False, False),
        (40, 11, True, True),
        (40, 12, False, True),
        (40, 9, True, False),
        # The text goes on 13 points below; 16 are the most within a text.
        (67, 9, False, True),
        (66, 9, False, True),
        (60, 9, False, False),
    ],
)
def test_a_heading_or_the_first_line_of_a_text_is_no_head(
    base: float, size: float, bold: bool, stays: bool
) -> None:
    first = Line(TITLE.text, 50.0, 165.0, base, size, bold)
    text = [line("It was more than the towns had asked for.", 80 + 13 * n) for n in range(9)]
    under = [first, *text]
    found = kept([page(TITLE), under, under])
    assert [TITLE.text in lines for lines in found] == [True, stays, stays]
