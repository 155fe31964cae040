"""A file is copied, and an error names the file that it is about."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy(source: Path, target: Path) -> None:
    """Copy a file. Raises OSError that names the file that could not be read or written. Python's
    own names the source, or none, where the disk is full.
    """
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        if error.filename2 or not error.filename:
            error.filename, error.filename2 = str(target), None
        raise
