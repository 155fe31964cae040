"""The documents page, its cards, and collections as curators change and readers see them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lxml import html

from index.derived.columns import Columns, DocumentFacts
from index.kept import collected
from index.rows.records import StoredDocument
from ingest.records import Metadata
from web.readers.listing import has_words, main_labels


@pytest.fixture
def ids(desk) -> dict[str, str]:
    with desk.library.catalog() as catalog:
        return {one.file_name: one.document_id for one in catalog.documents()}


def titles(page) -> list[str]:
    return page.xpath("//main//*[self::th or self::h2]/a/bdi/text()")


BY_TITLE = ["Evaluation of study visits", "Harbour notes 2011", "Resettlement in Borland 2016"]


def test_a_list_and_cards_say_the_same(look) -> None:
    as_list, as_cards = look("/documents"), look("/documents?view=cards")
    assert titles(as_list) == titles(as_cards) == BY_TITLE
    assert len(as_cards.xpath("//ul[@class='cards']/li")) == 3
    assert not as_list.xpath("//ul[@class='cards']")
    for page in (as_list, as_cards):
        assert "3 of 3 documents, 5 pages" in page.xpath("string(//p[@class='size'])")
    assert look("/documents?view=rubbish").xpath("//table")


def test_a_name_is_found_however_its_accents_and_points_are_written() -> None:
    def says(title: str, words: str) -> bool:
        meta = Metadata(title=title)
        return has_words(StoredDocument("k", "f", "a.pdf", "", meta, "2024", 1, 1, 0), words)

    assert says("R\u00e9union 2011", "re\u0301union")
    assert says("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd")
    assert not says("Reunion 2011", "visits")


def test_all_state_is_in_the_address(look) -> None:
    page = look("/documents?find=resettlement&sort=longest&view=cards")
    assert titles(page) == ["Resettlement in Borland 2016"]
    other = page.xpath("string(//a[.='As a list']/@href)")
    assert set(other.partition("?")[2].split("&")) == {
        "find=resettlement",
        "sort=longest",
        "view=list",
    }
    assert page.xpath("//a[@aria-current='true']/text()") == ["As cards"]
    assert page.xpath("//form//input[@name='view']/@value") == ["cards"]
    assert page.xpath("//select[@name='sort']/option[@selected]/@value") == ["longest"]


def test_the_newest_comes_first(desk, ids) -> None:
    for name, year in (("weather.pdf", "2011"), ("borland.pdf", "2016"), ("visits.pdf", "2013")):
        title = f"From {year}"
        assert desk.send(f"/curate/documents/{ids[name]}", title=title, year=year).status_code
    assert titles(desk.look("/documents?sort=newest&view=cards")) == [
        "From 2016",
        "From 2013",
        "From 2011",
    ]


def test_an_author_who_publishes_is_named_once(desk, ids) -> None:
    form = {"title": "Ours", "authors": "Borland Press\nA. Able", "publisher": "Borland Press"}
    assert desk.send(f"/curate/documents/{ids['borland.pdf']}", **form).status_code == 303
    for address in ("/documents?view=cards", f"/documents/{ids['borland.pdf']}"):
        named = desk.look(address).xpath("//p[@class='where'][contains(., 'Borland')]/span/bdi")
        assert [one.text for one in named][:2] == ["A. Able", "Borland Press"], address


def test_a_card_names_what_most_passages_speak_of() -> None:
    facts = [DocumentFacts(name, name, None, "", "", "", "") for name in ("a", "b", "c")]
    carries = np.array([[0, 1, 1], [0, 1, 0], [1, 0, 1], [0, 0, 0], [1, 0, 0]], dtype=np.bool_)
    read = Columns(
        generation=1,
        documents=tuple(facts),
        labels=("x", "y", "z"),
        numbers=np.arange(5),
        places=np.array([0, 0, 0, 1, 1], dtype=np.int32),
        carries=carries,
        probabilities=carries.astype(np.float32),
    )
    assert main_labels(read, 2) == {"a": ["y", "z"], "b": ["x"], "c": []}


def test_an_empty_list_says_what_to_try(look) -> None:
    page = look("/documents?find=moon&view=cards")
    assert "No document has “moon” in its title" in page.text_content()
    assert page.xpath("//main//a[.='search in the texts']/@href") == ["/?q=moon"]


def test_a_collection_is_made_filled_and_seen_by_readers(desk, ids) -> None:
    made = desk.send("/curate/collections", title="  Twinning   reports ")
    assert made.status_code == 303
    page = desk.look(made.location)
    (address,) = page.xpath("//a[bdi='Twinning reports']/@href")
    number = address.rpartition("=")[2]
    remove = f"/curate/collections/{number}/remove"
    assert desk.look(remove).xpath("string(//main/p[not(@class)])") == "No document is in it."
    placed = desk.send(f"/curate/documents/{ids['borland.pdf']}/collections", collection=number)
    told = desk.look(remove).xpath("string(//main/p[not(@class)])")
    assert told == "Its 1 document stays in the library."
    assert placed.status_code == 303
    own = desk.look(f"/documents/{ids['borland.pdf']}")
    assert own.xpath(f"//input[@name='collection' and @value='{number}']/@checked")

    reader = desk.client.application.test_client()
    assert "Twinning reports" in reader.get(f"/documents/{ids['borland.pdf']}").text
    assert (
        "/curate/"
        not in reader.get(f"/documents/{ids['borland.pdf']}").text.partition("<footer")[0]
    )
    assert "Twinning reports" in reader.get("/documents").text
    page = desk.look(f"/documents?collection={number}")
    assert titles(page) == ["Resettlement in Borland 2016"]
    assert page.xpath("//select[@name='collection']/option[@selected]/@value") == [number]
    page = desk.look(f"/documents?collection={number}&find=harbour")
    assert "No document of this collection has “harbour”" in page.text_content()

    desk.send(f"/curate/documents/{ids['borland.pdf']}/collections", shown=number)
    assert (
        "There is no document in this collection"
        in desk.look(f"/documents?collection={number}").text_content()
    )


def test_the_documents_of_a_collection_are_asked_alone(desk, ids, monkeypatch) -> None:
    made = collected.make(desk.library, "Twinning", "anna")
    two = sorted([ids["borland.pdf"], ids["visits.pdf"]])
    collected.put(desk.library, made.collection_id, two, "anna")
    address = f"/documents?collection={made.collection_id}"
    (form,) = desk.look(address).xpath("//form[@role='search']")
    assert form.xpath("string(.//label)") == "Ask these documents"
    assert sorted(form.xpath(".//input[@name='document']/@value")) == two
    query = "&".join(f"document={name}" for name in form.xpath(".//input[@name='document']/@value"))
    asked = desk.look(f"{form.get('action')}?{query}&q=notes+of+the+harbour")
    found = set(asked.xpath("//li[@class='result']/h2/a/@href"))
    assert found <= {f"/documents/{name}" for name in two}
    # What is sifted by words is asked too; the whole library has a page for it, nothing has none.
    one = desk.look("/documents?find=harbour").xpath("//form[@role='search']//label/text()")
    assert one == ["Ask this document"]
    for other in ("/documents", "/documents?find=zzz"):
        assert not desk.look(other).xpath("//form[@role='search']")
    monkeypatch.setattr("web.context.parameters.MOST_VALUES", 1)
    page = desk.look(address)
    assert not page.xpath("//form[@role='search']")
    assert "At most 1 document can be asked together" in page.text_content()


def test_a_collection_is_renamed_and_removed_after_a_question(desk, ids) -> None:
    made = collected.make(desk.library, "Twinning", "anna")
    collected.put(desk.library, made.collection_id, [ids["borland.pdf"]], "anna")
    address = f"/curate/collections/{made.collection_id}"
    assert desk.send(f"{address}/rename", title="Mentoring").status_code == 303
    assert "Mentoring" in desk.look("/documents").text_content()
    assert "stays in the library" in desk.look(f"{address}/remove").text_content()
    assert "Mentoring" in desk.look("/documents").text_content()
    removed = desk.send(f"{address}/remove")
    assert "The collection Mentoring has been removed" in desk.look(removed.location).text_content()
    assert "Mentoring" not in desk.look("/documents").text_content()
    assert desk.client.get(f"/documents/{ids['borland.pdf']}").status_code == 200
    for gone in (f"{address}/rename", f"{address}/remove"):
        assert desk.send(gone, title="x").status_code == 404
    assert desk.client.get(f"{address}/remove").status_code == 404
    assert desk.client.get(f"/documents?collection={made.collection_id}").status_code == 404


def test_what_cannot_be_done_to_a_collection_is_said(desk, ids) -> None:
    one = collected.make(desk.library, "One", "anna")
    two = collected.make(desk.library, "Two", "anna")
    address = f"/curate/collections/{two.collection_id}/rename"
    for form, field in (("/curate/collections", "title"), (address, f"name-{two.collection_id}")):
        for title, said in (
            ("oNE", "named One already"),
            (" ", "needs a name"),
            ("x" * 101, "101"),
        ):
            refused = desk.send(form, title=title)
            assert refused.status_code == 400
            page = html.fromstring(refused.text)
            (wrong,) = page.xpath("//input[@aria-invalid='true']")
            assert (wrong.get("id"), wrong.get("value")) == (field, title)
            assert said in page.get_element_by_id(wrong.get("aria-describedby")).text_content()
            assert all(one.get("open") is not None for one in wrong.xpath("ancestor::details"))
    assert desk.send(address, title="two").status_code == 303
    place = f"/curate/documents/{ids['borland.pdf']}/collections"
    both = [str(one.collection_id), "999"]
    assert desk.send(place, collection=both).status_code == 404
    assert desk.send(place, collection="x").status_code == 400
    none = desk.send("/curate/documents/none/collections", collection=str(one.collection_id))
    assert none.status_code == 404
    with desk.library.catalog() as catalog:
        assert collected.of_document(catalog.connection, ids["borland.pdf"]) == []
        names = [found.name for found in collected.collections(catalog.connection)]
    assert names == ["One", "two"]


@pytest.mark.parametrize("number", ["x", "-1", "1e3", "9" * 30])
def test_a_collection_that_is_no_number_is_refused(look, number) -> None:
    look(f"/documents?collection={number}", 400)


def test_a_new_version_is_where_the_old_one_was(desk, ids, tmp_path: Path) -> None:
    old = ids["borland.pdf"]
    made = collected.make(desk.library, "Twinning", "anna")
    collected.put(desk.library, made.collection_id, [old], "anna")
    (tmp_path / "second.txt").write_text("Arland twinned with Borland for a second year.", "utf-8")
    desk.upload(tmp_path / "second.txt")
    desk.work()
    draft = desk.draft_of("second.txt")
    form = {"title": "Borland, second edition", "do": "publish", "replaces": old}
    desk.send(f"/curate/drafts/{draft}", **form)
    desk.work()
    page = desk.look(f"/documents?collection={made.collection_id}")
    assert titles(page) == ["Borland, second edition"]
