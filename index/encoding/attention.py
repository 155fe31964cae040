"""What the encoder's inner layers say of each label, read in the pass that makes the vectors.

A token's states after three of the encoder's layers are mapped to a few numbers; for each label
the tokens of a text are weighed by one direction of these and valued by another, and the weighed
mean of the values is the text's label score (J. Mullenbach et al., "Explainable prediction of
medical codes from clinical text", 2018, has one such attention a label). Here is what was learned,
as arrays; `index.encoding.attention_layer` computes with it, `index.learning.learn_attention`
learns it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.taxonomy import Taxonomy
from index.files import arrays

Weights = npt.NDArray[np.float32]

SHIPPED = Path(__file__).parent.parent / "heads"
"""Learned from the starter passages with the bundled encoder (`make tagger`)."""

_FILE, _ABOUT = "attention.npz", "attention.json"
_ARRAYS = ("projection", "offset", "queries", "values", "bias")


class AttentionError(ValueError):
    """Weights that are missing, damaged or do not fit together."""


@dataclass(frozen=True)
class Attention:
    """What was learned.

    labels: label ids, in the order of the rows below.
    layers: the encoder's layers whose states are read, 1-based, ascending; d numbers a token each.
    projection: float32 (width, layers x d). offset: float32 (width,).
    queries, values: float32 (labels, width). bias: float32 (labels,).
    encoder: sha256 of the weights whose states they read.
    taxonomy: id and version of the taxonomy, as "id/version".
    """

    labels: tuple[str, ...]
    layers: tuple[int, ...]
    projection: Weights
    offset: Weights
    queries: Weights
    values: Weights
    bias: Weights
    encoder: str
    taxonomy: str

    @cached_property
    def sha256(self) -> str:
        """Digest of all of it, 64 hex digits: scores of another one are not comparable."""
        digest = hashlib.sha256()
        for field in fields(self):
            value = getattr(self, field.name)
            whole = value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()
            digest.update(hashlib.sha256(whole).digest())
        return digest.hexdigest()

    def fits(self, taxonomy: Taxonomy) -> bool:
        """Whether its scores are of the labels of this taxonomy."""
        return self.taxonomy == taxonomy.key


def save(attention: Attention, folder: Path) -> None:
    """Write `attention.npz` and `attention.json`, weights in float16."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: getattr(attention, name).astype(np.float16) for name in _ARRAYS}
    np.savez_compressed(folder / _FILE, **kept)
    about = {
        "labels": list(attention.labels),
        "layers": list(attention.layers),
        "encoder": attention.encoder,
        "taxonomy": attention.taxonomy,
    }
    (folder / _ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> Attention:
    """Read it. Raises AttentionError when it is missing, damaged or does not fit together."""
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        found = (part.astype(np.float32) for part in arrays.read(folder / _FILE, *_ARRAYS))
        projection, offset, queries, values, bias = found
        attention = Attention(
            labels=tuple(about["labels"]),
            layers=tuple(int(layer) for layer in about["layers"]),
            projection=projection,
            offset=offset,
            queries=queries,
            values=values,
            bias=bias,
            encoder=str(about["encoder"]),
            taxonomy=str(about["taxonomy"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AttentionError(
            f"the tagger's attention in {folder} cannot be read: {error}; reinstall Waymark"
        ) from error
    _refuse_misfits(attention, folder)
    return attention


@lru_cache(maxsize=1)
def shipped() -> Attention:
    """The shipped one, read once. Raises AttentionError as `load` does."""
    return load(SHIPPED)


def _refuse_misfits(attention: Attention, folder: Path) -> None:
    labels, width = len(attention.labels), len(attention.offset)
    must_be = {
        "projection": (width, attention.projection.shape[-1]),
        "offset": (width,),
        "queries": (labels, width),
        "values": (labels, width),
        "bias": (labels,),
    }
    for name, shape in must_be.items():
        is_shape = getattr(attention, name).shape
        if is_shape != shape:
            raise AttentionError(
                f"the tagger's attention in {folder} does not fit together: '{name}' is "
                f"{is_shape}, {labels} labels and a width of {width} need {shape}; "
                "reinstall Waymark"
            )
