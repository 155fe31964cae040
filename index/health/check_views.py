"""Checks of the views: they are whole, and have the passages of the rows and no others."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator

import numpy as np

from index.derived import views
from index.derived.vectors import Numbers
from index.files.home import Home
from index.health.check_files import REPAIR
from index.health.check_rows import RESTORE
from index.health.findings import Finding, Severity
from index.rows import database
from index.rows.catalog import Catalog

_NAME = "views"

_REBUILD = "waymark rebuild"


def lost_changes(home: Home, connection: sqlite3.Connection) -> Iterator[Finding]:
    """No view was built of changes that the rows lack. Where one was, what seems to belong to no
    document may belong to one of those changes, so nothing is to be removed.
    """
    lost = views.lost(home, connection)
    if lost is not None:
        message = (
            f"changes up to generation {lost} are missing from the rows, now at generation "
            f"{database.generation(connection)}: is library.sqlite-wal left behind?"
        )
        mend = f"{RESTORE}; to go on without them, remove {home.views}"
        yield Finding("database", Severity.ERROR, message, mend)


def check(home: Home, catalog: Catalog) -> Iterator[Finding]:
    """The view that would answer now is whole and of these rows. One that is missing, old or
    damaged is only a warning, as it never answers and is built anew at the next question; it is an
    error where it cannot be built.
    """
    if views.is_taken(home):
        message = f"{home.views} is no folder: no question can be answered"
        yield Finding(_NAME, Severity.ERROR, message, REPAIR)
        return
    with catalog.snapshot() as generation:
        rows = catalog.numbers()
    newest = views.newest(home)
    if newest is None and not len(rows):
        return
    if newest != generation:
        if views.lost(home, catalog.connection) is None:
            message = f"the rows are at generation {generation}, the view at {newest}"
            if newest is None:
                message = "no view is built yet: the next question builds it"
            yield _to_build(home, message)
        return
    try:
        opened = views.load(home, generation)
    except views.DamagedViewError as error:
        yield _to_build(home, f"the view is damaged: {error}")
        return
    yield from differences("vectors", rows, opened.vectors.numbers())
    yield from differences("words", rows, opened.words.numbers())
    yield from differences("word positions", rows, opened.positions.numbers())


def _to_build(home: Home, message: str) -> Finding:
    folder = home.views if home.views.is_dir() else home.path
    if os.access(folder, os.W_OK):
        return Finding(_NAME, Severity.WARNING, message, _REBUILD)
    return Finding(_NAME, Severity.ERROR, message, f"let this user write to {folder}")


def differences(what: str, rows: Numbers, held: Numbers) -> Iterator[Finding]:
    """A finding where a view has other passages than the rows, though its checksums are right.

    rows, held: int64 (n,), numbers of passages in any order. One that is twice in `held` is a
    difference.
    """
    if not np.array_equal(np.sort(rows), np.sort(held)):
        missing = len(np.setdiff1d(rows, held))
        message = f"the view of {what} has {len(held)} passages, the rows {len(rows)}"
        yield Finding(_NAME, Severity.ERROR, f"{message}; {missing} are not in it", _REBUILD)
