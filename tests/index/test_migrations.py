"""Libraries of earlier versions are brought up to date when they are opened."""

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from index import database, migrations
from index.database import LibraryError


def version_1(path: Path) -> Path:
    """A library file as version 1 made it."""
    schema = resources.files("index").joinpath("schema.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema)
        connection.execute("INSERT INTO library VALUES ('colour', '\"green\"')")
        connection.commit()
        connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    return path


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT type, name FROM sqlite_schema"))


def test_opening_brings_it_up_to_date_and_keeps_what_is_in(tmp_path: Path) -> None:
    with closing(database.connect(version_1(tmp_path / "library.sqlite"))) as connection:
        assert version(connection) == migrations.VERSION
        assert database.read_setting(connection, "colour") == "green"
        assert connection.execute("SELECT count(*) FROM shown_tags").fetchone() == (0,)


def test_a_new_library_and_an_upgraded_one_are_alike(tmp_path: Path) -> None:
    old = database.connect(version_1(tmp_path / "old.sqlite"))
    new = database.create(tmp_path / "new" / "library.sqlite")
    with closing(old), closing(new):
        assert schema(old) == schema(new)
        assert version(old) == version(new)


def test_opening_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = version_1(tmp_path / "library.sqlite")
    database.connect(path).close()
    before = path.read_bytes()
    database.connect(path).close()
    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        connection.execute("no SQL at all")

    monkeypatch.setitem(migrations.MIGRATIONS, 2, broken)
    path = version_1(tmp_path / "library.sqlite")
    with pytest.raises(LibraryError, match="cannot be brought up to date"):
        database.connect(path)
    with closing(sqlite3.connect(path)) as connection:
        assert version(connection) == 1
        assert ("table", "half") not in schema(connection)
