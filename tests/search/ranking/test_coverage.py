import numpy as np
import pytest

from index.derived.positions import TermIncidence
from search.question.variants import Form
from search.ranking.coverage import (
    QuestionTerms,
    coverage,
    in_any_form,
    names_held,
    pair_coverage,
)

ASKED = QuestionTerms(("study", "visit", "of", "visit"), {"study": 3.0, "visit": 2.0, "of": 0.1})


def flags(*rows: list[int]) -> np.ndarray:
    return np.array(rows, dtype=np.bool_)


def test_coverage_by_hand() -> None:
    held = coverage(ASKED, flags([0, 1, 1], [1, 1, 1], [0, 0, 0]))
    assert held.tolist() == pytest.approx([2.1 / 5.1, 1.0, 0.0])


def test_near_words_count_for_their_share_where_the_word_is_lacking() -> None:
    near = {"study": {("research",): 0.5, ("visit",): 0.2}, "visit": {("trip",): 0.4}}
    asked = QuestionTerms(ASKED.terms, ASKED.rarity, near=near)
    assert (asked.looked_up, asked.further) == (("study", "visit", "of"), ("research", "trip"))
    rows = flags(
        [0, 0, 0, 1, 1],  # .5 of 3.0 and .4 of 2.0
        [0, 1, 0, 1, 0],  # the nearer of the two that stand for "study", and "visit" itself
        [0, 1, 0, 0, 1],  # "visit" for "study" too
        [1, 1, 1, 1, 1],  # a whole word counts whole, and once
        [0, 0, 0, 0, 0],
    )
    held = coverage(asked, rows)
    assert held.tolist() == pytest.approx([2.3 / 5.1, 3.5 / 5.1, 2.6 / 5.1, 1.0, 0.0])


def test_words_that_stand_for_one_together_count_where_all_are_held() -> None:
    near = {"study": {("joint", "trip"): 0.7, ("trip",): 0.1}}
    asked = QuestionTerms(ASKED.terms, ASKED.rarity, near=near)
    assert asked.further == ("joint", "trip")
    held = coverage(asked, flags([0, 0, 0, 1, 1], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]))
    assert held.tolist() == pytest.approx([0.7 * 3.0 / 5.1, 0.0, 0.1 * 3.0 / 5.1])


def test_pair_coverage_by_hand() -> None:
    assert ASKED.pairs == (("study", "visit"), ("visit", "of"), ("of", "visit"))
    # they weigh 5, 2.1 and 2.1; the first text has the first only
    held = pair_coverage(ASKED, flags([1, 0, 0], [0, 0, 0]))
    assert held.tolist() == pytest.approx([5 / 9.2, 0.0])


def test_a_question_without_terms_or_pairs() -> None:
    assert coverage(QuestionTerms((), {}), np.zeros((2, 0), dtype=np.bool_)).tolist() == [0.0, 0.0]
    one = QuestionTerms(("x",), {"x": 1.0})
    assert one.pairs == ()
    assert pair_coverage(one, np.zeros((1, 0), dtype=np.bool_)).tolist() == [0.0]


def test_names_by_hand() -> None:
    asked = QuestionTerms(ASKED.terms, ASKED.rarity, names=frozenset({"visit", "of"}))
    held = names_held(asked, flags([1, 1, 0], [1, 0, 1], [1, 0, 0]))
    assert held.tolist() == pytest.approx([2.0 / 2.1, 0.1 / 2.1, 0.0])
    assert names_held(ASKED, flags([1, 1, 1], [0, 0, 0])).tolist() == [1.0, 1.0]


LONG = ("temporari", "desk")


def held_of(terms: list[list[int]], pairs: list[list[int]]) -> TermIncidence:
    """One window a passage, which holds what the passage does but its last passage's."""
    windows = flags(*terms)
    windows[-1] = False
    return TermIncidence(flags(*terms), flags(*pairs), windows, np.arange(len(terms) + 1))


def test_a_text_with_the_whole_long_form_holds_the_acronym() -> None:
    asked = QuestionTerms(("tdi", "open"), {"tdi": 3.0, "open": 1.0}, (Form(("tdi",), LONG),))
    assert asked.looked_up == ("tdi", "open", "temporari", "desk")
    held = held_of([[0, 1, 1, 1], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 1]], [[0], [0], [1], [0]])
    found = in_any_form(asked, held)
    asked_for = found.terms[:, :2].tolist()
    assert asked_for == [[True, True], [False, False], [True, False], [True, False]]
    assert found.terms[:, 2:].tolist() == held.terms[:, 2:].tolist()
    # in the last one the long form stands in the heading, in no window
    in_windows = found.windows[:, :2].tolist()
    assert in_windows == [[True, True], [False, False], [True, False], [False, False]]
    assert found.pairs.tolist() == [[False], [False], [True], [False]]
    assert held.terms[0].tolist() == [False, True, True, True]


def test_a_text_with_the_acronym_holds_the_long_form_and_its_pairs() -> None:
    terms = (*LONG, "open")
    asked = QuestionTerms(terms, dict.fromkeys(terms, 1.0), (Form(LONG, ("tdi",)),))
    assert asked.pairs == (LONG, ("desk", "open"))
    held = held_of([[0, 0, 1, 1], [1, 0, 1, 0], [0, 0, 0, 0]], [[0, 0], [0, 0], [0, 0]])
    found = in_any_form(asked, held)
    asked_for = found.terms[:, :3].tolist()
    assert asked_for == [[True, True, True], [True, False, True], [False, False, False]]
    assert found.windows[:, :3].tolist() == asked_for
    assert found.pairs.tolist() == [[True, False], [False, False], [False, False]]


def test_without_other_forms_what_is_held_stays() -> None:
    held = held_of([[1, 0, 1], [0, 0, 0]], [[1, 0, 0], [0, 0, 0]])
    found = in_any_form(ASKED, held)
    assert found.terms.tolist() == held.terms.tolist()
    assert found.pairs.tolist() == held.pairs.tolist()
