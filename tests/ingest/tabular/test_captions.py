"""Captions go with the rows below them."""

from __future__ import annotations

import pytest

from ingest.records import Block, BlockKind
from ingest.tabular.captions import with_their_tables

ROW = Block(BlockKind.TABLE, "Visit: Arland; Days: 3", 2)


def kinds(*blocks: Block) -> list[str]:
    return [block.kind.value for block in with_their_tables(blocks)]


@pytest.mark.parametrize(
    "caption",
    [
        "Table 1. Visits to Arland and Borland",
        "Table 2: What was seen there.",
        "Table C-1 Goals and activities",
        "Tableau 3 – Les visites",
        "TABELLE 4 Besuche",
        "Tabella 5 Visite",
        "Tabla 6 Visitas",
        "Tab. 7 Besuche",
        "Quadro 7: Visitas",
        "Cuadro 7. Visitas",
        "Tabel 7. Bezoeken",
        "Figure 5. Levels of visits",
        "Abbildung 6: Besuche",
        "Table 8 Visits to St. Mary and Arland",
    ],
)
def test_a_caption_above_rows_is_of_their_kind(caption: str) -> None:
    assert kinds(Block(BlockKind.PARAGRAPH, caption, 2), ROW) == ["table", "table"]


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (Block(BlockKind.PARAGRAPH, "Table 1 shows that visits were short.", 2), "a sentence"),
        (Block(BlockKind.PARAGRAPH, "Table manners differ", 2), "no number"),
        (Block(BlockKind.PARAGRAPH, "Table 1. Visits", 1), "another page"),
        (Block(BlockKind.HEADING, "Table 1. Visits", 2, 2), "a heading"),
        (Block(BlockKind.PARAGRAPH, "Table 1. " + "Visits and more visits " * 10, 2), "too long"),
    ],
)
def test_what_is_none_stays(block: Block, why: str) -> None:
    assert kinds(block, ROW)[0] == block.kind.value, why


def test_a_caption_without_rows_below_stays() -> None:
    caption = Block(BlockKind.PARAGRAPH, "Table 1. Visits", 2)
    text = Block(BlockKind.PARAGRAPH, "The visits were short.", 2)
    assert kinds(caption, text) == ["paragraph", "paragraph"]
    assert kinds(caption) == ["paragraph"]
    assert kinds(ROW, caption) == ["table", "paragraph"]
