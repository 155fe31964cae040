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
    # Set wide, and with nothing in the last column.
    caption = [word("Table", 20, 57, 90), word("1", 63, 68, 90)]
    assert "Table 1" in read([*caption, *ROWS], pieces(94, 114, 134))


def test_a_row_without_the_wall_that_others_have_is_one_cell() -> None:
    words = [*ROWS, *row(150, "3", "Both of", "these.")]
    walls = [Rule(x, 94, x, 134) for x in (LEFT, SIDE)]
    expected = ["1", "Medium", "1,107", "2", "Medium", "2,400", "3", "Both of these."]
    assert read(words, [*pieces(94, 114, 134, 154), *walls]) == expected


# "Both of these." across the two columns: its second blank is at their side, as by chance.
ACROSS = [
    word("3", 22, 30, 150),
    word("Both", 63, 82, 150),
    word("of", 85, 106, 150),
    word("these.", 109.5, 140, 150),
]
MORE = row(170, "4", "Medium", "3,000")
SAID = ["1", "Medium", "1,107", "2", "Medium", "2,400", "3", "Both of these."]
SAID += ["4", "Medium", "3,000"]


def test_a_cell_across_two_columns_with_a_whole_rule_below_it_is_one() -> None:
    whole = [Rule(20, 154, LEFT, 154), Rule(LEFT, 154, RIGHT, 154)]
    below = [*ROWS, word("3", 22, 30, 150), *MORE]
    # However wide its blanks are.
    wide = [word("Both of", 63, 100, 150), word("these.", 109, 140, 150)]
    rules = [*pieces(94, 114, 134, 174), *whole]
    assert sorted(read([*below, *wide], rules)) == sorted(SAID)


def test_a_cell_across_two_columns_with_pieces_of_rules_below_it_is_one() -> None:
    # WeasyPrint and Chromium draw the pieces column by column.
    assert read([*ROWS, *ACROSS, *MORE], pieces(94, 114, 134, 154, 174)) == SAID


def test_a_caption_whose_blanks_stand_at_the_sides_stays_whole() -> None:
    caption = [
        word("Wells", 25, 59, 90),
        word("that", 62, 80, 90),
        word("were", 83, 106, 90),
        word("seen", 109, 130, 90),
    ]
    assert read([*caption, *ROWS], pieces(94, 114, 134))[0] == "Wells that were seen"
