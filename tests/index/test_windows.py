from index.windows import window_spans


def windows(text: str) -> list[str]:
    return [text[start:end] for start, end in window_spans(text).tolist()]


def test_each_sentence_with_the_next() -> None:
    assert windows("One. Two. Three.") == ["One. Two.", "Two. Three."]


def test_a_single_sentence_is_its_own_window() -> None:
    assert windows("Only one here") == ["Only one here"]


def test_no_words_no_window() -> None:
    assert windows(" \n ") == []
