"""Tables ruled between their rows only, beside text that stands between rules of the same reach."""

import itertools

import pytest

from ingest.engines.sheets import Rule
from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.tabular.banded import banded_tables
from ingest.tabular.table_rows import rows_of
from ingest.tabular.tables import ruled_tables

LEFT, RIGHT = 80.0, 500.0


def line(text: str, x0: float, base: float, *, bold: bool = False, x1: float = 0.0) -> Line:
    return Line(text, x0, x1 or x0 + 4.5 * len(text), base, 9.0, bold)


def rule(y: float) -> Rule:
    return Rule(LEFT, y, RIGHT, y)


def prose(top: float, count: int) -> list[Line]:
    return [line("The record is silent.", LEFT, top + 14 * i, x1=RIGHT) for i in range(count)]


def written(lines: list[Line], rules: list[Rule]) -> list[list[str]]:
    tables = banded_tables(lines, rules)
    return [[row.text for row in rows_of(t, Vocabulary([]), None)[0]] for t in tables]


def table(top: float) -> tuple[list[Line], list[Rule]]:
    """A header and two rows, the first with a cell of two lines; 70 points high."""
    lines = [
        line("Question", 85, top + 12, bold=True),
        line("Who", 300, top + 12, bold=True),
        line("How many hours does a host", 85, top + 30),
        line("spend on one visit?", 85, top + 42),
        line("Hosts", 300, top + 30),
        line("Who pays?", 85, top + 60),
        line("Funders", 300, top + 60),
    ]
    return lines, [rule(top + step) for step in (0, 18, 48, 70)]


ROWS = [
    "Question: How many hours does a host spend on one visit?; Who: Hosts",
    "Question: Who pays?; Who: Funders",
]


def test_a_rule_under_the_running_head_begins_no_table() -> None:
    lines, rules = table(200)
    text = [*prose(80, 4), line("It ends here.", LEFT, 136), line("Table 1", LEFT, 190, bold=True)]
    assert written([*text, *lines], [rule(60), *rules]) == [ROWS]


def test_text_alone_between_rules_is_no_table() -> None:
    assert written(prose(80, 4), [rule(60), rule(140), rule(200)]) == []


def test_a_caption_and_a_new_header_part_two_tables() -> None:
    first, second = table(100), table(200)
    caption = line("Table 2. Again", LEFT, 190, bold=True)
    assert written([*first[0], caption, *second[0]], [*first[1], *second[1]]) == [ROWS, ROWS]


def test_a_total_in_bold_stays_in_its_table() -> None:
    lines, rules = table(100)
    total = [line("Together", 85, 184, bold=True), line("12", 300, 184, bold=True)]
    more = [line("Kenya", 85, 202), line("3", 300, 202)]
    levels = [*rules, rule(190), rule(210)]
    assert written([*lines, *total, *more], levels) == [
        [*ROWS, "Question: Together; Who: 12", "Question: Kenya; Who: 3"]
    ]


def test_the_rest_of_a_cell_from_the_page_before_keeps_the_header_above() -> None:
    header = [line("Outcome", 85, 90, bold=True), line("Source", 300, 90, bold=True)]
    rest = [line("and of", 300, 110), line("other", 300, 122), line("bodies", 300, 134)]
    rows = [line("Safety", 85, 152), line("Reports", 300, 152)]
    last = [line("Deaths", 85, 172), line("Courts", 300, 172)]
    levels = [rule(y) for y in (96, 140, 158, 178)]
    assert written([*header, *rest, *rows, *last], levels) == [
        [
            "Source: and of other bodies",
            "Outcome: Safety; Source: Reports",
            "Outcome: Deaths; Source: Courts",
        ]
    ]


WALLS = (LEFT, 200.0, 300.0, RIGHT)
LEVELS = [100.0, 120.0, 140.0, 160.0, 180.0]


def form(*, bold: bool = True) -> list[Line]:
    """Three names of columns above three rows, of which the first column alone has text."""
    names = [
        line(name, x0 + 5, 114, bold=bold)
        for name, x0 in zip(("Theme", "Grade", "By when"), WALLS, strict=False)
    ]
    themes = [
        line(theme, LEFT + 5, top)
        for theme, top in zip(("Travel", "Housing", "Schools"), (134, 154, 174), strict=True)
    ]
    return [*names, *themes]


