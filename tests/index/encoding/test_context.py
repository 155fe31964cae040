from collections.abc import Sequence

from index.encoding.context import ROOM, context, title_in_context


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
    fits = " ".join(["word"] * (ROOM - 1))
    assert context(fits, [], count_words) == f"{fits}."


def test_a_title_of_one_word_that_is_too_long_is_left_out() -> None:
    def count_letters(texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    assert context("w" * ROOM, [], count_letters) == ""
    assert context("w" * (ROOM - 1), [], count_letters) == "w" * (ROOM - 1) + "."


def test_the_id_of_a_line_is_no_title() -> None:
    assert title_in_context("doc 1", "doc 1") == ""
    assert title_in_context("Ferry notes", "doc 1") == "Ferry notes"
