"""What speaks for a result: the words it shares with the question."""

from __future__ import annotations

import pytest

from index.library import Library
from search.find import find
from search.why import Why, why


def first(library: Library, question: str) -> Why:
    answer = find(library, question, k=1)
    return why(library.views().words, answer, answer.results[0])


def test_words_it_shares_and_words_it_lacks(library: Library) -> None:
    found = first(library, "Why did ministers fear a backlash over sourdough?")
    assert found.matched == ("ministers", "fear", "backlash")
    assert found.missing == ("sourdough",)


@pytest.mark.parametrize("question", ["how do you do", "Who are YOU?", "?! a"])
def test_words_without_a_meaning_are_neither(library: Library, question: str) -> None:
    found = first(library, question)
    assert (found.matched, found.missing) == ((), ())


def test_a_misspelt_word_is_shared_as_what_it_is_read_as(library: Library) -> None:
    assert first(library, "did ministers fear a baklash").matched == (
        "ministers",
        "fear",
        "baklash",
    )
