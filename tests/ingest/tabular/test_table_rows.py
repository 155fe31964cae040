"""How rows of a table are named, on cells made by hand."""

from __future__ import annotations

from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.tabular.table_rows import rows_of
from ingest.tabular.tables import Cell, Table


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


def test_what_stands_under_a_head_is_said_with_it_where_labels_come_again() -> None:
    names = row(8, "Task", "Hours", "Cases", bold=True)
    home, abroad = row(20, "At home", "", ""), row(56, "Abroad", "", "")
    under = (row(32, "Intake", "1", "2"), row(44, "Calls", "3", "4"), row(50, "Closure", "5", "6"))
    again = (row(68, "Intake", "7", "8"), row(74, "Visits", "9", "1"), row(80, "Closure", "2", "3"))
    aside, total = row(86, "Report", "4", "5"), row(92, "Total", "27", "24")
    end = ["Task: Report; Hours: 4; Cases: 5", "Task: Total; Hours: 27; Cases: 24"]
    said = [
        *("Task: At home, Intake; Hours: 1; Cases: 2", "Task: At home, Calls; Hours: 3; Cases: 4"),
        "Task: At home, Closure; Hours: 5; Cases: 6",
        *("Task: Abroad, Intake; Hours: 7; Cases: 8", "Task: Abroad, Visits; Hours: 9; Cases: 1"),
        "Task: Abroad, Closure; Hours: 2; Cases: 3",
    ]
    found = texts_of(names, home, *under, abroad, *again, aside, total)
    assert found == ["Task: At home", *said[:3], "Task: Abroad", *said[3:], *end]
    # The last head has none of the labels that come again: all below it but the total is its own.
    third, aside = row(84, "Online", "", ""), row(86, "Summer report", "4", "5")
    found = texts_of(names, home, *under, abroad, *again, third, aside, total)
    assert found[-3:] == ["Task: Online", "Task: Online, Summer report; Hours: 4; Cases: 5", end[1]]
    # A head may stand in one cell over all columns.
    wide = [(Cell(0, 295, head[0].lines),) for head in (home, abroad)]
    found = texts_of(names, wide[0], *under, wide[1], *again)
    assert found == ["At home", *said[:3], "Abroad", *said[3:]]


def test_labels_that_come_once_name_no_head() -> None:
    names = row(8, "Task", "Hours", "Cases", bold=True)
    rows = [row(20, "At home", "", ""), row(32, "Calls", "1", "2"), row(44, "Visits", "3", "4")]
    assert texts_of(names, *rows)[1:] == [
        "Task: Calls; Hours: 1; Cases: 2",
        "Task: Visits; Hours: 3; Cases: 4",
    ]


def test_a_second_line_of_the_header_is_no_row() -> None:
    header = row(8, "Degree of care", "Hours a day", bold=True)
    rest = [row(32, "1", "full time"), row(44, "2", "up to six"), row(56, "3", "none")]
    named = [
        "Degree of care: 1; Hours a day: full time",
        "Degree of care: 2; Hours a day: up to six",
        "Degree of care: 3; Hours a day: none",
    ]
    assert texts_of(header, row(20, "Degree", ""), *rest) == named
    # Another word, or one below other rows, is a row.
    assert texts_of(header, row(20, "Grade", ""), *rest) == ["Degree of care: Grade", *named]
    assert texts_of(header, *rest, row(68, "Care", "")) == [*named, "Degree of care: Care"]
