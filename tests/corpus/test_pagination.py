"""Strips on pages, with positions worked by hand. The frame is 100 points high."""

from dataclasses import replace

import pytest

from corpus.press.pagination import (
    NOTE_RULE_GAP,
    REGION_GAP,
    Frame,
    RuledLine,
    Strip,
    TooTallError,
    paginate,
)
from corpus.press.typography import Face, GlyphRun

ONE = Frame(left=10, top=0, width=200, bottom=100)
TWO = Frame(left=10, top=0, width=200, bottom=100, columns=2, gutter=20)
NOTE_RULE = RuledLine(0, 0, 50, 1, "#000000")


def strip(name, height=20.0, **more):
    run = GlyphRun(0, 0, 0, name, Face.SERIF, 10, "#000000")
    return Strip(height, runs=(run,), **more)


def laid_out(strips, frame=ONE, notes=None):
    """Name, x and y of each strip, page by page."""
    pages = paginate(strips, notes or {}, frame, NOTE_RULE)
    return [
        [(placed.strip.runs[0].text, placed.x, placed.y) for placed in page if placed.strip.runs]
        for page in pages
    ]


def names(pages):
    return ["".join(name for name, _, _ in page) for page in pages]


def test_strips_fill_a_page_and_go_on_to_the_next():
    pages = laid_out([strip(name) for name in "abcdefg"])
    assert names(pages) == ["abcde", "fg"]
    assert pages[0][1] == ("b", 10, 20)
    assert pages[1][0] == ("f", 10, 0)


def test_the_larger_space_wins_and_none_stands_at_the_head_of_a_page():
    strips = [
        strip("a", space_before=9, space_after=4),
        strip("b", 50, space_before=6),
        strip("c", 30, space_before=1),
    ]
    assert laid_out(strips) == [[("a", 10, 0), ("b", 10, 26)], [("c", 10, 0)]]


def test_kept_strips_move_together():
    strips = [strip(name) for name in "abcdef"]
    strips[3] = replace(strips[3], keep=True)
    strips[4] = replace(strips[4], keep=True)
    assert names(laid_out(strips)) == ["abc", "def"]


def test_a_footnote_takes_room_on_the_page_that_refers_to_it():
    strips = [strip(name) for name in "abcde"]
    strips[1] = replace(strips[1], notes=(1,))
    strips[3] = replace(strips[3], notes=(1,))
    pages = laid_out(strips, notes={1: strip("n", 10)})
    # 100 less the note's 10 and its gap leaves room for three strips of 20, not for four.
    assert NOTE_RULE_GAP == 14
    assert names(pages) == ["abcn", "den"]
    assert pages[0][-1] == ("n", 10, 90)


def test_footnotes_of_a_page_stand_in_order_above_its_foot():
    strips = [strip("a", notes=(2,)), strip("b", notes=(1,))]
    pages = laid_out(strips, notes={1: strip("m", 10), 2: strip("n", 15)})
    assert pages[0][-2:] == [("m", 10, 75), ("n", 10, 85)]


def test_columns_of_the_last_page_are_balanced():
    pages = laid_out([strip(name) for name in "abcd"], TWO)
    # Two columns of 90 and a gutter of 20.
    assert pages == [[("a", 10, 0), ("b", 10, 20), ("c", 120, 0), ("d", 120, 20)]]


def test_full_columns_go_on_to_the_next_page():
    pages = laid_out([strip(name) for name in "abcdefghijkl"], TWO)
    assert names(pages) == ["abcdefghij", "kl"]
    assert pages[0][5] == ("f", 120, 0)


def test_what_spans_stands_between_balanced_columns_with_the_heading_kept_to_it():
    strips = [*"abcdHtef"]
    flow = [strip(name, 10, keep=name == "H", spans=name == "t") for name in strips]
    pages = laid_out(flow, replace(TWO, bottom=200))
    assert REGION_GAP == 12
    assert pages == [
        [
            ("a", 10, 0),
            ("b", 10, 10),
            ("c", 120, 0),
            ("d", 120, 10),
            ("H", 10, 32),
            ("t", 10, 42),
            ("e", 10, 64),
            ("f", 120, 64),
        ]
    ]


def test_what_is_repeated_stands_at_the_head_of_each_column_it_goes_on_in():
    header = strip("h", 10, keep=True)
    rows = [strip(name, repeated=(header,)) for name in "abcde"]
    assert names(laid_out([header, *rows])) == ["habcd", "he"]


def test_what_is_taller_than_a_page_is_refused_with_its_first_words():
    with pytest.raises(TooTallError, match="more than a page high: 'tower'"):
        paginate([strip("a"), strip("tower", 101)], {}, ONE, NOTE_RULE)
