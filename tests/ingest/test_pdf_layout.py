"""Lines to blocks, on lines made by hand: no PDF needed."""

from dataclasses import replace

import pytest

from ingest.engines.sheets import Rule, Word
from ingest.prose.clean import Vocabulary
from ingest.prose.furniture import without_furniture
from ingest.prose.layout import (
    chain_of,
    chains_of,
    justified,
    whole_lines,
)
from ingest.prose.lines import Line, lines_of
from ingest.prose.margins import margins_of
from ingest.prose.paragraphs import Norms, Piece
from ingest.prose.reading_order import in_reading_order
from ingest.records import Block, BlockKind
from ingest.structure.stitch import stitched
from ingest.tabular.aligned import aligned_tables
from ingest.tabular.banded import banded_tables
from ingest.tabular.table_rows import Header, rows_of
from ingest.tabular.tables import Cell, Table, ruled_tables

NORMS = Norms(10.0, 1.2)
NO_WORDS = Vocabulary([])


def texts_of(table: Table, carried: Header | None = None) -> list[str]:
    return [row.text for row in rows_of(table, NO_WORDS, carried)[0]]


def word(
    text: str, x0: float, base: float = 100.0, size: float = 10.0, *, glued: bool = False
) -> Word:
    return Word(text, x0, x0 + 5 * len(text) * size / 10, base, size, False, glued)


def line(
    text: str, x0: float, base: float, x1: float | None = None, order: int = 0, size: float = 10.0
) -> Line:
    return Line(text, x0, x0 + 5 * len(text) if x1 is None else x1, base, size, order=order)


def column(x0: float, x1: float, top: float, texts: list[str], order: int = 0) -> list[Line]:
    return [line(t, x0, top + 12 * i, x1, order + i) for i, t in enumerate(texts)]


def test_a_raised_number_leaves_the_word_and_a_power_stays() -> None:
    words = [
        word("refugees", 50),
        word("12", 90.5, 96.5, 6, glued=True),
        word(".", 98, glued=True),
        word("On", 106),
        word("40", 120),
        word("km", 134),
        word("2", 144.2, 96.5, 6, glued=True),
    ]
    assert [found.text for found in lines_of(words, [])] == ["refugees. On 40 km2"]


@pytest.mark.parametrize(
    ("marker", "size", "base", "goes"),
    [
        ("iv", 6.0, 96.5, True),  # Word and LibreOffice number endnotes so
        ("12", 9.0, 97.0, True),  # WeasyPrint's size
        ("12", 9.0, 97.5, False),
        ("iv", 9.0, 97.0, False),
    ],
)
def test_a_roman_or_a_larger_raised_number_leaves_the_word(
    marker: str, size: float, base: float, *, goes: bool
) -> None:
    words = [word("refugees", 50), word(marker, 90.5, base, size, glued=True), word("came", 106)]
    said = " ".join(found.text for found in lines_of(words, []))
    assert said.replace(" ", "") == ("refugeescame" if goes else f"refugees{marker}came")


def test_a_line_that_begins_with_a_raised_number_is_a_note() -> None:
    (found,) = lines_of([word("12", 50, 96.5, 6), word("See", 55), word("above", 75)], [])
    assert (found.text, found.note) == ("12 See above", True)


def test_a_note_spelled_out_leaves_a_short_line_and_a_line_that_begins_in_it() -> None:
    words = [
        word("‘none’", 50, 100, 14),
        word("[footnote", 95, 94.5, 11),
        word("5]", 150, 94.5, 11),
        word(".", 162, 100, 14, glued=True),
    ]
    (found,) = lines_of(words, [])
    assert (found.text, found.size, found.note) == ("‘none’.", 14, False)
    (found,) = lines_of([words[2], words[3], word("Some", 172, 100, 14)], [])
    assert (found.text, found.size, found.note) == (". Some", 14, False)


def test_a_wide_gap_and_an_upright_rule_part_lines() -> None:
    words = [word("left", 50), word("near", 74), word("right", 120)]
    assert [found.text for found in lines_of(words, [])] == ["left near", "right"]
    wall = Rule(72.0, 90.0, 72.4, 110.0)
    assert [found.text for found in lines_of(words, [wall])] == ["left", "near", "right"]
    elsewhere = Rule(72.0, 200.0, 72.4, 300.0)
    assert [found.text for found in lines_of(words, [elsewhere])] == ["left near", "right"]


