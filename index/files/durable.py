"""Names that outlast a power cut: a file's bytes are on the disk before its name is, and its name
before anybody is told.
"""

from __future__ import annotations

import os
from pathlib import Path


def put(part: Path, final: Path) -> None:
    """Give a finished file its name, in the place of what has it. Raises OSError."""
    sync_file(part)
    part.replace(final)
    sync_folder(final.parent)


def sync_file(path: Path) -> None:
    """Put a file's bytes on the disk. Raises OSError."""
    with path.open("rb+") as file:  # Windows syncs nothing that is open for reading alone
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, as POSIX asks for beside the sync of a file.

    ext4, XFS and APFS do it with the file's own; others need not.
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
