"""Tags for passages. Each label has a head, a linear classifier over the words of a passage, the
vectors of its windows, and its label scores.

    logit(label) = bias + words · word weights + mean(windows) · vector weights
                   + highest label scores of a window · score weights

`words` is the passage's bag of terms, scaled to unit length (`index.tagging.terms`). Label scores
are what an attention over the encoder's inner layers says of each label
(`index.encoding.attention`). All of these are of windows, so the window that adds most to a logit
is the sentence that earned the tag. Heads are kept as arrays, JSON and a list of terms, and read
without pickle.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from corpus.taxonomy import Taxonomy
from index.encoding import attention
from index.encoding.encoder import EncoderIdentity, FloatMatrix
from index.files import arrays
from index.rows.records import FloatVector, Tag, WindowMatrix, Windows
from index.tagging.terms import weigh, word_count

SHIPPED = attention.SHIPPED
"""Heads learned from the starter passages with the bundled encoder (`make tagger`)."""

WEIGHTS, ABOUT, _TERMS = "heads.npz", "heads.json", "terms.txt"
"""Files in the folder of heads."""

_ARRAYS = ("vector_weights", "word_weights", "rarity", "bias", "thresholds")
_SCORE_ARRAYS = ("score_weights", "usual_scores")
"""Heads that were learned before there were label scores do not have these."""

_FEWEST_WORDS = 5
"""Shorter texts get no tags: they are crumbs of tables and covers."""


class TaggerError(Exception):
    """Heads that are missing, damaged or made for another encoder or taxonomy."""


@dataclass(frozen=True)
class Heads:
    """The heads of all labels, as they were learned.

    labels: label ids, in the order of the rows of the arrays.
    vector_weights: float32 (labels, dim). bias: float32 (labels,).
    terms: the vocabulary. word_weights: float32 (labels, terms).
    rarity: float32 (terms,), the inverse document frequency of each term.
    score_weights: float32 (labels, labels), what the score of each label counts for the label of
        the row; zeros where label scores are not used.
    usual_scores: float32 (labels,), taken for a passage whose windows have no scores.
    thresholds: float32 (labels,), the probabilities from which a label is given.
    encoder: sha256 of the encoder whose vectors the heads read.
    taxonomy: id and version of the taxonomy, as "id/version".
    examples: digest of the labelled passages that the heads were learned from.
    scorer: sha256 of the attention whose label scores they use; empty when they use none.
    """

    labels: tuple[str, ...]
    vector_weights: FloatMatrix
    terms: tuple[str, ...]
    word_weights: FloatMatrix
    rarity: FloatVector
    score_weights: FloatMatrix
    usual_scores: FloatVector
    bias: FloatVector
    thresholds: FloatVector
    encoder: str
    taxonomy: str
    examples: str
    scorer: str = ""

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The row of each term."""
        return {term: row for row, term in enumerate(self.terms)}

    def probabilities(self, text: str, windows: Windows) -> FloatVector:
        """Calibrated probability of each label of a text with its windows, float32 (labels,) in
        [0, 1].
        """
        means = window_mean(windows.vectors)[None, :]
        scores = self.highest(windows)[None, :]
        probabilities: FloatVector = self.probabilities_of([text], means, scores)[0]
        return probabilities

    def highest(self, windows: Windows) -> FloatVector:
        """The highest score of each label in any window, float32 (labels,).

        NaN where the windows have no scores, or scores of another attention than these heads use.
        """
        if windows.scorer != self.scorer:
            return np.full(len(self.labels), np.nan, dtype=np.float32)
        return highest_scores(windows, len(self.labels))

    def probabilities_of(
        self, texts: Sequence[str], means: FloatMatrix, scores: FloatMatrix
    ) -> FloatMatrix:
        """Calibrated probability of each label of many texts, float32 (n, labels) in [0, 1].

        means: float32 (n, dim), the mean of each text's windows. scores: float32 (n, labels), as
        `highest` gives them.
        """
        logits = np.empty((len(texts), len(self.labels)), dtype=np.float32)
        for row, text in enumerate(texts):
            columns, weights = weigh(text, self.vocabulary, self.rarity)
            logits[row] = self.word_weights[:, columns] @ (weights / _length(weights))
        logits += means @ self.vector_weights.T + self.bias
        logits += np.where(np.isnan(scores), self.usual_scores, scores) @ self.score_weights.T
        return (1 / (1 + np.exp(-logits))).astype(np.float32)

    def tags(self, text: str, windows: Windows) -> tuple[Tag, ...]:
        """The tags of a text, most probable first, each with the window that earned it.

        A text without windows, or of fewer than `_FEWEST_WORDS` words, gets none.
        """
        spans = windows.spans
        if not len(spans) or word_count(text) < _FEWEST_WORDS:
            return ()
        probabilities = self.probabilities(text, windows)
        given = np.flatnonzero(probabilities >= self.thresholds)
        if not len(given):
            return ()
        earned_by = self._shares(text, windows).argmax(axis=0)
        tags = [
            Tag(
                self.labels[index],
                round(float(probabilities[index]), 4),
                int(spans[earned_by[index], 0]),
                int(spans[earned_by[index], 1]),
            )
            for index in given
        ]
        return tuple(sorted(tags, key=lambda tag: -tag.probability))

    def _shares(self, text: str, windows: Windows) -> FloatMatrix:
        """What each window adds to each label's logit, float32 (n, labels)."""
        _, whole = weigh(text, self.vocabulary, self.rarity)
        vectors = windows.vectors
        shares = (vectors @ self.vector_weights.T / len(vectors)).astype(np.float32)
        if self.scorer and windows.scorer == self.scorer:
            shares += windows.scores @ self.score_weights.T
        for row, (start, end) in enumerate(windows.spans):
            rows, weights = weigh(text[start:end], self.vocabulary, self.rarity)
            shares[row] += self.word_weights[:, rows] @ (weights / _length(whole))
        return shares


