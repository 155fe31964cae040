"""The brief: answers in, a line each with its passages out."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import build
from index.library import Library
from ingest.records import Failure
from web.app import create_app
from web.readers.brief import ASPECTS
from web.readers.templating import inside_quotes


def lines(page) -> dict[str, str]:
    titles = page.xpath("//section[@class='brief']//dt")
    texts = page.xpath("//section[@class='brief']//dd")
    return {
        " ".join(title.text_content().split()): " ".join(text.text_content().split())
        for title, text in zip(titles, texts, strict=True)
    }


def test_without_answers_there_is_no_brief(look):
    page = look("/guide/brief")
    assert len(page.xpath("//select")) == len(ASPECTS) + 2
    assert not page.xpath("//section[@class='brief']")


@pytest.fixture
def meetings(empty_library: Library, tmp_path: Path) -> FlaskClient:
    """A library with one text, on whom ministers and those who do the work should meet."""
    (tmp_path / "meetings.md").write_text(
        "# Ministers meet ministers\n\nMatch politicians and ministers with peers at the same"
        " political level. Then the politicians of Borland pledged two hundred places.\n\n"
        "# Those who do the work\n\n- Match administrators who design or run a programme, as"
        " caseworkers asked.\n- Bring a phone list.\n"
    )
    assert not [e for e in build.add(empty_library, [tmp_path]) if isinstance(e, Failure)]
    return create_app(empty_library).test_client()


def test_an_answer_becomes_a_line_with_its_passages(meetings: FlaskClient):
    page = html.fromstring(meetings.get("/guide/brief?level=politics").text)
    ((title, text),) = lines(page).items()
    assert title == "Who should meet whom? politicians"
    assert "Match politicians and ministers with peers at the same political level." in text
    assert "Ministers meet ministers, passage 2" in text
    assert page.xpath("//select[@name='level']/option[@selected]/@value") == ["politics"]


def test_a_line_without_a_good_passage_says_so_and_shows_none(meetings: FlaskClient):
    page = html.fromstring(meetings.get("/guide/brief?welfare=alike").text)
    ((_, text),) = lines(page).items()
    assert text == "No passage of this library is clearly about it. What comes nearest"
    (nearest,) = page.xpath("//section[@class='brief']//dd//a/@href")
    assert "similar+welfare+systems" in nearest


def test_the_purpose_has_the_passages_that_carry_both_tags(tagged_client: FlaskClient):
    page = html.fromstring(
        tagged_client.get("/guide/brief?goal=motivational&activity=mentoring").text
    )
    ((_, text),) = lines(page).items()
    assert text.startswith("The reception agency")
    assert "Resettlement in Borland 2016, 2016, p. 1" in text
    (more,) = page.xpath("//section[@class='brief']//dd/p[last()]/a/@href")
    assert more == "/?goal=motivational&activity=mentoring"


def test_the_purpose_comes_first_and_is_held_against_the_table(look):
    served = look("/guide/brief?goal=motivational&activity=mentoring")
    assert list(lines(served)) == ["What, and what for? accompany one partner to win commitment"]
    assert "is expected to serve" in served.xpath("//section[@class='brief']")[0].text_content()
    unserved = look("/guide/brief?goal=motivational&activity=general-training")
    assert "is not expected" in unserved.xpath("//section[@class='brief']")[0].text_content()


def quotes(client: FlaskClient, query: str) -> list[str]:
    page = html.fromstring(client.get(f"/guide/brief?{query}").text)
    return [quote.text_content() for quote in page.xpath("//section[@class='brief']//q")]


def test_a_quote_begins_without_the_mark_of_a_list(meetings: FlaskClient):
    first, *_ = quotes(meetings, "level=working")
    assert first.startswith("Match administrators who design or run a programme")
    assert inside_quotes("-5 degrees - cold") == "-5 degrees - cold"


def test_what_a_line_quotes_no_line_below_quotes_again(empty_library: Library, tmp_path: Path):
    (tmp_path / "welfare.md").write_text(
        "# Powers\n\nThe division of powers between federal and regional government and the"
        " welfare system mean much for choosing a partner: partners should have similar welfare"
        " systems.\n"
    )
    assert not [e for e in build.add(empty_library, [tmp_path]) if isinstance(e, Failure)]
    client = create_app(empty_library).test_client()
    (once,) = quotes(client, "governance=federal")
    assert quotes(client, "welfare=alike") == [once]
    assert quotes(client, "welfare=alike&governance=federal") == [once]
    page = html.fromstring(client.get("/guide/brief?welfare=alike&governance=federal").text)
    *_, below = lines(page).values()
    assert below == "The passages that are clearly about it are quoted above. More passages"


def test_quotation_marks_inside_a_quote_are_single():
    assert inside_quotes('“Twinning” is "dear" ("very"), he said: "So"') == (
        "‘Twinning’ is ‘dear’ (‘very’), he said: ‘So’"
    )
    assert inside_quotes("the state’s ‘own’ words") == "the state’s ‘own’ words"


def test_a_quote_in_the_brief_has_its_marks_once(empty_library: Library, tmp_path: Path):
    (tmp_path / "power.md").write_text(
        "# Powers\n\n“The degree of centralisation or federalism decides who does what.” A division"
        " of powers between federal and regional government matters when a partner is chosen.\n"
    )
    assert not [e for e in build.add(empty_library, [tmp_path]) if isinstance(e, Failure)]
    client = create_app(empty_library).test_client()
    for choice in ("federal", "centre"):
        page = html.fromstring(client.get(f"/guide/brief?governance={choice}").text)
        (quote,) = page.xpath("//section[@class='brief']//q")
        assert "“" not in quote.text_content()
    assert "‘The degree of centralisation" in quote.text_content()


@pytest.mark.parametrize("query", ["level=kings", "goal=nonsense", "size=%3Cb%3E"])
def test_an_answer_that_is_none_is_refused(look, query):
    page = look(f"/guide/brief?{query}", status=400)
    assert "There are: “" in page.xpath("//main")[0].text_content()
