"""Answers as text files, by format: JSON lines, CSV and references; TREC runs are in `trec`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TextIO

from corpus.taxonomy import Taxonomy
from index.files.formulas import harmless
from index.tagging.tag_dicts import tags_as_dicts
from search.formats import cite
from search.formats.contract import answer_as_dict
from search.formats.trec import write_trec
from search.ranking.source_notes import in_quote, in_words
from search.records import Answer, Result

COLUMNS = (
    "question_id",
    "question",
    "answered",
    "rank",
    "score",
    "title",
    "page",
    "page_first",
    "page_last",
    "section",
    "quote",
    "goals",
    "activities",
    "publisher",
    "year",
    "url",
    "file",
    "passage_id",
    "document_id",
    "source_id",
    "text",
    "generation",
    "kind",
    "language",
    "notes",
    "printed_page",
)

Answered = Iterable[tuple[str, Answer]]
"""(question id, answer) pairs."""


def write_jsonl(answers: Answered, out: TextIO, taxonomy: Taxonomy) -> None:
    """One JSON object a question, as in the contract."""
    for question_id, answer in answers:
        line = answer_as_dict(answer, taxonomy, question_id)
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        out.flush()


def write_csv(answers: Answered, out: TextIO, taxonomy: Taxonomy) -> None:
    """One row a result; a question without results has one row with its question only.

    Cells that a spreadsheet would run as a formula are quoted with an apostrophe.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for question_id, answer in answers:
        for row in rows(question_id, answer, taxonomy):
            writer.writerow([harmless(row[column]) for column in COLUMNS])
        out.flush()


Writer = Callable[[Answered, TextIO, Taxonomy], None]


def _references(write: Callable[[Sequence[cite.Reference]], str]) -> Writer:
    """A writer of the documents found, each once, with what all answers quote of it: behind a quote
    stand the ids of its questions, and which of them it does not answer.
    """

    def writer(answers: Answered, out: TextIO, _taxonomy: Taxonomy) -> None:
        found = (
            cite.of_results(answer.results, asked=(_named(question_id, answer),))
            for question_id, answer in answers
        )
        out.write(write(cite.merged(chain.from_iterable(found))))

    return writer


def _named(question_id: str, answer: Answer) -> str:
    return question_id if answer.answered else f"{question_id} (not answered)"


WRITERS: dict[str, Writer] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "trec": write_trec,
    "ris": _references(cite.ris),
    "bibtex": _references(cite.bibtex),
    "csl": _references(cite.csl),
}
"""By format; `search.batches.workbook` writes XLSX."""


def rows(question_id: str, answer: Answer, taxonomy: Taxonomy) -> Iterator[dict[str, Any]]:
    """Flat rows of an answer, one a result, keyed by `COLUMNS`."""
    asked = {
        "question_id": question_id,
        "question": answer.question,
        "answered": "yes" if answer.answered else "no",
        "generation": answer.generation,
    }
    if not answer.results:
        yield dict.fromkeys(COLUMNS, "") | asked
    for result in answer.results:
        yield asked | _row(result, taxonomy)


def _row(result: Result, taxonomy: Taxonomy) -> dict[str, Any]:
    passage, document = result.stored.passage, result.document
    return {
        "rank": result.rank,
        "score": result.score,
        "title": document.metadata.title,
        "page": result.quote.page,
        "page_first": passage.page_first,
        "page_last": passage.page_last,
        "section": passage.section_path,
        "quote": result.quote.words(passage),
        "goals": _labels(tags_as_dicts(result.stored.tags, taxonomy.goals)),
        "activities": _labels(tags_as_dicts(result.stored.tags, taxonomy.activities)),
        "publisher": document.metadata.publisher,
        "year": document.metadata.year or "",
        "url": document.metadata.url,
        "file": document.file_name,
        "passage_id": result.stored.passage_id,
        "document_id": document.document_id,
        "source_id": document.source_id,
        "text": passage.text,
        "kind": document.metadata.kind,
        "language": document.metadata.language,
        "notes": "\n".join(
            in_words(note, document) for note in in_quote(result.notes, result.quote)
        ),
        "printed_page": result.stored.printed_on(result.quote.page) or "",
    }


def _labels(tags: Iterable[dict[str, Any]]) -> str:
    return "; ".join(f"{tag['label']} {tag['probability']:.2f}" for tag in tags)
