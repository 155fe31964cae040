import pytest

from search.coverage import Asked, coverage, pair_coverage

ASKED = Asked(("study", "visit", "of", "visit"), {"study": 3.0, "visit": 2.0, "of": 0.1})


def test_coverage_by_hand() -> None:
    assert coverage(ASKED, {"visit", "of", "other"}) == pytest.approx(2.1 / 5.1)
    assert coverage(ASKED, {"study", "visit", "of"}) == pytest.approx(1.0)
    assert coverage(ASKED, set()) == 0.0


def test_pair_coverage_by_hand() -> None:
    # pairs: study visit (5), visit of (2.1), of visit (2.1); the text has the first only
    assert pair_coverage(ASKED, ["a", "study", "visit", "b"]) == pytest.approx(5 / 9.2)
    assert pair_coverage(ASKED, ["visit", "study"]) == 0.0


def test_a_question_without_terms_or_pairs() -> None:
    assert coverage(Asked((), {}), {"x"}) == 0.0
    assert pair_coverage(Asked(("x",), {"x": 1.0}), ["x", "x"]) == 0.0
