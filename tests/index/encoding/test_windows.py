import pytest

from index.encoding.windows import window_spans
from ingest.records import BlockKind

VISIT = "Visit: Northport; Host: The ministry; Days: 3"


def windows(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [text[start:end] for start, end in window_spans(text, kind).tolist()]


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


NAMELESS = [
    "NEA; National Employment Agency",
    "Return; Going home. It may be forced.",
    "No.: 5; Year: 2011; Grant: 426,000",
    "If you have ...: one question; Channel: a call",
]


def test_in_a_table_each_line_of_several_cells_is_a_row() -> None:
    text = "\n".join(["Words used", *NAMELESS])
    assert windows(text, BlockKind.TABLE) == NAMELESS


def test_in_a_table_a_line_of_one_cell_is_no_row() -> None:
    text = "Total\nNEA; National Employment Agency\nSource: own count. See annex."
    assert windows(text, BlockKind.TABLE) == [
        "NEA; National Employment Agency",
        "Source: own count. See annex.",
    ]
    assert windows("One cell. Two sentences.\nAnd more", BlockKind.TABLE) == [
        "One cell. Two sentences.",
        "Two sentences.\nAnd more",
    ]
    assert windows(" \n ", BlockKind.TABLE) == []


def test_outside_tables_a_row_is_known_by_its_column_names() -> None:
    text = "\n".join(NAMELESS[:2])
    assert windows(text) == [
        "NEA; National Employment Agency\nReturn; Going home.",
        "Return; Going home. It may be forced.",
    ]


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


@pytest.mark.parametrize(
    "caption",
    ["Table 1. Visits in the report", "Visits in 2019", "Table 1. Visits (cont.)"],
)
def test_a_caption_before_its_rows_has_no_window(caption: str) -> None:
    assert windows(f"{caption}\n{VISIT}") == [VISIT]
    assert windows(caption) == [caption]


@pytest.mark.parametrize(
    "before",
    ["Three were made. All paid.", "Three were made\nAll the others failed"],
)
def test_a_sentence_or_two_lines_before_a_row_are_no_caption(before: str) -> None:
    assert windows(f"{before}\n{VISIT}") == [before, VISIT]


def test_three_sentences_before_a_row_are_no_caption() -> None:
    text = f"The staff came first. The mayors came later. They are listed below\n{VISIT}"
    assert windows(text) == [
        "The staff came first. The mayors came later.",
        "The mayors came later. They are listed below",
        VISIT,
    ]


def test_a_label_belongs_to_what_comes_after_it() -> None:
    text = "They had tried it. It had worked.\nCost. It fell by half. Rents rose."
    assert windows(text) == [
        "They had tried it. It had worked.",
        "Cost. It fell by half.",
        "It fell by half. Rents rose.",
    ]


def test_a_list_mark_or_number_is_no_word_of_a_label() -> None:
    listed = "One thing helped.\n2. A third party. It paid.\n- 2008 to 2010. It left."
    assert windows(listed) == [
        "One thing helped.",
        "2. A third party. It paid.",
        "- 2008 to 2010. It left.",
    ]


def test_what_only_looks_like_a_label_joins_the_line_before() -> None:
    assert windows("Bring these:\n- pens\n- paper") == ["Bring these:\n- pens", "- pens\n- paper"]
    assert windows("They paid. They left.\nNobody had asked them. It rained.") == [
        "They paid. They left.",
        "They left.\nNobody had asked them.",
        "Nobody had asked them. It rained.",
    ]
    broken = "It was said at the Directors\nConference. A desk agreed."
    assert windows(broken) == [
        "It was said at the Directors\nConference.",
        "Conference. A desk agreed.",
    ]


def test_windows_lie_where_they_stand_in_the_text() -> None:
    text = "  Lead in. \n\n Place: A; Year: 1; Sum: 2 \n 7 apples fell. "
    assert windows(text) == ["Lead in.", "Place: A; Year: 1; Sum: 2", "7 apples fell."]


FIRST = "The visit was planned in two weeks. Both partners found that far too short a time."
SECOND = "1. Costs were shared between the two agencies in equal parts. Nobody objected."


def test_no_window_goes_over_two_paragraphs() -> None:
    assert windows(f"{FIRST}\n{SECOND}") == [FIRST, SECOND]


def test_a_paragraph_of_one_sentence_is_a_window() -> None:
    only = "The agencies went on to meet every month for three years."
    assert windows(f"{FIRST}\n{only}\n{SECOND}") == [FIRST, only, SECOND]


def test_a_paragraph_may_end_with_a_quotation() -> None:
    said = "The mayor of the larger town said: “we would do it again.”"
    assert windows(f"{said}\n{SECOND}") == [said, SECOND]


@pytest.mark.parametrize(
    "before", ["The two agencies agreed in writing on these points:", "In short."]
)
def test_a_line_that_leads_in_or_is_short_goes_with_the_next(before: str) -> None:
    after = "Each of the two partners pays for the flights of its own staff."
    assert windows(f"{before}\n{after}") == [f"{before}\n{after}"]


def test_a_short_line_goes_with_the_paragraph_before() -> None:
    only = "The agencies went on to meet every month for three years."
    assert windows(f"{only}\nNobody left.") == [f"{only}\nNobody left."]
