"""The notes that a quote points to stand below it, with the way to where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import build
from index.library import Library
from web.app import create_app

TEXT = """\
The minimum wage in Arland rose to 1250[^wage] in spring.

[^wage]: Council of Wages, &lt;i>2018&lt;/i>.
"""
ASKED = "/?q=What+is+the+minimum+wage+in+Arland%3F"


@pytest.fixture
def client(empty_library: Library, tmp_path: Path) -> FlaskClient:
    (tmp_path / "wages.md").write_text(TEXT)
    list(build.add(empty_library, [tmp_path / "wages.md"]))
    return create_app(empty_library).test_client()


def notes(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.xpath("//p[contains(@class, 'source')]")


def test_a_result_and_its_passage_lead_to_the_note(client: FlaskClient) -> None:
    page = html.fromstring(client.get(ASKED).text)
    (result,) = page.xpath("//li[@class='result'][.//mark[contains(., '1250')]]")
    (note,) = notes(result)
    said = "Footnote 1: Council of Wages, <i>2018</i>."
    assert " ".join(note.text_content().split()) == said
    (address,) = note.xpath(".//a/@href")
    there = html.fromstring(client.get(address).text)
    assert there.xpath("string(//mark)") == "Council of Wages, <i>2018</i>."

    (passage,) = result.xpath(".//a[normalize-space()='Lasting link to this passage']/@href")
    (note,) = notes(html.fromstring(client.get(passage).text))
    assert note.xpath(".//a/@href") == [address]


def test_where_nothing_answers_no_result_has_notes(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/?q=zebras+in+orbit").text)
    assert page.xpath("//li[@class='result'][contains(., '1250')]")
    assert (page.xpath("//mark"), notes(page)) == ([], [])


def test_a_passage_without_a_quote_says_all_its_notes_and_others_none(client: FlaskClient) -> None:
    results = client.get(f"/api/v1/search{ASKED[1:]}").json["results"]
    (quote,) = [one["quote"] for one in results if "1250" in one["text"]]
    name = quote["notes"][0]["passage_id"]
    (noted,) = [one["passage_id"] for one in results if "1250" in one["text"]]
    assert len(notes(html.fromstring(client.get(f"/passages/{noted}").text))) == 1
    assert len(notes(html.fromstring(client.get(f"/passages/{noted}?start=0&end=11").text))) == 0
    assert len(notes(html.fromstring(client.get(f"/passages/{name}").text))) == 0


def test_the_description_has_them(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/search{ASKED[1:]}").json
    (note,) = [note for one in answer["results"] for note in one["quote"].get("notes", [])]
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    assert schemas["Quote"]["properties"]["notes"]["items"] == {"$ref": "#/components/schemas/Note"}
    assert "notes" not in schemas["Quote"]["required"]
    assert set(schemas["Note"]["properties"]) == set(schemas["Note"]["required"]) == set(note)


def test_a_program_gets_the_notes_of_a_passage(client: FlaskClient) -> None:
    (document,) = client.get("/api/v1/documents").json["documents"]
    name = document["document_id"]
    pointing, noted = client.get(f"/api/v1/documents/{name}/passages").json["passages"]
    (note,) = pointing["notes"]
    words = "Council of Wages, <i>2018</i>."
    assert note == {
        "offset": len("The minimum wage in Arland rose to 1250"),
        "label": "1",
        "text": words,
        "passage_id": noted["passage_id"],
        "start": 0,
        "end": len(words),
        "page": 1,
        "printed_page": None,
    }
    assert "notes" not in noted
    assert client.get(f"/api/v1/passages/{pointing['passage_id']}").json["notes"] == [note]
