"""What commands that ask share: questions of a file, filters from options."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from index.terminal import fail, text, text_of
from ingest.kinds import KINDS

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.filters import Filters
    from index.library import Library
    from search.questions import BadQuestion, Question

_Item = TypeVar("_Item")


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that limit a search, and -k."""
    for option in (
        click.option(
            "--collection",
            "collections",
            multiple=True,
            metavar="NAME",
            help="Only the documents of it.",
        ),
        click.option("--document", "documents", multiple=True, help="Only this document."),
        click.option(
            "--language", "languages", multiple=True, metavar="CODE", help="Only in it, like en."
        ),
        click.option(
            "--publisher",
            "publishers",
            type=text,
            multiple=True,
            metavar="NAME",
            help="Only of this one.",
        ),
        click.option(
            "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind."
        ),
        click.option("--year", "years", metavar="Y|Y..Y", help="A year, or first..last."),
        click.option(
            "--activity", "activities", multiple=True, metavar="LABEL", help="Only with it."
        ),
        click.option("--goal", "goals", multiple=True, metavar="LABEL", help="Only with it."),
        click.option(
            "-k",
            default=10,
            show_default=True,
            type=click.IntRange(1, 1000),
            help="How many passages a question; seldom more than 100 to 200 come back.",
        ),
    ):
        command = option(command)
    return command


def filters_from(library: Library, given: Mapping[str, Any]) -> Filters:
    """What `filter_options` gave, and `since` (as `index.saved.last_number_at` takes it) where a
    command has it, checked against the library; ends the command when wrong.
    """
    from index.filters import NAMES, Filters
    from index.saved import last_number_at
    from search.limits import limited

    limits = {name: given[field] for name, field in NAMES.items() if given.get(field)}
    if "year" in limits:
        limits["year"] = (limits["year"],)
    with library.catalog() as catalog:
        if names := given.get("collections"):
            limits["document"] = (*given["documents"], *_documents_in(catalog, names))
        documents = catalog.document_ids() if "document" in limits else ()
        since = given.get("since")
        try:
            after = 0 if since is None else last_number_at(catalog, since)
            return limited(Filters(after=after), limits, library.taxonomy, documents)
        except ValueError as error:
            fail(str(error))


def _documents_in(catalog: Catalog, names: Iterable[str]) -> list[str]:
    """Ids of the documents of collections that are in the library; ends the command for a
    collection without any, since no documents would be no limit.
    """
    from index import collected

    found: list[str] = []
    for name in names:
        try:
            its = collected.named(catalog.connection, name)
        except KeyError:
            fail(f"no collection '{name}'; see 'waymark collection list'")
        inside = collected.members(catalog.connection, its.collection_id)
        if not (there := sorted(inside & catalog.document_ids())):
            fail(f"there is no document in the collection '{its.name}'")
        found += there
    return found


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
    file: str, column: str | None, source: Path | None = None
) -> Iterator[Question | BadQuestion]:
    """The questions of a file, or of standard input (-), as it is read; no id comes twice.

    What makes the call wrong (the file's ending, a column that is not there) ends the command at
    once: the first question is read before this returns. Columns or keys that are passed over are
    named on standard error, each once.
    source: where they lie when not there; see `kept`.
    """
    from search.questions import READERS, HeaderError

    ending = Path(file).suffix.lower()
    if file != "-" and ending not in READERS:
        fail(f"{file}: questions come as {' '.join(READERS)}, or - for standard input")
    if column and file != "-" and ending != ".csv":
        fail(f"{file}: --column names a column of a CSV file")
    items = _read(file, column, source)
    try:
        first = list(islice(items, 1))
    except HeaderError as error:
        fail(f"{file}, line 1: {error}")
    return chain(first, items)


def _read(file: str, column: str | None, source: Path | None) -> Iterator[Question | BadQuestion]:
    from search.questions import READERS, distinct, from_csv, from_piped

    ending = Path(file).suffix.lower()
    table = column or (file != "-" and ending == ".csv")
    reader = from_piped if file == "-" else READERS[ending]
    with text_of(source or (None if file == "-" else Path(file))) as lines:
        items = from_csv(lines, column) if table else reader(lines)
        yield from distinct(_naming_passed_over(file, "columns" if table else "keys", items))


def _naming_passed_over(
    file: str, what: str, items: Iterable[Question | BadQuestion]
) -> Iterator[Question | BadQuestion]:
    """The same. What looks like a limit and is none would go unseen, and let everything pass."""
    from search.questions import FILTERS, Question

    limits = f"what limits a question is {', '.join(FILTERS)}"
    seen: set[str] = set()
    for item in items:
        new = [n for n in item.passed_over if n not in seen] if isinstance(item, Question) else []
        if new:
            seen.update(new)
            named = ", ".join(" ".join(name.split()) for name in new)
            click.echo(f"waymark: {file}: passed over, as {what}: {named} ({limits})", err=True)
        yield item


def good(
    file: str, items: Iterable[_Item | BadQuestion], failures: list[BadQuestion]
) -> Iterator[_Item]:
    """What is good; the bad is noted, and named with its line."""
    from search.questions import BadQuestion

    for item in items:
        if isinstance(item, BadQuestion):
            failures.append(item)
            click.echo(f"waymark: {file}, line {item.line}: {item.message}", err=True)
        else:
            yield item
