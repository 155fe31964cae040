"""Learns the weights of the score (`search/ranking/fuse.py`) from the questions on invented
passages, and says what they would do there and on the other sets.

    python tests/bench/weights.py --homes FOLDER

FOLDER is where `quality.py --homes` has kept its libraries; the sets whose libraries are there are
measured. Learned are a softmax over the candidates of each question, once with the weights free and
once held near to those of the code, and each again with a part that follows from the question.
Prints MRR@10 by set and half.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import abstain
import known
import numpy as np
import numpy.typing as npt
import set_labelled
import torch
from quality import pools

from index.files.home import Home
from index.library import Library
from search.ranking.fuse import (
    COVERAGE,
    PAIRS,
    WHOLE,
    WINDOW,
    WINDOW_COVERAGE,
    score_without_phrases,
)
from search.records import Candidate

NOW = np.array([WHOLE, WINDOW, COVERAGE, WINDOW_COVERAGE, PAIRS])
SETS = {
    "starter": ("starter", known.STARTER),
    "reports": ("reports", known.REPORTS),
    "fresh": ("reports", known.FRESH),
}
"""By name, the home of a set's library and its questions."""

_SHARPNESS = 20.0
_STEPS, _RATE = 300, 0.01
_HOLDS = (0.0, 10.0, 100.0)
"""How strongly the weights are held near to those of the code."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """A question's candidates. parts: (n, 5), in the order of `NOW`. factors: (n,), what the score
    keeps of the weighted mean. right: (n,), whether it answers. traits: of the question, (5,).
    """

    parts: Matrix
    factors: Matrix
    right: npt.NDArray[np.bool_]
    traits: Matrix


def compared(text: str, found: Sequence[Candidate], right: Sequence[bool]) -> Compared:
    """What is learned from, of a question."""
    parts = np.array(
        [
            (
                max(0.0, one.closeness),
                max(0.0, one.window_closeness),
                one.coverage,
                one.window_coverage,
                one.pair_coverage,
            )
            for one in found
        ]
    )
    means = parts @ NOW / NOW.sum()
    kept = np.array([score_without_phrases(one) for one in found])
    factors = np.divide(kept, means, out=np.ones_like(means), where=means > 0)
    coverages, cosines = (np.sort(parts[:, part])[::-1] for part in (2, 0))
    lead = cosines[0] - cosines[:10].mean()
    traits = np.array(
        [len(text.split()) / 25, coverages[0], coverages[:5].mean(), cosines[0], lead]
    )
    return Compared(parts, factors, np.array(right), traits)


def sets(homes: Path) -> Iterator[tuple[str, list[Compared]]]:
    """The sets whose libraries are there, by half."""
    for name, (home, path) in SETS.items():
        if (homes / home / "library.sqlite").is_file():
            library = Library.open(Home(homes / home))
            for split in ("tune", "held"):
                yield f"{name}, {split}", list(of(abstain.of_known(library, path, split)))
    library = Library.open(Home(homes / "labelled"))
    for split in ("tune", "held"):
        texts = set_labelled.questions(split)
        asked = abstain.of_sources(library, texts, {name: {name: 1} for name in texts})
        yield f"invented, {split}", list(of(asked))


def of(asked: abstain.Asked) -> Iterator[Compared]:
    """The questions of a set that have an answer."""
    texts = {name: text for name, text in asked.texts.items() if asked.answers[name]}
    for name, (found, _) in pools(asked.library, texts).items():
        right = [one.number in asked.answers[name] for one in found]
        yield compared(texts[name], found, right)


def learned(questions: Sequence[Compared], hold: float, *, by_question: bool) -> Matrix:
    """Weights, (5, 1), or (5, 6) where a part of them follows from the question's traits."""
    usable = [one for one in questions if one.right.any()]
    traits = torch.tensor(np.array([traits_of(one, by_question) for one in usable]))
    change = torch.zeros(len(NOW), traits.shape[1], dtype=torch.float64, requires_grad=True)
    start = torch.zeros_like(change)
    start[:, 0] = torch.tensor(NOW / NOW.sum())
    sharpness = torch.tensor(_SHARPNESS, dtype=torch.float64, requires_grad=True)
    parts = torch.nn.utils.rnn.pad_sequence(
        [torch.tensor(one.parts * one.factors[:, None]) for one in usable], batch_first=True
    )
    right = torch.nn.utils.rnn.pad_sequence(
        [torch.tensor(one.right) for one in usable], batch_first=True
    )
    there = torch.nn.utils.rnn.pad_sequence(
        [torch.ones(len(one.right), dtype=torch.bool) for one in usable], batch_first=True
    )
    optimizer = torch.optim.Adam([change, sharpness], lr=_RATE)
    for _ in range(_STEPS):
        weights = traits @ (start + change).T
        scores = sharpness * (parts * weights[:, None, :]).sum(-1)
        shares = torch.log_softmax(scores.masked_fill(~there, -1e4), 1)
        loss = -(shares * right).sum(1).mean() + hold * (change**2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    found: Matrix = (start + change).detach().numpy()
    return found


def traits_of(one: Compared, by_question: bool) -> Matrix:
    """1, and behind it the question's traits where the weights follow from them."""
    return np.concatenate([[1.0], one.traits if by_question else []])


def mrr(questions: Sequence[Compared], weights: Matrix) -> float:
    """MRR@10; a question whose answer is not among the candidates counts 0."""
    ranks = []
    for one in questions:
        of_question = weights @ traits_of(one, weights.shape[1] > 1)
        scores = one.factors * (one.parts @ of_question)
        best = one.right[np.argsort(-scores, kind="stable")][:10]
        ranks.append(1 / (1 + best.argmax()) if best.any() else 0.0)
    return float(np.mean(ranks))


def main() -> None:
    """Learn, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=Path, required=True)
    homes = parser.parse_args().homes
    if not (homes / "labelled" / "library.sqlite").is_file():
        parser.error(f"no library in {homes / 'labelled'}: run quality.py --homes {homes} first")
    found = dict(sets(homes))
    print(f"| weights | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    rows = {"of the code": (NOW / NOW.sum())[:, None]}
    for by_question in (False, True):
        for hold in _HOLDS:
            name = f"{'by question' if by_question else 'the same for all'}, held {hold:g}"
            rows[name] = learned(found["invented, tune"], hold, by_question=by_question)
    for name, weights in rows.items():
        figures = " | ".join(f"{mrr(questions, weights):.3f}" for questions in found.values())
        print(f"| {name} | {figures} |")


if __name__ == "__main__":
    main()
