"""Questions whose answers are known, and which passages of a library answer them.

The words of an answer are kept as digests of their runs of five, so that a set over documents
that may not be copied can stand beside the sets over our own.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.rows.catalog import Catalog
from index.rows.records import StoredPassage
from search.measuring.evaluate import Average, interval
from search.measuring.qrels import Judgements
from search.records import Answer

QUESTIONS = Path(__file__).parents[2] / "corpus" / "questions"
STARTER = QUESTIONS / "starter.jsonl"
REPORTS = QUESTIONS / "reports.jsonl"
FRESH = QUESTIONS / "fresh.jsonl"
OFFICERS = QUESTIONS / "officers.jsonl"
LANGUAGES = QUESTIONS / "languages.jsonl"

RUN = 5
"""Words a run: long enough to be found in one place only, short enough to survive a footnote."""

SHARE = 0.5
"""Share of an answer's runs of words that a passage has to hold to be the answer."""

_WORD = re.compile(r"[^\W_]+")


class QuestionsError(ValueError):
    """A line of a question set breaks the rules; the message names file, line and key."""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """Where a question is answered.

    file: name of the document's file. page: 1-based, as the viewer counts, where it begins.
    runs: digests of the answer's runs of five words; see `runs_of`.
    """

    file: str
    page: int
    runs: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question with the places that answer it; none when the library cannot.

    split: "tune", or "held" for those that are only looked at in the end.
    """

    id: str
    text: str
    kind: str
    split: str
    answers: tuple[KnownAnswer, ...]


def folded(text: str) -> list[str]:
    """The words of a text: runs of letters and digits after NFKC, in lower case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def runs_of(text: str) -> frozenset[str]:
    """Digests (8 hex digits) of all runs of five words of a text, or of the whole shorter text.

    Words are as `folded` has them.
    """
    words = folded(text)
    count = max(1, len(words) - RUN + 1)
    runs = (" ".join(words[start : start + RUN]) for start in range(count) if words)
    return frozenset(hashlib.sha256(run.encode()).hexdigest()[:8] for run in runs)


def stated(entry: dict[str, Any]) -> tuple[KnownAnswer, ...]:
    """The answer of an entry with "file", "page" and either "text" or "runs"."""
    runs = frozenset(entry["runs"]) if "runs" in entry else runs_of(entry["text"])
    return (KnownAnswer(str(entry["file"]), int(entry["page"]), runs),)


ReadAnswer = Callable[[dict[str, Any]], tuple[KnownAnswer, ...]]
"""From an entry of "answers" to the places where it stands. Raises ValueError for none."""


def load(path: Path, read_answer: ReadAnswer = stated) -> tuple[KnownQuestion, ...]:
    """Read a question set: {"id", "question", "kind", "split", "answers"} a line.

    Raises QuestionsError for a line that is not JSON or lacks a key, and for an answer that
    `read_answer` refuses. OSError passes through.
    """
    return tuple(_lines(path, read_answer))


def _lines(path: Path, read_answer: ReadAnswer) -> Iterator[KnownQuestion]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _question(json.loads(line), read_answer)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise QuestionsError(f"{path}, line {number}: {error!r}") from error


def _question(entry: dict[str, Any], read_answer: ReadAnswer) -> KnownQuestion:
    return KnownQuestion(
        id=str(entry["id"]),
        text=str(entry["question"]),
        kind=str(entry.get("kind", "")),
        split=str(entry.get("split", "tune")),
        answers=tuple(place for answer in entry["answers"] for place in read_answer(answer)),
    )


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
