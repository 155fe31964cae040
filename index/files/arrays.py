"""Arrays kept in one `.npz` file, read without trusting it."""

from __future__ import annotations

import threading
import tokenize
import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

_DAMAGED = (
    OSError,  # a place in the file that is none
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    RuntimeError,
    BadZipFile,
    zlib.error,
    # NumPy reads a header as Python source: one that is cut or flipped need not be that.
    tokenize.TokenError,
    SyntaxError,
)


_HEADERS = threading.RLock()
"""NumPy reads the header of an array as Python source, and CPython 3.11 counts how deep what it
parses is nested for all threads together: of two that read at once one may get a SystemError
(python/cpython#106905)."""


class DamagedArraysError(ValueError):
    """A file that holds no arrays, or others than those asked for."""


def read(file: Path, *names: str) -> list[npt.NDArray[Any]]:
    """The arrays of these names, in this order, of any shape and dtype but object.

    Raises DamagedArraysError for a file that is damaged or lacks one, OSError for one that cannot
    be opened.
    """
    with _HEADERS, file.open("rb") as opened:
        try:
            arrays = np.load(opened, allow_pickle=False)
            return [arrays[name] for name in names]
        except _DAMAGED as error:
            raise DamagedArraysError(f"{file}: {error}") from error


def mapped(file: Path) -> npt.NDArray[Any]:
    """The array of an `.npy` file, mapped into memory, read only.

    Raises what `numpy.load` does for a file that is damaged, OSError for one that cannot be opened.
    """
    with _HEADERS:
        array: npt.NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False)
    return array
