"""Sentences that go on in the next column, which begins with a figure or a single line."""

from __future__ import annotations

import pytest

from ingest.prose.clean import Vocabulary
from ingest.prose.lines import Line
from ingest.prose.paragraphs import OPENS_CHAIN, Piece
from ingest.records import Block, BlockKind
from ingest.structure.stitch import stitched

LONG = "What was seen there in the spring of that year, as they told us, was"


def whole(
    last: str,
    *rest: str,
    x1: float = 450.0,
    kind: BlockKind = BlockKind.PARAGRAPH,
    column: tuple[float, float] = (50, 450),
) -> bool:
    """Whether a paragraph of two lines on page 1 goes on with the first lines of page 2.

    x1: where the last line on page 1 ends, of a column that ends at 450. column: on page 2.
    """
    first = (Line(LONG, 50, 450, 712, 10.0), Line(last, 50, x1, 724, 10.0))
    after = tuple(Line(text, 50, 200, 60 + 12 * n, 10.0) for n, text in enumerate(rest))
    parts = [
        (BlockKind.PARAGRAPH, Piece(first, 1, (50, 450), 1.2)),
        (kind, Piece(after, 2, column, OPENS_CHAIN)),
    ]
    blocks = [
        (Block(kind, " ".join(line.text for line in piece.lines), piece.page), piece)
        for kind, piece in parts
    ]
    return len(stitched(blocks, Vocabulary([]))) == 1


def test_the_last_line_of_a_sentence_may_open_a_column_alone() -> None:
    assert whole("that each of them was paid a sum of USD", "277.50 a month.")
    assert whole("that each of them was paid a sum in US", "Dollars.")
    assert whole("that each of them was paid a sum in US", "Dollars.", column=(50, 90))
    # It names a picture, it is no sentence's end, or the line above left room.
    assert not whole("that each of them was paid a sum in US", "A well.", column=(150, 190))
    assert not whole("that each of them was paid a sum of USD", "Costs and prices")
    assert not whole("that each of them was paid", "Costs fell.", x1=180)


def test_an_abbreviation_leads_over_a_page_end_to_what_is_no_item() -> None:
    assert whole("all of them came late (see Fig.", "23) because", kind=BlockKind.LIST)
    assert not whole("all of them came late.", "23) Costs", kind=BlockKind.LIST)
    assert not whole("all of them came late (see Fig.", "- Costs", kind=BlockKind.LIST)


@pytest.mark.parametrize(("after", "joined"), [("office of it.", True), ("Office hours.", False)])
def test_letters_with_stops_end_no_sentence_before_a_small_letter(after: str, joined: bool) -> None:
    assert whole("they kept their money in the U.S.", after, "And so on.") is joined


def test_an_item_with_a_small_letter_is_no_rest_of_a_paragraph() -> None:
    assert not whole("all of them came for the wells and", "a) new pumps", kind=BlockKind.LIST)
