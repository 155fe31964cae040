"""Tables without any line below bold names, on lines made by hand."""

from __future__ import annotations

from dataclasses import replace

from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.tabular.headed import headed_tables
from ingest.tabular.table_rows import rows_of
from ingest.tabular.white_rows import rows_by_white

STARTS = (50.0, 150.0, 320.0)


def row(base: float, *cells: str, bold: bool = False) -> list[Line]:
    return [
        Line(text, x0, x0 + 5 * len(text), base, 10.0, bold)
        for text, x0 in zip(cells, STARTS, strict=True)
        if text
    ]


NAMES = row(100, "Town", "Step", "Who", bold=True)


def written(*rows: list[Line]) -> list[list[str]]:
    tables = headed_tables([line for lines in (NAMES, *rows) for line in lines])
    return [[one.text for one in rows_of(t, Vocabulary([]), None)[0]] for t in tables]


def test_white_parts_the_rows_and_heads_stand_over_them() -> None:
    found = written(
        [Line("Province of the seven lakes", 50, 190, 118, 10.0, bold=True)],
        row(136, "Ash", "Call the office", "Coach"),
        row(148, "", "of the town", ""),
        row(166, "Elm", "Visit", "Trainer"),
        [Line("Province of the sea", 50, 145, 184, 10.0, bold=True)],
        row(202, "Oak", "Write", "Clerk"),
        row(220, "Yew", "Wait", "Nobody"),
        [Line("Text as wide as the page ends the table, as here.", 50, 450, 244, 10.0)],
    )
    assert found == [
        [
            "Province of the seven lakes",
            "Province of the seven lakes; Town: Ash; Step: Call the office of the town; Who: Coach",
            "Province of the seven lakes; Town: Elm; Step: Visit; Who: Trainer",
            "Province of the sea",
            "Province of the sea; Town: Oak; Step: Write; Who: Clerk",
            "Province of the sea; Town: Yew; Step: Wait; Who: Nobody",
        ]
    ]


def test_a_label_reaches_down_over_the_rows_beside_it() -> None:
    found = written(
        row(118, "Returnees", "Call", "Coach"),
        row(130, "who have", "", ""),
        row(142, "no work yet", "Visit", "Trainer"),
        row(166, "All", "Write", "Clerk"),
    )
    label = "Town: Returnees who have no work yet"
    assert found == [
        [
            f"{label}; Step: Call; Who: Coach",
            f"{label}; Step: Visit; Who: Trainer",
            "Town: All; Step: Write; Who: Clerk",
        ]
    ]


def test_cells_set_in_the_middle_of_their_rows() -> None:
    found = written(
        row(118, "", "Call the office", ""),
        row(124, "Ash", "", "Coach"),
        row(130, "", "of the town", ""),
        row(154, "", "Visit those who", ""),
        row(160, "Elm", "", "Trainer"),
        row(166, "", "did not come", ""),
    )
    assert found == [
        [
            "Town: Ash; Step: Call the office of the town; Who: Coach",
            "Town: Elm; Step: Visit those who did not come; Who: Trainer",
        ]
    ]


def test_rows_as_close_as_lines_are_told_by_the_first_column_or_the_last_two() -> None:
    found = written(
        row(112, "Ash", "Call the office", "Coach"),
        row(124, "Elm", "Visit those who", "Trainer"),
        row(136, "", "did not come", ""),
        row(148, "Oak", "Write", "Clerk"),
        row(160, "Yew", "Wait", "Nobody"),
    )
    assert [text.split(";")[0] for text in found[0]] == [
        f"Town: {t}" for t in ("Ash", "Elm", "Oak", "Yew")
    ]
    assert found[0][1] == "Town: Elm; Step: Visit those who did not come; Who: Trainer"
    found = written(
        row(112, "Ash", "Call", "Coach"),
        row(124, "", "Visit", "Trainer"),
        row(136, "Oak", "Write", "Clerk"),
        row(148, "", "Wait", "Nobody"),
    )
    assert found == [
        [
            "Town: Ash; Step: Call; Who: Coach",
            "Town: Ash; Step: Visit; Who: Trainer",
            "Town: Oak; Step: Write; Who: Clerk",
            "Town: Oak; Step: Wait; Who: Nobody",
        ]
    ]


