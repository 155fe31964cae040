"""The brief: answers in, a line each with its passages out."""

from __future__ import annotations

import pytest
from flask import Flask

from web.brief import ASPECTS


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


def test_an_answer_becomes_a_line_with_its_passages(look, borland):
    page = look("/guide/brief?level=politics")
    ((title, text),) = lines(page).items()
    assert title == "Who should meet whom? politicians"
    assert "Ministers in Borland feared a backlash" in text
    assert "Resettlement in Borland 2016, 2016, p. 2" in text
    assert page.xpath("//select[@name='level']/option[@selected]/@value") == ["politics"]


def test_the_purpose_comes_first_and_is_held_against_the_table(look):
    served = look("/guide/brief?goal=motivational&activity=mentoring")
    assert list(lines(served)) == ["What, and what for? accompany one partner to win commitment"]
    assert "is expected to serve" in served.xpath("//section[@class='brief']")[0].text_content()
    unserved = look("/guide/brief?goal=motivational&activity=general-training")
    assert "is not expected" in unserved.xpath("//section[@class='brief']")[0].text_content()


@pytest.mark.parametrize("query", ["level=kings", "goal=nonsense", "size=%3Cb%3E"])
def test_an_answer_that_is_none_is_refused(look, query):
    page = look(f"/guide/brief?{query}", status=400)
    assert "there are:" in page.xpath("//main")[0].text_content()


def test_no_two_choices_of_an_aspect_share_an_id(app: Flask):
    for aspect in ASPECTS:
        ids = [choice.id for choice in aspect.choices]
        assert len(ids) == len(set(ids)) >= 2
