"""Heads across a table, empty cells that mean the same as above, and turned names."""

from __future__ import annotations

from dataclasses import replace

from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.tabular.table_rows import Header, rows_of
from ingest.tabular.tables import Cell, Table
from ingest.tabular.turned_names import with_turned_names


def cell(column: int, text: str, *, bold: bool = False, columns: int = 1) -> Cell:
    x0 = 100.0 * column
    line = (Line(text, x0 + 5, x0 + 5 + 5 * len(text), 10, 10.0, bold),) if text else ()
    return Cell(x0, x0 + 100 * columns, line)


def row(*texts: str, bold: bool = False) -> tuple[Cell, ...]:
    return tuple(cell(n, text, bold=bold) for n, text in enumerate(texts))


def across(text: str) -> tuple[Cell, ...]:
    return (cell(0, text, columns=3),)


def said(*rows: tuple[Cell, ...], header: Header | None = None) -> tuple[list[str], Header]:
    found, last = rows_of(Table(rows, 0, 300, 0, 200), Vocabulary([]), header, 1)
    return [one.text for one in found], last


NAMES = row("Line", "Item", "Cost", bold=True)


def test_rows_say_the_head_above_them_until_a_total() -> None:
    found, last = said(
        *(NAMES, across("A. Staff"), row("A1", "Clerk", "10"), row("", "Subtotal staff", "10")),
        *(across("B. Travel"), row("B1", "Bus", "3"), row("B2", "Hall", "4")),
    )
    assert found == [
        *("A. Staff", "A. Staff; Line: A1; Item: Clerk; Cost: 10"),
        "Item: Subtotal staff; Cost: 10",
        *("B. Travel", "B. Travel; Line: B1; Item: Bus; Cost: 3"),
        "B. Travel; Line: B2; Item: Hall; Cost: 4",
    ]
    # The page ends within the last head.
    found, last = said(
        NAMES, row("B3", "Van", "9"), across("C. Other"), row("C1", "Pens", "1"), header=last
    )
    assert found == [
        "B. Travel; Line: B3; Item: Van; Cost: 9",
        *("C. Other", "C. Other; Line: C1; Item: Pens; Cost: 1"),
    ]
    assert last.head == "C. Other"
    found, _ = said(row("", "Total", "23"), row("D1", "Gifts", "0"), header=last)
    assert found == ["Item: Total; Cost: 23", "Line: D1; Item: Gifts; Cost: 0"]


def test_bold_heads_across_two_columns_are_said_and_plain_text_is_not() -> None:
    names = row("Respondent", "Position", bold=True)
    for bold, head in ((True, "Green Office; "), (False, "")):
        rows: list[tuple[Cell, ...]] = [names]
        for office in ("Field", "Green Office"):
            rows += [(cell(0, office, bold=bold, columns=2),), row(f"{office[0]}. Diop", "Clerk")]
        assert said(*rows)[0][-1] == f"{head}Respondent: G. Diop; Position: Clerk"


def test_one_head_or_one_within_a_cell_is_said_in_no_other_row() -> None:
    found, _ = said(
        NAMES, row("A1", "Clerk", "10"), across("Sources: ledgers"), row("B1", "Bus", "3")
    )
    assert found[-1] == "Line: B1; Item: Bus; Cost: 3"
    mixed = Cell(0, 100, (*cell(0, "B. Travel", bold=True).lines, *cell(0, "B1").lines))
    bold = [row(text, "", "", bold=True) for text in ("A. Staff", "C. Other")]
    rows = (NAMES, bold[0], row("A1", "Clerk", "10"), (mixed, *row("", "Bus", "3")[1:]))
    found, _ = said(*rows, bold[1], row("C1", "Pens", "1"))
    assert found[1] == "Line: A1; Item: Clerk; Cost: 10"


def test_a_remark_between_rows_is_no_head() -> None:
    remarks = ("No visits took place in 2020.", "From 2022 on the fund paid for travel.")
    bodies = (row("A1", "Clerk", "10"), row("B1", "Bus", "3"), row("B2", "Hall", "4"))
    found, _ = said(
        *(NAMES, bodies[0], across(remarks[0]), bodies[1], across(remarks[1]), bodies[2])
    )
    assert found == [
        *("Line: A1; Item: Clerk; Cost: 10", remarks[0], "Line: B1; Item: Bus; Cost: 3"),
        *(remarks[1], "Line: B2; Item: Hall; Cost: 4"),
    ]
    # In bold it is what the rows below are about.
    heads = [(cell(0, text, bold=True, columns=3),) for text in remarks]
    found, _ = said(NAMES, bodies[0], heads[0], bodies[1], heads[1], bodies[2])
    assert found[-1] == f"{remarks[1]}; Line: B2; Item: Hall; Cost: 4"


def test_a_break_between_rows_is_no_head_over_the_next() -> None:
    first, *bodies = (row("A1", "Clerk", "10"), row("B1", "Bus", "3"), row("B2", "Hall", "4"))
    breaks = (across("Coffee"), across("Lunch in the hall"))
    found, _ = said(NAMES, first, breaks[0], bodies[0], breaks[1], bodies[1])
    assert found[2] == "Line: B1; Item: Bus; Cost: 3"
    assert found[4] == "Line: B2; Item: Hall; Cost: 4"
    # The first of several heads stands right below the names.
    found, _ = said(NAMES, breaks[0], first, bodies[0], breaks[1], bodies[1])
    assert found[-1] == "Lunch in the hall; Line: B2; Item: Hall; Cost: 4"


