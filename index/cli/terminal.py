"""What commands say and how they end: lines of output, and errors as one clear line."""

from __future__ import annotations

import getpass
import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

import click

from index.files import streams

if TYPE_CHECKING:
    from index.library import Library
    from index.rows.catalog import Catalog
    from ingest.records import Metadata

SOME_FAILED = 1
"""Exit status: the rest is done, or what was done before stays."""

WRONG_CALL = 2
"""Exit status: nothing was done."""

_STOPPED = 130
"""Exit status after Ctrl+C, as shells have it."""


def fail(message: str) -> NoReturn:
    """Say what is wrong with the call, and end with status 2."""
    click.echo(f"waymark: {message}", err=True)
    sys.exit(WRONG_CALL)


def stopped(what: str = "") -> NoReturn:
    """Say after Ctrl+C that the command was stopped, and what became of its work; end it."""
    click.echo(f"waymark: stopped{what}", err=True)
    sys.exit(_STOPPED)


def say(line: str, *, err: bool = False) -> bool:
    """Print what came of a change that is made, and return whether it could be written.

    A command goes on where it could not, since the rest is still to be done. One line on standard
    error then says why, unless whoever read the output has left.
    """
    try:
        click.echo(line, err=err)
    except OSError as error:
        if not err and not isinstance(error, BrokenPipeError):
            with suppress(OSError):
                click.echo(f"waymark: {error.filename}: {error.strerror}", err=True)
        return False
    return True


def no_document(name: str, *elsewhere: str) -> NoReturn:
    """Say that no one document's id begins like this; `elsewhere`: further commands that list."""
    lists = ", ".join(f"'{command}'" for command in ("waymark list", *elsewhere))
    fail(f"no document '{name}', or more than one; see {lists}")


def whole_id(catalog: Catalog, name: str, *columns: str) -> str:
    """The one id in these columns, each "table.column", that begins like this; empty where there is
    none, or more than one.
    """
    query = " UNION ".join(
        f"SELECT {column} FROM {column.partition('.')[0]} WHERE substr({column}, 1, ?1) = ?2"  # noqa: S608 - own text
        for column in columns
    )
    found = catalog.connection.execute(query, (len(name), name)).fetchall() if name else []
    return str(found[0][0]) if len(found) == 1 else ""


def not_here(catalog: Catalog, name: str) -> NoReturn:
    """Say where the one document is whose id begins like this and that is not in the library."""
    from index.rows import replaced, shelf

    document = whole_id(
        catalog, name, "documents.document_id", "shelf.document_id", "replacements.old_id"
    )
    if not document:
        no_document(name)
    if newer := replaced.successor(catalog.connection, document):
        fail(f"{document} was replaced; its newest version: 'waymark show {newer}'")
    state = shelf.state(catalog.connection, document)
    if state is shelf.ShelfState.DRAFT:
        fail(
            f"{document} is a draft: put it right at /curate/drafts/{document} or with 'waymark"
            " drafts edit', take it in with 'waymark publish', or remove it with 'waymark drafts"
            " discard'"
        )
    if state is None:
        no_document(name)
    fail(f"{document} was {state}: see 'waymark bin list'")


def user(named: str | None = None) -> str:
    """The name given, else that of this machine's user; for the log."""
    from index.rows.audit import COMMAND_LINE

    try:
        return named or getpass.getuser()
    except (OSError, KeyError):
        return COMMAND_LINE


def in_a_line(document_id: str, known: Metadata) -> str:
    """A document as commands list it: its id, its year, its title."""
    return f"{document_id}  {known.year or '----'}  {known.title}"


def say_json(values: Mapping[str, object]) -> None:
    """A line of JSON on standard output, for scripts."""
    click.echo(json.dumps(values, ensure_ascii=False))


@contextmanager
def clear_errors() -> Iterator[None]:
    """What a user can mend comes out as one line, without a stack trace; the status says whether
    anything was changed before.
    """
    from corpus.taxonomy import TaxonomyError
    from index.encoding.encoder import EncoderError
    from index.rows import database
    from index.rows.database import LibraryError
    from index.tagging.tagger import TaggerError

    database.changed.clear()
    _tell_what_takes_long()
    try:
        yield
    except (LibraryError, EncoderError, TaggerError, TaxonomyError) as error:
        _end(str(error), WRONG_CALL)
    except BrokenPipeError:  # the reader has seen enough; click ends quietly
        raise
    except OSError as error:
        _refused(error)
    except KeyboardInterrupt:
        stopped("; what was done stays")


def _tell_what_takes_long() -> None:
    """A person who waits is told what a command makes ready at first need."""
    if sys.stderr.isatty():
        logging.basicConfig(format="waymark: %(message)s", stream=sys.stderr)
        logging.getLogger("index.encoding.converted_apart").setLevel(logging.INFO)


@contextmanager
def clear_output() -> Iterator[None]:
    """What the system refuses comes out as one line wherever it shows: standard output may hold a
    command's last lines until it ends.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        sys.exit(SOME_FAILED)
    except OSError as error:
        _refused(error)


def _refused(error: OSError) -> NoReturn:
    """Say what the system refused, and end. The call is not wrong where it was to write output."""
    message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    _end(message, SOME_FAILED if error.filename == streams.OUTPUT else WRONG_CALL)


def _end(message: str, unchanged: int) -> NoReturn:
    """Say what is wrong, and end. unchanged: the status where nothing was changed before."""
    from index.rows import database

    stays = "; what was done stays" if database.changed.is_set() else ""
    click.echo(f"waymark: {message}{stays}", err=True)
    sys.exit(SOME_FAILED if stays else unchanged)


@contextmanager
def opened(home: str | None) -> Iterator[Library]:
    """The library of a home folder (see `index.files.home.locate`), inside `clear_errors`."""
    from index.files.home import locate
    from index.library import Library

    with clear_errors():
        yield Library.open(locate(home))
