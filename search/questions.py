"""Questions from a file: one a line, a CSV column, or JSON lines. Read line by line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ingest import jsonl
from ingest.text import fault

FILTERS = ("goal", "activity", "year", "kind", "document")
"""Columns, or keys, that limit one question; see `search.limits`."""

_COLUMN = "question"
_HEADERS = (_COLUMN, "questions", "query", "queries", "text")
"""What a file of one column may say above its questions, in any case of letters."""

_SEPARATORS = ",;\t"
"""Spreadsheets write the semicolon where the comma is the decimal sign."""

_SHOWN = 80
"""Characters of a wrong header that are repeated."""


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
        return from_entry(jsonl.parsed(line), number)
    except ValueError as error:
        return BadQuestion(number, str(error))


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


def from_csv(lines: Iterable[str], column: str | None = None) -> Iterator[Question | BadQuestion]:
    """Rows of a CSV file with a header; the id comes from the column "id" where there is one.

    Cells are separated by commas, semicolons or tabs, by what the first line has. A file of one
    column needs no header. Several values of one limit are separated by semicolons.
    column: the name of the questions' column; "question" when left out.
    """
    rest = iter(lines)
    first = next(rest, "")
    if not first:
        return
    try:
        separator = _separator(first, column or _COLUMN)
        reader = csv.DictReader(chain([first], rest), delimiter=separator)
        names = [name for name in reader.fieldnames or () if name.strip()]
    except csv.Error as error:
        yield BadQuestion(1, f"not valid CSV: {error}")
        return
    alone = column is None and len(names) == 1
    wanted = names[0] if alone else column or _COLUMN
    if wanted not in names:
        yield BadQuestion(1, fault(first) or _no_column(wanted, names))
        return
    headless = alone and wanted.strip().lower() not in _HEADERS
    if headless:
        yield _from_row({wanted: wanted}, wanted, 1, reader.line_num)
    yield from _from_rows(reader, wanted, 1 if headless else 0)


def _separator(first: str, wanted: str) -> str:
    """What separates the cells of a file with this first line."""

    def fit(separator: str) -> tuple[bool, int]:
        (names,) = csv.reader([first], delimiter=separator)
        return wanted in names, len(names)

    return max(_SEPARATORS, key=fit)


def _no_column(wanted: str, names: Iterable[str]) -> str:
    there = " ".join(", ".join(names).split())[:_SHOWN] or "none"
    mend = "name it with --column, or in a first line above the questions"
    return f"no column '{wanted}'; there are: {there} ({mend})"


def _from_rows(
    reader: csv.DictReader[str], column: str, count: int
) -> Iterator[Question | BadQuestion]:
    """The questions of the rows that are left; `count` came before them."""
    rows = iter(reader)
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
    row: Mapping[str | None, Any], column: str, count: int, line: int
) -> Question | BadQuestion:
    text = (row.get(column) or "").strip()
    if not text:
        return BadQuestion(line, f"the column '{column}' is empty")
    # Cells beyond the header are under None. Most often a question was cut at its own comma.
    if any(cell and cell.strip() for cell in (row.get(""), *row.get(None, ()))):
        return BadQuestion(line, "a cell under no column: put the question into double quotes")
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
    """The question, unless bytes of it could not be read, it holds half a character, or it has no
    letter and no digit.
    """
    texts = (question.id, question.text, *chain(*question.limits.values()))
    wrong = next(filter(None, map(fault, texts)), "")
    if not wrong and not any(map(str.isalnum, question.text)):
        wrong = "the question has no letter and no digit"
    return BadQuestion(question.line, wrong) if wrong else question
