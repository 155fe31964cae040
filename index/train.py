"""Learning the tagger's heads from labelled passages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from corpus.labelled import LabelledPassage
from corpus.taxonomy import Taxonomy
from index.encoder import Encoder, FloatMatrix
from index.tagger import Heads

_STRENGTH = 4.0
"""Inverse of the L2 penalty; see the package's README for what was tried."""
_FOLDS = 5
_SEED = 20180401

Truth = npt.NDArray[np.bool_]


def taxonomy_key(taxonomy: Taxonomy) -> str:
    """Id and version, as kept beside heads."""
    return f"{taxonomy.id}/{taxonomy.version}"


def examples_digest(passages: Sequence[LabelledPassage]) -> str:
    """A digest of what the heads are learned from: ids, texts, labels and splits."""
    digest = hashlib.sha256()
    for passage in sorted(passages, key=lambda p: p.id):
        line = "\x1f".join([passage.id, passage.split, passage.text, *sorted(passage.labels)])
        digest.update(line.encode() + b"\x1e")
    return digest.hexdigest()


def learn(passages: Sequence[LabelledPassage], taxonomy: Taxonomy, encoder: Encoder) -> Heads:
    """Heads learned from the passages of the split "train".

    Thresholds are those that give the best F1 on passages left out, folded by topic so that
    near-duplicates are never on both sides. Raises ValueError when a label has fewer passages
    than there are folds.
    """
    train = [passage for passage in passages if passage.split == "train"]
    labels = taxonomy.label_ids
    truth = np.array([[label in p.labels for label in labels] for p in train], dtype=np.bool_)
    for label, positives in zip(labels, truth.sum(axis=0), strict=True):
        if positives < _FOLDS:
            raise ValueError(f"the label '{label}' has {positives} examples; it needs {_FOLDS}")
    vectors = encoder.encode([passage.text for passage in train])
    topics = np.unique([passage.topic for passage in train], return_inverse=True)[1]
    weights, bias, thresholds = [], [], []
    for column in truth.T:
        head = _fit(vectors, column)
        weights.append(head.coef_[0])
        bias.append(head.intercept_[0])
        thresholds.append(_best_threshold(_left_out(vectors, column, topics), column))
    return Heads(
        labels=labels,
        weights=np.array(weights, dtype=np.float32),
        bias=np.array(bias, dtype=np.float32),
        thresholds=np.array(thresholds, dtype=np.float32),
        window_share=0.0,
        encoder=encoder.identity.sha256,
        taxonomy=taxonomy_key(taxonomy),
        examples=examples_digest(passages),
    )


def _fit(vectors: FloatMatrix, truth: Truth) -> LogisticRegression:
    head = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=2000)
    return head.fit(vectors, truth)


def _left_out(vectors: FloatMatrix, truth: Truth, topics: npt.NDArray[np.int64]) -> FloatMatrix:
    """Probability of each passage from heads that did not see its topic, float32 (n,)."""
    probabilities = np.zeros(len(truth), dtype=np.float32)
    for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=_SEED).split(
        vectors, groups=topics
    ):
        head = _fit(vectors[train], truth[train])
        probabilities[test] = head.predict_proba(vectors[test])[:, 1]
    return probabilities


def _best_threshold(probabilities: FloatMatrix, truth: Truth) -> float:
    """The probability with the highest F1 when labels are given from it up."""
    candidates = np.arange(0.2, 0.91, 0.02)
    scores = [_f1(probabilities >= candidate, truth) for candidate in candidates]
    return float(candidates[int(np.argmax(scores))])


def _f1(given: Truth, truth: Truth) -> float:
    hits = int((given & truth).sum())
    return 2 * hits / max(1, int(given.sum()) + int(truth.sum()))
