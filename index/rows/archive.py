"""A library that nobody writes to any more: on read-only media, or in a folder closed to everybody.

SQLite writes beside a file of rows even to read it, unless it is told that the file never changes;
then it takes no lock, so that a writer would go unseen and answers could be wrong. That is told
here only where nobody can write, and not where merely this user may not.
"""

from __future__ import annotations

import os
from pathlib import Path


def is_archived(path: Path) -> bool:
    """Whether a file of rows is all there is of them and nobody can change it.

    Its file system is read-only, or its folder and itself are closed to every writer; root, who
    is refused nothing, is expected to leave such a folder alone. False on Windows, which says
    neither.
    """
    return _is_closed(path) and not journal(path)


def journal(path: Path) -> Path | None:
    """The journal with changes that the file of rows lacks; None when there are none."""
    found = Path(f"{os.path.realpath(path)}-wal")
    return found if found.is_file() and found.stat().st_size else None


def address(path: Path) -> str:
    """The file of rows as a URI that tells SQLite that it never changes."""
    return f"{Path(os.path.realpath(path)).as_uri()}?immutable=1"


def _is_closed(path: Path) -> bool:
    file = Path(os.path.realpath(path))
    if not hasattr(os, "statvfs"):
        return False
    if os.statvfs(file).f_flag & os.ST_RDONLY:
        return True
    return not any(one.stat().st_mode & 0o222 for one in (file, file.parent))
