"""Lines of a page joined, chained and put in order, on lines made by hand."""

from dataclasses import replace

import pytest

from ingest.engines.sheets import Rule
from ingest.prose.layout import (
    chain_of,
    chains_of,
    column_starts,
    justified,
    parted_by_rules,
    whole_lines,
)
from ingest.prose.lines import Line
from ingest.prose.reading_order import in_reading_order


def line(
    text: str, x0: float, x1: float, base: float = 100.0, order: int = 0, size: float = 10.0
) -> Line:
    return Line(text, x0, x1, base, size, order=order)


def texts(lines: list[Line]) -> list[str]:
    return [one.text for one in lines]


def test_a_column_begins_where_four_lines_do() -> None:
    lines = [line("x", x0, x0 + 50) for x0 in (50, 50.4, 49.6, 50, 300, 300, 300)]
    assert column_starts(lines) == {50}


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        # The print is of 10 points.
        (line("They", 50, 80), line("met.", 105, 130, order=1), True),
        (line("They", 50, 80), line("met.", 106, 130, order=1), False),
        (line("They", 50, 80), line("met.", 105, 130, 103, 1), True),
        (line("They", 50, 80), line("met.", 105, 130, 104, 1), False),
        (line("They", 50, 80), line("met.", 105, 130, order=2), False),
        (line("They", 50, 80), line("met.", 77, 130, order=1), True),
        (line("They", 50, 80), line("met.", 76, 130, order=1), False),
        (line("They", 50, 80), line("met.", 105, 130, order=1, size=8), False),
        # Of two long pieces each is of a column of its own.
        (line("They", 50, 171), line("met.", 184, 305, order=1), False),
        (line("They", 50, 171), line("met.", 183, 305, order=1), True),
        (line("They", 50, 171), line("met.", 184, 303, order=1), True),
        (line("(iii)", 50, 70), line("met.", 140, 170, order=1), True),
        (line("(iii)", 50, 70), line("met.", 141, 170, order=1), False),
    ],
)
def test_what_is_near_on_one_line_is_joined(left: Line, right: Line, joined: bool) -> None:
    assert len(whole_lines([left, right])) == (1 if joined else 2)


def test_what_begins_a_column_is_joined_to_its_label_only() -> None:
    label, text = line("•", 85, 90), line("met.", 100, 130, order=1)
    assert texts(whole_lines([line("They", 50, 80), text], {100})) == ["They", "met."]
    assert texts(whole_lines([label, text], {100})) == ["• met."]


def test_a_joined_line_looks_as_most_of_it_does_and_an_item_as_its_text() -> None:
    long, short = line("They met in", 50, 100, order=3), line("Oslo", 105, 130, order=4, size=9)
    (one,) = whole_lines([long, short])
    assert (one.text, one.size, one.x0, one.x1, one.order) == ("They met in Oslo", 10, 50, 130, 3)
    (one,) = whole_lines([replace(short, x0=20, x1=45, order=2), long])
    assert one.size == 10
    heavy = replace(short, bold=True)
    (one,) = whole_lines([long, heavy])
    assert not one.bold
    (one,) = whole_lines([replace(long, bold=True), short])
    assert not one.bold
    (one,) = whole_lines([line("(viii)", 90, 101, order=3), heavy])
    assert (one.bold, one.size) == (True, 9)


def test_each_spread_line_is_joined_by_itself() -> None:
    upper = [line(text, 50 + 100 * n, 70 + 100 * n, 100, n) for n, text in enumerate("abc")]
    lower = [replace(one, base=112, order=3 + n) for n, one in enumerate(upper)]
    assert texts(justified([*upper, *lower])) == ["a b c", "a b c"]
    assert len(justified([upper[0], replace(upper[1], base=102.5), upper[2]])) == 3
    assert len(justified(upper[:2])) == 2


def test_a_number_between_two_texts_belongs_to_neither() -> None:
    number, right = line("38", 100, 106, 95, 0, 6), line("ibid.", 110, 130, 100, 2)
    assert texts(whole_lines([number, right])) == ["38 ibid."]
    left = line("as said", 50, 95, 100, 5)
    assert texts(whole_lines([number, right, left])) == ["38", "ibid.", "as said"]


