"""A library that nobody can write to is read as it lies; one that somebody may change is not."""

import shutil
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
    assert said.startswith(f"the views are missing, damaged or old, and {closed} is closed to this")
    assert said.endswith("have them built there, or in a copy, by 'waymark rebuild'")


def test_changes_in_a_journal_are_not_passed_over(library: Library, closed: Path) -> None:
    closed.chmod(0o755)
    (closed / "library.sqlite-wal").write_bytes(b"changes")
    closed.chmod(0o555)
    assert not archive.is_archived(closed / "library.sqlite")
    assert seen(library, closed)[-1].endswith(
        "its last changes are in library.sqlite-wal; copy its folder to where you may write"
    )


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
