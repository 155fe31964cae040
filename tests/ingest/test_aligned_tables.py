"""Tables without ruling lines, on lines made by hand in the order in which a file writes them."""

from __future__ import annotations

from ingest.aligned import aligned_tables
from ingest.lines import Line


def line(text: str, x0: float, base: float) -> Line:
    return Line(text, x0, x0 + 5.0 * len(text), base, 10.0)


def row(base: float, *texts: str) -> list[Line]:
    """Cells 150 points apart, the first at 50."""
    return [line(text, 50 + 150 * n, base) for n, text in enumerate(texts)]


def found(lines: list[Line]) -> list[list[list[str]]]:
    return [
        [[" ".join(one.text for one in cell.lines) for cell in cells] for cells in table.rows]
        for table in aligned_tables(lines)
    ]


def late_label(x1: float, base: float) -> list[Line]:
    """A table whose last row of three cells is written from the second on."""
    names, first = row(100, "Output", "Target", "Due"), row(130, "Roofs", "40", "May")
    last = row(160, "Wells", "7", "July")
    label = Line("Wells", 50, x1, base, 10.0)
    return [*names, *first, *last[1:], label, *row(190, "Roads", "9", "June")]


def test_a_late_label_stands_at_the_top_of_its_row_and_left_of_it() -> None:
    rows = [["Output", "Target", "Due"], ["Roofs", "40", "May"], ["Wells", "7", "July"]]
    assert found(late_label(75, 160)) == [[*rows, ["Roads", "9", "June"]]]
    # The second cell begins at 200, and the row stands at 160.
    parted = [[*rows[:2], ["", "7", "July"]]]
    assert found(late_label(199, 160)) == found(late_label(75, 164)) == parted
