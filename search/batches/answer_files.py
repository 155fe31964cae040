"""Answers into the file, or to standard output, that a batch is told to write."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import click
from filelock import FileLock, Timeout

from corpus.taxonomy import Taxonomy
from index.cli.terminal import SOME_FAILED, fail, stopped
from index.files import durable
from search.batches import runs, workbook
from search.batches.questions import BadQuestion
from search.batches.runs import Run
from search.formats import output
from search.records import Answer


@dataclass(frozen=True, slots=True)
class Target:
    """Where answers go.

    out: the file; None for standard output. layout: the format, one of
    `search.formats.output.WRITERS` or "xlsx". resume: whether a JSONL file is gone on with.
    """

    out: Path | None
    layout: str
    resume: bool = False

    @property
    def whole_file(self) -> Path | None:
        """The file, where it takes its name only when it is whole; None where the answers are
        written as they come: as JSONL, into a pipe or a device, and to standard output.
        """
        return None if self.layout == "jsonl" else self.file

    @property
    def file(self) -> Path | None:
        """The file, where it can be replaced: a pipe or a device cannot."""
        there = self.out is not None and (self.out.is_file() or not self.out.exists())
        return self.out if there else None


def write(
    answers: Iterator[tuple[str, Answer]],
    target: Target,
    taxonomy: Taxonomy,
    run: Run,
    failed: Sequence[BadQuestion],
) -> int:
    """Write answers and, beside a file, its record. Returns how many there were.

    Nothing is opened before the first answer is there, and nothing of a file is changed before its
    record can be written. A JSONL file keeps what is done, for --resume; any other takes its name,
    and its record, when it is whole.
    failed: what could not be asked, which grows as the answers are taken.
    """
    first = list(itertools.islice(answers, 1))
    if not first:
        return 0
    counted = _Counted(itertools.chain(first, answers))
    with _stoppable(target):
        if out := target.whole_file:
            _write_whole(counted, out, target.layout, taxonomy, run, failed)
        else:
            _write_as_they_come(counted, target, taxonomy, run)
    return counted.count


@contextmanager
def alone(target: Target) -> Iterator[None]:
    """No other run writes this file meanwhile; the command ends where one does. Two into one JSONL
    file would mix their lines; any other format takes its name when it is whole.
    """
    if target.file is None or target.whole_file:
        yield
        return
    final = Path(os.path.realpath(target.file))
    if not final.parent.is_dir():  # the lock would make it
        yield
        return
    lock = FileLock(final.with_name(f".{final.name}.waymark-lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        fail(f"{target.file}: another run is writing it: wait for that, or write to another file")
    except OSError:  # nothing can be written there: said of the file, when it is begun
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):  # Windows does not remove what is open; the lock does it there
            Path(lock.lock_file).unlink()
        lock.release()


def _write_whole(
    answers: _Counted,
    out: Path,
    layout: str,
    taxonomy: Taxonomy,
    run: Run,
    failed: Sequence[BadQuestion],
) -> None:
    with _whole(out) as part, _whole(runs.record_of(out)) as record:
        record.write_text(runs.as_text(run), encoding="utf-8")
        try:
            if layout == "xlsx":
                workbook.write_xlsx(answers, part, taxonomy, runs.as_rows(run), failed)
            else:
                with part.open("w", encoding="utf-8", newline="") as stream:
                    output.WRITERS[layout](answers, stream, taxonomy)
        except workbook.TooManyRowsError as error:
            fail(f"{out} was not written: {error}")
        except OSError as error:
            error.filename = error.filename or str(part)  # as of a full disk, which names none
            raise


def _write_as_they_come(answers: _Counted, target: Target, taxonomy: Taxonomy, run: Run) -> None:
    if not target.resume and (out := target.file):
        if not out.absolute().parent.is_dir():  # said of the file that was asked for
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(out))
        with _whole(runs.record_of(out)) as record:
            record.write_text(runs.as_text(run), encoding="utf-8")
            out.open("w").close()  # answers of another run never lie beside this record
    with _open(target.out) as stream:
        output.WRITERS[target.layout](answers, stream, taxonomy)


@dataclass(slots=True)
class _Counted:
    """Answers on their way to a file. count: of those that were taken."""

    answers: Iterable[tuple[str, Answer]]
    count: int = 0

    def __iter__(self) -> Iterator[tuple[str, Answer]]:
        for answer in self.answers:
            self.count += 1
            yield answer


@contextmanager
def _stoppable(target: Target) -> Iterator[None]:
    """Say after Ctrl+C what became of the file, and end."""
    try:
        yield
    except KeyboardInterrupt:
        if target.out is None:
            raise
        if target.whole_file:
            said = f"{target.out} was not written, as JSONL alone keeps what is done"
        else:
            said = f"{target.out} keeps what was done"
            said += ": go on with --resume" if target.out.is_file() else ""
        stopped(f"; {said}")


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """Where to write what takes a file's name when it is whole, with the rights of the one before.

    A link is followed; another hard link keeps what it had. Raises OSError.
    """
    final = Path(os.path.realpath(out))
    part = final.with_name(f"waymark-{secrets.token_hex(8)}.part")
    try:
        if final.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(final))
        part.touch(exist_ok=False)
        if final.exists():
            shutil.copymode(final, part)
        yield part
        durable.put(part, final)
    except OSError as error:
        if error.filename not in (None, str(part), str(final)):
            raise
        raise OSError(error.errno, error.strerror, str(out)) from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _open(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file, behind what is in it."""
    if out is None:
        yield sys.stdout
        return
    begun = False
    try:
        with out.open("a" if out.is_file() else "w", encoding="utf-8", newline="") as stream:
            begun = True
            yield cast(TextIO, stream)
    except OSError as error:
        if not begun:
            raise
        why = f"{error.filename or out}: {error.strerror}"
        click.echo(f"waymark: {why}; what was written stays", err=True)
        sys.exit(SOME_FAILED)
