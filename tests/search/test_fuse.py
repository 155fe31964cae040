import pytest

from search.fuse import MEANING_SHARE, fused, meaning, ranked, scaled
from search.records import Candidate


def candidate(number: int, closeness: float, window: float, words: float) -> Candidate:
    return Candidate(number, closeness, window, words, 0, 1)


def test_meaning_is_the_mean_of_passage_and_best_window() -> None:
    assert meaning(candidate(1, 0.4, 0.6, 0)) == pytest.approx(0.5)


def test_scaled_by_hand() -> None:
    assert scaled([2.0, 3.0, 6.0], 2.0, 6.0).tolist() == [0.0, 0.25, 1.0]
    assert scaled([1.0, 9.0], 2.0, 6.0).tolist() == [0.0, 1.0]


def test_scaled_without_a_range_is_nought() -> None:
    assert scaled([5.0, 5.0], 5.0, 5.0).tolist() == [0.0, 0.0]


def test_fused_by_hand() -> None:
    found = [
        candidate(1, 0.6, 0.8, 2.0),  # meaning .7, the highest -> 1; words 2 of 8 -> .25
        candidate(2, 0.4, 0.6, 8.0),  # meaning .5, half way up -> .5; words 8 of 8 -> 1
        candidate(3, 0.2, 0.4, 0.0),  # meaning .3, the lowest -> 0; no words -> 0
    ]
    m = MEANING_SHARE
    assert fused(found).tolist() == pytest.approx([m + (1 - m) / 4, m / 2 + (1 - m), 0.0])


def test_scores_stay_between_nought_and_one() -> None:
    scores = fused([candidate(1, -0.3, -0.1, 0.0), candidate(2, 1.0, 1.0, 30.0)])
    assert (scores.min(), scores.max()) == (0.0, 1.0)


def test_nothing_to_fuse() -> None:
    assert fused([]).tolist() == []


def test_equal_scores_keep_the_order_of_the_library() -> None:
    found = [candidate(9, 0.5, 0.5, 1.0), candidate(4, 0.5, 0.5, 1.0)]
    assert [c.number for c, _ in ranked(found, fused(found))] == [4, 9]
