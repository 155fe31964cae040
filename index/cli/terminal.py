"""What every command shares: an opened library, and errors as one clear line."""

from __future__ import annotations

import codecs
import getpass
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TextIO, TypeVar, cast

import click
from click.core import ParameterSource

from corpus.signatures import not_text
from index.files import streams
from ingest.prose.text import fault

if TYPE_CHECKING:
    from index.library import Library
    from index.rows.catalog import Catalog

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SOME_FAILED = 1
"""Exit status: the rest is done, or what was done before stays."""

WRONG_CALL = 2
"""Exit status: nothing was done."""


_STOPPED = 130


def fail(message: str) -> NoReturn:
    """Say what is wrong with the call, and end with status 2."""
    click.echo(f"waymark: {message}", err=True)
    sys.exit(WRONG_CALL)


def stopped(what: str = "") -> NoReturn:
    """Say after Ctrl+C that the command was stopped, and what became of its work; end with 130, as
    shells have it.
    """
    click.echo(f"waymark: stopped{what}", err=True)
    sys.exit(_STOPPED)


def say(line: str, *, err: bool = False) -> bool:
    """Print what came of a change that is made; whether that could be written.

    Where it could not, the rest is still to be done; one line says so, unless the reader has left.
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


def not_here(catalog: Catalog, name: str) -> NoReturn:
    """Say where the one document is whose id begins like this and that is not in the library."""
    from index.rows import replaced, shelf

    found = catalog.connection.execute(_BEGINNING, (len(name), name)).fetchall()
    if len(found) != 1 or not name:
        no_document(name)
    ((document,),) = found
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


_BEGINNING = " UNION ".join(
    f"SELECT {column} FROM {table} WHERE substr({column}, 1, ?1) = ?2"  # noqa: S608 - own text
    for table, column in (
        ("documents", "document_id"),
        ("shelf", "document_id"),
        ("replacements", "old_id"),
    )
)


def user(named: str | None = None) -> str:
    """The name given, else that of this machine's user; for the log."""
    from index.rows.audit import COMMAND_LINE

    try:
        return named or getpass.getuser()
    except (OSError, KeyError):
        return COMMAND_LINE


def text(given: str) -> str:
    """The type of what a command looks up among the rows or writes there: ids, names, titles.

    Raises click.BadParameter for bytes that are no UTF-8.
    """
    if fault(given):
        raise click.BadParameter("not UTF-8: set the terminal to UTF-8 and type it again")
    return given


as_option = click.option(
    "--as", "who", type=text, metavar="NAME", help="The name to write in the log (default: yours)."
)
"""--as, which a command takes as `who`, for `user`."""


def format_option(*layouts: str) -> Callable[[Decorated], Decorated]:
    """--format, which a command takes as `layout`: one of those named, the first when left out."""
    return click.option(
        "--format",
        "layout",
        type=click.Choice(layouts),
        default=layouts[0],
        help="The format of the output.",
        show_default=True,
    )


def json_option(command: Decorated) -> Decorated:
    """--format, of text or json, and --json for the latter; a command takes both as `as_json`."""

    @wraps(command)
    def called(*args: Any, layout: str, as_json: bool, **given: Any) -> Any:
        return command(*args, as_json=as_json or layout == "json", **given)

    flag = click.option("--json", "as_json", is_flag=True, help="As --format json.")
    return cast(Decorated, format_option("text", "json")(flag(called)))


def no_format_before(context: click.Context) -> None:
    """End the call of a group's command where --format stands before it: it would be ignored."""
    group, name = context.command, context.invoked_subcommand or ""
    if context.get_parameter_source("layout") is ParameterSource.DEFAULT:
        return
    called = group.get_command(context, name) if isinstance(group, click.Group) else None
    if called and any(option.name == "layout" for option in called.params):
        fail(f"put --format behind '{context.command_path} {name}'")
    fail(f"'{context.command_path} {name}' takes no --format")


def say_json(values: Mapping[str, object]) -> None:
    """A line of JSON on standard output, for scripts."""
    click.echo(json.dumps(values, ensure_ascii=False))


@contextmanager
def text_of(file: Path | None, name: str) -> Iterator[Iterator[str]]:
    """The lines of a file, or of standard input (None), cut at line ends alone; the command ends
    where they are packed, or those of a spreadsheet.

    name: of the file, as it was given. UTF-16 is known by its mark, as spreadsheets save "Unicode
    text". What is neither that nor UTF-8 stays recognisable, see `ingest.prose.text.fault`. Raises
    OSError as `open` does.
    """
    with nullcontext(sys.stdin.buffer) if file is None else file.open("rb") as data:
        stream = _decoded(data)
        try:
            yield _of_text(stream, name)
        finally:
            stream.detach()


def _recognisable(error: UnicodeError) -> tuple[str, int]:
    """In place of half a character, what `ingest.prose.text.fault` finds."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


_NOT_UTF_16 = "waymark.not_utf_16"
codecs.register_error(_NOT_UTF_16, _recognisable)


def _decoded(data: BinaryIO) -> io.TextIOWrapper:
    first = data.peek(2)[:2] if isinstance(data, io.BufferedReader) else b""
    if first in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.TextIOWrapper(data, "utf-16", _NOT_UTF_16, newline="")
    return io.TextIOWrapper(data, "utf-8-sig", "surrogateescape", newline="")


def _of_text(stream: TextIO, name: str) -> Iterator[str]:
    first = stream.readline()
    if found := not_text(first.encode("utf-8", "surrogateescape")):
        fail(f"{name}: {': '.join(found)}")
    return chain([first] if first else (), stream)


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
    """Say what the system refused, and end: that it cannot be told makes no call wrong."""
    message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    _end(message, SOME_FAILED if error.filename == streams.OUTPUT else WRONG_CALL)


def _end(message: str, unchanged: int) -> NoReturn:
    """Say what is wrong, and end with a status: `unchanged` where nothing was changed before."""
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
