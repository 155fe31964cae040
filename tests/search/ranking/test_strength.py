"""Scores in words: the level, the place and the lead decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library import Library
from search.find import find
from search.ranking.strength import is_match, none_stands_out, strengths, strengths_of
from search.records import Answer, Result

LOOSE = "sitting beside new colleagues when people first arrive"
"""Counts as answered by a passage with which it shares few words."""


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([], []),
        ([0.52, 0.45, 0.34], ["strong match", "related", "loosely related"]),
        ([0.52, 0.47], ["possible match", "related"]),
        ([0.52, 0.47, 0.1], ["possible match", "related", "loosely related"]),
        ([0.4, 0.35], ["possible match", "related"]),
        ([0.44, 0.2], ["possible match", "loosely related"]),
        ([0.39, 0.36], ["related", "related"]),
        ([0.39, 0.33], ["possible match", "loosely related"]),
        ([0.35, 0.2], ["possible match", "loosely related"]),
        ([0.34, 0.1], ["loosely related", "loosely related"]),
        ([0.36], ["possible match"]),
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


def test_an_answer_may_be_of_passages_that_are_all_loosely_related(library: Library) -> None:
    loose, near = find(library, LOOSE), find(library, "ministers who feared a backlash")
    assert (loose.answered, set(strengths_of(loose))) == (True, {"loosely related"})
    assert none_stands_out(loose)
    assert not none_stands_out(near)
    assert not none_stands_out(find(library, ""))


def scored(library: Library, answered: bool, *scores: float) -> Answer:
    """An answer of so many results with these scores, none with the text of another."""
    answer = find(library, "ministers who feared a backlash")
    results = tuple(
        replace(worded(answer.results[0], f"Text {place}."), score=score)
        for place, score in enumerate(scores)
    )
    return replace(answer, answered=answered, results=results)


def worded(result: Result, text: str) -> Result:
    passage = replace(result.stored.passage, text=text)
    return replace(result, stored=replace(result.stored, passage=passage))


def test_without_an_answer_related_and_loosely_related_stay_apart(library: Library) -> None:
    scores = (0.6, 0.36, 0.2)
    assert strengths_of(scored(library, True, *scores)) == [
        "strong match", "related", "loosely related"
    ]  # fmt: skip
    assert strengths_of(scored(library, False, *scores)) == [
        "related", "related", "loosely related"
    ]  # fmt: skip
    assert strengths_of(scored(library, False, 0.2)) == ["loosely related"]


def test_a_question_has_a_match_where_its_first_result_is_one(library: Library) -> None:
    assert is_match(scored(library, True, 0.6, 0.2))
    assert is_match(scored(library, True, 0.42, 0.41))
    assert is_match(scored(library, True, 0.39, 0.2))
    assert not is_match(scored(library, True, 0.39, 0.38))
    assert not is_match(scored(library, False, 0.6, 0.2))
    assert not is_match(scored(library, True))


@pytest.mark.parametrize(
    ("absent", "word"),
    [
        ((), "strong match"),
        (("Bhutan",), "related"),
        (("bhutanese",), "related"),
        (("Thimphu",), "strong match"),
        (("Milenkov", "Bhutan Airlines"), "related"),
    ],
)
def test_a_country_that_no_passage_names_is_matched_by_none(
    library: Library, absent: tuple[str, ...], word: str
) -> None:
    answer = replace(scored(library, True, 0.6, 0.2), absent=absent)
    assert strengths_of(answer) == [word, "loosely related"]
    assert is_match(answer) == (word == "strong match")


@pytest.mark.parametrize(
    ("question", "absent", "word"),
    [
        ("wages in Sri Lanka", ("Sri Lanka",), "related"),
        ("wages in Saudi Arabia", ("Arabia",), "related"),
        ("wages of New Zealanders", ("Zealanders",), "related"),
        ("wages in Côte d’Ivoire", ("Ivoire",), "related"),
        ("wages in the ivory trade", ("ivory",), "strong match"),
        ("the costa line", ("costa",), "strong match"),
    ],
)
def test_a_country_of_several_words_is_one_too(
    library: Library, question: str, absent: tuple[str, ...], word: str
) -> None:
    answer = replace(scored(library, True, 0.6, 0.2), question=question, absent=absent)
    assert strengths_of(answer)[0] == word


def test_that_none_stands_out_is_said_below_a_score(library: Library) -> None:
    assert none_stands_out(scored(library, True, 0.31, 0.2))
    assert not none_stands_out(scored(library, True, 0.32, 0.2))
    assert not none_stands_out(scored(library, False, 0.31, 0.2))
    assert not none_stands_out(scored(library, True))


def test_a_copy_takes_away_no_lead(library: Library) -> None:
    answer = scored(library, True, 0.6, 0.59, 0.2)
    first, second, third = answer.results
    assert strengths_of(answer) == ["possible match", "related", "loosely related"]
    copied = replace(answer, results=(first, worded(second, "text 0"), third))
    assert strengths_of(copied) == ["strong match", "loosely related"]
