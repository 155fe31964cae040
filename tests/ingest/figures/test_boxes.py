"""Boxes beside text, labels of charts, notes in the margin, headings over a column end."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.assemble import Printed, pages_of
from ingest.engines.sheets import Rule
from ingest.figures.chart_labels import labels_together
from ingest.prose.clean import closed_up
from ingest.prose.furniture import without_furniture
from ingest.prose.layout import whole_lines
from ingest.prose.lines import Line
from ingest.records import Block, BlockKind, Page

Reader = Callable[[FPDF], tuple[Page, ...]]
LEFT, RIGHT = 60.0, 310.0


def line(
    text: str, x0: float, base: float, size: float = 10.0, *, bold: bool = False, order: int = 0
) -> Line:
    return Line(text, x0, x0 + 0.5 * size * len(text), base, size, bold, order)


def column(x0: float, top: float, texts: list[str]) -> list[Line]:
    return [Line(t, x0, x0 + 220, top + 12 * n, 10.0) for n, t in enumerate(texts)]


def texts(*pages: list[Line], rules: tuple[Rule, ...] = ()) -> list[str]:
    printed = [
        Printed(n, 600, 800, tuple(one), rules=rules if n == 1 else ())
        for n, one in enumerate(pages, 1)
    ]
    return [block.text for page in pages_of(printed, ()) for block in page.blocks]


def frame(x0: float, top: float, x1: float, bottom: float) -> tuple[Rule, ...]:
    corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    return tuple(
        Rule(min(a, c), min(b, d), max(a, c), max(b, d), drawn=False)
        for (a, b), (c, d) in pairwise(corners)
    )


BOX = [
    *column(LEFT, 120, ["Births are counted by every state", "in offices of its own."]),
    *column(RIGHT, 120, ["Deaths are counted in the same", "offices, by other clerks."]),
]
TEXT = [
    *column(LEFT, 172, ["Grants of the ministry help the", "states to renew the systems"]),
    *column(RIGHT, 172, ["that they keep, some of which are", "thirty years old by now."]),
]


def test_a_box_of_two_columns_is_read_apart_from_the_text_below() -> None:
    assert texts(BOX + TEXT, rules=frame(50, 105, 540, 145)) == [
        "Births are counted by every state in offices of its own.",
        "Deaths are counted in the same offices, by other clerks.",
        "Grants of the ministry help the states to renew the systems that they keep, "
        "some of which are thirty years old by now.",
    ]


def test_a_heading_over_the_columns_of_a_box_ends_both_whatever_stands_beside_the_box() -> None:
    def rows(name: str, x0: float, x1: float, top: float, count: int) -> list[Line]:
        return [
            Line(f"{name} {n} told of wells.", x0, x1, top + 12 * n, 10.0) for n in range(count)
        ]

    above = rows("one", 55, 170, 120, 5) + rows("two", 190, 305, 120, 5)
    head = [Line("Costs", 55, 90, 196, 14.0, bold=True)]
    below = rows("three", 55, 170, 220, 5) + rows("four", 190, 305, 220, 5)
    beside = rows("beside", 330, 540, 120, 13)
    said = texts(above + head + below + beside, rules=frame(50, 105, 310, 280))
    begins = [text.split(" ", 1)[0] for text in said]
    assert begins == ["one", "two", "Costs", "three", "four", "beside"]


def test_a_paragraph_goes_on_after_the_box_and_not_in_it() -> None:
    first = column(LEFT, 60, ["Records of wages stand in many", "registers of which no one has"])
    second = [*BOX, *column(LEFT, 172, ["a list, and no two agree."])]
    printed = [
        Printed(1, 600, 800, tuple(first)),
        Printed(2, 600, 800, tuple(second), rules=frame(50, 105, 540, 145)),
    ]
    pages: tuple[Page, ...] = pages_of(printed, ())
    assert pages[0].blocks[0].text == (
        "Records of wages stand in many registers of which no one has a list, and no two agree."
    )


@pytest.mark.parametrize(("shade", "boxed"), [(220, True), (255, False)])
def test_a_paragraph_shaded_line_by_line_is_a_box_but_not_where_the_shade_is_white(
    read: Reader, shade: int, boxed: bool
) -> None:
    pdf = new_pdf()
    pdf.set_fill_color(shade)
    for top in (200.0, 215.0, 230.0, 245.0, 260.0):
        pdf.rect(60, top, 400, 15, style="F")
    put(pdf, 70, 100, BODY)
    put(pdf, 70, 212, ["Practice of the Port of Arl"], style="B")
    for top, text in zip((227, 242, 257, 272), BODY, strict=False):
        put(pdf, 70, top, [text])
    put(pdf, 70, 320, BODY)
    (page,) = read(pdf)
    assert [(block.kind, block.boxed) for block in page.blocks] == [
        (BlockKind.PARAGRAPH, False),
        (BlockKind.HEADING, boxed),
        (BlockKind.PARAGRAPH, boxed),
        (BlockKind.PARAGRAPH, False),
    ]


def test_a_note_in_the_margin_does_not_join_the_line_beside_it() -> None:
    text = Line("upon the vote of three-quar-", 60, 300, 100, 10.0, order=4)
    note = Line("Recommenda-", 312, 350, 100, 7.0, order=5)
    number = Line("3.", 40, 48, 100, 7.0, order=3)
    assert [one.text for one in whole_lines([text, note])] == [text.text, note.text]
    assert [one.text for one in whole_lines([number, text])] == [f"3. {text.text}"]


def test_a_heading_cut_by_the_column_end_is_whole() -> None:
    body = ["Most of these records are kept by", "the states, not by the ministry."]
    lines = [
        *column(LEFT, 60, body * 4),
        Line("Challenge: records that could serve to measur-", LEFT, 280, 190, 12.0, bold=True),
        Line("ing the outcomes of programmes", RIGHT, 500, 60, 12.0, bold=True),
        *column(RIGHT, 90, body * 4),
    ]
    (page,) = pages_of([Printed(1, 600, 800, tuple(lines))], ())
    assert [block.text for block in page.blocks if block.kind is BlockKind.HEADING] == [
        "Challenge: records that could serve to measuring the outcomes of programmes"
    ]


def test_a_bold_sentence_cut_by_the_column_end_is_no_heading() -> None:
    body = ["Most of these records are kept by", "the states, not by the ministry."]
    lines = [
        Line("Findings", LEFT, 120, 40, 16.0, bold=True),
        *column(LEFT, 70, body * 4),
        Line("Challenge 1: records that could serve to measur-", LEFT, 280, 190, 12.0, bold=True),
        Line("ing the outcomes of programmes are closed.", RIGHT, 500, 70, 12.0, bold=True),
        *column(RIGHT, 100, body * 2),
        Line("Challenge 2: few of them are described.", RIGHT, 480, 180, 12.0, bold=True),
        *column(RIGHT, 210, body),
    ]
    (page,) = pages_of([Printed(1, 600, 800, tuple(lines))], ())
    kinds = {block.text: block.kind for block in page.blocks}
    assert [text for text, kind in kinds.items() if kind is BlockKind.HEADING] == ["Findings"]
    for sentence in (
        "Challenge 1: records that could serve to measuring the outcomes of programmes are closed.",
        "Challenge 2: few of them are described.",
    ):
        assert kinds[sentence] is BlockKind.PARAGRAPH


def test_no_space_is_left_where_a_mark_stood() -> None:
    assert (
        closed_up("in the region . It is new , and (so) .") == "in the region. It is new, and (so)."
    )
    assert closed_up("Contents . . . . 5 and .5 percent") == "Contents . . . . 5 and .5 percent"


def paragraph(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, text, 1, 2 if kind is BlockKind.HEADING else 0)


LABELS = [
    paragraph("More"),
    paragraph("Data use", BlockKind.HEADING),
    paragraph("Less"),
    paragraph("Current"),
    paragraph("Future"),
]


def test_labels_of_a_chart_stand_together_under_their_caption() -> None:
    caption, after = paragraph("Figure 8. The frontier"), paragraph("Privacy", BlockKind.HEADING)
    prose = paragraph("Departments weigh one good against the other, case by case.")
    assert labels_together([prose, caption, *LABELS, after, prose]) == [
        prose,
        Block(BlockKind.TABLE, "Figure 8. The frontier; More; Data use; Less; Current; Future", 1),
        after,
        prose,
    ]


def test_a_caption_below_labels_goes_with_them_and_one_above_others_with_those() -> None:
    caption, prose = paragraph("Figure 8. The frontier"), paragraph("It was agreed on.")
    said = "Figure 8. The frontier; More; Data use; Less; Current; Future"
    assert labels_together([*LABELS, caption, prose]) == [Block(BlockKind.TABLE, said, 1), prose]
    alone = Block(BlockKind.TABLE, "More; Data use; Less; Current; Future", 1)
    assert labels_together([*LABELS, caption, *LABELS]) == [alone, Block(BlockKind.TABLE, said, 1)]


def chart(*labels: str) -> list[tuple[BlockKind, str]]:
    """What comes of a captioned chart with these labels."""
    figures = {True: BlockKind.BOILERPLATE, False: BlockKind.PARAGRAPH}
    blocks = [paragraph(one, figures[not any(map(str.isalpha, one))]) for one in labels]
    together = labels_together([paragraph("Figure 9. Workload"), *blocks])
    return [(block.kind, block.text) for block in together]


def test_figures_of_a_chart_that_belong_to_no_label_are_apart() -> None:
    assert chart("13", "8", "49", "Low", "Good", "Very high") == [
        (BlockKind.TABLE, "Figure 9. Workload; Low; Good; Very high"),
        (BlockKind.BOILERPLATE, "13; 8; 49"),
    ]
    assert chart("100% 50% 0%", "Before", "After", "Never") == [
        (BlockKind.TABLE, "Figure 9. Workload; Before; After; Never"),
        (BlockKind.BOILERPLATE, "100% 50% 0%"),
    ]


def test_figures_next_to_their_labels_and_years_stay() -> None:
    assert chart("40 20 0", "39", "Online", "16", "In person") == [
        (BlockKind.TABLE, "Figure 9. Workload; 39; Online; 16; In person"),
        (BlockKind.BOILERPLATE, "40 20 0"),
    ]
    assert chart("2017", "2020", "Before", "After") == [
        (BlockKind.TABLE, "Figure 9. Workload; 2017; 2020; Before; After")
    ]


def test_names_of_groups_are_labels_under_a_caption() -> None:
    assert chart("Shared with the towns:", "Registers", "Shared with nobody:", "Letters") == [
        (
            BlockKind.TABLE,
            "Figure 9. Workload; Shared with the towns:; Registers; Shared with nobody:; Letters",
        )
    ]
    lead = [paragraph("Figure 9. Workload"), paragraph("The towns have shown:")]
    items = [paragraph(f"- visit {n}", BlockKind.LIST) for n in range(3)]
    assert labels_together([*lead, *items]) == [*lead, *items]


def test_few_short_blocks_and_headings_are_no_chart() -> None:
    assert labels_together(LABELS[:4]) == LABELS[:4]
    outline = [paragraph(f"Part {n}", BlockKind.HEADING) for n in range(6)]
    assert labels_together(outline) == outline
    items = [paragraph(f"- item {n}", BlockKind.LIST) for n in range(6)]
    assert labels_together(items) == items


def kept(feet: list[str], count: int = 30) -> list[list[str]]:
    pages = []
    for n in range(count):
        lines = [line("Official journal", 200, 30), line("Some text.", 60, 400)]
        if n < len(feet) and feet[n]:
            lines.append(line(feet[n], 60, 770))
        pages.append(lines)
    return [[one.text for one in page] for page in without_furniture(pages, [800] * count)]


def test_footnotes_and_headings_that_differ_in_their_figures_stay() -> None:
    feet = ["(1) OJ L 222, 2003, p. 3.", "(1) OJ L 50, 2003, p. 1.", "(4) OJ L 55, 2011, p. 13."]
    assert kept(feet)[:3] == [["Some text.", foot] for foot in feet]


def test_feet_that_count_the_pages_or_keep_their_figures_go() -> None:
    feet = [f"Act 2013, leaf {n + 7} of 30" for n in range(30)]
    assert kept(feet)[3:5] == [["Some text."], ["Some text."]]
    assert kept(["Printed 24.11.2025"] * 3)[:3] == [["Some text."]] * 3


def test_one_line_on_three_pages_far_apart_stays() -> None:
    feet = ["(accessed August 10, 2017)." if n in (2, 14, 27) else "" for n in range(30)]
    assert kept(feet)[14] == ["Some text.", "(accessed August 10, 2017)."]
