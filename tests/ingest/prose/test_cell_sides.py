"""Columns so near to each other that only the rules below the rows tell where cells end."""

from ingest.engines.sheets import Rule, Word
from ingest.prose.lines import lines_of

# The two columns are 6 points apart, their cells meet in between.
LEFT, SIDE, RIGHT = 60.0, 108.0, 160.0
COLUMNS = [(LEFT + 3, SIDE - 3), (SIDE + 3, RIGHT - 3)]


def pieces(*levels: float) -> list[Rule]:
    """A rule at each level, in three pieces, which overlap a little where they meet."""
    ends = [(20.0, LEFT), (LEFT, SIDE), (SIDE, RIGHT)]
    return [Rule(x0, y, x1 + 0.6, y) for y in levels for x0, x1 in ends]


def word(text: str, x0: float, x1: float, base: float) -> Word:
    return Word(text, x0, x1, base, 10.0, bold=False, glued=False)


def row(base: float, *texts: str) -> list[Word]:
    """A number, and a full cell in each of two columns."""
    first, *others = texts
    cells = zip(others, COLUMNS, strict=True)
    words = [word(text, x0, x1, base) for text, (x0, x1) in cells]
    return [word(first, 22, 30, base), *words]


def read(words: list[Word], rules: list[Rule]) -> list[str]:
    return [line.text for line in lines_of(words, rules)]


ROWS = [*row(110, "1", "Medium", "1,107"), *row(130, "2", "Medium", "2,400")]


def test_cells_that_nearly_touch_are_told_by_the_pieces_of_rules() -> None:
    words = [*row(90, "N", "Priority", "Costs"), *ROWS]
    expected = ["N", "Priority", "Costs", "1", "Medium", "1,107", "2", "Medium", "2,400"]
    assert read(words, pieces(94, 114, 134)) == expected


def test_rules_in_one_piece_tell_nothing() -> None:
    words = [*row(90, "N", "Priority", "Costs"), *ROWS]
    whole = [Rule(20, y, RIGHT, y) for y in (94.0, 114.0, 134.0)]
    assert "Priority Costs" in read(words, whole)


def test_a_caption_right_above_the_first_rule_stays_whole() -> None:
    caption = [word("Table", 20, 58, 90), word("1", 62, 67, 90)]
    assert "Table 1" in read([*caption, *ROWS], pieces(94, 114, 134))


def test_a_row_without_the_wall_that_others_have_is_one_cell() -> None:
    words = [*ROWS, *row(150, "3", "Both of", "these.")]
    walls = [Rule(x, 94, x, 134) for x in (LEFT, SIDE)]
    expected = ["1", "Medium", "1,107", "2", "Medium", "2,400", "3", "Both of these."]
    assert read(words, [*pieces(94, 114, 134, 154), *walls]) == expected
