"""Judgements from a qrels file, and what it calls the passages of a library."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.signatures import not_text
from index.rows.catalog import Catalog
from search.formats.trec import token
from search.records import Answer, Result

Judgements = Mapping[str, Mapping[str, int]]
"""Question id to passage id to grade, as in qrels."""

Naming = Callable[[Result], str]
"""What a result is called in the qrels."""

_GRADE = re.compile(r"-?[0-9]{1,9}")
_PARTED = "(parted by blanks, tabs, semicolons or commas)"
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


class QrelsError(ValueError):
    """A line of a qrels file breaks the format; the message names file and line."""


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Qrels as TREC writes them (query, 0, document, grade) or as three columns, by query.

    Columns are cut at tabs, semicolons, commas or white space, by what gives as many with a grade
    behind; blank lines are passed over, and the first line may be a header. Names are as
    `search.formats.trec.token` writes them.
    Raises QrelsError for any other line, for a document that is judged twice with different grades,
    and for bytes that are no UTF-8 or no text.
    """
    grades: dict[str, dict[str, int]] = {}
    data = path.read_bytes()
    if found := not_text(data):
        raise QrelsError(f"{path}: {': '.join(found)}")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise QrelsError(f"{path}, byte {error.start}: not UTF-8: save it as UTF-8") from None
    for number, line in enumerate(lines, start=1):
        fields = _columns(line)
        if not fields or (number == 1 and _is_header(fields)):
            continue
        if len(fields) not in (3, 4) or not _GRADE.fullmatch(fields[-1]):
            raise QrelsError(f"{path}, line {number}: not 'query [0] document grade' {_PARTED}")
        query, document, grade = token(fields[0]), token(fields[-2]), int(fields[-1])
        before = grades.setdefault(query, {}).setdefault(document, grade)
        if before != grade:
            raise QrelsError(
                f"{path}, line {number}: {query} {document} is judged {grade} here and {before}"
                " before: keep one"
            )
    return grades


def _is_header(fields: list[str]) -> bool:
    """Names of three or four columns; a judgement without its grade ("q1 0 d1"), or with one that
    is no whole number, is none.
    """
    numbers = [_NUMBER.fullmatch(field) is not None for field in fields]
    return len(fields) in (3, 4) and not numbers[-1] and not (len(fields) == 3 and numbers[1])


def _columns(line: str) -> list[str]:
    # White space last: "q1, 0, d1, 1" is cut there too, with the commas left in the names.
    ways = (line.split("\t"), *(_cells(line, sign) for sign in ";,"), line.split())
    cut = [[field.strip() for field in way if field.strip()] for way in ways]
    if not all(cut):  # of separators alone
        return []
    fitting = [fields for fields in cut if len(fields) in (3, 4)]
    judged = [fields for fields in fitting if _GRADE.fullmatch(fields[-1])]
    return next(iter(judged or fitting), line.split())


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []


def unknown_names(judgements: Judgements, catalog: Catalog) -> list[str]:
    """The judged names that nothing in the library has, in their order; see `naming`."""
    known = {
        token(name)
        for one in catalog.documents()
        for name in (one.source_id, one.document_id, one.file_name)
    }
    judged = dict.fromkeys(name for grades in judgements.values() for name in grades)
    return [name for name in judged if name not in known and not _is_passage(catalog, name)]


def _is_passage(catalog: Catalog, name: str) -> bool:
    try:
        catalog.passage(name)
    except KeyError:
        return False
    return True


def naming(judgements: Judgements, answers: Mapping[str, Answer]) -> Naming:
    """How the qrels name results: by passage id, by the id a JSONL line carries, by document id
    or by file name, whichever of these the judged names hold most of; as
    `search.formats.trec.token` writes it.
    """
    judged = {name for grades in judgements.values() for name in grades}
    ways: tuple[Naming, ...] = (
        lambda result: result.stored.passage_id,
        lambda result: token(result.document.source_id),
        lambda result: result.document.document_id,
        lambda result: token(result.document.file_name),
    )
    results = [result for answer in answers.values() for result in answer.results]
    return max(ways, key=lambda way: sum(way(result) in judged for result in results))
