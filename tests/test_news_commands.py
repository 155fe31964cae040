"""Saved questions on the command line and on the page: what came in since, and answers them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html

import waymark
import web.answers
from index import build
from index.library import Library
from search.records import Answer
from web.app import create_app

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def made(first_encoding, copy_library, shelf: Path, tmp_path_factory) -> Library:
    """A library to which the report on visits was added after the other two (generation 2)."""
    empty = Library.open(first_encoding.home)
    library = copy_library(tmp_path_factory.mktemp("grown") / "home", empty)
    list(build.add(library, [shelf / "borland.pdf", shelf / "weather.pdf"]))
    list(build.add(library, [shelf / "visits.pdf"]))
    return library


@pytest.fixture
def grown(made: Library, copy_library, tmp_path: Path) -> Library:
    """The same, to write to."""
    return copy_library(tmp_path / "home", made)


def call(library: Library, *words: str) -> Result:
    return CliRunner().invoke(waymark.main, ["--home", str(library.home.path), *words])


def test_only_what_came_later_and_answers_is_new(grown: Library) -> None:
    assert call(grown, "watchlist", "add", "Did the study visits change work?").exit_code == 0
    assert call(grown, "watchlist", "add", "Why did ministers fear a backlash?").exit_code == 0
    answer = call(grown, "new", "--since", "2", "--format", "jsonl")
    assert answer.exit_code == 0, answer.output
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [entry["question"] for entry in found] == ["Did the study visits change work?"]
    assert found[0]["title"] == "Evaluation of study visits"
    assert found[0]["page"] == 1


def test_since_the_newest_generation_nothing_is_new(grown: Library) -> None:
    call(grown, "watchlist", "add", "Did the study visits change work?")
    newest = json.loads(call(grown, "status", "--json").stdout)["generation"]
    said = call(grown, "new", "--since", str(newest))
    assert said.stdout.splitlines() == ["Did the study visits change work?", "   nothing new"]
    assert said.stderr == "(of each question the first 10 results were looked at)\n"


def test_a_forgotten_question_is_not_asked(grown: Library) -> None:
    number = call(grown, "watchlist", "add", "what did it cost?").stdout.split()[0]
    assert call(grown, "watchlist", "remove", number).exit_code == 0
    assert call(grown, "watchlist", "list").stdout == ""
    refused = call(grown, "new", "--since", "0")
    assert refused.exit_code == 2
    assert "no saved questions yet" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("watchlist", "add", " "), "the question is empty"),
        (("watchlist", "add", "???"), "the question has no letter and no digit"),
        (("watchlist", "add", "o\udcf9?"), "the question is not UTF-8"),
        (("watchlist", "remove", "99"), "no saved question 99"),
        (("new", "--since", "last week"), "neither a day"),
        (("new", "--since", "9999"), "is to come"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    library: Library, words: tuple[str, ...], said: str
) -> None:
    answer = call(library, *words)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_the_page_lists_them_and_names_its_feed(grown: Library) -> None:
    client = create_app(grown).test_client()
    page = html.fromstring(client.get("/new?q=Did the study visits change work?&since=2").text)
    (result,) = page.xpath("//ol[@class='passages']/li")
    assert "Evaluation of study visits" in result.text_content()
    (lead,) = page.find_class("lead")
    assert "the first 10 results are looked at" in lead.text_content()
    assert re.search(r"added on \d{1,2} [A-Z][a-z]+ \d{4}\b", result.text_content())
    (feed,) = page.xpath("//link[@type='application/atom+xml']/@href")
    assert feed.startswith("/new.atom?q=Did")


def test_the_feed_is_atom_with_an_entry_a_passage(grown: Library) -> None:
    client = create_app(grown).test_client()
    answer = client.get("/new.atom?q=Did the study visits change work?&since=2")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    (entry,) = feed.xpath("a:entry", namespaces=ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Evaluation of study visits, p. 1"
    link = entry.xpath("string(a:link/@href)", namespaces=ATOM)
    assert client.get(link).status_code == 200
    for place in (feed, entry):  # what RFC 4287 asks of every feed and entry
        assert place.findtext("a:id", namespaces=ATOM)
        assert place.findtext("a:updated", namespaces=ATOM).startswith(f"{date.today().year}-")


def test_hostile_questions_leave_the_feed_whole(grown: Library) -> None:
    client = create_app(grown).test_client()
    question = "%3C/title%3E%3Cscript%3E%00%01%EF%BF%BE]]%3E visits"
    feed = etree.fromstring(client.get(f"/new.atom?q={question}&since=0").data)
    assert "<script>" in feed.findtext("a:title", namespaces=ATOM)
    assert not feed.xpath("//*[local-name()='script']")


def test_a_wrong_time_is_refused_in_words(grown: Library) -> None:
    answer = create_app(grown).test_client().get("/new?since=yesterday")
    assert answer.status_code == 400
    assert "neither a day" in answer.text


def test_what_the_page_found_the_feed_need_not_find_again(
    grown: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked, real = [], web.answers.find_in

    def noting(
        library: Library, catalog: object, views: object, text: str, *rest: object
    ) -> Answer:
        worked.append(text)
        return real(library, catalog, views, text, *rest)  # type: ignore[arg-type] # as given

    monkeypatch.setattr(web.answers, "find_in", noting)
    questions = ["Did the study visits change work?", "Why did ministers fear a backlash?"]
    for question in questions:
        call(grown, "watchlist", "add", question)
    client = create_app(grown).test_client()
    for address in ("/new?since=0", "/new?since=2", "/new.atom?since=0"):
        assert client.get(address).status_code == 200
    assert worked == questions
