"""What every command shares: an opened library, and errors as one clear line."""

from __future__ import annotations

import getpass
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

import click

from ingest.text import fault

if TYPE_CHECKING:
    from index.library import Library

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SOME_FAILED = 1
"""Exit status: the rest is done."""

WRONG_CALL = 2
"""Exit status: nothing was done."""


def fail(message: str) -> NoReturn:
    """Say what is wrong with the call, and end with status 2."""
    click.echo(f"waymark: {message}", err=True)
    sys.exit(WRONG_CALL)


def no_document(name: str, *elsewhere: str) -> NoReturn:
    """Say that no one document's id begins like this; `elsewhere`: further commands that list."""
    lists = ", ".join(f"'{command}'" for command in ("waymark list", *elsewhere))
    fail(f"no document '{name}', or more than one; see {lists}")


def user(named: str | None = None) -> str:
    """The name given, else that of this machine's user; for the log."""
    try:
        return named or getpass.getuser()
    except (OSError, KeyError):
        return "the command line"


def text(given: str) -> str:
    """The type of what a command looks up among the rows or writes there: ids, names, titles.

    Raises click.BadParameter for bytes that are no UTF-8.
    """
    if fault(given):
        raise click.BadParameter("not UTF-8: set the terminal to UTF-8 and type it again")
    return given


as_option = click.option(
    "--as", "who", type=text, metavar="NAME", help="Who does it, for the log (default: you)."
)
"""--as, which a command takes as `who`, for `user`."""


def format_option(*layouts: str) -> Callable[[Decorated], Decorated]:
    """--format, which a command takes as `layout`: one of those named, the first when left out."""
    return click.option(
        "--format",
        "layout",
        type=click.Choice(layouts),
        default=layouts[0],
        help="How to write it.",
    )


@contextmanager
def text_of(file: Path | None) -> Iterator[TextIO]:
    """The lines of a file, or of standard input (None), cut at line ends alone.

    What is no UTF-8 stays recognisable, see `ingest.text.fault`. Raises OSError as `open` does.
    """
    if file is None:
        stream = io.TextIOWrapper(sys.stdin.buffer, "utf-8-sig", "surrogateescape", newline="")
        try:
            yield stream
        finally:
            stream.detach()
    else:
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as opened:
            yield opened


@contextmanager
def clear_errors() -> Iterator[None]:
    """What a user can mend comes out as one line, without a stack trace."""
    from corpus.taxonomy import TaxonomyError
    from index.database import LibraryError
    from index.encoder import EncoderError
    from index.tagger import TaggerError

    try:
        yield
    except (LibraryError, EncoderError, TaggerError, TaxonomyError) as error:
        fail(str(error))
    except BrokenPipeError:  # the reader has seen enough; click ends quietly
        raise
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        click.echo("waymark: stopped; what was done stays", err=True)
        sys.exit(130)


@contextmanager
def opened(home: str | None) -> Iterator[Library]:
    """The library of a home folder (see `index.home.locate`), inside `clear_errors`."""
    from index.home import locate
    from index.library import Library

    with clear_errors():
        yield Library.open(locate(home))
