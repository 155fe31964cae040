"""Checks of the curators' desk: jobs, uploads, removals."""

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
    """Jobs that a worker began and left: none runs, or it has others to do first."""
    left = [job.name for job in jobs.active(connection) if jobs.left(job)]
    if left:
        message = f"{counted(len(left), 'job')} begun and left ({', '.join(left[:_SHOWN])})"
        mend = "waymark serve, or waymark jobs --work, takes them up again"
        yield Finding("jobs", Severity.WARNING, message, mend)


def lost_uploads(connection: sqlite3.Connection, home: Home) -> Iterator[Finding]:
    """Jobs whose uploaded file is gone."""
    for job in jobs.active(connection):
        if job.task != Task.READ or home.waiting(job.subject).is_file():
            continue
        if not _shelved(connection, job.subject):
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
        files = "1 file" if len(left) == 1 else f"{len(left)} files"
        belong = "belongs" if len(left) == 1 else "belong"
        message = f"{files} in incoming/ {belong} to no job ({names})"
        yield Finding("uploads", Severity.WARNING, message, REPAIR)


def unfinished_removal(connection: sqlite3.Connection) -> Iterator[Finding]:
    """A removal that was stopped: its rows are gone, its bytes may not be."""
    left = database.read_setting(connection, erase.REMOVING)
    if left:
        files = "1 file" if len(left) == 1 else f"{len(left)} files"
        message = f"the removal of {files} was not finished"
        yield Finding("removal", Severity.WARNING, message, REPAIR)


def _shelved(connection: sqlite3.Connection, subject: str) -> bool:
    row = connection.execute("SELECT 1 FROM shelf WHERE document_id = ?", (subject,)).fetchone()
    return row is not None
