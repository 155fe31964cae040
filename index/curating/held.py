"""A job that a worker holds: its lease is extended while it is worked on, and its loss noticed."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from index.curating import jobs
from index.curating.jobs import Job, LostLeaseError
from index.library import Library
from index.rows import shelf
from index.rows.database import LibraryError
from index.rows.shelf import Shelved

_STEP_SECONDS = 0.5
"""The shortest time between two writings of how far a job is."""


class JobError(Exception):
    """A job that failed; the message says why, and what mends it."""


class StoppedError(Exception):
    """The worker was told to stop; the job goes back into the queue."""


class HeldJob:
    """Holds a job until the end of a `with` block, extending its lease from a thread."""

    def __init__(self, library: Library, job: Job, stop: threading.Event) -> None:
        self.job = job
        self._library = library
        self._stop = stop
        self._over = threading.Event()
        self._lost = False
        self._told = 0.0
        self._beat = threading.Thread(target=self._extend, name="lease", daemon=True)

    def __enter__(self) -> HeldJob:
        self._beat.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._beat.join()

    def shelved(self) -> Shelved:
        """The document of the shelf that the job names. Raises JobError when it is gone."""
        with self._library.catalog() as catalog:
            try:
                return shelf.get(catalog.connection, self.job.subject)
            except KeyError:
                raise JobError(f"{self.job.name} is no longer on the shelf") from None

    def advance(self, share: float) -> None:
        """Say how far the job is, 0 to 1; to be called between its steps.

        Raises LostLeaseError when it was cancelled or taken over, StoppedError when the worker is
        to stop.
        """
        if self._stop.is_set():
            raise StoppedError
        if self._lost:
            raise LostLeaseError
        if time.monotonic() - self._told >= _STEP_SECONDS:
            with self._library.catalog() as catalog:
                jobs.advance(catalog.connection, self.job, share)
            self._told = time.monotonic()

    def _extend(self) -> None:
        while not self._over.wait(jobs.LEASE_SECONDS / 3):
            try:
                with self._library.catalog() as catalog:
                    jobs.extend(catalog.connection, self.job)
            except LostLeaseError:
                self._lost = True
                return
            except LibraryError:  # another writer held the file for a minute: try again later
                continue
