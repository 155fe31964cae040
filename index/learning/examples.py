"""What heads are learned from and measured on: labelled passages, and what people decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.labelled import LabelledPassage
from corpus.taxonomy import Taxonomy
from index.encoding.encoder import FloatMatrix
from index.rows.records import Windows
from index.tagging.tagger import highest_scores, window_mean

Truth = npt.NDArray[np.bool_]
Groups = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Passages as heads see them, with what is so.

    names: ids. means: float32 (n, dim), the mean of each passage's windows.
    scores: float32 (n, labels), the highest label score of its windows; NaN where it has none.
    scorer: sha256 of the attention that gave them; empty when nothing is to be learned from them.
    truth: bool (n, labels). known: bool (n, labels), whether anybody has said; where not, `truth`
        is False and means nothing.
    groups: str (n,); passages of one group are never on both sides of a split.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]
    means: FloatMatrix
    scores: FloatMatrix
    truth: Truth
    known: Truth
    groups: Groups
    scorer: str = ""

    def part(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Examples:
        """The examples in these rows."""
        return Examples(
            tuple(self.names[row] for row in rows),
            tuple(self.texts[row] for row in rows),
            self.means[rows],
            self.scores[rows],
            self.truth[rows],
            self.known[rows],
            self.groups[rows],
            self.scorer,
        )

    def digest(self) -> str:
        """A digest of what is learned from them: names, groups, texts and labels, in any order."""
        rows = zip(self.names, self.groups, self.texts, self.truth, self.known, strict=True)
        digest = hashlib.sha256()
        for name, group, text, truth, known in sorted(rows, key=lambda row: row[0]):
            parts = [name, str(group), text, bytes(truth).hex(), bytes(known).hex()]
            digest.update("\x1f".join(parts).encode() + b"\x1e")
        return digest.hexdigest()


def without_vectors(passages: Sequence[LabelledPassage], taxonomy: Taxonomy) -> Examples:
    """Examples of labelled passages with vectors float32 (n, 0): enough for a digest."""
    truth = np.array(
        [[label in passage.labels for label in taxonomy.label_ids] for passage in passages],
        dtype=np.bool_,
    ).reshape(len(passages), len(taxonomy.label_ids))
    return Examples(
        tuple(passage.id for passage in passages),
        tuple(passage.text for passage in passages),
        np.zeros((len(passages), 0), dtype=np.float32),
        np.full(truth.shape, np.nan, dtype=np.float32),
        truth,
        np.ones_like(truth),
        np.array([f"{passage.batch}/{passage.topic}" for passage in passages], dtype=np.str_),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A passage of a library with what was decided about it.

    group: its document. labels: by label id, whether it is given.
    """

    name: str
    group: str
    text: str
    windows: Windows
    labels: dict[str, bool]


def of_decisions(
    decided: Sequence[Decided], taxonomy: Taxonomy, dimension: int, scorer: str
) -> Examples:
    """Passages that people decided about; labels nobody spoke of are not known.

    scorer: of the attention that gave their label scores; empty when they are not to be used.
    """
    ids = taxonomy.label_ids
    shape = (len(decided), len(ids))
    truth = [[item.labels.get(label, False) for label in ids] for item in decided]
    known = [[label in item.labels for label in ids] for item in decided]
    return Examples(
        tuple(item.name for item in decided),
        tuple(item.text for item in decided),
        _matrix([window_mean(item.windows.vectors) for item in decided], dimension),
        _matrix([highest_scores(item.windows, len(ids)) for item in decided], len(ids)),
        np.array(truth, dtype=np.bool_).reshape(shape),
        np.array(known, dtype=np.bool_).reshape(shape),
        np.array([item.group for item in decided], dtype=np.str_),
        scorer,
    )


def together(one: Examples, other: Examples) -> Examples:
    """Both, the first ones first; of the same attention."""
    return Examples(
        one.names + other.names,
        one.texts + other.texts,
        np.concatenate([one.means, other.means]),
        np.concatenate([one.scores, other.scores]),
        np.concatenate([one.truth, other.truth]),
        np.concatenate([one.known, other.known]),
        np.concatenate([one.groups, other.groups]),
        one.scorer,
    )


def _matrix(rows: Sequence[npt.NDArray[np.float32]], dimension: int) -> FloatMatrix:
    return np.array(rows, dtype=np.float32).reshape(len(rows), dimension)
