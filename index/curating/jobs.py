"""The queue of jobs, which outlives the programs that work on it.

A worker holds a job by a lease, which it extends while it works. When a lease ran out the worker is
gone, and the next one takes the job over. The outcome of a job is written in the transaction that
ends it, and only by the worker that holds it: a job that was cancelled or taken over leaves
nothing.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from index.library import Library
from index.rows import audit, database, shelf
from index.rows.database import LibraryError
from index.rows.moment import stamp

LEASE_SECONDS = 30.0
"""How long a lease holds. A worker extends it three times as often, so one that is gone is noticed
within this time."""

TRIES = 3
"""How often a job is begun. One that ended its worker so often would end the next one too."""

_GAVE_UP = (
    f"it was begun {TRIES} times, and each time the program ended before it was done: "
    "look whether memory or room ran out, then try it again"
)

_FAILED_DAYS = 30
"""For so long the file of a failed job is kept, so that the job can be tried again."""

_COLUMNS = (
    "job_id, task, subject, name, state, progress, message, tries, who, added_at, changed_at,"
    " lease_until, worker"
)


class Task(StrEnum):
    """What a job does."""

    READ = "read"
    """Make drafts of a file in incoming/, whose sha256 is the subject; or read the draft whose id
    is the subject again, with OCR."""
    PUBLISH = "publish"
    """Put the document of the shelf whose id is the subject into the library."""
    TRAIN = "train"
    """Learn the tagger anew. The subject is empty."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands.

    name: of the file or the document, for people. progress: 0 to 1.
    message: what came of it, or why it failed and what mends that.
    tries: how often it was begun.
    lease_until: seconds since 1970.
    """

    job_id: int
    task: Task
    subject: str
    name: str
    state: JobState
    progress: float
    message: str
    tries: int
    who: str
    added_at: str
    changed_at: str
    lease_until: float
    worker: str


class LostLeaseError(Exception):
    """The job is no longer this worker's: it was cancelled, or another one took it over."""


# For those who ask


def recent(connection: sqlite3.Connection, limit: int = 100) -> list[Job]:
    """The last jobs, newest first."""
    return _jobs(connection, "ORDER BY job_id DESC LIMIT ?", limit)


def last(connection: sqlite3.Connection, task: Task) -> Job | None:
    """The newest job of a kind, however it stands; None when there was none."""
    clause = "WHERE task = ? ORDER BY job_id DESC LIMIT 1"
    return next(iter(_jobs(connection, clause, task.value)), None)


def active(connection: sqlite3.Connection) -> list[Job]:
    """The jobs that wait or are being worked on, oldest first."""
    return _jobs(connection, "WHERE state IN ('queued', 'working') ORDER BY job_id")


def failed(connection: sqlite3.Connection) -> list[Job]:
    """The last 200 failed jobs that nobody retried or cancelled, newest first."""
    return _jobs(connection, "WHERE state = 'failed' ORDER BY job_id DESC LIMIT 200")


def get(connection: sqlite3.Connection, job_id: int) -> Job:
    """A job. Raises KeyError when there is none."""
    for job in _jobs(connection, "WHERE job_id = ?", job_id):
        return job
    raise KeyError(job_id)


def waiting(connection: sqlite3.Connection, task: Task, subject: str) -> Job | None:
    """The job of a subject that waits or is being worked on; None when there is none."""
    clause = "WHERE state IN ('queued', 'working') AND task = ? AND subject = ?"
    return next(iter(_jobs(connection, clause, task.value, subject)), None)


def needed_uploads(connection: sqlite3.Connection) -> set[str]:
    """Digests of the files in incoming/ that a job needs: while it waits or is worked on, and for
    30 days after it failed.
    """
    oldest = datetime.now(UTC) - timedelta(days=_FAILED_DAYS)
    rows = connection.execute(
        "SELECT subject FROM jobs WHERE task = 'read' AND (state IN ('queued', 'working')"
        " OR (state = 'failed' AND changed_at > ?))",
        (oldest.isoformat(timespec="seconds"),),
    )
    return {subject for (subject,) in rows}


