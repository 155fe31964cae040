"""The page of what is new, and its feed: reports, filters, questions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from index import build
from index.library import Library
from index.rows import database, saved
from web.app import create_app

ATOM = {"a": "http://www.w3.org/2005/Atom"}
QUESTION = "Did the study visits change work?"


@pytest.fixture(scope="module")
def client(first_encoding, copy_library, shelf, tmp_path_factory) -> FlaskClient:
    """Over a library to which the report on visits was added after the other two."""
    empty = Library.open(first_encoding.home)
    library = copy_library(tmp_path_factory.mktemp("grown") / "home", empty)
    list(build.add(library, [shelf / "borland.pdf", shelf / "weather.pdf"]))
    list(build.add(library, [shelf / "visits.pdf"]))
    with library.catalog() as catalog:
        saved.save(catalog.connection, QUESTION)
    return create_app(library).test_client()


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def reports(found: html.HtmlElement) -> list[str]:
    return found.xpath("//h2[.='Reports']/following-sibling::ul[1]/li/a/bdi/text()")


def test_reports_that_came_in_are_listed_before_the_questions(client: FlaskClient) -> None:
    found = page(client, "/new?since=2")
    assert reports(found) == ["Evaluation of study visits"]
    assert found.xpath("//h2/descendant-or-self::*/text()")[0] == "Reports"
    assert len(found.xpath("//ol[@class='passages']/li")) == 1
    assert len(reports(page(client, "/new?since=0"))) == 3
    assert "No report was added since then" in page(client, "/new?since=3").text_content()
    # Who follows a question is told of that alone.
    assert not page(client, f"/new?since=2&q={QUESTION}").xpath("//h2[.='Reports']")


def test_reports_stand_under_the_day_on_which_they_came(
    copy_library, library: Library, tmp_path: Path
) -> None:
    copy = copy_library(tmp_path / "home", library)
    with copy.catalog() as catalog, database.change(catalog.connection):
        days = [("2031-05-02T09:00:00Z",), ("2031-05-01T23:00:00Z",), ("2031-05-01T08:00:00Z",)]
        names = catalog.connection.execute(
            "SELECT document_id FROM passages GROUP BY document_id ORDER BY max(number) DESC"
        )
        for (day,), (name,) in zip(days, names.fetchall(), strict=True):
            catalog.connection.execute(
                "UPDATE documents SET added_at = ? WHERE document_id = ?", (day, name)
            )
    found = page(create_app(copy).test_client(), "/new?since=0")
    assert found.xpath("//h3/text()") == ["Added on 2 May 2031", "Added on 1 May 2031"]
    assert [len(day.xpath("./li")) for day in found.xpath("//h3/following-sibling::ul[1]")] == [
        1,
        2,
    ]
    assert not found.xpath("//li[contains(., 'added on')]")


def test_each_day_is_named_once_where_a_clock_was_behind(
    copy_library, library: Library, tmp_path: Path
) -> None:
    copy = copy_library(tmp_path / "home", library)
    with copy.catalog() as catalog, database.change(catalog.connection):
        names = catalog.connection.execute(
            "SELECT document_id FROM passages GROUP BY document_id ORDER BY max(number)"
        ).fetchall()
        for day, name in zip((2, 1, 2), names, strict=True):
            stamp = f"2031-05-0{day}T09:00:00Z"
            catalog.connection.execute(
                "UPDATE documents SET added_at = ? WHERE document_id = ?", (stamp, *name)
            )
    found = page(create_app(copy).test_client(), "/new?since=0")
    assert found.xpath("//h3/text()") == ["Added on 2 May 2031", "Added on 1 May 2031"]
    links = found.xpath("//h3/following-sibling::ul/li/a/@href")
    assert links == [f"/documents/{names[at][0]}" for at in (2, 0, 1)]


def test_filters_hold_for_reports_are_named_and_go_along(client: FlaskClient) -> None:
    found = page(client, "/new?since=0&kind=report")
    assert set(reports(found)) == {"Resettlement in Borland 2016", "Harbour notes 2011"}
    assert "Limited to Kind report." in " ".join(found.text_content().split())
    (heading,) = found.xpath(f"//h2/a[bdi='{QUESTION}']/@href")
    assert parse_qs(urlsplit(heading).query) == {"kind": ["report"], "q": [QUESTION]}
    assert "Limited to" not in page(client, "/new?since=0").text_content()


def test_many_reports_lead_to_the_list_of_documents(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.readers.news._MOST_REPORTS", 1)
    found = page(client, "/new?since=0")
    assert reports(found) == ["Evaluation of study visits"]
    assert found.xpath("//a[.='2 more reports']/@href") == ["/documents?sort=added"]


def test_reports_are_entries_of_the_feed(client: FlaskClient) -> None:
    answer = client.get("/new.atom?since=2")
    feed = etree.fromstring(answer.data)
    report, passage = feed.xpath("a:entry", namespaces=ATOM)
    assert report.findtext("a:title", namespaces=ATOM) == "Evaluation of study visits"
    assert passage.findtext("a:title", namespaces=ATOM) == "Evaluation of study visits, p. 1"
    link = report.xpath("string(a:link/@href)", namespaces=ATOM)
    assert client.get(link).status_code == 200
    for name in ("id", "updated", "content"):
        assert report.findtext(f"a:{name}", namespaces=ATOM), name
    updated = feed.findtext("a:updated", namespaces=ATOM)
    assert updated == report.findtext("a:updated", namespaces=ATOM)
    assert client.get("/new.atom?since=soon").status_code == 400


def test_the_feed_of_an_empty_library_has_a_moment(empty_library: Library) -> None:
    answer = create_app(empty_library).test_client().get("/new.atom?since=0")
    updated = etree.fromstring(answer.data).findtext("a:updated", namespaces=ATOM)
    assert datetime.fromisoformat(updated).tzinfo is UTC


def test_the_title_of_the_page_names_what_is_followed(client: FlaskClient) -> None:
    title = page(client, f"/new?since=2&q={QUESTION}").findtext(".//title")
    assert title == f"New: {QUESTION} – Waymark"
    assert page(client, "/new?since=2").findtext(".//title") == "What’s new – Waymark"
