"""Answers as a spreadsheet: results, questions, documents, the library, and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from corpus.taxonomy import Taxonomy
from index.rows.records import StoredDocument
from search.batches.questions import BadQuestion
from search.formats.output import COLUMNS, Answered, rows
from search.records import Answer

_QUESTION_COLUMNS = (
    "question_id question answered results best_score generation limits failed question_language"
    " in_english"
).split()
_DOCUMENT_COLUMNS = (
    "document_id title authors publisher year kind language pages results questions url file"
).split()
_LIBRARY_COLUMNS = ("name", "value")
_TAG_COLUMNS = "passage_id document_id facet label title probability sentence by".split()

_Row = Mapping[str, object]
"""Cells by the names of their columns; a cell that is not there is empty."""

_WIDTH = 14
_WIDTHS = {"page": 8, "rank": 8, "year": 8, "score": 8, "text": 60, "url": 40, "file": 30}
_WIDTHS |= {"passage_id": 22, "document_id": 20, "goals": 28, "activities": 28, "publisher": 28}
_WIDTHS |= {"notes": 60}
_WRAPPED = {
    "question": 40,
    "limits": 30,
    "failed": 60,
    "in_english": 40,
    "title": 40,
    "section": 40,
    "quote": 80,
    "sentence": 80,
    "value": 60,
}
"""Widths of columns, in characters. A whole passage is not wrapped: its row would fill a screen."""

_LINE = 15
_TALLEST = 27
"""Points of a line, and lines of the tallest row there is: 409 points (Microsoft, as below)."""

_LINK = re.compile(r"https?://\S{1,600}")
"""An address that becomes a link. The format allows one 2,079 characters once it is escaped."""

_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
_MOST_LINKS = 65_530
"""All three are limits of the format (Microsoft, "Excel specifications and limits")."""

_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The day inside the file. A real one would make no two files alike; it is in the run's record."""

_SETTINGS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


class _Link(str):
    """The address of a document, to be followed with a click."""

    __slots__ = ()


class TooManyRowsError(Exception):
    """More rows than a sheet can hold."""


def write_xlsx(
    answers: Answered,
    path: Path,
    taxonomy: Taxonomy,
    about: Mapping[str, object],
    failed: Iterable[BadQuestion] = (),
) -> None:
    """Five sheets; nothing in them is ever run as a formula, nor a link but a document's address.

    "results" has a row a result, "questions" one a question, "documents" one a document found (with
    its results and the questions they answer, counted), "library" one for each entry of `about`,
    "tags" one a tag of each passage found. The same answers make the same bytes.
    failed: what could not be asked, rows of "questions" after the others; read when the answers are
    all taken.
    Raises TooManyRowsError beyond 1,048,575 results, and writes nothing then; OSError as `open`.
    """
    tags: dict[tuple[str, str], _Row] = {}
    found: dict[StoredDocument, list[str]] = {}
    book = xlsxwriter.Workbook(str(path), _SETTINGS)
    book.set_properties({"created": _CREATED})
    results = _Worksheet(book, "results", COLUMNS)
    questions = _Worksheet(book, "questions", _QUESTION_COLUMNS)
    for question_id, answer in answers:
        results.add_all(rows(question_id, answer, taxonomy))
        questions.add(_question(question_id, answer))
        tags |= _tags(answer, taxonomy)
        for result in answer.results:
            found.setdefault(result.document, []).append(question_id)
    questions.add_all(map(_failed, failed))
    documents = _Worksheet(book, "documents", _DOCUMENT_COLUMNS)
    documents.add_all(map(_document, found, found.values()))
    library = _Worksheet(book, "library", _LIBRARY_COLUMNS)
    library.add_all({"name": name, "value": value} for name, value in about.items())
    listed = _Worksheet(book, "tags", _TAG_COLUMNS)
    listed.add_all(tags.values())
    for sheet in (results, questions, documents, library, listed):
        sheet.finish()
    try:
        book.close()
    except FileCreateError as error:  # it holds the system's own
        raise error.args[0] from None


