"""Lines that end before their column does: verse, lists of names, paragraphs that are set in."""

from __future__ import annotations

import pytest

from ingest.prose.layout import chain_of
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, pieces_of

WIDE = Line("The visits were held in spring and in autumn, and nobody came.", 50, 450, 40, 10.0)


def paragraphs(*rows: tuple[str, float, float]) -> list[int]:
    """How many lines each piece has, of lines 12 points apart, each with its left and right end,
    in a column 400 points wide.
    """
    lines = [Line(text, x0, x1, 100 + 12 * n, 10.0) for n, (text, x0, x1) in enumerate(rows)]
    return [len(piece.lines) for piece in pieces_of(chain_of([WIDE, *lines]), 1, Norms(10.0, 1.2))][
        1:
    ]


def test_lines_of_verse_end_where_the_next_word_had_room() -> None:
    verse = [
        ("Then it stopped. Nobody in the village knew", 50, 240),
        ("why. A bird on the wall", 50, 170),
        ("sat there, small and white, and sang all day.", 50, 250),
        ("Be still, it said, be still till morning,", 50, 230),
        ("then go.", 50, 86),
    ]
    assert paragraphs(*verse) == [3, 2]
    # Beside a box lines break where no room is left.
    beside = [*verse]
    beside[1] = ("why. A bird on the wall of the barn came and", 50, 246)
    assert paragraphs(*beside) == [5]


def test_short_lines_in_small_letters_do_not_tell_how_far_a_column_reaches() -> None:
    names = [
        ("Head of Unit.", 50, 110),
        ("Van Dyke, Peter", 50, 124),
        ("de la Cruz, Maria", 50, 130),
    ]
    assert paragraphs(*names) == [1, 2]


@pytest.mark.parametrize("begin", ["1.5 million", "NB:", "4.4"])
def test_a_paragraph_set_in_below_one_that_does_not_hang_is_another(begin: str) -> None:
    said = (f"{begin} people lived there, as we were told when the first", 50, 450)
    ended = ("visits were held in spring and in autumn, and nobody came.", 50, 446)
    after = ("After that the office was closed, as all of them told us,", 64, 448)
    assert paragraphs(said, ended, after, ("once.", 50, 76)) == [2, 2]
    # Where the first line alone stands at the side, those below it hang.
    alone = (f"{begin} people lived there, as we were told in the spring.", 50, 446)
    assert paragraphs(alone, after, ("once.", 64, 90)) == [3]


# The column is full, so that only where lines begin tells what they are.
ITEM = [("• Wells were dug in two of the", 50, 448), ("towns, and both hold water.", 62, 446)]


def test_a_paragraph_set_in_below_an_item_begins_there() -> None:
    after = [("Roads were mended in the other", 60, 449), ("town, which has none.", 50, 150)]
    assert paragraphs(*ITEM, *after) == [2, 2]


def test_a_sentence_that_begins_a_line_of_an_item_stays_in_it() -> None:
    # Nothing below goes back to the side.
    inside = [("Roads were mended in the other", 61, 449), ("town, which has none.", 62, 160)]
    assert paragraphs(*ITEM, *inside) == [4]
    # The last line of the item, then a paragraph at the side.
    last = [("Roads were mended there, too.", 62.5, 300), ("Nobody came in spring.", 50, 150)]
    assert paragraphs(*ITEM, *last) == [3, 1]


def bold_lines(
    last: float, *, step: float = 20.0, x1: float = 440.0, begin: str = "Finding 7:"
) -> int:
    """How many pieces two bold lines make, the first of which ends in mid-sentence at `x1`."""
    rows = [(f"{begin} Of all the towns that asked for it, half were helped by Partners in", x1)]
    rows.append(("Belcombe, and the rest by nobody.", last))
    lines = [
        Line(text, 50, end, 100 + step * n, 11.0, bold=True) for n, (text, end) in enumerate(rows)
    ]
    return len(pieces_of(chain_of(lines), 1, Norms(10.0, 1.3)))


def test_bold_lines_of_a_bar_that_stand_far_apart_are_one_where_the_first_is_full() -> None:
    assert bold_lines(240) == 1
    assert bold_lines(240, step=26) == 2
    assert bold_lines(600, x1=340) == 2
    # The next paragraph, in a file whose text is all bold.
    assert bold_lines(240, begin="•") == 2


def test_a_line_with_room_left_ends_though_its_last_word_may_be_an_abbreviation() -> None:
    said = ("The visits were held in spring and in autumn, and as all of", 50, 446)
    answer = ("them told us when we asked, they would most likely say no.", 50, 380)
    after = ("Autumn was the time in which most of the towns were visited,", 50, 448)
    assert paragraphs(said, answer, after, ("once.", 50, 76)) == [2, 2]
