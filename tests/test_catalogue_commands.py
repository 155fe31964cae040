"""The catalogue on the command line: what is here, and what is fetched and added."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import waymark
from corpus import catalogue
from corpus.catalogue import Work
from index import build
from index.kept import download
from index.kept.cataloguing import held
from index.kept.download import DownloadError
from index.library import Library
from index.rows.records import StoredDocument
from ingest.records import Metadata

pytestmark = pytest.mark.usefixtures("one_encoder")

WORK = Work(
    id="borland",
    title="Resettlement in Borland: The First Year",
    authors=("A. Author",),
    publisher="An Agency",
    kind="evaluation",
    language="en",
    file="pdf",
    link="https://www.example.org/a%20report.pdf",
    year=2016,
)
PAGE = replace(WORK, id="page", title="A page", file="page", link="https://example.org/page")
LOST = replace(WORK, id="lost", title="Lost", link="https://example.org/lost.pdf")
HTML = replace(WORK, id="damaged", title="Damaged", link="https://example.org/damaged.pdf")


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch, shelf: Path, tmp_path: Path) -> list[str]:
    """A catalogue of four works; their links, as they are asked for from a web of our own."""
    asked: list[str] = []

    def fetch(link: str, path: Path) -> None:
        asked.append(link)
        if link == LOST.link:
            raise DownloadError("example.org answers 404 Not Found")
        if link == HTML.link:
            path.write_bytes(b"%PDF-1.7 and nothing else")
        else:
            shutil.copy(shelf / "borland.pdf", path)

    monkeypatch.setattr(download, "download", fetch)
    monkeypatch.setattr(catalogue, "load", lambda: (WORK, PAGE, LOST, HTML))
    return asked


def call(library: Library, *words: str) -> Result:
    return CliRunner().invoke(waymark.main, ["--home", str(library.home.path), *words])


def test_what_is_fetched_carries_what_the_catalogue_knows(empty_library, fetched) -> None:
    done = call(empty_library, "catalogue", "get", "borland", "borland")
    assert done.exit_code == 0, done.output
    assert fetched == [WORK.link]
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
    meta = document.metadata
    assert (meta.title, meta.authors, meta.year) == (WORK.title, WORK.authors, 2016)
    assert (meta.publisher, meta.url, meta.kind) == ("An Agency", WORK.link, "evaluation")
    assert document.file_name == "borland.pdf"

    again = call(empty_library, "catalogue", "get", "borland")
    assert (again.exit_code, len(fetched)) == (0, 1)
    assert f"already in the library as {document.document_id}" in again.output

    lines = call(empty_library, "catalogue", "--format", "json").stdout.splitlines()
    found = {one["id"]: one for one in map(json.loads, lines)}
    assert found["borland"]["document_id"] == document.document_id
    assert found["lost"]["document_id"] is None
    text = call(empty_library, "catalogue").stdout
    assert f"2016  {document.document_id}" in text
    assert "4 works, 1 of them in the library; 3 can be fetched" in text


def test_one_that_fails_stops_no_other(empty_library, fetched) -> None:
    done = call(empty_library, "catalogue", "get", "lost", "page", "damaged", "borland")
    assert done.exit_code == 1
    assert "waymark: lost: example.org answers 404 Not Found" in done.stderr
    assert "waymark: page: is a web page: open https://example.org/page" in done.stderr
    assert "waymark: damaged: was fetched and cannot be read" in done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert fetched == [LOST.link, HTML.link, WORK.link]
    with empty_library.catalog() as catalog:
        assert [one.metadata.title for one in catalog.documents()] == [WORK.title]


def test_an_unknown_name_fetches_nothing(empty_library, fetched) -> None:
    done = call(empty_library, "catalogue", "get", "borland", "nowhere")
    assert done.exit_code == 2
    assert "no work 'nowhere'" in done.stderr
    assert fetched == []


def test_the_same_bytes_are_not_added_twice(empty_library, fetched, shelf) -> None:
    list(build.add(empty_library, [shelf / "borland.pdf"]))
    done = call(empty_library, "catalogue", "get", "borland")
    assert done.exit_code == 0
    assert "borland: already in the library" in done.output


def document(title: str, year: int | None, url: str = "") -> StoredDocument:
    return StoredDocument(
        document_id="d",
        source_id="",
        file_sha256="",
        file_name="",
        metadata=Metadata(title=title, year=year, url=url),
        added_at="",
        page_count=1,
        unread_pages=0,
        passage_count=1,
    )


@pytest.mark.parametrize(
    ("title", "year", "url", "here"),
    [
        ("Another", 1999, "http://example.org/a report.pdf#page=2", True),
        ("Another", 1999, "HTTPS://WWW.Example.ORG/a%20report.pdf/", True),
        ("Another", 1999, "https://example.org/A%20report.pdf", False),
        ("RESETTLEMENT in Borland – the first year", 2016, "", True),
        ("Resettlement in Borland: The First Year", None, "", True),
        ("Resettlement in Borland: The First Year", 2017, "", False),
        ("Resettlement in Borland", 2016, "", False),  # too little of a title
        ("", None, "", False),
    ],
)
def test_a_work_is_known_by_link_or_by_title_and_year(title, year, url, here) -> None:
    assert held([WORK], [document(title, year, url)]) == ({"borland": "d"} if here else {})


LONG = replace(
    WORK, title="Sharing the Work of a Small Agency: The First Year", link="https://a.example/x"
)


@pytest.mark.parametrize(
    ("work", "title", "year", "here"),
    [
        (LONG, "Sharing the work of a small agency", 2016, True),
        (LONG, "Sharing the work of a small agency", 2017, False),
        (LONG, "Sharing the work of a small agency", None, False),
        (LONG, "Sharing the work of a small agency – the second year", 2016, False),
        (replace(LONG, title="Sharing the Work of a Small Agency"), LONG.title, 2016, True),
        (replace(LONG, title="Sharing the Work of a Small Agency"), LONG.title, 2015, False),
    ],
)
def test_of_two_of_one_year_one_may_lack_its_subtitle(work, title, year, here) -> None:
    assert held([work], [document(title, year)]) == ({"borland": "d"} if here else {})


def test_a_document_without_subtitle_stands_for_no_one_of_several_works() -> None:
    main = "Sharing the Work of a Small Agency"
    other = replace(
        LONG, id="norland", title=f"{main}: Report of Norland", link="https://a.example/y"
    )
    later = replace(other, year=2017)
    assert held([LONG, other], [document(main, 2016)]) == {}
    assert held([LONG, later], [document(main, 2016)]) == {"borland": "d"}
    assert held([LONG, other], [document(other.title, 2016)]) == {"norland": "d"}


def test_a_work_is_fetched_where_a_document_may_be_another_of_its_name(
    empty_library, fetched, shelf, monkeypatch
) -> None:
    main = "Sharing the Work of a Small Agency"
    other = replace(LONG, id="norland", title=f"{main}: Report of Norland", link=f"{LONG.link}2")
    list(build.add(empty_library, [shelf / "borland.pdf"], Metadata(title=main, year=2016)))
    monkeypatch.setattr(catalogue, "load", lambda: (LONG, other))
    call(empty_library, "catalogue", "get", "norland")
    assert fetched == [other.link]
    monkeypatch.setattr(catalogue, "load", lambda: (LONG,))
    call(empty_library, "catalogue", "get", "borland")
    assert fetched == [other.link]
