"""Questions from a file: one a line, a CSV column, or JSON lines. Read line by line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

FILTERS = ("goal", "activity", "year", "kind", "document")
"""Columns, or keys, that limit one question; see `search.limits`."""

_UNREADABLE = range(0xDC80, 0xDD00)
"""What bytes that are no UTF-8 become under Python's error handler "surrogateescape"."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the id its results are filed under.

    limits: what this question alone is limited to, values by name from `FILTERS`.
    line: where it stands, 1-based; 0 when it came from no file.
    """

    id: str
    text: str
    limits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class BadQuestion:
    """A line that holds no question. `line` is 1-based."""

    line: int
    message: str


def from_lines(lines: Iterable[str]) -> Iterator[Question | BadQuestion]:
    """One question a line, with ids q1, q2, …; blank lines are passed over."""
    count = 0
    for number, line in enumerate(lines, start=1):
        if text := line.strip():
            count += 1
            yield _checked(Question(f"q{count}", text, line=number))


def from_jsonl(lines: Iterable[str]) -> Iterator[Question | BadQuestion]:
    """{"id", "question"} objects; without an id the line number stands in, as q1, q2, …"""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _from_json(number, line)


def _from_json(number: int, line: str) -> Question | BadQuestion:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        return BadQuestion(number, f"not valid JSON: {error.msg}")
    except (ValueError, RecursionError):
        # A number of more than 4,300 digits, brackets a thousand deep.
        return BadQuestion(number, "not valid JSON")
    return from_entry(entry, number)


def from_entry(entry: Any, number: int) -> Question | BadQuestion:
    """A question from parsed JSON, the `number`-th; a limit is a value or a list of values."""
    # "text" is what public collections call it.
    text = entry.get("question", entry.get("text")) if isinstance(entry, dict) else None
    if not isinstance(text, str) or not text.strip():
        return BadQuestion(number, "the key 'question' is missing or not a text")
    limits: dict[str, tuple[str, ...]] = {}
    for name in FILTERS:
        given = entry.get(name)
        values = given if isinstance(given, list) else [given]
        if not all(value is None or type(value) in (str, int) for value in values):
            return BadQuestion(number, f"the key '{name}' is neither a text nor a list of texts")
        if kept := _values(values):
            limits[name] = kept
    name = entry.get("id")
    return _checked(
        Question(f"q{number}" if name in (None, "") else str(name), text.strip(), limits, number)
    )


def from_csv(lines: Iterable[str], column: str = "question") -> Iterator[Question | BadQuestion]:
    """Rows of a CSV file with a header; the id comes from the column "id" where there is one.

    A file of one column needs no header of that name: its first column is the question's. Several
    values of one limit are separated by semicolons.
    """
    reader = csv.DictReader(lines)
    try:
        names = list(reader.fieldnames or [])
    except csv.Error as error:
        yield BadQuestion(1, f"not valid CSV: {error}")
        return
    if column not in names and names:
        if len(names) != 1:
            yield BadQuestion(1, f"no column '{column}'; there are: {', '.join(names)}")
            return
        column = names[0]
    rows, count = iter(reader), 0
    while True:
        count += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadQuestion(reader.line_num, f"not valid CSV: {error}")
            continue
        yield _from_row(row, column, count, reader.line_num)


def _from_row(
    row: Mapping[str, str | None], column: str, count: int, line: int
) -> Question | BadQuestion:
    text = (row.get(column) or "").strip()
    if not text:
        return BadQuestion(line, f"the column '{column}' is empty")
    given = {name: _values((row.get(name) or "").split(";")) for name in FILTERS if name != column}
    limits = {name: values for name, values in given.items() if values}
    return _checked(Question((row.get("id") or "").strip() or f"q{count}", text, limits, line))


def from_piped(lines: Iterable[str]) -> Iterator[Question | BadQuestion]:
    """Questions of which the format is not known: JSON lines when the first starts with a brace."""
    rest = iter(lines)
    before: list[str] = []
    for line in rest:
        before.append(line)
        if line.strip():
            break
    first = before[-1].lstrip() if before else ""
    reader = from_jsonl if first.startswith("{") else from_lines
    return reader(chain(before, rest))


READERS: dict[str, Callable[[Iterable[str]], Iterator[Question | BadQuestion]]] = {
    ".txt": from_lines,
    ".csv": from_csv,
    ".jsonl": from_jsonl,
}
"""By the file name's ending; standard input is read by `from_piped`."""


def _values(given: Iterable[object]) -> tuple[str, ...]:
    return tuple(text for value in given if value is not None and (text := str(value).strip()))


def _checked(question: Question) -> Question | BadQuestion:
    """The question, unless bytes of it could not be read or it holds half a character."""
    for text in (question.id, question.text, *chain(*question.limits.values())):
        if any(ord(char) in _UNREADABLE for char in text):
            return BadQuestion(question.line, "not UTF-8: save the file as UTF-8")
        if "\0" in text:
            return BadQuestion(question.line, "a NUL character: save the file as UTF-8 text")
        if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
            return BadQuestion(question.line, "half of a character (a lone surrogate)")
    return question
