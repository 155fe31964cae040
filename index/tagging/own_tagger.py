"""The folder of a library's own tagger: each training makes a new one.

`tagger-<generation>/` is written whole before the change to that generation, which tags every
passage anew and names the folder in the setting `tagger`; folders that are no longer named are
removed afterwards. A library of an earlier Waymark, or out of a backup or an export, has no such
setting, and its own tagger, if it has one, lies in `tagger/`. A copy of a library whose tagger is
lost keeps the setting, so that the copy says so too.
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
    """The folder of the library's own tagger, by which its passages were tagged; None without one.

    A folder that a training put in place is given even when it is lost.
    """
    generation = int(database.read_setting(connection, SETTING, 0))
    if generation:
        return home.trained(generation)
    return home.tagger if home.tagger.is_dir() else None


def files(own: Path | None) -> list[Path]:
    """The files of a tagger that a copy of the library carries; none of one that is lost."""
    return sorted(path for path in own.glob("*.*") if path.is_file()) if own else []


def unused(home: Home, connection: sqlite3.Connection) -> list[Path]:
    """Folders of taggers that are not in use: left by a training that was stopped before its change
    or after it.
    """
    used = in_use(home, connection)
    found = (path for path in home.path.glob("tagger*") if _NAME.fullmatch(path.name))
    return sorted(path for path in found if path.is_dir() and path != used)


def drop_unused(home: Home, connection: sqlite3.Connection) -> None:
    """Remove the folders that `unused` finds. To be called under `views.lock`, outside a change."""
    for folder in unused(home, connection):
        shutil.rmtree(folder, ignore_errors=True)
