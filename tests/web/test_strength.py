"""How good a match is, as the page says it."""

from __future__ import annotations

from lxml import html

from index import database
from search.strength import NONE_STANDS_OUT
from web.app import create_app


def test_the_word_stands_beside_each_result(look):
    page = look("/?q=ministers+in+Borland+feared+a+backlash+among+voters")
    words = page.xpath("//*[@class='strength']/text()")
    assert words[0] == "strong match"
    assert set(words[1:]) <= {"related", "loosely related"}
    assert len(words) == len(page.xpath("//li[contains(@class, 'result')]"))
    assert NONE_STANDS_OUT not in page.text_content()


def test_a_sentence_says_so_where_all_are_none_stands_outly_related(look):
    page = look("/?q=sitting+beside+new+colleagues+when+people+first+arrive")
    assert set(page.xpath("//*[@class='strength']/text()")) == {"loosely related"}
    assert page.xpath("//p[@class='verdict']/text()") == [NONE_STANDS_OUT]
    assert page.xpath("//mark")


def test_where_nothing_seems_to_answer_nothing_is_marked_or_called_a_match(look):
    page = look("/?q=how+do+I+bake+bread")
    assert "Nothing in this library seems to answer that." in page.text_content()
    assert NONE_STANDS_OUT not in page.text_content()
    assert page.xpath("//blockquote")
    assert not page.xpath("//mark")
    assert set(page.xpath("//*[@class='strength']/text()")) <= {"related", "loosely related"}


def test_what_has_no_substance_is_listed_without_a_mark(copy_library, tmp_path):
    copy = copy_library(tmp_path / "home")
    with copy.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "UPDATE passages SET kind = 'boilerplate' WHERE text LIKE '%feared a backlash%'"
        )
    page = html.fromstring(
        create_app(copy).test_client().get("/?q=ministers+who+fear+a+backlash+on+a+visit").text
    )
    marks = {
        "feared a backlash" in item.text_content(): bool(item.xpath(".//mark"))
        for item in page.xpath("//li[@class='result']")
    }
    assert marks == {True: False, False: True}
