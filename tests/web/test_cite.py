"""Quotes, citations and lists as they leave the pages."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import build
from index.library import Library
from index.rows import database
from ingest.records import Metadata
from web.app import create_app

VOTE = "/?q=ministers+who+fear+a+backlash"


def first_result(look) -> html.HtmlElement:
    return look(VOTE).xpath("//li[@class='result']")[0]


def link(element: html.HtmlElement, text: str) -> str:
    (found,) = element.xpath(f".//a[normalize-space()='{text}']/@href")
    return found


def test_a_result_can_be_cited_without_a_script(look):
    result = first_result(look)
    citation = result.xpath(".//*[@class='citation']")[0].text_content()
    quote = " ".join(result.xpath(".//mark")[0].text_content().split())
    assert citation.startswith(f"“{quote}” (")
    assert citation.endswith("Resettlement in Borland 2016, 2016, p. 2)")
    # The button does nothing without a script, so it is not there without one.
    buttons = result.xpath(".//button[contains(@class, 'copy')]")
    assert [button.text_content() for button in buttons] == ["Copy quote", "Copy"]
    assert all(button.get("hidden") is not None for button in buttons)


def test_quotation_marks_inside_a_citation_are_single(empty_library: Library, tmp_path: Path):
    (tmp_path / "ferry.md").write_text(
        '---\ntitle: Ferry notes\n---\nThe master called the boats “slow” and the crew "late".\n',
        "utf-8",
    )
    list(build.add(empty_library, [tmp_path]))
    page = create_app(empty_library).test_client().get("/?q=What+did+the+master+call+the+boats%3F")
    citation = html.fromstring(page.text).xpath("//*[@class='citation']")[0].text_content()
    assert citation.startswith("“The master called the boats ‘slow’ and the crew ‘late’.” (")


def test_a_text_without_pages_is_cited_without_one(empty_library: Library, tmp_path: Path):
    (tmp_path / "ferry.md").write_text(
        "---\ntitle: Ferry notes\nyear: 2019\n---\nThe master called the boats slow.\n", "utf-8"
    )
    list(build.add(empty_library, [tmp_path]))
    client = create_app(empty_library).test_client()
    page = html.fromstring(client.get("/?q=What+did+the+master+call+the+boats%3F").text)
    (citation,) = page.xpath("//*[@class='citation']")
    assert citation.text_content() == "“The master called the boats slow.” (Ferry notes, 2019)"
    (opens,) = page.xpath("//li[@class='result']//a[@class='page open']")
    assert opens.text_content() == "Open at passage 1"
    (ris,) = page.xpath("//li[@class='result']//a[.='RIS']/@href")
    assert "\r\nN1  - “The master called the boats slow.” [http" in client.get(ris).text
    own = html.fromstring(client.get(page.xpath("//li[@class='result']//h2/a/@href")[0]).text)
    assert "1 page" not in own.xpath("//main")[0].text_content()
    address = page.xpath("//li[@class='result']//h2/a/@href")[0].partition("#")[0]
    whole = html.fromstring(client.get(f"{address}/pages/1").text)
    assert "The master called the boats slow." in whole.xpath("string(//main)")
    for said in (whole.xpath("string(//main)"), whole.xpath("string(//title)")):
        assert not re.search(r"[Pp]age 1|p\. 1", said)
    (pages,) = html.fromstring(client.get("/documents").text).xpath("//tbody//td[@data-unit][1]")
    assert not pages.text_content()
    for address in ("/", "/documents"):
        (size,) = html.fromstring(client.get(address).text).xpath("//p[@class='size'][1]")
        assert "page" not in size.text_content()


def test_a_passage_leads_to_its_place_in_the_document(look, borland) -> None:
    page = look(f"/passages/{borland}-1")
    assert link(page, "Read on in the document") == f"/documents/{borland}#{borland}-1"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("RIS", "application/x-research-info-systems", "N1  - p. 2: “"),
        ("BibTeX", "application/x-bibtex", "annote = {p. 2: “"),
        ("CSL-JSON", "application/vnd.citationstyles.csl+json", '"note": "p. 2: “'),
    ],
)
def test_a_citation_is_a_file_with_page_and_quote(look, client: FlaskClient, name, kind, said):
    answer = client.get(link(first_result(look), name))
    assert answer.mimetype == kind
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    text = answer.get_data(as_text=True)
    assert said in text
    assert "feared a backlash" in text
    assert "[http://localhost/passages/" in text


def test_the_number_printed_on_the_page_stands_beside_its_count(
    copy_library, tmp_path, borland: str
) -> None:
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "UPDATE pages SET printed = '17' WHERE document_id = ? AND number = 2", (borland,)
        )
    client = create_app(copy).test_client()
    passage = f"/passages/{borland}-1"
    for address, said in (
        (VOTE, "Open at </span>p. 2 (printed 17)</a>"),
        (VOTE, "p. 2 (printed p. 17))</p>"),
        (passage, "Open at </span>p. 2 (printed 17)</a>"),
        (passage, "<figcaption>Page 2 (printed 17), with the words"),
        (f"/documents/{borland}", ">p. 2 (printed 17)</a>"),
        (f"/documents/{borland}", ">p. 1</a>"),
        (f"/documents/{borland}/pages/2", "Page 2 (printed 17)</span>"),
        (f"/documents/{borland}/pages/1", "Page 1</span>"),
        (f"/note?p={borland}-1", "p.\u00a02\u00a0(printed\u00a017)</a>"),
        (f"{passage}/cite.ris", "N1  - p. 2 (printed p. 17)"),
        (f"{passage}/cite.bib", "annote = {p. 2 (printed p. 17)"),
        (f"{passage}/cite.json", '"note": "p. 2 (printed p. 17)'),
    ):
        assert said in client.get(address).text, address
    one = client.get(f"/api/v1{passage}").json
    assert (one["page_first"], one["printed_page"]) == (2, "17")
    pages = client.get(f"/api/v1/documents/{borland}").json["page_health"]
    assert [page["printed_page"] for page in pages] == [None, "17", None]
    found = client.get("/api/v1/search?q=ministers+who+fear+a+backlash").json["results"]
    quotes = {one["passage_id"]: one["quote"] for one in found}
    assert (quotes[f"{borland}-1"]["page"], quotes[f"{borland}-1"]["printed_page"]) == (2, "17")
    assert {quote["printed_page"] for quote in quotes.values()} == {None, "17"}


@pytest.fixture
def over_pages(
    copy_library, tmp_path: Path, borland: str
) -> Callable[[int, int, str], FlaskClient]:
    """A reader of a library in which passage 1 of that document goes over page breaks."""

    def reader(first: int, last: int, breaks: str) -> FlaskClient:
        copy = copy_library(tmp_path / "home")
        with copy.catalog() as catalog, database.change(catalog.connection):
            catalog.connection.execute(
                "UPDATE passages SET page_first = ?, page_last = ?, page_breaks = ?"
                " WHERE passage_id = ?",
                (first, last, breaks, f"{borland}-1"),
            )
        return create_app(copy).test_client()

    return reader


def test_words_over_a_page_break_are_cited_with_both_pages(over_pages, borland: str) -> None:
    client, name = over_pages(2, 3, "[[30, 3]]"), f"{borland}-1"
    marks = "start=0&end=80"
    for address, said in (
        (f"/passages/{name}?{marks}", "Open at </span>pp. 2–3</a>"),
        (f"/passages/{name}?{marks}", ", pp. 2–3)</p>"),
        (f"/passages/{name}?{marks}", "pp. 2–3 – Waymark</title>"),
        (f"/passages/{name}?start=0&end=30", "Open at </span>p. 2</a>"),
        (f"/passages/{name}/cite.ris?{marks}", "N1  - pp. 2–3: “"),
        (f"/note?p={name}:0-80", "[1], pp.\u00a02–3</a>"),
        (f"/note.md?p={name}:0-80", "\\[1\\], pp. 2–3]("),
    ):
        assert said in client.get(address).text, address


def test_a_quote_over_a_page_break_is_opened_at_the_page_that_its_address_says(
    over_pages, borland: str
) -> None:
    client, name = over_pages(2, 3, "[[30, 3]]"), f"{borland}-1"
    quote = f"/passages/{name}?start=0&end=80"

    def opened(address: str) -> tuple[list[str], list[str]]:
        page = html.fromstring(client.get(address).text)
        return page.xpath("//a[contains(@class, 'open')]/@href"), page.xpath("//figcaption/text()")

    file, shown = f"/documents/{borland}/file#page=", "Page {}, with the words marked."
    assert opened(quote) == ([f"{file}3"], [shown.format(3)])  # offset 40, its middle, is on 3
    assert opened(f"{quote}&page=2") == ([f"{file}2"], [shown.format(2)])
    for beside in (f"{quote}&page=1", f"{quote}&page=4", f"/passages/{name}?start=31&page=2"):
        assert opened(beside) == ([f"{file}3"], [shown.format(3)]), beside
    assert client.get(f"{quote}&page=two").status_code == 400
    page = html.fromstring(client.get(f"{quote}&page=2").text)
    for words in ("Lasting link to this passage", "Add to the note"):
        (link,) = page.xpath(f"//a[starts-with(., '{words}')]/@href")
        assert opened(link)[0] == [f"{file}2"], words

    (ris,) = page.xpath("//a[.='RIS']/@href")
    assert f"/passages/{name}?start=0&end=80&page=2" in client.get(ris).text


def test_a_note_opens_a_quote_at_the_page_from_which_it_was_taken(over_pages, borland: str) -> None:
    client, name = over_pages(2, 3, "[[30, 3]]"), f"{borland}-1"

    def page(address: str) -> html.HtmlElement:
        return html.fromstring(client.get(address).text)

    for asked, kept in (("", ""), ("&page=3", ""), ("&page=2", ":2")):
        shown = page(f"/passages/{name}?start=0&end=80{asked}")
        (added,) = shown.xpath("//a[.='Add to the note']/@href")
        assert parse_qs(urlsplit(added).query)["p"] == [f"{name}:0-80{kept}"]
        assert page(added).xpath("//span[.='In the note']")
        note = f"/note?p={name}:0-80{kept}"
        (quoted,) = page(note).xpath("//li[@id='quote-1']//a[contains(., '[1]')]/@href")
        (opened,) = page(quoted).xpath("//a[contains(@class, 'open')]/@href")
        assert opened.endswith(f"#page={2 if kept else 3}")
    # the same words at another page are the same quote
    for page_of_note in ("", ":2", ":3", ":9"):
        shown = page(f"/passages/{name}?start=0&end=80&page=2&p={name}:0-80{page_of_note}")
        assert shown.xpath("//span[.='In the note']"), page_of_note
        assert not shown.xpath("//a[.='Add to the note']")
    assert "Note: 1 quote" in client.get(f"/note?p={name}:0-80&p={name}:0-80:2").text
    # a page on which it does not stand is left out of account
    (quoted,) = page(f"/note?p={name}:0-80:9").xpath("//li[@id='quote-1']//q/../a/@href")
    assert "page=" not in quoted


def test_a_row_that_goes_over_a_page_and_comes_back_is_opened_at_either(
    over_pages, borland: str
) -> None:
    client, name = over_pages(1, 3, "[[20, 3], [30, 1]]"), f"{borland}-1"

    def opened(query: str) -> str:
        page = html.fromstring(client.get(f"/passages/{name}?{query}").text)
        (found,) = page.xpath("//a[contains(@class, 'open')]/@href")
        return found.rpartition("=")[2]

    assert opened("start=0&end=80") == "1"
    assert opened("start=0&end=80&page=3") == "3"
    assert opened("start=22&end=40&page=1") == "1"
    assert opened("start=22&end=28&page=1") == "3"
    assert opened("start=0&end=80&page=2") == "1"  # between the two, where nothing of it stands


def test_the_lasting_link_shows_the_same_quote(look):
    result = first_result(look)
    page = look(link(result, "Lasting link to this passage"))
    marked = page.xpath("//mark")[0].text_content()
    assert marked == result.xpath(".//mark")[0].text_content()
    assert page.xpath("//h1")[0].text_content().strip() == "Resettlement in Borland 2016"


def test_a_document_is_cited_as_a_whole(client: FlaskClient, borland):
    (item,) = json.loads(client.get(f"/documents/{borland}/cite.json").text)
    assert item["title"] == "Resettlement in Borland 2016"
    assert "page" not in item


@pytest.mark.parametrize("part", ["passages/{id}-0", "documents/{id}"])
def test_formats_that_are_none_are_not_there(client: FlaskClient, borland, part):
    assert client.get(f"/{part.format(id=borland)}/cite.doc").status_code == 404


def test_the_list_as_csv_has_a_row_a_result(client: FlaskClient):
    answer = client.get("/results.csv?q=ministers+who+fear+a+backlash")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["rank"] for row in rows] == [str(n + 1) for n in range(len(rows))]
    assert rows[0]["title"] == "Resettlement in Borland 2016"
    assert rows[0]["page"] == "2"


def test_the_list_as_xlsx_is_a_workbook(client: FlaskClient):
    answer = client.get("/results.xlsx?q=ministers+who+fear+a+backlash")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "Resettlement in Borland 2016" in strings


def test_the_list_as_citations_has_one_a_document_and_leads_back_to_each_quote(
    client: FlaskClient, look
):
    query = "q=agencies+and+the+resettlement+of+refugees"
    shown = look(f"/?{query}").xpath("//li[@class='result']")
    documents = {result.xpath(".//h2/a/@href")[0] for result in shown}
    assert len(documents) < len(shown)
    assert client.get(f"/results.ris?{query}").text.count("ER  - ") == len(documents)
    assert client.get(f"/results.bib?{query}").text.count("\n}\n") == len(documents)
    items = json.loads(client.get(f"/results.json?{query}").text)
    assert {f"/documents/{item['id']}" for item in items} == documents
    notes = [line for item in items for line in item["note"].splitlines()]
    links = [link(result, "Lasting link to this passage") for result in shown]
    assert sorted(note.split("[http://localhost")[1] for note in notes) == sorted(
        f"{address}]" for address in links
    )


def test_the_list_needs_a_search_and_a_known_format(client: FlaskClient):
    assert client.get("/results.csv").status_code == 400
    assert client.get("/results.pdf?q=rent").status_code == 404


def test_the_list_on_the_page_is_the_list_in_the_file(look):
    page = look(VOTE + "&kind=report")
    address = urlsplit(link(page, "CSV"))
    assert address.path == "/results.csv"
    assert parse_qs(address.query) == {"q": ["ministers who fear a backlash"], "kind": ["report"]}


def test_a_formula_in_a_title_reaches_no_spreadsheet_as_one(empty_library: Library, tmp_path):
    file = tmp_path / "sum.txt"
    file.write_text("Twinning between the agencies worked well for both.", encoding="utf-8")
    list(build.add(empty_library, [file], Metadata(title="=HYPERLINK(1)")))
    answer = create_app(empty_library).test_client().get("/results.csv?q=twinning")
    (row,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
    assert row["title"] == "'=HYPERLINK(1)"
