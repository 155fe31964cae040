"""Texts to vectors by a converted model, without torch.

A text's vector depends on the text alone: it is always padded to the same length, whatever it is
encoded with, and shares a batch only with texts padded alike. On one machine the vectors are the
same to the bit whether a text comes alone or among others, first or last; on another CPU, with
another precision or another version of OpenVINO they may differ in the last digits.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.converted import MODEL, TOKENIZER, Precision
from index.encoder import EncoderError, EncoderIdentity, FloatMatrix
from index.runtime import Runner, Tokens

WORKERS = 2
"""Threads for many texts; WAYMARK_ENCODER_WORKERS says otherwise."""

_BATCH = 8
"""Texts a batch: 16 were no faster, single texts took 1.3 to 1.6 times the CPU."""
_STEP = 16
"""Lengths are padded to a multiple of this: exact lengths took 1.1 to 1.3 times the CPU, because
batches are smaller and each new shape is prepared anew; 8 and 32 differed little.
"""
_FEW = 8
"""Up to here texts are questions: one thread, which none of the bulk keeps waiting."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are run together. `rows`: indices of the texts; `length`: padded, in tokens."""

    rows: tuple[int, ...]
    length: int


def plan(lengths: Sequence[int], longest: int) -> list[Batch]:
    """Batches of at most eight texts that are padded alike, the longest first.

    lengths: tokens of each text, specials included, 1 to `longest`.
    """
    padded = [min(longest, -(-length // _STEP) * _STEP) for length in lengths]
    groups: dict[int, list[int]] = {}
    for row, length in enumerate(padded):
        groups.setdefault(length, []).append(row)
    return [
        Batch(tuple(rows[start : start + _BATCH]), length)
        for length, rows in sorted(groups.items(), reverse=True)
        for start in range(0, len(rows), _BATCH)
    ]


def workers() -> int:
    """Threads for many texts. Raises EncoderError when WAYMARK_ENCODER_WORKERS is no number."""
    given = os.environ.get("WAYMARK_ENCODER_WORKERS", "").strip()
    if not given:
        return WORKERS
    if not (given.isdecimal() and 1 <= int(given) <= 256):
        raise EncoderError(
            f"WAYMARK_ENCODER_WORKERS is '{given}': give a whole number from 1 to 256, or unset it"
        )
    return int(given)


class FastEncoder:
    """An encoder that runs a converted model. Safe to share between threads.

    folder: with the files named in `index.converted`. pad: the token id that fills a batch up.
    """

    def __init__(
        self, folder: Path, identity: EncoderIdentity, pad: int, precision: Precision
    ) -> None:
        self.identity = identity
        self.precision = precision
        self._folder = folder
        self._pad = pad
        # Threads of its own would gain nothing here, and it complains when a process forks.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.enable_truncation(identity.max_tokens)
        self._few = Runner(folder / MODEL, precision, workers=1)
        self._few_lock = threading.Lock()
        self._many_lock = threading.Lock()

    @cached_property
    def _many(self) -> Runner:
        return Runner(self._folder / MODEL, self.precision, workers())

    @cached_property
    def _uncut(self) -> Tokenizer:
        return _tokenizer(self._folder)

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of texts, float32 (n, dim), rows of unit length, in the order given.

        Raises EncoderError when WAYMARK_ENCODER_WORKERS is not a number.
        """
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        if len(ids) <= _FEW:
            with self._few_lock:
                return self._vectors(ids, self._few)
        with self._many_lock:
            return self._vectors(ids, self._many)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, specials not counted, nothing cut off."""
        encoded = self._uncut.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encoded]

    def _vectors(self, ids: Sequence[Sequence[int]], runner: Runner) -> FloatMatrix:
        batches = plan([len(tokens) for tokens in ids], self.identity.max_tokens)
        vectors = np.empty((len(ids), self.identity.dimension), dtype=np.float32)
        filled = (self._filled([ids[row] for row in batch.rows], batch.length) for batch in batches)
        for number, rows in runner.run(filled):
            vectors[list(batches[number].rows)] = rows
        return vectors

    def _filled(self, ids: Sequence[Sequence[int]], length: int) -> tuple[Tokens, Tokens]:
        """Token ids and mask of a batch, int64 (n, length)."""
        tokens = np.full((len(ids), length), self._pad, dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, text in enumerate(ids):
            tokens[row, : len(text)] = text
            mask[row, : len(text)] = 1
        return tokens, mask


def _tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer as it was saved, cutting and padding nothing."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
