"""Files and names that outlast a power cut: a file's bytes are on the disk before it gets its name,
and the name is on the disk before anybody is told of it.
"""

from __future__ import annotations

import os
from pathlib import Path


def put(part: Path, final: Path) -> None:
    """Give a finished file its name, in place of a file that has it. Raises OSError."""
    sync_file(part)
    part.replace(final)
    sync_folder(final.parent)


def sync_file(path: Path) -> None:
    """Put a file's bytes on the disk. Raises OSError."""
    with path.open("rb+") as file:  # Windows syncs no file that is open only for reading
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk. Raises OSError.

    ext4, XFS and APFS do this when a file is synced; POSIX does not ask it of a file system.
    """
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(folder: Path) -> None:
    """Put the files of a folder, and their names, on the disk. Raises OSError."""
    for path in folder.iterdir():
        sync_file(path)
    sync_folder(folder)
