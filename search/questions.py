"""Questions from a file: one a line, a CSV column, or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the id its results are filed under."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class BadQuestion:
    """A line that holds no question. `line` is 1-based."""

    line: int
    message: str


def from_lines(lines: Iterable[str]) -> Iterator[Question | BadQuestion]:
    """One question a line, with ids q1, q2, …; blank lines are passed over."""
    count = 0
    for line in lines:
        if text := line.strip():
            count += 1
            yield Question(f"q{count}", text)


def from_jsonl(lines: Iterable[str]) -> Iterator[Question | BadQuestion]:
    """{"id", "question"} objects; without an id the line number stands in, as q1, q2, …"""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            yield BadQuestion(number, f"not valid JSON: {error.msg}")
            continue
        # "text" is what public collections call it.
        text = entry.get("question", entry.get("text")) if isinstance(entry, dict) else None
        if not isinstance(text, str) or not text.strip():
            yield BadQuestion(number, "the key 'question' is missing or not a text")
        else:
            yield Question(str(entry.get("id") or f"q{number}"), text.strip())


def from_csv(lines: Iterable[str], column: str = "question") -> Iterator[Question | BadQuestion]:
    """Rows of a CSV file with a header; the id comes from the column "id" where there is one.

    A file of one column needs no header of that name: its first column is the question's.
    """
    reader = csv.DictReader(lines)
    names = list(reader.fieldnames or [])
    if column not in names:
        if len(names) != 1:
            yield BadQuestion(1, f"no column '{column}'; there are: {', '.join(names) or 'none'}")
            return
        column = names[0]
    for count, row in enumerate(reader, start=1):
        text = (row.get(column) or "").strip()
        if text:
            yield Question((row.get("id") or "").strip() or f"q{count}", text)
        else:
            yield BadQuestion(reader.line_num, f"the column '{column}' is empty")


READERS = {".txt": from_lines, ".csv": from_csv, ".jsonl": from_jsonl}
"""By the file name's ending; standard input is read as `.txt`, or as `.jsonl` when it starts
with a brace."""
