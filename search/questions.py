"""Questions from a file: one a line, a CSV column, or JSON lines. Read line by line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from index.filters import NAMES
from ingest import jsonl
from ingest.text import fault, has_word

FILTERS = ("goal", "activity", "year", "kind", "document")
"""Columns, or keys, that limit one question; see `search.limits`. Not "publisher" and "language":
files have columns of these names that say something of the question."""

PLURALS = {NAMES[name]: name for name in FILTERS}
"""Names that are mistaken for those; refused, since a limit that is passed over goes unseen."""

_ID = "id"

_COLUMN = "question"

KEYS = (_COLUMN, _ID, *FILTERS)
"""What is read of a question."""

_HEADERS = (_COLUMN, "questions", "query", "queries", "text")
"""What a file of one column may say above its questions, in any case of letters."""

_SEPARATORS = ",;\t"
"""Spreadsheets write the semicolon where the comma is the decimal sign."""

_SHOWN = 80
"""Characters of a wrong header that are repeated."""


class HeaderError(ValueError):
    """The first line of a table does not say where the questions are: none can be read.

    The message begins with the line.
    """


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the id its results are filed under.

    limits: what this question alone is limited to, values by name from `FILTERS`.
    passed_over: its columns or keys that are neither read nor limit anything, as they are written.
    line: where it stands, 1-based; 0 when it came from no file.
    """

    id: str
    text: str
    limits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = field(default=0, compare=False)
    passed_over: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class BadQuestion:
    """A line that holds no question, or one that cannot be asked.

    line: 1-based. id, text: of the question, where they could be read.
    """

    line: int
    message: str
    id: str = field(default="", compare=False)
    text: str = field(default="", compare=False)


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
    """A question from parsed JSON, the `number`-th; a limit is a value or a list of values.

    Keys are taken in any case of letters; two that are read and differ in it alone are refused.
    """
    written = entry if isinstance(entry, dict) else {}
    entry = {_plain(key): value for key, value in written.items()}
    # "text" is what public collections call it.
    wanted = _COLUMN if _COLUMN in entry else "text"
    if wrong := misnamed(entry) or _twice(written, (wanted, _ID, *FILTERS)):
        return BadQuestion(number, f"the key {wrong}")
    text = entry.get(wanted)
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
    given_id = entry.get(_ID)
    name = f"q{number}" if given_id in (None, "") else str(given_id)
    others = tuple(key for key in written if _plain(key) not in (wanted, _ID, *FILTERS))
    return _checked(Question(name, text.strip(), limits, number, others))


def from_csv(lines: Iterable[str], column: str | None = None) -> Iterator[Question | BadQuestion]:
    """Rows of a CSV file with a header; the id comes from the column "id" where there is one.

    Cells are separated by commas, semicolons or tabs, by what the first line has; blank lines above
    it are passed over. A file of one column needs no header. Several values of one limit are
    separated by semicolons. Names of columns are taken in any case of letters.
    column: the name of the questions' column; "question" when left out.
    Raises HeaderError, with the mend, when the first line has no such column, or has a column with
    a name of `PLURALS`.
    """
    rest = iter(lines)
    before, first = _first(rest)
    if not first:
        return
    try:
        separator = _separator(first, column or _COLUMN)
        reader = csv.DictReader(chain(before, [first], rest), delimiter=separator)
        wanted, headless = _header(reader, len(before), first, column)
    except (csv.Error, HeaderError) as error:
        said = "not valid CSV: " if isinstance(error, csv.Error) else ""
        raise HeaderError(f"line {len(before) + 1}: {said}{error}") from None
    if headless:
        yield _from_row({wanted: wanted}, wanted, 1, reader.line_num)
    yield from _from_rows(reader, wanted, 1 if headless else 0)


def _first(rest: Iterator[str]) -> tuple[list[str], str]:
    """The blank lines that come first, and the line after them; empty when there is none."""
    blank: list[str] = []
    for line in rest:
        if line.strip():
            return blank, line
        blank.append(line)
    return blank, ""


def _header(
    reader: csv.DictReader[str], above: int, first: str, column: str | None
) -> tuple[str, bool]:
    """The questions' column, and whether its name is a question too; names the reader's columns.

    above: blank lines above the first.
    """
    for _ in range(above):
        next(reader.reader)
    header = list(reader.fieldnames or ())
    names = [name for name in header if name.strip()]
    alone = column is None and len(names) == 1
    wanted = names[0] if alone else _found(column or _COLUMN, names)
    if wanted is None:
        raise HeaderError(fault(first) or _no_column(column or _COLUMN, names))
    reader.fieldnames = _meant(header, wanted)
    return wanted, alone and wanted.strip().lower() not in _HEADERS


