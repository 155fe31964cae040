"""Checks of the curators' desk: jobs, uploads, the shelf, removals."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator

from index.curating import erase, jobs, sweeping
from index.curating.jobs import Task
from index.files.home import Home
from index.health.check_files import REPAIR
from index.health.check_rows import RESTORE
from index.health.findings import Finding, Severity
from index.plurals import counted
from index.rows import database, shelf

_SHOWN = 3


def stuck(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Jobs that a worker began and left: either no worker runs now, or it has other jobs to do
    first.
    """
    left = [job.name for job in jobs.active(connection) if jobs.left(job)]
    if left:
        message = f"{counted(len(left), 'job')} begun and left ({', '.join(left[:_SHOWN])})"
        mend = "waymark serve, or waymark jobs --work, takes them up again"
        yield Finding("jobs", Severity.WARNING, message, mend)


def lost_uploads(connection: sqlite3.Connection, home: Home) -> Iterator[Finding]:
    """Jobs that wait or are worked on, and whose uploaded file is gone."""
    for job in jobs.active(connection):
        if job.task != Task.READ or home.waiting(job.subject).is_file():
            continue
        if shelf.state(connection, job.subject) is None:
            message = f"the upload {job.name} (job {job.job_id}) is gone from incoming/"
            yield Finding("uploads", Severity.ERROR, message, "upload it again")


def unreadable(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Documents of the shelf whose text cannot be unpacked."""
    names = connection.execute("SELECT document_id FROM shelf ORDER BY document_id").fetchall()
    for (document,) in names:
        try:
            shelf.get(connection, document)
        except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
            message = f"{document} on the shelf cannot be read: {error}"
            yield Finding("shelf", Severity.ERROR, message, RESTORE)


def left_uploads(connection: sqlite3.Connection, home: Home) -> Iterator[Finding]:
    """Files in incoming/ that no job needs and no program is writing."""
    left = sweeping.unneeded(connection, home)
    if left:
        names = ", ".join(path.name[:16] for path in left[:_SHOWN])
        belong = "belongs" if len(left) == 1 else "belong"
        message = f"{counted(len(left), 'file')} in incoming/ {belong} to no job ({names})"
        yield Finding("uploads", Severity.WARNING, message, REPAIR)


def unfinished_removal(connection: sqlite3.Connection) -> Iterator[Finding]:
    """A removal that was stopped: its rows are gone, and its files may be there still."""
    left = database.read_setting(connection, erase.REMOVING)
    if left:
        message = f"the removal of {counted(len(left), 'file')} was not finished"
        yield Finding("removal", Severity.WARNING, message, REPAIR)
