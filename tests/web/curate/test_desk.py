"""A curator at the desk: uploads, drafts, publishing, tags, keeping house."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from fpdf import FPDF
from lxml import html
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from werkzeug.exceptions import BadRequest

from corpus import labelled
from index import build
from index.curating import bin, curators, drafted, erase, incoming, jobs, sweeping
from index.derived import views
from index.files import ocr
from index.learning import decisions, retrain
from index.rows import database
from index.rows import shelf as shelved
from index.rows.database import LibraryError
from web.curate import upload
from web.curate.fields import metadata_for_all, metadata_of_form

TITLE = "How Norland and Sudland twinned"


def outcomes(page) -> dict[str, str]:
    return {item.xpath("string(bdi)"): item.text_content() for item in page.xpath("//li[bdi]")}


def published(desk, name: str = "norland.pdf") -> str:
    """Publish the draft of a file; the document's id."""
    draft = desk.draft_of(name)
    form = {"title": "Norland and Sudland", "year": "2019", "do": "publish"}
    assert desk.send(f"/curate/drafts/{draft}", **form).status_code == 303
    (job,) = desk.work()
    assert job.state == "done", job.message
    return draft


# Upload


def test_each_file_is_taken_in_or_refused_on_its_own(desk, files: Path) -> None:
    answer = desk.upload(*(files / n for n in ("sheet.xls", "norland.pdf", "empty.pdf")))
    assert answer.status_code == 200
    said = outcomes(html.fromstring(answer.text))
    assert "waiting to be read" in said["norland.pdf"]
    assert said["sheet.xls"].startswith("sheet.xls: not accepted: no reader for this kind")
    assert "0 bytes" in said["empty.pdf"]
    again = outcomes(html.fromstring(desk.upload(files / "norland.pdf").text))
    assert again["norland.pdf"] == "norland.pdf: not accepted: it waits to be read already"


def test_what_is_there_already_is_named_once_with_the_way_to_it(
    drafting, borland: str, shelf: Path, files: Path
) -> None:
    draft = drafting.draft_of("norland.pdf")

    def refused(path: Path) -> tuple[str, list[str]]:
        (item,) = html.fromstring(drafting.upload(path).text).xpath(
            "//ul[@class='uploads']/li[bdi]"
        )
        return " ".join(item.text_content().split()), item.xpath(".//a/@href")

    assert refused(files / "norland.pdf") == (
        "norland.pdf: not accepted: it is there already: it is a draft View it",
        [f"/curate/drafts/{draft}"],
    )
    said, address = refused(shelf / "borland.pdf")
    assert "not accepted: it is in the library already" in said
    assert address == [f"/documents/{borland}"]
    drafting.send(f"/curate/documents/{borland}/withdraw")
    assert refused(shelf / "borland.pdf")[1] == ["/curate/bin"]
    assert refused(files / "empty.pdf")[1] == []


def test_no_file_chosen_is_said_so(desk) -> None:
    answer = desk.send("/curate/upload", files=(io.BytesIO(b""), ""))
    assert "No file was chosen." in answer.text


def test_the_script_is_answered_in_json(desk, files: Path) -> None:
    body = {"files": (io.BytesIO((files / "norland.pdf").read_bytes()), "norland.pdf")}
    headers = {"X-Waymark-Token": desk.token()}
    answer = desk.client.post("/curate/upload", data=body, headers=headers)
    (one,) = answer.get_json()["files"]
    assert one["name"] == "norland.pdf"
    assert one["job"] > 0


def test_a_file_beyond_the_limit_is_refused_and_the_next_is_read(
    desk, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "large.txt").write_bytes(b"x" * 200_000)
    monkeypatch.setattr(incoming, "LARGEST_BYTES", 100_000)
    answer = desk.upload(files / "large.txt", files / "market.txt")
    said = outcomes(html.fromstring(answer.text))
    assert "larger than" in said["large.txt"]
    assert "waiting to be read" in said["market.txt"]


def test_all_together_have_a_limit_too(desk, files: Path, monkeypatch) -> None:
    monkeypatch.setattr(upload, "LARGEST_UPLOAD", 1000)
    answer = desk.upload(files / "norland.pdf")
    assert answer.status_code == 413
    assert desk.work() == []


def test_what_failed_is_named_and_can_be_tried_again(desk, files: Path) -> None:
    desk.upload(files / "broken.pdf", files / "norland.pdf")
    ended = {job.name: job for job in desk.work()}
    assert ended["norland.pdf"].state == "done"
    assert ended["broken.pdf"].state == "failed"
    page = desk.look("/curate/")
    (failed,) = page.xpath("//li[.//span[@class='warn'][starts-with(., 'failed')]]")
    assert "broken.pdf" in failed.text_content()
    desk.send(f"/curate/jobs/{ended['broken.pdf'].job_id}/retry")
    (again,) = desk.work()
    assert (again.name, again.state) == ("broken.pdf", "failed")
    done = desk.send(f"/curate/jobs/{ended['norland.pdf'].job_id}/retry")
    assert done.status_code == 409


def test_a_job_can_be_cancelled(desk, files: Path) -> None:
    desk.upload(files / "norland.pdf")
    page = desk.look("/curate/")
    (action,) = page.xpath("//section[@id='jobs']//form/@action")
    desk.send(action)
    assert desk.work() == []
    with desk.library.catalog() as catalog:
        assert [job.state for job in jobs.recent(catalog.connection)] == ["cancelled"]
    assert desk.send("/curate/jobs/999/cancel").status_code == 404


# Drafts


def test_a_draft_shows_what_was_read_and_what_is_guessed(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    page = drafting.look(f"/curate/drafts/{draft}")
    assert page.xpath("//input[@id='title']/@value") == [TITLE]
    assert "PDF metadata" in page.xpath("string(//*[@id='about-title'])")
    assert len(page.xpath("//ul[@class='sheets']/li")) == 2
    assert page.xpath("//section[@aria-labelledby='tags']//strong/text()")
    picture = drafting.client.get(f"/curate/drafts/{draft}/pages/1.png")
    assert picture.mimetype == "image/png"
    assert drafting.client.get(f"/curate/drafts/{draft}/pages/3.png").status_code == 404
    page = drafting.look(f"/curate/drafts/{draft}/pages/1")
    assert page.xpath("string(//title)") == f"Page 1 of the draft {TITLE} – Waymark"
    assert "twinned" in page.text_content()
    assert drafting.client.get(f"/curate/drafts/{draft}/pages/9").status_code == 404


def test_nobody_but_curators_sees_a_draft(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    reader = drafting.client.application.test_client()
    for end in ("", "/pages/1", "/pages/1.png"):
        assert reader.get(f"/curate/drafts/{draft}{end}").status_code == 303
    for address in (f"/documents/{draft}", f"/passages/{draft}-0", f"/documents/{draft}/file"):
        assert reader.get(address).status_code == 404
    found = reader.get("/api/v1/search?q=agency of Norland twinned with Sudland").get_json()
    assert draft not in {result["document_id"] for result in found["results"]}


def test_details_are_put_right_and_kept(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    form = {"title": "Norland & <b>", "authors": "A. Able\nB. Baker; C. Cook", "year": "2019"}
    drafting.send(f"/curate/drafts/{draft}", **form)
    page = drafting.look(f"/curate/drafts/{draft}")
    assert page.xpath("//input[@id='title']/@value") == ["Norland & <b>"]
    assert page.xpath("string(//textarea)").split("\n") == ["A. Able", "B. Baker", "C. Cook"]
    assert page.xpath("string(//*[@id='about-year'])") == "corrected"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 1001},
        {"year": "19"},
        {"year": "2a19"},
        {"year": "9999"},
        {"language": "englisch"},
        {"kind": "novel"},
        {"url": "javascript:alert(1)"},
        {"url": "ftp://a.example/"},
        {"url": "www.a.example/a.pdf"},
        {"url": "https://a.example/a b.pdf"},
    ],
)
def test_a_field_that_breaks_the_rules_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(BadRequest) as told:
        metadata_of_form({"title": "Another"} | wrong)
    assert (told.value.description or "").startswith(next(iter(wrong)))


