"""Scores in words: the level, the place and the lead decide."""

from __future__ import annotations

import pytest

from index.library import Library
from search.find import find
from search.strength import none_stands_out, strengths, strengths_of

LOOSE = "sitting beside new colleagues when people first arrive"
"""Counts as answered by a passage with which it shares few words."""


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
def test_only_a_first_place_with_a_lead_is_a_strong_match(
    scores: list[float], words: list[str]
) -> None:
    assert strengths(scores) == words


def test_what_does_not_seem_to_answer_is_no_match(library: Library) -> None:
    answer = find(library, "Which Ferry Took 140 Ministers To Zanzibar?")
    assert not answer.answered
    assert set(strengths_of(answer)) <= {"related", "loosely related"}


def test_an_answer_may_be_none_stands_outly_related(library: Library) -> None:
    loose, near = find(library, LOOSE), find(library, "ministers who feared a backlash")
    assert (loose.answered, set(strengths_of(loose))) == (True, {"loosely related"})
    assert none_stands_out(loose)
    assert not none_stands_out(near)
    assert not none_stands_out(find(library, ""))
