"""A file copied, with the name of the file that is refused."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy(source: Path, target: Path) -> None:
    """Copy a file. Raises OSError with the name of the one that is refused: Python tells a full
    disk with the name of the file that is read, or with none.
    """
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        if error.filename2 or not error.filename:
            error.filename, error.filename2 = str(target), None
        raise