def row_texts(lines: list[Line], *, walls: bool) -> list[list[str]]:
    rules = [rule(level) for level in LEVELS]
    if not walls:
        return written(lines, rules)
    drawn = ruled_tables(lines, [*rules, *(Rule(x, LEVELS[0], x, LEVELS[-1]) for x in WALLS)])
    return [[row.text for row in rows_of(one, Vocabulary([]), None)[0]] for one in drawn]


@pytest.mark.parametrize("walls", [False, True])
def test_a_form_that_is_not_filled_in_is_read_row_by_row(walls: bool) -> None:
    assert row_texts(form(), walls=walls) == [
        ["Theme; Grade; By when", "Travel", "Housing", "Schools"]
    ]


@pytest.mark.parametrize("walls", [False, True])
def test_plain_words_above_single_lines_are_no_form(walls: bool) -> None:
    assert row_texts(form(bold=False), walls=walls) == []


def wide_table(top: float) -> tuple[list[Line], list[Rule]]:
    """Three columns, the second wider than half the table; closed by a rule 60 points down."""
    lines = [
        line("Year", 85, top + 12, bold=True),
        line("Project", 120, top + 12, bold=True),
        line("Grant", 420, top + 12, bold=True),
        line("2010", 85, top + 30),
        line("A shared desk for files", 120, top + 30, x1=400),
        line("1,400", 420, top + 30),
        line("2012", 85, top + 50),
        line("A network of small towns", 120, top + 50, x1=396),
        line("900", 420, top + 50),
    ]
    return lines, [rule(top + step) for step in (0, 18, 38, 60)]


WIDE_ROWS = [
    "Year: 2010; Project: A shared desk for files; Grant: 1,400",
    "Year: 2012; Project: A network of small towns; Grant: 900",
]


def test_a_column_may_be_wider_than_half_the_table() -> None:
    lines, rules = wide_table(200)
    assert written(lines, rules) == [WIDE_ROWS]


def test_text_in_two_columns_right_below_a_table_is_no_row_of_it() -> None:
    lines, rules = wide_table(200)
    text = [
        line("The sums are those of the call", LEFT, 278 + 14 * n, x1=260) for n in range(3)
    ] + [line("and not what was paid in the end.", 300, 278 + 14 * n, x1=490) for n in range(3)]
    assert written([*lines, *text], rules) == [WIDE_ROWS]


def test_small_names_that_rest_on_the_only_rule_head_the_rows_below_it() -> None:
    names = [
        Line(text, x0, x0 + 40, 102, 7.0, bold=True)
        for text, x0 in (("Question", 85), ("Who", 250), ("Hours", 400))
    ]
    row = [line("Who pays?", 85, 118), line("Funders", 250, 118), line("12", 400, 118)]
    (found,) = banded_tables([*names, *row], [rule(100)])
    assert [[cell.lines[0].text for cell in one] for one in found.rows] == [
        ["Question", "Who", "Hours"],
        ["Who pays?", "Funders", "12"],
    ]


def test_a_last_row_without_a_rule_below_it_stays_in_its_table() -> None:
    lines, rules = wide_table(200)
    last = [line("2014", 85, 274), line("A visit", 120, 274), line("300", 420, 274)]
    assert written([*lines, *last], rules) == [
        [*WIDE_ROWS, "Year: 2014; Project: A visit; Grant: 300"]
    ]


