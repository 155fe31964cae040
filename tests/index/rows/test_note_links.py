"""The notes that a passage points to stay with it, wherever its document goes."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest

from index import build
from index.curating import bin
from index.curating.desk import Worker
from index.files.home import Home
from index.library import Library
from index.rows import database, digests, shelf
from index.rows.reading import packed, unpacked
from index.transfer.backup import backup
from index.transfer.exchange import read, write
from index.transfer.restore import restore
from ingest.records import NoteLink

NOTED = [(), (NoteLink(21, "1", 2, 0, 23), NoteLink(42, "2", 2, 24, 45)), ()]
TEXT = """\
# Wages in the harbour

The wage rose to 1250[^wage]. The fare fell to 30[^2].

[^wage]: Council of Wages, 2018.

[^2]: Harbour Office, 2019.
"""


@pytest.fixture
def wages(empty_library: Library, tmp_path: Path) -> Library:
    (tmp_path / "wages.md").write_text(TEXT)
    list(build.add(empty_library, [tmp_path / "wages.md"]))
    return empty_library


def only(library: Library) -> str:
    with library.catalog() as catalog:
        (document,) = catalog.documents()
        return document.document_id


def held(library: Library) -> list[tuple[NoteLink, ...]]:
    with library.catalog() as catalog:
        return [stored.passage.notes for stored in catalog.passages_of(only(library))]


def test_they_are_kept(wages: Library) -> None:
    assert held(wages) == NOTED


def test_passages_are_found_by_their_ids(wages: Library) -> None:
    name = only(wages)
    with wages.catalog() as catalog:
        found = catalog.passages_by_id([f"{name}-1", f"{name}-9"])
    assert [(name, one.passage.position) for name, one in found.items()] == [(f"{name}-1", 1)]


def test_an_export_carries_them(wages: Library, tmp_path: Path) -> None:
    write(wages, tmp_path / "out")
    assert held(read(tmp_path / "out", Home(tmp_path / "again"))) == NOTED


@pytest.mark.parametrize("schema", [6, 7])
def test_an_export_of_before_them_is_read(wages: Library, tmp_path: Path, schema: int) -> None:
    write(wages, tmp_path / "out")
    path, about = tmp_path / "out" / "passages.jsonl", tmp_path / "out" / "manifest.json"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        del row["notes"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    manifest = json.loads(about.read_text()) | {"schema": schema}
    manifest["sha256"]["passages.jsonl"] = hashlib.sha256(path.read_bytes()).hexdigest()
    about.write_text(json.dumps(manifest))
    assert held(read(tmp_path / "out", Home(tmp_path / "again"))) == [(), (), ()]


def test_a_backup_carries_them(wages: Library, tmp_path: Path) -> None:
    backup(wages.home, tmp_path / "kept.tar")
    restore(tmp_path / "kept.tar", Home(tmp_path / "again"))
    assert held(Library.open(Home(tmp_path / "again"))) == NOTED


def test_what_is_withdrawn_and_put_back_has_them(wages: Library) -> None:
    name = only(wages)
    bin.withdraw(wages, name, "ann")
    bin.restore(wages, name, "ann")
    worker = Worker(wages)
    assert list(iter(worker.step, None))
    assert held(wages) == NOTED


def test_a_reading_of_before_them_has_none(wages: Library) -> None:
    name = only(wages)
    bin.withdraw(wages, name, "ann")
    with wages.catalog() as catalog:
        reading = shelf.get(catalog.connection, name).reading
    assert [passage.notes for passage in unpacked(packed(reading)).passages] == NOTED
    record = json.loads(zlib.decompress(packed(reading)))
    record["passages"] = [passage[:6] for passage in record["passages"]]
    before = unpacked(zlib.compress(json.dumps(record).encode()))
    assert [passage.notes for passage in before.passages] == [(), (), ()]


def test_the_digest_of_passages_says_whether_there_are_other_ones(wages: Library) -> None:
    with wages.catalog() as catalog, database.change(catalog.connection):
        with_them = digests.of_passages(catalog.connection)
        catalog.connection.execute("UPDATE passages SET notes = '[]'")
        without = digests.of_passages(catalog.connection)
    assert with_them != without
