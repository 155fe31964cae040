"""Learning the tagger's attention over the encoder's inner layers (`index.encoding.attention`).

`python -m index.learning.learn_attention` learns it from the passages of the split "train", and
beside it what attentions that did not see a passage's topic say of it (`index.learning.left_out`).
Imports torch; no library needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from sklearn.model_selection import GroupKFold
from torch.nn import functional

from corpus import labelled
from corpus import taxonomy as taxonomies
from corpus.taxonomy import Taxonomy
from index.encoding import attention, encoder
from index.encoding.attention import Attention
from index.encoding.attention_layer import LabelScores, tokenized
from index.encoding.encoder import FloatMatrix, SentenceEncoder
from index.encoding.windows import window_spans
from index.learning import left_out
from index.learning.examples import Examples, without_vectors
from index.rows.records import FloatVector

LAYERS = (3, 4, 5)
"""With labels smoothed, layers 2, 4 and 6 find less in reports (`measured.md`)."""

WIDTH = 96
"""Numbers to which the states of a token are mapped. 192 of them, with ten passes in place of six,
moved no average precision by more than a point.
"""

_PASSES = 6
"""Times that each example is learned from."""

_BATCH = 48
"""Passages of one step."""

_RATE, _DECAY, _DROPOUT = 2e-3, 0.05, 0.3
"""The highest learning rate, the decay of weights, and the share of numbers left out of a step."""

_SMOOTHING = 0.05
"""What is learned is .05 and .95 in place of 0 and 1 (C. Szegedy et al., "Rethinking the Inception
architecture for computer vision", 2016): annotators are never quite certain either.
"""

_FOLDS = 4
"""Parts of the examples that are left out in turn, whole topics each."""

_SEED = 20180401
"""First weights, batches and folds are the same at every learning."""

_THREADS = 2

_ENCODED = 64
"""Windows encoded at once."""

_SORTED = 20
"""Batches among which passages are sorted by length, so that little is padded."""

States = npt.NDArray[np.float16]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Texts:
    """Token states of the windows of n passages, laid end to end.

    states: float16 (tokens, layers x d).
    windows: int64 (n + 1,); passage i has the windows from windows[i] to before windows[i + 1].
    tokens: int64 (w + 1,); window j has the states from tokens[j] to before tokens[j + 1].
    """

    states: States
    windows: Rows
    tokens: Rows

    def lengths(self) -> Rows:
        """Tokens of each passage, int64 (n,)."""
        found: Rows = np.diff(self.tokens[self.windows])
        return found

    def bounds(self, passage: int) -> Rows:
        """Where the windows of a passage begin among the states, and where the last one ends."""
        return self.tokens[self.windows[passage] : self.windows[passage + 1] + 1]


class _Network(torch.nn.Module):
    """The attention while it is learned, over states of mean 0 and deviation 1."""

    def __init__(self, states: int, labels: int) -> None:
        super().__init__()
        self.project = torch.nn.Linear(states, WIDTH)
        self.query = torch.nn.Linear(WIDTH, labels, bias=False)
        self.value = torch.nn.Linear(WIDTH, labels, bias=False)
        self.bias = torch.nn.Parameter(torch.zeros(labels))
        self.drop = torch.nn.Dropout(_DROPOUT)
        for part in (self.query, self.value):
            torch.nn.init.normal_(part.weight, std=0.05)

    def forward(self, states: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """The highest score of each label in any window of a passage, float32 (n, labels).

        states: float32 (n, tokens, layers x d).
        own: int64 (n, tokens), the window of each token, -1 for padding.
        """
        hidden = self.drop(functional.gelu(self.project(self.drop(states))))
        weighed = self.query(hidden)
        there = (own >= 0).unsqueeze(-1)
        weights = (weighed - weighed.amax(1, keepdim=True)).exp() * there
        member = functional.one_hot(own.clamp(min=0), int(own.max()) + 1).float() * there
        whole = torch.einsum("ntl,ntw->nwl", weights, member)
        valued = torch.einsum("ntl,ntw->nwl", weights * self.value(hidden), member)
        scores = valued / whole.clamp(min=1e-9)
        absent = member.sum(1).unsqueeze(-1) == 0
        highest: torch.Tensor = scores.masked_fill(absent, -1e9).amax(1)
        return highest + self.bias


def learn(examples: Examples, taxonomy: Taxonomy, reference: SentenceEncoder) -> Attention:
    """An attention learned from examples, all of them."""
    texts = _read(examples.texts, reference)
    return _learned(texts, examples, np.arange(len(examples.texts)), taxonomy, reference)


def learn_left_out(
    examples: Examples, taxonomy: Taxonomy, reference: SentenceEncoder
) -> tuple[Attention, FloatMatrix]:
    """An attention learned from all examples, and the scores of each example, float32 (n, labels),
    by one that saw no example of its group.
    """
    texts = _read(examples.texts, reference)
    everything = np.arange(len(examples.texts))
    scores = np.zeros(examples.truth.shape, dtype=np.float32)
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for kept, out in folds.split(everything, groups=examples.groups):
        found = _learned(texts, examples, kept, taxonomy, reference)
        scores[out] = _highest(texts, found, out)
    return _learned(texts, examples, everything, taxonomy, reference), scores


def _read(texts: Sequence[str], reference: SentenceEncoder) -> _Texts:
    """The states of all tokens of texts: all at once, which is 8 GB for 5,100 passages, because
    every pass over the examples reads each of them.
    """
    spans = [window_spans(text).tolist() for text in texts]
    parts = [
        text[start:end] for text, rows in zip(texts, spans, strict=True) for start, end in rows
    ]
    counts = np.array(reference.count_tokens(parts)) + encoder.SPECIAL_TOKENS
    tokens = np.cumsum([0, *counts.clip(max=reference.identity.max_tokens)])
    dimension = reference.identity.dimension
    states = np.empty((tokens[-1], len(LAYERS) * dimension), dtype=np.float16)
    order = np.argsort(counts, kind="stable")
    torch.set_num_threads(_THREADS)
    for start in range(0, len(order), _ENCODED):
        rows = order[start : start + _ENCODED]
        found = _states([parts[row] for row in rows], reference)
        for row, own in zip(rows, found, strict=True):
            states[tokens[row] : tokens[row + 1]] = own[: tokens[row + 1] - tokens[row]]
    return _Texts(states, np.cumsum([0, *map(len, spans)]), tokens)


def _states(texts: Sequence[str], reference: SentenceEncoder) -> States:
    """States of texts' tokens after each of the layers, float16 (n, tokens, layers x d)."""
    transformer: Any = reference.model[0].auto_model
    ids = tokenized(reference.model.tokenizer, texts, reference.identity.max_tokens)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        layers = transformer(**ids, output_hidden_states=True).hidden_states
    found: States = torch.cat([layers[layer].half() for layer in LAYERS], dim=-1).numpy()
    return found


def _learned(
    texts: _Texts,
    examples: Examples,
    rows: Rows,
    taxonomy: Taxonomy,
    reference: SentenceEncoder,
) -> Attention:
    """An attention learned from the examples in these rows."""
    torch.manual_seed(_SEED)
    generator = np.random.default_rng(_SEED)
    sample = texts.states[::50].astype(np.float32)
    mean, deviation = sample.mean(axis=0), sample.std(axis=0) + 0.01
    truth = torch.from_numpy(examples.truth.astype(np.float32))
    truth = truth * (1 - 2 * _SMOOTHING) + _SMOOTHING
    share = examples.truth[rows].mean(axis=0)
    network = _Network(texts.states.shape[1], truth.shape[1])
    steps = _PASSES * len(list(_batches(texts, rows, generator)))
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=_DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps + 1)
    # The square root of the odds: rare labels count more, and not as much as all others together.
    weights = torch.from_numpy(np.sqrt((1 - share) / share).astype(np.float32))
    for _ in range(_PASSES):
        for batch in _batches(texts, rows, generator):
            scores = network(*_padded(texts, batch, mean, deviation))
            loss = functional.binary_cross_entropy_with_logits(
                scores, truth[batch], pos_weight=weights
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # untyped in torch
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rates.step()
    return _kept(network, mean, deviation, taxonomy, reference)


def _batches(texts: _Texts, rows: Rows, generator: np.random.Generator) -> Iterator[Rows]:
    """The rows of passages that have windows, in batches of passages of like lengths, the batches
    in any order.
    """
    lengths = texts.lengths()
    shuffled = generator.permutation(rows[lengths[rows] > 0])
    for start in range(0, len(shuffled), _BATCH * _SORTED):
        part = shuffled[start : start + _BATCH * _SORTED]
        part = part[np.argsort(lengths[part], kind="stable")]
        batches = np.array_split(part, -(-len(part) // _BATCH))
        yield from (batches[place] for place in generator.permutation(len(batches)))


def _padded(
    texts: _Texts, rows: Rows, mean: FloatMatrix, deviation: FloatMatrix
) -> tuple[torch.Tensor, torch.Tensor]:
    """The states of passages, and the window of each token, as `_Network.forward` takes them."""
    longest = int(texts.lengths()[rows].max())
    states = np.zeros((len(rows), longest, texts.states.shape[1]), dtype=np.float32)
    own = np.full((len(rows), longest), -1, dtype=np.int64)
    for place, row in enumerate(rows):
        bounds = texts.bounds(row)
        count = bounds[-1] - bounds[0]
        states[place, :count] = (texts.states[bounds[0] : bounds[-1]] - mean) / deviation
        own[place, :count] = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    return torch.from_numpy(states), torch.from_numpy(own)


def _kept(
    network: _Network,
    mean: FloatMatrix,
    deviation: FloatMatrix,
    taxonomy: Taxonomy,
    reference: SentenceEncoder,
) -> Attention:
    """What a network has learned, for states as they come: the mean and the deviation by which they
    were brought to 0 and 1 go into its projection.
    """

    def array(tensor: torch.Tensor) -> FloatMatrix:
        found: FloatMatrix = tensor.detach().numpy().astype(np.float32)
        return found

    projection = array(network.project.weight) / deviation
    return Attention(
        labels=taxonomy.label_ids,
        layers=LAYERS,
        projection=projection,
        offset=(array(network.project.bias) - projection @ mean).astype(np.float32),
        queries=array(network.query.weight),
        values=array(network.value.weight),
        bias=array(network.bias),
        encoder=reference.sha256,
        taxonomy=taxonomy.key,
    )


def _highest(texts: _Texts, found: Attention, rows: Rows) -> FloatMatrix:
    """The highest score of each label in any window of a passage, float32 (n, labels); 0 of a
    passage without windows.
    """
    layer = LabelScores(found).eval()
    scores = np.zeros((len(rows), len(found.labels)), dtype=np.float32)
    for place, row in enumerate(rows):
        windows = [
            _scored(texts.states[start:end], layer) for start, end in pairwise(texts.bounds(row))
        ]
        if windows:
            scores[place] = np.max(windows, axis=0)
    return scores


def _scored(states: States, layer: LabelScores) -> FloatVector:
    """The label scores of one window, float32 (labels,)."""
    own = torch.from_numpy(states.astype(np.float32))[None]
    with torch.inference_mode():
        scores: FloatVector = layer(own, torch.ones(1, own.shape[1], 1)).numpy()[0]
    return scores


def main() -> int:
    """Learn the shipped attention, and write it and what is left out of it beside the heads."""
    taxonomy = taxonomies.load()
    passages = labelled.load(labelled.STARTER, taxonomy)
    train = [passage for passage in passages if passage.split == "train"]
    examples = without_vectors(train, taxonomy)
    found, scores = learn_left_out(examples, taxonomy, encoder.load_plain())
    attention.save(found, attention.SHIPPED)
    kept = attention.load(attention.SHIPPED)
    left_out.save(examples.texts, scores, kept.sha256, attention.SHIPPED)
    sys.stdout.write(f"{len(train)} passages; attention {kept.sha256[:16]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
