"""Pictures of pages, drawn when first asked for and kept under the library's folder.

`cache/pages/<sha256 of the file>/<name>.png`; the oldest go when the folder is full, and those of
originals that are gone go too. Safe to delete at any time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from werkzeug.exceptions import ServiceUnavailable

from index.files import durable
from index.files.home import Home
from ingest.isolated.page_picture import WIDTH, page_picture
from ingest.isolated.sandbox import Breach
from ingest.records import Reason

_MOST_BYTES = 256 << 20
"""About 900 pages of 280 kB, the mean of 13 public reports."""

_FORMAT = 1
"""Raised when pictures come out differently, so that older ones are not shown."""

_PART_SECONDS = 3600
"""After which a half-written picture is what a kill left: writing one takes milliseconds."""

_GONE = Breach(Reason.MISSING, "the original was removed")

_AT_ONCE = 2
"""Pictures drawn at once, each by a child process of up to 1 GiB: a page of ten results asks for
ten of them in a moment."""

_BEING_DRAWN: set[Path] = set()
_TURNS = threading.Condition()
"""Held while `_BEING_DRAWN` is looked at or changed; told of each picture that is done."""

_PATIENCE_SECONDS = 5.0
"""For which a picture waits its turn. A page may take 20 s to draw, and without a limit four such
pages held all threads of the server; some forty common pages are drawn in five seconds."""

_PRUNING = threading.Lock()


class Pictures:
    """The pictures of one library."""

    def __init__(self, home: Home, most_bytes: int = _MOST_BYTES) -> None:
        self._home = home
        self._folder = home.pictures
        self._most_bytes = most_bytes

    def get(self, file_sha256: str, page: int, quote: str) -> Path | Breach:
        """The picture of a page, 1-based, with a quote marked; drawn unless it is there already.

        A page that cannot be drawn, or whose original is removed meanwhile, is a `Breach`.

        :raise 503: when its turn does not come in time.
        """
        key = f"{_FORMAT}\0{WIDTH}\0{file_sha256}\0{page}\0{quote}"
        name = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
        path = self._home.pictures_of(file_sha256) / f"{name}.png"
        if path.is_file():
            return path
        with _turn(path):  # in wait for which it may have been drawn for somebody else
            return path if path.is_file() else self._drawn(path, file_sha256, page, quote)

    def _drawn(self, path: Path, file_sha256: str, page: int, quote: str) -> Path | Breach:
        original = self._home.original(file_sha256)
        drawn = page_picture(original, page, quote)
        if isinstance(drawn, Breach):
            return drawn
        if not original.is_file():
            return _GONE
        with suppress(FileNotFoundError):  # a folder goes with its original, at any moment
            _write(path, drawn)
            self._prune(path)
        return path if path.is_file() else _GONE

    def _prune(self, newest: Path) -> None:
        """Drop what belongs to originals that are gone, and what was never finished; then the
        oldest until the rest fits.

        Others remove files here too, so each may be gone when it is looked at.
        """
        with _PRUNING:
            for folder in self._folder.iterdir():
                if not (self._home.files / folder.name).is_file():
                    shutil.rmtree(folder, ignore_errors=True)
            unfinished = time.time() - _PART_SECONDS
            for part, stat in _with_stat(self._folder.glob("*/*.part")):
                if stat.st_mtime < unfinished:
                    part.unlink(missing_ok=True)
            kept = sorted(
                _with_stat(self._folder.glob("*/*.png")),
                key=lambda pair: (pair[0] == newest, pair[1].st_mtime_ns),
            )
            total = sum(stat.st_size for _, stat in kept)
            for path, stat in kept:
                if total <= self._most_bytes or path == newest:
                    break
                path.unlink(missing_ok=True)
                total -= stat.st_size


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Wait until fewer than `_AT_ONCE` pictures are being drawn, and not this one; hold a turn.

    :raise 503: when that does not come in time.
    """

    def is_free() -> bool:
        return path not in _BEING_DRAWN and len(_BEING_DRAWN) < _AT_ONCE

    with _TURNS:
        if not _TURNS.wait_for(is_free, _PATIENCE_SECONDS):
            raise ServiceUnavailable("Other pages are being drawn.", retry_after=2)
        _BEING_DRAWN.add(path)
    try:
        yield
    finally:
        with _TURNS:
            _BEING_DRAWN.discard(path)
            _TURNS.notify_all()


def _with_stat(paths: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """Each file that is still there, with its size and times."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path, path.stat()


def _write(path: Path, data: bytes) -> None:
    """Put the file there whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        durable.put(Path(part), path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
