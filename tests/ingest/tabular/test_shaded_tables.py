"""Rows that shade alone tells apart, on lines and edges made by hand."""

from __future__ import annotations

from ingest.engines.sheets import Rule
from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.tabular.shaded import edges_of_bands
from ingest.tabular.table_rows import rows_of
from ingest.tabular.table_search import tables_in


def shade(top: float, bottom: float, x0: float = 50, x1: float = 450) -> list[Rule]:
    """The edges of a filled rectangle, in the order in which a page is read."""
    across = [Rule(x0, y, x1, y, drawn=False) for y in (top, bottom)]
    return across + [Rule(x, top, x, bottom, drawn=False) for x in (x0, x1)]


def row(top: float, *cells: str, bold: bool = False) -> list[Line]:
    """Cells 130 points apart, in a row 20 points high."""
    return [
        Line(text, 55 + 130 * n, 55 + 130 * n + 5 * len(text), top + 14, 10.0, bold)
        for n, text in enumerate(cells)
    ]


def written(lines: list[Line], rules: list[Rule]) -> list[list[str]]:
    tables, _ = tables_in(lines, rules)
    return [[one.text for one in rows_of(t, Vocabulary([]), None)[0]] for t in tables]


TEXT = [
    *row(100, "Town", "Step", "Who", bold=True),
    *row(120, "Ash", "Call", "Coach"),
    *row(140, "Elm", "Visit", "Trainer"),
    *row(160, "Oak", "Write", "Clerk"),
    *row(180, "Yew", "Wait", "Nobody"),
    *row(200, "Fir", "Ask", "Office"),
]
SAID = [
    f"Town: {town}; Step: {step}; Who: {who}"
    for town, step, who in (
        ("Ash", "Call", "Coach"),
        ("Elm", "Visit", "Trainer"),
        ("Oak", "Write", "Clerk"),
        ("Yew", "Wait", "Nobody"),
        ("Fir", "Ask", "Office"),
    )
]


def test_every_second_row_is_shaded_and_the_last_is_white() -> None:
    bands = [*shade(100, 120), *shade(140, 160), *shade(180, 200)]
    prose = Line("What was said there was written down by us all.", 50, 450, 240, 10.0)
    assert written([*TEXT, prose], bands) == [SAID]
    # Drawn cell by cell, as browsers do.
    cells = [
        edge
        for top in (100, 140, 180)
        for x0, x1 in ((50, 183), (183, 313), (313, 450))
        for edge in shade(top, top + 20, x0, x1)
    ]
    assert written([*TEXT, prose], cells) == [SAID]


def test_a_label_over_two_rows_is_said_in_each_though_shade_ends_beside_it() -> None:
    lines = [*row(100, "Town", "Step", "Who", bold=True), *row(120, "Ash", "Call", "Coach")]
    lines += [*row(140, "", "Visit", "Trainer")[1:], *row(160, "Oak", "Write", "Clerk")]
    lines += row(180, "Yew", "Wait", "Nobody")
    bands = [*shade(100, 120), *shade(140, 160, 180), *shade(180, 200)]
    label = "Town: Ash; Step: Visit; Who: Trainer"
    assert written(lines, bands) == [[SAID[0], label, SAID[2], SAID[3]]]


def test_the_shade_of_a_label_reaches_below_the_last_shaded_row() -> None:
    lines = [*TEXT[:12], *row(180, "Yew", "Wait", "Nobody"), *row(200, "", "Ask", "Office")[1:]]
    bands = [*shade(100, 120), *shade(140, 160), *shade(180, 220, 50, 180)]
    note = Line("Asked in May.", 55, 120, 234, 10.0)
    found = written([*lines, note], [*bands, *shade(180, 200, 180)])
    assert found == [[*SAID[:4], "Town: Yew; Step: Ask; Who: Office"]]


def test_shade_that_does_not_alternate_parts_nothing() -> None:
    assert edges_of_bands(shade(100, 120)) == []
    # Strips behind single lines of one cell.
    strips = [edge for n in range(5) for edge in shade(100 + 12 * n, 112 + 12 * n)]
    assert edges_of_bands(strips) == []
    assert edges_of_bands([*shade(100, 120), *shade(140, 160, 50, 200)]) == []


def test_lines_that_are_drawn_go_before_shade() -> None:
    drawn = [Rule(50, y, 450, y) for y in (100, 120, 160, 200)]
    # Shade ends within a row that lines enclose.
    bands = [*shade(100, 120), *shade(140, 160), *shade(180, 200)]
    (found,) = written(TEXT[:15], [*drawn, *bands])
    assert found == [
        "Town: Ash Elm; Step: Call Visit; Who: Coach Trainer",
        "Town: Oak Yew; Step: Write Wait; Who: Clerk Nobody",
    ]
