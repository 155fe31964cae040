"""Tables without ruling lines, on lines made by hand in the order in which a file writes them."""

from __future__ import annotations

from ingest.prose.lines import Line
from ingest.tabular.aligned import aligned_tables


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


def test_a_caption_right_above_the_names_of_columns_is_no_part_of_the_first() -> None:
    caption = line("Table 1: Results by output", 50, 86)
    rows = [["Output", "Target"], ["Roofs", "40 by May"], ["Roads", "12 by June"]]
    table = [one for n, texts in enumerate(rows) for one in row(100 + 30 * n, *texts)]
    assert found([caption, *table]) == [rows]
    # A label of two lines, beside which the next cell stands at its top, is one cell.
    wells = [line("Wells and", 50, 190), line("pumps", 50, 202), line("7 by July", 200, 190)]
    assert found([*table, *wells]) == [[*rows, ["Wells and pumps", "7 by July"]]]
