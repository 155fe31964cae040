"""Learning the tagger's heads from labelled passages.

`python -m index.train` learns the shipped heads from the starter passages with the bundled
encoder, measures them on the passages kept apart, and writes both to `index/heads/`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from corpus import labelled
from corpus import taxonomy as taxonomies
from corpus.agreement import agreements
from corpus.labelled import LabelledError
from corpus.taxonomy import Taxonomy
from index import encoder as encoders
from index import example_vectors, scorecard, tagger
from index.encoder import EncoderIdentity, FloatMatrix
from index.example_vectors import with_vectors
from index.examples import Examples, Truth, without_vectors
from index.open_encoder import open_encoder
from index.records import FloatVector
from index.tagger import Heads
from index.terms import terms

_VECTOR_STRENGTH = 1.0
_WORD_STRENGTH = 30.0
"""Inverses of the L2 penalty. From 0.1 to 1 and from 10 to 300 macro-F1 moved by a point."""
_WORD_SHARE = 0.8
"""How much the words count beside the windows. At half, heads do as well on passages like those
they learned from, and worse on real reports: see the package's measured.md."""
_SCORE_SHARE = 0.5
"""How much the label scores count beside words and windows together, where there are any."""
_RAREST = 2
"""Passages a term must be in."""
_WITHOUT_LABEL = 2 / 3
"""Share of a library's passages that are evidence of nothing, for which thresholds are set. Read by
eye on 300 passages of 13 public reports it is nine tenths, in evaluations of programmes like those
the tags are for two thirds; of the labelled passages it is under half."""
_LOWEST_THRESHOLD = 0.3
"""Below it a tag is wrong more than twice in three times, whatever that does for F1."""
_FOLDS = 5
_SEED = 20180401


@dataclass(frozen=True, slots=True)
class _Linear:
    """Heads before calibration: logits from windows, words and label scores, summed by share.

    Shapes as in `Heads`.
    """

    vector_weights: FloatMatrix
    terms: tuple[str, ...]
    word_weights: FloatMatrix
    rarity: FloatVector
    score_weights: FloatVector
    usual_scores: FloatVector
    bias: FloatVector


def learn(examples: Examples, taxonomy: Taxonomy, encoder: EncoderIdentity) -> Heads:
    """Heads learned from examples, all of them; keep apart what they are to be measured on.

    Probabilities are calibrated (Platt), and thresholds set to the best F1, on examples left out,
    folded by group so that near-duplicates are never on both sides. Raises LabelledError when a
    label has examples in too few groups.
    """
    _refuse_too_few(examples, taxonomy)
    # One BLAS thread: with a thread a core the fits of 2,436 examples took 152 to 356 s on a busy
    # machine of four, with one 8.
    with threadpool_limits(1):
        return _learn(examples, taxonomy, encoder)


