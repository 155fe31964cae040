"""The form of a document's details: what was left as it stood, authors, cells of spreadsheets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from index import build
from index.rows.records import StoredDocument
from web.curate.fields import FieldsError, metadata_of_form


@pytest.fixture
def minutes(desk, tmp_path: Path) -> StoredDocument:
    """A document of JSON lines, in which anything may stand for a link."""
    line = {"id": "m", "title": "Minutes", "text": "Two mentors came.", "url": "www.a.example/m"}
    (tmp_path / "lines.jsonl").write_text(json.dumps(line), "utf-8")
    list(build.add(desk.library, [tmp_path / "lines.jsonl"]))
    with desk.library.catalog() as catalog:
        (found,) = [d for d in catalog.documents() if d.source_id == "m"]
    return found


def sent_back(page: html.HtmlElement, **typed: str) -> dict[str, str]:
    """The form of the details as a browser sends it, with what was typed in place of its own."""
    (form,) = page.xpath("//form[.//input[@name='title']]")
    return {name: value or "" for name, value in form.fields.items()} | typed


def test_a_link_of_long_ago_keeps_no_title_from_being_mended(desk, minutes) -> None:
    address = f"/curate/documents/{minutes.document_id}"
    page = desk.look(address)
    (link,) = page.xpath("//input[@name='url']")
    assert link.get("type") is None  # as a link, a browser would send nothing of the form
    said = page.xpath(f"string(//*[@id='{link.get('aria-describedby')}'])")
    assert said == (
        "To correct: an address that begins with https:// or http://, without blanks; or nothing."
    )
    answer = desk.send(address, **sent_back(page, title="Minutes of May"))
    assert answer.status_code == 303
    with desk.library.catalog() as catalog:
        meta = catalog.document(minutes.document_id).metadata
    assert (meta.title, meta.url) == ("Minutes of May", "www.a.example/m")
    told = desk.look(f"/documents/{minutes.document_id}").xpath("string(//*[@class='done'])")
    assert told == "The details are saved. Still to correct: the link."


def test_another_link_that_is_none_is_refused_and_the_rest_stays_typed(desk, minutes) -> None:
    address = f"/curate/documents/{minutes.document_id}"
    typed = sent_back(desk.look(address), title="Minutes of May", url="www.b.example")
    answer = desk.send(address, **typed)
    assert answer.status_code == 400
    page = html.fromstring(answer.text)
    assert page.xpath("//input[@id='title']/@value") == ["Minutes of May"]
    assert "Not saved: an address" in page.xpath("string(//*[@id='wrong-url'])")
    typed |= {"url": "https://b.example", "year": "19"}
    page = html.fromstring(desk.send(address, **typed).text)
    assert page.xpath("//*[starts-with(@id, 'wrong-')]/@id") == ["wrong-year"]
    page = desk.look(address)
    typed = sent_back(page, title="Minutes of May", url="https://b.example")
    mended = desk.send(address, **typed)
    assert mended.status_code == 303
    page = desk.look(f"/documents/{minutes.document_id}")
    assert page.xpath("string(//*[@class='done'])") == "The details are saved."
    with desk.library.catalog() as catalog:
        meta = catalog.document(minutes.document_id).metadata
    assert (meta.title, meta.url) == ("Minutes of May", "https://b.example")


def test_a_draft_with_a_link_that_is_none_is_published(desk, tmp_path: Path) -> None:
    note = "---\ntitle: Notes\nurl: www.a.example\n---\nTwo mentors came for a year.\n"
    (tmp_path / "notes.md").write_text(note, "utf-8")
    desk.upload(tmp_path / "notes.md")
    desk.work()
    draft = desk.draft_of("notes.md")
    page = desk.look(f"/curate/drafts/{draft}")
    assert "To correct: an address" in page.xpath("string(//*[@id='wrong-url'])")
    answer = desk.send(f"/curate/drafts/{draft}", **sent_back(page, year="2019", do="publish"))
    assert answer.status_code == 303
    told = desk.look("/curate/").xpath("string(//*[@class='done'])")
    assert told == "Notes is being published. Still to correct: the link."
    assert [job.state for job in desk.work()] == ["done"]


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Smith, J.\r\nDoe, A.\r\n", ("Smith, J.", "Doe, A.")),
        ("Smith, J.; Doe, A.;", ("Smith, J.", "Doe, A.")),
        ("Smith, J., Doe, A.", ("Smith, J., Doe, A.",)),
        ("Ministry of Justice and Security", ("Ministry of Justice and Security",)),
        (" ;\n", ()),
    ],
)
def test_line_ends_and_semicolons_part_authors_and_nothing_else(
    typed: str, authors: tuple[str, ...]
) -> None:
    assert metadata_of_form({"title": "A", "authors": typed}).authors == authors


def test_names_with_a_comma_of_their_own_are_told_apart(desk, minutes) -> None:
    address = f"/curate/documents/{minutes.document_id}"
    shown = []
    for typed in ("Smith, J.\nDoe, A.", "J. Smith\nA. Doe"):
        desk.send(address, **sent_back(desk.look(address), authors=typed))
        here, listed = (
            desk.look(f"/documents/{minutes.document_id}"),
            desk.look("/documents?view=cards"),
        )
        shown.append(here.xpath("string(//*[@class='where']/span[1])"))
        shown.append(listed.xpath("string(//li[h2[contains(., 'Minutes')]]/p/span[1])"))
    assert shown == ["Smith, J.; Doe, A."] * 2 + ["J. Smith, A. Doe"] * 2


def test_a_guess_that_is_called_uncertain_stands_out(desk, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Two mentors came for a year.\n", "utf-8")
    desk.upload(tmp_path / "notes.txt")
    desk.work()
    page = desk.look(f"/curate/drafts/{desk.draft_of('notes.txt')}")
    (about,) = page.xpath("//*[@id='about-title']")
    assert (about.text_content(), about.get("class")) == ("file name, a mere guess", "warn")


def test_the_rule_for_authors_stands_at_their_field(desk, minutes) -> None:
    page = desk.look(f"/curate/documents/{minutes.document_id}")
    assert page.xpath("string(//label[@for='authors'])") == "Authors, one per line"
    assert page.xpath("//*[@id='authors']/@aria-describedby") == ["rule-authors"]
    assert "Or separated by semicolons," in page.xpath("string(//*[@id='rule-authors'])")


@pytest.mark.parametrize(
    ("field", "typed", "cell"),
    [
        ("title", "#NAME?", "#NAME?"),
        ("title", "#ref! ", "#ref!"),
        ("publisher", "#BEZUG!", "#BEZUG!"),
        ("authors", "Roe\n#N/A", "#N/A"),
        ("title", "########", "########"),
    ],
)
def test_what_a_spreadsheet_wrote_for_a_failing_formula_is_refused(
    field: str, typed: str, cell: str
) -> None:
    with pytest.raises(FieldsError) as told:
        metadata_of_form({"title": "A", field: typed})
    said = f"“{cell}” is what a spreadsheet writes for a formula that fails."
    assert told.value.wrong == {field: said}
    assert metadata_of_form({"title": "#WithRefugees!"}).title == "#WithRefugees!"
