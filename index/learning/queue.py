"""The passages on which a person's word would teach the tagger most.

A tag whose probability is near its threshold could as well have gone the other way (D. Lewis and
W. Gale, "A sequential algorithm for training text classifiers", 1994). Labels take turns, so that
none is learned at the cost of another, and no passage comes twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.learning import decisions
from index.library import Library
from index.rows.records import FloatVector, StoredPassage
from index.rows.tag_rows import numbers_without, taggable
from index.tagging.tagger import window_mean
from index.tagging.teachable import no_tagger
from ingest.records import BlockKind

_SAMPLE = 5000
"""Passages looked at, drawn at random; so many of 24,900 took a second."""
_SEED = 20180401
_LEFT_OUT = frozenset(kind for kind in BlockKind if not kind.substance)


@dataclass(frozen=True, slots=True)
class TagQuestion:
    """Does this passage carry this label? probability: what the machine thinks, in [0, 1]."""

    stored: StoredPassage
    label: str
    probability: float


def queue(library: Library, count: int) -> list[TagQuestion]:
    """At most `count` questions, the most telling first. Raises TaggerError without a tagger."""
    heads = library.heads()
    if heads is None:
        raise no_tagger(library.taxonomy)
    with library.catalog() as catalog:
        texts, means, scores, numbers = [], [], [], []
        wanted = _drawn(numbers_without(catalog.connection, _LEFT_OUT))
        dimension = library.identity.dimension
        for row in taggable(catalog.connection, wanted, dimension, heads.scorer):
            numbers.append(row.number)
            texts.append(row.text)
            means.append(window_mean(row.windows.vectors))
            scores.append(heads.highest(row.windows))
        if not numbers:
            return []
        probabilities = heads.probabilities_of(
            texts, np.array(means, dtype=np.float32), np.array(scores, dtype=np.float32)
        )
        doubt = np.abs(_logit(probabilities) - _logit(heads.thresholds))
        place = {number: index for index, number in enumerate(numbers)}
        column = {label: index for index, label in enumerate(heads.labels)}
        for number, label, _ in decisions.standing(catalog.connection):
            if number in place and label in column:
                doubt[place[number], column[label]] = np.inf
        picks = _in_turn(doubt, count)
        stored = catalog.passages([numbers[index] for index, _ in picks])
    return [
        TagQuestion(stored[numbers[index]], heads.labels[label], float(probabilities[index, label]))
        for index, label in picks
    ]


def _drawn(numbers: list[int]) -> list[int]:
    if len(numbers) <= _SAMPLE:
        return numbers
    drawn: list[int] = np.random.default_rng(_SEED).choice(numbers, _SAMPLE, replace=False).tolist()
    return drawn


def _logit(probabilities: FloatVector) -> npt.NDArray[np.float64]:
    inside = np.clip(probabilities.astype(np.float64), 1e-6, 1 - 1e-6)
    logits: npt.NDArray[np.float64] = np.log(inside / (1 - inside))
    return logits


def _in_turn(doubt: npt.NDArray[np.float64], count: int) -> list[tuple[int, int]]:
    """Rows and columns, smallest doubt first within a column, columns taking turns.

    doubt: float64 (n, labels), infinite for what is not to be asked. No row comes twice.
    """
    orders = [list(np.argsort(column, kind="stable")) for column in doubt.T]
    picks: list[tuple[int, int]] = []
    taken: set[int] = set()
    while len(picks) < count and any(orders):
        for label, order in enumerate(orders):
            while order and (order[0] in taken or np.isinf(doubt[order[0], label])):
                order.pop(0)
            if order and len(picks) < count:
                taken.add(order[0])
                picks.append((int(order.pop(0)), label))
    return picks
