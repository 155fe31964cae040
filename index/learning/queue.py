"""The passages on which a person's word would teach the tagger most.

A tag whose probability is near its threshold could as well have gone the other way (D. Lewis and
W. Gale, "A sequential algorithm for training text classifiers", 1994). Labels take turns, so that
none is learned at the cost of another, and no passage comes twice.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoding.encoder import FloatMatrix
from index.learning import decisions
from index.library import Library
from index.rows.records import FloatVector, StoredPassage
from index.rows.tag_rows import numbers_without, taggable
from index.tagging.tagger import Heads, window_mean
from index.tagging.teachable import no_tagger
from ingest.records import BlockKind

_SAMPLE = 5000
"""Passages looked at, drawn at random; so many of 24,900 took a second."""

_SEED = 20180401
"""The same passages are drawn each time."""

_LEFT_OUT = frozenset(kind for kind in BlockKind if not kind.substance)
"""Kinds of passages that nobody is asked about."""


@dataclass(frozen=True, slots=True)
class TagQuestion:
    """Does this passage carry this label? probability: what the machine thinks, in [0, 1]."""

    stored: StoredPassage
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """Passages as heads see them. numbers: as the rows have them. probabilities: float32 (n,
    labels), in [0, 1].
    """

    numbers: list[int]
    probabilities: FloatMatrix


def queue(library: Library, count: int) -> list[TagQuestion]:
    """At most `count` questions, the most telling first. Raises TaggerError without a tagger."""
    heads = library.heads()
    if heads is None:
        raise no_tagger(library.taxonomy)
    with library.catalog() as catalog:
        asked = _asked(catalog.connection, heads, library.identity.dimension)
        doubt = np.abs(_logit(asked.probabilities) - _logit(heads.thresholds))
        row_of = {number: row for row, number in enumerate(asked.numbers)}
        column_of = {label: column for column, label in enumerate(heads.labels)}
        for number, label, _ in decisions.standing(catalog.connection):
            if number in row_of and label in column_of:
                doubt[row_of[number], column_of[label]] = np.inf
        picks = _in_turn(doubt, count)
        stored = catalog.passages([asked.numbers[row] for row, _ in picks])
    return [
        TagQuestion(
            stored[asked.numbers[row]],
            heads.labels[column],
            float(asked.probabilities[row, column]),
        )
        for row, column in picks
    ]


def _asked(connection: sqlite3.Connection, heads: Heads, dimension: int) -> _Asked:
    """A sample of the library's passages. They are read one after the other, so that not all of
    their windows are in memory at once.
    """
    numbers, texts, means, scores = [], [], [], []
    wanted = _drawn(numbers_without(connection, _LEFT_OUT))
    for row in taggable(connection, wanted, dimension, heads.scorer):
        numbers.append(row.number)
        texts.append(row.text)
        means.append(window_mean(row.windows.vectors))
        scores.append(heads.highest(row.windows))
    return _Asked(
        numbers,
        heads.probabilities_of(
            texts,
            np.array(means, dtype=np.float32).reshape(len(texts), dimension),
            np.array(scores, dtype=np.float32).reshape(len(texts), len(heads.labels)),
        ),
    )


def _drawn(numbers: list[int]) -> list[int]:
    """The numbers, or a sample of them where they are many."""
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