def _meant(header: Sequence[str], wanted: str) -> list[str]:
    """The names of the columns, those of ids and limits as they are written here."""
    known = [name for name in map(_plain, header) if name in (_ID, *FILTERS)]
    twice = next((name for name in known if known.count(name) > 1), None)
    if twice:
        raise HeaderError(f"there are two columns '{twice}'")
    if wrong := misnamed(_plain(name) for name in header if name != wanted):
        raise HeaderError(f"the column {wrong}")
    return [_plain(name) if name != wanted and _plain(name) in known else name for name in header]


def _separator(first: str, wanted: str) -> str:
    """What separates the cells of a file with this first line."""

    def fit(separator: str) -> tuple[bool, int]:
        (names,) = csv.reader([first], delimiter=separator)
        return _plain(wanted) in map(_plain, names), len(names)

    return max(_SEPARATORS, key=fit)


def _plain(name: str) -> str:
    return name.strip().casefold()


def _found(wanted: str, names: Sequence[str]) -> str | None:
    """The name that is wanted, to the letter if there is one, else in another case of letters."""
    alike = [name for name in names if _plain(name) == _plain(wanted)]
    return wanted if wanted in names else next(iter(alike), None)


def misnamed(names: Iterable[str]) -> str:
    """Which of the names is in `PLURALS`, and how it is called here; empty when none is."""
    wrong = next((name for name in names if name in PLURALS), None)
    return f"'{wrong}' is called '{PLURALS[wrong]}' here" if wrong else ""


def _twice(written: Iterable[str], read: Collection[str]) -> str:
    """Which of the keys that are read is there twice, and how it is written; empty when none is."""
    spelt: dict[str, list[str]] = {}
    for key in written:
        spelt.setdefault(_plain(key), []).append(key)
    wrong = next((name for name in read if len(spelt.get(name, ())) > 1), None)
    return f"'{wrong}' is there twice, as {' and '.join(map(repr, spelt[wrong]))}" if wrong else ""


def _no_column(wanted: str, names: Sequence[str]) -> str:
    there = " ".join(", ".join(names).split())[:_SHOWN] or "none"
    mend = "name it with --column, or in a first line above the questions"
    if any(name[0].isspace() for name in names[1:]):  # as after the comma of a sentence
        mend += "; put questions with commas into double quotes, or save the file as .txt"
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
    known = (column, _ID, *FILTERS)
    others = tuple(key for key in row if key and key.strip() and key not in known)
    name = (row.get(_ID) or "").strip() or f"q{count}"
    return _checked(Question(name, text, limits, line, others))


def distinct(
    items: Iterable[Question | BadQuestion], place: str = "line"
) -> Iterator[Question | BadQuestion]:
    """The questions, those with the id of one before as bad ones, since results are filed by id.

    place: what `line` counts.
    """
    places: dict[str, int] = {}
    for item in items:
        if isinstance(item, Question) and item.id in places:
            first = places[item.id]
            said = f"the id '{item.id}' is that of {place} {first} already"
            yield BadQuestion(item.line, said, item.id, item.text)
            continue
        if isinstance(item, Question):
            places[item.id] = item.line
        yield item


Reader = Callable[[Iterable[str]], Iterator[Question | BadQuestion]]

READERS: dict[str, Reader] = {
    ".txt": from_lines,
    ".csv": from_csv,
    ".jsonl": from_jsonl,
}
"""By the file name's ending."""


def piped(lines: Iterable[str]) -> tuple[Reader, Iterator[str]]:
    """How to read questions that come without a name, and all of their lines.

    By the first line that is not blank: JSON lines when it starts with a brace; a table when it
    names several columns, one of them "question"; else a question a line.
    """
    rest = iter(lines)
    before, first = _first(rest)
    every = chain(before, [first], rest) if first else iter(before)
    if first.lstrip().startswith("{"):
        return from_jsonl, every
    return (from_csv if first and _is_head(first.strip()) else from_lines), every


def _is_head(first: str) -> bool:
    """Whether a line is the head of a table, and no sentence that begins with "Question, "."""
    try:
        names = next(csv.reader([first], delimiter=_separator(first, _COLUMN)), [])
    except csv.Error:
        return False
    spaced = any(name[:1].isspace() for name in names[1:])  # as after the comma of a sentence
    if "?" in first or len(names) < 2 or (spaced and not {*map(_plain, names)} <= {*KEYS}):
        return False
    return _found(_COLUMN, names) is not None


def _values(given: Iterable[object]) -> tuple[str, ...]:
    return tuple(text for value in given if value is not None and (text := str(value).strip()))


def _checked(question: Question) -> Question | BadQuestion:
    """The question, unless bytes of it could not be read, it holds half a character, or it has no
    letter and no digit.
    """
    texts = (question.id, question.text, *chain(*question.limits.values()))
    if wrong := next(filter(None, map(fault, texts)), ""):
        return BadQuestion(question.line, wrong)
    if not has_word(question.text):
        said = "the question has no letter and no digit"
        return BadQuestion(question.line, said, question.id, question.text)
    return question