def test_a_quotation_mark_that_hangs_before_a_line_goes_to_it() -> None:
    words = [word("told us:", 50, 80), word("We go on.”", 56), word("“", 50)]
    assert [found.text for found in lines_of(words, [])] == ["told us:", "“We go on.”"]
    for apart in (word("“", 40), word("“", 50, 94), word("”", 50)):
        assert len(lines_of([*words[:2], apart], [])) == 3


@pytest.mark.parametrize("mark", ["•", "–", "1.", "(a)", "iv)"])
def test_a_mark_of_a_list_that_the_file_writes_elsewhere_goes_to_its_item(mark: str) -> None:
    above, item = word("asked:", 50, 80), word("reached;", 70)
    # Its right side 12 points before the item; 15 are the most.
    hung = Word(mark, 50, 58, 100, 10, False, False)
    for order in ([hung, above, item], [above, item, hung]):
        assert [found.text for found in lines_of(order, [])] == ["asked:", f"{mark} reached;"]
    for apart in (hung._replace(x0=46, x1=54), hung._replace(base=97), hung._replace(text="11")):
        assert len(lines_of([apart, above, item], [])) == 3
    # Right before its text it waits for `whole_lines`.
    assert [found.text for found in lines_of([above, hung, item], [])] == [
        "asked:",
        mark,
        "reached;",
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "said"),
    [("1.", "(a)", "1. (a) reached;"), ("“", "‘", "“‘reached;"), ("–", "“", "– “reached;")],
)
def test_a_mark_that_hangs_before_another_goes_with_it(outer: str, inner: str, said: str) -> None:
    item, above, higher = word("reached;", 70), word("asked:", 50, 80), word("all:", 50, 60)
    first, second = (
        Word(text, x0, x0 + 4, 100, 10, False, False) for text, x0 in ((outer, 58), (inner, 65))
    )
    for order in (
        [first, above, second, higher, item],
        [item, above, second, higher, first],
        [item, above, first, higher, second],
    ):
        found = [line.text for line in lines_of(order, [])]
        assert sorted(found) == sorted(["asked:", "all:", said])


def test_a_large_initial_joins_its_word() -> None:
    words = [word("W", 50, 124, 34), word("ith", 72), word("peers", 92)]
    assert [found.text for found in lines_of(words, [])] == ["With peers"]


def test_a_bullet_joins_its_item_and_wide_spaces_close() -> None:
    lines = [
        line("•", 50, 100, 54, 0),
        line("First", 80, 100, 105, 1),
        line("item", 124, 100, 144, 2),
    ]
    assert [found.text for found in whole_lines(lines)] == ["• First item"]
    apart = [line("left", 50, 100, 70, 0), line("right", 300, 100, 325, 1)]
    assert len(whole_lines(apart)) == 2


def test_words_spread_over_the_column_are_one_line_and_cells_are_not() -> None:
    spread = [
        line("few", 50, 100, 65, 0),
        line("words", 145, 100, 170, 1),
        line("here", 250, 100, 270, 2),
    ]
    assert [found.text for found in justified(spread)] == ["few words here"]
    row = [
        line("few", 50, 100, 65, 0),
        line("words", 100, 100, 125, 1),
        line("here", 250, 100, 270, 2),
    ]
    assert justified(row) == row


def read_order(lines: list[Line]) -> list[str]:
    return [one.text for chain in in_reading_order(chains_of(lines)) for one in chain.lines]


def test_reading_order_of_columns_between_wide_lines() -> None:
    title = [line("title", 50, 80, 550, 0)]
    left = column(50, 290, 110, ["l1", "l2", "l3"], 1)
    right = column(310, 550, 110, ["r1", "r2", "r3"], 4)
    wide = [line("wide", 50, 170, 550, 7)]
    low_left = column(50, 290, 200, ["m1", "m2"], 8)
    low_right = column(310, 550, 200, ["s1", "s2"], 10)
    expected = ["title", "l1", "l2", "l3", "r1", "r2", "r3", "wide", "m1", "m2", "s1", "s2"]
    assert read_order(title + left + right + wide + low_left + low_right) == expected
    shuffled = right + low_right + wide + left + title + low_left
    assert read_order(shuffled) == expected


def test_a_note_in_the_margin_is_no_column() -> None:
    body = chain_of(column(50, 400, 100, ["text of the page, quite long"] * 12))
    note = chain_of(column(430, 500, 120, ["aside"]))
    assert margins_of([body, note]) == {note}
    second = chain_of(column(420, 770, 100, ["text of the page, quite long"] * 12))
    assert margins_of([body, second]) == set()


