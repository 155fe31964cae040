"""Commands: keeping a library whole, and taking it elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.cli.options import json_option
from index.cli.terminal import SOME_FAILED, clear_errors, fail, opened, say_json
from index.plurals import counted

if TYPE_CHECKING:
    from index.library import Library


@click.command()
@click.option(
    "--model", help="Encode every passage anew with this model: a folder, or all-MiniLM-L6-v2."
)
@click.pass_obj
def rebuild(home: str | None, model: str | None) -> None:
    """Build the views anew from the rows; with --model the vectors too."""
    from index.rebuild import rebuild_views

    with opened(home) as library:
        if model:
            _reembed(library, model)
        else:
            click.echo(f"Built the views of generation {rebuild_views(library)}")


def _reembed(library: Library, model: str) -> None:
    from tqdm import tqdm

    from index.rebuild import reembed

    with library.catalog() as catalog:
        total = catalog.counts().passages
    quiet = not sys.stderr.isatty()
    with tqdm(total=total, unit="passage", disable=quiet, leave=False) as bar:
        done = reembed(library, model, bar.update)
    click.echo(f"Encoded {done.passages} passages with {done.encoder}")
    if not done.tagged:
        click.echo("No tagger fits this encoder: the tags are gone until 'waymark train'", err=True)
    if done.too_long:
        click.echo(
            f"{done.too_long} passages are longer than it reads: their ends are found by words "
            "alone; remove and add their documents to have them cut anew",
            err=True,
        )


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended without losing anything.")
@json_option
@click.pass_obj
def doctor(home: str | None, repair: bool, as_json: bool) -> None:
    """Check the library for everything that can be wrong; as JSON, one finding a line."""
    from dataclasses import asdict

    from index.files.home import locate
    from index.health import doctor as checks
    from index.health.findings import Severity

    with clear_errors():
        if repair:
            for line in checks.repair(locate(home)):
                click.echo(line, err=True)
        findings = checks.examine(locate(home))
    for finding in findings:
        if as_json:
            say_json(asdict(finding))
        else:
            click.echo(str(finding))
    if not findings and not as_json:
        click.echo("nothing wrong was found")
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(SOME_FAILED)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(home: str | None, file: Path) -> None:
    """Copy the library into one FILE; it may be in use meanwhile."""
    from index.files.home import locate
    from index.transfer.backup import backup as take

    with clear_errors():
        done = take(locate(home), file)
    click.echo(f"{file}: {done.documents} documents, generation {done.generation}, {done.size} B")
    _say_lost(done.lost)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--home", "into", metavar="DIR", help="The folder to make the library in.")
@click.pass_obj
def restore(home: str | None, file: Path, into: str | None) -> None:
    """Make the library that a backup FILE holds.

    Curators, passwords and keys are those of the day of the backup, so anyone removed since then
    is back.
    """
    from index.files.home import locate
    from index.transfer.restore import restore as make

    with clear_errors():
        where = locate(into or home)
        done = make(file, where)
        click.echo(f"{where.path}: generation {done.generation}, {done.originals} originals")
    if done.curators:
        names = ", ".join(done.curators)
        click.echo(
            f"Who may sign in: {names if names.isprintable() else ascii(names)}, and "
            f"{counted(done.keys, 'key')} of their programs; 'waymark curator remove NAME' for "
            "who was removed since the backup"
        )


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export_library(home: str | None, folder: Path) -> None:
    """Write what is published to FOLDER as JSON lines, arrays and originals.

    Drafts, the bin, suggestions, the log and the curators are left out; 'waymark backup' has them.
    """
    from index.kept import suggestions
    from index.rows import shelf
    from index.transfer import exchange

    with opened(home) as library:
        lost = exchange.write(library, folder)
        click.echo(f"Wrote {_amount(library)} to {folder}")
        with library.catalog() as catalog:
            states = [item.state for item in shelf.listing(catalog.connection)]
            missed = [
                one
                for state in suggestions.SuggestionState
                for one in suggestions.listing(catalog.connection, state)
            ]
    drafts = states.count(shelf.ShelfState.DRAFT)
    counts = [counted(drafts, "draft")] if drafts else []
    counts += [f"{len(states) - drafts} in the bin"] if len(states) > drafts else []
    counts += [counted(len(missed), "suggestion")] if missed else []
    click.echo(
        f"Left out: {', '.join([*counts, 'the log, the curators'])}; 'waymark backup' has them"
    )
    _say_lost(lost)


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def import_library(home: str | None, folder: Path) -> None:
    """Make the library that was exported to FOLDER, where there is none yet."""
    from index.files.home import locate
    from index.rows.database import LibraryError
    from index.transfer import exchange

    with clear_errors():
        try:
            library = exchange.read(folder, locate(home))
        except LibraryError as error:  # what was made of it is gone again
            fail(str(error))
        click.echo(f"Made a library of {_amount(library)} in {library.home.path}")


def _say_lost(names: Sequence[str]) -> None:
    """Name what a copy lacks, as `index.transfer.backup.BackedUp` does; end the command where it
    does.
    """
    from index.tagging import own_tagger

    for name in names:
        what = "the library's own tagger" if name == own_tagger.SETTING else f"the original {name}"
        click.echo(f"waymark: {what} is lost: see 'waymark doctor'", err=True)
    if names:
        sys.exit(SOME_FAILED)


def _amount(library: Library) -> str:
    with library.catalog() as catalog:
        counts = catalog.counts()
    return f"{counts.documents:,} documents, {counts.passages:,} passages"


COMMANDS = (rebuild, doctor, backup, restore, export_library, import_library)
