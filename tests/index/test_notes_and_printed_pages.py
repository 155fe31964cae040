"""The notes of passages and the numbers printed on pages stay with a document wherever it goes."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from index import build
from index.curating import bin
from index.curating.desk import Worker
from index.files.home import Home
from index.library import Library
from index.rows import database, digests, shelf
from index.rows.reading import packed, unpacked
from index.rows.replaced import resolve
from index.rows.shelf import ShelfState
from index.transfer.backup import backup
from index.transfer.exchange import read, write
from index.transfer.restore import restore
from ingest.records import NoteLink

WAGES, FERRIES = "wages.md", "ferries.pdf"
NOTED = [(), (NoteLink(21, "1", 2, 0, 23), NoteLink(42, "2", 2, 24, 45)), ()]
NOT_NOTED = [(), (), ()]
PRINTED = ["", "", "1", "2", "3"]
NOT_PRINTED = [""] * 5
TEXT = """\
# Wages in the harbour

The wage rose to 1250[^wage]. The fare fell to 30[^2].

[^wage]: Council of Wages, 2018.

[^2]: Harbour Office, 2019.
"""
PAGE = "The ferry {} left the harbour at noon, and the master wrote its name into the log."


@pytest.fixture(scope="module")
def harbour(first_encoding, copy_library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two documents, not to be changed: one has notes, the other five pages, on the last three of
    which a number is printed.
    """
    folder = tmp_path_factory.mktemp("harbour")
    (folder / WAGES).write_text(TEXT)
    pdf = FPDF(format="A4")
    for number, name in enumerate(("Alma", "Berta", "Clara", "Dora", "Emma"), start=1):
        pdf.add_page()
        pdf.set_font("Times", size=11)
        pdf.multi_cell(0, 6, PAGE.format(name))
        if number > 2:
            pdf.text(180, 288, f"Page {number - 2}")
    pdf.output(str(folder / FERRIES))
    made = copy_library(folder / "home", Library.open(first_encoding.home))
    list(build.add(made, [folder / WAGES, folder / FERRIES]))
    return made


@pytest.fixture
def changed(harbour: Library, copy_library, tmp_path: Path) -> Library:
    """The same, to be changed."""
    return copy_library(tmp_path / "home", harbour)


def id_of(library: Library, file: str) -> str:
    with library.catalog() as catalog:
        return next(one.document_id for one in catalog.documents() if one.file_name == file)


def notes(library: Library) -> list[tuple[NoteLink, ...]]:
    with library.catalog() as catalog:
        found = catalog.passages_of(id_of(library, WAGES))
    return [stored.passage.notes for stored in found]


def printed(library: Library) -> list[str]:
    """What is printed on the pages, which the passages say too."""
    document = id_of(library, FERRIES)
    with library.catalog() as catalog:
        found = [page.printed for page in catalog.pages(document)]
        for stored in catalog.passages_of(document):
            for page in range(stored.passage.page_first, stored.passage.page_last + 1):
                assert (stored.printed_on(page) or "") == found[page - 1]
    return found


