"""Ticks that are drawn into the cells of a table, and other small drawings."""

from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.engines.sheets import Rule, Word
from ingest.engines.signs import SIGN, Shape, with_signs
from ingest.isolated.pdf import PdfReading, read_pdf
from ingest.isolated.sandbox import Limits
from ingest.records import Block, BlockKind

COLUMNS = [60, 300, 380, 460]
ROWS = [100, 124, 148, 172, 196]
NAMES = ["Feature of the plan", "1960s", "2017"]
FEATURES = ["Keeps data for good", "Asks for consent", "Publishes its uses", "Has an audit"]


def tick(pdf: FPDF, x: float, y: float) -> None:
    """A tick of seven corners, 10 points wide."""
    corners = [(0, 5), (2, 4), (4, 7), (9, 0), (10, 1), (4, 9), (3, 8)]
    pdf.polygon([(x + dx, y + dy) for dx, dy in corners], style="F")


def table(path: Path, ticks: set[tuple[int, int]]) -> list[Block]:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_page()
    for x in COLUMNS:
        pdf.line(x, ROWS[0] - 24, x, ROWS[-1])
    for y in [ROWS[0] - 24, *ROWS]:
        pdf.line(COLUMNS[0], y, COLUMNS[-1], y)
    pdf.set_font("Times", "B", 11)
    for x, name in zip(COLUMNS, NAMES, strict=False):
        pdf.text(x + 4, ROWS[0] - 8, name)
    pdf.set_font("Times", "", 11)
    for row, feature in enumerate(FEATURES):
        pdf.text(COLUMNS[0] + 4, ROWS[row] + 16, feature)
    for row, column in ticks:
        tick(pdf, COLUMNS[column] + 30, ROWS[row] + 7)
    pdf.output(str(path))
    found = read_pdf(path, Limits(wall_seconds=60))
    assert isinstance(found, PdfReading)
    return [block for page in found.pages for block in page.blocks]


def test_drawn_ticks_stand_in_the_rows_they_are_drawn_in(tmp_path: Path) -> None:
    blocks = table(tmp_path / "plan.pdf", {(0, 1), (1, 2), (2, 1), (2, 2), (3, 2)})
    assert {block.kind for block in blocks} == {BlockKind.TABLE}
    assert [block.text for block in blocks] == [
        "Feature of the plan: Keeps data for good; 1960s: ●",
        "Feature of the plan: Asks for consent; 2017: ●",
        "Feature of the plan: Publishes its uses; 1960s: ●; 2017: ●",
        "Feature of the plan: Has an audit; 2017: ●",
    ]


def test_two_drawings_are_no_column_of_ticks(tmp_path: Path) -> None:
    blocks = table(tmp_path / "plan.pdf", {(0, 1), (1, 2)})
    assert not any(SIGN in block.text for block in blocks)


def word(text: str, x0: float, base: float) -> Word:
    return Word(text, x0, x0 + 6 * len(text), base, 10.0, False, False)


def grid(rows: int) -> list[Rule]:
    across = [Rule(0, 20.0 * n, 200, 20.0 * n) for n in range(rows + 1)]
    return [*across, *(Rule(x, 0, x, 20.0 * rows) for x in (0, 100, 200))]


WORDS = [word(f"Row{n}", 5, 20.0 * n + 14) for n in range(4)]


def test_a_tick_over_its_box_is_one_sign() -> None:
    boxes = [Shape(140, 20.0 * n + 4, 152, 20.0 * n + 16) for n in range(4)]
    ticks = [Shape(143, 20.0 * n + 3, 155, 20.0 * n + 14) for n in range(4)]
    found = with_signs(WORDS, [*boxes, *ticks], grid(4))
    signs = found[len(WORDS) :]
    assert [(sign.text, sign.x0, sign.x1) for sign in signs] == [(SIGN, 140, 155)] * 4
    # Their middle is that of both shapes, 9.5 points below the row's top, and the base 3 lower.
    assert [sign.base for sign in signs] == pytest.approx([20.0 * n + 12.5 for n in range(4)])


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (WORDS, []),  # icons in running text
        (WORDS, grid(4)[:5]),  # lines across only
        ([*WORDS, *(word("yes", 160, 20.0 * n + 14) for n in range(4))], grid(4)),  # beside text
        ([], grid(4)),  # a grid of pictures
    ],
)
def test_other_small_drawings_are_no_signs(words: list[Word], rules: list[Rule]) -> None:
    shapes = [Shape(140, 20.0 * n + 4, 152, 20.0 * n + 16) for n in range(4)]
    assert with_signs(words, shapes, rules) == tuple(words)


def test_hundreds_of_shapes_are_a_drawing() -> None:
    shapes = [Shape(140, 20.0 * (n % 4) + 4, 152, 20.0 * (n % 4) + 16) for n in range(401)]
    assert with_signs(WORDS, shapes, grid(4)) == tuple(WORDS)
