"""Table rows cut by a page end, drawn as one, or named by a header on another page."""

from ingest.assemble import Printed, pages_of
from ingest.clean import Vocabulary
from ingest.lines import Line
from ingest.records import BlockKind, Page
from ingest.row_words import Row, goes_on, joined
from ingest.sheets import Rule
from ingest.table_items import unrolled
from ingest.table_rows import rows_of
from ingest.tables import Cell, Table

NO_WORDS = Vocabulary([])


def line(text: str, x0: float, base: float, *, bold: bool = False, order: int = 0) -> Line:
    return Line(text, x0, x0 + 5.0 * len(text), base, 10.0, bold, order)


def cell(x0: float, *lines: tuple[str, float]) -> Cell:
    return Cell(x0, x0 + 95, tuple(line(text, x0, base) for text, base in lines))


def row(*cells: str, page: int = 1) -> Row:
    return Row(cells, ("Goal", "Who"), page)


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
    assert not goes_on(row("Train staff", "Ministry"), Row(("borders", "police"), ("A", "B"), 2))


def test_one_cell_alone_that_is_not_the_first_is_the_rest() -> None:
    assert goes_on(row("Train staff", "Ministry"), row("", "Police"))
    assert not goes_on(row("", "Ministry"), row("", "Police"))


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


def test_a_new_row_on_the_next_page_stays_there() -> None:
    first, second = two_pages(("Theft", "Police"))
    assert [block.text for block in first.blocks] == ["Safety: Falls; Source: Reports of"]
    assert [block.text for block in second.blocks] == [
        "Safety: Theft; Source: Police",
        "Safety: Deaths; Source: Courts",
        "Safety: Fires; Source: Brigade",
    ]
