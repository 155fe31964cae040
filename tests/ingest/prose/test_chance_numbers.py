"""Numbers and letters that begin a line by chance, in a full column of text."""

from __future__ import annotations

import pytest

from ingest.prose.layout import chain_of
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, pieces_of


def items(*rows: str, x0: float = 50.0, x1: float = 450.0) -> list[bool]:
    """Of each piece of some full lines, whether it is an item of a list."""
    lines = [Line(text, x0, x1, 100 + 12 * n, 10.0) for n, text in enumerate(rows)]
    return [piece.list_item for piece in pieces_of(chain_of(lines), 1, Norms(10.0, 1.2))]


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ("and is what the towns had asked for (vgl. Abb.", "40) lag es an den Leuten."),
        ("and is what the towns had asked for (see the list", "3) as they all said."),
        ("und die Leute kamen dort schon am", "3. März 2012 zusammen."),
        ("und die Leute kamen dort schon seit", "3. März 2012 zusammen."),
        ("was in die zweite und die", "3. Phase fiel, war mehr."),
        ("what is told in the article of Frost, vol.", "12. It was long."),
    ],
)
def test_a_number_that_the_line_above_leads_to_begins_no_item(last: str, line: str) -> None:
    assert items("The visits were held in spring, and this was new,", last, line) == [False]


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ("what the towns had asked for was this:", "1) wells that hold water"),
        ("what the towns (all of them) had asked for was this:", "1) wells that hold water"),
        ("and nobody had come to the meeting in the town.", "3. Wells were dug in spring."),
    ],
)
def test_other_numbers_begin_items(last: str, line: str) -> None:
    assert items("The visits were held in spring, and this was new,", last, line) == [False, True]


def test_numbers_of_items_stay_below_an_hour_and_a_line_with_room() -> None:
    assert items("1. The first meeting opens at 9 am", "2. The second opens at 10") == [True, True]
    # A day below a line of a title page, and an item below one that is short.
    wide = Line("What is told on the pages that follow", 50, 450, 100, 10.0)
    for last, line in (("Version 3", "8. Mai 2018"), ("Told by Smith, vol.", "2. Wells")):
        lines = [wide, Line(last, 50, 130, 112, 10.0), Line(line, 50, 110, 124, 10.0)]
        pieces = pieces_of(chain_of(lines), 1, Norms(10.0, 1.2))
        assert [one.text for one in pieces[-1].lines] == [line]


FULL = ("The visits were held in spring, and this was new,", "as a teacher said in meeting")


def test_a_number_may_end_the_sentence_of_the_line_above() -> None:
    assert items(*FULL, "20. Nobody else had said it.") == [False]
    # Another item counts on; no line of text stands above the one before it.
    assert items(*FULL, "20. Nobody else had said it.", "21. All agreed.") == [False, True, True]
    assert items(FULL[1], "20. Nobody else had said it.") == [False, True]


PORTUGUESE = ("Os serviços que o município paga ficam longe", "das aldeias, e assim todo")


def test_the_article_o_begins_a_line_and_no_item() -> None:
    assert items(*PORTUGUESE, "o relatório fala de custos.") == [False]


def test_a_column_may_open_with_the_article_o() -> None:
    assert items("o relatório fala de custos, e o município", "paga o resto.") == [False]


def test_an_o_is_a_bullet_where_no_line_has_the_word() -> None:
    said = "The towns asked for these, as the team had said in"
    assert items(said, "o wells that hold water and") == [False, True]


def test_an_o_behind_a_sentence_is_a_bullet_though_the_text_has_the_word() -> None:
    assert items(*PORTUGUESE[:1], "das aldeias:", "o relatório de custos") == [False, True]
