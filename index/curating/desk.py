"""The worker, which does the queue's jobs one by one, in a thread of a server or in a command."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from index.curating import bin, drafting, erase, jobs, publishing, sweeping, training
from index.curating.held import HeldJob, JobError, StoppedError
from index.curating.jobs import Job, LostLeaseError, Task
from index.encoding.encoder import EncoderError
from index.files.ocr import NAME, installed
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.database import LibraryError
from index.rows.shelf import ShelfState
from index.tagging.tagger import TaggerError

_log = logging.getLogger(__name__)

_IDLE_SECONDS = 1.0
"""Between two looks into an empty queue."""

_CLEARED_SECONDS = 3600.0
"""Between two times of clearing up. What cannot be removed at one is tried again at the next."""

_SHA256_DIGITS = 64
"""Length of the subject of a job that reads a file; a draft that is read again has a shorter id."""


class Worker:
    """Does the jobs of a library's queue, one at a time.

    Several workers may do so at the same time, in one process or in several.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._name = secrets.token_hex(8)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._job: Job | None = None
        self._cleared: float | None = None
        self._logged = ""  # the last failure in the log, empty after a success

    def start(self) -> None:
        """Work and clear up until stopped, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Stop at the next step of the job, and queue that again.

        patience: seconds to wait for that step. The job is given back then all the same; a file
        that is still being read is read to its end, and nothing of it is used.
        """
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)
        job = self._job
        if job is not None:
            self._give_back(job)

    def step(self) -> Job | None:
        """Do the next job, in this thread; None when there is none. Returns it as it ended."""
        with self._library.catalog() as catalog:
            job = jobs.claim(catalog.connection, self._name)
        if job is None:
            return None
        self._job = job
        try:
            self._do(job)
        finally:
            self._job = None
        with self._library.catalog() as catalog, suppress(KeyError):  # removed with its document
            return jobs.get(catalog.connection, job.job_id)
        return job

    def clear(self) -> None:
        """Finish a removal that was stopped, remove what has been in the bin for thirty days, and
        sweep incoming/. If one of these fails it is logged, and the others are done.
        """
        self._cleared = time.monotonic()
        self._guarded(lambda: erase.resume(self._library.home))
        self._guarded(lambda: bin.purge(self._library))
        self._guarded(lambda: sweeping.sweep(self._library.home))

    def clear_if_due(self) -> None:
        """Clear up at the first call, and then once an hour. To be called before each step."""
        if self._cleared is None or time.monotonic() - self._cleared >= _CLEARED_SECONDS:
            self.clear()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.clear_if_due()
            if not self._guarded(self.step):
                self._stop.wait(_IDLE_SECONDS)

    def _guarded(self, work: Callable[[], object]) -> object:
        """What `work` returns. Where it fails, that is logged, and None is returned."""
        try:
            done = work()
        except (LibraryError, EncoderError, OSError) as error:
            if str(error) != self._logged:  # a disk that is full is full every second
                _log.warning("the desk goes on: %s", error)
            self._logged = str(error)
            return None
        except Exception:  # the thread has nobody to start it again
            _log.exception("the desk broke down and goes on")
            return None
        self._logged = ""
        return done

    def _do(self, job: Job) -> None:
        try:
            with HeldJob(self._library, job, self._stop) as held:
                _work_of(job)(self._library, held)
        except StoppedError:
            self._give_back(job)
        except LostLeaseError:
            if job.task == Task.READ:
                drafting.tidy(self._library, job.subject)
        except (JobError, LibraryError, EncoderError, TaggerError) as error:
            self._fail(job, str(error))
        except OSError as error:
            self._fail(job, f"{error.strerror or error}: {error.filename or 'the disk'}")
        except Exception as error:  # whatever one file does, the others are worked on
            self._fail(job, f"the desk broke down over it ({type(error).__name__}: {error})"[:500])

    def _give_back(self, job: Job) -> None:
        with suppress(LostLeaseError, LibraryError), self._library.catalog() as catalog:
            jobs.give_back(catalog.connection, job)

    def _fail(self, job: Job, message: str) -> None:
        with suppress(LostLeaseError), self._library.catalog() as catalog:
            jobs.fail(catalog.connection, job, message)


_Work = Callable[[Library, HeldJob], None]

_WORK: Mapping[Task, _Work] = {
    Task.READ: drafting.draft,
    Task.PUBLISH: publishing.publish,
    Task.TRAIN: training.train,
}


def _work_of(job: Job) -> _Work:
    """The function that does a job."""
    if job.task == Task.READ and len(job.subject) != _SHA256_DIGITS:
        return drafting.read_again
    return _WORK[job.task]


def ocr(library: Library, document: str, who: str) -> Job:
    """Queue a draft to be read again, its scanned and garbled pages by OCR.

    Raises KeyError when there is no such draft, LibraryError when it has no such page or OCRmyPDF
    is not installed.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        draft = shelf.get(catalog.connection, document)
        if draft.state != ShelfState.DRAFT:
            raise LibraryError(f"{draft.metadata.title} is no draft: it is {draft.state}")
        if not any(page.health.unread for page in draft.pages):
            raise LibraryError(f"{draft.file_name} has no scanned or garbled page")
        if not installed():
            raise LibraryError(f"{NAME} is not installed: install it and start this program again")
        job = jobs.enqueue(catalog.connection, Task.READ, document, draft.file_name, who)
        audit.record(catalog.connection, who, "ocr", document, f"job {job.job_id}")
        return job