def window_mean(windows: WindowMatrix) -> FloatVector:
    """The mean of a text's windows, float32 (dim,), zeros when it has none."""
    if not len(windows):
        return np.zeros(windows.shape[1], dtype=np.float32)
    mean: FloatVector = windows.mean(axis=0)
    return mean


def highest_scores(windows: Windows, labels: int) -> FloatVector:
    """The highest label score of any window, float32 (labels,); NaN where there are none."""
    if not windows.scores.size:
        return np.full(labels, np.nan, dtype=np.float32)
    highest: FloatVector = windows.scores.max(axis=0)
    return highest


def _length(weights: FloatVector) -> float:
    """The Euclidean length of weights, never 0, so that it can be divided by."""
    return max(float(np.linalg.norm(weights)), 1e-9)


def save(heads: Heads, folder: Path) -> None:
    """Write the files of heads into a folder, the same bytes for the same heads.

    Weights of words and vectors are kept as float16; the rounding moved no probability by more than
    0.001. Raises OSError when they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / WEIGHTS,
        vector_weights=heads.vector_weights.astype(np.float16),
        word_weights=heads.word_weights.astype(np.float16),
        score_weights=heads.score_weights,
        usual_scores=heads.usual_scores,
        rarity=heads.rarity,
        bias=heads.bias,
        thresholds=heads.thresholds,
    )
    about = {
        "labels": list(heads.labels),
        "encoder": heads.encoder,
        "taxonomy": heads.taxonomy,
        "examples": heads.examples,
        "scorer": heads.scorer,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    (folder / _TERMS).write_text("\n".join(heads.terms) + "\n", encoding="utf-8")


def load(folder: Path) -> Heads:
    """Read what `save` wrote.

    Raises TaggerError when a file is missing or damaged, or the arrays do not fit together.
    """
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        terms = (folder / _TERMS).read_text(encoding="utf-8").splitlines()
        vectors, words, rarity, bias, thresholds = _read(folder, _ARRAYS)
        scorer = str(about.get("scorer", ""))
        none = np.zeros(len(bias), dtype=np.float32)
        weights, usual = _read(folder, _SCORE_ARRAYS) if scorer else (none, none)
        if weights.ndim == 1:  # learned when each label heard its own score only
            weights = np.diag(weights)
        heads = Heads(
            labels=tuple(about["labels"]),
            vector_weights=vectors,
            terms=tuple(terms),
            word_weights=words,
            score_weights=weights,
            usual_scores=usual,
            rarity=rarity,
            bias=bias,
            thresholds=thresholds,
            encoder=str(about["encoder"]),
            taxonomy=str(about["taxonomy"]),
            examples=str(about["examples"]),
            scorer=scorer,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TaggerError(f"the tagger's heads in {folder} cannot be read: {error}") from error
    _refuse_misfits(heads, folder)
    return heads


def _read(folder: Path, names: Sequence[str]) -> list[FloatMatrix]:
    return [part.astype(np.float32) for part in arrays.read(folder / WEIGHTS, *names)]


def _refuse_misfits(heads: Heads, folder: Path) -> None:
    """Raise TaggerError where the arrays do not have the shapes that labels and terms need."""
    labels, terms = len(heads.labels), len(heads.terms)
    shapes: Sequence[tuple[str, tuple[int, ...], tuple[int, ...]]] = (
        ("vector_weights", heads.vector_weights.shape[:1], (labels,)),
        ("word_weights", heads.word_weights.shape, (labels, terms)),
        ("score_weights", heads.score_weights.shape, (labels, labels)),
        ("usual_scores", heads.usual_scores.shape, (labels,)),
        ("rarity", heads.rarity.shape, (terms,)),
        ("bias", heads.bias.shape, (labels,)),
        ("thresholds", heads.thresholds.shape, (labels,)),
    )
    for name, shape, needed in shapes:
        if shape != needed:
            raise TaggerError(
                f"the tagger's heads in {folder} do not fit together: '{name}' is {shape}, "
                f"{labels} labels and {terms} terms need {needed}"
            )


def fits(heads: Heads, identity: EncoderIdentity, taxonomy: Taxonomy) -> bool:
    """Whether heads were learned with this encoder, for the labels of this taxonomy."""
    return (
        heads.encoder == identity.sha256
        and heads.taxonomy == taxonomy.key
        and heads.labels == taxonomy.label_ids
        and heads.vector_weights.shape[1] == identity.dimension
    )
