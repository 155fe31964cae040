"""Table rows cut by a page end, drawn as one, or named by a header on another page."""

from dataclasses import replace

from ingest.assemble import Printed, pages_of
from ingest.engines.sheets import Rule
from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.prose.row_words import TableRow, goes_on, is_under, joined
from ingest.records import BlockKind, Page
from ingest.tabular.table_items import unrolled
from ingest.tabular.table_rows import Header, rows_of
from ingest.tabular.tables import Cell, Table

NO_WORDS = Vocabulary([])


def line(text: str, x0: float, base: float, *, bold: bool = False, order: int = 0) -> Line:
    return Line(text, x0, x0 + 5.0 * len(text), base, 10.0, bold, order)


def cell(x0: float, *lines: tuple[str, float]) -> Cell:
    return Cell(x0, x0 + 95, tuple(line(text, x0, base) for text, base in lines))


def row(*cells: str, page: int = 1) -> TableRow:
    return TableRow(cells, ("Goal", "Who"), page)


def test_the_rest_of_a_row_goes_to_each_cell_with_its_page() -> None:
    above, below = row("Train staff at the", "Ministry and"), row("borders", "police", page=2)
    assert goes_on(above, below)
    text, breaks = joined(above, below, NO_WORDS).written()
    assert text == "Goal: Train staff at the borders; Who: Ministry and police"
    assert [(text[at:].split()[0], page) for at, page in breaks] == [
        ("borders;", 2),
        ("Ministry", 1),
        ("police", 2),
    ]


def test_a_word_divided_by_the_page_end_is_whole_and_of_the_first_page() -> None:
    above, below = row("Train of-", ""), row("ficials now", "", page=2)
    text, breaks = joined(above, below, NO_WORDS).written()
    assert text == "Goal: Train officials now"
    assert breaks == ((text.index("now"), 2),)


def test_a_new_row_is_not_the_rest_of_another() -> None:
    assert not goes_on(row("Train staff at the", "Ministry"), row("Open a desk", "police"))
    assert not goes_on(row("Train staff.", "Ministry."), row("borders", "police"))
    assert not goes_on(row("Train staff", "Ministry"), row("Meet", "a. police"))
    assert not goes_on(
        row("Train staff", "Ministry"), TableRow(("borders", "police"), ("A", "B"), 2)
    )


def test_ticks_in_words_carry_no_row_on_where_another_sentence_begins() -> None:
    def asked(label: str, question: str, answer: str) -> TableRow:
        return TableRow((label, question, answer), ("Goal", "Question", "Met"), 1)

    above = asked("Staff", "Did they train?", "yes")
    assert not goes_on(above, asked("", "Did they meet?", "no"))
    assert goes_on(above, asked("", "in spring or later?", "no"))


def test_one_cell_alone_that_is_not_the_first_is_the_rest() -> None:
    assert goes_on(row("Train staff", "Ministry"), row("", "Police"))
    assert not goes_on(row("", "Ministry"), row("", "Police"))


def test_a_label_holds_for_a_row_of_the_same_table_that_has_none() -> None:
    above = row("Costs", "Banks")
    assert is_under(above, row("", "Agency", page=2))
    assert not is_under(above, row("Time", "Agency", page=2))
    assert not is_under(row("", "Banks"), row("", "Agency", page=2))
    assert not is_under(row("a" * 201, "Banks"), row("", "Agency", page=2))
    assert not is_under(above, TableRow(("", "Agency"), ("A", "B"), 2))
    assert not is_under(TableRow(("Costs", "Banks")), TableRow(("", "Agency"), page=2))


def test_rows_of_one_height_drawn_as_one_stay_apart() -> None:
    names = (cell(0, ("Old law", 10)), cell(100, ("New law", 10)))
    body = (
        cell(0, ("Article 1", 30), ("—", 44), ("Article 3", 58)),
        cell(100, ("Article 2", 30), ("Article 5", 44), ("—", 58)),
    )
    found, _ = rows_of(Table((names, body), 0, 195, 0, 70), NO_WORDS, None)
    assert [one.text for one in found] == [
        "Old law: Article 1; New law: Article 2",
        "Old law: —; New law: Article 5",
        "Old law: Article 3; New law: —",
    ]