def test_furniture_repeats_at_the_edge() -> None:
    pages = [
        [
            line("Annual report", 50, 30),
            line(f"{number}", 300, 810),
            line(f"Body {'alone' * number}", 50, 100),
            line("Repeated in the body", 50, 400),
        ]
        for number in (7, 8, 9)
    ]
    kept = without_furniture(pages, [842.0] * 3)
    assert [[found.text for found in page] for page in kept] == [
        [f"Body {'alone' * number}", "Repeated in the body"] for number in (7, 8, 9)
    ]


def test_bullets_and_numbers_of_paragraphs_at_one_height_are_not_furniture() -> None:
    pages = [
        [
            line("•", 50, 60),
            line("An item " + "x" * n, 60, 60),
            line("3.", 300, 60),
            line("y" * n, 320, 60),
        ]
        for n in (1, 2, 3)
    ]
    assert without_furniture(pages, [842.0] * 3) == pages


def test_what_stands_beside_a_running_head_goes_with_it() -> None:
    chapters = ("Relevance", "Coherence", "Impact", "Gender")
    pages = [
        [line("Evaluation of the exchange", 50, 30), line(chapter, 400, 30), line(chapter, 50, 90)]
        for chapter in chapters
    ]
    kept = without_furniture(pages, [842.0] * 4)
    assert [[found.text for found in page] for page in kept] == [[name] for name in chapters]


def test_column_names_that_a_table_repeats_on_each_page_stay() -> None:
    names = [
        replace(line(name, x, 60), bold=True)
        for name, x in (("Goal", 50), ("Lead", 150), ("Due", 250))
    ]
    pages = [[line("Running head", 50, 30), *names, line("x" * n, 50, 80)] for n in (1, 2, 3)]
    assert without_furniture(pages, [842.0] * 3) == [page[1:] for page in pages]


def test_a_raised_number_drawn_apart_joins_its_note() -> None:
    lines = [line("38", 67, 693, 73, 0, 6), line("ibid.", 78, 699, 93, 1, 9)]
    assert [found.text for found in whole_lines(lines)] == ["38 ibid."]


def test_ticks_and_figures_of_a_last_row_are_no_page_numbers() -> None:
    rows = (("Operational", "X", "X"), ("Relational", "12", "9"), ("Innovative", "", "x"))
    pages = [[line(cell, 50 + 150 * n, 760) for n, cell in enumerate(row) if cell] for row in rows]
    assert without_furniture(pages, [842.0] * 3) == pages


def test_a_page_number_beside_the_name_of_a_chapter_goes() -> None:
    pages = [[line("x" * n, 50, 400), line(f"{n}", 300, 810)] for n in (1, 2, 3)]
    pages[1].append(line("Findings", 50, 810))
    kept = without_furniture(pages, [842.0] * 3)
    assert [[found.text for found in page] for page in kept] == [["x"], ["xx", "Findings"], ["xxx"]]


def test_a_figure_behind_other_lines_is_not_furniture() -> None:
    pages = [
        [line("A heading that differs " + "x" * n, 50, 40), line("5", 50, 60)] for n in (1, 2, 3)
    ]
    assert without_furniture(pages, [842.0] * 3) == pages


def test_pages_that_are_all_alike_keep_their_text() -> None:
    pages = [[line(f"Field {row}", 50, 30 + 12 * row) for row in range(6)]] * 4
    assert without_furniture(pages, [842.0] * 4) == pages


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def test_ruled_cells() -> None:
    rules = grid([50, 150, 300], [100, 120, 150])
    lines = [
        line("Ireland", 55, 114),
        line("Canada", 155, 114),
        line("Chile", 55, 134),
        line("New", 155, 132),
        line("Zealand", 155, 144),
        line("below the table", 55, 200),
    ]
    (table,) = ruled_tables(lines, rules)
    assert texts_of(table) == ["Ireland; Canada", "Chile; New Zealand"]


def test_a_cell_over_two_rows_is_said_in_both() -> None:
    rules = [*grid([50, 150, 300], [100, 160]), Rule(150, 130, 300, 130)]
    lines = [line("Outcome", 55, 132), line("first", 155, 118), line("second", 155, 150)]
    (table,) = ruled_tables(lines, rules)
    assert texts_of(table) == ["Outcome; first", "Outcome; second"]


def test_a_sentence_over_two_rows_is_said_in_both_and_a_paragraph_once() -> None:
    rules = [*grid([50, 450, 600], [100, 160]), Rule(450, 130, 600, 130)]
    for length, said in ((260, 2), (261, 1)):
        goal = "The agency keeps ".ljust(length, "o")
        lines = [line(goal, 55, 132, 440), line("first", 455, 118), line("second", 455, 150)]
        (table,) = ruled_tables(lines, rules)
        assert sum(goal in text for text in texts_of(table)) == said


