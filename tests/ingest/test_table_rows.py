"""How rows of a table are named, on cells made by hand."""

from __future__ import annotations

from ingest.clean import Vocabulary
from ingest.lines import Line
from ingest.table_rows import rows_of
from ingest.tables import Cell, Table


def row(top: float, *texts: str, bold: bool = False) -> tuple[Cell, ...]:
    return tuple(
        Cell(100.0 * n, 100.0 * n + 95, (Line(text, 100.0 * n, 100.0 * n + 50, top, 10.0, bold),))
        if text
        else Cell(100.0 * n, 100.0 * n + 95, ())
        for n, text in enumerate(texts)
    )


def texts_of(*rows: tuple[Cell, ...]) -> list[str]:
    found, _ = rows_of(Table(rows, 0, 295, 0, 200), Vocabulary([]), None)
    return [one.text for one in found]


def test_a_row_of_fewer_cells_is_said_without_names() -> None:
    total, thirty = row(44, "Total", "30")
    assert texts_of(
        row(8, "Country", "Sex", "Arrivals", bold=True),
        row(20, "Chile", "Men", "10"),
        row(32, "Chile", "Women", "20"),
        (Cell(0, 195, total.lines), Cell(200, 295, thirty.lines)),
    ) == [
        "Country: Chile; Sex: Men; Arrivals: 10",
        "Country: Chile; Sex: Women; Arrivals: 20",
        "Total; 30",
    ]


def test_a_row_that_groups_columns_and_one_that_names_them_are_one_header() -> None:
    figures = (row(32, "Chile", "1", "2"), row(44, "Japan", "3", "4"))
    grouped = row(8, "Country", "Arrivals", "")
    assert texts_of(grouped, row(20, "", "Men", "Women"), *figures) == [
        "Country: Chile; Men: 1; Women: 2",
        "Country: Japan; Men: 3; Women: 4",
    ]
    # What the first column names is a row of its own, and is not lost.
    assert texts_of(grouped, row(20, "All", "Men", "Women"), *figures)[0].startswith(
        "Country: All;"
    )
