"""Two columns with something over both: titles, a date, captions of tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.records import Block, BlockKind, Page

Reader = Callable[[FPDF], tuple[Page, ...]]

SECOND = [
    "Guests wrote down what they had seen in each town,",
    "and the hosts did the same on the day after. Both",
    "lists were compared in autumn by the two agencies,",
    "which found that they agreed on nearly everything.",
]
MIDDLE = 297.5


def blocks_of(pages: tuple[Page, ...]) -> list[Block]:
    return [block for page in pages for block in page.blocks]


def centred(pdf: FPDF, top: float, text: str, size: float = 11) -> None:
    pdf.set_font("Times", size=size)
    put(pdf, MIDDLE - pdf.get_string_width(text) / 2, top, [text], size)


def two_columns(pdf: FPDF, top: float, left: list[str], right: list[str]) -> tuple[float, float]:
    """Columns with a gutter of 10 points around the middle; gives their left sides."""
    pdf.set_font("Times", size=11)
    sides = MIDDLE - 5 - max(map(pdf.get_string_width, left)), MIDDLE + 5
    for side, lines in zip(sides, (left, right), strict=True):
        put(pdf, side, top, lines)
    return sides


@pytest.mark.parametrize("under_title", ["2024", "Institute"])
def test_a_short_line_centred_over_both_columns_leads_neither(
    read: Reader, under_title: str
) -> None:
    pdf = new_pdf()
    centred(pdf, 80, "How peers support each other in resettlement", 17)
    centred(pdf, 120, under_title)
    left, _ = two_columns(pdf, 174, BODY, ["when snow had gone.", *SECOND])
    put(pdf, left, 155, ["1 Intake"], 14, "B")
    put(pdf, MIDDLE + 5, 155, ["The guests of the second year came rather late,"])
    said = [block.text for block in blocks_of(read(pdf))]
    places = [
        next(place for place, text in enumerate(said) if words in text)
        for words in (under_title, "1 Intake", BODY[0], "second year came")
    ]
    assert places == sorted(places)


def ruled(pdf: FPDF, x0: float, x1: float, top: float) -> None:
    """A table of two columns and three rows, 20 points each."""
    middle = (x0 + x1) / 2
    for n, cells in enumerate([("Aspect", "Answer"), ("Who", "Officials"), ("When", "In spring")]):
        for x, text in zip((x0, middle), cells, strict=True):
            put(pdf, x + 5, top + 14 + 20 * n, [text], 10, "" if n else "B")
    for n in range(4):
        pdf.line(x0, top + 20 * n, x1, top + 20 * n)
    for x in (x0, middle, x1):
        pdf.line(x, top, x, top + 60)


@pytest.mark.parametrize(
    "caption",
    [
        ["Table 1. The two kinds compared"],
        ["Figure 5. What the ministries", "and the towns agreed on"],
    ],
)
def test_the_caption_of_a_table_over_both_columns_goes_with_its_rows(
    read: Reader, caption: list[str]
) -> None:
    pdf = new_pdf()
    left, right = two_columns(pdf, 80, BODY, SECOND)
    foot = put(pdf, left, 80 + 13.2 * len(BODY) + 8, caption, 10, "B")
    ruled(pdf, left, right + 230, foot)
    said = [(block.kind, block.text) for block in blocks_of(read(pdf))]
    assert said == [
        (BlockKind.PARAGRAPH, " ".join(BODY)),
        (BlockKind.PARAGRAPH, " ".join(SECOND)),
        (BlockKind.TABLE, " ".join(caption)),
        (BlockKind.TABLE, "Aspect: Who; Answer: Officials"),
        (BlockKind.TABLE, "Aspect: When; Answer: In spring"),
    ]


def test_a_caption_close_above_two_tables_is_said_once(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, ["Table 1. The two kinds compared"])
    top = 104
    for rows, columns in ((1, 3), (4, 2)):
        for row in range(rows):
            for column in range(columns):
                pdf.rect(60 + 100 * column, top, 100, 10)
                put(pdf, 64 + 100 * column, top + 8, [f"c{row}{column}"], 7)
            top += 10
        top += 6
    said = [block.text for block in blocks_of(read(pdf))]
    assert said[:3] == ["Table 1. The two kinds compared", "c00; c01; c02", "c00; c01"]


def test_a_heading_above_the_caption_heads_the_table_and_not_the_right_column(
    read: Reader,
) -> None:
    pdf = new_pdf()
    left, right = two_columns(pdf, 80, BODY, SECOND)
    put(pdf, left, 190, ["Annex B"], 14, "B")
    put(pdf, left, 212, ["Table 1. The two kinds compared"], 10, "B")
    ruled(pdf, left, right + 230, 218)
    said = [block.text for block in blocks_of(read(pdf))]
    assert said[:4] == [
        " ".join(BODY),
        " ".join(SECOND),
        "Annex B",
        "Table 1. The two kinds compared",
    ]


def test_a_sentence_about_a_table_stays_in_its_column(read: Reader) -> None:
    pdf = new_pdf()
    about = "Table 1 shows what both of them found."
    left, right = two_columns(pdf, 80, [*BODY, about], SECOND)
    ruled(pdf, left, right + 230, 180)
    said = [block.text for block in blocks_of(read(pdf))]
    assert said[:2] == [" ".join([*BODY, about]), " ".join(SECOND)]


def test_a_title_of_two_centred_lines_over_two_columns_is_whole(read: Reader) -> None:
    pdf = new_pdf(2)
    put(pdf, 60, 80, BODY * 3)
    pdf.page = 2
    centred(pdf, 70, "What changed at home: two", 30)
    centred(pdf, 106, "sides of it", 30)
    # The title has the first line of the left column below it too, beside its own second line.
    two_columns(pdf, 150, ["In May they said:", *BODY], SECOND)
    headings = [block.text for block in blocks_of(read(pdf)) if block.kind is BlockKind.HEADING]
    assert headings == ["What changed at home: two sides of it"]


def test_the_unbroken_end_of_an_address_that_runs_over_the_next_column_parts_nothing(
    read: Reader,
) -> None:
    pdf = new_pdf()
    left = [
        "European Peer Network. 2016. A year of exchange.",
        "What the hosts had learned in four countries by",
        "the end of it: www.example.org/library/reports",
        "/20161114_what_the_hosts_had_learned_in_four_countries_en.pdf;",
        "and what the guests did with it when they were",
        "home again. Brussels: European Peer Network.",
        "Read in June.",
    ]
    right = [*SECOND, "Nobody asked what it had cost until the bill came."]
    put(pdf, 60, 100, left)
    put(pdf, 320, 100, right)
    said = [block.text for block in blocks_of(read(pdf))]
    assert said == [
        " ".join(left[:3]) + left[3] + " " + " ".join(left[4:]),
        " ".join(right),
    ]


def test_a_short_heading_over_both_columns_comes_after_the_right_one(read: Reader) -> None:
    pdf = new_pdf()
    said = ["In the first year nobody came.", "In the second year all of them came."]
    left, _ = two_columns(pdf, 100, BODY, [*SECOND, said[0]])
    put(pdf, left, 215, ["Later visits"], 15, "B")
    two_columns(pdf, 240, BODY, [said[1], *SECOND])
    texts = [block.text for block in blocks_of(read(pdf))]
    places = [
        next(place for place, text in enumerate(texts) if words in text)
        for words in (said[0], "Later visits", said[1])
    ]
    assert places == sorted(places)
