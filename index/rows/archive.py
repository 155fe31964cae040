"""A library that nobody writes to any more: on a read-only disk, or in a folder closed to all.

SQLite writes beside a file of rows even to read it, unless it is told that the file never changes;
then it takes no lock, so that a writer would go unseen and answers could be wrong. That is told
here only where nobody can write, and not where merely this user may not, or may not by this way:
what is mounted read-only may be open to writers elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")


def is_archived(path: Path) -> bool:
    """Whether a file of rows is all there is of them and nobody can change it.

    Its disk is mounted read-only as a whole, or its folder and itself are closed to every writer;
    root, who is refused nothing, is expected to leave such a folder alone. False on Windows, which
    says neither.
    """
    return _is_closed(path) and not journal(path)


def journal(path: Path) -> Path | None:
    """The journal with changes that the file of rows lacks, or with what a change that was cut off
    has to be undone by; None when there is none.
    """
    file = os.path.realpath(path)
    found = (Path(f"{file}{end}") for end in ("-wal", "-journal"))
    return next((one for one in found if one.is_file() and one.stat().st_size), None)


def address(path: Path) -> str:
    """The file of rows as a URI that tells SQLite that it never changes."""
    return f"{Path(os.path.realpath(path)).as_uri()}?immutable=1"


def state(path: Path) -> tuple[object, ...]:
    """What is another once somebody changed the rows after all."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, journal(path)


def is_read_only_disk(device: int, mounts: str) -> bool:
    """Whether a disk of this machine is mounted read-only, and not just a view of one that is
    written to elsewhere, as a bind mount is, or a folder of another machine.

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
