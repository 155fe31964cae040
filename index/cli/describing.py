"""Options of commands that state what is known of a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import click

from index.cli.terminal import fail, text
from ingest.metadata.fields import LINK, YEARS, is_broken_cell, is_language, is_link
from ingest.metadata.kinds import KINDS

_BROKEN = "this is what a spreadsheet writes for a formula that fails"


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


CLEARED = ("authors", "publisher", "year", "language", "url", "kind")
"""Fields that may be emptied; a document needs a title."""


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
