"""The command line. Each package holds its own commands; everything heavy is imported when used."""

from __future__ import annotations

from typing import Any

import click

import index.catalogue_commands
import index.collection_commands
import index.commands
import index.desk_commands
import index.tag_commands
import index.upkeep_commands
import search.batch_command
import search.commands
import search.news_commands
import web.commands
import web.desk_commands
from index import streams
from index.terminal import clear_output


class _Commands(click.Group):
    """All commands, over standard streams of any kind."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """As for any command of click."""
        streams.prepare()
        with clear_output():
            return super().main(*args, **extra)


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
