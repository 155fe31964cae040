"""Work that waits, and who is at it: a queue that outlives the program that works on it.

A worker holds a job by a lease that it extends while it works. A lease that ran out belongs to a
worker that is gone, and the next one takes the job over. What a job comes to is written in the
transaction that ends it, and only by whoever holds it: cancelled or taken over, it leaves nothing.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from index.library import Library
from index.rows import audit, database
from index.rows.database import LibraryError
from index.rows.moment import stamp

LEASE_SECONDS = 30.0
"""A worker extends its lease three times as often, so one that is gone is noticed within these."""

TRIES = 3
"""Times that a job is begun. One that ended its worker so often would end the next one too."""

_COLUMNS = (
    "job_id, task, subject, name, state, progress, message, tries, who, added_at, changed_at,"
    " lease_until, worker"
)


class Task(StrEnum):
    """What a job does."""

    READ = "read"
    """A file in incoming/, by its sha256, becomes drafts; a draft, by its id, is read again with
    OCR."""
    PUBLISH = "publish"
    """What is on the shelf, by its id, goes into the library."""
    TRAIN = "train"


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

    name: of the file or the document, for people. progress: 0 to 1. message: what came of it, or
    why it failed and what mends that. tries: times begun. lease_until: seconds since 1970.
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
    """Those that wait or are being worked on, oldest first."""
    return _jobs(connection, "WHERE state IN ('queued', 'working') ORDER BY job_id")


def failed(connection: sqlite3.Connection) -> list[Job]:
    """The last 200 failed ones that nobody retried or cancelled, newest first."""
    return _jobs(connection, "WHERE state = 'failed' ORDER BY job_id DESC LIMIT 200")


def get(connection: sqlite3.Connection, job_id: int) -> Job:
    """A job. Raises KeyError when there is none."""
    for job in _jobs(connection, "WHERE job_id = ?", job_id):
        return job
    raise KeyError(job_id)


def waiting(connection: sqlite3.Connection, task: Task, subject: str) -> Job | None:
    """The job that waits or is being worked on for a subject, if any."""
    clause = "WHERE state IN ('queued', 'working') AND task = ? AND subject = ?"
    return next(iter(_jobs(connection, clause, task.value, subject)), None)


def left(job: Job, now: float | None = None) -> bool:
    """Whether its worker is gone: its lease ended before it did.

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


def train(library: Library, who: str) -> Job:
    """Queue a retraining of the tagger; the one that waits already when there is one."""
    with library.catalog() as catalog, database.note(catalog.connection):
        job = enqueue(catalog.connection, Task.TRAIN, "", "the tagger", who)
        audit.record(catalog.connection, who, "train", "the tagger", f"job {job.job_id}")
        return job


def cancel(library: Library, job_id: int, who: str) -> Job:
    """Cancel a job that waits or is being worked on, which its worker notices at its next step; or
    one that failed, whose file is then not kept to be tried again.

    Nothing of it is kept; one that is done stays as it is. Raises KeyError when there is none.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        job = get(catalog.connection, job_id)
        if job.state in (JobState.QUEUED, JobState.WORKING, JobState.FAILED):
            _cancel(catalog.connection, job, who)
        return get(catalog.connection, job_id)


def forget(library: Library, job_ids: Collection[int], who: str) -> int:
    """Cancel those of the jobs that have failed and that nobody retried since; how many."""
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
    shelved = connection.execute("SELECT 1 FROM shelf WHERE document_id = ?", (subject,))
    return shelved.fetchone() is not None or library.home.waiting(subject).is_file()


# For workers


def claim(
    connection: sqlite3.Connection, worker: str, lease_seconds: float = LEASE_SECONDS
) -> Job | None:
    """Take the next job: publishing first, which somebody waits for, then the oldest.

    worker: a name that no other worker has. Returns None when there is nothing to do.
    """
    now = time.time()
    # Looked for without the writer's lock first: an idle worker asks every second.
    if not connection.execute(
        "SELECT 1 FROM jobs WHERE state = 'queued' OR (state = 'working' AND lease_until < ?)",
        (now,),
    ).fetchone():
        return None
    with database.note(connection):
        connection.execute(
            "UPDATE jobs SET state = 'failed', worker = '', changed_at = ?, message = ?"
            " WHERE state = 'working' AND lease_until < ? AND tries >= ?",
            (stamp(), _gave_up(), now, TRIES),
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


def _gave_up() -> str:
    return (
        f"it was begun {TRIES} times, and each time the program ended before it was done: "
        "look whether memory or room ran out, then try it again"
    )


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
    """Queue a job again whose worker stops; that is no try."""
    with database.note(connection):
        _held(connection, job, "state = 'queued', worker = '', progress = 0, tries = tries - 1")


def finish(connection: sqlite3.Connection, job: Job, message: str = "") -> None:
    """End a job that came to something.

    Belongs inside the transaction that writes what it came to: LostLeaseError takes that back.
    """
    _held(
        connection,
        job,
        "state = 'done', worker = '', progress = 1, message = ?, changed_at = ?",
        message,
        stamp(),
    )


def fail(connection: sqlite3.Connection, job: Job, message: str) -> None:
    """End a job that came to nothing; message: why, and what mends it."""
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
