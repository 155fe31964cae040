"""Precision, recall, F1, calibration: expected values worked by hand."""

import numpy as np
import pytest

from index.learning.measure import label_measures, macro_f1, micro_f1, reliability, wrongly_tagged

TRUTH = np.array([[1, 0], [1, 1], [0, 1], [0, 0]], dtype=np.bool_)
GIVEN = np.array([[1, 0], [0, 1], [1, 1], [0, 0]], dtype=np.bool_)


def test_figures_of_each_label() -> None:
    first, second = label_measures(GIVEN, TRUTH)
    assert (first.true, first.given, first.hits) == (2, 2, 1)
    values = (first.precision.value, first.recall.value, first.f1.value)
    assert values == pytest.approx((1 / 2, 1 / 2, 1 / 2))
    assert (second.precision.value, second.f1.value) == (1.0, 1.0)


def test_macro_is_the_mean_and_micro_counts_decisions() -> None:
    assert macro_f1(GIVEN, TRUTH).value == pytest.approx((1 / 2 + 1) / 2)
    assert micro_f1(GIVEN, TRUTH).value == pytest.approx(2 * 3 / (4 + 4))


def test_nothing_given_is_zero() -> None:
    nothing = np.zeros_like(TRUTH)
    (first, _), (neither, _) = label_measures(nothing, TRUTH), label_measures(nothing, nothing)
    for found in (first, neither):
        assert found.precision.value == found.recall.value == found.f1.value == 0.0
    assert macro_f1(nothing, TRUTH).value == 0.0


def test_one_passage_is_enough_to_measure_on() -> None:
    one = np.array([[True]])
    found = macro_f1(one, one)
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_intervals_hold_the_value_and_shrink_with_more_passages() -> None:
    few = micro_f1(np.tile(GIVEN, (5, 1)), np.tile(TRUTH, (5, 1)))
    many = micro_f1(np.tile(GIVEN, (50, 1)), np.tile(TRUTH, (50, 1)))
    assert few.value == many.value == pytest.approx(2 * 3 / (4 + 4))
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 2
    assert many == micro_f1(np.tile(GIVEN, (50, 1)), np.tile(TRUTH, (50, 1)))


def test_a_passage_with_one_wrong_tag_is_wrong_once() -> None:
    given = np.array([[1, 1], [0, 1], [1, 0], [0, 0]], dtype=np.bool_)
    truth = np.zeros_like(given)
    truth[1, 1] = True
    for times in (1, 5):
        share = wrongly_tagged(np.tile(given, (times, 1)), np.tile(truth, (times, 1)))
        assert share.value == pytest.approx(2 / 4)


def test_reliability_by_tenths() -> None:
    probabilities = np.array([[0.05, 0.95], [0.07, 1.0]], dtype=np.float32)
    truth = np.array([[0, 1], [1, 1]], dtype=np.bool_)
    low, high = reliability(probabilities, truth)
    assert (low.low, low.count, low.true) == (0.0, 2, 0.5)
    assert low.probability == pytest.approx(0.06)
    assert (high.low, high.count, high.true) == (0.9, 2, 1.0)


def test_no_passages_are_refused() -> None:
    empty = np.zeros((0, 2), dtype=np.bool_)
    with pytest.raises(ValueError, match="no passages to measure on"):
        macro_f1(empty, empty)
