"""Learning the tagger's heads from labelled passages.

`python -m index.learning.train` learns the shipped heads from the starter passages with the bundled
encoder, measures them on the passages kept apart, and writes both to `index/heads/`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from corpus import labelled
from corpus import taxonomy as taxonomies
from corpus.labelled import LabelledError
from corpus.taxonomy import Taxonomy
from index.encoding import encoder as encoders
from index.encoding.encoder import EncoderIdentity, FloatMatrix
from index.encoding.glossing_encoder import glossing
from index.encoding.open_encoder import open_encoder
from index.learning import example_vectors, scorecard
from index.learning.example_vectors import with_vectors
from index.learning.examples import Examples, without_vectors
from index.learning.measure import Truth
from index.rows.records import FloatVector
from index.tagging import tagger
from index.tagging.tagger import Heads
from index.tagging.terms import Rows, terms

TermCounts = Any
"""float64 (n, t), how often each passage has each term: a sparse matrix of scipy, which has no
types."""

_VECTOR_STRENGTH, _WORD_STRENGTH = 1.0, 30.0
"""Inverses of the L2 penalty on the heads of windows and of words. Between 0.1 and 1, and between
10 and 300, macro-F1 moved by a point."""

_MIX_STRENGTH = 0.1
"""The same where what words, windows and label scores say is mixed. Between 0.03 and 0.3 average
precision moved by half a point."""

_RAREST = 2
"""Passages a term must be in."""

_THRESHOLD = 0.3
"""The probability from which a label is given. Thresholds set label by label on these passages find
less in real texts; below this one a tag is wrong more than twice in three times."""

_FOLDS = 5
"""Parts of the examples that are left out in turn, whole topics each."""

_SEED = 20180401
"""Shuffles the topics over the folds, the same way at every training."""


@dataclass(frozen=True, slots=True)
class _Linear:
    """Heads of words and heads of windows, each learned on its own, and usual label scores.

    Fields named as in `Heads` have the shapes that they have there.
    word_bias, vector_bias: float32 (labels,).
    columns: int64 (terms,), the columns of the counts that the heads of words read.
    """

    vector_weights: FloatMatrix
    vector_bias: FloatVector
    columns: Rows
    word_weights: FloatMatrix
    word_bias: FloatVector
    rarity: FloatVector
    usual_scores: FloatVector


@dataclass(frozen=True, slots=True)
class _Mix:
    """How much what words, windows and label scores say of each label counts for each label.

    words, windows, scores: float32 (labels, labels); row i weighs what they say of all labels for
        label i.
    offset: float32 (labels,), added to the weighted sum.
    """

    words: FloatMatrix
    windows: FloatMatrix
    scores: FloatMatrix
    offset: FloatVector


def learn(examples: Examples, taxonomy: Taxonomy, encoder: EncoderIdentity) -> Heads:
    """Heads learned from all of the examples; leave out of them what is to be measured on.

    Heads of words and of windows are learned first. What they and the label scores say is then
    mixed into a probability of each label. The mixture is learned from what such heads say of
    examples that they had not seen, left out by group, so that near-duplicates are never on both
    sides. Raises LabelledError when a label has examples in too few groups.
    """
    _refuse_too_few(examples, taxonomy)
    # One BLAS thread: with a thread a core the fits of 2,436 examples took 152 to 356 s on a busy
    # machine of four, with one 8.
    with threadpool_limits(1):
        return _learn(examples, taxonomy, encoder)


def _learn(examples: Examples, taxonomy: Taxonomy, encoder: EncoderIdentity) -> Heads:
    # Counted once for all folds: cutting texts into terms was 11 of the 40 s of a training.
    words = CountVectorizer(analyzer=terms, dtype=np.float64)
    counts = words.fit_transform(examples.texts)
    mix = _learned_mix(_parts_left_out(examples, counts), examples)
    linear = _fit(examples, counts)
    return Heads(
        labels=taxonomy.label_ids,
        vector_weights=mix.windows @ linear.vector_weights,
        terms=tuple(words.get_feature_names_out()[linear.columns].tolist()),
        word_weights=mix.words @ linear.word_weights,
        rarity=linear.rarity,
        score_weights=mix.scores,
        usual_scores=linear.usual_scores,
        bias=mix.words @ linear.word_bias + mix.windows @ linear.vector_bias + mix.offset,
        thresholds=np.full(len(taxonomy.label_ids), _THRESHOLD, dtype=np.float32),
        encoder=encoder.sha256,
        taxonomy=taxonomy.key,
        examples=examples.digest(),
        scorer=examples.scorer,
    )


def _refuse_too_few(examples: Examples, taxonomy: Taxonomy) -> None:
    for label, column in zip(taxonomy.label_ids, examples.truth.T, strict=True):
        found = len(np.unique(examples.groups[column]))
        if found < _FOLDS:
            raise LabelledError(
                f"the label '{label}' has examples on {found} topics; {_FOLDS} are needed"
            )


def _fit(examples: Examples, counts: TermCounts) -> _Linear:
    held = np.flatnonzero(counts.getnnz(axis=0) >= _RAREST)
    weigh = TfidfTransformer(sublinear_tf=True)
    bags = weigh.fit_transform(counts[:, held])
    columns = list(zip(examples.truth.T, examples.known.T, strict=True))
    by_words = [_head(bags, *column, _WORD_STRENGTH) for column in columns]
    by_vectors = [_head(examples.means, *column, _VECTOR_STRENGTH) for column in columns]
    return _Linear(
        vector_weights=_weights(by_vectors),
        vector_bias=_biases(by_vectors),
        columns=held,
        word_weights=_weights(by_words),
        word_bias=_biases(by_words),
        rarity=weigh.idf_.astype(np.float32),
        usual_scores=_usual(examples),
    )


def _weights(heads: Sequence[LogisticRegression]) -> FloatMatrix:
    return np.array([head.coef_[0] for head in heads], dtype=np.float32)


def _biases(heads: Sequence[LogisticRegression]) -> FloatVector:
    return np.array([head.intercept_[0] for head in heads], dtype=np.float32)


def _usual(examples: Examples) -> FloatVector:
    """The mean label scores, float32 (labels,); 0 where there are none."""
    if not examples.scorer:
        return np.zeros(examples.truth.shape[1], dtype=np.float32)
    usual: FloatVector = np.nanmean(examples.scores, axis=0).astype(np.float32)
    return usual


def _head(features: FloatMatrix, truth: Truth, known: Truth, strength: float) -> LogisticRegression:
    head = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000)
    return head.fit(features[known], truth[known])


def _parts(linear: _Linear, examples: Examples, counts: TermCounts) -> FloatMatrix:
    """What the heads of words, the heads of windows and the label scores say of examples.

    Returns float32 (n, 3 x labels): logits by words, logits by windows, label scores.
    """
    weigh = TfidfTransformer(sublinear_tf=True)
    weigh.idf_ = linear.rarity
    by_words = weigh.transform(counts[:, linear.columns]) @ linear.word_weights.T + linear.word_bias
    by_windows = examples.means @ linear.vector_weights.T + linear.vector_bias
    scores = np.where(np.isnan(examples.scores), linear.usual_scores, examples.scores)
    return np.concatenate([by_words, by_windows, scores], axis=1).astype(np.float32)


def _parts_left_out(examples: Examples, counts: TermCounts) -> FloatMatrix:
    """As `_parts`, for each example by heads that did not see its topic."""
    count, labels = examples.truth.shape
    parts = np.zeros((count, 3 * labels), dtype=np.float32)
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for kept, out in folds.split(examples.means, groups=examples.groups):
        linear = _fit(examples.part(kept), counts[kept])
        parts[out] = _parts(linear, examples.part(out), counts[out])
    return parts


def _learned_mix(parts: FloatMatrix, examples: Examples) -> _Mix:
    """Weights that make a probability of each label of what the parts say: logistic regression.

    J. Platt calibrates one logit so ("Probabilistic outputs for support vector machines", 1999).
    Here a label is told by what is said of the other labels too, as in D. Wolpert's "Stacked
    generalization", 1992.

    parts: as `_parts` returns them, for the examples in their order.
    """
    mean, deviation = parts.mean(axis=0), parts.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0)  # without an attention all scores are 0
    heads = [
        LogisticRegression(C=_MIX_STRENGTH, max_iter=2000).fit(
            ((parts - mean) / scale)[known], truth[known]
        )
        for truth, known in zip(examples.truth.T, examples.known.T, strict=True)
    ]
    weights = (_weights(heads) / scale).astype(np.float32)
    words, windows, scores = np.split(weights, 3, axis=1)
    return _Mix(words, windows, scores, _biases(heads) - weights @ mean)


def main() -> int:
    """Learn, measure and write the shipped heads; print how good each label is."""
    taxonomy = taxonomies.load()
    passages = labelled.load(labelled.STARTER, taxonomy)
    agreed = scorecard.agreement(labelled.STARTER, taxonomy)
    with tempfile.TemporaryDirectory() as folder:
        encoder = glossing(open_encoder(encoders.load(), Path(folder)))
        texts = [passage.text for passage in passages]
        # Learned from here too, so that a training elsewhere learns from the same vectors.
        example_vectors.ship(texts, encoder, tagger.SHIPPED)
        file = Path(folder) / "examples.npz"
        of_split = {
            split: with_vectors(
                without_vectors([one for one in passages if one.split == split], taxonomy),
                taxonomy,
                encoder,
                file,
            )
            for split in ("train", "test")
        }
        tagger.save(learn(of_split["train"], taxonomy, encoder.identity), tagger.SHIPPED)
        heads = tagger.load(tagger.SHIPPED)  # as they are kept, in float16
        card = scorecard.make(heads, passages, of_split["test"], agreed, taxonomy)
    scorecard.save(card, tagger.SHIPPED)
    sys.stdout.write(scorecard.table(card) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