PLAN = (
    cell(0, ("1. Protect", 10), ("workers", 22)),
    cell(
        100,
        ("of the desks.", 10),
        ("1.1 Train staff", 22),
        ("in all offices.", 34),
        ("1.2 Open", 46),
        ("desks.", 58),
    ),
    cell(200, ("Ministry", 22), ("Police", 48)),
)


def test_numbered_items_of_one_drawn_row_are_rows() -> None:
    texts = [[" ".join(one.text for one in c.lines) for c in part] for part in unrolled(PLAN)]
    assert texts == [
        ["1. Protect workers", "of the desks.", ""],
        ["", "1.1 Train staff in all offices.", "Ministry"],
        ["", "1.2 Open desks.", "Police"],
    ]


def test_items_below_no_label_belong_to_none_of_the_row_above() -> None:
    """What stands empty in the first is ruled off from the row above, and goes on below."""
    plan = (cell(0), *PLAN[1:], cell(300, ("Now", 22), ("Soon", 48)))
    first, second, third = unrolled(plan)
    assert [part[0].open_above for part in (first, second, third)] == [False, True, True]
    above = (replace(plan[0], open_above=True), *plan[1:])
    assert unrolled(above)[0][0].open_above


def test_entries_go_to_the_nearest_item_and_part_where_the_next_begins() -> None:
    plan = (
        cell(0, ("2.1 Save", 10), ("at home", 22), ("2.2 Lend", 34), ("2.3 Learn", 46)),
        cell(100, ("Banks,", 12), ("police", 24), ("Schools", 36), ("Clubs", 48)),
        cell(200, ("X", 11), ("X", 30)),
    )
    texts = [[" ".join(one.text for one in c.lines) for c in part] for part in unrolled(plan)]
    assert texts == [
        ["2.1 Save at home", "Banks, police", "X"],
        ["2.2 Lend", "Schools", "X"],
        ["2.3 Learn", "Clubs", ""],
    ]


def after_a_page_end(rest: str, item: str, hung: float, goal: str = "") -> Table:
    """The rest of an item above another, which stands `hung` points to its left."""
    first = (("1. Protect", 10),) if goal else ()
    actions = (line(rest, 120, 10), line(item, 120 - hung, 40), line("at home", 120, 52))
    cells = (
        cell(0, *first),
        Cell(110, 195, actions),
        cell(200, ("Banks", 41)),
        cell(300, ("X", 40)),
    )
    return Table((cells,), 0, 395, 0, 60)


PLANNED = Header(("Goal", "Action", "Who", "Now"), (0, 110, 200, 300))


def test_above_the_only_number_of_a_page_stands_the_rest_of_the_row_before() -> None:
    above = TableRow(("", "1.2 Open desks at the National", "Police", "X"), PLANNED.names, 1)
    found, _ = rows_of(after_a_page_end("Agency.", "1.3 Lend", 10), NO_WORDS, PLANNED, 2)
    assert [one.text for one in found] == [
        "Action: Agency.",
        "Action: 1.3 Lend at home; Who: Banks; Now: X",
    ]
    assert goes_on(above, found[0])
    assert not goes_on(above, found[1])
    whole = joined(above, found[0], NO_WORDS)
    assert whole.text == "Action: 1.2 Open desks at the National Agency.; Who: Police; Now: X"


def test_one_number_divides_no_other_row() -> None:
    def texts(table: Table, carried: Header | None) -> list[str]:
        return [one.text for one in rows_of(table, NO_WORDS, carried, 2)[0]]

    # A figure in a sentence hangs over nothing; under a first cell begins a new row.
    for table in (
        after_a_page_end("Agency.", "1.3 Lend", 0),
        after_a_page_end("Agency.", "1.3 Lend", 10, goal="1. Protect"),
    ):
        (text,) = texts(table, PLANNED)
        assert "Action: Agency. 1.3 Lend at home; Who: Banks; Now: X" in text
    assert texts(after_a_page_end("Agency.", "1.3 Lend", 10), None) == [
        "Agency. 1.3 Lend at home; Banks; X"
    ]


def test_numbers_side_by_side_divide_no_row() -> None:
    side_by_side = Cell(120, 300, (line("1.1 Train", 120, 100), line("1.2 Meet", 200, 100)))
    drawn = (cell(0, ("Borders", 100)), side_by_side, cell(310, ("Ministry", 100)))
    assert unrolled(drawn) == [drawn]


