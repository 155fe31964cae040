"""A folder that is watched: a file that is put there is taken in like an upload.

What a `documents.csv` beside a file states of it is put into its draft, as `waymark add` does, also
where the row is written or mended later. What people have put right in the draft stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.curating import drafted, incoming, jobs
from index.curating.desk import Worker
from index.curating.incoming import RefusedError
from index.curating.jobs import Job, JobState
from index.edit import unlike_what_is_stated
from index.library import Library
from index.rows import shelf
from index.rows.database import LibraryError
from index.rows.shelf import ShelfState
from ingest.digest import sha256_of
from ingest.metadata import manifest
from ingest.prose.text import file_name
from ingest.read import find, of_other_kinds
from ingest.records import Failure, Metadata, Reason

STILL_SECONDS = 5.0
"""A file is taken in once it has not changed for so long. One that is being copied grows more
often, on any disk or network."""

_CHUNK = 1 << 20
_UNUSED = "what documents.csv states otherwise is not used"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was when it last changed. since: when it was first seen so, by the clock."""

    size: int
    changed_ns: int
    since: float


class Watched:
    """A folder, and what is known of its files. None of this is stored: a program that is started
    again takes in each file anew, and a file that is in the library already is passed over; where
    it is in under another name, that is said.
    """

    def __init__(
        self,
        library: Library,
        folder: Path,
        who: str,
        publishing: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.failures = 0
        self._library = library
        self._folder = folder
        self._who = who
        self._publishing = publishing
        self._clock = clock
        self._worker = Worker(library)
        # Files as they were seen last, and as they were when they were taken in.
        self._seen: dict[Path, _Seen] = {}
        self._taken: dict[Path, _Seen] = {}
        # Files of kinds that no reader knows.
        self._others: dict[Path, _Seen] = {}
        # Wrong rows of a documents.csv, and when each was seen first.
        self._faults: dict[Failure, float] = {}
        # Those of which a line was said; each is said once.
        self._told_others: set[Path] = set()
        self._told_faults: set[Failure] = set()
        self._told_copies: set[Path] = set()
        # By job: its file, and the subject of the job.
        self._pending: dict[int, tuple[Path, str]] = {}
        # By file that is in: its sha256, and what its row stated when it was last read.
        self._digests: dict[Path, str] = {}
        self._stated: dict[Path, Metadata] = {}

    @property
    def idle(self) -> bool:
        """Whether each file that was seen was taken in, or a line said why not, and all jobs of
        those taken in have ended.
        """
        named = (
            self._faults.keys() <= self._told_faults and self._others.keys() <= self._told_others
        )
        return not self._pending and self._seen == self._taken and named

    def look(self) -> Iterator[str]:
        """Look once, take in what is new and do one job; what happened, a line each.

        At first, and every hour, what stopped programs have left is removed.
        """
        self._worker.clear_if_due()
        self._see()
        yield from self._wrong_rows()
        yield from self._other_kinds()
        for path, seen in self._seen.items():
            if self._taken.get(path) != seen and self._clock() - seen.since >= STILL_SECONDS:
                yield from self._take_in(path)
                self._taken[path] = seen
        self._worker.step()
        yield from self._ended()
        yield from self._late_rows()

    def _see(self) -> None:
        there: dict[Path, _Seen] = {}
        faults: dict[Failure, float] = {}
        for path in find([self._folder]):
            if isinstance(path, Failure):
                faults[path] = self._faults.get(path, self._clock())
            elif seen := self._as_it_is(path, self._seen):
                there[path] = seen
        self._others = {
            path: seen
            for path in of_other_kinds(self._folder)
            if (seen := self._as_it_is(path, self._others))
        }
        self._seen, self._faults = there, faults
        self._taken = {path: seen for path, seen in self._taken.items() if path in there}
        self._digests = {
            p: sha for p, sha in self._digests.items() if there.get(p) == self._taken.get(p)
        }

    def _as_it_is(self, path: Path, before: Mapping[Path, _Seen]) -> _Seen | None:
        """A file as it is now, and since when; None where it is gone meanwhile."""
        try:
            stat = path.stat()
        except OSError:
            return None
        was = before.get(path)
        if was and (was.size, was.changed_ns) == (stat.st_size, stat.st_mtime_ns):
            return was
        return _Seen(stat.st_size, stat.st_mtime_ns, self._clock())

    def _wrong_rows(self) -> Iterator[str]:
        """A line for each wrong row of a documents.csv, said once; not at first, as the row's file
        may still be on its way.
        """
        for fault, since in self._faults.items():
            if fault not in self._told_faults and self._clock() - since >= STILL_SECONDS:
                self._told_faults.add(fault)
                self.failures += 1
                yield str(fault)

    def _other_kinds(self) -> Iterator[str]:
        """A line for each file of another kind, said once; not while it grows, as it may be a
        download that gets its name at the end.
        """
        for path, seen in self._others.items():
            if path not in self._told_others and self._clock() - seen.since >= STILL_SECONDS:
                self._told_others.add(path)
                why = "passed over: no reader for this kind of file"
                yield str(Failure(path, Reason.UNSUPPORTED, why))

    def _take_in(self, path: Path) -> Iterator[str]:
        try:
            with path.open("rb") as file:
                chunks = iter(lambda: file.read(_CHUNK), b"")
                job = incoming.receive(self._library, file_name(path), chunks, self._who)
        except RefusedError as error:
            yield from self._refused(path, error)
        except OSError as error:
            self.failures += 1
            yield f"{path}: {error.strerror or error}"
        else:
            self._is_in(path, job)

    def _is_in(self, path: Path, job: Job) -> None:
        self._pending[job.job_id] = (path, job.subject)
        self._digests[path] = job.subject

    def _refused(self, path: Path, error: RefusedError) -> Iterator[str]:
        """What is said of a file that was refused; nothing where it is in under its name."""
        if error.there_as is None:
            self.failures += 1
            yield f"{path}: {error}"
        elif error.there_as == incoming.plain_name(file_name(path)):
            self._found_in(path)
        elif path not in self._told_copies:
            self._told_copies.add(path)
            yield f"{error} ({error.document_id or error.there_as})"

    def _found_in(self, path: Path) -> None:
        """Note a file that is in already, or that waits for a job since an earlier program took it
        in.
        """
        try:
            sha256 = sha256_of(path)
        except OSError:  # it went meanwhile, as the next look will see
            return
        with self._library.catalog() as catalog:
            job = jobs.waiting(catalog.connection, jobs.Task.READ, sha256)
        if job is None:
            self._digests[path] = sha256
        elif job.job_id not in self._pending:
            self._is_in(path, job)

    def _late_rows(self) -> Iterator[str]:
        """What is said of rows that were written or changed after their file was taken in, once
        they are put into its drafts.
        """
        busy = {path for path, _ in self._pending.values()}
        for path, sha256 in self._digests.items():
            stated = manifest.stated_of(path)
            if path not in busy and stated != self._stated.get(path, Metadata()):
                self._stated[path] = stated
                with self._library.catalog() as catalog:
                    found = shelf.of_file(catalog.connection, sha256)
                    there = unlike_what_is_stated(catalog, path, sha256, Metadata())
                drafts = [one.document_id for one in found if one.state == ShelfState.DRAFT]
                yield from self._fill_in(path, drafts)
                if there:
                    yield f"{path.name}: already in the library; {_UNUSED}: waymark edit {there}"

    def _ended(self) -> Iterator[str]:
        """What came of the jobs of this folder that have ended since."""
        for name, (path, subject) in list(self._pending.items()):
            with self._library.catalog() as catalog:
                try:
                    job = jobs.get(catalog.connection, name)
                except KeyError:  # removed with its document
                    del self._pending[name]
                    continue
                drafts = shelf.of_file(catalog.connection, subject)
            if job.state in (JobState.QUEUED, JobState.WORKING):
                continue
            del self._pending[name]
            self.failures += job.state == JobState.FAILED
            yield f"{job.name}: {job.state}{f': {job.message}' if job.message else ''}"
            if job.task == jobs.Task.READ and job.state == JobState.DONE:
                names = [draft.document_id for draft in drafts]
                self._stated[path] = manifest.stated_of(path)
                yield from self._fill_in(path, names)
                if self._publishing:
                    yield from self._publish(path, names)

    def _fill_in(self, path: Path, drafts: list[str]) -> Iterator[str]:
        """Put what is stated of a file into its drafts; a line for each draft where that, or part
        of it, is not done.
        """
        stated = self._stated[path]
        for draft in drafts if stated != Metadata() else ():
            try:
                told = drafted.fill_in(self._library, draft, stated, self._who)
            except (LibraryError, KeyError) as error:
                self.failures += 1
                yield f"{draft}: {error}"
            else:
                if told:
                    yield (
                        f"{path.name}: somebody has looked at its draft, so its row's"
                        f" {', '.join(told)} is not used: put it right at /curate/drafts/{draft}"
                    )

    def _publish(self, path: Path, drafts: list[str]) -> Iterator[str]:
        for draft in drafts:
            try:
                job = drafted.publish(self._library, draft, self._who)
            except (LibraryError, KeyError) as error:
                self.failures += 1
                yield f"{draft}: {error}"
            else:
                self._pending[job.job_id] = (path, job.subject)
