"""Words and pairs of words, and what they weigh."""

import numpy as np
import pytest

from index.tagging.terms import terms, weigh, word_count


def test_stems_then_pairs() -> None:
    assert terms("The mayor's visits, 2019!") == [
        "the", "mayor", "s", "visit", "2019",
        "the mayor", "mayor s", "s visit", "visit 2019",
    ]  # fmt: skip


def test_words_are_counted_once_each() -> None:
    assert word_count("The mayor's visit, 2019!") == 5


def test_words_of_any_script_and_none() -> None:
    assert terms("Über Łódź") == ["uber", "lodz", "uber lodz"]
    assert terms("гости дома") == ["гости", "дома", "гости дома"]
    assert terms(" … 。") == []


def test_another_language_is_read_in_english() -> None:
    german = terms("Wer zahlt die Unterkunft der Familien?")
    assert "accommod" in german
    assert "famili" in german
    assert "unterkunft" not in german


def test_a_weight_grows_with_the_logarithm_of_the_count() -> None:
    vocabulary = {"visit": 0, "town": 1, "city": 2}
    rarity = np.array([2.0, 3.0, 5.0], dtype=np.float32)
    rows, weights = weigh("Visits, visited: a town", vocabulary, rarity)
    assert dict(zip(rows.tolist(), weights.tolist(), strict=True)) == pytest.approx(
        {0: (1 + np.log(2)) * 2, 1: 3.0}
    )


def test_a_text_without_known_terms() -> None:
    rows, weights = weigh("nothing known", {}, np.zeros(0, dtype=np.float32))
    assert (len(rows), len(weights)) == (0, 0)