def exported_before(folder: Path, schema: int, table: str, column: str) -> None:
    """Make an export one of an earlier schema, whose table had no such column."""
    path, about = folder / f"{table}.jsonl", folder / "manifest.json"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        del row[column]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    manifest = json.loads(about.read_text()) | {"schema": schema}
    manifest["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    about.write_text(json.dumps(manifest))


def shelved_reading(library: Library, document: str) -> dict[str, Any]:
    """The reading of a document on the shelf, as its blob holds it."""
    with library.catalog() as catalog:
        reading = shelf.get(catalog.connection, document).reading
    assert unpacked(packed(reading)) == reading
    return dict(json.loads(zlib.decompress(packed(reading))))


def test_they_are_kept_and_stand_at_the_passages(harbour: Library) -> None:
    assert (notes(harbour), printed(harbour)) == (NOTED, PRINTED)
    with harbour.catalog() as catalog:
        passages = catalog.passages_of(id_of(harbour, FERRIES))
    emma = next(one for one in passages if "Emma" in one.passage.text)
    assert (emma.passage.page_last, emma.printed_on(5), emma.printed_on(1)) == (5, "3", None)


def test_passages_are_found_by_their_ids(harbour: Library) -> None:
    name = id_of(harbour, WAGES)
    with harbour.catalog() as catalog:
        found = catalog.passages_by_id([f"{name}-1", f"{name}-9"])
    assert [(name, one.passage.position) for name, one in found.items()] == [(f"{name}-1", 1)]


def test_an_export_carries_them(harbour: Library, tmp_path: Path) -> None:
    write(harbour, tmp_path / "out")
    again = read(tmp_path / "out", Home(tmp_path / "again"))
    assert (notes(again), printed(again)) == (NOTED, PRINTED)


def test_an_export_of_before_notes_is_read(harbour: Library, tmp_path: Path) -> None:
    write(harbour, tmp_path / "out")
    exported_before(tmp_path / "out", 7, "passages", "notes")
    again = read(tmp_path / "out", Home(tmp_path / "again"))
    assert (notes(again), printed(again)) == (NOT_NOTED, PRINTED)


def test_an_export_of_before_either_is_read(harbour: Library, tmp_path: Path) -> None:
    write(harbour, tmp_path / "out")
    exported_before(tmp_path / "out", 6, "passages", "notes")
    exported_before(tmp_path / "out", 6, "pages", "printed")
    again = read(tmp_path / "out", Home(tmp_path / "again"))
    assert (notes(again), printed(again)) == (NOT_NOTED, NOT_PRINTED)


def test_a_backup_carries_them(harbour: Library, tmp_path: Path) -> None:
    backup(harbour.home, tmp_path / "kept.tar")
    restore(tmp_path / "kept.tar", Home(tmp_path / "again"))
    again = Library.open(Home(tmp_path / "again"))
    assert (notes(again), printed(again)) == (NOTED, PRINTED)


def test_what_is_withdrawn_and_put_back_has_them(changed: Library) -> None:
    names = [id_of(changed, file) for file in (WAGES, FERRIES)]
    bin.withdraw_all(changed, names, "ann")
    for name in names:
        bin.restore(changed, name, "ann")
    assert len(list(iter(Worker(changed).step, None))) == 2
    assert (notes(changed), printed(changed)) == (NOTED, PRINTED)


def test_a_reading_of_before_them_has_none(changed: Library) -> None:
    names = [id_of(changed, file) for file in (WAGES, FERRIES)]
    bin.withdraw_all(changed, names, "ann")
    noted, numbered = (shelved_reading(changed, name) for name in names)
    noted["passages"] = [passage[:6] for passage in noted["passages"]]
    numbered["pages"] = [page[:3] for page in numbered["pages"]]
    before = [unpacked(zlib.compress(json.dumps(one).encode())) for one in (noted, numbered)]
    assert [passage.notes for passage in before[0].passages] == NOT_NOTED
    assert [page.printed for page in before[1].pages] == NOT_PRINTED


def test_a_citation_of_a_replaced_version_still_says_the_number(changed: Library) -> None:
    name = id_of(changed, FERRIES)
    with changed.catalog() as catalog, database.change(catalog.connection):
        last = next(one for one in catalog.passages_of(name) if "Emma" in one.passage.text)
        bin.set_aside(catalog, name, ShelfState.REPLACED, "ann")
        found = resolve(catalog.connection, last.passage_id)
    assert found is not None
    assert found.stored is not None
    assert found.stored.printed_on(5) == "3"


def test_the_digest_of_passages_says_whether_there_are_other_notes(changed: Library) -> None:
    with changed.catalog() as catalog, database.change(catalog.connection):
        with_them = digests.of_passages(catalog.connection)
        catalog.connection.execute("UPDATE passages SET notes = '[]'")
        without = digests.of_passages(catalog.connection)
    assert with_them != without
