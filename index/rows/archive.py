"""A library that nobody writes to any more: on a read-only disk, or in a folder closed to all.

SQLite writes beside a file of rows even to read it, unless it is told that the file never changes.
Told so, it takes no lock: it would not notice a writer, and answers could be wrong. So it is told
only where nobody can write. It is not enough that this user may not write, or that the folder is
mounted read-only here, since others may write to it, or by another mount.
"""

from __future__ import annotations

import os
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")


def is_archived(path: Path) -> bool:
    """Whether nobody can change a file of rows, and no journal beside it holds changes of its own.

    Nobody can where its whole disk is mounted read-only, or where the file and its folder are
    closed to every writer; root, who could write all the same, is expected not to. False on
    Windows, where neither can be told.
    """
    return _is_closed(path) and not journal(path)


def journal(path: Path) -> Path | None:
    """The journal beside a file of rows: with changes that the file lacks, or with what an
    interrupted change overwrote. None when there is none, or it is empty.
    """
    file = os.path.realpath(path)
    found = (Path(f"{file}{end}") for end in ("-wal", "-journal"))
    return next((one for one in found if one.is_file() and one.stat().st_size), None)


def address(path: Path) -> str:
    """The file of rows as a URI that tells SQLite that it never changes."""
    return f"{Path(os.path.realpath(path)).as_uri()}?immutable=1"


def state(path: Path) -> tuple[object, ...]:
    """Device, inode, size, time of the last change, and journal of a file of rows: another value
    means that it was changed. Empty when it cannot be looked at.
    """
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, journal(path)


def is_read_only_disk(device: int, mounts: str) -> bool:
    """Whether a disk of this machine is mounted read-only as a whole. A bind mount or a folder of
    another machine may be read-only here while others write to it; for these it is False.

    device: as `os.stat` gives it. mounts: text of Linux's mountinfo.
    """
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        mount, _, of_disk = line.partition(" - ")
        if mount.split(" ")[2:3] == [number]:
            _, source, options = of_disk.split(" ")[:3]
            return source.startswith("/dev/") and "ro" in options.split(",")
    return False


def _is_closed(path: Path) -> bool:
    if os.name == "nt":
        return False
    file = Path(os.path.realpath(path))
    if not any(one.stat().st_mode & 0o222 for one in (file, file.parent)):
        return True
    try:
        return is_read_only_disk(file.stat().st_dev, _MOUNTS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
