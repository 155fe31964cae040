"""Passages a second and CPU a passage: sentence-transformers as it comes, our settings of it, and
the converted model. Run by hand:

    python tests/bench/encoder.py [--repeats 5] [--texts 64]

The texts are made from a seeded vocabulary: half windows of two sentences, half passages. Each
repeat gives all three the same texts in shuffled order; the ratio to the first is taken repeat by
repeat, so that a busy machine burdens all alike. CPU counts all threads of the process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.encoding.encoder import SentenceEncoder, load
from index.encoding.fast_encoder import FastEncoder, workers
from index.encoding.open_encoder import open_encoder

Encode = Callable[[Sequence[str]], object]


def made_texts(count: int, rng: np.random.Generator) -> list[str]:
    """Half of 15 to 60 words, half of 90 to 200, from 2,000 words of one to three syllables."""
    onsets, vowels = [*"bdfglmnprst", "st", "tr", "pl"], list("aeiou")
    syllables = np.array([onset + vowel for onset in onsets for vowel in vowels])
    vocabulary = ["".join(rng.choice(syllables, rng.integers(1, 4))) for _ in range(2000)]
    lengths = [rng.integers(15, 61) if i % 2 else rng.integers(90, 201) for i in range(count)]
    return [" ".join(rng.choice(vocabulary, length)) for length in lengths]


def as_it_comes(reference: SentenceEncoder) -> Encode:
    """sentence-transformers with torch's own number of threads and nothing else said.

    To be called before anything is encoded: `SentenceEncoder` sets the number.
    """
    model = reference.model
    import torch  # noqa: PLC0415 - after the reference told its libraries to stay offline

    threads = torch.get_num_threads()

    def encode(texts: Sequence[str]) -> object:
        torch.set_num_threads(threads)
        return model.encode(list(texts), show_progress_bar=False)

    return encode


def measured(encode: Encode, texts: Sequence[str]) -> tuple[float, float]:
    """Passages a second, and CPU milliseconds a passage."""
    wall, cpu = time.perf_counter(), time.process_time()
    encode(texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return len(texts) / wall, cpu / len(texts) * 1000


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median, and least and most in brackets."""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--texts", type=int, default=64)
    asked = parser.parse_args()
    rng = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        reference = load()
        plain = as_it_comes(reference)
        fast = open_encoder(reference, Path(folder))
        if not isinstance(fast, FastEncoder):
            sys.stderr.write("the model was not converted; see the line above\n")
            return 1
        encoders: dict[str, Encode] = {
            "sentence-transformers": plain,
            "SentenceEncoder": reference.encode,
            f"FastEncoder {fast.precision}, {workers()} workers": fast.encode,
        }
        bulk = compared(encoders, asked.repeats, lambda: made_texts(asked.texts, rng))
        one = compared(encoders, asked.repeats * 5, lambda: [made_texts(2, rng)[1][:80]])
    write("bulk", bulk, os.cpu_count())
    write("one question", one, os.cpu_count())
    return 0


def compared(
    encoders: dict[str, Encode], repeats: int, texts: Callable[[], list[str]]
) -> dict[str, list[tuple[float, float]]]:
    """Measurements of each encoder, one a repeat, after one that does not count."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in encoders}
    order = list(encoders)
    shuffle = np.random.default_rng(1).shuffle
    for repeat in range(repeats + 1):
        given = texts()
        shuffle(order)
        for name in order:
            pair = measured(encoders[name], given)
            if repeat:
                found[name].append(pair)
    return found


def write(title: str, found: dict[str, list[tuple[float, float]]], cores: int | None) -> None:
    """A table: medians, and in brackets the range over the repeats."""
    first = next(iter(found.values()))
    sys.stdout.write(f"\n{title}, {len(first)} repeats, {cores} cores\n")
    for name, pairs in found.items():
        faster = [pair[0] / base[0] for pair, base in zip(pairs, first, strict=True)]
        cheaper = [base[1] / pair[1] for pair, base in zip(pairs, first, strict=True)]
        sys.stdout.write(
            f"  {name:32} {spread([p[0] for p in pairs])} texts/s, x{spread(faster, 2)};"
            f" {spread([p[1] for p in pairs])} CPU ms a text, 1/{spread(cheaper, 2)}\n"
        )


if __name__ == "__main__":
    sys.exit(main())