def _learn(examples: Examples, taxonomy: Taxonomy, encoder: EncoderIdentity) -> Heads:
    left_out = _left_out_logits(examples)
    weights = _library_weights(examples)
    slope, offset, thresholds = (
        np.array(column, dtype=np.float32)
        for column in zip(
            *(
                _settings(left_out[rows, label], examples.truth[rows, label], weights[rows])
                for label, rows in enumerate(examples.known.T)
            ),
            strict=True,
        )
    )
    raw = _fit(examples)
    return Heads(
        labels=taxonomy.label_ids,
        vector_weights=raw.vector_weights * slope[:, None],
        terms=raw.terms,
        word_weights=raw.word_weights * slope[:, None],
        rarity=raw.rarity,
        score_weights=raw.score_weights * slope,
        usual_scores=raw.usual_scores,
        bias=raw.bias * slope + offset,
        thresholds=thresholds,
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


def _settings(
    logits: FloatVector, truth: Truth, weights: FloatVector
) -> tuple[float, float, float]:
    """Slope and offset of the calibration of one label, and its threshold."""
    slope, offset = _calibration(logits, truth)
    probabilities = (1 / (1 + np.exp(-(logits * slope + offset)))).astype(np.float32)
    return slope, offset, best_threshold(probabilities, truth, weights)


def _fit(examples: Examples) -> _Linear:
    words = TfidfVectorizer(analyzer=terms, min_df=_RAREST, sublinear_tf=True)
    bags = words.fit_transform(examples.texts)
    columns = list(zip(examples.truth.T, examples.known.T, strict=True))
    score_share = _SCORE_SHARE if examples.scorer else 0.0
    word_share, vector_share = (
        (1 - score_share) * share for share in (_WORD_SHARE, 1 - _WORD_SHARE)
    )
    by_words = [_head(bags, *column, _WORD_STRENGTH) for column in columns]
    by_vectors = [_head(examples.means, *column, _VECTOR_STRENGTH) for column in columns]

    def shared(heads: Sequence[LogisticRegression], share: float) -> FloatMatrix:
        return np.array([share * head.coef_[0] for head in heads], dtype=np.float32)

    intercepts = [
        word_share * one.intercept_[0] + vector_share * other.intercept_[0]
        for one, other in zip(by_words, by_vectors, strict=True)
    ]
    return _Linear(
        vector_weights=shared(by_vectors, vector_share),
        terms=tuple(words.get_feature_names_out().tolist()),
        word_weights=shared(by_words, word_share),
        rarity=words.idf_.astype(np.float32),
        score_weights=np.full(len(columns), score_share, dtype=np.float32),
        usual_scores=_usual(examples),
        bias=np.array(intercepts, dtype=np.float32),
    )


def _usual(examples: Examples) -> FloatVector:
    """The mean label scores, float32 (labels,); 0 where there are none."""
    if not examples.scorer:
        return np.zeros(examples.truth.shape[1], dtype=np.float32)
    usual: FloatVector = np.nanmean(examples.scores, axis=0).astype(np.float32)
    return usual


def _head(features: FloatMatrix, truth: Truth, known: Truth, strength: float) -> LogisticRegression:
    head = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000)
    return head.fit(features[known], truth[known])


def _logits(raw: _Linear, examples: Examples) -> FloatMatrix:
    """The logits of examples, float32 (n, labels)."""
    words = TfidfVectorizer(analyzer=terms, vocabulary=raw.terms, sublinear_tf=True)
    words.idf_ = raw.rarity
    bags = words.transform(examples.texts)
    logits: FloatMatrix = bags @ raw.word_weights.T + examples.means @ raw.vector_weights.T
    scores = np.where(np.isnan(examples.scores), raw.usual_scores, examples.scores)
    logits += scores * raw.score_weights + raw.bias
    return logits


def _left_out_logits(examples: Examples) -> FloatMatrix:
    """Logits of each example from heads that did not see its topic, float32 (n, labels)."""
    logits = np.zeros(examples.truth.shape, dtype=np.float32)
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for kept, out in folds.split(examples.means, groups=examples.groups):
        logits[out] = _logits(_fit(examples.part(kept)), examples.part(out))
    return logits


def _calibration(logits: FloatVector, truth: Truth) -> tuple[float, float]:
    """Slope and offset that turn logits into those of calibrated probabilities.

    J. Platt, "Probabilistic outputs for support vector machines", 1999.
    """
    head = LogisticRegression(C=1e6, max_iter=2000).fit(logits[:, None], truth)
    return float(head.coef_[0, 0]), float(head.intercept_[0])


def _library_weights(examples: Examples) -> FloatVector:
    """How much each example counts, float32 (n,), for the unlabelled to weigh as in a library."""
    without: Truth = np.logical_not(examples.truth.any(axis=1)) & examples.known.all(axis=1)
    share = float(without.mean())
    if share in (0.0, 1.0):
        return np.ones(len(without), dtype=np.float32)
    odds = _WITHOUT_LABEL / (1 - _WITHOUT_LABEL) * (1 - share) / share
    return np.where(without, odds, 1.0).astype(np.float32)


def best_threshold(probabilities: FloatVector, truth: Truth, weights: FloatVector) -> float:
    """The probability with the highest F1 when a label is given from it up; the lowest of equals,
    and never below 0.3.

    probabilities: float32 (n,) in [0, 1]. truth: bool (n,). weights: float32 (n,), how much each
    counts.
    """
    candidates = np.arange(_LOWEST_THRESHOLD, 0.91, 0.01)
    scores = [_f1(probabilities >= candidate, truth, weights) for candidate in candidates]
    return float(candidates[int(np.argmax(scores))])


def _f1(given: Truth, truth: Truth, weights: FloatVector) -> float:
    hits, said, right = (float(weights[rows].sum()) for rows in (given & truth, given, truth))
    return 2 * hits / (said + right) if said + right else 0.0


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
        encoder = open_encoder(encoders.load(), Path(folder))
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
