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
from index.learning.measure import Truth
from index.rows.records import FloatVector, Windows
from index.tagging.tagger import highest_scores, window_mean

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
            names=tuple(self.names[row] for row in rows),
            texts=tuple(self.texts[row] for row in rows),
            means=self.means[rows],
            scores=self.scores[rows],
            truth=self.truth[rows],
            known=self.known[rows],
            groups=self.groups[rows],
            scorer=self.scorer,
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
    """Examples of labelled passages that are not encoded: means are float32 (n, 0), scores NaN."""
    truth = np.array(
        [[label in passage.labels for label in taxonomy.label_ids] for passage in passages],
        dtype=np.bool_,
    ).reshape(len(passages), len(taxonomy.label_ids))
    return Examples(
        names=tuple(passage.id for passage in passages),
        texts=tuple(passage.text for passage in passages),
        means=np.zeros((len(passages), 0), dtype=np.float32),
        scores=np.full(truth.shape, np.nan, dtype=np.float32),
        truth=truth,
        known=np.ones_like(truth),
        groups=np.array([f"{passage.batch}/{passage.topic}" for passage in passages], np.str_),
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
        names=tuple(item.name for item in decided),
        texts=tuple(item.text for item in decided),
        means=_matrix([window_mean(item.windows.vectors) for item in decided], dimension),
        scores=_matrix([highest_scores(item.windows, len(ids)) for item in decided], len(ids)),
        truth=np.array(truth, dtype=np.bool_).reshape(shape),
        known=np.array(known, dtype=np.bool_).reshape(shape),
        groups=np.array([item.group for item in decided], dtype=np.str_),
        scorer=scorer,
    )


def together(one: Examples, other: Examples) -> Examples:
    """The examples of both, whose label scores are of the same attention; the first ones first."""
    return Examples(
        names=one.names + other.names,
        texts=one.texts + other.texts,
        means=np.concatenate([one.means, other.means]),
        scores=np.concatenate([one.scores, other.scores]),
        truth=np.concatenate([one.truth, other.truth]),
        known=np.concatenate([one.known, other.known]),
        groups=np.concatenate([one.groups, other.groups]),
        scorer=one.scorer,
    )


def _matrix(rows: Sequence[FloatVector], width: int) -> FloatMatrix:
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)