def test_names_below_white_head_a_table_of_their_own() -> None:
    rows = [
        row(112, "Ash", "Call", "Coach"),
        row(124, "Elm", "Visit", "Trainer"),
        row(136, "Oak", "Write", "Clerk"),
        row(160, "Fund", "Aim", "Sum", bold=True),
        row(172, "Hall", "Roof", "12"),
        row(184, "Mill", "Wheel", "14"),
        row(196, "Yard", "Gate", "16"),
    ]
    found = written(*rows)
    assert [len(texts) for texts in found] == [3, 3]
    assert found[0][2] == "Town: Oak; Step: Write; Who: Clerk"
    assert found[1][0] == "Fund: Hall; Aim: Roof; Sum: 12"
    # As near to the row above it is a row in bold.
    rows[3] = [replace(line, base=148) for line in rows[3]]
    rows[4:] = [[replace(x, base=x.base - 12) for x in lines] for lines in rows[4:]]
    assert written(*rows)[0][-1] == "Town: Yard; Step: Gate; Who: 16"


def test_a_bold_row_of_figures_heads_nothing() -> None:
    for first in ("3", "Sum"):
        total = row(100, first, "Total" if first == "3" else "12", "14", bold=True)
        below = [row(112 + 12 * n, f"Town {n}", f"{n}", f"{2 * n}") for n in range(1, 5)]
        assert headed_tables([line for lines in (total, *below) for line in lines]) == []
    years = row(100, "Town", "2019", "2020", bold=True)
    assert len(headed_tables([line for lines in (years, *below) for line in lines])) == 1


def test_many_bold_lines_are_no_header() -> None:
    bold = [row(100 + 12 * n, "Town", "Step", "Who", bold=True) for n in range(14)]
    plain = [row(268 + 12 * n, "Ash", "Call", "Coach") for n in range(4)]
    assert headed_tables([line for lines in (*bold, *plain) for line in lines]) == []
    far = [replace(line, base=line.base + 40) for lines in (NAMES, *plain) for line in lines]
    far = [replace(line, base=line.base + 150) if line.bold else line for line in far]
    (found,) = headed_tables([*(line for lines in bold for line in lines), *far])
    assert len(found.rows) == 5


def test_prose_below_bold_words_is_no_table() -> None:
    prose = [
        Line("which went on from one side to the other of it", 50, 300, 112 + 12 * n, 10.0)
        for n in range(4)
    ]
    assert headed_tables([*NAMES, *prose]) == []
    # Three columns of short sentences, and the same with a label before them.
    texts = ("Funds came late.", "Staff stayed for long.", "They took a week.")
    apart = [row(118 + 18 * n, *texts) for n in range(3)]
    assert written(*apart) == []
    assert len(written(*(row(118 + 18 * n, f"Town {n}", *texts[1:]) for n in range(3)))) == 1
    # Three columns of running text.
    columns = [row(112 + 12 * n, "which was", "and it ran on", "as they say") for n in range(5)]
    assert written(*columns) == []


def test_a_line_in_very_large_print_makes_no_row_without_lines() -> None:
    lines = [
        *row(100, "Ash", "Call", ""),
        *row(111, "Vale", "", ""),
        *row(130, "Elm", "Wait", ""),
        Line("7", 150.0, 190.0, 141.0, 80.0),
        *row(160, "Oak", "Visit", ""),
    ]
    rows = rows_by_white(lines, [(50.0, 90.0), (150.0, 190.0)])
    assert sorted(line.text for cells in rows for cell in cells for line in cell.lines) == sorted(
        line.text for line in lines
    )
    assert all(any(cell.lines for cell in cells) for cells in rows)
