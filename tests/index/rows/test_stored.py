"""Vectors as they are stored: worked by hand, and the same after any number of turns."""

import numpy as np
import pytest

from index.rows import stored


def test_a_window_by_hand() -> None:
    # The highest is 1.27, so a step is .01; float16 has no .01, the next above is .01000214.
    window = np.array([[1.27, -0.5, 0.004, 0.006, 0.0]], dtype=np.float32)
    scales, codes = stored.parted(window)
    assert scales.tolist() == [pytest.approx(0.01000214, abs=1e-8)]
    assert codes.tolist() == [[127, -50, 0, 1, 0]]
    assert len(stored.windows_as_stored(window)) == stored.window_bytes(5) == 2 + 5


def test_read_back_and_stored_again_is_the_same() -> None:
    rows = np.random.default_rng(1).standard_normal((500, 384), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    once = stored.windows_as_stored(rows)
    read = stored.read_windows(once, 384)
    assert stored.windows_as_stored(read) == once
    assert (stored.rounded(rows) == read).all()
    assert (stored.rounded(read) == read).all()
    # Numbers up to .25 in 127 steps: off by at most half of one.
    assert np.abs(read - rows).max() <= np.abs(rows).max() / 127 / 2 * 1.001
    assert np.abs(np.linalg.norm(read, axis=1) - 1).max() < 2e-3


def test_nothing_and_zeros() -> None:
    none = np.zeros((0, 4), dtype=np.float32)
    assert stored.windows_as_stored(none) == b""
    assert stored.read_windows(b"", 4).shape == (0, 4)
    assert stored.read_vectors([], 4).shape == (0, 4)
    zeros = np.zeros((2, 4), dtype=np.float32)
    assert (stored.rounded(zeros) == zeros).all()


def test_label_scores_by_hand() -> None:
    scores = np.array([[0.5, -2.0], [1.25, 0.0]], dtype=np.float32)
    held = stored.scores_as_stored(scores, "ab" * 32)
    # 8 bytes of who gave them; .5, -2, 1.25 and 0 in float16, little end first
    assert held.hex() == "ab" * 8 + "0038" + "00c0" + "003d" + "0000"
    found = stored.read_scores(held, "ab" * 32, 2)
    assert found is not None
    assert found.tolist() == scores.tolist()
    assert stored.read_scores(held, "cd" * 32, 2) is None
    assert stored.read_scores(held, "", 2) is None
    assert stored.read_scores(b"", "ab" * 32, 2) is None
    assert stored.scores_as_stored(scores, "") == b""
    assert stored.scores_as_stored(scores[:0], "ab" * 32) == b""


def test_vectors_are_halved() -> None:
    vector = np.array([0.6, 0.8, 0.0], dtype=np.float32)
    kept = stored.vector_as_stored(vector)
    assert len(kept) == stored.vector_bytes(3) == 6
    assert stored.read_vectors([kept, kept], 3).tolist() == [[0.60009765625, 0.7998046875, 0.0]] * 2


def test_another_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        stored.read_vectors([b"12345678"], 3)
    with pytest.raises(ValueError, match="size"):
        stored.read_windows(b"1234567", 4)
