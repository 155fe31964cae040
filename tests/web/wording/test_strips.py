"""Strips of tags, worked out by hand."""

from __future__ import annotations

from corpus import taxonomy
from index.rows.records import StoredPassage, Tag
from ingest.records import BlockKind, Passage
from web.wording.strips import Mark, StripPiece, strips

TAXONOMY = taxonomy.load()


def stored(position: int, text: str, page: int, *labels: str) -> StoredPassage:
    passage = Passage(position, text, (), BlockKind.PARAGRAPH, page, page)
    tags = tuple(Tag(label, 0.9, 0, 1) for label in labels)
    return StoredPassage(position + 1, f"d-{position}", "d", passage, tags)


def test_a_mark_is_as_long_as_its_share_of_the_text():
    found = strips(
        [
            stored(0, "x" * 30, 1),
            stored(1, "x" * 60, 2, "mentoring", "motivational"),
            stored(2, "x" * 10, 4, "mentoring"),
        ],
        TAXONOMY,
    )
    assert [(strip.facet, strip.label.id) for strip in found] == [
        ("goals", "motivational"),
        ("activities", "mentoring"),
    ]
    assert found[0].marks == (Mark(2, 0.3, 0.6),)
    assert found[1].marks == (Mark(2, 0.3, 0.6), Mark(4, 0.9, 0.1))


def test_without_passages_or_tags_there_are_no_strips():
    assert strips([], TAXONOMY) == ()
    assert strips([stored(0, "", 1)], TAXONOMY) == ()


def test_passages_in_a_row_are_drawn_as_one_piece():
    (found,) = strips(
        [
            stored(0, "x" * 20, 1, "mentoring"),
            stored(1, "x" * 30, 2, "mentoring"),
            stored(2, "x" * 40, 3),
            stored(3, "x" * 10, 4, "mentoring"),
        ],
        TAXONOMY,
    )
    assert len(found.marks) == 3
    assert found.pieces == (StripPiece(1, 2, 0.0, 0.5), StripPiece(4, 4, 0.9, 0.1))
