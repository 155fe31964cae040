"""Arrays in a file: those asked for, or a clear refusal."""

from __future__ import annotations

import gc
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest

from index.files import arrays
from index.files.arrays import DamagedArraysError


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    file = tmp_path / "kept.npz"
    np.savez(file, a=np.arange(3, dtype=np.float32), b=np.ones((2, 2), dtype=np.uint8))
    return file


def test_arrays_come_in_the_order_asked_for(kept: Path) -> None:
    b, a = arrays.read(kept, "b", "a")
    assert a.tolist() == [0.0, 1.0, 2.0]
    assert b.tolist() == [[1, 1], [1, 1]]


def test_one_that_is_missing_is_named(kept: Path) -> None:
    with pytest.raises(DamagedArraysError, match="c is not a file in the archive"):
        arrays.read(kept, "a", "c")


def test_another_thread_may_read_while_garbage_is_cleared_away_amid_reading(tmp_path: Path) -> None:
    file = tmp_path / "one.npy"
    np.save(file, np.ones((2, 2)))
    readers: list[threading.Thread] = []

    class Garbage:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            readers.append(threading.Thread(target=arrays.mapped, args=(file,)))
            readers[-1].start()
            readers[-1].join(0.02)  # it waits for its turn

    before = gc.get_threshold()
    gc.freeze()  # what others left is not looked through each time
    try:
        for later in range(1, 90):  # objects made until garbage is cleared away
            gc.collect()
            Garbage()
            gc.set_threshold(gc.get_count()[0] + later, 1000, 1000)
            assert arrays.mapped(file).tolist() == [[1, 1], [1, 1]]
    finally:
        gc.set_threshold(*before)
        gc.collect()
        gc.unfreeze()
        for reader in readers:
            reader.join()
    assert len(readers) > 80


def test_a_missing_file_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        arrays.read(tmp_path / "none.npz", "a")


@pytest.mark.parametrize("header", [b"{'descr': '<f4', (", b"{'descr': ", b"\x00\xff", b"("])
def test_a_header_that_is_no_header(tmp_path: Path, header: bytes) -> None:
    file = tmp_path / "kept.npz"
    npy = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.npy", npy)
    with pytest.raises(DamagedArraysError):
        arrays.read(file, "a")


def test_objects_are_not_unpickled(tmp_path: Path) -> None:
    file = tmp_path / "kept.npz"
    np.savez(file, a=np.array([{"an": "object"}], dtype=object))
    with pytest.raises(DamagedArraysError, match="allow_pickle"):
        arrays.read(file, "a")


def test_wherever_a_byte_is_wrong_nothing_else_is_raised(kept: Path) -> None:
    whole = kept.read_bytes()
    for place in range(len(whole)):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            found = arrays.read(kept, "a")
        except DamagedArraysError:
            continue
        assert isinstance(found[0], np.ndarray)
