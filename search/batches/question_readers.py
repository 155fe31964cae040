"""Which reader the questions of a file are for: by its name's ending, or by its first lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from index.files import csv_rows
from index.files.csv_rows import plain
from search.batches.question_tables import from_csv
from search.batches.questions import COLUMN, ID, KEYS, BadQuestion, Question, from_jsonl, from_lines

Reader = Callable[[Iterable[str]], Iterator[Question | BadQuestion]]

READERS: dict[str, Reader] = {
    ".txt": from_lines,
    ".csv": from_csv,
    ".tsv": from_csv,
    ".jsonl": from_jsonl,
}
"""By the file name's ending."""

_JSON = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"]|$))")
"""How a line of JSON, or a list in JSON, begins; "[EN] Who pays?" is a question."""

_LOOKED_AT = 5
"""Lines by which a table is known that does not name its questions."""


def piped(lines: Iterable[str]) -> tuple[Reader, Iterator[str]]:
    """How to read questions that come without a name, and all of their lines.

    By the first lines that are not blank: JSON when the first starts with a brace or a list; a
    table when it names several columns, one of them "question"; else a question a line. What is a
    table by `_is_other_table` is read as one too, so that it is refused: asked line by line, its
    ids and separators would go unseen into the questions.
    """
    rest = iter(lines)
    above, first = csv_rows.first_line(rest)
    if not first:
        return from_lines, iter(above)
    if _JSON.match(first):
        return from_jsonl, chain(above, [first], rest)
    looked_at = [first, *islice(rest, _LOOKED_AT - 1)]
    tabular = _is_head(first.strip()) or _is_other_table(looked_at)
    return (from_csv if tabular else from_lines), chain(above, looked_at, rest)


def _is_head(first: str) -> bool:
    """Whether a line is the head of a table, and no sentence that begins with "Question, "."""
    try:
        names = csv_rows.cut(first, csv_rows.separator(first, COLUMN))
    except csv.Error:
        return False
    if "?" in first or len(names) < 2 or (_spaced(names) and not {*map(plain, names)} <= {*KEYS}):
        return False
    return csv_rows.found(COLUMN, names) is not None


def _is_other_table(lines: list[str]) -> bool:
    """Whether lines look like rows of a table: a separator cuts two lines or more into the same
    number of cells, or cuts "id" off the first, which is not blank.
    """
    filled = [line.strip(" \r\n") for line in lines if line.strip()]
    return any(_are_rows(filled, sign) for sign in csv_rows.SEPARATORS)


def _are_rows(lines: list[str], sign: str) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        return False
    if "".join(lines).count('"') % 2 and len(rows) > 1:  # the last one goes on below the lines
        rows.pop()
    head = rows[0]
    if len(head) < 2 or _spaced(head):
        return False
    # "How many of 1,000 people?"
    if sign == "," and ("?" in lines[0] or any(name[:1].isdigit() for name in head[1:])):
        return False
    alike = len(rows) > 1 and {*map(len, rows)} == {len(head)} and not any(map(_spaced, rows))
    return plain(head[0]) == ID or alike


def _spaced(cells: list[str]) -> bool:
    """Whether a blank follows a separator, as after the comma of a sentence."""
    return any(cell[:1].isspace() for cell in cells[1:])
