"""Texts to vectors by a converted model, without torch.

A text's vector depends on the text alone: it is always padded to the same length, whatever it is
encoded with, and shares a batch only with texts padded alike. On most machines the vectors are the
same to the bit whether a text comes alone or among others, first or last; on an AMD EPYC without
bf16 they differ by up to 2e-7, and so they may on another CPU, with another precision or another
version of OpenVINO.
"""

from __future__ import annotations

import os
import threading
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.encoding.converted import MODEL, TOKENIZER, Precision
from index.encoding.encoder import EncoderError, EncoderIdentity, FloatMatrix, Readings
from index.encoding.runtime import Runner, Tokens, read, version

_WORKERS = 2
"""Threads for many texts; WAYMARK_ENCODER_WORKERS says otherwise."""

_BATCH = 8
"""Texts a batch: 16 were no faster, single texts took 1.3 to 1.6 times the CPU."""

_BATCH_TOKENS = 1_024
"""Tokens a batch, padding included: the longest texts cost no more four at a time than eight at a
time, and a thread works in 15 MB less.
"""

_STEP = 16
"""Lengths are padded to a multiple of this: exact lengths took 1.1 to 1.3 times the CPU, because
batches are smaller and each new shape is prepared anew; 8 and 32 differed little.
"""

_TOKENIZED = 128
"""Texts tokenized at once: what the tokenizer says of one takes some 10 kB."""

_FEW = 8
"""Up to so many texts count as questions: they run on one thread, and never wait for the bulk."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that are run together. rows: their indices. length: tokens that they are padded to."""

    rows: tuple[int, ...]
    length: int


def plan(lengths: Sequence[int], longest: int) -> list[Batch]:
    """Batches of at most eight texts and 1,024 tokens that are padded alike, the longest first.

    lengths: tokens of each text, specials included, 1 to `longest`.
    """
    alike: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        padded = min(longest, -(-length // _STEP) * _STEP)
        alike.setdefault(padded, []).append(row)
    batches = []
    for length, rows in sorted(alike.items(), reverse=True):
        size = max(1, min(_BATCH, _BATCH_TOKENS // length))
        parts = (rows[start : start + size] for start in range(0, len(rows), size))
        batches += [Batch(tuple(part), length) for part in parts]
    return batches


def workers() -> int:
    """Threads for many texts. Raises EncoderError when WAYMARK_ENCODER_WORKERS is no number."""
    given = os.environ.get("WAYMARK_ENCODER_WORKERS", "").strip()
    if not given:
        return _WORKERS
    if not (given.isdecimal() and 1 <= int(given) <= 256):
        raise EncoderError(
            f"WAYMARK_ENCODER_WORKERS is '{given}': give a whole number from 1 to 256, or unset it"
        )
    return int(given)


class FastEncoder:
    """An encoder that runs a converted model. Safe to share between threads.

    folder: of the files named in `index.encoding.converted`.
    pad: the token id that fills texts up to the length of their batch.
    scorer: sha256 of the attention in the model; empty when it has none.
    """

    def __init__(
        self,
        folder: Path,
        identity: EncoderIdentity,
        pad: int,
        precision: Precision,
        scorer: str = "",
    ) -> None:
        self.identity = identity
        self.precision = precision
        self.scorer = scorer
        self._folder = folder
        self._pad = pad
        # Threads of its own would gain nothing here, and it complains when a process forks.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.enable_truncation(identity.max_tokens)
        self._model = read(folder / MODEL)
        self._few_lock = threading.Lock()
        self._many_lock = threading.Lock()

    @property
    def computed(self) -> str:
        """Precision, and OpenVINO with its version and build."""
        return f"{self.precision}, OpenVINO {version()}"

    @cached_property
    def _few(self) -> Runner:
        return Runner(self._model, self.precision, workers=1)

    @cached_property
    def _many(self) -> Runner:
        return Runner(self._model, self.precision, workers())

    @cached_property
    def _uncut(self) -> Tokenizer:
        return _tokenizer(self._folder)

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of texts, float32 (n, dim), rows of unit length, in the order given.

        Raises EncoderError when WAYMARK_ENCODER_WORKERS is not a number.
        """
        return self.read(texts).vectors

    def read(self, texts: Sequence[str]) -> Readings:
        """Vectors and label scores of texts, in the order given.

        Raises EncoderError when WAYMARK_ENCODER_WORKERS is not a number.
        """
        ids = [ids for part in _parts(texts) for ids in self._ids(part)]
        with self._runner(len(ids)) as runner:
            return self._readings(ids, runner)

    @contextmanager
    def _runner(self, count: int) -> Iterator[Runner]:
        """What runs this many texts, for this thread alone.

        Questions have a runner of their own, so that they never wait for the bulk. Opening it takes
        50 MB, so a process that has only the bulk's lets questions run on that while it is free.
        """
        opened = vars(self)
        if count > _FEW:
            with self._many_lock:
                yield self._many
                self._model.let_go()
        elif "_few" not in opened and "_many" in opened and self._many_lock.acquire(blocking=False):
            try:
                yield self._many
            finally:
                self._many_lock.release()
        else:
            with self._few_lock:
                yield self._few

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, specials not counted, nothing cut off."""
        return [
            len(encoding.ids)
            for part in _parts(texts)
            for encoding in self._uncut.encode_batch_fast(part, add_special_tokens=False)
        ]

    def _ids(self, texts: list[str]) -> list[array[int]]:
        encoded = self._tokenizer.encode_batch_fast(texts)
        return [array("I", encoding.ids) for encoding in encoded]

    def _readings(self, ids: Sequence[Sequence[int]], runner: Runner) -> Readings:
        batches = plan([len(tokens) for tokens in ids], self.identity.max_tokens)
        widths = runner.widths
        found = [np.empty((len(ids), width), dtype=np.float32) for width in widths]
        filled = (self._filled([ids[row] for row in batch.rows], batch.length) for batch in batches)
        for number, outputs in runner.run(filled):
            for whole, rows in zip(found, outputs, strict=True):
                whole[list(batches[number].rows)] = rows
        scores = found[1] if len(found) > 1 else np.empty((len(ids), 0), dtype=np.float32)
        return Readings(found[0], scores)

    def _filled(self, ids: Sequence[Sequence[int]], length: int) -> tuple[Tokens, Tokens]:
        """Token ids and mask of a batch, int64 (n, length)."""
        tokens = np.full((len(ids), length), self._pad, dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, text in enumerate(ids):
            tokens[row, : len(text)] = text
            mask[row, : len(text)] = 1
        return tokens, mask


def _parts(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts, so many as are tokenized at once."""
    for start in range(0, len(texts), _TOKENIZED):
        yield list(texts[start : start + _TOKENIZED])


def _tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer as it was saved, cutting and padding nothing."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
