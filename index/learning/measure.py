"""How good tags are: precision, recall, F1 and calibration, with bootstrap intervals.

    precision = hits / given        recall = hits / true        F1 = 2 hits / (given + true)

Macro-F1 is the mean of the labels' F1; micro-F1 counts the decisions on all labels together. With
nothing given, true or both, the measure concerned is 0. Intervals are 95 % percentile intervals
over 2,000 resamplings of the passages (B. Efron, "Bootstrap methods: another look at the
jackknife", 1979), the same at each run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.encoding.encoder import FloatMatrix

Truth = npt.NDArray[np.bool_]
"""bool (n, labels): which labels are so of each passage, or which are given."""

Counts = npt.NDArray[np.float64]
"""float64 (1 + resamplings, …): a count, or a measure, of each sample of the passages."""

_RESAMPLINGS = 2000
_SEED = 20180401


class Measured(NamedTuple):
    """A measure in [0, 1], higher is better, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LabelMeasures:
    """One label's figures. true, given, hits: passages."""

    true: int
    given: int
    hits: int
    precision: Measured
    recall: Measured
    f1: Measured


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities of one tenth of the scale, and how often they came true.

    low: its lower end. count: probabilities in it. probability: their mean.
    true: share of them that came true, in [0, 1].
    """

    low: float
    count: int
    probability: float
    true: float


def label_measures(given: Truth, truth: Truth) -> list[LabelMeasures]:
    """Figures of each label; given, truth: bool (n, labels)."""
    samples = _samples(len(truth))
    hits, said, right = (
        samples @ column.astype(np.float64) for column in (given & truth, given, truth)
    )
    precision, recall = _ratio(hits, said), _ratio(hits, right)
    f1 = _ratio(2 * hits, said + right)
    return [
        LabelMeasures(
            true=int(right[0, label]),
            given=int(said[0, label]),
            hits=int(hits[0, label]),
            precision=_measured(precision[:, label]),
            recall=_measured(recall[:, label]),
            f1=_measured(f1[:, label]),
        )
        for label in range(truth.shape[1])
    ]


def macro_f1(given: Truth, truth: Truth) -> Measured:
    """The mean of the labels' F1; given, truth: bool (n, labels)."""
    samples = _samples(len(truth))
    hits, total = _hits_and_total(samples, given, truth)
    return _measured(_ratio(2 * hits, total).mean(axis=1))


def micro_f1(given: Truth, truth: Truth) -> Measured:
    """F1 over the decisions on all labels; given, truth: bool (n, labels)."""
    samples = _samples(len(truth))
    hits, total = _hits_and_total(samples, given, truth)
    return _measured(_ratio(2 * hits.sum(axis=1), total.sum(axis=1)))


def wrongly_tagged(given: Truth, truth: Truth) -> Measured:
    """The share of passages that carry a tag they should not; here lower is better."""
    wrong = (given & ~truth).any(axis=1).astype(np.float64)
    return _measured(_samples(len(truth)) @ wrong / len(truth))


def reliability(probabilities: FloatMatrix, truth: Truth) -> list[Bin]:
    """Ten bins over all labels' probabilities, empty ones left out; both (n, labels)."""
    bins = []
    tenth = np.minimum((probabilities * 10).astype(np.int64), 9)
    for number in range(10):
        inside = tenth == number
        if inside.any():
            mean, true = probabilities[inside].mean(), truth[inside].mean()
            bins.append(Bin(number / 10, int(inside.sum()), float(mean), float(true)))
    return bins


def interval(values: Sequence[float]) -> str:
    """A measure as it is printed: "0.78 (0.71 to 0.84)". values: the measure, and the ends of its
    interval.
    """
    value, low, high = values
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _samples(count: int) -> Counts:
    """How often each passage is drawn, float64 (1 + resamplings, count); the first: once each."""
    if count < 1:
        raise ValueError("there are no passages to measure on")
    draws = np.random.default_rng(_SEED).multinomial(count, [1 / count] * count, _RESAMPLINGS)
    return np.vstack([np.ones(count), draws]).astype(np.float64)


def _hits_and_total(samples: Counts, given: Truth, truth: Truth) -> tuple[Counts, Counts]:
    hits: Counts = samples @ (given & truth).astype(np.float64)
    total: Counts = samples @ (given.astype(np.float64) + truth.astype(np.float64))
    return hits, total


def _ratio(part: Counts, whole: Counts) -> Counts:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _measured(values: Counts) -> Measured:
    low, high = np.percentile(values[1:], [2.5, 97.5])
    return Measured(float(values[0]), float(low), float(high))
