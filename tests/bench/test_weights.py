import numpy as np
from weights import NOW, Compared, learned, mrr


def one(right: int, *parts: tuple[float, float, float, float, float]) -> Compared:
    answers = np.arange(len(parts)) == right
    return Compared(np.array(parts), np.ones(len(parts)), answers, np.zeros(5))


# The whole passage speaks for the wrong one, neighbouring words for the right one: 1.0 * .5 against
# .2 * 1 by the weights of the code.
MISLED = one(1, (0.5, 0, 0, 0, 0), (0, 0, 0, 0, 1.0))
PLAIN = one(0, (0.9, 0, 0, 0, 0), (0.1, 0, 0, 0, 0))
ABSENT = one(9, (0.9, 0, 0, 0, 0))


def test_mrr_is_the_mean_of_reciprocal_ranks_and_counts_what_is_absent() -> None:
    assert mrr([MISLED, PLAIN, ABSENT], NOW[:, None]) == (1 / 2 + 1 + 0) / 3


def test_what_tells_answers_apart_is_learned_unless_the_weights_are_held() -> None:
    questions = [MISLED, MISLED, PLAIN, ABSENT]
    free = learned(questions, 0.0, by_question=False)
    assert mrr([MISLED, PLAIN], free) == 1.0
    held = learned(questions, 1e6, by_question=False)
    np.testing.assert_allclose(held[:, 0], NOW / NOW.sum(), atol=1e-3)
    assert learned(questions, 0.0, by_question=True).shape == (5, 6)
