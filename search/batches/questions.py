"""Questions, and what is wrong with one: from lines and from JSON, each read as it comes.

Those of a table come from `search.batches.question_tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from index.derived.filters import NAMES
from index.files.csv_rows import HeaderError, plain
from ingest.formats import jsonl
from ingest.metadata.fields import is_broken_cell
from ingest.prose.text import fault, has_word

FILTERS = ("goal", "activity", "year", "kind", "document")
"""Columns, or keys, that limit one question; see `search.batches.limits`. Not "publisher" and
"language": files have columns of these names that say something of the question."""

PLURALS = {NAMES[name]: name for name in FILTERS}
"""Names that are mistaken for those; refused, since a limit that is passed over goes unseen."""

ID, COLUMN = "id", "question"
"""How the columns, or keys, of a question and its id are called."""

KEYS = (COLUMN, ID, *FILTERS)
"""What is read of a question."""

_TOPICS = ("<top>", "<topics")
_NO_TOPICS = "topics of TREC are not read: write id and question of each as a table or JSON lines"

_SHOWN = 80
"""Characters of an id that are repeated."""


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
    """One question a line, with ids q1, q2, …; blank lines are passed over.

    Raises HeaderError for topics as TREC writes them, whose tags would be asked too.
    """
    count = 0
    for number, line in enumerate(lines, start=1):
        if text := line.strip():
            if not count and text.lower().startswith(_TOPICS):
                raise HeaderError(f"line {number}: {_NO_TOPICS}")
            count += 1
            yield checked(Question(f"q{count}", text, line=number))


def from_jsonl(
    lines: Iterable[str], limiting: Collection[str] = FILTERS
) -> Iterator[Question | BadQuestion]:
    """{"id", "question"} objects; without an id the line number stands in, as q1, q2, …

    limiting: as `from_entry`.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _from_json(number, line, limiting)


def _from_json(number: int, line: str, limiting: Collection[str]) -> Question | BadQuestion:
    try:
        entry = jsonl.parsed(line)
    except ValueError as error:
        return BadQuestion(number, str(error))
    if isinstance(entry, list):
        return BadQuestion(number, 'a list: write each {"id", "question"} on a line of its own')
    return from_entry(entry, number, limiting)


def from_entry(
    entry: Any, number: int, limiting: Collection[str] = FILTERS
) -> Question | BadQuestion:
    """A question from parsed JSON, the `number`-th; a limit is a value or a list of values.

    Keys are taken in any case of letters; two that are read and differ in it alone are refused.
    limiting: keys that limit a question; all others are passed over.
    """
    written = entry if isinstance(entry, dict) else {}
    entry = {plain(key): value for key, value in written.items()}
    # "text" is what public collections call it.
    wanted = COLUMN if COLUMN in entry else "text"
    known = (wanted, ID, *limiting)
    if wrong := misnamed(entry, limiting) or _twice(written, known):
        return BadQuestion(number, f"the key {wrong}")
    try:
        text = _text(entry.get(wanted))
        given = {name: _limit(name, entry.get(name)) for name in limiting}
        name = _id(entry.get(ID)) or f"q{number}"
    except ValueError as error:
        return BadQuestion(number, str(error))
    limits = {name: values for name, values in given.items() if values}
    others = tuple(key for key in written if plain(key) not in known)
    return checked(Question(name, text, limits, number, others))


def _text(given: object) -> str:
    """The question of an entry. Raises ValueError where there is none."""
    if not isinstance(given, str) or not given.strip():
        raise ValueError("the key 'question' is missing or not a text")
    return given.strip()


def _limit(name: str, given: object) -> tuple[str, ...]:
    """The values of a limit of an entry: a value, or a list. Raises ValueError for others."""
    listed = given if isinstance(given, list) else [given]
    if not all(value is None or type(value) in (str, int) for value in listed):
        raise ValueError(f"the key '{name}' is neither a text nor a list of texts")
    return limit_values(listed)


def _id(given: object) -> str:
    """The id of an entry, empty where it has none. Raises ValueError where it cannot be one."""
    if isinstance(given, bool) or not isinstance(given, str | int | float | None):
        raise ValueError("the key 'id' is neither a text nor a number")
    name = "" if given is None else str(given)
    # One of blanks alone would be no column of a TREC file, which is cut at them.
    return name if name.strip() else ""


def misnamed(names: Iterable[str], limiting: Collection[str]) -> str:
    """Which of the names is in `PLURALS`, and how that limit is called; empty when none is."""
    wrong = next((name for name in names if PLURALS.get(name) in limiting), None)
    return f"'{wrong}' is called '{PLURALS[wrong]}' here" if wrong else ""


def _twice(written: Iterable[str], read: Collection[str]) -> str:
    """Which of the keys that are read is there twice, and how it is written; empty when none is."""
    spelt: dict[str, list[str]] = {}
    for key in written:
        spelt.setdefault(plain(key), []).append(key)
    wrong = next((name for name in read if len(spelt.get(name, ())) > 1), None)
    return f"'{wrong}' is there twice, as {' and '.join(map(repr, spelt[wrong]))}" if wrong else ""


def distinct(
    items: Iterable[Question | BadQuestion],
    place: str = "line",
    filed_as: Callable[[str], str] = str,
) -> Iterator[Question | BadQuestion]:
    """The questions, those with the id of one before as bad ones, since results are filed by id.

    place: what `line` counts. filed_as: how an id is written there, where that is not as it stands.
    """
    before: dict[str, tuple[int, str]] = {}
    for item in items:
        if isinstance(item, BadQuestion):
            yield item
            continue
        name = filed_as(item.id)
        if name not in before:
            before[name] = item.line, item.id
            yield item
            continue
        line, other = before[name]
        said = f"the id '{_shown(item.id)}' is that of {place} {line} already"
        if other != item.id:
            as_both = f"'{_shown(name)}', and so is '{_shown(other)}' of {place} {line}"
            said = f"the id '{_shown(item.id)}' is written {as_both}"
        yield BadQuestion(item.line, said, item.id, item.text)


def _shown(name: str) -> str:
    """An id on one line."""
    return " ".join(name.split())[:_SHOWN]


def limit_values(given: Iterable[object]) -> tuple[str, ...]:
    """The values of a limit that are there, as texts."""
    return tuple(text for value in given if value is not None and (text := str(value).strip()))


def checked(question: Question) -> Question | BadQuestion:
    """The question, unless bytes of it could not be read, it holds half a character, it has no
    letter and no digit, or it or its id is a spreadsheet's error.
    """
    texts = (question.id, question.text, *chain(*question.limits.values()))
    if wrong := next(filter(None, map(fault, texts)), ""):
        return BadQuestion(question.line, wrong)
    if broken := next(filter(is_broken_cell, (question.id, question.text)), ""):
        said = f"'{broken}' is an error of the spreadsheet: mend the cell"
        return BadQuestion(question.line, said)
    if not has_word(question.text):
        said = "the question has no letter and no digit"
        return BadQuestion(question.line, said, question.id, question.text)
    return question
