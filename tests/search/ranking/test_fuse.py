from dataclasses import replace

import pytest

from ingest.records import BlockKind
from search.ranking.fuse import AMOUNT, ASKING, CITING, FOOTNOTE, JUNK, ranked, score
from search.records import Candidate


def candidate(number: int, *parts: float) -> Candidate:
    return Candidate(number, *parts, start=0, end=1)


def test_score_by_hand() -> None:
    # (1*.6 + .5*.8 + .5*.4 + .2*.5 + .2*.2) / 2.4 = 1.34 / 2.4
    assert score(candidate(1, 0.6, 0.8, 0.4, 0.5, 0.2)) == pytest.approx(1.34 / 2.4)


def test_score_stays_between_nought_and_one() -> None:
    assert score(candidate(1, -0.3, -0.1, 0.0, 0.0, 0.0)) == 0.0
    assert score(candidate(1, 1.0, 1.0, 1.0, 1.0, 1.0)) == pytest.approx(1.0)


def test_a_heading_that_is_all_that_is_asked_for_gives_three_fifths_of_what_is_lacking() -> None:
    plain = candidate(1, 0.6, 0.6, 0.6, 0.6, 0.6)
    assert score(replace(plain, headed=1.0)) == pytest.approx(0.6 + 0.6 * 0.4)
    assert score(replace(plain, headed=0.5)) == pytest.approx(0.6 + 0.6 * 0.5 * 0.4)
    nothing_lacks = replace(candidate(1, 1.0, 1.0, 1.0, 1.0, 1.0), headed=1.0)
    assert score(nothing_lacks) == pytest.approx(1.0)


def test_best_first_and_ties_in_the_order_of_the_library() -> None:
    low, tie = candidate(2, 0.1, 0.1, 0, 0, 0), [candidate(n, 0.5, 0.5, 0, 0, 0) for n in (9, 4)]
    assert [c.number for c, _ in ranked([low, *tie])] == [4, 9, 2]


def test_a_contents_page_ranks_below_a_weaker_passage_of_substance() -> None:
    strong, weak = candidate(1, 0.8, 0.8, 0.8, 0.8, 0.8), candidate(2, 0.6, 0.6, 0.6, 0.6, 0.6)
    junk = replace(strong, kind=BlockKind.CONTENTS)
    assert score(junk) == pytest.approx(0.8 * JUNK)
    assert [c.number for c, _ in ranked([strong, weak])] == [1, 2]
    assert [c.number for c, _ in ranked([junk, weak])] == [2, 1]


def test_what_lacks_the_amount_asked_for_ranks_below_what_is_as_near() -> None:
    lacking, told, weak = (candidate(n, *[part] * 5) for n, part in ((1, 0.6), (2, 0.6), (3, 0.5)))
    lacking = replace(lacking, lacking=True)
    assert score(lacking) == pytest.approx(0.6 * AMOUNT)
    assert [c.number for c, _ in ranked([lacking, told, weak])] == [2, 1, 3]


def test_a_quote_that_asks_ranks_below_one_that_says_as_much() -> None:
    asks, says, weak = (candidate(n, *[part] * 5) for n, part in ((1, 0.6), (2, 0.6), (3, 0.5)))
    asks = replace(asks, asking=True)
    assert score(asks) == pytest.approx(0.6 * ASKING)
    assert [c.number for c, _ in ranked([asks, says, weak])] == [2, 1, 3]


def test_a_footnote_ranks_below_a_paragraph_that_is_as_near_and_above_weaker_ones() -> None:
    note, same, weak = (candidate(n, *[part] * 5) for n, part in ((1, 0.6), (2, 0.6), (3, 0.5)))
    note = replace(note, kind=BlockKind.FOOTNOTE)
    assert score(note) == pytest.approx(0.6 * FOOTNOTE)
    assert [c.number for c, _ in ranked([note, same, weak])] == [2, 1, 3]


def test_a_footnote_that_only_cites_ranks_below_one_that_says_something() -> None:
    source, said, weak = (candidate(n, *[part] * 5) for n, part in ((1, 0.6), (2, 0.6), (3, 0.5)))
    said = replace(said, kind=BlockKind.FOOTNOTE)
    source = replace(source, kind=BlockKind.FOOTNOTE, citing=True)
    assert score(source) == pytest.approx(0.6 * CITING)
    assert [c.number for c, _ in ranked([source, said, weak])] == [2, 1, 3]


def test_what_holds_the_quoted_words_ranks_before_what_does_not() -> None:
    strong = replace(candidate(1, 0.9, 0.9, 0.9, 0.9, 0.9), quoted=False)
    form = replace(candidate(2, 0.9, 0.9, 0.9, 0.9, 0.9), quoted=True)
    weak = replace(candidate(3, 0.1, 0.1, 0.1, 0.1, 0.1), quoted=True, as_written=True)
    assert score(strong) == pytest.approx(0.45)
    assert score(form) == pytest.approx(0.725)
    assert score(weak) == pytest.approx(0.775)
    assert [c.number for c, _ in ranked([strong, form, weak])] == [3, 2, 1]
