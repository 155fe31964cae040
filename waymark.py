"""The command line. Each package holds its own commands; everything heavy is imported when used."""

from __future__ import annotations

from typing import Any

import click

import index.cli.catalogue_commands
import index.cli.collection_commands
import index.cli.commands
import index.cli.desk_commands
import index.cli.draft_commands
import index.cli.tag_commands
import index.cli.upkeep_commands
import search.cli.batch_command
import search.cli.commands
import search.cli.news_commands
import web.cli.commands
import web.cli.desk_commands
from index.cli.terminal import clear_output, fail, stopped
from index.files import streams


class _Commands(click.Group):
    """All commands, over standard streams of any kind."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command as click does, over standard streams that are there and take any text."""
        streams.prepare()
        with clear_output():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Invoke a command as click does, but end with the status of an interrupt where one comes:
        click ends as if the command had failed.
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            stopped()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, but refuse an option of one value that is given twice: click would
        take the last value and not say so.
        """
        if not ctx.resilient_parsing and (option := _given_twice(self, ctx, args)):
            fail(f"{option.opts[0]} is given more than once: it takes one value")
        return super().parse_args(ctx, args)


def _given_twice(
    command: click.Command, context: click.Context, args: list[str]
) -> click.Option | None:
    """An option of one value that is given twice, to the command or to a command below it. None
    also where the call is wrong in another way: click says in which.
    """
    try:
        _, rest, given = command.make_parser(context).parse_args(list(args))
    except click.UsageError:
        return None
    for option in given:
        if not isinstance(option, click.Option) or option.multiple or option.is_flag:
            continue
        if given.count(option) > 1:
            return option
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
    index.cli.commands,
    index.cli.desk_commands,
    index.cli.draft_commands,
    index.cli.catalogue_commands,
    index.cli.collection_commands,
    index.cli.tag_commands,
    index.cli.upkeep_commands,
    search.cli.commands,
    search.cli.batch_command,
    search.cli.news_commands,
    web.cli.commands,
    web.cli.desk_commands,
):
    for command in part.COMMANDS:
        main.add_command(command)


if __name__ == "__main__":
    main()