def test_a_wrong_field_changes_nothing(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    for wrong in ({"year": "19"}, {"do": "destroy"}):
        answer = drafting.send(f"/curate/drafts/{draft}", **({"title": "Another"} | wrong))
        assert answer.status_code == 400
    page = drafting.look(f"/curate/drafts/{draft}")
    assert page.xpath("//input[@id='title']/@value") == [TITLE]


def test_a_wrong_field_brings_the_form_again_as_it_was_typed(drafting, borland) -> None:
    draft = drafting.draft_of("norland.pdf")
    typed = {"title": "By hand", "authors": "A. Able\nB. Baker", "year": "3022", "kind": "brief"}
    wrong = typed | {"url": "ftp://a.example/"}
    addresses = (f"/curate/drafts/{draft}", f"/curate/documents/{borland}")
    for address, more in zip(addresses, ({"do": "publish", "replaces": borland}, {}), strict=True):
        answer = drafting.send(address, **(wrong | more))
        assert answer.status_code == 400
        page = html.fromstring(answer.text)
        for name in ("title", "year", "url"):
            assert page.xpath(f"//input[@id='{name}']/@value") == [wrong[name]]
        assert page.xpath("string(//textarea)") == wrong["authors"]
        assert page.xpath("//select[@id='kind']/option[@selected]/text()") == ["brief"]
        (year,) = page.xpath("//input[@id='year']")
        assert (year.get("aria-invalid"), year.get("min"), year.get("max")) == (
            "true",
            "1800",
            "2100",
        )
        assert year.get("aria-describedby").split()[0] == "wrong-year"
        assert "1800 to 2100" in page.xpath("string(//*[@id='wrong-year'])")
        assert "https://" in page.xpath("string(//*[@id='wrong-url'])")
        assert not page.xpath("//*[@id='wrong-title'] | //input[@id='title']/@aria-invalid")
        if more:
            assert page.xpath("//select[@id='replaces']/option[@selected]/@value") == [borland]
    assert drafting.look(addresses[0]).xpath("//input[@id='title']/@value") == [TITLE]
    assert not drafting.look(addresses[1]).xpath("//*[@aria-invalid] | //*[@role='alert']")


def test_fields_are_read_as_they_are_typed() -> None:
    form = {"title": " A  title ", "year": "2019", "language": "EN", "kind": "brief", "url": ""}
    meta = metadata_of_form(form)
    assert (meta.title, meta.year, meta.language, meta.kind) == ("A title", 2019, "en", "brief")
    assert (meta.authors, meta.publisher, meta.url) == ((), "", "")


@pytest.mark.parametrize(
    ("typed", "kept"), [("German", "de"), (" swedish ", "sv"), ("DE", "de"), ("et", "et"), ("", "")]
)
def test_a_language_is_typed_by_its_name_or_its_code(typed: str, kept: str) -> None:
    assert metadata_of_form({"title": "A title", "language": typed}).language == kept
    assert metadata_for_all({"language": typed}).language == kept


def test_a_likely_duplicate_is_shown_beside_it(desk, shelf: Path, tmp_path: Path) -> None:
    writer = PdfWriter()
    for page in PdfReader(shelf / "borland.pdf").pages:
        writer.add_page(page)
    writer.add_metadata({"/Title": "Borland again"})
    writer.write(tmp_path / "again.pdf")
    desk.upload(tmp_path / "again.pdf")
    desk.work()
    page = desk.look(f"/curate/drafts/{desk.draft_of('again.pdf')}")
    (table,) = page.xpath("//table[@class='compare']")
    assert "Resettlement in Borland 2016" in table.text_content()
    said = {
        row.xpath("string(th)"): row.xpath("td")[-1].text_content()
        for row in table.xpath(".//tbody/tr")
    }
    names = {"Title", "Authors", "Publisher", "Year", "Language", "Kind", "Link", "Pages", "File"}
    assert names < said.keys()
    assert (said["Year"], said["Language"], said["Link"]) == ("2016", "English", "")
    assert "borland.pdf" in table.text_content()


def test_the_desk_says_what_a_draft_looks_like_and_that_its_year_is_a_guess(
    desk, borland: str, shelf: Path, files: Path, make_pdf
) -> None:
    writer = PdfWriter()
    for page in PdfReader(shelf / "borland.pdf").pages:
        writer.add_page(page)
    writer.add_metadata({"/Title": "Borland again"})
    writer.write(files / "again.pdf")
    make_pdf(files / "fair 1999.pdf", [("The fair", "Nobody sold a cow at the fair.")])
    desk.upload(files / "again.pdf", files / "fair 1999.pdf", files / "twinning.txt")
    desk.work()
    found = desk.look("/curate/").xpath("//table[contains(@class, 'drafts')]/tbody/tr")
    rows = {row.xpath("string(td[last()])"): row for row in found}
    twin = rows["again.pdf"].xpath("string(.//*[contains(@class, 'twin')])")
    assert twin == (
        "looks like Resettlement in Borland 2016 (in the library): same text, 100 % of it"
    )
    assert rows["fair 1999.pdf"].xpath("string(td[2])") == "1999 uncertain"
    assert not rows["twinning.txt"].xpath(".//*[contains(@class, 'warn')]")

    address = f"/curate/drafts/{rows['fair 1999.pdf'].xpath('.//input/@value')[0]}"
    form = desk.look(address).xpath("//form[@class='stack']")[0]
    looked_at = {n: v for n, v in form.form_values() if n != "token"}
    assert desk.send(address, **looked_at).status_code == 303
    assert desk.look(address).xpath("string(//*[@id='about-year'])") == "confirmed"
    assert "uncertain" not in desk.look("/curate/").text_content()
    desk.send(address, title="The fair", year="2001")
    assert "uncertain" not in desk.look("/curate/").text_content()


def test_a_draft_offers_what_it_looks_like_as_its_old_version_first(
    desk, borland: str, shelf: Path, files: Path
) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(shelf / "borland.pdf").pages)
    (files / "again.txt").write_text(text, "utf-8")
    desk.upload(files / "again.txt", files / "twinning.txt")
    desk.work()

    def offered(name: str) -> html.HtmlElement:
        page = desk.look(f"/curate/drafts/{desk.draft_of(name)}")
        (select,) = page.xpath("//select[@id='replaces']")
        return select

    every = offered("twinning.txt").xpath("option/@value")  # nothing looks like it
    twins, others = offered("again.txt").xpath("optgroup")
    assert twins.get("label") == "Looks like this draft"
    assert twins.xpath("option/@value") == [borland]
    assert others.xpath("option/@value") == [name for name in every if name not in ("", borland)]
    assert borland in every[1:]