def test_a_frame_around_prose_is_no_table() -> None:
    lines = column(55, 290, 114, ["Prose in a frame", "goes on here", "and ends."])
    assert ruled_tables(lines, grid([50, 300], [100, 160])) == []


def bold_row(top: float, *texts: str) -> list[Line]:
    return [replace(line(t, 50 + 100.0 * i, top), bold=True) for i, t in enumerate(texts)]


def plain_row(top: float, *texts: str) -> list[Line]:
    return [line(t, 50 + 100.0 * i, top) for i, t in enumerate(texts) if t]


def written(lines: list[Line], rules: list[Rule]) -> list[list[str]]:
    return [texts_of(table) for table in banded_tables(lines, rules)]


def test_rows_between_level_rules_under_a_bold_header() -> None:
    lines = [
        *bold_row(94, "Goal", "Lead", "Due"),
        *plain_row(114, "Housing", "Town", "2016"),
        *plain_row(134, "Schools", "", "2017"),
    ]
    rules = [Rule(50, y, 330, y) for y in (100, 120, 140)]
    assert written(lines, rules) == [
        ["Goal: Housing; Lead: Town; Due: 2016", "Goal: Schools; Due: 2017"]
    ]


def test_a_table_cut_off_by_the_page_end_and_a_second_one_below() -> None:
    lines = [
        *bold_row(94, "Goal", "Lead", "Due"),
        *plain_row(114, "Housing", "Town", "2016"),
        line("A heading over the whole width of the table", 50, 170, 300),
        *bold_row(194, "Risk", "Owner", "Cure"),
        *plain_row(214, "Delay", "State", "Funds"),
        *plain_row(226, "", "", "and staff"),
    ]
    rules = [Rule(50, y, 330, y) for y in (100, 120, 200)]
    assert written(lines, rules) == [
        ["Goal: Housing; Lead: Town; Due: 2016"],
        ["Risk: Delay; Owner: State; Cure: Funds and staff"],
    ]


def test_prose_between_level_rules_is_no_table() -> None:
    lines = column(
        50, 320, 114, ["A pull quote between two rules", "that goes on for", "three lines."]
    )
    assert written(lines, [Rule(50, y, 330, y) for y in (100, 150)]) == []


def cells(*texts: str, top: float) -> tuple[Cell, ...]:
    return tuple(
        Cell(100.0 * i, 100.0 * i + 90, (line(text, 100.0 * i, top),) if text else ())
        for i, text in enumerate(texts)
    )


def test_a_header_over_figures_names_the_columns_and_carries_on() -> None:
    rows = (
        cells("Country", "Arrivals", top=10),
        cells("Chile", "120", top=22),
        cells("Japan", "30", top=34),
    )
    found, header = rows_of(Table(rows, 0, 190, 0, 40), NO_WORDS, None)
    assert [row.text for row in found] == [
        "Country: Chile; Arrivals: 120",
        "Country: Japan; Arrivals: 30",
    ]
    assert header == Header(("Country", "Arrivals"), (0.0, 100.0))
    more = Table((cells("Country", "Arrivals", top=10), cells("Peru", "7", top=22)), 0, 190, 0, 30)
    assert texts_of(more, header) == ["Country: Peru; Arrivals: 7"]


def sub_rows(*labels: str) -> Table:
    """A table of these rows; those in capitals are bold, as is the header."""
    made = [cells("Country", "Arrivals", top=10)]
    made += [cells(label.title(), f"{n}0", top=22 + 12 * n) for n, label in enumerate(labels, 1)]
    bold = [True, *(label.isupper() for label in labels)]
    rows = tuple(
        tuple(replace(one, lines=tuple(replace(x, bold=heavy) for x in one.lines)) for one in row)
        for row, heavy in zip(made, bold, strict=True)
    )
    return Table(rows, 0, 190, 0, 200)


def test_rows_that_come_again_under_several_bold_ones_name_theirs() -> None:
    assert texts_of(sub_rows("CHILE", "Men", "Women", "JAPAN", "Men", "Women")) == [
        "Country: Chile; Arrivals: 10",
        "Country: Chile, Men; Arrivals: 20",
        "Country: Chile, Women; Arrivals: 30",
        "Country: Japan; Arrivals: 40",
        "Country: Japan, Men; Arrivals: 50",
        "Country: Japan, Women; Arrivals: 60",
    ]


