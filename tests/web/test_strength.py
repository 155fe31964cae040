"""Scores in words: the level, the place and the lead decide."""

from __future__ import annotations

import pytest

from web.strength import strengths


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([], []),
        ([0.52, 0.45, 0.34], ["strong match", "related", "loosely related"]),
        ([0.52, 0.47], ["possible match", "related"]),
        ([0.44, 0.2], ["possible match", "loosely related"]),
        ([0.39, 0.36], ["related", "related"]),
        ([0.2], ["loosely related"]),
        ([0.5], ["strong match"]),
    ],
)
def test_only_a_first_place_with_a_lead_is_a_strong_match(scores, words):
    assert strengths(scores) == words


def test_the_word_stands_beside_each_result(look):
    page = look("/?q=ministers+in+Borland+feared+a+backlash+among+voters")
    words = page.xpath("//*[@class='strength']/text()")
    assert words[0] == "strong match"
    assert set(words[1:]) <= {"related", "loosely related"}
    assert len(words) == len(page.xpath("//li[contains(@class, 'result')]"))