def test_a_label_over_the_items_is_said_in_each_and_a_tick_is_not() -> None:
    header = tuple(
        Cell(x0, x0 + 95, (line(name, x0, 0, bold=True),))
        for x0, name in ((0.0, "Goal"), (100.0, "Action"), (200.0, "Who"))
    )
    found, _ = rows_of(Table((header, PLAN), 0, 295, 0, 70), NO_WORDS, None)
    assert [one.text for one in found][1:] == [
        "Goal: 1. Protect workers; Action: 1.1 Train staff in all offices.; Who: Ministry",
        "Goal: 1. Protect workers; Action: 1.2 Open desks.; Who: Police",
    ]


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table(rows, 0, 395, 0, 200)


def test_names_renewed_within_a_table_hold_over_the_page_end() -> None:
    names = [tuple(bold(100 * n, name) for n, name in enumerate((goal, "Who"))) for goal in "AB"]
    first = table(names[0], (cell(0, ("Train", 20)), cell(100, ("Police", 20))), names[1])
    _, header = rows_of(first, NO_WORDS, None)
    after = table((cell(0, ("Lend", 10)), cell(100, ("Banks", 10))))
    found, last = rows_of(after, NO_WORDS, header, 2)
    assert [one.text for one in found] == ["B: Lend; Who: Banks"]
    assert last == header
    # The names the page began with come again and are no row.
    found, last = rows_of(table(names[0], *after.rows), NO_WORDS, header, 3)
    assert [one.text for one in found] == ["A: Lend; Who: Banks"]
    assert last.names == ("A", "Who")


def test_the_upper_row_of_a_header_said_again_is_no_row() -> None:
    upper = (bold(0, "Goal"), bold(100, "Kinds of help"), cell(200))
    lower = (cell(0), cell(100, ("Visit", 10)), cell(200, ("Desk", 10)))
    rows = [
        (cell(0, (goal, 20)), cell(100, ("x", 20)), cell(200, ("x", 20)))
        for goal in ("Ties", "Ideas")
    ]
    _, header = rows_of(table(upper, lower, *rows), NO_WORDS, None)
    assert header.names == ("Goal", "Visit", "Desk")
    found, last = rows_of(table(upper, rows[1]), NO_WORDS, header, 2)
    assert [one.text for one in found] == ["Goal: Ideas; Visit: x; Desk: x"]
    assert last == header
    # A row in bold that says more than names is one.
    total = (bold(0, "Goal"), bold(100, "7"), cell(200))
    found, _ = rows_of(table(total, rows[1]), NO_WORDS, header, 2)
    assert len(found) == 2


def test_a_page_may_end_a_table_with_its_header_said_again() -> None:
    names = (bold(0, "Goal"), bold(100, "Cost"))
    _, header = rows_of(table(names, (cell(0, ("Ties", 20)), cell(100, ("7", 20)))), NO_WORDS, None)
    assert rows_of(table(names), NO_WORDS, header, 2) == ([], header)


def bold(x0: float, text: str, width: float = 95) -> Cell:
    return Cell(x0, x0 + width, (line(text, x0, 0, bold=True),))


DEGREES = [
    (cell(0, (f"{n}.", 20)), cell(100, (kind, 20)), cell(200, (time, 20)))
    for n, (kind, time) in enumerate([("Light", "all day"), ("Heavy", "six hours")], 1)
]


def test_a_cell_of_the_header_names_the_columns_below_it() -> None:
    header = (bold(0, "Degree of need", 195), bold(200, "Time for work"))
    title = (bold(0, "How long one may work", 295),)
    written = [
        "Degree of need: 1.; Light; Time for work: all day",
        "Degree of need: 2.; Heavy; Time for work: six hours",
    ]
    found, names = rows_of(table(header, *DEGREES), NO_WORDS, None)
    assert [one.text for one in found] == written
    assert names.walls == (0, 100, 200)
    found, _ = rows_of(table(title, header, *DEGREES), NO_WORDS, None)
    assert [one.text for one in found] == ["How long one may work", *written]


def test_cells_above_a_table_of_other_columns_name_none() -> None:
    apart = (bold(0, "Degree of need", 145), bold(150, "Time for work", 145))
    plain = (cell(0, ("Degree of need", 0)), cell(200, ("Time for work", 0)))
    for header in (apart, plain):
        found, names = rows_of(table(header, *DEGREES), NO_WORDS, None)
        assert found[-1].text == "2.; Heavy; six hours"
        assert not names.names or len(names.names) == 2


