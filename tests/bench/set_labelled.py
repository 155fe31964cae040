"""Questions on the passages that the tagger learns from, each passage a document of its own.

The largest set by far, so that small differences show: the other sets' intervals are four to six
times as wide. Its passages are invented and stand alone, so it says nothing of pages, headings
and questions without an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus"
PASSAGES = CORPUS / "labelled" / "passages.jsonl"
QUESTIONS = CORPUS / "questions" / "labelled.jsonl"

NOT_INVENTED = frozenset({"s1", "b10", "b11", "b18", "b19"})
"""Batches cut from the starter documents, or retelling what is on record: several of their
passages answer the same question."""


def write_corpus(folder: Path) -> Path:
    """Write the passages as documents in a JSONL file, their topics as titles; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "labelled.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for entry in _entries(PASSAGES):
            if entry["batch"] not in NOT_INVENTED:
                document = {"id": entry["id"], "title": entry["topic"], "text": entry["text"]}
                lines.write(json.dumps(document, ensure_ascii=False) + "\n")
    return file


def questions(split: str) -> dict[str, str]:
    """The questions of a split, "tune" or "held", by the id of the passage that answers."""
    return {one["id"]: one["question"] for one in _entries(QUESTIONS) if one["split"] == split}


def _entries(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
