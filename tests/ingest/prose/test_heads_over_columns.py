"""Headings over two columns that are no wider than one of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.prose.heads_over_columns import bands_of, heads_over_columns
from ingest.prose.layout import chain_of
from ingest.prose.lines import Line


def column(x0: float, first: float, count: int) -> list[Line]:
    """Full lines 13 points apart, 210 points wide."""
    return [
        Line("What was seen there in the spring of that year.", x0, x0 + 210, first + 13 * n, 10.0)
        for n in range(count)
    ]


HEAD = Line("Ownership by towns", 60, 190, 250, 14.0, bold=True)
ABOVE = [*column(60, 100, 9), *column(300, 100, 8)]
BELOW = [*column(60, 275, 6), *column(300, 276.4, 6)]


def test_it_parts_both_columns_and_is_as_wide_as_they_are() -> None:
    lines = [*ABOVE, HEAD, *BELOW]
    heads = heads_over_columns(lines, [])
    assert [(head.lines, head.x0, head.x1) for head in heads] == [((HEAD,), 60, 510)]
    assert bands_of(lines, heads) == [ABOVE, BELOW]


def test_a_heading_of_two_lines_is_one() -> None:
    first = Line("Ownership by towns, and", 60, 190, 233, 14.0, bold=True)
    lines = [*column(60, 100, 8), *column(300, 100, 7), first, HEAD, *BELOW]
    assert [head.lines for head in heads_over_columns(lines, [])] == [(first, HEAD)]


def test_a_heading_right_above_another_parts_the_columns_too() -> None:
    larger = Line("Towns", 60, 120, 230, 16.0, bold=True)
    lines = [*column(60, 100, 8), *column(300, 100, 8), larger, HEAD, *BELOW]
    assert [head.lines for head in heads_over_columns(lines, [])] == [(larger,), (HEAD,)]
    # Text beside it: it is its column's.
    lines = [*column(60, 100, 8), *column(300, 100, 11), larger, HEAD, *BELOW]
    assert [head.lines for head in heads_over_columns(lines, [])] == [(HEAD,)]


def test_a_text_in_large_print_right_above_a_heading_is_none() -> None:
    large = [Line("Of all the towns,", 60, 190, 185 + 15 * n, 14.5) for n in range(4)]
    above = [*column(60, 40, 11), *column(300, 40, 11)]
    heads = heads_over_columns([*above, *large, HEAD, *BELOW], [])
    assert [head.lines for head in heads] == [(HEAD,)]
    heads = heads_over_columns([*above, *large[1:], HEAD, *BELOW], [])
    assert [head.lines for head in heads] == [tuple(large[1:]), (HEAD,)]


@pytest.mark.parametrize(("end", "count"), [("", 1), ("?", 1), (".", 0), (":", 0)])
def test_a_sentence_above_columns_of_smaller_print_is_no_heading(end: str, count: int) -> None:
    head = replace(HEAD, text=f"Who owned the wells{end}")
    assert len(heads_over_columns([*ABOVE, head, *BELOW], [])) == count


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*column(60, 100, 9), HEAD, *column(60, 275, 6), *column(300, 100, 19)], "text beside it"),
        ([*ABOVE, HEAD, *column(60, 275, 6), *column(300, 285, 6)], "begin at two heights"),
        ([*column(60, 100, 9), *column(300, 40, 1), HEAD, *BELOW], "a picture beside it"),
        ([*column(60, 100, 9), HEAD, *BELOW], "no column above"),
        ([*ABOVE, HEAD, *column(60, 275, 6)], "no column below"),
    ],
)
def test_the_heading_of_one_column_parts_only_that(lines: list[Line], why: str) -> None:
    assert heads_over_columns(lines, []) == [], why


def test_beside_a_table_it_parts_only_its_column() -> None:
    table = chain_of([Line("Wells: 12", 300, 400, 245, 9.0)])
    assert heads_over_columns([*ABOVE, HEAD, *BELOW], [table]) == []
