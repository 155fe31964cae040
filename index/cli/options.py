"""Options that several commands take, those that state what is known of a document among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

import click
from click.core import ParameterSource

from index.cli.terminal import fail
from ingest.metadata.fields import LINK, YEARS, is_broken_cell, is_language, is_link
from ingest.metadata.kinds import KINDS
from ingest.prose.text import fault

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

CLEARED = ("authors", "publisher", "year", "language", "url", "kind")
"""Fields that may be emptied; a document needs a title."""

_BROKEN = "this is what a spreadsheet writes for a formula that fails"


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


def count_option(default: int, most: int, listed: str) -> Callable[[Decorated], Decorated]:
    """-n, how many to list, which a command takes as `count`. listed: what, as the help says it."""
    return click.option(
        "-n",
        "count",
        default=default,
        show_default=True,
        type=click.IntRange(1, most),
        help=f"How many {listed}.",
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


def _names(_context: click.Context, _parameter: click.Parameter, given: str | None) -> list[str]:
    if given is None:
        return []
    names = [name.strip() for name in given.split(";") if name.strip()]
    if not names:
        raise click.BadParameter("no name in it; write 'Ana Ruiz; Jo Frost'")
    if any(map(is_broken_cell, names)):
        raise click.BadParameter(_BROKEN)
    return names


def _words(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    if given and is_broken_cell(given):
        raise click.BadParameter(_BROKEN)
    return (given or "").strip()


def _code(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    if given is not None and not is_language(given):
        raise click.BadParameter("two letters, such as en or de (ISO 639-1)")
    return (given or "").lower()


def _link(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    if given and not is_link(given):
        raise click.BadParameter(LINK)
    return given or ""


def describing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that state what is known of a document, as `ingest.metadata.fields` takes
    them.
    """
    for option in (
        click.option(
            "--kind",
            type=click.Choice(KINDS, case_sensitive=False),
            help="The kind of document.",
        ),
        click.option("--url", type=text, callback=_link, help="Its address on the web."),
        click.option("--language", callback=_code, help="Its language, as two letters such as en."),
        click.option("--publisher", type=text, callback=_words, help="Its publisher."),
        click.option(
            "--year", type=click.IntRange(YEARS[0], YEARS[-1]), help="The year it was published."
        ),
        click.option(
            "--authors",
            type=text,
            callback=_names,
            help="Its authors, with ';' between them.",
        ),
        click.option("--title", type=text, callback=_words, help="Its title."),
    ):
        command = option(command)
    return command


def clearing(command: Callable[..., None]) -> Callable[..., None]:
    """As `describing`, with an option that empties fields, as a form does that is sent without
    them; the command gets their names as `clear`.
    """
    option = click.option(
        "--clear",
        type=click.Choice(CLEARED, case_sensitive=False),
        multiple=True,
        help="Empty this field; repeat it for several.",
    )
    return describing(option(command))


def check(command: str, stated: Mapping[str, object], clear: Collection[str]) -> None:
    """End a command that is to change nothing, or to fill and to empty the same field.

    command: as it is typed. stated, clear: what its options say, see `clearing`.
    """
    if not clear and not any(stated.values()):
        fail(
            "nothing to change: give --title, --authors or another, or --clear to empty a field;"
            f" see '{command} --help'"
        )
    if both := next(filter(stated.get, clear), ""):
        fail(f"give --{both} or --clear {both}, not both")
