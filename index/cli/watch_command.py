"""The command that takes in what is put into a folder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from index.cli.terminal import SOME_FAILED, as_option, opened, user


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--publish",
    "publishing",
    is_flag=True,
    help="Publish each document at once, without a draft to look at.",
)
@click.option("--once", is_flag=True, help="Stop once everything that is there has been taken in.")
@as_option
@click.pass_obj
def watch(home: str | None, folder: Path, publishing: bool, once: bool, who: str | None) -> None:
    """Take in what is put into a FOLDER, until interrupted.

    A file counts once its size has been still for five seconds; links that leave the folder are
    passed over. What is in already is passed over too, and named when it is in under another name.
    """
    from index.curating.watching import Watched

    with opened(home) as library:
        watched = Watched(library, folder, user(who), publishing)
        while True:
            for line in watched.look():
                click.echo(click.format_filename(line))  # names may be of any bytes
            if once and watched.idle:
                break
            time.sleep(1)
    if watched.failures:
        sys.exit(SOME_FAILED)


COMMANDS = (watch,)
