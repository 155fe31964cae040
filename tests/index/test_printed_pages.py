"""Numbers printed on pages stay with a document, wherever it goes."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest
from fpdf import FPDF

from index import build
from index.curating import bin
from index.curating.desk import Worker
from index.files.home import Home
from index.library import Library
from index.rows import shelf
from index.rows.database import change
from index.rows.reading import packed, unpacked
from index.rows.replaced import resolve
from index.rows.shelf import ShelfState
from index.transfer.backup import backup
from index.transfer.exchange import read, write
from index.transfer.restore import restore

PRINTED = ["", "", "1", "2", "3"]
TEXT = "The ferry {} left the harbour at noon, and the master wrote its name into the log."


@pytest.fixture
def ferries(empty_library: Library, tmp_path: Path) -> Library:
    """A report of five pages, the first two without a number."""
    pdf = FPDF(format="A4")
    for number, name in enumerate(("Alma", "Berta", "Clara", "Dora", "Emma"), start=1):
        pdf.add_page()
        pdf.set_font("Times", size=11)
        pdf.multi_cell(0, 6, TEXT.format(name))
        if number > 2:
            pdf.text(180, 288, f"Page {number - 2}")
    pdf.output(str(tmp_path / "ferries.pdf"))
    list(build.add(empty_library, [tmp_path / "ferries.pdf"]))
    return empty_library


def held(library: Library) -> list[str]:
    """What is printed on the pages, and seen from the passages."""
    with library.catalog() as catalog:
        (document,) = catalog.documents()
        printed = [page.printed for page in catalog.pages(document.document_id)]
        for stored in catalog.passages_of(document.document_id):
            for page in range(stored.passage.page_first, stored.passage.page_last + 1):
                assert (stored.printed_on(page) or "") == printed[page - 1]
        return printed


def only(library: Library) -> str:
    with library.catalog() as catalog:
        (document,) = catalog.documents()
        return document.document_id


def test_they_are_kept_and_stand_at_the_passages(ferries: Library) -> None:
    assert held(ferries) == PRINTED
    with ferries.catalog() as catalog:
        passages = catalog.passages_of(only(ferries))
    emma = next(one for one in passages if "Emma" in one.passage.text)
    assert (emma.passage.page_last, emma.printed_on(5), emma.printed_on(1)) == (5, "3", None)


def test_an_export_carries_them(ferries: Library, tmp_path: Path) -> None:
    write(ferries, tmp_path / "out")
    assert held(read(tmp_path / "out", Home(tmp_path / "again"))) == PRINTED


def test_an_export_of_before_them_is_read(ferries: Library, tmp_path: Path) -> None:
    write(ferries, tmp_path / "out")
    path, about = tmp_path / "out" / "pages.jsonl", tmp_path / "out" / "manifest.json"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        del row["printed"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    manifest = json.loads(about.read_text()) | {"schema": 6}
    manifest["sha256"]["pages.jsonl"] = hashlib.sha256(path.read_bytes()).hexdigest()
    about.write_text(json.dumps(manifest))
    assert held(read(tmp_path / "out", Home(tmp_path / "again"))) == [""] * 5


def test_a_backup_carries_them(ferries: Library, tmp_path: Path) -> None:
    backup(ferries.home, tmp_path / "kept.tar")
    restore(tmp_path / "kept.tar", Home(tmp_path / "again"))
    assert held(Library.open(Home(tmp_path / "again"))) == PRINTED


def test_what_is_withdrawn_and_put_back_has_them(ferries: Library) -> None:
    name = only(ferries)
    bin.withdraw(ferries, name, "ann")
    bin.restore(ferries, name, "ann")
    worker = Worker(ferries)
    assert list(iter(worker.step, None))
    assert held(ferries) == PRINTED


def test_a_citation_of_a_replaced_version_still_says_them(ferries: Library) -> None:
    name = only(ferries)
    with ferries.catalog() as catalog, change(catalog.connection):
        last = next(one for one in catalog.passages_of(name) if "Emma" in one.passage.text)
        bin.set_aside(catalog, name, ShelfState.REPLACED, "ann")
        found = resolve(catalog.connection, last.passage_id)
    assert found is not None
    assert found.stored is not None
    assert found.stored.printed_on(5) == "3"


def test_a_reading_of_before_them_has_none(ferries: Library) -> None:
    name = only(ferries)
    bin.withdraw(ferries, name, "ann")
    with ferries.catalog() as catalog:
        reading = shelf.get(catalog.connection, name).reading
    assert [page.printed for page in unpacked(packed(reading)).pages] == PRINTED
    record = json.loads(zlib.decompress(packed(reading)))
    record["pages"] = [page[:3] for page in record["pages"]]
    before = unpacked(zlib.compress(json.dumps(record).encode()))
    assert [page.printed for page in before.pages] == [""] * 5
    assert before.passages == reading.passages
