"""What is left in incoming/: removed when nobody needs it, and not before."""

from __future__ import annotations

import time

from index.curating import jobs
from index.curating.incoming import Upload, receive
from index.curating.sweeping import READING, sweep
from index.library import Library

TEXT = b"The reception agency twinned with its counterpart for eighteen months."


def left(library: Library) -> list[str]:
    return sorted(path.name for path in library.home.incoming.iterdir())


def test_sweeping_takes_what_nobody_needs_and_nothing_else(empty_library: Library) -> None:
    job = receive(empty_library, "a.txt", [TEXT], "ann")
    open_one = Upload(empty_library.home)
    open_one.write(b"on its way")
    folder = empty_library.home.incoming
    (folder / "dead.part").write_bytes(b"of a killed program")
    (folder / ("0" * 64)).write_bytes(b"without a job")
    (folder / ("0" * 64 + READING)).mkdir()
    assert sweep(empty_library.home) == ["0" * 64, "0" * 64 + READING, "dead.part"]
    assert len(left(empty_library)) == 2
    assert open_one.keep(empty_library, "b.txt", "ann").state == "queued"
    jobs.cancel(empty_library, job.job_id, "ann")
    assert sweep(empty_library.home) == [job.subject]


def test_the_folder_of_a_killed_reader_goes_with_its_job(empty_library: Library) -> None:
    """The third worker was killed over it: the next one does not begin, and clears nothing up."""
    job = receive(empty_library, "a.txt", [TEXT], "ann")
    folder = empty_library.home.incoming / f"{job.subject}.w1{READING}"
    with empty_library.catalog() as catalog:
        held = jobs.claim(catalog.connection, "w")
        assert held is not None
        folder.mkdir()
        assert sweep(empty_library.home) == []
        jobs.fail(catalog.connection, held, "it was begun 3 times")
    assert sweep(empty_library.home) == [folder.name]
    assert left(empty_library) == [job.subject]


def test_the_file_of_a_failed_job_stays_for_thirty_days(empty_library: Library) -> None:
    job = receive(empty_library, "a.txt", [TEXT], "ann")
    with empty_library.catalog() as catalog:
        held = jobs.claim(catalog.connection, "w")
        assert held is not None
        jobs.fail(catalog.connection, held, "damaged")
        assert sweep(empty_library.home) == []
        old = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() - 31 * 86_400))
        catalog.connection.execute("UPDATE jobs SET changed_at = ?", (old,))
    assert sweep(empty_library.home) == [job.subject]