def being_read(connection: sqlite3.Connection) -> set[str]:
    """Subjects of the files and drafts that a worker reads, or read when it was killed."""
    rows = connection.execute("SELECT subject FROM jobs WHERE task = 'read' AND state = 'working'")
    return {subject for (subject,) in rows}


def left(job: Job, now: float | None = None) -> bool:
    """Whether a job's worker is gone: the lease ended, and the job has not.

    now: seconds since 1970; the clock's when left out.
    """
    return job.state == JobState.WORKING and job.lease_until < (now or time.time())


def enqueue(connection: sqlite3.Connection, task: Task, subject: str, name: str, who: str) -> Job:
    """Add a job, or return the one that waits for the same. Belongs inside a `database.note`."""
    there = waiting(connection, task, subject)
    if there is not None:
        return there
    now = stamp()
    cursor = connection.execute(
        "INSERT INTO jobs (task, subject, name, state, who, added_at, changed_at)"
        " VALUES (?, ?, ?, 'queued', ?, ?, ?)",
        (task.value, subject, name, who, now, now),
    )
    return get(connection, int(cursor.lastrowid or 0))


def supersede_failed(connection: sqlite3.Connection, sha256: str) -> None:
    """Cancel the failed jobs that read a file: it was handed in again, and another job reads it.
    Belongs inside a `database.note`.
    """
    connection.execute(
        "UPDATE jobs SET state = 'cancelled' WHERE task = 'read' AND subject = ?"
        " AND state = 'failed'",
        (sha256,),
    )


def remove(connection: sqlite3.Connection, subject: str) -> None:
    """Remove every job of a subject, so that none brings it back. Belongs inside the change that
    removes the subject.
    """
    connection.execute("DELETE FROM jobs WHERE subject = ?", (subject,))


def train(library: Library, who: str) -> Job:
    """Queue a retraining of the tagger; the one that waits already when there is one."""
    with library.catalog() as catalog, database.note(catalog.connection):
        job = enqueue(catalog.connection, Task.TRAIN, "", "the tagger", who)
        audit.record(catalog.connection, who, "train", "the tagger", f"job {job.job_id}")
        return job


def cancel(library: Library, job_id: int, who: str) -> Job:
    """Cancel a job that waits, is being worked on or failed; one that is done stays as it is. A
    worker notices at its next step. The file of a failed job is no longer kept then.

    Raises KeyError when there is none.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        job = get(catalog.connection, job_id)
        if job.state in (JobState.QUEUED, JobState.WORKING, JobState.FAILED):
            _cancel(catalog.connection, job, who)
        return get(catalog.connection, job_id)


def forget(library: Library, job_ids: Collection[int], who: str) -> int:
    """Cancel those of the jobs that have failed and were not retried since; returns how many."""
    with library.catalog() as catalog, database.note(catalog.connection):
        found = [job for job in failed(catalog.connection) if job.job_id in job_ids]
        for job in found:
            _cancel(catalog.connection, job, who)
    return len(found)


def _cancel(connection: sqlite3.Connection, job: Job, who: str) -> None:
    _set(connection, job.job_id, JobState.CANCELLED, f"cancelled by {who}")
    audit.record(connection, who, "cancel", job.name, f"job {job.job_id}")


def retry(library: Library, job_id: int, who: str) -> Job:
    """Queue a failed job again, its tries counted anew.

    Raises KeyError when there is none, LibraryError when it has not failed or its file is gone.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        job = get(catalog.connection, job_id)
        if job.state != JobState.FAILED:
            raise LibraryError(f"job {job_id} has not failed: it is {job.state}")
        if job.task == Task.READ and not _has_file(catalog.connection, library, job.subject):
            raise LibraryError(f"{job.name} is no longer there: upload it again")
        if waiting(catalog.connection, job.task, job.subject) is not None:
            raise LibraryError(f"{job.name} waits already, as another job")
        catalog.connection.execute(
            "UPDATE jobs SET state = 'queued', tries = 0, progress = 0, message = '', worker = '',"
            " changed_at = ? WHERE job_id = ?",
            (stamp(), job_id),
        )
        audit.record(catalog.connection, who, "retry", job.name, f"job {job_id}")
        return get(catalog.connection, job_id)


