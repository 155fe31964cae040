from index.windows import window_spans


def windows(text: str) -> list[str]:
    return [text[start:end] for start, end in window_spans(text).tolist()]


def test_each_sentence_with_the_next() -> None:
    assert windows("One. Two. Three.") == ["One. Two.", "Two. Three."]


def test_a_single_sentence_is_its_own_window() -> None:
    assert windows("Only one here") == ["Only one here"]


def test_no_words_no_window() -> None:
    assert windows(" \n ") == []


def test_a_table_row_is_a_window_of_its_own() -> None:
    rows = [
        "Place: Nuremberg; Year: 2019; Result: Rents rose. Families moved.",
        "Place: Rivertown; Year: 2020; Result: None",
    ]
    text = "\n".join(["Outcomes by place.", *rows, "Source: own count. See annex."])
    assert windows(text) == ["Outcomes by place.", *rows, "Source: own count. See annex."]


def test_a_sentence_with_a_colon_and_a_semicolon_is_no_table_row() -> None:
    text = "Two things helped: mentors; a desk. Both cost money: staff; rent.\nThey stayed."
    assert windows(text) == [
        "Two things helped: mentors; a desk. Both cost money: staff; rent.",
        "Both cost money: staff; rent.\nThey stayed.",
    ]


def test_a_footnote_shares_no_window_with_the_one_before() -> None:
    text = (
        "31 Interview with the desk. It has grown since.\n32 Ibid.\n33 Two towns paid. One did not."
    )
    assert windows(text) == [
        "31 Interview with the desk. It has grown since.",
        "32 Ibid.",
        "33 Two towns paid. One did not.",
    ]


def test_windows_lie_where_they_stand_in_the_text() -> None:
    text = "  Lead in. \n\n Place: A; Year: 1; Sum: 2 \n 7 apples fell. "
    assert windows(text) == ["Lead in.", "Place: A; Year: 1; Sum: 2", "7 apples fell."]
