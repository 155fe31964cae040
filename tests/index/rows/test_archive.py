"""A library that nobody can write to is read as it lies; one that somebody may change is not."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.files.home import Home
from index.library import Library
from index.rows import archive, database
from index.rows.database import LibraryError

_SEEN = """
import os, sys
from pathlib import Path
from index.files.home import Home
from index.health.check_files import permissions
from index.library import Library
from index.rows import database
from index.rows.database import LibraryError
Library.open(Home(Path(sys.argv[1]))).views().words.match("mentor", 3)
home = Home(Path(sys.argv[2]))
os.geteuid() or os.setuid(65534)  # root is refused nothing
try:
    library = Library.open(home)
    with library.catalog() as catalog:
        print(len(catalog.documents()))
        try:
            with database.note(catalog.connection):
                catalog.connection.execute("DELETE FROM documents")
        except LibraryError as error:
            print(error)
    print([finding.severity.value for finding in permissions(home)])
    print(library.views().words.match("mentor", 3)[0].tolist())
except LibraryError as error:
    print(error)
"""


def seen(library: Library, home: Path) -> list[str]:
    """What a user who may not write sees of the library at `home`; all is imported before."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _SEEN, str(library.home.path), str(home)],
        stdout=subprocess.PIPE, encoding="utf-8", check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder with umlauts and blanks in its name that every user may enter and read."""
    outer = Path(tempfile.mkdtemp())
    outer.chmod(0o755)
    yield outer / "Ältere Berichte #1?"
    for path in outer.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(outer)


@pytest.fixture
def closed(library: Library, copy_library, open_folder: Path) -> Path:
    """A library that is closed to every writer."""
    copy_library(open_folder)
    shutil.rmtree(open_folder / "models")  # links to the files of other libraries
    for path in [*open_folder.rglob("*"), open_folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return open_folder


def test_a_library_closed_to_every_writer_is_read_and_asked(library: Library, closed: Path) -> None:
    with library.catalog() as catalog:
        documents = len(catalog.documents())
    best = library.views().words.match("mentor", 3)[0].tolist()
    assert best
    before = sorted(closed.rglob("*"))
    assert seen(library, closed) == [
        str(documents),
        "the library could not be changed: attempt to write a readonly database",
        "['note']",
        str(best),
    ]
    assert sorted(closed.rglob("*")) == before


def test_one_without_a_whole_view_says_who_can_build_it(library: Library, closed: Path) -> None:
    (manifest,) = closed.glob("views/*/manifest.json")
    manifest.chmod(0o644)
    manifest.write_text("{}")
    said = seen(library, closed)[-1]
    assert said.startswith("the views are missing, damaged or old (")
    assert f"), and none can be written in {closed} (" in said
    assert said.endswith("have them built there, or in a copy, by 'waymark rebuild'")


def test_changes_in_a_journal_are_not_passed_over(library: Library, closed: Path) -> None:
    closed.chmod(0o755)
    (closed / "library.sqlite-wal").write_bytes(b"changes")
    closed.chmod(0o555)
    assert not archive.is_archived(closed / "library.sqlite")
    assert seen(library, closed)[-1].endswith(
        "its last changes are in library.sqlite-wal; copy its folder to where you may write"
    )


def test_a_change_that_was_cut_off_and_not_undone_is_not_passed_over(closed: Path) -> None:
    assert archive.is_archived(closed / "library.sqlite")
    closed.chmod(0o755)
    journal = closed / "library.sqlite-journal"
    journal.write_bytes(b"pages as they were")
    closed.chmod(0o555)
    assert archive.journal(closed / "library.sqlite") == journal.resolve()
    assert not archive.is_archived(closed / "library.sqlite")


_MOUNTS = """\
43 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
63 43 254:0 /tmp/a /tmp/b ro,relatime - ext4 /dev/vda rw,discard
64 43 7:0 / /media/a\\040disk ro,relatime - ext4 /dev/loop0 ro
65 43 0:51 / /mnt/office ro,relatime - nfs4 server:/home ro,vers=4.2
66 43 8:17 / /media/stick rw,relatime shared:1 master:2 - fuseblk /dev/sdb1 rw,ro_not
"""


@pytest.mark.parametrize(
    ("device", "read_only"),
    [
        ((254, 0), False),  # the folder of a bind mount can be written by its other name
        ((7, 0), True),
        ((0, 51), False),  # the machine whose folder it is writes to it
        ((8, 17), False),
        ((8, 18), False),
    ],
)
def test_a_read_only_disk_is_told_from_what_is_read_only_here_alone(
    device: tuple[int, int], read_only: bool
) -> None:
    assert archive.is_read_only_disk(os.makedev(*device), _MOUNTS) is read_only
    assert not archive.is_read_only_disk(os.makedev(*device), "a line\n\n - b")


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """SQLite may not write beside a file that is opened, as in a closed folder where root is not
    refused; how often that was said. It ends with what the list is given.
    """
    said = [sqlite3.SQLITE_CANTOPEN]

    def connect(path: Path) -> sqlite3.Connection:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = said[0]
        raise error

    monkeypatch.setattr(database, "_connect", connect)
    return said


def _change(file: Path) -> None:
    """As root may, whom a closed folder does not keep out."""
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO library VALUES ('later', '1')")
    connection.close()


def _later(connection: sqlite3.Connection) -> int | None:
    return database.read_setting(connection, "later")


def test_who_reads_while_it_is_changed_after_all_is_told(closed: Path, refused: list[int]) -> None:
    file = closed / "library.sqlite"
    library = Library.open(Home(closed))
    with library.catalog() as catalog:
        assert _later(catalog.connection) is None
    with (
        pytest.raises(LibraryError, match="was changed while it was read: try again"),
        library.catalog(),
    ):
        _change(file)
    with library.catalog() as catalog:
        assert _later(catalog.connection) == 1


def test_rows_kept_open_are_opened_again_once_they_were_changed(
    closed: Path, refused: list[int]
) -> None:
    file = closed / "library.sqlite"
    library = Library.open(Home(closed))
    with library.reading() as catalog:
        kept = catalog.connection
    with library.reading() as catalog:
        assert catalog.connection is kept
    _change(file)
    with library.reading() as catalog:
        assert _later(catalog.connection) == 1
    with pytest.raises(LibraryError, match="was changed while it was read"), library.reading():
        (closed / "library.sqlite-wal").write_bytes(b"changes")


def test_a_lock_is_not_passed_over(closed: Path, refused: list[int]) -> None:
    refused[0] = sqlite3.SQLITE_BUSY
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library.open(Home(closed))


def test_where_somebody_may_write_the_rows_are_no_archive(closed: Path) -> None:
    file = closed / "library.sqlite"
    assert archive.is_archived(file)
    closed.chmod(0o755)
    assert not archive.is_archived(file)
    closed.chmod(0o555)
    file.chmod(0o644)
    assert not archive.is_archived(file)


def test_an_archive_of_an_earlier_waymark_is_not_brought_up_to_date(
    library: Library, closed: Path
) -> None:
    closed.chmod(0o755)
    file = closed / "library.sqlite"
    file.chmod(0o644)
    with Library.open(Home(closed)).catalog() as catalog:
        catalog.connection.execute(f"PRAGMA user_version = {database.VERSION - 1}")
    file.chmod(0o444)
    closed.chmod(0o555)
    (said,) = seen(library, closed)
    assert "was made by an earlier Waymark" in said
    assert said.endswith("If not, copy it to where you may write")


def test_a_missing_file_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        database.connect(tmp_path / "library.sqlite")