def _has_file(connection: sqlite3.Connection, library: Library, subject: str) -> bool:
    """Whether there is still what a job is to read: a draft, or an upload."""
    return shelf.state(connection, subject) is not None or library.home.waiting(subject).is_file()


# For workers


def claim(
    connection: sqlite3.Connection, worker: str, lease_seconds: float = LEASE_SECONDS
) -> Job | None:
    """Take the next job: publishing first, as somebody waits for it, then the oldest.

    worker: a name that no other worker has. Returns None when there is nothing to do.
    """
    now = time.time()
    # First a look that takes no lock, since an idle worker asks every second.
    if not connection.execute(
        "SELECT 1 FROM jobs WHERE state = 'queued' OR (state = 'working' AND lease_until < ?)",
        (now,),
    ).fetchone():
        return None
    with database.note(connection):
        connection.execute(
            "UPDATE jobs SET state = 'failed', worker = '', changed_at = ?, message = ?"
            " WHERE state = 'working' AND lease_until < ? AND tries >= ?",
            (stamp(), _GAVE_UP, now, TRIES),
        )
        row = connection.execute(
            "UPDATE jobs SET state = 'working', worker = ?, lease_until = ?, tries = tries + 1,"
            " progress = 0, changed_at = ? WHERE job_id ="
            " (SELECT job_id FROM jobs"
            "  WHERE state = 'queued' OR (state = 'working' AND lease_until < ?)"
            "  ORDER BY task <> 'publish', job_id LIMIT 1)"
            " RETURNING job_id",
            (worker, now + lease_seconds, stamp(), now),
        ).fetchone()
        return None if row is None else get(connection, row[0])


def extend(connection: sqlite3.Connection, job: Job) -> None:
    """Hold a job longer. Raises LostLeaseError when it is held no more."""
    with database.note(connection):
        _held(connection, job, "lease_until = ?", time.time() + LEASE_SECONDS)


def advance(connection: sqlite3.Connection, job: Job, share: float) -> None:
    """Say how far a job is, 0 to 1, and hold it longer. Raises LostLeaseError as `extend` does."""
    with database.note(connection):
        until = time.time() + LEASE_SECONDS
        _held(connection, job, "progress = ?, lease_until = ?", share, until)


def give_back(connection: sqlite3.Connection, job: Job) -> None:
    """Queue a job again whose worker stops. Its try is not counted."""
    with database.note(connection):
        _held(connection, job, "state = 'queued', worker = '', progress = 0, tries = tries - 1")


def finish(connection: sqlite3.Connection, job: Job, message: str = "") -> None:
    """End a job that succeeded. Belongs inside the transaction that writes what it made, which is
    rolled back by LostLeaseError.
    """
    _held(
        connection,
        job,
        "state = 'done', worker = '', progress = 1, message = ?, changed_at = ?",
        message,
        stamp(),
    )


def fail(connection: sqlite3.Connection, job: Job, message: str) -> None:
    """End a job that failed. message: why, and what mends it."""
    with database.note(connection):
        change = "state = 'failed', worker = '', message = ?, changed_at = ?"
        _held(connection, job, change, message, stamp())


def _held(connection: sqlite3.Connection, job: Job, change: str, *values: object) -> None:
    done = connection.execute(
        f"UPDATE jobs SET {change} WHERE job_id = ? AND worker = ? AND tries = ?"  # noqa: S608 - own text
        " AND state = 'working'",
        (*values, job.job_id, job.worker, job.tries),
    )
    if not done.rowcount:
        raise LostLeaseError(f"job {job.job_id} is no longer held")


def _set(connection: sqlite3.Connection, job_id: int, state: JobState, message: str) -> None:
    connection.execute(
        "UPDATE jobs SET state = ?, message = ?, worker = '', changed_at = ? WHERE job_id = ?",
        (state.value, message, stamp(), job_id),
    )


def _jobs(connection: sqlite3.Connection, clause: str, *values: object) -> list[Job]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM jobs {clause}", values)  # noqa: S608 - own text
    return [
        Job(job_id, Task(task), subject, name, JobState(state), *rest)
        for job_id, task, subject, name, state, *rest in rows
    ]
