import pytest

from index.library import Library
from search.abstain import confidence
from search.find import find
from search.records import Candidate


def candidate(part: float, evidence: float = 0.0, names: float = 1.0) -> Candidate:
    """One whose score is `part`."""
    return Candidate(1, part, part, part, part, part, 0, 1, evidence, names)


def test_confidence_by_hand() -> None:
    # scores with a tenth of the names: .5 + .05, .4 + .1, so .55; evidence 12
    # 8.82*.55 + .099*12 - 5.56 = .479
    found = [candidate(0.5, 3.0, 0.5), candidate(0.4, 12.0, 1.0)]
    assert confidence(found) == pytest.approx(1 / (1 + 2.718281828**-0.479))


def test_only_the_first_five_count() -> None:
    assert confidence([candidate(0, 0, 0)] * 5 + [candidate(1, 50)]) < 0.01


def test_a_name_that_no_passage_holds_speaks_against_an_answer() -> None:
    assert confidence([candidate(0.4, 5, 0)]) < confidence([candidate(0.4, 5, 1)])


def test_nothing_found_is_no_answer() -> None:
    assert confidence([]) == 0.0


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("why did ministers fear a backlash?", True),
        ("did the study visits change the work of officials?", True),
        ("how do I bake sourdough bread?", False),
        ("who won the world cup in 1998?", False),
    ],
)
def test_what_the_library_does_not_hold(library: Library, question: str, answered: bool) -> None:
    assert find(library, question).answered is answered
