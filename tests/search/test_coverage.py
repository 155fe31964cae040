import numpy as np
import pytest

from search.coverage import Asked, coverage, pair_coverage

ASKED = Asked(("study", "visit", "of", "visit"), {"study": 3.0, "visit": 2.0, "of": 0.1})


def flags(*rows: list[int]) -> np.ndarray:
    return np.array(rows, dtype=np.bool_)


def test_coverage_by_hand() -> None:
    held = coverage(ASKED, flags([0, 1, 1], [1, 1, 1], [0, 0, 0]))
    assert held.tolist() == pytest.approx([2.1 / 5.1, 1.0, 0.0])


def test_pair_coverage_by_hand() -> None:
    assert ASKED.pairs == (("study", "visit"), ("visit", "of"), ("of", "visit"))
    # they weigh 5, 2.1 and 2.1; the first text has the first only
    held = pair_coverage(ASKED, flags([1, 0, 0], [0, 0, 0]))
    assert held.tolist() == pytest.approx([5 / 9.2, 0.0])


def test_a_question_without_terms_or_pairs() -> None:
    assert coverage(Asked((), {}), np.zeros((2, 0), dtype=np.bool_)).tolist() == [0.0, 0.0]
    one = Asked(("x",), {"x": 1.0})
    assert one.pairs == ()
    assert pair_coverage(one, np.zeros((1, 0), dtype=np.bool_)).tolist() == [0.0]