def test_empty_first_cells_say_what_the_row_above_does() -> None:
    names = row("Region", "District", "Topic", bold=True)
    rows = [("Hills", "Torrin", "Pumps"), ("", "", "Rent"), ("", "Velga", "Return")]
    rows = [*rows, ("Coast", "Marsa", "Boats")]
    found, _ = said(names, *(row(*texts) for texts in rows))
    # One cell beside the empty ones is too little to tell.
    assert found[1:3] == ["Topic: Rent", "District: Velga; Topic: Return"]
    wide = row("Region", "District", "Topic", "Persons", bold=True)
    four = [(*texts, str(n)) for n, texts in enumerate(rows)]
    found, _ = said(wide, *(row(*texts) for texts in four))
    assert found == [
        "Region: Hills; District: Torrin; Topic: Pumps; Persons: 0",
        "Region: Hills; District: Torrin; Topic: Rent; Persons: 1",
        "Region: Hills; District: Velga; Topic: Return; Persons: 2",
        "Region: Coast; District: Marsa; Topic: Boats; Persons: 3",
    ]


def test_numbers_of_rows_and_totals_are_not_said_again() -> None:
    numbered = [("1.", "Pumps", "3"), ("", "Rent", "4"), ("", "Boats", "5"), ("2.", "Pasture", "6")]
    found, _ = said(row("No.", "Topic", "Persons", bold=True), *(row(*t) for t in numbered))
    assert found[1] == "Topic: Rent; Persons: 4"
    towns = [("Ash", "Pumps", "3"), ("", "Total", "4"), ("", "", "5"), ("Elm", "Roofs", "6")]
    found, _ = said(row("Town", "Topic", "Persons", bold=True), *(row(*t) for t in towns))
    assert found[1:3] == ["Topic: Total; Persons: 4", "Persons: 5"]


def test_names_said_again_are_no_label_of_the_row_below() -> None:
    names = row("Region", "Topic", "Persons", bold=True)
    rows = [("Hills", "Pumps", "3"), ("", "Rent", "4"), ("", "Boats", "5")]
    _, header = said(names, *(row(*t) for t in rows))
    later = [("", "Roofs", "6"), ("Coast", "Nets", "7"), ("", "Wells", "8"), ("", "Huts", "9")]
    found, _ = said(names, *(row(*t) for t in later), header=header)
    assert found[0] == "Topic: Roofs; Persons: 6"
    assert found[2:] == [
        *("Region: Coast; Topic: Wells; Persons: 8", "Region: Coast; Topic: Huts; Persons: 9")
    ]
    found, _ = said(names, *(row(*t) for t in later))
    assert found[0] == "Topic: Roofs; Persons: 6"


def test_a_mark_that_comes_again_is_not_said_where_it_is_missing() -> None:
    names = row("New", "Town", "Persons", bold=True)
    towns = [("yes", "Ash", "3"), ("", "Elm", "4"), ("", "Oak", "5"), ("yes", "Yew", "6")]
    found, _ = said(names, *(row(*t) for t in towns), row("", "Fir", "7"))
    assert found == [
        *("New: yes; Town: Ash; Persons: 3", "Town: Elm; Persons: 4", "Town: Oak; Persons: 5"),
        *("New: yes; Town: Yew; Persons: 6", "Town: Fir; Persons: 7"),
    ]
    answers = [("Yes", "Ash", "3"), ("", "Elm", "4"), ("", "Oak", "5"), ("No", "Yew", "6")]
    found, _ = said(names, *(row(*t) for t in answers))
    assert found[1] == "Town: Elm; Persons: 4"
    # A label in one cell over two rows stands in both of them once.
    span = tuple(replace(c, open_above=not n) for n, c in enumerate(row("", "Elm", "4")))
    towns = [("Hills", "Ash", "3"), ("", "Oak", "5"), ("", "Yew", "6")]
    first, *rest = [row(*t) for t in towns]
    found, _ = said(names, first, span, *rest)
    assert [text.split(";")[0] for text in found] == ["New: Hills"] * 4


def turned(text: str, base: float, start: float) -> Line:
    """Text that runs up or down: its base is across the page, its length along it."""
    return Line(text, start, start + 5 * len(text), base, 10.0, bold=True)


def test_names_that_run_up_or_down_go_to_their_cells() -> None:
    head = Cell(0, 100, (Line("Centre", 5, 40, 150, 10.0, bold=True),))
    first = (head, *row("", "", "")[1:])
    body = tuple(
        Cell(c.x0, c.x1, tuple(Line(t, c.x0 + 5, c.x0 + 15, 170, 10.0) for t in s))
        for c, s in zip(row("", "", ""), (["Mill"], ["x"], ["x"]), strict=True)
    )
    table = Table((first, body), 0, 300, 100, 180)
    # On a page of 400 by 600 text that runs up is measured from the foot.
    up = [turned("Legal advice", 150, 460), turned("Child", 245, 460), turned("care", 257, 460)]
    axis = turned("far away", 150, 100)
    (found,), left = with_turned_names([table], [*up, axis], 400, 600)
    assert left == [axis]
    rows, _ = rows_of(found, Vocabulary([]), None)
    assert [one.text for one in rows] == ["Centre: Mill; Legal advice: x; Child care: x"]
    # Text that runs down is measured from the right, and its first line is the rightmost.
    down = [turned("Legal advice", 250, 110), turned("Child", 145, 110), turned("care", 155, 110)]
    (found,), left = with_turned_names([table], down, 400, 600)
    assert [" ".join(line.text for line in c.lines) for c in found.rows[0]] == [
        "Centre",
        "Legal advice",
        "Child care",
    ]
    assert left == []
    # One alone is no header.
    (same,), left = with_turned_names([table], up[:1], 400, 600)
    assert same == table
    assert left == up[:1]
