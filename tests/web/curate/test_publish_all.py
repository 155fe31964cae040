"""All drafts published at once, after a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from index.rows import database, shelf


def drafts(desk) -> set[str]:
    with desk.library.catalog() as catalog:
        return {one.document_id for one in shelf.listing(catalog.connection)}


def pressed(page: html.HtmlElement, words: str) -> tuple[str, dict[str, object]]:
    """The address and the fields that a browser sends when a button is pressed."""
    (button,) = [b for b in page.xpath("//main//button") if (b.text or "").startswith(words)]
    (form,) = button.xpath("ancestor::form")
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    if button.get("name"):
        fields[button.get("name")] = [button.get("value")]
    fields.pop("token")
    return button.get("formaction") or form.action, dict(fields)


def test_all_are_published_after_a_question_that_names_them(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    before = drafts(desk)
    address, fields = pressed(desk.look("/curate/"), "Publish all 2")
    page = html.fromstring(desk.send(address, **fields).text)
    assert page.xpath("string(//h1)") == "Publish 2 drafts?"
    assert page.xpath("string(//title)") == "Publish 2 drafts – Waymark"
    listed = sorted(item.text_content() for item in page.xpath("//main//li"))
    assert listed == ["market market.txt", "twinning twinning.txt"]
    assert "All of them get" not in page.text_content()
    assert page.xpath("//main//a[text()='Cancel']/@href") == ["/curate/"]
    assert (desk.work(), drafts(desk)) == ([], before)

    desk.upload(files / "norland.pdf")  # nobody was asked about this one
    desk.work()
    address, fields = pressed(page, "Publish 2 drafts")
    assert desk.send(address, **fields).status_code == 303
    assert "Publishing 2 of 2." in desk.look("/curate/").text_content()
    assert {job.subject for job in desk.work()} == before
    assert drafts(desk) == {desk.draft_of("norland.pdf")}


def test_the_question_keeps_what_is_typed_for_all_and_says_what_is_unsure(
    desk, files: Path
) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    with desk.library.catalog() as catalog, database.note(catalog.connection):
        catalog.connection.execute(
            "UPDATE shelf SET metadata = json_set(metadata, '$.year', 2008),"
            " guesses = json_set(guesses, '$.year', json_array(2008, 'file name', 0.5))"
            " WHERE file_name = 'market.txt'"
        )
    address, fields = pressed(desk.look("/curate/"), "Publish all 2")
    typed = {"publisher": "Norland <b>", "kind": "brief"}
    page = html.fromstring(desk.send(address, **(fields | typed)).text)
    assert "All of them get: publisher Norland <b>, kind brief." in page.text_content()
    listed = sorted(item.text_content() for item in page.xpath("//main//li"))
    assert listed == ["market (2008) market.txt year uncertain", "twinning twinning.txt"]
    address, fields = pressed(page, "Publish 2 drafts")
    desk.send(address, **fields)
    desk.work()
    with desk.library.catalog() as catalog:
        made = [d.metadata for d in catalog.documents() if d.metadata.publisher]
    assert {(meta.publisher, meta.kind) for meta in made} == {("Norland <b>", "brief")}
    assert len(made) == 2


def test_what_is_wrong_for_all_is_said_before_the_question(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    address, fields = pressed(desk.look("/curate/"), "Publish all 2")
    answer = desk.send(address, **(fields | {"kind": "novel"}))
    assert answer.status_code == 400
    assert "Nothing was published: 1 field to correct." in answer.text


def test_a_question_about_drafts_that_are_gone_meanwhile_says_so(desk) -> None:
    page = html.fromstring(desk.send("/curate/drafts/publish", shown="0" * 16, all="1").text)
    assert page.xpath("string(//h1)") == "Nothing is left to publish"


def test_a_question_leaves_out_what_is_on_its_way(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    address, fields = pressed(desk.look("/curate/"), "Publish all 2")
    desk.send("/curate/drafts/publish", draft=desk.draft_of("market.txt"))
    page = html.fromstring(desk.send(address, **fields).text)
    listed = [item.text_content() for item in page.xpath("//main//li")]
    assert listed == ["twinning twinning.txt"]


@pytest.mark.parametrize("count", [0, 201])
def test_no_question_is_asked_that_cannot_be_followed(desk, count: int) -> None:
    answer = desk.send("/curate/drafts/publish", shown=["0" * 16] * count, all="1")
    assert answer.status_code == 400
    assert "Nothing was published: choose 1 to 200 drafts." in answer.text


def test_of_more_than_go_at_once_the_first_are_published(desk, files: Path, monkeypatch) -> None:
    monkeypatch.setattr("web.curate.desk._MOST_AT_ONCE", 2)
    desk.upload(files / "twinning.txt", files / "market.txt", files / "norland.pdf")
    desk.work()
    page = desk.look("/curate/")
    assert [b.text for b in page.xpath("//button[@name='all']")] == [
        "Fill in for the first 2",
        "Publish the first 2",
    ]
    first = page.xpath("//table//input[@name='draft']/@value")[:2]
    address, fields = pressed(page, "Publish the first")
    question = html.fromstring(desk.send(address, **fields).text)
    assert question.xpath("string(//h1)") == "Publish 2 drafts?"
    assert question.xpath("//input[@name='shown']/@value") == first
