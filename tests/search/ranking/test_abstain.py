from dataclasses import replace

import pytest

from index.library import Library
from ingest.records import BlockKind
from search.find import find
from search.ranking.abstain import FAR, SMALL, answered, confidence, features, size_factor
from search.records import Candidate


def candidate(
    part: float, bm25: float = 0.0, names: float = 1.0, z_score: float = 0.0
) -> Candidate:
    """One whose score is `part`."""
    return Candidate(1, part, part, part, part, part, 0, 1, bm25, names, z_score)


def test_confidence_by_hand() -> None:
    # scores with a tenth of the names: .5 + .05, .4 + .1, so .55; BM25 16, its root 4; z-score 2;
    # nearest .5: 13.47*.55 + .738*4 + .331*2 - 7.57*.5 - 6.44 = .7975
    found = [candidate(0.5, 3.0, 0.5, 2.0), candidate(0.4, 16.0, 1.0, 1.0)]
    assert confidence(found) == pytest.approx(1 / (1 + 2.718281828**-0.7975))


def test_nearness_without_a_higher_score_speaks_against_an_answer() -> None:
    first = candidate(0.5)
    near = [first, replace(candidate(0.1), closeness=0.6)]
    nearer = [first, replace(candidate(0.1), closeness=0.7)]
    assert confidence(nearer) < confidence(near) < confidence([first])


def test_below_a_floor_the_distance_of_all_passages_does_not_count() -> None:
    assert features([candidate(0.2)])[3] == features([candidate(0.3)])[3] == FAR
    assert features([candidate(0.6)])[3] == 0.6


def test_scores_and_z_scores_of_the_first_five_count() -> None:
    first = [candidate(0.1, 4.0, 0.0)] * 5
    sixth = replace(candidate(1.0, 0.0, 1.0, 9.0), closeness=0.1)
    assert confidence([*first, sixth]) == confidence(first)


def test_a_passage_of_the_words_leg_counts_wherever_it_ranks() -> None:
    first = [candidate(0.1, 4.0, 0.0)] * 5
    assert confidence([*first, candidate(0.0, 25.0, 0.0)]) > confidence(first)


def test_a_name_that_no_passage_holds_speaks_against_an_answer() -> None:
    assert confidence([candidate(0.4, 5, 0)]) < confidence([candidate(0.4, 5, 1)])


def test_what_stands_out_among_the_candidates_speaks_for_an_answer() -> None:
    assert confidence([candidate(0.4, 5, 1, 1)]) < confidence([candidate(0.4, 5, 1, 3)])


def test_words_of_a_small_library_count_as_in_a_larger_one() -> None:
    # ln(1 + 299.5 / 1.5) / ln(1 + 2.5 / 1.5) = 5.302 / .981
    assert size_factor(3) == pytest.approx(5.302 / 0.981, rel=1e-3)
    assert size_factor(SMALL) == size_factor(100_000) == 1.0
    # ln(1 + .5 / 1.5) = .2877
    assert size_factor(0) == size_factor(1) == pytest.approx(5.302 / 0.2877, rel=1e-3)


def test_nothing_found_is_no_answer() -> None:
    assert confidence([]) == 0.0
    assert not answered([])


def test_a_window_with_every_word_answers_among_the_first_five() -> None:
    low, whole = candidate(0.1), replace(candidate(0.1), window_coverage=1.0)
    assert not answered([low] * 6)
    assert answered([*[low] * 4, whole])
    assert not answered([*[low] * 5, whole])
    assert not answered([replace(whole, window_coverage=0.99)])


@pytest.mark.parametrize("kind", list(BlockKind))
def test_a_window_without_substance_answers_nothing(kind: BlockKind) -> None:
    whole = replace(candidate(0.1), window_coverage=1.0, kind=kind)
    hollow = {BlockKind.CONTENTS, BlockKind.REFERENCE, BlockKind.BOILERPLATE}
    assert answered([whole]) is (kind not in hollow)


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
