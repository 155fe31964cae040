from dataclasses import replace
from typing import Any

import pytest

from ingest.records import BlockKind
from search.ranking.fuse import ranked, score
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


NOTE = BlockKind.FOOTNOTE


@pytest.mark.parametrize(
    ("about", "kept"),
    [
        ({"lacking": True}, 0.93),  # the amount that is asked for
        ({"nameless": True}, 0.97),  # somebody is asked for
        ({"asking": True}, 0.9),
        ({"kind": NOTE}, 0.95),
        ({"kind": NOTE, "citing": True}, 0.85),
        ({"kind": BlockKind.CONTENTS}, 0.7),
        ({"lacking": True, "nameless": True, "asking": True, "kind": NOTE}, 0.93 * 0.97 * 0.855),
    ],
)
def test_what_answers_less_well_keeps_a_part_of_its_score(
    about: dict[str, Any], kept: float
) -> None:
    plain, as_near = candidate(1, *[0.8] * 5), candidate(2, *[0.8] * 5)
    lower, weak = replace(plain, **about), candidate(3, *[0.5] * 5)
    assert score(lower) == pytest.approx(0.8 * kept)
    assert [c.number for c, _ in ranked([plain, as_near, weak])] == [1, 2, 3]
    assert [c.number for c, _ in ranked([lower, as_near, weak])] == [2, 1, 3]


def test_what_holds_the_quoted_words_ranks_before_what_does_not() -> None:
    strong = replace(candidate(1, 0.9, 0.9, 0.9, 0.9, 0.9), quoted=False)
    form = replace(candidate(2, 0.9, 0.9, 0.9, 0.9, 0.9), quoted=True)
    weak = replace(candidate(3, 0.1, 0.1, 0.1, 0.1, 0.1), quoted=True, as_written=True)
    assert score(strong) == pytest.approx(0.45)
    assert score(form) == pytest.approx(0.725)
    assert score(weak) == pytest.approx(0.775)
    assert [c.number for c, _ in ranked([strong, form, weak])] == [3, 2, 1]
