from collections.abc import Sequence

from index.context import ROOM, context


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def test_title_and_the_two_inner_headings() -> None:
    found = context("Labour in Cambodia", ["Part I", "Aims", "Training"], count_words)
    assert found == "Labour in Cambodia. Aims > Training."


def test_without_title_or_headings() -> None:
    assert context("", ["Aims"], count_words) == "Aims."
    assert context("Title", [], count_words) == "Title."
    assert context("", [], count_words) == ""


def test_too_long_it_loses_the_outer_heading_first() -> None:
    assert context("Title", ["x " * ROOM, "Inner"], count_words) == "Title. Inner."


def test_a_title_too_long_is_shortened() -> None:
    words = context("word " * 100, ["Inner"], count_words).split()
    assert len(words) == ROOM - 1
