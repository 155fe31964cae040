from dataclasses import replace

import pytest

from index.library import Library
from search.abstain import SMALL, answered, confidence, in_size
from search.find import find
from search.records import Candidate


def candidate(
    part: float, matched: float = 0.0, names: float = 1.0, standing: float = 0.0
) -> Candidate:
    """One whose score is `part`."""
    return Candidate(1, part, part, part, part, part, 0, 1, matched, names, standing)


def test_confidence_by_hand() -> None:
    # scores with a tenth of the names: .5 + .05, .4 + .1, so .55; BM25 16, its root 4; standing 2
    # 9.6*.55 + .68*4 + .44*2 - 8.48 = .4
    found = [candidate(0.5, 3.0, 0.5, 2.0), candidate(0.4, 16.0, 1.0, 1.0)]
    assert confidence(found) == pytest.approx(1 / (1 + 2.718281828**-0.4))


def test_scores_and_standing_of_the_first_five_count() -> None:
    first = [candidate(0.1, 4.0, 0.0)] * 5
    assert confidence([*first, candidate(1.0, 0.0, 1.0, 9.0)]) == confidence(first)


def test_a_passage_of_the_words_leg_counts_wherever_it_ranks() -> None:
    first = [candidate(0.1, 4.0, 0.0)] * 5
    assert confidence([*first, candidate(0.0, 25.0, 0.0)]) > confidence(first)


def test_a_name_that_no_passage_holds_speaks_against_an_answer() -> None:
    assert confidence([candidate(0.4, 5, 0)]) < confidence([candidate(0.4, 5, 1)])


def test_what_stands_out_among_the_candidates_speaks_for_an_answer() -> None:
    assert confidence([candidate(0.4, 5, 1, 1)]) < confidence([candidate(0.4, 5, 1, 3)])


def test_words_of_a_small_library_count_as_in_a_larger_one() -> None:
    # ln(1 + 299.5 / 1.5) / ln(1 + 2.5 / 1.5) = 5.302 / .981
    assert in_size(3) == pytest.approx(5.302 / 0.981, rel=1e-3)
    assert in_size(SMALL) == in_size(100_000) == 1.0
    assert in_size(0) == in_size(1)


def test_nothing_found_is_no_answer() -> None:
    assert confidence([]) == 0.0
    assert not answered([])


def test_a_window_with_every_word_answers_among_the_first_five() -> None:
    low, whole = candidate(0.1), replace(candidate(0.1), window_coverage=1.0)
    assert not answered([low] * 6)
    assert answered([*[low] * 4, whole])
    assert not answered([*[low] * 5, whole])
    assert not answered([replace(whole, window_coverage=0.99)])


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("why did ministers fear a backlash?", True),
        ("did the study visits change the work of officials?", True),
        ("how do I bake sourdough bread?", False),
        ("what is this", False),
        ("who won the world cup in 1998?", False),
    ],
)
def test_what_the_library_does_not_hold(library: Library, question: str, there: bool) -> None:
    assert find(library, question).answered is there
