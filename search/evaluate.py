"""How good a ranking is: standard measures by ir_measures, with bootstrap confidence intervals."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from index.catalog import Catalog
from search.judge import Judgements
from search.output import token
from search.records import Answer, Result

MEASURES = (nDCG @ 10, RR @ 10, Success @ 1, Success @ 5, R @ 100)
"""nDCG@10; MRR@10; hit@1; hit@5; recall@100."""

NAMES = ("nDCG@10", "MRR@10", "hit@1", "hit@5", "recall@100")
DEPTH = 100
"""Results a question needs for recall@100."""

_RESAMPLES = 2000
_SEED = 7


class QrelsError(ValueError):
    """A line of a qrels file breaks the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Average:
    """A measure over questions: its mean and the bounds of its 95 % bootstrap interval, 0 to 1."""

    name: str
    mean: float
    low: float
    high: float
    questions: int


Naming = Callable[[Result], str]
"""What a result is called in the qrels."""


_GRADE = re.compile(r"-?[0-9]{1,9}")


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Qrels as TREC writes them (query, 0, document, grade) or as three columns, by query.

    Columns are cut at tabs where that gives as many, else at white space; a first line whose last
    column is no number is a header. Names are as `search.output.token` writes them.
    Raises QrelsError for any other line, and for bytes that are no UTF-8.
    """
    grades: dict[str, dict[str, int]] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise QrelsError(f"{path}, byte {error.start}: not UTF-8: save it as UTF-8") from None
    for number, line in enumerate(lines, start=1):
        fields = _columns(line)
        if not fields or (number == 1 and not _GRADE.fullmatch(fields[-1])):
            continue
        if len(fields) not in (3, 4) or not _GRADE.fullmatch(fields[-1]):
            raise QrelsError(f"{path}, line {number}: not 'query [0] document grade'")
        grades.setdefault(token(fields[0]), {})[token(fields[-2])] = int(fields[-1])
    return grades


def _columns(line: str) -> list[str]:
    fields = [field.strip() for field in line.split("\t") if field.strip()]
    return fields if len(fields) in (3, 4) else line.split()


def unknown_names(judgements: Judgements, catalog: Catalog) -> list[str]:
    """The judged names that nothing in the library has, in their order; see `naming`."""
    known = {
        token(name)
        for one in catalog.documents()
        for name in (one.source_id, one.document_id, one.file_name)
    }
    judged = dict.fromkeys(name for grades in judgements.values() for name in grades)
    return [name for name in judged if name not in known and not _is_passage(catalog, name)]


def _is_passage(catalog: Catalog, name: str) -> bool:
    try:
        catalog.passage(name)
    except KeyError:
        return False
    return True


def naming(judgements: Judgements, answers: Mapping[str, Answer]) -> Naming:
    """How the qrels name results: by passage id, by the id a JSONL line carries, by document id
    or by file name, whichever of these the judged names hold most of; as `search.output.token`
    writes it.
    """
    judged = {name for grades in judgements.values() for name in grades}
    ways: tuple[Naming, ...] = (
        lambda result: result.stored.passage_id,
        lambda result: token(result.document.source_id),
        lambda result: result.document.document_id,
        lambda result: token(result.document.file_name),
    )
    results = [result for answer in answers.values() for result in answer.results]
    return max(ways, key=lambda way: sum(way(result) in judged for result in results))


def as_run(answers: Mapping[str, Answer], name: Naming) -> dict[str, list[str]]:
    """Ranked names by question id, each once, by its best passage."""
    return {
        question: list(dict.fromkeys(name(result) for result in answer.results))
        for question, answer in answers.items()
    }


def measure(judgements: Judgements, run: Mapping[str, Sequence[str]]) -> list[Average]:
    """Each of `MEASURES` over the questions with a relevant passage; without results it is 0."""
    judged = {q: grades for q, grades in judgements.items() if any(g > 0 for g in grades.values())}
    qrels = [Qrel(q, name, grade) for q, grades in judged.items() for name, grade in grades.items()]
    scored = [
        ScoredDoc(question, name, -float(rank))
        for question in judged
        for rank, name in enumerate(run.get(question, ()))
    ]
    values: dict[str, dict[str, float]] = {str(m): dict.fromkeys(judged, 0.0) for m in MEASURES}
    for metric in ir_measures.iter_calc(list(MEASURES), qrels, scored):
        values[str(metric.measure)][metric.query_id] = metric.value
    return [
        interval(name, list(values[str(m)].values()))
        for name, m in zip(NAMES, MEASURES, strict=True)
    ]


def interval(name: str, values: Iterable[float]) -> Average:
    """Mean and 95 % percentile bootstrap interval over questions, seeded (Efron 1979)."""
    array = np.fromiter(values, dtype=np.float64)
    if not len(array):
        return Average(name, 0.0, 0.0, 0.0, 0)
    drawn = np.random.default_rng(_SEED).integers(0, len(array), (_RESAMPLES, len(array)))
    low, high = np.quantile(array[drawn].mean(axis=1), [0.025, 0.975])
    return Average(name, float(array.mean()), float(low), float(high), len(array))


def page_hits(
    judgements: Judgements, answers: Mapping[str, Answer], pages: Mapping[str, Collection[int]]
) -> Average:
    """Of the questions with a relevant passage in the first five, how often the page given with
    its quote is a page that answers.

    pages: the pages that answer, by question id.
    """
    hits: list[float] = []
    for question, answer in answers.items():
        grades = judgements.get(question, {})
        found = next(
            (r for r in answer.results[:5] if grades.get(r.stored.passage_id, 0) > 0), None
        )
        if found is not None:
            hits.append(float(found.quote.page in pages[question]))
    return interval("page", hits)


def table(rows: Mapping[str, Sequence[Average]]) -> str:
    """Rankings side by side as a Markdown table; each cell "mean (low-high)"."""
    names = [measured.name for measured in next(iter(rows.values()))]
    lines = ["| ranking | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for ranking, measured in rows.items():
        cells = [f"{m.mean:.3f} ({m.low:.3f}-{m.high:.3f})" for m in measured]
        lines.append(f"| {ranking} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
