"""The address of a passage whose report was replaced or withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from index.curating import drafted
from index.edit import edit
from ingest.records import Metadata


@pytest.fixture
def versions(desk, files: Path, make_pdf) -> tuple[str, str]:
    """Ids of a report and of its new version, in which the second of two pages reads the same."""
    market = (files / "market.txt").read_text("utf-8")
    changed = (files / "twinning.txt").read_text("utf-8").replace("a year", "two years")
    make_pdf(files / "second.pdf", [("1. Twinning", changed), ("2. Market", market)], "Second")
    ids = []
    for name in ("norland.pdf", "second.pdf"):
        desk.upload(files / name)
        desk.work()
        ids.append(desk.draft_of(name))
        drafted.publish(desk.library, ids[-1], "anna", ids[0] if ids[1:] else "")
        if not ids[1:]:
            desk.work()
            stated = Metadata(authors=("A. One",), publisher="Norland", year=2019, kind="brief")
            edit(desk.library, ids[0], stated, "anna")
    desk.work()
    return ids[0], ids[1]


def test_an_old_quote_is_marked_with_whose_it_is_and_where_it_stands_now(desk, versions) -> None:
    old, new = versions
    reader = desk.client.application.test_client()

    def look(name: str, query: str = "") -> html.HtmlElement:
        answer = reader.get(f"/passages/{name}{query}")
        assert answer.status_code == 200
        return html.fromstring(answer.text)

    with desk.library.catalog() as catalog:
        now = {one.passage.text: one.passage_id for one in catalog.passages_of(new)}
    seen = {}
    for position in range(4):
        page = html.fromstring(reader.get(f"/passages/{old}-{position}").text)
        text = "\n".join(p.text_content() for p in page.xpath("//section//blockquote/p"))
        seen[text] = f"{old}-{position}"
    (same,) = [name for text, name in seen.items() if "Bakers opened" in text]
    (changed,) = [name for text, name in seen.items() if "for a year" in text]

    page = look(same, "?start=0&end=6")
    assert [mark.text for mark in page.xpath("//mark")] == ["Bakers"]
    said = page.xpath("//h1/following-sibling::p[@class='where']/span")
    assert [one.text_content() for one in said] == ["A. One", "Norland", "2019", "brief"]
    (there,) = page.xpath("//a[.='The same words in the newest version']/@href")
    (name,) = [name for text, name in now.items() if text.startswith("Bakers opened")]
    assert there == f"/passages/{name}?start=0&end=6"
    follow = html.fromstring(reader.get(there).text)
    assert follow.xpath("//section//mark/text()") == ["Bakers"]

    page = look(changed)
    assert not page.xpath("//mark | //a[.='The same words in the newest version']")
    assert page.xpath("//section/p[@class='where']/span/text()") == ["p. 1"]
    assert reader.get(f"/passages/{changed}?start=x").status_code == 400


def test_a_withdrawn_passage_shows_none_of_its_words(desk, borland: str) -> None:
    edit(desk.library, borland, Metadata(authors=("A. One",), publisher="Ministry"), "anna")
    desk.send(f"/curate/documents/{borland}/withdraw")
    page = desk.look(f"/passages/{borland}-0?start=0&end=20", 410)
    assert not page.xpath("//mark | //blockquote")
    said = page.xpath("string(//main)")
    assert "This report was withdrawn from the library." in said
    assert not [word for word in ("A. One", "Ministry", "2016,", "report,") if word in said]
    assert not page.xpath("//main//p[@class='where']")  # people are named on it as well
