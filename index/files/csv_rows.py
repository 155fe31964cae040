"""A CSV table with a header, read line by line: cells at commas, semicolons, tabs or bars (|)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = ",;\t|"
"""Spreadsheets write the semicolon where the comma is the decimal sign, databases the bar."""

_EXCEL_LINE = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)
"""A line that tells Excel what separates the cells below it."""

_AS_BLANKS = str.maketrans(SEPARATORS, " " * len(SEPARATORS))

_SHOWN = 80
"""Characters of a wrong header that a message repeats."""


class HeaderError(ValueError):
    """A table whose first line is no header, so that no row can be read. The message begins with
    the number of that line.
    """


@dataclass(frozen=True, slots=True)
class CsvRow:
    """Cells of a row that is not blank. line: the one on which it begins, 1-based."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class BadCsvRow:
    """A row that is no CSV. line: the one on which it begins, 1-based."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table whose header was read; its rows are read as they are asked for.

    line: of the header, 1-based. first: that line as it stands. header: the names in it.
    """

    line: int
    first: str
    header: tuple[str, ...]
    rows: Iterator[CsvRow | BadCsvRow]


def table(lines: Iterable[str], wanted: str) -> CsvTable | None:
    """The table that lines hold; None where all of them are blank.

    A row of empty cells is passed over as a blank line is, since spreadsheets write such rows below
    a table. wanted: a name in its header, which decides what separates the cells where several
    signs may.
    Raises HeaderError when the first line is no CSV.
    """
    rest = iter(lines)
    above, first = first_line(rest)
    if not first:
        return None
    try:
        # Strict, since a quote that is never closed takes all rows below it into one cell.
        reader = csv.reader(
            chain(above, [first], rest), delimiter=separator(first, wanted), strict=True
        )
        for _ in above:
            next(reader)
        header = tuple(next(reader))
    except csv.Error as error:
        raise HeaderError(f"line {len(above) + 1}: not valid CSV: {error}") from None
    return CsvTable(len(above) + 1, first, header, _rows(reader))


def first_line(rest: Iterator[str]) -> tuple[list[str], str]:
    """The blank lines that come first, and the first line that is not blank, or an empty one. Lines
    of separators alone, and lines such as "sep=;", count as blank.
    """
    blank: list[str] = []
    for line in rest:
        if line.translate(_AS_BLANKS).strip() and not _EXCEL_LINE.fullmatch(line):
            return blank, line
        blank.append(line)
    return blank, ""


def _rows(reader: Reader) -> Iterator[CsvRow | BadCsvRow]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadCsvRow(line, _said(str(error)))
            continue
        if any(cell.strip() for cell in cells):
            yield CsvRow(line, cells)


def _said(error: str) -> str:
    """What is wrong with a row, and where it is the quotation marks, how to mend it."""
    if error == "unexpected end of data":
        return "not valid CSV: a quotation mark is never closed, so what is below is in that cell"
    marks = ": put the cell into double quotes, and write those inside twice"
    return f"not valid CSV: {error}{marks if 'expected after' in error else ''}"


def separator(first: str, wanted: str) -> str:
    """What separates the cells of a table with this first line. Raises csv.Error."""

    def fit(sign: str) -> tuple[bool, int]:
        names = cut(first, sign)
        return plain(wanted) in map(plain, names), len(names)

    return max(SEPARATORS, key=fit)


def cut(line: str, sign: str) -> list[str]:
    """The cells of a line. Raises csv.Error."""
    return next(csv.reader([line], delimiter=sign), [])


def plain(name: str) -> str:
    """The name of a column as it is compared, without regard to case."""
    return name.strip().casefold()


def found(wanted: str, names: Sequence[str]) -> str | None:
    """The one of the names that is wanted: the same to the letter, else one that differs in case;
    None when there is neither.
    """
    alike = [name for name in names if plain(name) == plain(wanted)]
    return wanted if wanted in names else next(iter(alike), None)


def no_column(wanted: str, names: Sequence[str]) -> str:
    """What is said where a table lacks the column that is wanted."""
    there = " ".join(", ".join(names).split())[:_SHOWN] or "none"
    return f"no column '{wanted}'; there are: {there}"
