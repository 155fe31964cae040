"""Runs of words shared between texts."""

import pytest
from overlap import runs, shared, shared_share


def test_runs_ignore_case_and_punctuation() -> None:
    assert runs("The mayor, the Town.", 3) == {("the", "mayor", "the"), ("mayor", "the", "town")}


def test_a_text_shorter_than_the_run_has_none() -> None:
    assert runs("two words", 3) == set()


def test_figures_meet_by_chance() -> None:
    assert runs("2011 2012 2013", 2) == set()
    assert runs("in 2012", 2) == {("in", "2012")}


def test_what_two_sides_share() -> None:
    assert shared(["a b c d"], ["x b c d", "y"], 3) == {("b", "c", "d")}
    assert shared(["a b c"], ["c b a"], 2) == set()


def test_the_share_is_of_the_first_sides_runs() -> None:
    # a b, b c, c d: of these three the other side has one
    assert shared_share(["a b c d"], ["b c", "x y"], 2) == pytest.approx(1 / 3)
    assert shared_share([], ["a b"], 2) == 0.0
