"""Answers as a spreadsheet: results, questions, the library, and the tags of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from corpus.taxonomy import Taxonomy
from index import durable
from search.output import COLUMNS, Answered, rows
from search.records import Answer

QUESTION_COLUMNS = ("question_id", "question", "answered", "results", "best_score", "generation")
TAG_COLUMNS = ("passage_id", "document_id", "facet", "label", "title", "probability", "sentence")

_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
"""Both are limits of the format (Microsoft, "Excel specifications and limits")."""

_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The day inside the file. A real one would make no two files alike; it is in the run's record."""

_SETTINGS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


class TooManyRowsError(Exception):
    """More rows than a sheet can hold."""


def write_xlsx(
    answers: Answered, path: Path, taxonomy: Taxonomy, about: Mapping[str, object]
) -> None:
    """Four sheets; nothing in them is ever run as a formula or a link.

    "results" has a row a result, "questions" one a question, "library" one for each entry of
    `about`, "tags" one a tag of each passage found. The same answers make the same bytes.
    The file takes its name when it is whole.
    Raises TooManyRowsError beyond 1,048,575 results, and writes nothing then; OSError as `open`.
    """
    part = path.with_name(path.name + ".part")
    tags: dict[tuple[str, str], Sequence[object]] = {}
    book = xlsxwriter.Workbook(str(part), _SETTINGS)
    book.set_properties({"created": _CREATED})
    results = _Sheet(book, "results", COLUMNS)
    questions = _Sheet(book, "questions", QUESTION_COLUMNS)
    for question_id, answer in answers:
        for row in rows(question_id, answer, taxonomy):
            results.add([row[column] for column in COLUMNS])
        questions.add(_question(question_id, answer))
        tags |= dict(_tags(answer, taxonomy))
    _Sheet(book, "library", ("name", "value")).add_all(about.items())
    _Sheet(book, "tags", TAG_COLUMNS).add_all(tags.values())
    try:
        book.close()
        durable.put(part, path)
    except FileCreateError as error:  # it holds the system's own
        raise error.args[0] from None
    finally:
        part.unlink(missing_ok=True)


class _Sheet:
    """A sheet with a header, filled from the top."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, columns: Sequence[str]) -> None:
        self._name = name
        self._sheet = book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        self._sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        self._line = 0

    def add(self, values: Iterable[object]) -> None:
        self._line += 1
        if self._line >= _MOST_ROWS:
            raise TooManyRowsError(f"the sheet {self._name} is full: {_MOST_ROWS:,} rows; use CSV")
        self._sheet.write_row(self._line, 0, [_cell(value) for value in values])

    def add_all(self, many: Iterable[Iterable[object]]) -> None:
        for values in many:
            self.add(values)


def _question(question_id: str, answer: Answer) -> Sequence[object]:
    best = answer.results[0].score if answer.results else ""
    answered = "yes" if answer.answered else "no"
    count = len(answer.results)
    return question_id, answer.question, answered, count, best, answer.generation


def _tags(answer: Answer, taxonomy: Taxonomy) -> Iterator[tuple[tuple[str, str], Sequence[object]]]:
    """Rows of the tags of an answer's passages, each under its passage and label."""
    for result in answer.results:
        stored = result.stored
        for facet in taxonomy.facets:
            for tag in stored.tags:
                if tag.label in facet.label_ids:
                    yield (
                        (stored.passage_id, tag.label),
                        (
                            stored.passage_id,
                            stored.document_id,
                            facet.id,
                            tag.label,
                            taxonomy.label(tag.label).title,
                            tag.probability,
                            stored.passage.text[tag.start : tag.end],
                        ),
                    )


def _cell(value: object) -> object:
    return value[:_LONGEST_CELL] if isinstance(value, str) else value
