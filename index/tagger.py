"""Tags for passages: one linear head a label over the encoder's vectors.

Heads are arrays and JSON, read without pickle. A head scores the passage and each of its windows;
the window that scores highest is the sentence that earned the tag.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import EncoderIdentity, FloatMatrix
from index.records import FloatVector, HalfMatrix, Spans, Tag

SHIPPED = Path(__file__).with_name("heads")
"""Heads learned from the starter passages with the bundled encoder (`make tagger`)."""


class TaggerError(Exception):
    """Heads that are missing, damaged or made for another encoder or taxonomy."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What was learned.

    labels: label ids, in the order of the rows below.
    weights: float32 (labels, dim). bias: float32 (labels,).
    window_share: 0 to 1, how much the best window counts beside the whole passage.
    thresholds: float32 (labels,), the probabilities from which a label is given.
    encoder: the `sha256` of the encoder whose vectors they read.
    taxonomy: id and version of the taxonomy, as "id/version".
    examples: digest of the labelled passages they were learned from.
    """

    labels: tuple[str, ...]
    weights: FloatMatrix
    bias: FloatVector
    thresholds: FloatVector
    window_share: float
    encoder: str
    taxonomy: str
    examples: str

    def probabilities(self, vector: FloatVector, windows: HalfMatrix) -> FloatVector:
        """Probability of each label, float32 (labels,) in [0, 1].

        vector: float32 (dim,), the passage. windows: float16 (n, dim), its windows; n may be 0.
        """
        passage = self.weights @ vector
        best = self._window_scores(windows).max(axis=0) if len(windows) else passage
        mixed = (1 - self.window_share) * passage + self.window_share * best
        return _sigmoid(mixed + self.bias)

    def tags(self, vector: FloatVector, spans: Spans, windows: HalfMatrix) -> tuple[Tag, ...]:
        """The labels given, most probable first, each with the window that earned it."""
        probabilities = self.probabilities(vector, windows)
        given = np.flatnonzero(probabilities >= self.thresholds)
        if not len(given) or not len(windows):
            return ()
        best = self._window_scores(windows).argmax(axis=0)
        tags = [
            Tag(
                self.labels[index],
                round(float(probabilities[index]), 4),
                int(spans[best[index], 0]),
                int(spans[best[index], 1]),
            )
            for index in given
        ]
        return tuple(sorted(tags, key=lambda tag: -tag.probability))

    def _window_scores(self, windows: HalfMatrix) -> FloatMatrix:
        scores: FloatMatrix = windows.astype(np.float32) @ self.weights.T
        return scores


def _sigmoid(logits: npt.NDArray[np.float32]) -> FloatVector:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def save(heads: Heads, folder: Path) -> None:
    """Write heads as `heads.npz` and `heads.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(
        folder / "heads.npz",
        weights=heads.weights,
        bias=heads.bias,
        thresholds=heads.thresholds,
    )
    about = {
        "labels": list(heads.labels),
        "window_share": heads.window_share,
        "encoder": heads.encoder,
        "taxonomy": heads.taxonomy,
        "examples": heads.examples,
    }
    (folder / "heads.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> Heads:
    """Read heads. Raises TaggerError when they are missing, damaged or do not fit together."""
    try:
        about: dict[str, Any] = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            heads = Heads(
                labels=tuple(about["labels"]),
                weights=arrays["weights"].astype(np.float32),
                bias=arrays["bias"].astype(np.float32),
                thresholds=arrays["thresholds"].astype(np.float32),
                window_share=float(about["window_share"]),
                encoder=str(about["encoder"]),
                taxonomy=str(about["taxonomy"]),
                examples=str(about["examples"]),
            )
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise TaggerError(f"the tagger's heads in {folder} cannot be read: {error}") from error
    count = len(heads.labels)
    if not (heads.weights.shape[0] == len(heads.bias) == len(heads.thresholds) == count):
        raise TaggerError(
            f"the tagger's heads in {folder} do not fit together: {count} labels, "
            f"{heads.weights.shape[0]} weights, {len(heads.bias)} biases, "
            f"{len(heads.thresholds)} thresholds"
        )
    return heads


def fits(heads: Heads, identity: EncoderIdentity, taxonomy: str) -> bool:
    """Whether heads were learned with this encoder for this taxonomy ("id/version")."""
    return (
        heads.encoder == identity.sha256
        and heads.taxonomy == taxonomy
        and heads.weights.shape[1] == identity.dimension
    )
