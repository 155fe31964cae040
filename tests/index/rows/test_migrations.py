"""Libraries of earlier versions are brought up to date when they are opened."""

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from index.health import check_rows
from index.rows import database, migrations
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.tag_rows import windows_of


def version_1(path: Path) -> Path:
    """A library file as version 1 made it."""
    schema = resources.files("index.rows").joinpath("schema.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema)
        connection.execute("INSERT INTO library VALUES ('colour', '\"green\"')")
        connection.commit()
        connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    return path


DIMENSION = 8


def with_passages(path: Path, upto: int, count: int) -> np.ndarray:
    """Bring a library of version 1 up to `upto` and write passages as that version did.

    Returns unit vectors, float32 (count, 8); each is its passage's vector and its only window.
    """
    rows = np.random.default_rng(3).standard_normal((count, DIMENSION), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    with closing(sqlite3.connect(path)) as connection:
        for number in range(2, upto + 1):
            migrations.MIGRATIONS[number](connection)
        connection.execute(
            "INSERT INTO documents (document_id, content_sha256, file_sha256, file_name, source_id,"
            " title, authors, publisher, language, url, kind, added_at)"
            " VALUES ('d', 'd', 'd', 'd.pdf', '', 'D', '[]', '', '', '', '', '')"
        )
        connection.executemany(
            "INSERT INTO passages (passage_id, document_id, position, text, section, kind,"
            " page_first, page_last, page_breaks, vector, spans, windows)"
            " VALUES (?, 'd', ?, 'It rained.', '[]', 'paragraph', 1, 1, '[]', ?, ?, ?)",
            [
                (
                    f"d-{position}",
                    position,
                    row.astype("<f4").tobytes(),
                    np.array([[0, 10]], dtype="<i4").tobytes(),
                    row.astype("<f2").tobytes(),
                )
                for position, row in enumerate(rows)
            ],
        )
        connection.execute(f"PRAGMA user_version = {upto}")
        connection.commit()
    return rows


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


@pytest.mark.parametrize("upto", [1, 2, 3])
def test_vectors_and_windows_of_earlier_versions_are_kept(tmp_path: Path, upto: int) -> None:
    path = version_1(tmp_path / "library.sqlite")
    rows = with_passages(path, upto, 50)
    with closing(database.connect(path)) as connection:
        vectors = dict(Catalog(connection).all_vectors())
        windows = [windows_of(connection, number, DIMENSION, "") for number in range(1, 51)]
        stored = connection.execute(
            "SELECT length(text), vector, spans, windows FROM passages ORDER BY number"
        ).fetchall()
    for number, row in enumerate(rows, start=1):
        held = windows[number - 1]
        assert np.abs(vectors[number] - row).max() < 2**-11  # float16, numbers up to 1
        assert np.abs(held.vectors - row).max() < 1.002 / 127  # half a step, and float16
        assert held.spans.tolist() == [[0, 10]]
    assert {len(vector) for _, vector, _, _ in stored} == {2 * DIMENSION}
    assert {len(windows) for _, _, _, windows in stored} == {2 + DIMENSION}
    assert [check_rows.fault(*item, DIMENSION) for item in stored] == [""] * 50


def test_a_vector_of_a_wrong_length_is_left_for_the_doctor(tmp_path: Path) -> None:
    path = version_1(tmp_path / "library.sqlite")
    with_passages(path, 2, 3)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE passages SET vector = x'00112233445566' WHERE number = 2")
        connection.commit()
    with closing(database.connect(path)) as connection:
        stored = connection.execute(
            "SELECT length(text), vector, spans, windows FROM passages ORDER BY number"
        ).fetchall()
    faults = [check_rows.fault(*item, DIMENSION) for item in stored]
    assert (faults[0], faults[2]) == ("", "")
    assert "a vector of 7 bytes" in faults[1]


def test_the_room_that_a_step_frees_is_given_back(tmp_path: Path) -> None:
    path = version_1(tmp_path / "library.sqlite")
    with_passages(path, 1, 2000)
    with closing(database.connect(path)) as connection:
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (page,) = connection.execute("PRAGMA page_size").fetchone()
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    with closing(database.create(tmp_path / "new.sqlite")) as connection:
        assert (page,) == connection.execute("PRAGMA page_size").fetchone()
    assert (free, mode) == (0, "wal")


def test_a_library_that_another_program_reads_is_brought_up_to_date_too(tmp_path: Path) -> None:
    path = version_1(tmp_path / "library.sqlite")
    with_passages(path, 1, 5)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM passages").fetchone() == (5,)
        with closing(database.connect(path)) as connection:
            assert version(connection) == migrations.VERSION
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_pages_of_earlier_versions_have_no_printed_number(tmp_path: Path) -> None:
    path = version_1(tmp_path / "library.sqlite")
    with_passages(path, 6, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO pages VALUES ('d', 1, 'iv', 'text')")
        connection.commit()
    with closing(database.connect(path)) as connection:
        (page,) = Catalog(connection).pages("d")
        (passage,) = Catalog(connection).passages_of("d")
    assert (page.label, page.printed, passage.printed) == ("iv", "", ())


def test_passages_of_earlier_versions_point_to_no_notes(tmp_path: Path) -> None:
    path = version_1(tmp_path / "library.sqlite")
    with_passages(path, 7, 1)
    with closing(database.connect(path)) as connection:
        (stored,) = Catalog(connection).passages_of("d")
    assert (stored.passage.text, stored.passage.notes) == ("It rained.", ())
