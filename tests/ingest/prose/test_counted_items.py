"""Items of a list that bare figures number."""

from __future__ import annotations

from ingest.prose.layout import chain_of
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, pieces_of

ITEMS = [
    "1 Number of visits in the north",
    "2 Cost of visits in the north and of",
    "the meals that the hosts have paid",
    "3 Delay of visits in the north",
]


def pieces(texts: list[str], last: float = 50) -> list[str]:
    """last: where the line that begins with 3 does, points."""
    lines = [
        Line(text, last if text[0] == "3" else 50, 250, 100 + 12 * n, 10)
        for n, text in enumerate(texts)
    ]
    found = pieces_of(chain_of(lines), 1, Norms(10, 1.2))
    return [" ".join(line.text for line in piece.lines) for piece in found]


def test_figures_that_count_on_begin_items() -> None:
    assert pieces(ITEMS) == [ITEMS[0], f"{ITEMS[1]} {ITEMS[2]}", ITEMS[3]]


def test_capitals_in_brackets_number_items_of_full_lines() -> None:
    items = [
        "(D) which registers may be joined and",
        "how; (E) stands for no item here",
        "(E) who pays",
    ]
    assert pieces(items) == [f"{items[0]} {items[1]}", items[2]]


def test_a_capital_in_brackets_within_a_sentence_begins_nothing() -> None:
    lines = [
        "a number of people of the towns",
        "(N) of 45 and in all the others",
        "(C) which nobody had read; and",
    ]
    assert pieces(lines) == [" ".join(lines)]
    assert pieces([*lines, "(D) who pays"]) == [" ".join(lines), "(D) who pays"]


def test_two_figures_or_such_as_do_not_count_on_begin_nothing() -> None:
    assert pieces(ITEMS[:3]) == [" ".join(ITEMS[:3])]
    assert pieces(ITEMS, last=63) == [" ".join(ITEMS)]
    skipped = [*ITEMS[:3], "4 Delay of visits in the north"]
    assert pieces(skipped) == [" ".join(skipped)]
