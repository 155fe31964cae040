"""The log as people read it."""

from __future__ import annotations

import pytest
from lxml import html

from index.curating import bin as binned
from index.curating import curators, drafted, erase, jobs
from index.edit import edit
from index.kept import collected, suggestions
from index.learning import decisions
from index.rows import audit, database
from ingest.records import Metadata

Row = tuple[str, str, str, list[str]]


def rows(desk) -> list[Row]:
    """What, to what, more and links, of the lines that the desk did not begin with."""
    found = []
    page = desk.look("/curate/log")
    for row in page.xpath("//table[contains(@class, 'log')]/tbody/tr"):
        _, _, what, subject, more = (cell.text_content() for cell in row)
        if what not in ("signed in", "made a curator of", "added"):
            found.append((what, subject, more, row.xpath(".//a/@href")))
    return found


def test_a_wrong_decision_can_be_followed_to_its_passage(desk, borland: str) -> None:
    made = decisions.decide(desk.library, f"{borland}-1", "motivational", "add", "anna")
    decisions.take_back(desk.library, made.decision_id, "anna")
    decisions.decide(desk.library, f"{borland}-1", "mentoring", "reject", "anna")
    title, to = "Resettlement in Borland 2016", [f"/passages/{borland}-1"]
    assert rows(desk)[:3] == [
        ("decided on a tag", title, "Accompany one partner: not so", to),
        ("took a decision back", title, "Win commitment: added", to),
        ("decided on a tag", title, "Win commitment: added", to),
    ]
    (found,) = desk.look(to[0]).xpath("//*[@class='result here']")
    assert "Correct its tags" in found.text_content()


def test_a_draft_is_followed_until_it_is_published_and_replaced(drafting, borland: str) -> None:
    draft = drafting.draft_of("norland.pdf")
    drafted.correct(
        drafting.library, draft, Metadata(title="Norland", url="https://a.example"), "anna"
    )
    title, here = "Norland", [f"/curate/drafts/{draft}"]
    corrected = "title: Norland (was How Norland and Sudland twinned); link: https://a.example"
    assert rows(drafting) == [
        ("corrected a draft", title, corrected, here),
        ("uploaded", "norland.pdf", "", []),
    ]
    drafted.publish(drafting.library, draft, "anna", replaces=borland)
    assert rows(drafting)[0] == ("asked to publish", title, "", here)
    drafting.work()
    there = [f"/documents/{draft}"]
    assert rows(drafting)[:2] == [
        ("published", title, "", there),
        ("replaced", "Resettlement in Borland 2016", "by Norland", ["/curate/bin"]),
    ]
    assert [what for what, *_ in rows(drafting)].count("asked to publish") == 0
    drafting.send(f"/curate/documents/{draft}/remove")
    assert rows(drafting)[0] == ("removed for good", title, "", [])
    assert not [one for one in rows(drafting) if "job" in one[2]]


def test_what_was_asked_and_came_to_nothing_is_shown(desk, borland: str) -> None:
    binned.withdraw(desk.library, borland, "anna")
    job = binned.restore(desk.library, borland, "ben")
    jobs.cancel(desk.library, job.job_id, "carl")
    binned.restore(desk.library, borland, "dora")
    desk.work()
    assert [what for what, *_ in rows(desk)] == [
        "put back",
        "cancelled",
        "asked to put back",
        "withdrew",
    ]


def test_one_training_hides_only_those_who_asked_for_it(desk) -> None:
    lines = [("train", "job 1"), ("cancel", "job 1"), ("train", "job 2"), ("train", "job 2")]
    with desk.library.catalog() as catalog, database.note(catalog.connection):
        for action, detail in [*lines, ("trained", "7 examples"), ("train", "job 3")]:
            audit.record(catalog.connection, "anna", action, "the tagger", detail)
    whats = [what for what, *_ in rows(desk)]
    assert whats == ["asked to train", "trained", "cancelled", "asked to train"]


def test_what_is_gone_has_its_title_and_no_job(drafting) -> None:
    draft = drafting.draft_of("norland.pdf")
    job = drafted.publish(drafting.library, draft, "anna")
    jobs.cancel(drafting.library, job.job_id, "anna")
    erase.remove_shelved(drafting.library, draft, "anna")
    found = rows(drafting)
    title = "How Norland and Sudland twinned"
    assert [row for row in found if row[0] == "asked to publish"] == [
        ("asked to publish", title, "", [])
    ]
    assert found[0] == ("discarded a draft", title, "", [])


def test_collections_keys_and_fields_are_said_in_words(desk, borland: str) -> None:
    one = collected.make(desk.library, "Twinning", "anna").collection_id
    collected.put(desk.library, one, [borland], "anna")
    collected.take_out(desk.library, one, [borland], "anna")
    curators.make_key(desk.library, "anna", "robot", "anna")
    odd = "Arrivals | year: one"
    edit(desk.library, borland, Metadata(title=odd), "anna")
    edit(desk.library, borland, Metadata(title="Resettlement in Borland 2016"), "anna")
    edit(desk.library, borland, Metadata(publisher="IOM"), "anna")
    made = suggestions.suggest(desk.library, "A <b> report")
    state = suggestions.SuggestionState.TAKEN
    suggestions.decide(desk.library, made.suggestion_id, state, "anna")
    title, to = "Resettlement in Borland 2016", [f"/documents/{borland}"]
    assert rows(desk) == [
        ("decided on a suggestion", "A <b> report", "taken", []),
        ("changed the details", title, "publisher: IOM", to),
        ("changed the details", title, f"title: {title} (was {odd})", to),
        ("changed the details", title, f"title: {odd} (was {title})", to),
        ("made a key for", "anna", "robot", []),
        ("changed a collection", "Twinning", f"without {title}", []),
        ("changed a collection", "Twinning", f"with {title}", []),
        ("changed a collection", "Twinning", "made", []),
    ]
    binned.withdraw(desk.library, borland, "anna")
    assert rows(desk)[0] == ("withdrew", title, "", ["/curate/bin"])


@pytest.mark.parametrize("action", ["edit", "decide", "carry", "replaced", "an odd one"])
def test_a_line_that_nobody_foresaw_is_shown_as_it_is(desk, action: str) -> None:
    with desk.library.catalog() as catalog, database.note(catalog.connection):
        audit.record(catalog.connection, "anna", action, "<i>", "something odd")
    what, subject, more, links = rows(desk)[0]
    assert (subject, links) == ("<i>", [])
    assert "odd" in more
    assert html.fromstring(desk.client.get("/curate/log").text).xpath("//i") == []
    assert what
