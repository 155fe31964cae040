"""The queue: taken once, held by a lease, ended by whoever holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from index.curating import jobs
from index.curating.jobs import Job, JobState, LostLeaseError, Task
from index.library import Library
from index.rows import audit, database
from index.rows.database import LibraryError


@pytest.fixture
def rows(empty_library: Library) -> Iterator[sqlite3.Connection]:
    with closing(database.connect(empty_library.home.database)) as connection:
        yield connection


def add(rows: sqlite3.Connection, subject: str, task: Task = Task.READ) -> Job:
    with database.note(rows):
        return jobs.enqueue(rows, task, subject, f"{subject}.pdf", "ann")


def taken(rows: sqlite3.Connection, worker: str = "w", lease: float = 30) -> Job:
    job = jobs.claim(rows, worker, lease)
    assert job is not None
    return job


def test_each_job_is_taken_once_oldest_first(rows: sqlite3.Connection) -> None:
    add(rows, "a")
    add(rows, "b")
    assert [taken(rows, "one").subject, taken(rows, "two").subject] == ["a", "b"]
    assert jobs.claim(rows, "three") is None


def test_what_a_job_does_and_where_it_stands_are_members_and_no_bare_texts(
    rows: sqlite3.Connection,
) -> None:
    assert add(rows, "a", Task.TRAIN).state is JobState.QUEUED
    job = taken(rows)
    assert (job.task, job.state) == (Task.TRAIN, JobState.WORKING)
    assert type(job.task) is Task
    assert type(job.state) is JobState


def test_publishing_comes_before_reading(rows: sqlite3.Connection) -> None:
    add(rows, "a")
    add(rows, "b", Task.PUBLISH)
    assert taken(rows).subject == "b"


def test_the_same_job_is_not_queued_twice(rows: sqlite3.Connection) -> None:
    assert add(rows, "a").job_id == add(rows, "a").job_id
    assert len(jobs.recent(rows)) == 1


def test_the_last_of_a_kind_is_found_behind_any_number_of_others(rows: sqlite3.Connection) -> None:
    assert jobs.last(rows, Task.TRAIN) is None
    add(rows, "old", Task.TRAIN)
    jobs.finish(rows, taken(rows))
    newest = add(rows, "new", Task.TRAIN)
    for number in range(600):
        add(rows, f"file {number}")
    last = jobs.last(rows, Task.TRAIN)
    assert last is not None
    assert (last.job_id, last.state) == (newest.job_id, "queued")
    assert jobs.last(rows, Task.PUBLISH) is None


def test_the_generation_stays(rows: sqlite3.Connection) -> None:
    before = database.generation(rows)
    add(rows, "a")
    taken(rows)
    assert database.generation(rows) == before


def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_is_out(
    rows: sqlite3.Connection,
) -> None:
    add(rows, "a")
    first = taken(rows, "gone", lease=-1)
    second = taken(rows, "next")
    assert second.job_id == first.job_id
    assert second.tries == 2
    with pytest.raises(LostLeaseError):
        jobs.extend(rows, first)
    with pytest.raises(LostLeaseError), database.note(rows):
        jobs.finish(rows, first)
    with database.note(rows):
        jobs.finish(rows, second, "12 pages")
    assert jobs.get(rows, first.job_id).message == "12 pages"


def test_a_job_is_left_when_its_lease_ended_before_it_did(rows: sqlite3.Connection) -> None:
    add(rows, "a")
    assert not jobs.left(jobs.get(rows, 1))  # nobody began it
    taken(rows, lease=30)
    begun = jobs.get(rows, 1)
    assert not jobs.left(begun)
    assert not jobs.left(begun, begun.lease_until - 1)
    assert jobs.left(begun, begun.lease_until + 1)
    with database.note(rows):
        jobs.finish(rows, begun)
    assert not jobs.left(jobs.get(rows, 1), begun.lease_until + 1)


def test_after_three_tries_it_fails_and_says_so(rows: sqlite3.Connection) -> None:
    name = add(rows, "a").job_id
    for _ in range(jobs.TRIES):
        taken(rows, lease=-1)
    assert jobs.claim(rows, "w") is None
    job = jobs.get(rows, name)
    assert job.state == JobState.FAILED
    assert "3 times" in job.message


def test_a_job_given_back_counts_no_try(rows: sqlite3.Connection) -> None:
    add(rows, "a")
    jobs.give_back(rows, taken(rows))
    assert taken(rows).tries == 1


def test_progress_is_kept(rows: sqlite3.Connection) -> None:
    add(rows, "a")
    job = taken(rows)
    jobs.advance(rows, job, 0.4)
    assert jobs.get(rows, job.job_id).progress == pytest.approx(0.4)
    assert jobs.get(rows, job.job_id).lease_until >= job.lease_until


def test_cancelled_while_queued_it_is_never_taken(
    empty_library: Library, rows: sqlite3.Connection
) -> None:
    job = jobs.cancel(empty_library, add(rows, "a").job_id, "bob")
    assert job.state == JobState.CANCELLED
    assert jobs.claim(rows, "w") is None
    assert [(line.who, line.action) for line in audit.entries(rows)] == [("bob", "cancel")]


def test_cancelled_while_worked_on_its_holder_may_write_nothing(
    empty_library: Library, rows: sqlite3.Connection
) -> None:
    add(rows, "a")
    job = taken(rows)
    jobs.cancel(empty_library, job.job_id, "bob")

    def finish() -> None:
        with database.note(rows):
            rows.execute("INSERT INTO suggestions (title, at) VALUES ('kept?', '')")
            jobs.finish(rows, job)

    with pytest.raises(LostLeaseError):
        finish()
    assert rows.execute("SELECT count(*) FROM suggestions").fetchone() == (0,)
    assert jobs.get(rows, job.job_id).state == JobState.CANCELLED


def test_what_is_done_cannot_be_cancelled(empty_library: Library, rows: sqlite3.Connection) -> None:
    add(rows, "a")
    job = taken(rows)
    with database.note(rows):
        jobs.finish(rows, job)
    assert jobs.cancel(empty_library, job.job_id, "bob").state == JobState.DONE


def test_only_what_failed_is_tried_again(empty_library: Library, rows: sqlite3.Connection) -> None:
    add(rows, "", Task.TRAIN)
    job = taken(rows)
    with pytest.raises(LibraryError, match="has not failed"):
        jobs.retry(empty_library, job.job_id, "ann")
    jobs.fail(rows, job, "no room")
    again = jobs.retry(empty_library, job.job_id, "ann")
    assert (again.state, again.tries, again.message) == ("queued", 0, "")


def test_a_file_that_is_gone_is_not_tried_again(
    empty_library: Library, rows: sqlite3.Connection
) -> None:
    add(rows, "f" * 64)
    jobs.fail(rows, taken(rows), "damaged")
    with pytest.raises(LibraryError, match="upload it again"):
        jobs.retry(empty_library, 1, "ann")


def test_unknown_jobs_are_key_errors(empty_library: Library, rows: sqlite3.Connection) -> None:
    with pytest.raises(KeyError):
        jobs.get(rows, 7)
    with pytest.raises(KeyError):
        jobs.cancel(empty_library, 7, "ann")


def test_the_log_turns_pages(rows: sqlite3.Connection) -> None:
    for number in range(5):
        with database.note(rows):
            audit.record(rows, "ann", "edit", f"d{number}", "title")
    newest = audit.entries(rows, limit=2)
    assert [line.subject for line in newest] == ["d4", "d3"]
    assert [line.subject for line in audit.entries(rows, 2, newest[-1].audit_id)] == ["d2", "d1"]


def test_a_change_that_is_taken_back_leaves_no_line(rows: sqlite3.Connection) -> None:
    def stopped() -> None:
        with database.note(rows):
            audit.record(rows, "ann", "edit", "d")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stopped()
    assert audit.entries(rows) == []
