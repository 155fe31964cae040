"""Vectors of labelled passages: encoded once, and again where the file does not help."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoding import attention
from index.encoding.encode import encode_windows
from index.encoding.encoder import EncoderIdentity, FloatMatrix, Readings
from index.learning import example_rows, example_vectors
from index.library import Library

TEXTS = ["The cook wanted pumpkins. He turned the soil.", "Rain fell on the gravel."]


class Counting:
    """An encoder that says what it was given."""

    def __init__(self, library: Library) -> None:
        self._encoder = library.encoder
        self.identity: EncoderIdentity = library.encoder.identity
        self.scorer = library.encoder.scorer
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        return self._encoder.encode(texts)

    def read(self, texts: Sequence[str]) -> Readings:
        self.texts += texts
        return self._encoder.read(texts)

    def count_tokens(self, text: str) -> int:
        return self._encoder.count_tokens(text)


@pytest.fixture
def counting(library: Library) -> Counting:
    return Counting(library)


def test_what_was_encoded_is_read_back_the_same(counting: Counting, tmp_path: Path) -> None:
    file = tmp_path / "cache" / "examples.npz"
    first = example_vectors.window_rows(TEXTS, counting, file)
    windows = encode_windows(TEXTS, counting)
    dimension = counting.identity.dimension
    assert np.array_equal(first[:, :dimension], [one.vectors.mean(axis=0) for one in windows])
    assert np.array_equal(first[:, dimension:], [one.scores.max(axis=0) for one in windows])
    counting.texts.clear()
    again = example_vectors.window_rows([TEXTS[1], TEXTS[0], TEXTS[1]], counting, file)
    assert counting.texts == []
    assert np.array_equal(again, first[[1, 0, 1]])


def test_only_what_is_new_is_encoded(counting: Counting, tmp_path: Path) -> None:
    file = tmp_path / "examples.npz"
    example_vectors.window_rows(TEXTS, counting, file)
    counting.texts.clear()
    example_vectors.window_rows([*TEXTS, "She grew marigolds."], counting, file)
    assert counting.texts == ["She grew marigolds."]


def test_another_encoders_vectors_are_not_taken(counting: Counting, tmp_path: Path) -> None:
    file = tmp_path / "examples.npz"
    example_vectors.window_rows(TEXTS, counting, file)
    counting.texts.clear()
    was = counting.identity
    counting.identity = EncoderIdentity(was.name, "0" * 64, was.dimension, was.max_tokens)
    example_vectors.window_rows(TEXTS, counting, file)
    assert counting.texts == TEXTS


def test_vectors_of_another_language_as_it_is_are_not_taken_for_its_english(
    counting: Counting, tmp_path: Path
) -> None:
    file = tmp_path / "examples.npz"
    texts = [*TEXTS, "Die Stadt zahlt die Unterkunft der Familien nicht."]
    counting.identity = replace(counting.identity, glossed=False)
    example_vectors.window_rows(texts, counting, file)
    counting.texts.clear()
    counting.identity = replace(counting.identity, glossed=True)
    example_vectors.window_rows(texts, counting, file)
    assert counting.texts == texts[len(TEXTS) :]


def test_another_attentions_scores_are_not_taken(counting: Counting, tmp_path: Path) -> None:
    file = tmp_path / "examples.npz"
    example_vectors.window_rows(TEXTS, counting, file)
    counting.texts.clear()
    counting.scorer = "0" * 64
    example_vectors.window_rows(TEXTS, counting, file)
    assert counting.texts == TEXTS


@pytest.mark.parametrize("damage", ["cut", "other", "absent", "misshapen"])
def test_a_damaged_file_is_made_anew(counting: Counting, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "examples.npz"
    first = example_vectors.window_rows(TEXTS, counting, file)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:200])
    elif damage == "other":
        file.write_text("not an archive", encoding="utf-8")
    elif damage == "absent":
        file.unlink()
    else:
        np.savez(file, keys=np.zeros((2, 32), np.uint8), rows=np.zeros((3, 394), np.float32))
    assert np.array_equal(example_vectors.window_rows(TEXTS, counting, file), first)
    counting.texts.clear()
    assert np.array_equal(example_vectors.window_rows(TEXTS, counting, file), first)
    assert counting.texts == []


def test_a_file_that_cannot_be_written_costs_time_only(counting: Counting, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    rows = example_vectors.window_rows(TEXTS, counting, tmp_path / "cache" / "examples.npz")
    assert rows.shape == (2, counting.identity.dimension + 10)


def test_what_it_is_told_ends_the_work(counting: Counting, tmp_path: Path) -> None:
    def stop(share: float) -> None:
        raise TimeoutError(share)

    with pytest.raises(TimeoutError):
        example_vectors.window_rows(TEXTS, counting, tmp_path / "examples.npz", stop)
    assert not list(tmp_path.iterdir())


def test_what_is_shipped_is_not_encoded_nor_kept_again(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention, "SHIPPED", tmp_path)
    example_vectors.ship(TEXTS, counting, tmp_path)
    encoded = np.array([encode_windows([text], counting)[0].vectors.mean(axis=0) for text in TEXTS])
    counting.texts.clear()
    file = tmp_path / "cache" / "examples.npz"
    rows = example_vectors.window_rows([TEXTS[1], TEXTS[0]], counting, file)
    assert counting.texts == []
    assert not file.exists()
    # an eighth bit rounds by half of a 127th of the largest number, which lies below .3 here
    assert np.abs(rows[::-1, : encoded.shape[1]] - encoded).max() < 0.0012
    new = "She grew marigolds."
    example_vectors.window_rows([*TEXTS, new], counting, file)
    assert counting.texts == [new]
    kept = example_rows.shipped(tmp_path)
    (key,) = {bytes(one) for one in np.load(file)["keys"]} - set(kept)
    assert len(kept) == 2
    assert len(key) == 32


@pytest.mark.parametrize("damage", ["cut", "other", "absent", "misshapen"])
def test_damaged_rows_that_were_shipped_are_encoded(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(attention, "SHIPPED", tmp_path)
    example_vectors.ship(TEXTS, counting, tmp_path)
    (file,) = tmp_path.glob("*.npz")
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:200])
    elif damage == "other":
        file.write_text("not an archive", encoding="utf-8")
    elif damage == "absent":
        file.unlink()
    else:
        keys = np.zeros((3, 32), np.uint8)
        np.savez(file, keys=keys, scales=np.ones(2), codes=np.zeros((2, 384)), scores=np.zeros(2))
    counting.texts.clear()
    rows = example_vectors.window_rows(TEXTS, counting, tmp_path / "cache" / "examples.npz")
    assert counting.texts == TEXTS
    assert rows.shape == (2, counting.identity.dimension + 10)
