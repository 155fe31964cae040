"""Arrays in `.npz` and `.npy` files, which are read without being trusted."""

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
    OSError,  # an offset outside of the file
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    RuntimeError,
    BadZipFile,
    zlib.error,
    # NumPy parses a header as Python source, which it is no longer when it is damaged.
    tokenize.TokenError,
    SyntaxError,
)


_HEADERS = threading.RLock()
"""Held while headers of arrays are read. NumPy parses them as Python source, and CPython 3.11
counts the depth of what it parses over all threads: of two that parse at the same time, one may get
a SystemError (python/cpython#106905)."""


class DamagedArraysError(ValueError):
    """A file that is damaged, or lacks an array that was asked for."""


def read(file: Path, *names: str) -> list[npt.NDArray[Any]]:
    """The arrays of these names, in this order, of any shape and any dtype but object.

    Raises DamagedArraysError for a file that is damaged or lacks one of them, OSError for a file
    that cannot be opened.
    """
    with _HEADERS, file.open("rb") as opened:
        try:
            arrays = np.load(opened, allow_pickle=False)
            return [arrays[name] for name in names]
        except _DAMAGED as error:
            raise DamagedArraysError(f"{file}: {error}") from error


def mapped(file: Path) -> npt.NDArray[Any]:
    """The array of an `.npy` file, mapped into memory, read only.

    Raises what `numpy.load` raises for a damaged file, OSError for one that cannot be opened.
    """
    with _HEADERS:
        array: npt.NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False)
    return array
