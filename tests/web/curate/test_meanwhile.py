"""Two curators with the same form open: what each changed is kept, or the second is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from index.curating import drafted, erase
from index.edit import edit
from index.kept import collected
from index.library import Library
from index.rows import audit
from index.rows.shelf import Shelved
from ingest.records import Metadata
from web.curate.meanwhile import changed_by_both, merged


def opened(page: html.HtmlElement, action: str = "") -> dict[str, Any]:
    """What a browser would send of a form as it is shown, without its token and buttons."""
    (form,) = page.xpath(f"//main//form[@action='{action}']") if action else [stack(page)]
    return {name: value for name, value in form.form_values() if name != "token"}


def stack(page: html.HtmlElement) -> html.HtmlElement:
    (form,) = page.xpath("//form[contains(@class, 'stack')]")
    return form


def metadata(library: Library, document: str) -> Metadata:
    with library.catalog() as catalog:
        return catalog.document(document).metadata


def test_only_what_a_person_changed_in_a_form_is_changed(desk, borland: str) -> None:
    address = f"/curate/documents/{borland}"
    form = opened(desk.look(address))
    theirs = Metadata(title="Borland, read again", publisher="Ministry", authors=("A. One", "B."))
    edit(desk.library, borland, theirs, "ben")
    before = metadata(desk.library, borland)
    typed = form | {"url": "https://example.org/borland"}
    assert desk.send(address, **typed).status_code == 303
    assert metadata(desk.library, borland) == before.replaced_by(Metadata(url=typed["url"]))
    with desk.library.catalog() as catalog:
        line = audit.entries(catalog.connection, subject=borland)[0]
    assert (line.who, line.detail) == ("anna", "url: none -> https://example.org/borland")


def test_a_language_typed_by_its_name_is_its_code() -> None:
    same = {"shown-language": "de", "language": "German"}
    assert merged(same, {"language": "fr"}) == {"language": "fr"}
    assert changed_by_both(same, {"language": "fr"}) == []
    both = {"shown-language": "en", "language": "German"}
    assert changed_by_both(both, {"language": "de"}) == []
    assert changed_by_both(both, {"language": "fr"}) == ["language"]


def test_a_field_that_both_changed_is_left_and_said_by_whom(desk, borland: str) -> None:
    address = f"/curate/documents/{borland}"
    form = opened(desk.look(address))
    edit(desk.library, borland, Metadata(publisher="Ministry <b>", year=2014), "ben")
    before = metadata(desk.library, borland)
    sent = desk.send(address, **(form | {"publisher": "Agency", "title": "Borland, typed"}))
    assert sent.status_code == 409
    page = html.fromstring(sent.text)
    said = page.xpath("string(//*[@id='wrong-publisher'])")
    assert "ben changed this to “Ministry <b>” meanwhile" in said
    assert page.xpath("//input[@aria-invalid]/@name") == ["publisher"]
    assert metadata(desk.library, borland) == before
    again = opened(page)
    assert (again["publisher"], again["title"]) == ("Agency", "Borland, typed")
    assert again["year"] == "2014"  # what ben changed alone is shown as it is now
    assert desk.send(address, **again).status_code == 303  # now that it is known
    after = metadata(desk.library, borland)
    assert (after.publisher, after.title, after.year) == ("Agency", "Borland, typed", 2014)


def test_what_was_shown_outlasts_a_form_that_was_refused(desk, borland: str) -> None:
    address = f"/curate/documents/{borland}"
    form = opened(desk.look(address))
    edit(desk.library, borland, Metadata(publisher="Ministry"), "ben")
    refused = desk.send(address, **(form | {"year": "19"}))
    assert refused.status_code == 400
    again = opened(html.fromstring(refused.text)) | {"year": "2015"}
    assert desk.send(address, **again).status_code == 303
    after = metadata(desk.library, borland)
    assert (after.publisher, after.year) == ("Ministry", 2015)


def test_a_draft_is_put_right_by_two(drafting, borland: str) -> None:
    draft = drafting.draft_of("norland.pdf")
    address = f"/curate/drafts/{draft}"
    form = opened(drafting.look(address))

    def choose(now: Shelved) -> Shelved:
        stated = Metadata(title="Norland", publisher="Ministry")
        return replace(now, replaces=borland, metadata=stated)

    drafted.put_right(drafting.library, draft, choose, "ben")
    with drafting.library.catalog() as catalog:
        other = next(d for d in catalog.documents() if d.document_id != borland)
    typed = form | {"year": "2019", "publisher": "Agency", "replaces": other.document_id}
    sent = drafting.send(address, **typed, do="publish")
    assert (sent.status_code, drafting.work()) == (409, [])
    page = html.fromstring(sent.text)
    assert "ben changed this to “Ministry”" in page.xpath("string(//*[@id='wrong-publisher'])")
    said = page.xpath("string(//*[@id='wrong-replaces'])")
    assert "ben changed this to “Resettlement in Borland 2016”" in said
    again = opened(page)
    assert (again["replaces"], again["publisher"]) == (other.document_id, "Agency")
    assert (again["title"], again["year"]) == ("Norland", "2019")
    # Taken back, ben's words stay; what he chose does too where nothing else is chosen.
    mine = again | {"publisher": "Ministry", "replaces": borland}
    assert drafting.send(address, **mine, do="publish").status_code == 303
    assert [job.state for job in drafting.work()] == ["done"]
    assert (
        metadata(drafting.library, draft).publisher,
        metadata(drafting.library, draft).year,
    ) == (
        "Ministry",
        2019,
    )
    assert drafting.client.get(f"/documents/{borland}").status_code == 410


def test_a_form_of_collections_changes_only_its_own_ticks(desk, borland: str) -> None:
    numbers = {
        name: collected.make(desk.library, name, "ben").collection_id for name in ("A", "B", "C")
    }
    collected.put(desk.library, numbers["A"], [borland], "ben")
    address = f"/curate/documents/{borland}/collections"
    form = opened(desk.look(f"/documents/{borland}"), address)
    assert form == {"shown": str(numbers["A"]), "collection": str(numbers["A"])}
    collected.put(desk.library, numbers["B"], [borland], "ben")
    collected.remove(desk.library, numbers["A"], "ben")
    untouched = desk.send(address, **form)
    assert "Nothing was changed." in desk.look(untouched.location).text_content()
    desk.send(address, shown=form["shown"], collection=[form["collection"], str(numbers["C"])])

    def places() -> list[str]:
        with desk.library.catalog() as catalog:
            return [one.name for one in collected.of_document(catalog.connection, borland)]

    assert places() == ["B", "C"]
    desk.send(address, shown=str(numbers["C"]))
    assert places() == ["B"]
    for wrong in ({"shown": "x"}, {"collection": "-1"}):
        assert desk.send(address, **wrong).status_code == 400


@pytest.mark.parametrize(
    ("shown", "sent", "now", "after", "both"),
    [
        ("a", "a", "b", "b", False),
        ("a", "b", "a", "b", False),
        ("a", "b", "b", "b", False),
        ("a", "b", "c", "b", True),
        ("a", "", "c", "", True),
        ("a\nb", "a\r\nb ", "c", "c", False),  # as browsers send what nobody touched
        ("a\nb", "a b", "a\nb", "a b", False),
    ],
)
def test_a_field_is_merged(shown: str, sent: str, now: str, after: str, both: bool) -> None:
    form = {"field": sent, "shown-field": shown}
    assert merged(form, {"field": now}) == {"field": after}
    assert changed_by_both(form, {"field": now}) == (["field"] if both else [])
    assert merged({"field": sent}, {"field": now})["field"].split() == sent.split()


def test_what_was_typed_for_a_draft_published_meanwhile_is_there_to_be_kept(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    address = f"/curate/drafts/{draft}"
    form = opened(drafting.look(address))
    drafted.correct(drafting.library, draft, Metadata(publisher="Ministry", kind="brief"), "ben")
    drafted.publish(drafting.library, draft, "ben")
    typed = form | {"publisher": "Agency", "year": "2019"}
    waiting = drafting.send(address, **typed)
    assert waiting.status_code == 409
    page = html.fromstring(waiting.text)
    assert "is being published" in page.xpath("string(//*[@role='alert'])")
    assert opened(page)["year"] == "2019"

    assert [job.state for job in drafting.work()] == ["done"]
    sent = drafting.send(address, **typed, do="publish")
    assert (sent.status_code, drafting.work()) == (409, [])
    page = html.fromstring(sent.text)
    assert "ben published this draft" in page.xpath("string(//*[@role='alert'])")
    assert "ben changed this to “Ministry”" in page.xpath("string(//*[@id='wrong-publisher'])")
    again, to = opened(page), stack(page).get("action")
    assert to == f"/curate/documents/{draft}"
    assert drafting.send(to, **again).status_code == 303
    after = metadata(drafting.library, draft)
    assert (after.publisher, after.year, after.kind) == ("Agency", 2019, "brief")


def test_what_was_typed_for_a_draft_discarded_meanwhile_can_be_copied(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    address = f"/curate/drafts/{draft}"
    form = opened(drafting.look(address))
    erase.remove_shelved(drafting.library, draft, "ben")
    sent = drafting.send(address, **(form | {"authors": "A. One\nB. <b>"}), do="publish")
    assert sent.status_code == 410
    page = html.fromstring(sent.text)
    assert "ben discarded this draft" in page.text_content()
    told = {dt.text: dt.getnext().text_content().split() for dt in page.xpath("//dt")}
    assert told["Authors"] == ["A.", "One", "B.", "<b>"]
    assert {"Title", "Authors"} <= told.keys() <= {"Title", "Authors", "Year", "Language", "Kind"}
    unknown = drafting.send(f"/curate/drafts/{'0' * 16}", **form)
    assert (unknown.status_code, "What you sent" in unknown.text) == (404, False)


def test_what_is_taken_over_from_the_old_version_is_said(desk, borland: str, files: Path) -> None:
    edit(desk.library, borland, Metadata(kind="evaluation", url="https://example.org/b"), "ben")
    desk.upload(files / "norland.pdf")
    desk.work()
    draft = desk.draft_of("norland.pdf")
    address = f"/curate/drafts/{draft}"
    form = opened(desk.look(address))
    kept = desk.send(address, **(form | {"replaces": borland}))
    page = desk.look(kept.location)
    assert "Taken over from the old version: kind, link." in page.text_content()
    shown = opened(page)
    assert (shown["kind"], shown["url"]) == ("evaluation", "https://example.org/b")
    assert page.xpath("string(//*[@id='about-kind'])") == "the old version, likely"
    refused = desk.send(address, **(shown | {"url": ""}))  # looked at, and taken out again
    assert "Taken over" not in desk.look(refused.location).text_content()
    assert opened(desk.look(address))["url"] == ""
