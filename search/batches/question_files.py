"""Questions of a file, or of standard input, as commands read them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from index.cli.given_lines import text_of
from index.cli.terminal import fail

if TYPE_CHECKING:
    from search.batches.questions import BadQuestion, Question

_Item = TypeVar("_Item")

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
_PACKED = (".gz", ".zst", ".zip", ".bz2", ".xz", ".7z")

column_option = click.option("--column", metavar="NAME", help="The CSV column with the questions.")
"""--column, for `questions_of`."""


@contextmanager
def kept(file: str, out: Path | None) -> Iterator[Path | None]:
    """Where the questions of a run can be read twice, once to digest them and once to ask them.

    That is the file itself. Standard input (-) is read to its end into a file that lasts as long
    as the run when the answers go to a file; None when they do not, so that a pipe stays a pipe.
    """
    if file != "-":
        yield Path(file)
    elif out is None:
        yield None
    else:
        with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
            aside = Path(folder) / "questions"
            with aside.open("wb") as stream:
                shutil.copyfileobj(sys.stdin.buffer, stream)
            yield aside


def questions_of(
    file: str,
    column: str | None,
    source: Path | None = None,
    filed_as: Callable[[str], str] = str,
    limiting: Collection[str] | None = None,
) -> Iterator[Question | BadQuestion]:
    """The questions of a file, or of standard input (-), as it is read; no id comes twice.

    What makes the call wrong (the file's ending, a column that is not there) ends the command at
    once: the first question is read before this returns. Columns or keys that are passed over are
    named on standard error, each once, but for limits that are not to limit anything.
    source: where they lie when not there; see `kept`. filed_as: as
    `search.batches.questions.distinct`. limiting: columns or keys that limit a question;
    `search.batches.questions.FILTERS` when left out.
    """
    from index.files.csv_rows import HeaderError
    from search.batches.question_readers import READERS
    from search.batches.question_tables import from_csv
    from search.batches.questions import FILTERS, distinct

    ending = Path(file).suffix.lower()
    if file != "-" and ending not in READERS:
        mend = "; save a spreadsheet as CSV" if ending in _SPREADSHEETS else ""
        mend = "; unpack it first" if ending in _PACKED else mend
        fail(f"{file}: questions come as {' '.join(READERS)}, or - for standard input{mend}")
    if column and file != "-" and READERS[ending] is not from_csv:
        fail(f"{file}: --column names a column of a CSV file")
    names = FILTERS if limiting is None else limiting
    items = distinct(_read(file, column, source, names), filed_as=filed_as)
    try:
        first = list(islice(items, 1))
    except HeaderError as error:
        fail(f"{file}, {error}")
    return chain(first, items)


def _read(
    file: str, column: str | None, source: Path | None, limiting: Collection[str]
) -> Iterator[Question | BadQuestion]:
    from search.batches.question_readers import READERS, piped
    from search.batches.question_tables import from_csv
    from search.batches.questions import from_jsonl, from_lines

    with text_of(source or (None if file == "-" else Path(file)), file) as lines:
        if file != "-":
            reader, rest = READERS[Path(file).suffix.lower()], lines
        elif column:
            reader, rest = from_csv, lines
        else:
            reader, rest = piped(lines)
        if reader is from_csv:
            table = from_csv(rest, column, limiting)
            yield from _naming_passed_over(file, "columns", table)
        elif reader is from_jsonl:
            yield from _naming_passed_over(file, "keys", from_jsonl(rest, limiting))
        else:
            yield from from_lines(rest)


def _naming_passed_over(
    file: str, what: str, items: Iterable[Question | BadQuestion]
) -> Iterator[Question | BadQuestion]:
    """The items as they come, while standard error is told of each key or column passed over, once:
    what looks like a limit and is none would go unseen, and let everything pass.
    """
    from index.files.csv_rows import plain
    from search.batches.questions import FILTERS, PLURALS, Question

    known = {*FILTERS, *PLURALS}
    limits = f"what limits a question is {', '.join(FILTERS)}"
    seen: set[str] = set()
    for item in items:
        over = item.passed_over if isinstance(item, Question) else ()
        new = [name for name in over if name not in seen and plain(name) not in known]
        if new:
            seen.update(new)
            named = ", ".join(" ".join(name.split()) for name in new)
            click.echo(f"waymark: {file}: passed over, as {what}: {named} ({limits})", err=True)
        yield item


def good(
    file: str, items: Iterable[_Item | BadQuestion], failures: list[BadQuestion]
) -> Iterator[_Item]:
    """The good items; bad ones are put into `failures`, and named with their lines."""
    from search.batches.questions import BadQuestion

    for item in items:
        if isinstance(item, BadQuestion):
            failures.append(item)
            click.echo(f"waymark: {file}, line {item.line}: {item.message}", err=True)
        else:
            yield item
