"""The passages of a long document, so many at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import build
from index.library import Library
from index.rows.records import StoredPassage
from ingest.records import BlockKind, Passage
from web.app import create_app
from web.readers.parts import count, part_of, parts

SECTIONS = 120


def stored(position: int, page: int) -> StoredPassage:
    passage = Passage(position, "text", (), BlockKind.PARAGRAPH, page, page)
    return StoredPassage(position + 1, f"d-{position}", "d", passage, ())


@pytest.mark.parametrize(
    ("passages", "lengths"),
    [
        (0, []),
        (1, [1]),
        (49, [49]),
        (50, [50]),
        (51, [51]),
        (74, [74]),
        (76, [38, 38]),
        (120, [60, 60]),
        (126, [42, 42, 42]),
        (130, [44, 43, 43]),
        (2551, [51, *[50] * 50]),  # no part of one passage at the end
        (5000, [50] * 100),
        (5051, [51, *[50] * 100]),
    ],
)
def test_parts_are_as_long_as_each_other(passages: int, lengths: list[int]) -> None:
    held = [stored(at, 1 + at // 10) for at in range(passages)]
    found = parts(held)
    assert [len(part.shown) for part in found] == lengths
    assert [one for part in found for one in part.shown] == held
    assert count(passages) == max(1, len(lengths))
    for part in found:
        assert {part_of(one.passage.position, passages) for one in part.shown} == {part.number}


def test_a_part_knows_its_passages_and_pages() -> None:
    second = parts([stored(at, 1 + at // 10) for at in range(76)])[1]
    assert (second.first, second.last, second.pages) == (39, 76, (4, 8))


@pytest.fixture
def boats(empty_library: Library, tmp_path: Path) -> FlaskClient:
    """Over one text document: its title and 120 sections, a passage each."""
    said = [f"## Section {at}\n\nBoat {at} came at noon." for at in range(1, SECTIONS + 1)]
    (tmp_path / "boats.md").write_text("# Boats\n\n" + "\n\n".join(said), "utf-8")
    list(build.add(empty_library, [tmp_path]))
    return create_app(empty_library).test_client()


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def test_a_long_document_is_read_part_by_part(boats: FlaskClient) -> None:
    (listed,) = page(boats, "/documents").xpath("//th/a/@href")
    name = listed.removeprefix("/documents/")
    address, seen = f"/documents/{name}", []
    first = page(boats, address)
    assert first.xpath("//nav[@aria-label='Parts of the document']//a/text()") == ["1–61", "62–121"]
    assert "Passages 1 to 61 of 121." in first.text_content()
    while address:
        shown = page(boats, address)
        seen += shown.xpath("//ol[@class='passages']/li/@id")
        address = next(iter(shown.xpath("//a[@rel='next']/@href")), "")
    assert seen == [f"{name}-{at}" for at in range(1 + SECTIONS)]
    assert boats.get(f"/documents/{name}?part=3").status_code == 400
    titles = [page(boats, f"/documents/{name}?part={n}").findtext(".//title") for n in (1, 2)]
    assert titles == ["Boats – Waymark", "Boats, passages 62–121 – Waymark"]


def test_a_text_without_pages_is_not_shown_as_one_page(boats: FlaskClient) -> None:
    (listed,) = page(boats, "/documents").xpath("//th/a/@href")
    answer = boats.get(f"{listed}/pages/1?p={listed.removeprefix('/documents/')}-0")
    assert answer.status_code == 302
    there, _, anchor = answer.location.partition("#")
    assert anchor == "passages"
    shown = page(boats, there)
    assert len(shown.xpath("//ol[@class='passages']/li")) == 61
    assert "Note: 1 quote" in shown.text_content()


def trips(library: Library, folder: Path, headings: int) -> tuple[FlaskClient, str]:
    """A text of so many headings with a passage each, and one for the title; and its address."""
    said = [f"## Trip {at}\n\nBoat {at} came." for at in range(1, headings + 1)]
    (folder / "trips.md").write_text("# Trips\n\n" + "\n\n".join(said), "utf-8")
    list(build.add(library, [folder]))
    client = create_app(library).test_client()
    (listed,) = page(client, "/documents").xpath("//th/a/@href")
    return client, str(listed)


def test_twenty_parts_are_links_side_by_side(empty_library: Library, tmp_path: Path) -> None:
    client, listed = trips(empty_library, tmp_path, 999)
    shown = page(client, f"{listed}?part=20")
    (nav,) = shown.xpath("//nav[@aria-label='Parts of the document']")
    assert not nav.xpath(".//form")
    assert [a.text for a in nav.xpath(".//a")][-2:] == ["901–950", "951–1000"]
    assert client.get(f"{listed}?part=21").status_code == 400


def test_many_parts_are_chosen_from_a_list(empty_library: Library, tmp_path: Path) -> None:
    client, listed = trips(empty_library, tmp_path, 1049)
    shown = page(client, f"{listed}?part=3")
    (form,) = shown.xpath("//nav[@aria-label='Parts of the document']/form")
    assert [a.text for a in form.xpath("./a")] == ["Previous passages", "Next passages"]
    assert [a.get("href") for a in form.xpath("./a")] == [
        f"{listed}?part=2#passages",
        f"{listed}?part=4#passages",
    ]
    assert form.get("action") == f"{listed}#passages"
    options = form.xpath(".//option")
    assert [one.get("value") for one in options] == [str(n) for n in range(1, 22)]
    assert [one.text for one in options if one.get("selected") is not None] == ["101–150"]
    # the outline of a thousand headings is that of the passages that are shown
    headings = shown.xpath("//nav[@class='outline']//li/a")
    assert len(headings) == len(shown.xpath("//ol[@class='passages']/li")) == 50
    assert {link.get("href")[0] for link in headings} == {"#"}


def test_a_heading_and_a_result_lead_to_the_part_that_has_the_passage(boats: FlaskClient) -> None:
    (result,) = page(boats, "/?q=%22Boat+97%22").xpath("//li[@class='result'][.//mark][1]")
    (opened,) = result.xpath(".//a[contains(@class, 'open')]/@href")
    name = result.get("id")
    assert opened == f"/documents/{name.rsplit('-')[0]}?part=2#{name}"
    assert page(boats, opened).xpath(f"//li[@id='{name}']")
    for shown in (page(boats, opened), page(boats, opened.split("?")[0])):
        links = shown.xpath("//nav[@class='outline']//a/@href")
        assert len(links) >= SECTIONS
        for link in links:
            there, _, anchor = link.partition("#")
            assert (page(boats, there) if there else shown).xpath(f"//li[@id='{anchor}']"), link
            if anchor == name:
                assert there == ("" if shown.xpath(f"//li[@id='{name}']") else opened.split("#")[0])
        assert len({*links}) >= SECTIONS


def test_a_short_document_has_no_parts(look, borland: str) -> None:
    shown = look(f"/documents/{borland}")
    assert not shown.xpath("//nav[@aria-label='Parts of the document']")
