"""The command line. Each package holds its own commands; everything heavy is imported when used."""

from __future__ import annotations

from typing import Any, cast

import click

import index.catalogue_commands
import index.collection_commands
import index.commands
import index.desk_commands
import index.draft_commands
import index.tag_commands
import index.upkeep_commands
import search.batch_command
import search.commands
import search.news_commands
import web.commands
import web.desk_commands
from index import streams
from index.terminal import clear_output, fail


class _Commands(click.Group):
    """All commands, over standard streams of any kind."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """As for any command of click."""
        streams.prepare()
        with clear_output():
            return super().main(*args, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As for any group of click, which takes the last of two values without a word."""
        if not ctx.resilient_parsing and (option := _given_twice(self, ctx, args)):
            fail(f"{option.opts[0]} is given more than once: it takes one value")
        return super().parse_args(ctx, args)


def _given_twice(
    command: click.Command, context: click.Context, args: list[str]
) -> click.Option | None:
    """An option of one value that is there twice, of the command that is called or of those before
    it; None also where the call is wrong in another way, which click says.
    """
    try:
        _, rest, given = command.make_parser(context).parse_args(list(args))
    except click.UsageError:
        return None
    for option in given:
        single = isinstance(option, click.Option) and not (option.multiple or option.is_flag)
        if single and given.count(option) > 1:
            return cast(click.Option, option)
    if not (isinstance(command, click.Group) and rest):
        return None
    called = command.get_command(context, rest[0])
    below = called and click.Context(called, context, rest[0])
    return _given_twice(called, below, rest[1:]) if called and below else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark")
@click.option("--home", metavar="DIR", help="The library's folder (or WAYMARK_HOME).")
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """Ask a question in plain words; get the passages of reports that answer it."""
    context.obj = home


for part in (
    index.commands,
    index.desk_commands,
    index.draft_commands,
    index.catalogue_commands,
    index.collection_commands,
    index.tag_commands,
    index.upkeep_commands,
    search.commands,
    search.batch_command,
    search.news_commands,
    web.commands,
    web.desk_commands,
):
    for command in part.COMMANDS:
        main.add_command(command)


if __name__ == "__main__":
    main()