def test_an_empty_cell_leaves_the_name_of_two_columns_to_the_next() -> None:
    names = ("Need", "Need", "Time")
    assert TableRow(("", "Heavy", "now"), names).text == "Need: Heavy; Time: now"
    assert TableRow(("2", "Heavy", "now"), names).text == "Need: 2; Heavy; Time: now"


def test_decimal_figures_are_no_items() -> None:
    figures = (
        cell(0, ("Chile", 10), ("Japan", 22)),
        cell(100, ("12.5", 10), ("11.2", 22)),
        cell(200, ("a", 10), ("b", 22)),
    )
    assert unrolled(figures) == [figures]


def grid(ys: list[float]) -> tuple[Rule, ...]:
    xs = (50.0, 250.0, 450.0)
    across = [Rule(50, y, 450, y) for y in ys]
    return (*across, *[Rule(x, ys[0], x, ys[-1]) for x in xs])


def two_pages(rest: tuple[str, str]) -> tuple[Page, ...]:
    first = [
        line("Safety", 55, 700, bold=True, order=0),
        line("Source", 255, 700, bold=True, order=1),
        line("Falls", 55, 720, order=2),
        line("Reports of", 255, 720, order=3),
    ]
    second = [
        line("", 55, 70, order=0),
        line(rest[1], 255, 70, order=1),
        line("Deaths", 55, 90, order=2),
        line("Courts", 255, 90, order=3),
        line("Fires", 55, 110, order=4),
        line("Brigade", 255, 110, order=5),
    ]
    if rest[0]:
        second[0] = line(rest[0], 55, 70, order=0)
    else:
        del second[0]
    return pages_of(
        [
            Printed(1, 500, 800, tuple(first), rules=grid([688, 706, 730])),
            Printed(2, 500, 800, tuple(second), rules=grid([58, 76, 96, 116])),
        ],
        (),
    )


def test_over_a_page_end_the_row_is_whole_and_the_names_go_on() -> None:
    first, second = two_pages(("", "wards"))
    assert [block.text for block in first.blocks] == ["Safety: Falls; Source: Reports of wards"]
    assert first.blocks[0].page_breaks == ((34, 2),)
    assert [block.text for block in second.blocks] == [
        "Safety: Deaths; Source: Courts",
        "Safety: Fires; Source: Brigade",
    ]
    assert {block.kind for block in (*first.blocks, *second.blocks)} == {BlockKind.TABLE}


def test_a_note_in_the_margin_left_of_a_table_parts_no_row_over_a_page_end() -> None:
    first = [line("Safety", 55, 700, bold=True), line("Source", 255, 700, bold=True)]
    first += [line("Falls", 55, 720), line("Reports of", 255, 720)]
    note = ["See the", "other", "lists", "of 2012", "and of", "2013", "too."]
    second = [line(text, 0, 72 + 14 * n) for n, text in enumerate(note)]
    second += [line("wards", 255, 70), line("Deaths", 55, 90), line("Courts", 255, 90)]
    second += [line("Fires", 55, 110), line("Brigade", 255, 110)]
    text = "It was seen in spring that all of it had been of much use to the towns there."
    second += [Line(text, 55, 445, 150 + 12 * n, 10.0) for n in range(12)]
    pages = pages_of(
        [
            Printed(1, 500, 800, tuple(first), rules=grid([688, 706, 730])),
            Printed(2, 500, 800, tuple(second), rules=grid([58, 76, 96, 116])),
        ],
        (),
    )
    assert pages[0].blocks[0].text == "Safety: Falls; Source: Reports of wards"
    assert [block.text for block in pages[1].blocks[:3]] == [
        "Safety: Deaths; Source: Courts",
        "Safety: Fires; Source: Brigade",
        " ".join(note),
    ]


def test_a_new_row_on_the_next_page_stays_there() -> None:
    first, second = two_pages(("Theft", "Police"))
    assert [block.text for block in first.blocks] == ["Safety: Falls; Source: Reports of"]
    assert [block.text for block in second.blocks] == [
        "Safety: Theft; Source: Police",
        "Safety: Deaths; Source: Courts",
        "Safety: Fires; Source: Brigade",
    ]
