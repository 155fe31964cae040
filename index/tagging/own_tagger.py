"""The folder of a library's own tagger: a new one for each training, in use with the tags it gave.

`tagger-<generation>/` is written whole before the change to that generation names it in the
setting `tagger`; what is no longer named is removed afterwards. A library of an earlier Waymark,
or out of a backup or an export, has no setting, and its tagger, if any, in `tagger/`. A copy of a
library whose tagger is lost keeps the setting, so that it says so too.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

from index.files.home import Home
from index.rows import database

SETTING = "tagger"

_NAME = re.compile(r"tagger(-\d+)?")


def in_use(home: Home, connection: sqlite3.Connection) -> Path | None:
    """The folder of the tagger that the rows were tagged with; None without one of its own.

    One that a training put in place is named even when it is lost.
    """
    generation = int(database.read_setting(connection, SETTING, 0))
    if generation:
        return home.trained(generation)
    return home.tagger if home.tagger.is_dir() else None


def files(own: Path | None) -> list[Path]:
    """What a copy of the library carries of its tagger; none of one that is lost."""
    return sorted(path for path in own.glob("*.*") if path.is_file()) if own else []


def unused(home: Home, connection: sqlite3.Connection) -> list[Path]:
    """The folders that a training left: stopped before its change, or after."""
    used = in_use(home, connection)
    found = (path for path in home.path.glob("tagger*") if _NAME.fullmatch(path.name))
    return sorted(path for path in found if path.is_dir() and path != used)


def drop_unused(home: Home, connection: sqlite3.Connection) -> None:
    """Remove the folders that `unused` finds. To be called under `views.lock`, outside a change."""
    for folder in unused(home, connection):
        shutil.rmtree(folder, ignore_errors=True)
