"""What heads are learned from and measured on: labelled passages, and what people decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.labelled import LabelledPassage
from corpus.taxonomy import Taxonomy
from index.encode import encode_windows
from index.encoder import Encoder, FloatMatrix
from index.records import WindowMatrix
from index.tagger import window_mean

Truth = npt.NDArray[np.bool_]
Groups = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Passages as heads see them, with what is so.

    names: ids. means: float32 (n, dim), the mean of each passage's windows.
    truth: bool (n, labels). known: bool (n, labels), whether anybody has said; where not, `truth`
        is False and means nothing.
    groups: str (n,); passages of one group are never on both sides of a split.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]
    means: FloatMatrix
    truth: Truth
    known: Truth
    groups: Groups

    def part(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Examples:
        """The examples in these rows."""
        return Examples(
            tuple(self.names[row] for row in rows),
            tuple(self.texts[row] for row in rows),
            self.means[rows],
            self.truth[rows],
            self.known[rows],
            self.groups[rows],
        )

    def digest(self) -> str:
        """A digest of what is learned from them: names, groups, texts and labels, in any order."""
        rows = zip(self.names, self.groups, self.texts, self.truth, self.known, strict=True)
        digest = hashlib.sha256()
        for name, group, text, truth, known in sorted(rows, key=lambda row: row[0]):
            parts = [name, str(group), text, bytes(truth).hex(), bytes(known).hex()]
            digest.update("\x1f".join(parts).encode() + b"\x1e")
        return digest.hexdigest()


def of_passages(
    passages: Sequence[LabelledPassage], taxonomy: Taxonomy, encoder: Encoder
) -> Examples:
    """Labelled passages, encoded; a group is a topic of a batch."""
    examples = without_vectors(passages, taxonomy)
    means = [window_mean(item.windows) for item in encode_windows(examples.texts, encoder)]
    return replace(examples, means=_matrix(means, encoder.identity.dimension))


def without_vectors(passages: Sequence[LabelledPassage], taxonomy: Taxonomy) -> Examples:
    """The same before it is encoded, float32 (n, 0): enough for a digest."""
    truth = np.array(
        [[label in passage.labels for label in taxonomy.label_ids] for passage in passages],
        dtype=np.bool_,
    ).reshape(len(passages), len(taxonomy.label_ids))
    return Examples(
        tuple(passage.id for passage in passages),
        tuple(passage.text for passage in passages),
        np.zeros((len(passages), 0), dtype=np.float32),
        truth,
        np.ones_like(truth),
        np.array([f"{passage.batch}/{passage.topic}" for passage in passages], dtype=np.str_),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A passage of a library with what was decided about it.

    group: its document. windows: float32 (n, dim). labels: by label id, whether it is given.
    """

    name: str
    group: str
    text: str
    windows: WindowMatrix
    labels: dict[str, bool]


def of_decisions(decided: Sequence[Decided], taxonomy: Taxonomy, dimension: int) -> Examples:
    """Passages that people decided about; labels nobody spoke of are not known."""
    ids = taxonomy.label_ids
    shape = (len(decided), len(ids))
    truth = [[item.labels.get(label, False) for label in ids] for item in decided]
    known = [[label in item.labels for label in ids] for item in decided]
    return Examples(
        tuple(item.name for item in decided),
        tuple(item.text for item in decided),
        _matrix([window_mean(item.windows) for item in decided], dimension),
        np.array(truth, dtype=np.bool_).reshape(shape),
        np.array(known, dtype=np.bool_).reshape(shape),
        np.array([item.group for item in decided], dtype=np.str_),
    )


def together(one: Examples, other: Examples) -> Examples:
    """Both, the first ones first."""
    return Examples(
        one.names + other.names,
        one.texts + other.texts,
        np.concatenate([one.means, other.means]),
        np.concatenate([one.truth, other.truth]),
        np.concatenate([one.known, other.known]),
        np.concatenate([one.groups, other.groups]),
    )


def _matrix(rows: Sequence[npt.NDArray[np.float32]], dimension: int) -> FloatMatrix:
    return np.array(rows, dtype=np.float32).reshape(len(rows), dimension)
