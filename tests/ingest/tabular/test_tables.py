"""Which ruling lines make a table, on lines and rules made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line
from ingest.tabular.table_search import tables_in
from ingest.tabular.tables import ruled_tables

WIDE, HIGH = 100.0, 20.0
"""Points, of each cell of the grids below, the first of which begins at (50, 100)."""


def grid(columns: int, rows: int, *, drawn: bool = True) -> list[Rule]:
    right, bottom = 50 + WIDE * columns, 100 + HIGH * rows
    across = [Rule(50, 100 + HIGH * n, right, 100 + HIGH * n, drawn) for n in range(rows + 1)]
    down = [Rule(50 + WIDE * n, 100, 50 + WIDE * n, bottom, drawn) for n in range(columns + 1)]
    return [*across, *down]


def filling(*rows: Sequence[str]) -> list[Line]:
    """A line for each cell that holds something."""
    return [
        Line(text, 55 + WIDE * column, 60 + WIDE * column, 114 + HIGH * row, 10.0)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]


def found(lines: Sequence[Line], rules: Sequence[Rule]) -> list[list[list[str]]]:
    """The texts of each row of each table."""
    return [
        [[" ".join(one.text for one in cell.lines) for cell in row] for row in table.rows]
        for table in ruled_tables(lines, rules)
    ]


def part_filled(full: int, rows: int) -> list[Line]:
    """Rows of two cells, the first ones filled in both, the others in the first."""
    return filling(*(("a", "b" if n < full else "") for n in range(rows)))


def test_one_row_is_a_table_from_three_cells_on() -> None:
    assert found(filling(("a", "b", "c")), grid(3, 1)) == [[["a", "b", "c"]]]
    assert found(filling(("a", "b")), grid(2, 1)) == []
    assert found(filling(("a", "b", "")), grid(3, 1)) == []


@pytest.mark.parametrize(("full", "rows", "is_table"), [(3, 10, True), (2, 10, False)])
def test_of_drawn_rows_a_third_or_nearly_has_two_cells(
    full: int, rows: int, is_table: bool
) -> None:
    assert len(found(part_filled(full, rows), grid(2, rows))) == is_table


@pytest.mark.parametrize(("full", "rows", "is_table"), [(7, 10, True), (6, 10, False)])
def test_of_shaded_rows_seven_in_ten_have_all_their_cells(
    full: int, rows: int, is_table: bool
) -> None:
    assert len(found(part_filled(full, rows), grid(2, rows, drawn=False))) == is_table


def test_shade_behind_a_drawn_table_makes_no_second_one() -> None:
    rows = [["a", "b"], ["c", "d"]]
    drawn, shaded = grid(2, 2), grid(2, 2, drawn=False)
    assert found(filling(*rows), [*drawn, *shaded]) == [rows]
    lower = [replace(one, base=one.base + 200) for one in filling(*rows)]
    moved = [replace(rule, y0=rule.y0 + 200, y1=rule.y1 + 200) for rule in shaded]
    assert found([*lower, *filling(*rows)], [*moved, *drawn]) == [rows, rows]


def test_a_page_that_is_drawn_in_frames_is_no_table() -> None:
    half = "x" * 1250
    assert len(found(filling((half, "b"), ("c", "d")), grid(2, 2))) == 1
    assert found(filling((half * 2 + "x", "b"), ("c", "d")), grid(2, 2)) == []


def test_rows_named_in_the_first_column_alone_are_a_form_under_bold_names() -> None:
    names = ("Goal", "Lead", "Due")
    for row, is_table in ((("a", "", ""), True), (("", "b", ""), False)):
        lines = filling(names, *[row] * 4)
        bold = [replace(one, bold=one.text in names) for one in lines]
        assert len(found(bold, grid(3, 5))) == is_table
        assert found(lines, grid(3, 5)) == []


def test_bands_are_one_row_where_no_cell_is_ruled_off_from_the_one_above() -> None:
    lines = filling(("a", "b"), ("c", "d"), ("e", "f"))
    rules = [rule for rule in grid(2, 3) if not (rule.horizontal and rule.y0 == 120)]
    # A third of the first cell's width, and all of it.
    assert found(lines, [*rules, Rule(50, 120, 83, 120)]) == [[["a c", "b d"], ["e", "f"]]]
    whole = found(lines, [*rules, Rule(50, 120, 150, 120)])
    assert whole == [[["a", "b"], ["c", "d"], ["e", "f"]]]


PLAN = (("Goal", "Lead", "Due"), ("Roofs", "Town", "May"))


def plan(x0: float, top: float) -> tuple[list[Line], list[Rule]]:
    """The plan with its upper left corner there, its header in bold; ruled across only."""
    lines = [
        replace(one, x0=one.x0 + x0 - 50, x1=one.x1 + x0 - 50, base=one.base + top - 100, bold=bold)
        for one in filling(*PLAN)
        for bold in [one.text in PLAN[0]]
    ]
    return lines, [Rule(x0, top + HIGH * n, x0 + 3 * WIDE, top + HIGH * n) for n in range(3)]


@pytest.mark.parametrize(("x0", "top"), [(50.0, 300.0), (400.0, 110.0)])
def test_a_table_without_walls_stands_below_or_beside_one_with_them(x0: float, top: float) -> None:
    lines, rules = plan(x0, top)
    walled = filling(*[("a", "b", "c")] * 3)
    tables, rest = tables_in([*walled, *lines], [*grid(3, 3), *rules])
    said = [[one.text for one in table.lines] for table in tables]
    assert said == [[*"abcabcabc"], [*PLAN[0], *PLAN[1]]]
    assert rest == []


def test_a_table_with_walls_between_some_of_its_rows_is_one() -> None:
    rows = [*PLAN, ("Roads", "State", "June"), ("Parks", "Town", "July")]
    lines = [replace(one, bold=one.text in PLAN[0]) for one in filling(*rows)]
    _, rules = plan(50, 140)
    (table,), rest = tables_in(lines, [*grid(3, 2), *rules])
    assert [[cell.lines[0].text for cell in row] for row in table.rows] == [list(r) for r in rows]
    assert rest == []


def test_a_shaded_row_of_names_without_walls_heads_the_table_below_it() -> None:
    def rows_with(
        names: Sequence[str], *, step: float, bold: bool = False, named: bool = True
    ) -> list[list[str]]:
        head = [replace(one, bold=named) for one in filling(names)]
        shade = grid(len(names), 1, drawn=False)
        body = [("Roofs", "Town", "May"), ("Roads", "State", "June")]
        lower = [replace(one, base=one.base + step, bold=bold) for one in filling(*body)]
        walls = [replace(rule, y0=rule.y0 + step, y1=rule.y1 + step) for rule in grid(3, 2)]
        tables, _ = tables_in([*head, *lower], [*shade, *walls])
        table = min(tables, key=lambda table: -len(table.rows))
        return [[cell.lines[0].text for cell in row] for row in table.rows]

    body = [["Roofs", "Town", "May"], ["Roads", "State", "June"]]
    assert rows_with(PLAN[0], step=20) == [[*PLAN[0]], *body]
    # 10 points from the foot of one line to the head of the next; at 40 there are 30.
    assert rows_with(PLAN[0], step=40) == body
    assert rows_with(("Goal", "Lead", "Due", "Cost"), step=20) == body
    assert rows_with(PLAN[0], step=20, bold=True) == body
    assert rows_with(PLAN[0], step=20, named=False) == body


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("cards", [2, 3, 4])
def test_single_rows_under_each_other_stay_tables_of_their_own(cards: int, bold: bool) -> None:
    # Rows of 20 points, 10 points apart.
    lines, rules = filling(("a", "b", "c")), grid(3, 1)
    tables, rest = tables_in(
        [replace(one, base=one.base + 30 * n, bold=bold) for n in range(cards) for one in lines],
        [
            replace(one, y0=one.y0 + 30 * n, y1=one.y1 + 30 * n)
            for n in range(cards)
            for one in rules
        ],
    )
    assert [len(table.rows) for table in tables] == [1] * cards
    assert rest == []
