"""Arrays kept in one `.npz` file, read without trusting it."""

from __future__ import annotations

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


class DamagedArraysError(ValueError):
    """A file that holds no arrays, or others than those asked for."""


def read(file: Path, *names: str) -> list[npt.NDArray[Any]]:
    """The arrays of these names, in this order, of any shape and dtype but object.

    Raises DamagedArraysError for a file that is damaged or lacks one, OSError for one that cannot
    be opened.
    """
    with file.open("rb") as opened:
        try:
            arrays = np.load(opened, allow_pickle=False)
            return [arrays[name] for name in names]
        except _DAMAGED as error:
            raise DamagedArraysError(f"{file}: {error}") from error
