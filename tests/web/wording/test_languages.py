"""Words in another language than the page's say in which they are, so that they are read out so."""

from __future__ import annotations

import pytest
from lxml import html

from index import build
from ingest.language_names import language_name
from ingest.records import Metadata
from web.wording.languages import lang

TITLE = "Zwei Jahre Partnerschaft der Verwaltungen"
TEXT = (
    "# Die Partnerschaft im ersten Jahr\n\nDie Partnerschaft mit EURITA begann im Herbst, als die "
    "Verwaltung von Nordland der von Südland ihre Fachleute schickte. Ein Jahr lang begleiteten "
    "zwei Mentorinnen die Partnerschaft und stellten sie danach den Ministerien vor."
)


def test_only_another_language_than_english_is_named() -> None:
    assert lang("de") == ' lang="de"'
    assert lang("en") == lang("") == ""
    assert lang('"><script>') == ' lang="&#34;&gt;&lt;script&gt;"'
    assert language_name("de") == "German"
    assert language_name("xx") == "xx"


@pytest.fixture(scope="module")
def german(open_desk, tmp_path_factory: pytest.TempPathFactory):
    """A desk with German reports: one in the library, one that was replaced, and a draft; and
    what to put into addresses.
    """
    folder = tmp_path_factory.mktemp("german")
    desk = open_desk(folder / "home")
    (folder / "here.md").write_text(TEXT, "utf-8")
    (folder / "old.md").write_text(TEXT.replace("Herbst", "Winter"), "utf-8")
    meta = Metadata(title=TITLE, language="de")
    list(build.add(desk.library, [folder / "here.md", folder / "old.md"], meta))
    with desk.library.catalog() as catalog:
        names = {d.file_name: d.document_id for d in catalog.documents()}
    for name, season in (("newer.md", "Sommer"), ("draft.md", "Advent")):
        (folder / name).write_text(TEXT.replace("Herbst", season), "utf-8")
    desk.upload(folder / "newer.md", folder / "draft.md")
    desk.work()
    fields = {"title": TITLE, "language": "de"}
    newer, draft = desk.draft_of("newer.md"), desk.draft_of("draft.md")
    desk.send(f"/curate/drafts/{newer}", do="publish", replaces=names["old.md"], **fields)
    desk.send(f"/curate/drafts/{draft}", do="save", **fields)
    desk.work()
    found = {"id": names["here.md"], "old": names["old.md"], "english": names["borland.pdf"]}
    return desk, found | {"draft": draft, "label": desk.library.taxonomy.label_ids[0]}


@pytest.mark.parametrize(
    "address",
    [
        "/?q=Mentorinnen+von+Nordland",
        "/?q=Mentorinnen+von+Nordland&open={id}-0",
        "/documents",
        "/documents?view=cards",
        "/documents/{id}",
        "/documents/{id}/pages/1",
        "/passages/{id}-0?start=0&end=30",
        "/passages/{id}-0/around",
        "/passages/{old}-0",
        "/initiatives/eurita",
        "/new?q=Mentorinnen+von+Nordland&since=2020-01-01",
        "/note?p={id}-0:0-30",
        "/curate/drafts/{draft}",
        "/curate/drafts/{draft}/pages/1",
        "/curate/review?passage={id}-0&label={label}",
    ],
)
def test_what_is_shown_of_a_german_report_is_german(german, address: str) -> None:
    desk, names = german
    page = desk.look(address.format(**names))
    # What leads to other documents names them by title alone: their language is not looked up.
    beside = "ancestor::*[contains(concat(' ', @class, ' '), ' side ')]"
    elsewhere = f"{beside} or ancestor::table[@class='compare'] or ancestor::*[@role='note']"
    shown = page.xpath(
        f"//*[text()[contains(., 'Partnerschaft')]][not(self::title or {elsewhere})]"
    )
    assert shown
    for element in shown:
        nearest = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        assert nearest == "de", html.tostring(element, encoding="unicode")


def test_what_is_shown_of_an_english_report_is_said_of_the_whole_page(german) -> None:
    desk, names = german
    page = desk.look("/documents/{english}".format(**names))
    assert "Ministers in Borland" in page.xpath("string(//ol[@class='passages'])")
    assert not page.xpath("//ol[@class='passages']//@lang | //h1//@lang")
