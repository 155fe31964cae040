"""Commands of the desk: publishing, the bin, jobs, the log."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from index.cli.options import as_option, count_option, format_option, text
from index.cli.terminal import (
    SOME_FAILED,
    WRONG_CALL,
    fail,
    no_document,
    not_here,
    opened,
    say,
    say_json,
    user,
    whole_id,
)
from index.plurals import counted

if TYPE_CHECKING:
    import sqlite3

    from index.curating.jobs import Job
    from index.library import Library


@click.command()
@click.argument("documents", nargs=-1, required=True, type=text)
@click.option(
    "--replaces", type=text, metavar="ID", help="The document that this one is a new version of."
)
@as_option
@click.pass_obj
def publish(
    home: str | None, documents: tuple[str, ...], replaces: str | None, who: str | None
) -> None:
    """Put drafts into the library.

    A line names a draft that has half of its text or more from another document.
    """
    from index.curating.duplicates import repeated

    if replaces and len(documents) > 1:
        fail("--replaces goes with one draft")
    with opened(home) as library:
        names = [_known(library, name) for name in documents]
        queued, refused = _queued(library, names, user(who), replaces)
        for line in refused:
            click.echo(f"waymark: {line}", err=True)
        if queued:
            _work(library, queued)
            for line in repeated(library, names):
                click.echo(f"waymark: {line}", err=True)
        if refused:
            sys.exit(SOME_FAILED if queued else WRONG_CALL)


@click.command()
@click.argument("documents", nargs=-1, required=True, type=text)
@as_option
@click.pass_obj
def withdraw(home: str | None, documents: tuple[str, ...], who: str | None) -> None:
    """Take documents out of the library; they stay in the bin for 30 days."""
    from index.curating import bin

    with opened(home) as library:
        names = list(dict.fromkeys(_known(library, name) for name in documents))
        try:
            bin.withdraw_all(library, names, user(who))
        except KeyError as error:
            with library.catalog() as catalog:
                not_here(catalog, error.args[0])
        for name in names:
            say(f"Withdrew {name}; 'waymark bin restore {name}' puts it back")


@click.group("bin")
def bin_group() -> None:
    """What was withdrawn or replaced: list, put back, empty."""


@bin_group.command("list")
@format_option("text", "json")
@click.pass_obj
def bin_list(home: str | None, layout: str) -> None:
    """List what is in the bin, with the days left."""
    from index.curating import bin
    from index.rows import shelf

    with opened(home) as library, library.catalog() as catalog:
        for item in shelf.listing(catalog.connection):
            if item.state == shelf.ShelfState.DRAFT:
                continue
            days = bin.days_left(item) if item.state == shelf.ShelfState.WITHDRAWN else None
            if layout == "json":
                told = ("document_id", "state", "replaced_by", "title")
                say_json({name: getattr(item, name) for name in told} | {"days_left": days})
            else:
                left = f"replaced by {item.replaced_by}" if days is None else f"{days:2} days"
                click.echo(f"{item.document_id}  {left}  {item.title}")


@bin_group.command("restore")
@click.argument("document", type=text)
@click.option(
    "--beside", "where", flag_value="beside", help="Keep its newer version in the library too."
)
@click.option("--instead", "where", flag_value="instead", help="Move its newer version to the bin.")
@as_option
@click.pass_obj
def bin_restore(home: str | None, document: str, where: str | None, who: str | None) -> None:
    """Put a document back into the library.

    If a newer version of it is there, say whether to keep both or to take that out.
    """
    from index.curating import bin

    with opened(home) as library:
        name = _known(library, document)
        try:
            newer = _newer(library, name, where)
            job = bin.restore(library, name, user(who), newer if where == "instead" else "")
        except KeyError:
            fail(f"{name} is not in the bin; see 'waymark bin list'")
        _work(library, [job.job_id])


def _newer(library: Library, name: str, where: str | None) -> str:
    """Id of the newer version in the library of what is on the shelf, or empty; where that does not
    go with the option given, the command ends. Raises KeyError when it is not on the shelf.
    """
    from index.rows import replaced, shelf

    with library.catalog() as catalog:
        shelf.get(catalog.connection, name)
        newer = replaced.successor(catalog.connection, name)
    if newer and where is None:
        fail(f"its newer version {newer} is in the library: say --beside or --instead")
    if where and not newer:
        fail(f"no newer version of {name} is in the library: leave out --{where}")
    return newer


@bin_group.command("empty")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_option
@click.pass_obj
def bin_empty(home: str | None, yes: bool, who: str | None) -> None:
    """Remove all that was withdrawn, for good."""
    from index.curating import bin, erase

    with opened(home) as library:
        erase.resume(library.home)
        with library.catalog() as catalog:
            found = {item.document_id for item in bin.withdrawn(catalog.connection)}
        if not found:
            click.echo("the bin is empty")
            return
        if not yes:
            click.confirm(f"Remove {counted(len(found), 'document')} for good?", abort=True)
        gone = bin.empty(library, found, user(who))
        click.echo(f"Removed {counted(len(gone), 'document')} for good")


@click.command()
@click.option("--work", is_flag=True, help="Do the jobs that are waiting, then stop.")
@count_option(20, 10_000, "of the latest jobs to list")
@format_option("text", "json")
@click.pass_obj
def jobs(home: str | None, work: bool, count: int, layout: str) -> None:
    """List the last jobs, or do those that wait."""
    from index.curating import jobs as queue

    with opened(home) as library:
        if work:
            _work(library, None, layout)
            return
        with library.catalog() as catalog:
            for job in reversed(queue.recent(catalog.connection, count)):
                click.echo(_line(job, layout))


@click.command()
@count_option(50, 100_000, "of the latest entries to show")
@click.option("--document", type=text, metavar="ID", help="Only what was done to this document.")
@format_option("text", "csv", "json")
@click.pass_obj
def log(home: str | None, count: int, document: str | None, layout: str) -> None:
    """Show who did what, and when, with what stood there before each change."""
    from index.files.formulas import write_csv
    from index.rows import audit

    with opened(home) as library, library.catalog() as catalog:
        subject = "" if document is None else _logged(catalog.connection, document)
        lines = audit.entries(catalog.connection, count, subject=subject)[::-1]
        columns = ("at", "who", "action", "subject", "detail")
        rows = map(attrgetter(*columns), lines)
        if layout == "csv":
            write_csv(columns, rows, sys.stdout)
            return
        for row in rows:
            if layout == "json":
                say_json(dict(zip(columns, row, strict=True)))
            else:
                click.echo("  ".join(row))


def _logged(connection: sqlite3.Connection, name: str) -> str:
    """The one id that begins like this among those of the log."""
    from index.rows import audit

    found = audit.documents(connection, name)
    if not found:
        fail(f"the log has nothing of '{name}'")
    if len(found) > 1:
        fail(f"the log has {len(found)} documents that begin with '{name}': give more of the id")
    return found[0]


def _known(library: Library, name: str) -> str:
    """The id that begins like this, in the library or on the shelf."""
    with library.catalog() as catalog:
        found = whole_id(catalog, name, "documents.document_id", "shelf.document_id")
    if not found:
        no_document(name, "drafts", "bin list")
    return found


def _queued(
    library: Library, names: list[str], who: str, replaces: str | None
) -> tuple[list[int], list[str]]:
    """Jobs that publish drafts, and a line for each document that cannot be."""
    from index.curating import drafted
    from index.rows.database import LibraryError

    queued, refused = [], []
    for name in names:
        try:
            queued.append(drafted.publish(library, name, who, replaces).job_id)
        except KeyError:
            refused.append(f"{name} is no draft; see 'waymark drafts'")
        except drafted.BeingPublishedError as error:
            refused.append(f"{error} ('waymark jobs --work' does it where no server runs)")
        except LibraryError as error:
            refused.append(str(error))
    return queued, refused


def _work(library: Library, wanted: list[int] | None, layout: str = "text") -> None:
    """Do what waits until the jobs wanted are done, or all; say what came of each."""
    from index.curating import jobs as queue
    from index.curating.desk import Worker

    worker = Worker(library)
    failed = False
    for job in iter(worker.step, None):
        written = say(_line(job, layout))
        failed = failed or not written or job.state == queue.JobState.FAILED
        if wanted is not None:
            wanted = [name for name in wanted if name != job.job_id]
            if not wanted:
                break
    for job in _ended_otherwise(library, wanted or []):
        if job.state == queue.JobState.FAILED:
            click.echo(_line(job, layout))
            failed = True
        else:
            click.echo(
                f"job {job.job_id} is being worked on elsewhere: see 'waymark jobs'", err=True
            )
    if failed:
        sys.exit(SOME_FAILED)


def _ended_otherwise(library: Library, wanted: list[int]) -> list[Job]:
    """Jobs that this worker was not given: begun too often already, or another one has them."""
    from index.curating import jobs as queue

    found = []
    with library.catalog() as catalog:
        for name in wanted:
            with suppress(KeyError):  # removed with its document
                found.append(queue.get(catalog.connection, name))
    return found


def _line(job: Job, layout: str) -> str:
    from index.curating import jobs as queue

    if layout == "json":
        return json.dumps(asdict(job), ensure_ascii=False)
    share = f" {job.progress:.0%}" if job.state is queue.JobState.WORKING else ""
    if queue.left(job):
        share = ", and left: 'waymark jobs --work' takes it up"
    said = f": {job.message}" if job.message and job.task is not queue.Task.TRAIN else ""
    return f"{job.job_id}  {job.task}  {job.name}  {job.state}{share}{said}"


COMMANDS = (publish, withdraw, bin_group, jobs, log)