class _Worksheet:
    """A sheet with a header, filled from the top."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, columns: Sequence[str]) -> None:
        self._name = name
        self._columns = columns
        self._sheet = book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        self._sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        plain, wrapped = (
            book.add_format({"valign": "top", "text_wrap": wrap}) for wrap in (False, True)
        )
        for place, column in enumerate(columns):
            width = _WRAPPED.get(column) or _WIDTHS.get(column, _WIDTH)
            self._sheet.set_column(place, place, width, wrapped if column in _WRAPPED else plain)
        self._widths = [_WRAPPED.get(column, 0) for column in columns]
        self._line = 0

    def add(self, row: _Row) -> None:
        self._line += 1
        if self._line >= _MOST_ROWS:
            raise TooManyRowsError(f"the sheet {self._name} is full: {_MOST_ROWS:,} rows; use CSV")
        cells = [row.get(column, "") for column in self._columns]
        for place, value in enumerate(cells):
            if isinstance(value, _Link) and self._line <= _MOST_LINKS:
                self._sheet.write_url(self._line, place, value)
            else:
                self._sheet.write(self._line, place, _cell(value))
        # LibreOffice gives a row one line, whatever is wrapped in it, unless its height is there.
        lines = max(map(_lines, cells, self._widths))
        if lines > 1:
            self._sheet.set_row(self._line, _LINE * min(lines, _TALLEST))

    def add_all(self, many: Iterable[_Row]) -> None:
        for row in many:
            self.add(row)

    def finish(self) -> None:
        """Let each column be filtered by, now that the last row is known."""
        self._sheet.autofilter(0, 0, self._line, len(self._columns) - 1)


def _question(question_id: str, answer: Answer) -> _Row:
    limits = (f"{name}: {', '.join(values)}" for name, values in answer.limits.items())
    return {
        "question_id": question_id,
        "question": answer.question,
        "answered": "yes" if answer.answered else "no",
        "results": len(answer.results),
        "best_score": answer.results[0].score if answer.results else "",
        "generation": answer.generation,
        "limits": "; ".join(limits),
        "question_language": answer.language if answer.in_english else "",
        "in_english": answer.in_english,
    }


def _failed(bad: BadQuestion) -> _Row:
    # A message may repeat bytes that are no text, which no workbook holds.
    why = f"line {bad.line}: {bad.message}".encode(errors="replace").decode()
    return {"question_id": bad.id, "question": bad.text, "failed": why}


def _document(document: StoredDocument, asked: Sequence[str]) -> _Row:
    """asked: the ids of the questions that found it, once for each result."""
    meta = document.metadata
    is_link = _LINK.fullmatch(meta.url) and meta.url.isprintable()
    return {
        "document_id": document.document_id,
        "title": meta.title,
        "authors": "; ".join(meta.authors),
        "publisher": meta.publisher,
        "year": meta.year or "",
        "kind": meta.kind,
        "language": meta.language,
        "pages": document.page_count,
        "results": len(asked),
        "questions": len(set(asked)),
        "url": _Link(meta.url) if is_link else meta.url,
        "file": document.file_name,
    }


def _tags(answer: Answer, taxonomy: Taxonomy) -> dict[tuple[str, str], _Row]:
    """Rows of the tags of an answer's passages, by passage and label."""
    return {
        (stored.passage_id, tag.label): {
            "passage_id": stored.passage_id,
            "document_id": stored.document_id,
            "facet": facet.id,
            "label": tag.label,
            "title": taxonomy.label(tag.label).title,
            "probability": tag.probability,
            "sentence": stored.passage.text[tag.start : tag.end],
            "by": tag.by,
        }
        for stored in (result.stored for result in answer.results)
        for facet in taxonomy.facets
        for tag in stored.tags
        if tag.label in facet.label_ids
    }


def _lines(value: object, width: int) -> int:
    """About how many lines a cell fills in a column that wraps at `width` characters; 1 where it
    does not wrap (0).
    """
    return sum(len(part) // width + 1 for part in str(value).split("\n")) if width else 1


def _cell(value: object) -> object:
    return value[:_LONGEST_CELL] if isinstance(value, str) else value
