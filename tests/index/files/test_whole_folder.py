"""A folder that appears whole or not at all, and what is noticed of one that was changed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from index.files import durable, whole_folder
from index.files.whole_folder import DamagedFolderError

fcntl = pytest.importorskip("fcntl")  # not on Windows


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """A finished folder without its manifest: a file, a folder in it, a lock of tantivy's."""
    folder = tmp_path / "7.part"
    (folder / "words").mkdir(parents=True)
    (folder / "vectors").write_bytes(b"\x00\x01")
    (folder / "words" / "meta.json").write_text("{}")
    (folder / "words" / ".tantivy-meta.lock").write_text("")
    return folder


def publish(part: Path) -> Path:
    final = part.with_name("7")
    whole_folder.publish(part, final, {"of": 7, "sha256": whole_folder.checksums(part)})
    return final


@pytest.fixture
def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A disk that syncs no file that is open for reading alone; the files it did sync."""
    synced: list[str] = []

    def fsync(descriptor: int) -> None:
        mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            if mode == os.O_RDONLY:
                raise OSError(errno.EBADF, "Bad file descriptor")
            synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)

    monkeypatch.setattr(os, "fsync", fsync)
    return synced


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="names open files by /proc")
def test_every_file_is_synced_where_only_those_open_for_writing_can_be(
    part: Path, as_on_windows: list[str], tmp_path: Path
) -> None:
    publish(part)
    assert sorted(as_on_windows) == ["manifest.json", "meta.json", "vectors"]
    (tmp_path / "b.part").write_text("b")
    durable.put(tmp_path / "b.part", tmp_path / "b")
    assert as_on_windows[-1] == "b.part"


def test_a_refusal_that_names_no_file_names_the_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="No space") as refused,
        whole_folder.filling(tmp_path / "out"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert refused.value.filename == str(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_it_takes_the_place_of_the_one_before(part: Path) -> None:
    old = part.with_name("7")
    old.mkdir()
    (old / "stale").write_text("")
    final = publish(part)
    assert not part.exists()
    manifest = whole_folder.manifest_of(final)
    assert manifest["of"] == 7
    assert sorted(manifest["sha256"]) == ["vectors", "words/meta.json"]
    whole_folder.verify(final, manifest["sha256"])


@pytest.mark.parametrize("how", ["changed", "gone", "one too many"])
def test_a_change_is_noticed(part: Path, how: str) -> None:
    final = publish(part)
    recorded = whole_folder.manifest_of(final)["sha256"]
    if how == "changed":
        (final / "vectors").write_bytes(b"\x00\x02")
    elif how == "gone":
        (final / "words" / "meta.json").unlink()
    else:
        (final / "words" / "new").write_text("")
    with pytest.raises(DamagedFolderError, match="a checksum differs"):
        whole_folder.verify(final, recorded)


@pytest.mark.parametrize("text", ["[]", "{}", '{"sha256": []}', "{"])
def test_what_is_no_manifest_is_said(part: Path, text: str) -> None:
    final = publish(part)
    (final / whole_folder.MANIFEST).write_text(text)
    with pytest.raises(ValueError):  # noqa: PT011 - of our own or of json
        whole_folder.manifest_of(final)
