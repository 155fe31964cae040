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
import web.context.answers
from index import build
from index.library import Library
from search.records import Answer
from web.app import create_app

pytestmark = pytest.mark.usefixtures("one_encoder")

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


def test_of_many_questions_those_without_news_are_counted(grown: Library) -> None:
    asked = (
        "Did the study visits change work?",
        "Why did ministers fear a backlash?",
        "A harbour?",
    )
    for question in asked:
        call(grown, "watchlist", "add", question)
    said = call(grown, "new", "--since", "2").stdout.splitlines()
    assert said[0] == asked[0]
    assert said[1].startswith("   Evaluation of study visits, p. 1")
    assert said[-1] == "nothing new for 2 of 3 questions"
    assert not any(line in asked[1:] for line in said)


def test_since_the_newest_generation_nothing_is_new(grown: Library) -> None:
    call(grown, "watchlist", "add", "Did the study visits change work?")
    newest = json.loads(call(grown, "status", "--json").stdout)["generation"]
    said = call(grown, "new", "--since", str(newest))
    assert said.stdout.splitlines() == ["Did the study visits change work?", "   nothing new"]
    assert said.stderr == "(for each question the first 10 results were checked)\n"


def test_a_forgotten_question_is_not_asked(grown: Library) -> None:
    number = call(grown, "watchlist", "add", "what did it cost?").stdout.split()[0]
    assert call(grown, "watchlist", "remove", number).exit_code == 0
    assert call(grown, "watchlist", "list").stdout == ""
    refused = call(grown, "new", "--since", "0")
    assert refused.exit_code == 2
    assert "no saved questions yet" in refused.stderr


def test_the_questions_of_a_file_are_kept_and_what_cannot_be_is_named(
    grown: Library, tmp_path: Path
) -> None:
    file = tmp_path / "questions.csv"
    lines = ["question,goal", "Who paid?,", "Who came?,relational", "???,", "Who  left?,"]
    file.write_text("\n".join(lines))
    done = call(grown, "watchlist", "add", "--from", str(file))
    assert done.exit_code == 1
    assert done.stdout == call(grown, "watchlist", "list").stdout
    assert [line.split("  ")[1] for line in done.stdout.splitlines()] == ["Who paid?", "Who left?"]
    limits, wordless = done.stderr.splitlines()
    assert limits == f"waymark: {file}, line 3: a saved question has no limits: take out its goal"
    assert f"{file}, line 4: the question has no letter" in wordless


@pytest.mark.parametrize("words", [("watchlist", "add", "--from", "{}"), ("evaluate", "{}", "q")])
def test_columns_that_are_passed_over_are_named(
    grown: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("q").write_text("a 0 borland.pdf 1\n")
    Path("bare.csv").write_text("id,question,year\na,Who paid?,\n")
    Path("more.csv").write_text("id,question,publisher\na,Who paid?,nobody\n")
    bare, more = (
        call(grown, *(word.format(name) for word in words)) for name in ("bare.csv", "more.csv")
    )
    assert (bare.exit_code, more.exit_code) == (0, 0)
    assert "passed over" not in bare.stderr
    assert more.stderr.startswith("waymark: more.csv: passed over, as columns: publisher (")


def test_a_column_of_questions_is_named_as_for_a_batch(grown: Library, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("id;Frage\na;Why now?\nb;Who pays?\n")
    words = ("watchlist", "add", "--column", "Frage")
    done = call(grown, *words, "--from", str(tmp_path / "q.csv"))
    assert (done.exit_code, done.stdout) == (0, "1  Why now?\n2  Who pays?\n")
    alone = call(grown, *words, "Why now?")
    said = "waymark: --column names a column of a file: name that with --from\n"
    assert (alone.exit_code, alone.stdout, alone.stderr) == (2, "", said)


def test_questions_come_from_standard_input_too(grown: Library) -> None:
    words = ["--home", str(grown.home.path), "watchlist", "add", "--from", "-"]
    done = CliRunner().invoke(waymark.main, words, input="Who paid?\n\nWho came?\nWho paid?\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert len(call(grown, "watchlist", "list").stdout.splitlines()) == 2


def test_a_batch_can_be_asked_of_what_came_in_since(grown: Library, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("Did the study visits change work?\nWhy did ministers fear a backlash?\n")

    def titles(*words: str) -> set[str]:
        lines = call(grown, "batch", str(file), *words).stdout.splitlines()
        return {found["title"] for line in lines for found in json.loads(line)["results"]}

    assert len(titles()) == 3
    assert titles("--since", "2") == {"Evaluation of study visits"}
    assert titles("--since", "0") == titles("--since", "2020-01-01") == titles()
    newest = json.loads(call(grown, "status", "--json").stdout)["generation"]
    assert titles("--since", str(newest)) == set()


def test_the_record_of_a_run_names_since_when(grown: Library, tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("Did the study visits change work?\n")
    call(
        grown,
        "batch",
        str(tmp_path / "questions.txt"),
        "-o",
        str(tmp_path / "o.jsonl"),
        "--since",
        "2",
    )
    record = json.loads((tmp_path / "o.jsonl.meta.json").read_text())
    assert record["options"]["since"] == "2"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("watchlist", "add"), "give a question, or a file"),
        (("watchlist", "add", "Who?", "--from", "q.txt"), "give a question, or a file"),
        (("watchlist", "add", "--from", "q.pdf"), "questions come as"),
        (("watchlist", "add", "--from", "not-there.txt"), "not-there.txt: No such file"),
        (("watchlist", "add", "--from", "/dev/null"), "questions come as"),
        (("batch", "/dev/null", "--since", "2"), "questions come as"),
        (("batch", "q.txt", "--since", "soon"), "neither a day"),
        (("batch", "q.txt", "--since", ""), "neither a day"),
        (("batch", "q.txt", "--since", "9999"), "is to come"),
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
    assert "the first 10 results are checked" in lead.text_content()
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
    client = create_app(grown).test_client()
    for since, said in (("yesterday", "neither a day"), ("2020-02-31", "no day of the calendar")):
        answer = client.get(f"/new?q=visits&since={since}")
        assert answer.status_code == 400
        page = html.fromstring(answer.text)
        (field,) = page.xpath("//input[@aria-invalid='true']")
        assert (field.get("name"), field.get("value"), field.get("type")) == (
            "since",
            since,
            "text",
        )
        assert said in page.get_element_by_id(field.get("aria-describedby")).text_content()
    refused = client.get("/new.atom?since=yesterday")
    assert refused.status_code == 400
    assert "neither a day" in refused.text


def test_what_the_page_found_the_feed_need_not_find_again(
    grown: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked, real = [], web.context.answers.find_in

    def noting(
        library: Library, catalog: object, views: object, text: str, *rest: object
    ) -> Answer:
        worked.append(text)
        return real(library, catalog, views, text, *rest)  # type: ignore[arg-type] # as given

    monkeypatch.setattr(web.context.answers, "find_in", noting)
    questions = ["Did the study visits change work?", "Why did ministers fear a backlash?"]
    for question in questions:
        call(grown, "watchlist", "add", question)
    client = create_app(grown).test_client()
    for address in ("/new?since=0", "/new?since=2", "/new.atom?since=0"):
        assert client.get(address).status_code == 200
    assert worked == questions
