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
from corpus.agreement import agreements
from corpus.labelled import LabelledError
from corpus.taxonomy import Taxonomy
from index.encoding import encoder as encoders
from index.encoding.encoder import EncoderIdentity, FloatMatrix
from index.encoding.glossing_encoder import glossing
from index.encoding.open_encoder import open_encoder
from index.learning import example_vectors, scorecard
from index.learning.example_vectors import with_vectors
from index.learning.examples import Examples, Truth, without_vectors
from index.rows.records import FloatVector
from index.tagging import tagger
from index.tagging.tagger import Heads
from index.tagging.terms import Rows, terms

_VECTOR_STRENGTH = 1.0
_WORD_STRENGTH = 30.0
"""Inverses of the L2 penalty. From 0.1 to 1 and from 10 to 300 macro-F1 moved by a point."""
_MIX_STRENGTH = 0.1
"""The same where what words, windows and label scores say is mixed. From 0.03 to 0.3 average
precision moved by half a point."""
_RAREST = 2
"""Passages a term must be in."""
_THRESHOLD = 0.3
"""The probability from which a label is given. Thresholds set label by label on these passages find
less in real texts; below this one a tag is wrong more than twice in three times."""
Counts = Any
"""float64 (n, t), how often each passage has each term: scipy's, which has no types."""

_FOLDS = 5
_SEED = 20180401


@dataclass(frozen=True, slots=True)
class _Linear:
    """Heads of words and heads of windows, each on its own, and what label scores usually are.

    Shapes as in `Heads`; word_bias, vector_bias: float32 (labels,). columns: int64 (terms,), those
    of the counts that the heads of words read.
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
    """How much words, windows and label scores count: that of each label for each label.

    words, windows, scores: float32 (labels, labels), a row for each label that is told by them.
    offset: float32 (labels,).
    """

    words: FloatMatrix
    windows: FloatMatrix
    scores: FloatMatrix
    offset: FloatVector


def learn(examples: Examples, taxonomy: Taxonomy, encoder: EncoderIdentity) -> Heads:
    """Heads learned from examples, all of them; keep apart what they are to be measured on.

    What words, windows and label scores say of all labels is mixed into a probability of each,
    by what they say of examples left out, folded by group so that near-duplicates are never on
    both sides. Raises LabelledError when a label has examples in too few groups.
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
    mix = _mix(_left_out_parts(examples, counts), examples)
    raw = _fit(examples, counts)
    return Heads(
        labels=taxonomy.label_ids,
        vector_weights=mix.windows @ raw.vector_weights,
        terms=tuple(words.get_feature_names_out()[raw.columns].tolist()),
        word_weights=mix.words @ raw.word_weights,
        rarity=raw.rarity,
        score_weights=mix.scores,
        usual_scores=raw.usual_scores,
        bias=mix.words @ raw.word_bias + mix.windows @ raw.vector_bias + mix.offset,
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


def _fit(examples: Examples, counts: Counts) -> _Linear:
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


def _parts(raw: _Linear, examples: Examples, counts: Counts) -> FloatMatrix:
    """What words, windows and label scores say of examples, one behind the other, float32
    (n, 3 x labels).
    """
    weigh = TfidfTransformer(sublinear_tf=True)
    weigh.idf_ = raw.rarity
    by_words = weigh.transform(counts[:, raw.columns]) @ raw.word_weights.T + raw.word_bias
    by_windows = examples.means @ raw.vector_weights.T + raw.vector_bias
    scores = np.where(np.isnan(examples.scores), raw.usual_scores, examples.scores)
    return np.concatenate([by_words, by_windows, scores], axis=1).astype(np.float32)


def _left_out_parts(examples: Examples, counts: Counts) -> FloatMatrix:
    """The same by heads that did not see the example's topic."""
    count, labels = examples.truth.shape
    parts = np.zeros((count, 3 * labels), dtype=np.float32)
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for kept, out in folds.split(examples.means, groups=examples.groups):
        raw = _fit(examples.part(kept), counts[kept])
        parts[out] = _parts(raw, examples.part(out), counts[out])
    return parts


def _mix(parts: FloatMatrix, examples: Examples) -> _Mix:
    """What of the parts makes each label most probable where it is so.

    As J. Platt, "Probabilistic outputs for support vector machines", 1999, calibrates one logit;
    here each label hears the others too (D. Wolpert, "Stacked generalization", 1992).
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
    agreed = agreements(
        labelled.read_labels(labelled.STARTER / labelled.FIRST, taxonomy),
        labelled.read_labels(labelled.STARTER / labelled.SECOND, taxonomy),
        taxonomy.label_ids,
    )
    with tempfile.TemporaryDirectory() as folder:
        encoder = glossing(open_encoder(encoders.load(), Path(folder)))
        texts = [passage.text for passage in passages]
        example_vectors.ship(texts, encoder, tagger.SHIPPED)  # learned from, as training elsewhere
        file = Path(folder) / "examples.npz"
        train, apart = (
            with_vectors(without_vectors(part, taxonomy), taxonomy, encoder, file)
            for part in (
                [passage for passage in passages if passage.split == split]
                for split in ("train", "test")
            )
        )
        tagger.save(learn(train, taxonomy, encoder.identity), tagger.SHIPPED)
        kept = tagger.load(tagger.SHIPPED)
        card = scorecard.make(kept, passages, apart, agreed, taxonomy)
    scorecard.save(card, tagger.SHIPPED)
    sys.stdout.write(scorecard.table(card) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
