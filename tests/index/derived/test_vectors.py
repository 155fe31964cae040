from pathlib import Path

import numpy as np
import pytest

from index.derived.vectors import FlatVectors

ROWS = [
    (3, np.array([1, 0, 0], dtype=np.float32)),
    (7, np.array([0.6, 0.8, 0], dtype=np.float32)),
    (12, np.array([0, 0, -1], dtype=np.float32)),
]
QUESTION = np.array([0.8, 0.6, 0], dtype=np.float32)


def test_cosines_by_hand_best_first() -> None:
    numbers, scores = FlatVectors.build(ROWS, 3).nearest(QUESTION, 10)
    # .6*.8 + .8*.6 = .96 for 7; 1*.8 = .8 for 3; 0 for 12
    assert numbers.tolist() == [7, 3, 12]
    assert scores.tolist() == pytest.approx([0.96, 0.8, 0.0], abs=0.02)  # held in eight bits


def test_opposite_vectors_score_minus_one() -> None:
    _, scores = FlatVectors.build(ROWS[2:], 3).nearest(np.array([0, 0, 1], dtype=np.float32), 1)
    assert scores.tolist() == pytest.approx([-1.0], abs=0.01)


def test_at_most_k() -> None:
    assert FlatVectors.build(ROWS, 3).nearest(QUESTION, 1)[0].tolist() == [7]


def test_only_allowed_passages() -> None:
    index = FlatVectors.build(ROWS, 3)
    assert index.nearest(QUESTION, 10, np.array([3, 12]))[0].tolist() == [3, 12]
    assert index.nearest(QUESTION, 10, np.array([4]))[0].tolist() == []
    assert index.nearest(QUESTION, 10, np.array([], dtype=np.int64))[0].tolist() == []


def test_an_empty_index_finds_nothing() -> None:
    numbers, scores = FlatVectors.build([], 3).nearest(QUESTION, 10)
    assert len(numbers) == len(scores) == 0


def test_it_is_the_same_when_opened_again(tmp_path: Path) -> None:
    FlatVectors.build(ROWS, 3).save(tmp_path / "v.faiss")
    again = FlatVectors.load(tmp_path / "v.faiss")
    assert again.nearest(QUESTION, 2)[0].tolist() == [7, 3]


def test_more_rows_than_a_batch() -> None:
    rows = [(n, np.array([1, 0, 0], dtype=np.float32)) for n in range(9000)]
    assert len(FlatVectors.build(rows, 3)) == 9000
