"""How good a ranking is: standard measures by ir_measures, with bootstrap confidence intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, Measure, Qrel, R, ScoredDoc, Success, nDCG

from search.measuring.qrels import Judgements, Naming
from search.records import Answer

MEASURES: Mapping[str, Measure] = {
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "recall@100": R @ 100,
}
"""By the names that are shown."""

DEPTH = 100
"""Results a question needs for recall@100."""

_RESAMPLES = 2000
_SEED = 7


@dataclass(frozen=True, slots=True)
class Average:
    """A measure over questions: its mean and the bounds of its 95 % bootstrap interval, 0 to 1."""

    name: str
    mean: float
    low: float
    high: float
    questions: int


def as_run(answers: Mapping[str, Answer], name: Naming) -> dict[str, list[str]]:
    """Ranked names by question id, each once, by its best passage."""
    return {
        question: list(dict.fromkeys(name(result) for result in answer.results))
        for question, answer in answers.items()
    }


def answerable(judgements: Judgements) -> Judgements:
    """The questions with a relevant passage: of the others there is nothing to find."""
    return {q: grades for q, grades in judgements.items() if any(g > 0 for g in grades.values())}


def measure(judgements: Judgements, run: Mapping[str, Sequence[str]]) -> list[Average]:
    """Each of `MEASURES` over the `answerable` questions; without results it is 0."""
    judged = answerable(judgements)
    qrels = [Qrel(q, name, grade) for q, grades in judged.items() for name, grade in grades.items()]
    scored = [
        ScoredDoc(question, name, -float(rank))
        for question in judged
        for rank, name in enumerate(run.get(question, ()))
    ]
    values = {measure: dict.fromkeys(judged, 0.0) for measure in MEASURES.values()}
    for metric in ir_measures.iter_calc(list(values), qrels, scored):
        values[metric.measure][metric.query_id] = metric.value
    return [interval(name, values[measure].values()) for name, measure in MEASURES.items()]


def interval(name: str, values: Iterable[float]) -> Average:
    """Mean and 95 % percentile bootstrap interval over questions, seeded (Efron 1979)."""
    array = np.fromiter(values, dtype=np.float64)
    if not len(array):
        return Average(name, 0.0, 0.0, 0.0, 0)
    drawn = np.random.default_rng(_SEED).integers(0, len(array), (_RESAMPLES, len(array)))
    low, high = np.quantile(array[drawn].mean(axis=1), [0.025, 0.975])
    return Average(name, float(array.mean()), float(low), float(high), len(array))


def table(rows: Mapping[str, Sequence[Average]]) -> str:
    """Rankings side by side as a Markdown table; each cell "mean (low-high)"."""
    names = [measured.name for measured in next(iter(rows.values()))]
    lines = ["| ranking | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for ranking, measured in rows.items():
        cells = [f"{m.mean:.3f} ({m.low:.3f}-{m.high:.3f})" for m in measured]
        lines.append(f"| {ranking} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