CHAIN = chain_of([line(text, 50, 300, base) for text, base in (("a", 100), ("b", 112), ("c", 140))])


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (Rule(50, 124, 300, 124), ["ab", "c"]),
        (Rule(56, 124, 294, 124), ["ab", "c"]),
        (Rule(57, 124, 300, 124), ["abc"]),
        (Rule(50, 124, 293, 124), ["abc"]),
        (Rule(50, 124, 300, 124, drawn=False), ["abc"]),
        (Rule(40, 124, 310, 424), ["abc"]),
        # It underlines the second line, or strikes the third one through.
        (Rule(50, 114, 300, 114), ["abc"]),
        (Rule(50, 136, 300, 136), ["abc"]),
    ],
)
def test_a_rule_as_wide_as_the_column_parts_it(rule: Rule, parts: list[str]) -> None:
    found = parted_by_rules(CHAIN, [rule])
    assert ["".join(texts([*part.lines])) for part in found] == parts


def test_a_part_keeps_the_width_of_its_column() -> None:
    short = chain_of([CHAIN.lines[0], replace(CHAIN.lines[2], x1=120)])
    found = parted_by_rules(short, [Rule(50, 124, 300, 124)])
    assert [(part.x0, part.x1, part.bottom) for part in found] == [(50, 300, 102), (50, 300, 142)]


def test_lines_too_far_apart_are_two_chains() -> None:
    above = line("a", 50, 300, 100)
    assert len(chains_of([above, line("b", 50, 300, 135)])) == 1
    assert len(chains_of([above, line("b", 50, 300, 136)])) == 2
    # Two columns hang below neither of a line over both.
    assert len(chains_of([above, line("b", 50, 160, 112), line("c", 190, 300, 112)])) == 3


def test_more_than_150_chains_stay_as_the_content_has_them() -> None:
    many = [chain_of([line(str(n), 50, 300, 800 - 5 * n, n)]) for n in range(151)]
    assert [chain.order for chain in in_reading_order(many)] == [*range(151)]
    assert [chain.order for chain in in_reading_order(many[:150])] == [*range(149, -1, -1)]


def test_of_boxes_that_run_into_each_other_the_highest_comes_first() -> None:
    """Each is before the next by its height, and the last before the first by its side."""
    first = chain_of([line("a", 200, 300, base, 2) for base in (100, 112, 124)])
    second = chain_of([line("b", 100, 250, 112, 1)])
    third = chain_of([line("c", 0, 150, 124, 0)])
    assert in_reading_order([third, second, first]) == [first, second, third]


def under_a_caption(x0: float, x1: float, *, run_on: bool = False) -> list[str]:
    """Texts in reading order below a line of this reach, the left column headed by "Aims"."""
    caption = line("Table 1", x0, x1, 100, 0)
    left = [line("Aims", 50, 100, 124, 1), line("left", 50, 290, 138, 2)]
    right = [line("right", 310, 550, 124, 3), line("on", 310, 550, 138, 4)]
    above = [line("before", 50, 150, 98, 5)] if run_on else []
    chains = in_reading_order(chains_of([caption, *left, *right, *above]))
    return [one.text for chain in chains for one in chain.lines]


def test_a_caption_beside_a_short_heading_stands_over_both_columns() -> None:
    whole = ["Table 1", "Aims", "left", "right", "on"]
    assert under_a_caption(228, 367) == whole
    # It begins with the right column: it is its caption; so it is with the same middle.
    assert under_a_caption(310, 400) == ["Aims", "left", "Table 1", "right", "on"]
    assert under_a_caption(268, 592) == ["Table 1", "right", "on", "Aims", "left"]


def test_a_caption_beside_the_middle_of_a_column_belongs_to_its_own() -> None:
    expected = ["before", "Aims", "left", "Table 1", "right", "on"]
    assert under_a_caption(300, 340, run_on=True) == expected