def piece(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def plan(base: float, *cells: str, bold: bool = False) -> list[Line]:
    """Cells that begin at 85, 200 and 350."""
    return [
        line(text, x0, base, bold=bold)
        for text, x0 in zip(cells, (85, 200, 350), strict=True)
        if text
    ]


def test_rules_that_leave_out_the_first_column_part_rows_under_one_label() -> None:
    lines = [
        *plan(112, "Phase", "Step", "Who", bold=True),
        # The label stands in the middle of its two rows.
        *plan(130, "", "Call", "Coach"),
        *plan(138, "First month", "", ""),
        *plan(150, "", "Visit", "Trainer"),
        *plan(170, "Later", "Ask for news", "Office"),
    ]
    rules = [rule(100), rule(118), piece(137, 195, RIGHT), rule(156), rule(176)]
    assert written(lines, rules) == [
        [
            "Phase: First month; Step: Call; Who: Coach",
            "Phase: First month; Step: Visit; Who: Trainer",
            "Phase: Later; Step: Ask for news; Who: Office",
        ]
    ]


def test_a_line_under_words_parts_no_rows() -> None:
    lines = [
        *plan(112, "Phase", "Step", "Who", bold=True),
        *plan(130, "First", "Call the office of", "Coach"),
        *plan(142, "", "the town", "and host"),
        *plan(165, "Later", "Ask for news", "Office"),
    ]
    under = piece(131, 200, 200 + 4.5 * 18)
    assert written(lines, [rule(100), rule(118), under, rule(150), rule(176)]) == [
        [
            "Phase: First; Step: Call the office of the town; Who: Coach and host",
            "Phase: Later; Step: Ask for news; Who: Office",
        ]
    ]


def figures(base: float, *cells: str, right: bool) -> list[Line]:
    """A label at 85 and two cells, set left at 200 and 350 or right to 340 and 490."""
    label, *rest = cells
    places = [
        (end - 4.5 * len(t) if right else x)
        for t, x, end in zip(rest, (200, 350), (340, 490), strict=True)
    ]
    return [line(label, 85, base), *(line(t, x, base) for t, x in zip(rest, places, strict=True))]


@pytest.mark.parametrize("whole", [True, False])
def test_names_set_left_stand_over_figures_set_right(whole: bool) -> None:
    # Browsers draw a rule cell by cell, word processors in one piece.
    ends = (LEFT, RIGHT) if whole else (LEFT, 195.0, 345.0, RIGHT)
    rules = [piece(y, x0, x1) for y in (100, 118, 136, 154) for x0, x1 in itertools.pairwise(ends)]
    names = [line("Town", 85, 112, bold=True), line("Men", 200, 112, bold=True)]
    lines = [
        *names,
        line("Women", 350, 112, bold=True),
        *figures(130, "Ash", "1,204", "988", right=True),
        *figures(148, "Elm", "64", "1,071", right=True),
    ]
    assert written(lines, rules) == [
        ["Town: Ash; Men: 1,204; Women: 988", "Town: Elm; Men: 64; Women: 1,071"]
    ]


def test_a_head_over_the_rows_parts_no_columns_and_a_heading_below_is_no_row() -> None:
    ends = (LEFT, 195.0, 345.0, RIGHT)
    rules = [
        piece(y, x0, x1)
        for y in (100, 118, 136, 154, 172, 190)
        for x0, x1 in itertools.pairwise(ends)
    ]
    lines = [
        *plan(112, "Line", "Item", "Unit", bold=True),
        line("B. Travel and venues of the year", 85, 130, bold=True),
        *plan(148, "B1", "Bus tickets", "trip"),
        *plan(166, "B2", "Hall", "day"),
        line("What follows from it for the year", 85, 184, bold=True),
    ]
    assert written(lines, rules) == [
        [
            "B. Travel and venues of the year",
            "Line: B1; Item: Bus tickets; Unit: trip",
            "Line: B2; Item: Hall; Unit: day",
        ]
    ]


def test_rows_between_two_rules_are_parted_by_white() -> None:
    lines = [
        *plan(112, "Town", "Step", "Who"),
        *plan(130, "Ash", "Call the office", "Coach"),
        *plan(141, "", "of the town", "and host"),
        *plan(158, "Elm", "Visit", "Trainer"),
        *plan(175, "Oak", "Write", "Clerk"),
    ]
    # The rule under the names alone tells that they are: nothing is bold.
    assert written(lines, [rule(100), rule(118), rule(182)]) == [
        [
            "Town: Ash; Step: Call the office of the town; Who: Coach and host",
            "Town: Elm; Step: Visit; Who: Trainer",
            "Town: Oak; Step: Write; Who: Clerk",
        ]
    ]


def test_above_the_first_rule_of_a_page_stands_the_rest_of_a_row() -> None:
    names, first = plan(112, "Phase", "Step", "Who", bold=True), plan(130, "One", "Call", "Coach")
    (before,) = banded_tables([*names, *first], [rule(100), rule(118), rule(136)])
    _, header = rows_of(before, Vocabulary([]), None, 1)
    rows = [
        *plan(130, "Two", "Visit those who call", "Trainer"),
        *plan(148, "Three", "Ask", "Office"),
    ]
    rules = [rule(118), rule(136), rule(154)]

    def said(*above: Line) -> list[str]:
        (after,) = banded_tables([*above, *rows], rules)
        found, _ = rows_of(after, Vocabulary([]), header, 2)
        return [f"{one.rest} {one.text}" for one in found]

    two, three = (
        "False Phase: Two; Step: Visit those who call; Who: Trainer",
        "False Phase: Three; Step: Ask; Who: Office",
    )
    rest = [*plan(98, "", "or who wrote,", "and host"), *plan(110, "", "and ask them.", "")]
    text = "True Step: or who wrote, and ask them.; Who: and host"
    assert said(*rest) == [text, two, three]
    # Text that begins in the first column is none, nor is what stands far above.
    assert said(*prose(104, 1)) == [two, three]
    assert said(line("3 May", 350, 70)) == [two, three]


def hairlines(caption: list[Line], rows: list[list[str]]) -> tuple[list[Line], list[Rule]]:
    """A caption, and a table of 16 points a row with a rule below each, none above the first."""
    lines = [
        line(cell, 85 + 100 * column, 116 + 16 * index, bold=not index)
        for index, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    return [*caption, *lines], [rule(120 + 16 * index) for index in range(len(rows))]


COUNTS = [["District", "2019", "2021"], ["Oro", "12", "15"], ["Lim", "9", "11"]]
COUNTED = ["District: Oro; 2019: 12; 2021: 15", "District: Lim; 2019: 9; 2021: 11"]


def test_the_second_line_of_a_caption_is_no_row() -> None:
    caption = [
        line("Table 1: Visits in each of the two", 80, 90, bold=True, x1=480),
        line("districts that were seen", 80, 101, bold=True),
    ]
    assert written(*hairlines(caption, COUNTS)) == [COUNTED]


def test_the_first_line_of_a_header_is_not_the_captions() -> None:
    # The caption had room for "Name".
    caption = [line("Table 1: Visits", 80, 92, bold=True), line("Name of", 85, 105, bold=True)]
    named = [row.replace("District", "Name of District") for row in COUNTED]
    assert written(*hairlines(caption, COUNTS)) == [named]


def test_the_first_line_of_a_name_right_below_a_full_caption_is_not_the_captions() -> None:
    caption = [
        line("Table 1: Visits in each of the two", 80, 92, bold=True, x1=480),
        line("Names of", 80, 104, bold=True),
    ]
    named = [row.replace("District", "Names of District") for row in COUNTED]
    assert written(*hairlines(caption, COUNTS)) == [named]
    # A line wider than the first column is none of its name.
    caption[1] = line("districts that were seen", 80, 104, bold=True)
    assert written(*hairlines(caption, COUNTS)) == [COUNTED]


def test_rows_that_begin_with_a_code_are_rows() -> None:
    rows = [["District", "2019", "2021", "Rating"]]
    rows += [[f"D{n}", f"{n}0", f"{n}5", "High"] for n in range(1, 6)]
    lines, rules = hairlines([], rows)
    assert written([*lines, *prose(220, 4)], [rule(104), *rules]) == [
        [f"District: D{n}; 2019: {n}0; 2021: {n}5; Rating: High" for n in range(1, 6)]
    ]


def test_numbered_text_between_rules_is_no_table() -> None:
    text = [
        piece
        for index in range(4)
        for piece in (line("1.", 82, 114 + 20 * index), line("It is so.", 110, 114 + 20 * index))
    ]
    assert written(text, [rule(100 + 20 * index) for index in range(5)]) == []


def test_figures_alone_between_the_grid_lines_of_a_chart_are_no_table() -> None:
    bars = [["12", "15", "18"], ["9", "8", "7"], ["4", "5", "6"]]
    values = [
        line(value, 110 + 90 * column, 120 + 30 * index)
        for index, row in enumerate(bars)
        for column, value in enumerate(row)
    ]
    assert written(values, [rule(100 + 30 * index) for index in range(4)]) == []


def test_bold_ticks_are_no_names_of_columns() -> None:
    rows = ["Criterion Town Valley Coast", "Use X - X", "- X X X", "Cost - X X", "Gain X X -"]
    lines = [
        line(cell, 85 + 100 * column, 116 + 16 * index, bold=cell == "X" or not index)
        for index, row in enumerate(rows)
        for column, cell in enumerate(row.split())
        if cell != "-"
    ]
    assert written(lines, [rule(104 + 16 * index) for index in range(6)]) == [
        [
            "Criterion: Use; Town: X; Coast: X",
            "Town: X; Valley: X; Coast: X",
            "Criterion: Cost; Valley: X; Coast: X",
            "Criterion: Gain; Town: X; Valley: X",
        ]
    ]