def test_rows_that_come_again_under_rows_of_one_cell_name_theirs() -> None:
    def said(*rows: tuple[str, str]) -> list[str]:
        made = [cells("Task", "Hours", top=10)]
        made += [cells(*row, top=22 + 12 * n) for n, row in enumerate(rows)]
        return [row.split(";")[0] for row in texts_of(Table(tuple(made), 0, 190, 0, 200))]

    visits = [("Intake", "2"), ("Other", ""), ("Call", "1")]
    assert said(("Host", ""), *visits, ("Guest", ""), *visits, ("Report", "4")) == [
        *("Task: Host", "Task: Host, Intake", "Task: Host, Other", "Task: Host, Call"),
        *("Task: Guest", "Task: Guest, Intake", "Task: Guest, Other", "Task: Guest, Call"),
        "Task: Report",
    ]
    # One row that comes again may do so by chance; and nothing is filled in here.
    assert said(("Host", ""), *visits[:1], ("Guest", ""), *visits[:1])[1] == "Task: Intake"
    empty = [(label, "") for label in ("Host", "Intake", "Call", "Guest", "Intake", "Call")]
    assert not any("," in row for row in said(*empty))


def test_rows_under_one_bold_row_alone_are_no_parts_of_it() -> None:
    assert texts_of(sub_rows("TOTAL", "Chile", "Japan", "OTHERS", "Peru"))[1] == (
        "Country: Chile; Arrivals: 20"
    )
    spanning = sub_rows("TOTAL", "Chile", "OTHERS", "Chile")
    rows = (
        *spanning.rows[:-1],
        (replace(spanning.rows[-1][0], open_above=True), spanning.rows[-1][1]),
    )
    assert not any("," in row for row in texts_of(replace(spanning, rows=rows)))
    # Nor is what stands under the header.
    under = texts_of(sub_rows("Men", "CHILE", "Men", "JAPAN", "Men"))
    assert [row.split(";")[0] for row in under] == [
        "Country: Men",
        "Country: Chile",
        "Country: Chile, Men",
        "Country: Japan",
        "Country: Japan, Men",
    ]


def test_rows_without_a_recognisable_header_have_no_names() -> None:
    rows = (cells("AVR", "assisted return", top=10), cells("RSD", "status test", top=22))
    assert texts_of(Table(rows, 0, 190, 0, 30)) == [
        "AVR; assisted return",
        "RSD; status test",
    ]


def test_aligned_rows_written_cell_by_cell_are_a_table() -> None:
    lines = []
    for row, (name, text) in enumerate([("AVR", "assisted return"), ("RSD", "a test of status")]):
        lines += [line(name, 50, 100 + 30 * row), line(text, 200, 100 + 30 * row)]
        lines += [line("and its rules", 200, 112 + 30 * row)]
    lines += [line("UNHCR", 50, 160), line("the agency", 200, 160)]
    (table,) = aligned_tables(lines)
    assert texts_of(table) == [
        "AVR; assisted return and its rules",
        "RSD; a test of status and its rules",
        "UNHCR; the agency",
    ]


def test_columns_of_prose_are_no_table() -> None:
    left = column(
        50, 290, 100, ["The visits took place in spring and", "nobody expected that the towns"] * 4
    )
    right = column(
        310, 550, 100, ["would ask for a second round, yet", "all of them did so before summer"] * 4
    )
    assert aligned_tables(left + right) == []


def piece(text: str, page: int, base: float = 700) -> Piece:
    above = line("full line of the column, long", 50, base - 12, 300)
    return Piece((above, line(text, 50, base, 300)), page, (50, 300))


def test_stitching_over_a_page_with_a_note_between() -> None:
    halves = [
        (Block(BlockKind.PARAGRAPH, "The min-", 1), piece("The min-", 1)),
        (Block(BlockKind.FOOTNOTE, "3 A note.", 1), piece("3 A note.", 1)),
        (Block(BlockKind.PARAGRAPH, "istry agreed.", 2), piece("istry agreed.", 2, base=100)),
    ]
    assert stitched(halves, NO_WORDS) == [
        Block(BlockKind.PARAGRAPH, "The ministry agreed.", 1, 0, ((13, 2),)),
        Block(BlockKind.FOOTNOTE, "3 A note.", 1),
    ]


def test_a_sentence_that_ended_is_not_stitched() -> None:
    parts = [
        (Block(BlockKind.PARAGRAPH, "All agreed.", 1), piece("All agreed.", 1)),
        (Block(BlockKind.PARAGRAPH, "they left", 2), piece("they left", 2, base=100)),
    ]
    assert len(stitched(parts, NO_WORDS)) == 2
