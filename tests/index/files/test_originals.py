"""Keeping what was read: the bytes of the digest, or nothing at all."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.files import originals
from index.files.home import Home

TEXT = b"The group met twice.\n" * 1_000


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT)
    return path


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_kept_under_its_digest(tmp_path: Path, report: Path) -> None:
    home = Home(tmp_path / "home")
    sha256 = hashlib.sha256(TEXT).hexdigest()
    originals.keep(home, report, sha256)
    assert home.original(sha256).read_bytes() == TEXT
    originals.keep(home, report, sha256)
    assert [path.name for path in home.files.iterdir()] == [sha256]


@pytest.mark.parametrize("written", [b"Another report.", None])
def test_what_was_changed_or_removed_meanwhile_is_not_kept(
    tmp_path: Path, report: Path, written: bytes | None
) -> None:
    home = Home(tmp_path / "home")
    sha256 = hashlib.sha256(TEXT).hexdigest()
    if written is None:
        report.unlink()
    else:
        report.write_bytes(written)
    with pytest.raises(originals.ChangedError):
        originals.keep(home, report, sha256)
    assert list(home.files.iterdir()) == []


def test_a_source_that_cannot_be_opened_is_told_from_one_that_is_gone(
    tmp_path: Path, report: Path
) -> None:
    home = Home(tmp_path / "home")
    sha256 = hashlib.sha256(TEXT).hexdigest()
    report.unlink()
    report.mkdir()
    with pytest.raises(originals.UnreadableError, match="directory"):
        originals.keep(home, report, sha256)
    assert list(home.files.iterdir()) == []


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="a file that opens and cannot be read"
)
def test_a_read_that_breaks_off_is_no_lack_of_room(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(originals.UnreadableError, match="mem"):
        originals.keep(home, Path("/proc/self/mem"), "0" * 64)
    assert list(home.files.iterdir()) == []


def test_a_copy_that_finds_no_room_leaves_nothing(tmp_path: Path, report: Path) -> None:
    home = Home(tmp_path / "home")
    sha256 = hashlib.sha256(TEXT).hexdigest()
    with files_up_to(4_096), pytest.raises(OSError, match="File too large") as caught:
        originals.keep(home, report, sha256)
    assert not isinstance(caught.value, originals.UnreadableError)
    assert list(home.files.iterdir()) == []
    originals.keep(home, report, sha256)
    assert home.original(sha256).read_bytes() == TEXT
