"""Which passages answer a question whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.questions import KnownAnswer, KnownQuestion, runs_of
from index.catalog import Catalog
from index.records import StoredPassage

SHARE = 0.5
"""Share of an answer's runs of words that a passage has to hold to be the answer."""

Judgements = Mapping[str, Mapping[str, int]]
"""Question id to passage id to grade, as in qrels."""


def judge(questions: Sequence[KnownQuestion], catalog: Catalog) -> dict[str, dict[str, int]]:
    """Passages that answer each question: those that hold at least half of a known answer's words
    and stand on its page. Where no passage holds half of it, as when a cut goes through it, the
    one on that page that holds most. Questions without answers have none.
    """
    by_file = _passages_by_file(catalog, {a.file for q in questions for a in q.answers})
    runs: dict[str, frozenset[str]] = {}
    found: dict[str, dict[str, int]] = {}
    for question in questions:
        grades: dict[str, int] = {}
        for answer in question.answers:
            for stored in _answering(answer, by_file.get(answer.file, ()), runs):
                grades[stored.passage_id] = 1
        found[question.id] = grades
    return found


def _answering(
    answer: KnownAnswer, passages: Iterable[StoredPassage], runs: dict[str, frozenset[str]]
) -> list[StoredPassage]:
    shares: list[tuple[float, StoredPassage]] = []
    for stored in passages:
        passage = stored.passage
        if passage.page_first <= answer.page <= passage.page_last:
            held = runs.setdefault(stored.passage_id, runs_of(passage.text))
            shares.append((len(answer.runs & held) / max(1, len(answer.runs)), stored))
    enough = [stored for share, stored in shares if share >= SHARE]
    if enough:
        return enough
    best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return [best[1]] if best[1] is not None and best[0] > 0 else []


def _passages_by_file(catalog: Catalog, files: set[str]) -> dict[str, list[StoredPassage]]:
    found: dict[str, list[StoredPassage]] = {}
    for document in catalog.documents():
        if document.file_name in files:
            passages = catalog.passages_of(document.document_id)
            found.setdefault(document.file_name, []).extend(passages)
    return found
