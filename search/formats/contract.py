"""Answers as the JSON that scripts rely on: the same on the command line and under /api/v1."""

from __future__ import annotations

from typing import Any

from corpus.taxonomy import Taxonomy
from index.tagging.tag_dicts import by_facet
from search.ranking.source_notes import in_quote
from search.records import Answer, Result, SourceNote


def answer_as_dict(answer: Answer, taxonomy: Taxonomy, question_id: str) -> dict[str, Any]:
    """One line of `batch --format jsonl` and of `search --format json`; `limits` is there for a
    question of many that has its own, `in_english` and `question_language` (ISO 639-1) for one that
    was asked in another language.
    """
    fields: dict[str, Any] = {
        "id": question_id,
        "question": answer.question,
        "answered": answer.answered,
        "took_ms": answer.took_ms,
        "generation": answer.generation,
        "results": [result_as_dict(result, taxonomy) for result in answer.results],
    }
    if answer.in_english:
        fields |= {"in_english": answer.in_english, "question_language": answer.language}
    if answer.limits:
        fields["limits"] = {name: list(values) for name, values in answer.limits.items()}
    return fields


def result_as_dict(result: Result, taxonomy: Taxonomy) -> dict[str, Any]:
    """One result; `source_id` is there for documents that came from JSONL, `notes` of the quote
    where it points to notes. `language` is that of the document, ISO 639-1; empty where it is not
    known.
    """
    passage = result.stored.passage
    notes = [note_as_dict(note) for note in in_quote(result.notes, result.quote)]
    fields: dict[str, Any] = {
        "rank": result.rank,
        "score": result.score,
        "passage_id": result.stored.passage_id,
        "document_id": result.document.document_id,
        "title": result.document.metadata.title,
        "file": result.document.file_name,
        "page_first": passage.page_first,
        "page_last": passage.page_last,
        "section": passage.section_path,
        "text": passage.text,
        "quote": {
            "start": result.quote.start,
            "end": result.quote.end,
            "page": result.quote.page,
            "printed_page": result.stored.printed_on(result.quote.page),
            **({"notes": notes} if notes else {}),
        },
        **by_facet(result.stored.tags, taxonomy),
        "language": result.document.metadata.language,
    }
    if result.document.source_id:
        fields["source_id"] = result.document.source_id
    return fields


def note_as_dict(note: SourceNote) -> dict[str, Any]:
    """A note, of a quote or of a whole passage."""
    return {
        "label": note.label,
        "text": note.text,
        "passage_id": note.passage_id,
        "start": note.start,
        "end": note.end,
        "page": note.page,
        "printed_page": note.printed,
    }