def test_a_publisher_is_typed_once_for_several_drafts(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt", files / "norland.pdf")
    desk.work()

    def known() -> list[tuple[str, str, str]]:
        names = ("twinning.txt", "market.txt", "norland.pdf")
        with desk.library.catalog() as catalog:
            drafts = [shelved.get(catalog.connection, desk.draft_of(name)) for name in names]
        return [(d.metadata.publisher, d.metadata.language, d.metadata.kind) for d in drafts]

    before = known()
    chosen = [desk.draft_of("twinning.txt"), desk.draft_of("market.txt")]
    none_given = desk.send("/curate/drafts/fill", draft=chosen)
    assert none_given.status_code == 400
    page = html.fromstring(none_given.text)
    said = "Nothing was changed: give a publisher, a language or a kind."
    assert said in page.xpath("string(//*[@role='alert'])")
    assert sorted(page.xpath("//input[@name='draft'][@checked]/@value")) == sorted(chosen)
    none_chosen = desk.send("/curate/drafts/fill", publisher="Norland")
    assert none_chosen.status_code == 400
    page = html.fromstring(none_chosen.text)
    assert "Nothing was changed: choose 1 to 200" in page.xpath("string(//*[@role='alert'])")
    assert page.xpath("//details[@class='same'][@open]//input[@name='publisher']/@value") == [
        "Norland"
    ]
    assert known() == before

    desk.send("/curate/drafts/fill", draft=[*chosen, "0" * 16], publisher=" Norland ", kind="brief")
    said = desk.look("/curate/").text_content()
    assert "Filled in 2 of 3." in said
    assert "one is no longer a draft" in said
    assert known() == [("Norland", b[1], "brief") for b in before[:2]] + before[2:]

    shown = desk.look("/curate/").xpath("//input[@name='shown']/@value")
    sure = {"shown": shown, "all": "1", "sure": "1"}
    desk.send("/curate/drafts/publish", **sure, publisher="Sudland", language="fr")
    assert [job.state for job in desk.work()] == ["done"] * 3
    with desk.library.catalog() as catalog:
        found = {d.document_id: d.metadata for d in catalog.documents()}
    assert {(found[name].publisher, found[name].language) for name in shown} == {("Sudland", "fr")}


@pytest.mark.parametrize("what", ["fill", "publish"])
def test_what_is_wrong_for_several_drafts_comes_back_as_it_was_typed(
    desk, files: Path, what: str
) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    form = desk.look("/curate/").xpath("//form[@action='/curate/drafts/publish']")[0]
    assert not form.xpath(".//details[@open] | .//*[@aria-invalid] | .//input[@checked]")
    chosen = desk.draft_of("twinning.txt")
    sent = desk.send(
        f"/curate/drafts/{what}", draft=chosen, publisher="Norland <b>", language="e", kind="novel"
    )
    assert sent.status_code == 400
    (form,) = html.fromstring(sent.text).xpath("//form[@action='/curate/drafts/publish']")
    ended = {"fill": "changed", "publish": "published"}[what]
    said = f"Nothing was {ended}: 2 fields to correct."
    assert said in form.xpath("string(.//details[@open])")
    fields = {one.get("name"): one for one in form.xpath(".//details//input | .//details//select")}
    assert (fields["publisher"].value, fields["language"].value) == ("Norland <b>", "e")
    assert {name for name, one in fields.items() if one.get("aria-invalid")} == {"language", "kind"}
    for name, said in (("language", "two letters"), ("kind", "one of report")):
        assert said in form.xpath(f"string(.//*[@id='{fields[name].get('aria-describedby')}'])")
    assert form.xpath(".//input[@checked]/@value") == [chosen]
    with desk.library.catalog() as catalog:
        draft = shelved.get(catalog.connection, chosen)
        assert (draft.state, draft.metadata.publisher) == (shelved.ShelfState.DRAFT, "")


def test_published_it_is_found(drafting) -> None:
    document = published(drafting)
    reader = drafting.client.application.test_client()
    assert "Norland and Sudland" in reader.get(f"/documents/{document}").text
    found = reader.get("/api/v1/search?q=agency of Norland twinned with Sudland").get_json()
    assert found["results"][0]["document_id"] == document
    assert found["results"][0]["title"] == "Norland and Sudland"
    gone = drafting.look(f"/curate/drafts/{document}", 410)
    assert "anna published this draft" in gone.text_content()
    assert gone.xpath("//main//a[@class='button']/@href") == [f"/curate/documents/{document}"]
    ended = "//*[@data-job]//a[@aria-label='View: Norland and Sudland']/@href"
    at_once = "//p[starts-with(., 'Last published:')]/a[.='Norland and Sudland']/@href"
    for way in (ended, at_once):
        assert drafting.look("/curate/").xpath(way) == [f"/documents/{document}"]
    bin.withdraw(drafting.library, document, "anna")
    for way in (ended, at_once):
        assert drafting.look("/curate/").xpath(way) == []
    drafting.look(f"/curate/drafts/{'0' * 16}", 404)


def test_drafts_are_gone_through_one_after_the_other(desk, files: Path) -> None:
    desk.upload(files / "norland.pdf", files / "twinning.txt", files / "market.txt")
    desk.work()
    first, second, third = desk.look("/curate/").xpath("//input[@name='draft']/@value")
    page = desk.look(f"/curate/drafts/{second}")
    assert "Draft 2 of 3" in page.text_content()
    assert page.xpath("//a[@rel='prev']/@href") == [f"/curate/drafts/{first}"]
    assert page.xpath("//a[@rel='next']/@href") == [f"/curate/drafts/{third}"]
    answer = desk.send(f"/curate/drafts/{first}", title="The first", do="next")
    assert answer.headers["Location"] == f"/curate/drafts/{second}"
    page = desk.look(f"/curate/drafts/{second}")
    assert "The first is being published." in page.text_content()
    # What is being published is passed over.
    assert "Draft 1 of 2" in page.text_content()
    assert "Choose all 2 drafts" in desk.look("/curate/").text_content()
    last = desk.look(f"/curate/drafts/{third}")
    assert not last.xpath("//button[@value='next']")
    answer = desk.send(f"/curate/drafts/{third}", title="The last", do="next")
    assert answer.headers["Location"] == "/curate/"
    desk.work()
    page = desk.look(f"/curate/drafts/{second}")
    assert "Draft 1 of" not in page.text_content()
    assert "Choose all" not in desk.look("/curate/").text_content()
    assert desk.send(f"/curate/drafts/{second}", title="It", do="skip").status_code == 400


def test_a_text_has_no_pages_at_the_desk(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt")
    desk.work()
    draft = desk.draft_of("twinning.txt")
    listed = desk.look("/curate/").xpath("//table[contains(@class, 'drafts')]")[0]
    (pages,) = listed.xpath(".//tbody//td[@data-unit][1]")
    assert not pages.text_content()
    for address in (f"/curate/drafts/{draft}", f"/curate/drafts/{draft}/pages/1"):
        said = desk.look(address).xpath("string(//main)") + desk.look(address).findtext(".//title")
        assert "twinning" in said
        assert not re.search(r"p\. 1|[Pp]age 1|1 page", said)
    drafted.publish(desk.library, draft, "anna")
    desk.work()
    review = desk.look(f"/curate/review?passage={draft}-0&label=mentoring")
    assert "passage 1" in review.xpath("string(//p[@class='where'])")


def test_drafts_that_look_alike_are_told_apart_by_their_files(desk, files: Path) -> None:
    (files / "again.txt").write_bytes((files / "twinning.txt").read_bytes() + b"\n")
    desk.upload(files / "twinning.txt", files / "again.txt")
    desk.work()
    page = desk.look(f"/curate/drafts/{desk.draft_of('again.txt')}")
    (table,) = page.xpath("//table[@class='compare']")
    (row,) = table.xpath(".//tr[th='File']")
    assert row.xpath("td//text()") == ["again.txt", "twinning.txt"]


def test_a_drafts_address_says_where_the_report_is_now(drafting) -> None:
    document = published(drafting)

    def says() -> str:
        return str(drafting.look(f"/curate/drafts/{document}", 410).xpath("string(//main)"))

    bin.withdraw(drafting.library, document, "ben")
    assert "ben withdrew it after it was published: it lies in the bin." in says()
    bin.restore(drafting.library, document, "carl")
    drafting.work()
    assert "carl put it back: it is in the library." in says()
    assert "bin" not in says()


def test_a_discarded_draft_that_was_added_is_in_the_library(drafting, files: Path) -> None:
    draft = drafting.draft_of("norland.pdf")
    erase.remove_shelved(drafting.library, draft, "anna")
    list(build.add(drafting.library, [files / "norland.pdf"]))
    said = drafting.look(f"/curate/drafts/{draft}", 410).xpath("string(//main)")
    assert "It is in the library." in said
    assert "discarded" not in said


def test_several_are_published_at_once(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    chosen = [desk.draft_of("twinning.txt"), desk.draft_of("market.txt"), "0" * 16]
    desk.send("/curate/drafts/publish", draft=chosen)
    said = desk.look("/curate/").text_content()
    assert "Publishing 2 of 3." in said
    assert "one is no longer a draft" in said
    assert [job.state for job in desk.work()] == ["done", "done"]


def test_publishing_none_of_the_drafts_shows_the_desk_again(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt")
    desk.work()
    for chosen in ([], ["0" * 16] * 201):
        answer = desk.send("/curate/drafts/publish", draft=chosen, kind="brief")
        assert answer.status_code == 400
        page = html.fromstring(answer.text)
        said = "Nothing was published: choose 1 to 200 drafts."
        assert said in page.xpath("string(//*[@role='alert'])")
        assert page.xpath("//select[@name='kind']/option[@selected]/text()") == ["brief"]
        assert not desk.look("/curate/").xpath("//*[@role='alert'] | //details[@open]")
    assert desk.work() == []


def test_a_read_file_leads_to_its_draft_or_to_all_of_them(desk, files: Path) -> None:
    lines = [f'{{"id": "{n}", "title": "{n}", "text": "Mentor {n} came."}}' for n in "abc"]
    (files / "lines.jsonl").write_text("\n".join(lines), "utf-8")
    desk.upload(files / "lines.jsonl", files / "market.txt")
    desk.work()
    found = desk.look("/curate/").xpath("//*[@id='jobs']//li[@data-ended]/a")
    assert {(link.text, link.get("href")) for link in found} == {
        ("Its 3 drafts, below", "#waiting"),
        ("View the draft", f"/curate/drafts/{desk.draft_of('market.txt')}"),
    }


def test_an_error_at_the_desk_leads_back_to_the_desk(desk) -> None:
    page = html.fromstring(desk.send("/curate/jobs/999/cancel").text)
    assert page.xpath("//main//a/@href") == ["/curate/"]
    refused = html.fromstring(desk.client.post("/curate/train", data={"token": "x"}).text)
    assert refused.xpath("string(//h1)") == "This form was refused"
    assert refused.xpath("//main//a/@href") == ["/curate/"]
    lost = desk.client.get("/?q=Who+twinned%3F&goal=nothing")
    assert lost.status_code == 400
    (back,) = html.fromstring(lost.text).xpath("//main//a[.='Back to the search page']/@href")
    assert back == "/?q=Who+twinned?"


def test_all_that_are_shown_are_published_and_no_later_one(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    page = desk.look("/curate/")
    assert page.xpath("//button[@name='all']")[-1].text == "Publish all 2"
    shown = page.xpath("//input[@name='shown']/@value")
    desk.upload(files / "norland.pdf")
    desk.work()
    desk.send("/curate/drafts/publish", shown=shown, all="1", sure="1")
    assert [job.state for job in desk.work()] == ["done", "done"]
    page = desk.look("/curate/")
    (left,) = page.xpath("//table[contains(@class, 'drafts')]/tbody/tr")
    assert "norland.pdf" in left.text_content()
    assert not page.xpath("//button[@name='all']")


def test_publishing_all_leaves_out_what_has_the_text_of_another(desk, files: Path) -> None:
    (files / "again.txt").write_bytes((files / "twinning.txt").read_bytes() + b"\n")
    desk.upload(files / "twinning.txt", files / "market.txt")
    desk.work()
    desk.upload(files / "again.txt", files / "norland.pdf")
    desk.work()
    first, copy = desk.draft_of("twinning.txt"), desk.draft_of("again.txt")
    page = desk.look("/curate/")
    assert page.xpath("//button[@name='all']")[-1].text == "Publish all 3"
    assert copy not in page.xpath("//input[@name='shown']/@value")
    assert copy in page.xpath("//input[@name='draft']/@value")
    said = "Left out of all: 1 draft with the same text as another report. Look at it, then choose"
    assert said in page.text_content()
    assert twin_of(page, copy).startswith(
        "looks like twinning (a draft, twinning.txt): same text, 100 %"
    )
    bin_of = f"/curate/documents/{first}/withdraw"
    desk.send("/curate/drafts/publish", draft=[first])
    desk.work()
    assert "(in the library)" in twin_of(desk.look("/curate/"), copy)
    desk.send(bin_of)
    assert "(in the bin)" in twin_of(desk.look("/curate/"), copy)
    desk.send(f"/curate/shelf/{first}/remove")
    page = desk.look("/curate/")
    assert "(removed since)" in twin_of(page, copy)
    assert copy in page.xpath("//input[@name='shown']/@value")


def twin_of(page, draft: str) -> str:
    (row,) = page.xpath(f"//tr[td//input[@value='{draft}']]")
    return str(row.xpath("string(.//*[contains(@class, 'twin')])"))


def test_all_that_failed_is_forgotten_after_a_question(desk, files: Path) -> None:
    for number in range(7):
        (files / f"blank{number}.txt").write_text(" \n" * (1 + number))
    desk.upload(*(files / f"blank{number}.txt" for number in range(7)))
    failed = desk.work()
    page = desk.look("/curate/")
    (form,) = page.xpath("//form[.//button[.='Dismiss all failed jobs']]")
    (folded,) = page.xpath("//details[summary='And 2 more']")
    assert len(folded.xpath(".//li")) == 2
    named = form.xpath("input[@name='job']/@value")
    question = html.fromstring(desk.send(form.get("action"), job=named).text)
    assert question.xpath("string(//h1)") == "Dismiss 7 failed jobs?"
    assert question.xpath("//li/input[@name='job']/@value") == named
    desk.send(f"/curate/jobs/{failed[0].job_id}/retry")  # by somebody else, meanwhile
    answer = desk.send(form.get("action"), job=named, sure="1")
    assert answer.status_code == 303
    page = desk.look("/curate/")
    assert "Dismissed 6 failed jobs." in page.text_content()
    assert not page.xpath("//*[@class='warn'][starts-with(., 'failed')]")
    assert [job.name for job in desk.work()] == ["blank0.txt"]
    assert desk.send("/curate/jobs/forget", job="x").status_code == 400
    assert desk.send("/curate/jobs/forget", job="-1").status_code == 400
    nothing = html.fromstring(desk.send("/curate/jobs/forget", job=named[-1:]).text)
    assert nothing.xpath("string(//h1)") in ("Dismiss 1 failed job?", "Nothing is left to clear")


def test_a_draft_without_passages_says_why_it_cannot_be_published(desk, files: Path) -> None:
    desk.upload(files / "twinning.txt")
    desk.work()
    draft = desk.draft_of("twinning.txt")
    with desk.library.catalog() as catalog, database.note(catalog.connection):
        found = shelved.get(catalog.connection, draft)
        bare = replace(found, reading=replace(found.reading, passages=()), tags=())
        shelved.put(catalog.connection, bare)
    (row,) = desk.look("/curate/").xpath(f"//tr[td//input[@value='{draft}']]")
    assert "nothing in it can be searched" in row.text_content()
    page = desk.look(f"/curate/drafts/{draft}")
    assert "it cannot be published: its pages have only" in page.text_content()
    assert page.xpath("//button[.='Publish']/@disabled")
    desk.send("/curate/drafts/publish", draft=[draft])
    assert "nothing of twinning.txt can be searched" in desk.look("/curate/").text_content()


def test_those_chosen_are_discarded_after_a_question(desk, files: Path) -> None:
    names = ("twinning.txt", "market.txt", "norland.pdf")
    desk.upload(*(files / name for name in names))
    desk.work()
    one, two, three = (desk.draft_of(name) for name in names)
    none = desk.send("/curate/drafts/discard", kind="brief")
    assert none.status_code == 400
    page = html.fromstring(none.text)
    assert "Nothing was discarded: choose 1 to 200 drafts." in page.text_content()
    assert page.xpath("//select[@name='kind']/option[@selected]/text()") == ["brief"]
    question = desk.send("/curate/drafts/discard", draft=[one, two, "0" * 16])
    page = html.fromstring(question.text)
    assert page.xpath("string(//h1)") == "Discard 2 drafts for good?"
    assert sorted(page.xpath("//li/input/@value")) == sorted([one, two])
    assert desk.client.get(f"/curate/drafts/{one}").status_code == 200
    drafted.publish(desk.library, two, "berta")
    desk.send("/curate/drafts/discard", draft=[one, two], sure="1")
    said = "Discarded 1 of 2 drafts. The others are being published, or were already gone."
    assert said in desk.look("/curate/").text_content()
    assert "anna discarded" in desk.look(f"/curate/drafts/{one}", 410).text_content()
    assert [job.state for job in desk.work()] == ["done"]
    assert desk.client.get(f"/documents/{two}").status_code == 200
    assert desk.client.get(f"/curate/drafts/{three}").status_code == 200


@pytest.mark.parametrize("address", ["jobs/forget", "drafts/discard", "drafts/publish"])
def test_who_signs_in_again_at_a_question_comes_to_the_desk(desk, address: str) -> None:
    """Signing in leads to the address of the page that was left, which was posted to."""
    answer = desk.client.get(f"/curate/{address}")
    assert (answer.status_code, answer.location) == (303, "/curate/")


def test_a_question_about_what_is_gone_meanwhile_says_so(desk) -> None:
    for address, names in (("drafts/discard", {"draft": "0" * 16}), ("jobs/forget", {"job": "9"})):
        page = html.fromstring(desk.send(f"/curate/{address}", **names).text)
        assert page.xpath("string(//h1)") == "Nothing is left to clear"
        assert page.xpath("string(//title)") == "Nothing is left to clear – Waymark"


def test_what_failed_stays_in_sight_until_it_is_forgotten(desk, files: Path) -> None:
    desk.upload(files / "broken.pdf")
    (failed,) = desk.work()
    for number in range(40):
        with desk.library.catalog() as catalog, database.note(catalog.connection):
            job = jobs.enqueue(catalog.connection, jobs.Task.READ, f"{number}", "later", "anna")
        jobs.cancel(desk.library, job.job_id, "anna")
    page = desk.look("/curate/")
    assert "broken.pdf" in page.xpath("string(//*[@id='jobs'])")
    (button,) = page.xpath("//button[.='Dismiss']")
    assert button.get("aria-label") == "Dismiss: broken.pdf"  # begins with what is seen
    waiting = desk.library.home.waiting(failed.subject)
    assert waiting.is_file()
    desk.send(f"/curate/jobs/{failed.job_id}/cancel")
    assert "broken.pdf" not in desk.look("/curate/").xpath("string(//*[@class='warn'])")
    sweeping.sweep(desk.library.home)
    assert not waiting.exists()


def test_a_draft_is_discarded_after_a_question(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    question = drafting.look(f"/curate/shelf/{draft}/remove")
    assert question.xpath("string(//h1)") == f"Discard {TITLE} for good?"
    assert "cannot be taken back" in question.text_content()
    assert "Citations" not in question.text_content()  # nobody could cite it
    assert question.xpath("//main//a/@href") == [f"/curate/drafts/{draft}"]
    assert drafting.client.get(f"/curate/drafts/{draft}").status_code == 200
    drafting.send(f"/curate/shelf/{draft}/remove")
    assert "anna discarded" in drafting.look(f"/curate/drafts/{draft}", 410).text_content()


def test_a_draft_without_a_title_is_discarded_by_the_name_of_its_file(desk, files: Path) -> None:
    desk.upload(files / "market.txt")
    desk.work()
    with desk.library.catalog() as catalog, database.note(catalog.connection):
        untitled = "UPDATE shelf SET metadata = json_set(metadata, '$.title', '')"
        catalog.connection.execute(untitled)
    address = f"/curate/shelf/{desk.draft_of('market.txt')}/remove"
    assert desk.look(address).xpath("string(//h1)") == "Discard market.txt for good?"
    told = desk.look(desk.send(address).location).xpath("string(//*[@class='done'])")
    assert told == "market.txt has been removed for good."


def test_a_draft_that_is_published_before_the_answer_stays(
    drafting, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, lock = drafting.draft_of("norland.pdf"), views.lock

    def late(*args: Any, **stated: Any) -> Any:  # the last moment before another is waited for
        monkeypatch.setattr(views, "lock", lock)
        drafted.publish(drafting.library, draft, "berta")
        assert [job.state for job in drafting.work()] == ["done"]
        return lock(*args, **stated)

    monkeypatch.setattr(views, "lock", late)
    assert drafting.send(f"/curate/shelf/{draft}/remove").status_code == 404
    assert drafting.client.get(f"/documents/{draft}").status_code == 200


def test_ocr_is_named_where_it_is_missing(desk, files: Path, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    desk.upload(scanned(files / "scan.pdf"))
    desk.work()
    draft = desk.draft_of("scan.pdf")
    page = desk.look(f"/curate/drafts/{draft}")
    assert page.xpath("//ul[@class='sheets'][1]/li//span[@class='warn']/text()") == [" scanned"]
    assert "OCRmyPDF" in page.text_content()
    assert not page.xpath("//form[contains(@action, '/ocr')]")
    answer = desk.send(f"/curate/drafts/{draft}/ocr")
    assert answer.status_code == 409
    assert "OCRmyPDF" in answer.text


def scanned(path: Path) -> Path:
    """A PDF of a page with a picture of words, and of one with words."""
    picture = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(picture).text((100, 100), "Words in a picture only", fill="black")
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.image(picture, 0, 0, 210)
    pdf.add_page()
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 6, "Words that stand on the page as words do. " * 5)
    pdf.output(str(path))
    return path


# Versions, the bin, removal


def test_a_citation_of_the_old_version_leads_to_the_new_one(
    drafting, files: Path, make_pdf
) -> None:
    old = published(drafting)
    every = drafting.client.get(f"/api/v1/documents/{old}/passages").get_json()["passages"]
    (cited,) = [one["passage_id"] for one in every if "for a year" in one["text"]]
    text = (files / "twinning.txt").read_text("utf-8").replace("a year", "two years")
    make_pdf(files / "second.pdf", [("1. Twinning", text)])
    drafting.upload(files / "second.pdf")
    drafting.work()
    new = drafting.draft_of("second.pdf")
    form = {"title": "Norland, second edition", "do": "publish", "replaces": old}
    drafting.send(f"/curate/drafts/{new}", **form)
    assert [job.state for job in drafting.work()] == ["done"]
    reader = drafting.client.application.test_client()
    page = reader.get(f"/passages/{cited}")
    assert page.status_code == 200
    assert "replaced by a new version" in page.text
    assert f"/documents/{new}" in page.text
    assert "for a year" in page.text
    gone = reader.get(f"/documents/{old}")
    assert gone.status_code == 410
    assert f'href="/documents/{new}"' in gone.text
    assert "its newest version is “Norland, second edition”" in gone.text
    problem = reader.get(f"/api/v1/passages/{cited}")
    assert (problem.status_code, new in problem.get_json()["detail"]) == (410, True)
    found = reader.get("/api/v1/search?q=Norland twinned with Sudland for a year").get_json()
    assert old not in {result["document_id"] for result in found["results"]}
    assert "Norland and Sudland" in drafting.look("/curate/bin").text_content()


def test_what_a_draft_replaces_is_kept_for_later(desk, borland: str, files: Path, make_pdf) -> None:
    make_pdf(files / "second.pdf", [("1. Twinning", "Borland wrote a second edition in 2019.")])
    desk.upload(files / "second.pdf")
    desk.work()
    new = desk.draft_of("second.pdf")
    address, form = f"/curate/drafts/{new}", {"title": "Second edition", "year": "2019"}
    refused = desk.send(address, **form, do="publish", replaces="0123456789abcdef")
    assert (refused.status_code, "Nothing was changed" in refused.text) == (409, True)
    assert desk.look(address).xpath("//input[@name='year']/@value") != ["2019"]
    assert desk.send(address, **form, do="save", replaces=borland).status_code == 303
    assert desk.look(address).xpath("//select[@id='replaces']/option[@selected]/@value") == [
        borland
    ]
    desk.send("/curate/drafts/publish", draft=[new])
    assert [job.state for job in desk.work()] == ["done"]
    reader = desk.client.application.test_client()
    assert reader.get(f"/documents/{borland}").status_code == 410
    assert reader.get(f"/documents/{new}").status_code == 200


def test_what_a_draft_was_to_replace_is_named_when_it_is_in_the_bin(drafting, borland: str) -> None:
    new = drafting.draft_of("norland.pdf")
    address, form = f"/curate/drafts/{new}", {"title": "Second edition", "year": "2019"}
    drafting.send(address, **form, do="save", replaces=borland)
    drafting.send(f"/curate/documents/{borland}/withdraw")
    says = "Resettlement in Borland 2016, which Second edition is to replace, is in the bin"
    assert drafting.send("/curate/drafts/publish", draft=[new]).status_code == 303
    assert says in drafting.look("/curate/").text_content()
    page = drafting.look(address)
    (option,) = page.xpath("//select[@id='replaces']/option[@selected]")
    assert (option.get("value"), option.text) == (
        borland,
        "Resettlement in Borland 2016 (2016), in the bin",
    )
    assert "is in the bin: put it back, or choose again" in page.xpath(
        "string(//section[@aria-labelledby='details'])"
    )
    form |= {"replaces": borland, "publisher": "Ministry"}
    assert (
        drafting.send(address, **form, do="save").status_code == 303
    )  # the rest is kept meanwhile
    assert drafting.look(address).xpath("//input[@name='publisher']/@value") == ["Ministry"]
    typed = form | {"publisher": "Agency"}
    answer = drafting.send(address, **typed, do="publish")
    assert (answer.status_code, says in answer.text) == (409, True)
    again = html.fromstring(answer.text)  # nothing was changed, and what was typed is there
    assert "Nothing was changed." in again.xpath("string(//*[@role='alert'])")
    assert again.xpath("//input[@name='publisher']/@value") == ["Agency"]
    assert drafting.look(address).xpath("//input[@name='publisher']/@value") == ["Ministry"]
    drafting.send(f"/curate/bin/{borland}/restore")
    drafting.work()
    assert "in the bin" not in drafting.look(address).xpath(
        "string(//section[@aria-labelledby='details'])"
    )
    drafting.send(address, **form, do="publish")
    assert [job.state for job in drafting.work()] == ["done"]
    assert drafting.client.get(f"/documents/{borland}").status_code == 410


def test_an_old_version_is_put_back_after_a_question(drafting, borland: str) -> None:
    new = drafting.draft_of("norland.pdf")
    form = {"title": "Borland, second edition", "do": "publish", "replaces": borland}
    drafting.send(f"/curate/drafts/{new}", **form)
    drafting.work()
    address = f"/curate/bin/{borland}/restore"
    assert drafting.look("/curate/bin").xpath("//a[text()='Put back']/@href") == [address]
    assert "Borland, second edition" in drafting.look(address).xpath("string(//main)")
    for stale in ({}, {"newer": "f" * 16}):  # the page did not know this version
        asked = drafting.send(address, **stale, do="beside")
        assert (asked.status_code, "Put it back beside it" in asked.text) == (200, True)
    assert drafting.work() == []
    assert drafting.send(address, newer=new, do="beside").status_code == 303
    assert [job.state for job in drafting.work()] == ["done"]
    reader = drafting.client.application.test_client()
    says = html.fromstring(reader.get(f"/documents/{borland}").text)
    assert says.xpath("//p[contains(., 'newer version')]/a/@href") == [f"/documents/{new}"]
    says = html.fromstring(reader.get(f"/documents/{new}").text)
    assert says.xpath("//p[contains(., 'older version')]/a/@href") == [f"/documents/{borland}"]
    drafting.send(f"/curate/documents/{borland}/withdraw")
    assert drafting.send(address, newer=new, do="instead").status_code == 303
    drafting.work()
    assert reader.get(f"/documents/{new}").status_code == 410
    page = html.fromstring(reader.get(f"/documents/{borland}").text)
    assert page.xpath("//p[contains(., ' version of this report')]") == []
    assert drafting.look(address, 404) is not None


def test_withdrawn_it_is_found_no_more_and_can_be_put_back(desk, borland: str) -> None:
    reader = desk.client.application.test_client()
    desk.send(f"/curate/documents/{borland}/withdraw")
    assert reader.get(f"/documents/{borland}").status_code == 410
    assert reader.get(f"/documents/{borland}/file").status_code == 410
    passage = reader.get(f"/passages/{borland}-0")
    assert passage.status_code == 410
    assert "twinned with its counterpart" not in passage.text
    found = reader.get("/api/v1/search?q=twinned with its counterpart in Borland").get_json()
    assert borland not in {result["document_id"] for result in found["results"]}
    # Days that have begun: a moment after, all thirty are left.
    assert "30 days left" in desk.look("/curate/bin").text_content()
    desk.send(f"/curate/bin/{borland}/restore")
    assert [job.state for job in desk.work()] == ["done"]
    assert reader.get(f"/passages/{borland}-0").status_code == 200


def test_removed_for_good_after_a_question(desk, borland: str) -> None:
    question = desk.look(f"/curate/documents/{borland}/remove")
    assert "cannot be taken back" in question.text_content()
    assert desk.client.get(f"/documents/{borland}").status_code == 200
    desk.send(f"/curate/documents/{borland}/remove")
    assert desk.client.get(f"/documents/{borland}").status_code == 404
    assert desk.client.get(f"/passages/{borland}-0").status_code == 404


def test_an_old_question_does_not_remove_what_a_colleague_is_putting_back(
    desk, borland: str
) -> None:
    desk.send(f"/curate/documents/{borland}/withdraw")
    question = desk.look(f"/curate/shelf/{borland}/remove")
    assert question.xpath("string(//h1)").startswith("Remove ")
    assert question.xpath("//main//a/@href") == ["/curate/bin"]
    bin.restore(desk.library, borland, "ben")
    answer = desk.send(f"/curate/shelf/{borland}/remove")
    assert answer.status_code == 409
    assert "ben is putting it back" in answer.text
    assert [job.state for job in desk.work()] == ["done"]
    assert desk.client.get(f"/documents/{borland}").status_code == 200


def test_details_of_a_document_are_changed_and_cleared(desk, borland: str) -> None:
    address = f"/curate/documents/{borland}"
    form = {"title": "Borland revised", "publisher": "Ministry", "year": "2017"}
    desk.send(address, **form)
    page = desk.look(f"/documents/{borland}")
    assert page.xpath("string(//h1)") == "Borland revised"
    assert "Ministry" in page.text_content()
    desk.send(address, **(form | {"publisher": "", "year": ""}))
    page = desk.look(f"/documents/{borland}")
    assert "Ministry" not in page.text_content()
    found = desk.client.get("/api/v1/search?q=ministers who fear a backlash").get_json()
    assert found["results"][0]["title"] == "Borland revised"
    assert desk.send(address, title="").status_code == 400


def test_the_document_page_leads_a_curator_there_and_no_reader(desk, borland: str) -> None:
    there = f"/curate/documents/{borland}"
    assert there in desk.client.get(f"/documents/{borland}").text
    reader = desk.client.application.test_client()
    assert "/curate/documents" not in reader.get(f"/documents/{borland}").text


# Tags


def test_the_queue_asks_and_goes_on(desk) -> None:
    page = desk.look("/curate/review")
    first = page.xpath("//form[contains(@action, '/decide')]/@action")[0]
    label = page.xpath("//form[contains(@action, '/decide')]//input[@name='label']/@value")[0]
    plain = desk.library.taxonomy.label(label).plain
    done = desk.send(first, label=label, verdict="no", **{"from": "review", "asked": label})
    assert done.status_code == 303
    page = desk.look(done.location)
    said = page.xpath("//main//*[@role='status' and normalize-space()]")
    assert [" ".join(one.text_content().split()) for one in said] == [
        f"Your last decision: {plain}, not so. Undo u"  # once, with the way to take it back
    ]
    asked = page.xpath("//form[contains(@action, '/decide')]")[0]
    assert (asked.get("action"), asked.xpath(".//input[@name='label']/@value")[0]) != (first, label)
    same = desk.look(f"/curate/review?passage={first.split('/')[3]}&label={label}")
    (before,) = same.xpath("//details[summary='Earlier decisions on this passage']//li")
    assert ": not so, anna, " in before.text_content()
    (undo,) = page.xpath("//form[contains(@action, '/undo')]/@action")
    back = desk.send(undo)
    page = desk.look(back.location)
    again = page.xpath("//form[contains(@action, '/decide')]")[0]
    assert (again.get("action"), again.xpath(".//input[@name='label']/@value")[0]) == (first, label)
    assert desk.send(undo).status_code == 404


def test_what_is_skipped_is_not_asked_again(desk) -> None:
    seen = set()
    for _ in range(3):
        page = desk.look("/curate/review")
        asked = page.xpath("//form[contains(@action, '/decide')]")[0]
        label = asked.xpath(".//input[@name='label']/@value")[0]
        seen.add((asked.get("action"), label))
        desk.send(asked.get("action").replace("/decide", "/skip"), label=label)
    assert len(seen) == 3


def test_an_answer_can_be_undone_after_what_comes_next_is_skipped(desk) -> None:
    page = desk.look("/curate/review")
    assert not page.xpath("//form[contains(@action, '/skip')]//input[@name='done']")
    asked = page.xpath("//form[contains(@action, '/decide')]")[0]
    label = asked.xpath(".//input[@name='label']/@value")[0]
    done = desk.send(
        asked.get("action"), label=label, verdict="yes", **{"from": "review", "asked": label}
    )
    page = desk.look(done.location)
    (undo,) = page.xpath("//form[contains(@action, '/undo')]/@action")
    for _ in range(2):
        (skip,) = page.xpath("//form[contains(@action, '/skip')]")
        sent = {name: value for name, value in skip.form_values() if name != "token"}
        page = desk.look(desk.send(skip.get("action"), **sent).location)
        assert page.xpath("//form[contains(@action, '/undo')]/@action") == [undo]
    back = desk.look(desk.send(undo).location)
    assert back.xpath("//form[contains(@action, '/decide')]/@action")[0] == asked.get("action")


def test_a_tag_is_corrected_on_the_passage(desk, borland: str) -> None:
    address = f"/curate/passages/{borland}-1/decide"
    desk.send(address, label="mentoring", verdict="yes")
    shown = desk.client.get(f"/api/v1/passages/{borland}-1").get_json()
    assert "mentoring" in [tag["label"] for tag in shown["activities"]]
    assert "A curator added it" in desk.client.get(f"/passages/{borland}-1").text
    desk.send(address, label="mentoring", verdict="no")
    shown = desk.client.get(f"/api/v1/passages/{borland}-1").get_json()
    assert "mentoring" not in [tag["label"] for tag in shown["activities"]]
    assert desk.send(address, label="cooking", verdict="yes").status_code == 400
    assert desk.send(address, label="mentoring", verdict="perhaps").status_code == 400
    gone = desk.send("/curate/passages/none-0/decide", label="mentoring", verdict="yes")
    assert gone.status_code == 404


def test_a_word_on_a_passage_is_undone_there(desk, borland: str) -> None:
    name = f"{borland}-1"
    decide = f"/curate/passages/{name}/decide"
    page = desk.look(desk.send(decide, label="mentoring", verdict="yes").location)
    (panel,) = page.xpath("//details[@class='correct'][@open]")
    assert "Your last decision: Accompany one partner, added." in panel.text_content()
    (tag,) = panel.xpath(".//li[.//input[@value='mentoring']]")
    assert "confirmed" in tag.text_content()
    assert [one.text for one in tag.xpath(".//button")] == ["Take off"]
    (form,) = panel.xpath(".//form[contains(@action, '/undo')]")
    sent = {name: value for name, value in form.form_values() if name != "token"}
    answer = desk.send(form.action, **sent)
    assert (answer.status_code, answer.location) == (303, f"/passages/{name}")
    page = desk.look(answer.location)
    assert "Taken back." in page.text_content()
    assert not page.xpath("//details[@class='correct'][@open] | //form[contains(@action, 'undo')]")
    shown = desk.client.get(f"/api/v1/passages/{name}").get_json()
    assert "mentoring" not in [tag["label"] for tag in shown["activities"]]
    made = decisions.decide(desk.library, name, "mentoring", "add", "berta")
    others = desk.look(f"/passages/{name}?done={name}:{made.decision_id}")
    assert not others.xpath("//form[contains(@action, 'undo')]")
    reader = desk.client.application.test_client()
    assert reader.get(f"/passages/{name}?done={name}:{made.decision_id}").status_code == 200


def test_nobody_takes_back_what_another_decided(desk, borland: str) -> None:
    made = decisions.decide(desk.library, f"{borland}-0", "mentoring", "add", "berta")
    answer = desk.send(f"/curate/decisions/{made.decision_id}/undo")
    assert answer.status_code == 409
    assert "berta" in answer.text
    own = decisions.decide(desk.library, f"{borland}-0", "relational", "add", "anna")
    decisions.decide(desk.library, f"{borland}-0", "relational", "reject", "berta")
    with pytest.raises(LibraryError, match="came after"):
        decisions.take_back(desk.library, own.decision_id, "anna")


def test_while_another_writes_a_curator_is_told_and_not_kept(
    desk, borland: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.curate.changes._WAIT_SECONDS", 0.2)
    address = f"/curate/passages/{borland}-1/decide"
    with FileLock(desk.library.home.lock):
        answer = desk.send(address, label="mentoring", verdict="yes")
        assert answer.status_code == 409
        assert "try again in a moment" in answer.text
        assert desk.send(f"/curate/documents/{borland}/withdraw").status_code == 409
    assert desk.send(address, label="mentoring", verdict="yes").status_code == 303


@pytest.fixture
def few_examples(tmp_path: Path) -> Path:
    """Every twelfth of the shipped examples: all of them took 19 s of processor time."""
    folder = tmp_path / "examples"
    folder.mkdir()
    lines = (labelled.STARTER / labelled.PASSAGES).read_text("utf-8").splitlines()
    kept = {json.loads(line)["id"] for line in lines[::12]}
    for name in (labelled.PASSAGES, labelled.FIRST, labelled.SECOND, labelled.SETTLED):
        lines = (labelled.STARTER / name).read_text("utf-8").splitlines(keepends=True)
        part = (line for line in lines if json.loads(line)["id"] in kept)
        (folder / name).write_text("".join(part), "utf-8")
    return folder


def test_training_says_what_it_changed(
    desk, borland: str, few_examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test of the desk in a browser learns from all, as everybody does.
    of_few = partial(retrain.retrain, folder=few_examples, even_if_worse=True)
    monkeypatch.setattr(retrain, "retrain", of_few)
    desk.send(f"/curate/passages/{borland}-0/decide", label="mentoring", verdict="yes")
    desk.send("/curate/train")
    (job,) = desk.work()
    assert (job.task, job.state) == ("train", "done"), job.message
    page = desk.look(f"/curate/training/{job.job_id}")
    table = page.xpath("//table//tr[th[@scope='row']]")
    assert len(table) == 12  # ten labels, two facets
    assert "1 decision" in page.text_content()
    assert page.xpath("//main//a[@href='/scorecard']")
    card = desk.look("/scorecard")
    (learned,) = card.xpath("//p[starts-with(., 'Learned from')]")
    assert "from 1 decision of this library’s curators" in learned.text_content()
    assert learned.xpath("time/@datetime")[0][:4] == job.changed_at[:4]
    assert desk.client.get("/curate/training/999").status_code == 404


def test_the_log_says_who_did_what(desk, borland: str) -> None:
    desk.send(f"/curate/passages/{borland}-0/decide", label="mentoring", verdict="yes")
    desk.send(f"/curate/documents/{borland}", title="Borland revised")
    desk.send(f"/curate/documents/{borland}/withdraw")
    page = desk.look("/curate/log")
    rows = page.xpath("//tbody/tr")
    changed = "title: Borland revised (was Resettlement in Borland 2016); year: emptied (was 2016)"
    changed += "; language: emptied (was en); kind: emptied (was report)"
    said = [[cell.text_content() for cell in row][1:] for row in rows]
    assert said[:4] == [
        ["anna", "withdrew", "Borland revised", ""],
        ["anna", "changed the details", "Borland revised", changed],
        ["anna", "decided on a tag", "Borland revised", "Accompany one partner: right"],
        ["anna", "signed in", "", ""],
    ]
    assert desk.client.get("/curate/log?before=x").status_code == 400


def test_a_hostile_draft_is_shown_as_text(desk, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    (tmp_path / "h.html").write_text(
        f"<title>{hostile.replace('<', '&lt;')}</title><p>Norland twinned with Sudland.</p>",
        "utf-8",
    )
    files = [(io.BytesIO((tmp_path / "h.html").read_bytes()), f"{hostile}.html")]
    desk.send("/curate/upload", files=files)
    desk.work()
    with desk.library.catalog() as catalog:
        (draft,) = [one.document_id for one in shelved.listing(catalog.connection)]
    for address in ("/curate/", f"/curate/drafts/{draft}", "/curate/log"):
        page = desk.look(address)
        assert not page.xpath("//main//script[not(@src)] | //img[@src='x'] | //@onerror"), address
        assert "<img src=x onerror=alert(2)>" in page.text_content(), address


def test_a_curator_removed_while_at_work_is_out_at_once(desk, borland: str) -> None:
    token = desk.token()
    curators.remove(desk.library, "anna", "test")
    answer = desk.client.post(f"/curate/documents/{borland}/withdraw", data={"token": token})
    assert answer.status_code == 403
    assert desk.client.get(f"/documents/{borland}").status_code == 200
