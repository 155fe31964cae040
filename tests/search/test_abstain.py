import pytest

from index.library import Library
from search.abstain import confidence
from search.find import find
from search.records import Candidate


def candidate(closeness: float, window: float, share: float) -> Candidate:
    return Candidate(1, closeness, window, share, share, 0.0, 0, 1)


def test_confidence_by_hand() -> None:
    # 6.48*.6 + 3.19*.5 + 3.2*.5 - 5.41 = 1.673; the highest of each part counts
    found = [candidate(0.6, 0.2, 0.1), candidate(0.1, 0.5, 0.5)]
    assert confidence(found) == pytest.approx(1 / (1 + 2.718281828**-1.673))


def test_only_the_first_five_count() -> None:
    assert confidence([candidate(0, 0, 0)] * 5 + [candidate(1, 1, 1)]) < 0.01


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
