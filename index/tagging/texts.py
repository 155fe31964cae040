"""Texts to be tagged that are in no library: from JSON lines or from a table, as they come."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from index.files import csv_rows
from index.files.csv_rows import BadCsvRow, CsvRow, CsvTable, HeaderError
from ingest.formats import jsonl
from ingest.metadata.fields import is_broken_cell
from ingest.prose.text import fault

_COLUMNS = ("id", "text")

_NEITHER = (
    'neither JSON lines, {"id": "a", "text": "…"} a line, nor a table with the columns id and text'
)
_SHOWN = 80
"""Characters of an id that are repeated."""

_LOOKED_AT = 5
"""Lines by which it is told what texts without a file's ending are."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its id, a text or a number as it was given. line: where it begins, 1-based."""

    id: Any
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class BadText:
    """A line that holds no text to tag. line: 1-based."""

    line: int
    message: str


def read(lines: Iterable[str], ending: str = "") -> Iterator[Text | BadText]:
    """The texts of JSON lines or of a table: by the file's ending, `.jsonl` or `.csv`, or by what
    the first lines look like. A text with the id of one before comes as a bad one.

    Raises HeaderError, before the first text, for what is neither JSON lines nor a table with the
    columns id and text.
    """
    rest = iter(lines)
    if ending == ".jsonl":
        return _distinct(_from_jsonl(rest))
    if ending == ".csv":
        return _distinct(_from_csv(rest))
    above, first = csv_rows.first_line(rest)
    looked_at = [first, *islice(rest, _LOOKED_AT - 1)] if first else []
    every = chain(above, looked_at, rest)
    if _names_texts(first):
        return _distinct(_from_csv(every))
    if first and not any(line.lstrip().startswith("{") for line in looked_at):
        raise HeaderError(f"line {len(above) + 1}: {fault(first) or _NEITHER}")
    return _distinct(_from_jsonl(every))


def _names_texts(first: str) -> bool:
    """Whether a line names the columns of a table of texts."""
    if first.lstrip().startswith("{"):  # JSON, in whose text "…, text, …" may stand
        return False
    try:
        names = csv_rows.cut(first, csv_rows.separator(first, "text"))
    except csv.Error:
        return False
    return csv_rows.found("text", names) is not None


def _from_jsonl(lines: Iterable[str]) -> Iterator[Text | BadText]:
    """Texts of {"id", "text"} objects, one a line; other keys are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _from_json(number, line)


def _from_json(number: int, line: str) -> Text | BadText:
    try:
        entry = jsonl.parsed(line)
    except ValueError as error:
        return BadText(number, str(error))
    given = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(given, str | int | float) or isinstance(given, bool):
        return BadText(number, "the key 'id' is missing or neither a text nor a number")
    if not isinstance(entry.get("text"), str) or not entry["text"].strip():
        return BadText(number, "the key 'text' is missing or not a text")
    return _checked(Text(given, entry["text"], number))


def _from_csv(lines: Iterable[str]) -> Iterator[Text | BadText]:
    """Texts of a table with the columns id and text, in any case of letters; other columns are
    passed over. Raises HeaderError when it has not both.
    """
    table = csv_rows.table(lines, "text")
    return map(_row_reader(table), table.rows) if table else iter(())


def _row_reader(table: CsvTable) -> Callable[[CsvRow | BadCsvRow], Text | BadText]:
    places = []
    for wanted in _COLUMNS:
        name = csv_rows.found(wanted, table.header)
        if name is None:
            said = fault(table.first) or csv_rows.no_column(wanted, table.header)
            raise HeaderError(f"line {table.line}: {said} (id and text are read)")
        places.append(table.header.index(name))

    def read_row(row: CsvRow | BadCsvRow) -> Text | BadText:
        if isinstance(row, BadCsvRow):
            return BadText(row.line, row.message)
        # Most often a text was cut at its own comma.
        if any(cell.strip() for cell in row.cells[len(table.header) :]):
            return BadText(row.line, "a cell under no column: put the text into double quotes")
        given, text = ("".join(row.cells[place : place + 1]).strip() for place in places)
        for name, value in zip(_COLUMNS, (given, text), strict=True):
            if not value:
                return BadText(row.line, f"the column '{name}' is empty")
        return _checked(Text(given, text, row.line))

    return read_row


def _checked(item: Text) -> Text | BadText:
    """A text, unless it or its id is no text that anybody wrote."""
    broken = next(filter(is_broken_cell, (str(item.id), item.text)), "").strip()
    wrong = fault(str(item.id)) or fault(item.text)
    wrong = wrong or (f"'{broken}' is an error of the spreadsheet: mend the cell" if broken else "")
    return BadText(item.line, wrong) if wrong else item


def _distinct(items: Iterable[Text | BadText]) -> Iterator[Text | BadText]:
    """The texts, those with the id of one before as bad ones, since tags are joined by id."""
    lines: dict[str, int] = {}
    for item in items:
        if isinstance(item, Text):
            first = lines.setdefault(str(item.id), item.line)
            if first != item.line:
                shown = " ".join(str(item.id).split())[:_SHOWN]
                said = f"the id '{shown}' is that of line {first} already"
                yield BadText(item.line, said)
                continue
        yield item
