"""Headers of two and three levels, on cells made by hand."""

from __future__ import annotations

from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.tabular.name_levels import names_by_level, names_by_place
from ingest.tabular.table_rows import rows_of
from ingest.tabular.tables import Cell, Table


def cell(first: int, last: int, text: str, *, bold: bool = False, open_above: bool = False) -> Cell:
    """A cell over the columns from `first` to `last`, each 100 points wide."""
    x0, x1 = 100.0 * first, 100.0 * last + 100
    line = (Line(text, x0 + 5, x0 + 5 + 5 * len(text), 10, 10.0, bold),) if text else ()
    return Cell(x0, x1, line, open_above)


def row(*texts: str, bold: bool = False) -> tuple[Cell, ...]:
    return tuple(cell(n, n, text, bold=bold) for n, text in enumerate(texts))


def texts(rows: list[tuple[Cell, ...]]) -> list[list[str]]:
    return [[" ".join(one.text for one in c.lines) for c in cells] for cells in rows]


FIGURES = [row("Ash", "1", "2", "3", "4"), row("Elm", "5", "6", "7", "8")]
TWO = [
    (cell(0, 0, "Town"), cell(1, 2, "2020"), cell(3, 4, "2021")),
    (
        cell(0, 0, "", open_above=True),
        *(cell(n, n, name) for n, name in enumerate(("Women", "Men", "Women", "Men"), 1)),
    ),
]
YEARS = ("Town", "2020, Women", "2020, Men", "2021, Women", "2021, Men")


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table(rows, 0, 500, 0, 200)


def test_drawn_cells_group_the_names_below_them() -> None:
    found, header = rows_of(table(*TWO, *FIGURES), Vocabulary([]), None)
    assert [one.text for one in found] == [
        "Town: Ash; 2020, Women: 1; 2020, Men: 2; 2021, Women: 3; 2021, Men: 4",
        "Town: Elm; 2020, Women: 5; 2020, Men: 6; 2021, Women: 7; 2021, Men: 8",
    ]
    # Said again on the next page the header is no row.
    found, _ = rows_of(table(*TWO, FIGURES[1]), Vocabulary([]), header, 2)
    assert [one.cells for one in found] == [("Elm", "5", "6", "7", "8")]


def test_a_name_may_stand_in_the_middle_of_three_levels() -> None:
    rows = [
        (cell(0, 0, ""), cell(1, 4, "Courses")),
        (cell(0, 0, "Town", open_above=True), cell(1, 2, "Language"), cell(3, 4, "Trade")),
        (
            cell(0, 0, "", open_above=True),
            *(cell(n, n, name) for n, name in enumerate(("Begun", "Ended", "Begun", "Ended"), 1)),
        ),
        *FIGURES,
    ]
    names, depth = names_by_level(rows, texts(rows))
    assert depth == 3
    assert names[0] == "Town"
    assert names[1:3] == ("Courses, Language, Begun", "Courses, Language, Ended")


def test_a_form_of_cells_of_many_widths_has_no_levels() -> None:
    form = [
        (cell(0, 1, "Name"), cell(2, 4, "")),
        (cell(0, 2, "Place of birth"), cell(3, 4, "Year")),
        row("a", "b", "c", "d", "e"),
    ]
    assert names_by_level(form, texts(form)) == ((), 0)


def test_without_walls_a_name_stands_over_those_that_have_none_beside_it() -> None:
    lower = row("", "Women", "Men", "Women", "Men", bold=True)
    for upper in (
        row("Town", "2020", "", "2021", "", bold=True),
        row("Town", "", "2020", "", "2021", bold=True),  # set in the middle
    ):
        rows = [upper, lower, *FIGURES]
        assert names_by_place(rows, texts(rows)) == (YEARS, 2)
    # What the first column names is a row.
    rows = [upper, row("All", "9", "9", "9", "9", bold=True), *FIGURES]
    assert names_by_place(rows, texts(rows)) == ((), 0)
    rows = [upper, row("All", "Women", "Men", "Women", "Men", bold=True), *FIGURES]
    assert names_by_place(rows, texts(rows)) == ((), 0)
