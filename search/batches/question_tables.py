"""Questions from a CSV table, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from index.files import csv_rows
from index.files.csv_rows import BadCsvRow, CsvRow, HeaderError, plain
from ingest.prose.text import fault
from search.batches.questions import (
    COLUMN,
    FILTERS,
    ID,
    BadQuestion,
    Question,
    checked,
    limit_values,
    misnamed,
)

_HEADERS = (COLUMN, "questions", "query", "queries", "text")
"""What a file of one column may say above its questions, in any case of letters."""


def from_csv(
    lines: Iterable[str], column: str | None = None, limiting: Collection[str] = FILTERS
) -> Iterator[Question | BadQuestion]:
    """Rows of a CSV file with a header; the id comes from the column "id" where there is one.

    Cells are separated by one of `csv_rows.SEPARATORS`, by what the first line has; blank lines,
    and rows of empty cells, are passed over. A file of one column needs no header. Several values
    of one limit are separated by semicolons. Names of columns are taken in any case of letters.
    column: the name of the questions' column; "question" when left out. limiting: columns that
    limit a question; all others are passed over.
    Raises HeaderError, with the mend, when the first line has no such column, or has a column with
    a name of `PLURALS` for one that limits.
    """
    table = csv_rows.table(lines, column or COLUMN)
    if table is None:
        return
    names = [name for name in table.header if name.strip()]
    alone = column is None and len(names) == 1
    try:
        wanted = names[0] if alone else csv_rows.found(column or COLUMN, names)
        if wanted is None:
            raise HeaderError(fault(table.first) or _no_column(column or COLUMN, names))
        header = _meant(table.header, wanted, limiting)
    except HeaderError as error:
        raise HeaderError(f"line {table.line}: {error}") from None
    headless = alone and plain(wanted) not in _HEADERS
    if headless:
        yield _from_row(CsvRow(table.line, (wanted,)), (wanted,), wanted, 1, ())
    for count, row in enumerate(table.rows, start=2 if headless else 1):
        if isinstance(row, BadCsvRow):
            yield BadQuestion(row.line, row.message)
        else:
            yield _from_row(row, header, wanted, count, limiting)


def _meant(header: Sequence[str], wanted: str, limiting: Collection[str]) -> list[str]:
    """The names of the columns, those of ids and limits as they are written here."""
    known = [name for name in map(plain, header) if name in (ID, *limiting)]
    twice = next((name for name in known if known.count(name) > 1), None)
    if twice:
        raise HeaderError(f"there are two columns '{twice}'")
    if wrong := misnamed((plain(name) for name in header if name != wanted), limiting):
        raise HeaderError(f"the column {wrong}")
    return [plain(name) if name != wanted and plain(name) in known else name for name in header]


def _no_column(wanted: str, names: Sequence[str]) -> str:
    mend = "name it with --column, or in a first line above the questions"
    if any(name[0].isspace() for name in names[1:]):  # as after the comma of a sentence
        mend += "; put questions with commas into double quotes, or save the file as .txt"
    elif wanted == COLUMN:
        mend += "; where each line is a question, save the file as .txt"
    return f"{csv_rows.no_column(wanted, names)} ({mend})"


def _by_name(header: Sequence[str], row: CsvRow) -> dict[str, str]:
    """Cells by their column's name; those that have none, or stand beyond the header, under ""."""
    pairs = list(zip_longest(header, row.cells, fillvalue=""))
    return dict(pairs) | {"": "".join(cell for name, cell in pairs if not name)}


def _from_row(
    cells: CsvRow, header: Sequence[str], column: str, count: int, limiting: Collection[str]
) -> Question | BadQuestion:
    row, line = _by_name(header, cells), cells.line
    text = row.get(column, "").strip()
    if not text:
        return BadQuestion(line, f"the column '{column}' is empty")
    # Most often a question was cut at its own comma.
    if row.get("", "").strip():
        return BadQuestion(line, "a cell under no column: put the question into double quotes")
    given = {
        name: limit_values(row.get(name, "").split(";")) for name in limiting if name != column
    }
    limits = {name: values for name, values in given.items() if values}
    known = (column, ID, *limiting)
    others = tuple(key for key in row if key.strip() and key not in known)
    return checked(Question(row.get(ID, "").strip() or f"q{count}", text, limits, line, others))
