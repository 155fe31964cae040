"""Pull quotes: set apart where they repeat the text, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.isolated.sandbox import Limits
from ingest.read import fingerprint, read
from ingest.records import Block, BlockKind, Document
from ingest.structure.pull_quotes import without_pull_quotes

QUOTE = "Little has been done to test whether the study visits changed anything at home."
TEXT = Block(
    BlockKind.PARAGRAPH,
    "Ministers asked for figures. To date, little has been done to test whether the study visits"
    " changed anything at home. Reports count the guests.",
    4,
)


def kinds(*blocks: Block) -> list[BlockKind]:
    return [block.kind for block in without_pull_quotes(blocks)]


def test_a_sentence_said_again_on_its_page_is_set_apart() -> None:
    quote = Block(BlockKind.PARAGRAPH, QUOTE, 4)
    assert kinds(quote, TEXT) == [BlockKind.BOILERPLATE, BlockKind.PARAGRAPH]
    assert kinds(TEXT, quote) == [BlockKind.PARAGRAPH, BlockKind.BOILERPLATE]
    (_, found) = without_pull_quotes([TEXT, quote])
    assert found == replace(quote, kind=BlockKind.BOILERPLATE, beside=True)


@pytest.mark.parametrize(
    ("words", "characters", "kind"),
    [
        (7, 60, BlockKind.PARAGRAPH),
        (8, 60, BlockKind.BOILERPLATE),
        (8, 250, BlockKind.BOILERPLATE),
        (8, 251, BlockKind.PARAGRAPH),
    ],
)
def test_a_pull_quote_has_eight_words_and_250_characters_at_most(
    words: int, characters: int, kind: BlockKind
) -> None:
    begun = " ".join(["abcd"] * (words - 1))
    said = f"{begun} {'e' * (characters - len(begun) - 2)}."
    assert (len(said.split()), len(said)) == (words, characters)
    quote = Block(BlockKind.PARAGRAPH, said, 4)
    text = Block(BlockKind.PARAGRAPH, f"They said it: {said} Nobody paid.", 4)
    assert kinds(quote, text) == [kind, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("onto", [5, 6])
def test_text_that_runs_over_counts_on_the_next_page_and_not_two_on(onto: int) -> None:
    over = replace(TEXT, page_breaks=((TEXT.text.index("Reports"), onto),))
    quote = Block(BlockKind.PARAGRAPH, QUOTE, onto)
    found = BlockKind.BOILERPLATE if onto == 5 else BlockKind.PARAGRAPH
    assert kinds(over, quote)[1] is found
    assert kinds(over, replace(quote, page=onto + 1))[1] is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "other",
    [
        Block(BlockKind.PARAGRAPH, QUOTE, 3),
        Block(BlockKind.PARAGRAPH, QUOTE, 5),
        Block(BlockKind.PARAGRAPH, QUOTE.replace("visits", "tours"), 4),
        Block(BlockKind.PARAGRAPH, f"{QUOTE} Nobody paid for it.", 4),
        Block(BlockKind.PARAGRAPH, "Changed anything at home.", 4),
        Block(BlockKind.PARAGRAPH, QUOTE.rstrip("."), 4),
        Block(BlockKind.PARAGRAPH, QUOTE, 4, boxed=True),
        Block(BlockKind.LIST, f"- {QUOTE}", 4),
        Block(BlockKind.HEADING, QUOTE, 4, 2),
        Block(BlockKind.FOOTNOTE, QUOTE, 4),
    ],
    ids=[
        "page before",
        "page after",
        "other words",
        "more",
        "short",
        "no end",
        "boxed",
        "item",
        "heading",
        "note",
    ],
)
def test_what_is_no_mere_repetition_stays(other: Block) -> None:
    assert kinds(TEXT, other) == [TEXT.kind, other.kind]


def test_of_two_that_say_the_same_both_stay() -> None:
    same = Block(BlockKind.PARAGRAPH, QUOTE, 4)
    assert kinds(same, same) == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_text_that_a_box_sums_up_stays() -> None:
    text = Block(BlockKind.PARAGRAPH, QUOTE, 4)
    assert kinds(replace(TEXT, boxed=True), text) == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_pull_quote_of_a_pdf(tmp_path: Path) -> None:
    pdf = FPDF(format="A4")
    pdf.add_page()
    for size, words in (
        (11, TEXT.text),
        (16, QUOTE),
        (11, "The guests came back for a year. " * 3),
    ):
        pdf.set_font("Times", size=size)
        pdf.multi_cell(0, size * 0.55, words.strip(), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(8)
    path = tmp_path / "visits.pdf"
    pdf.output(str(path))
    digest = fingerprint(path, Limits())
    assert isinstance(digest, str)
    (document,) = read(path, digest, Limits())
    assert isinstance(document, Document)
    found = {block.text: block for page in document.pages for block in page.blocks}
    assert found[QUOTE] == Block(BlockKind.BOILERPLATE, QUOTE, 1, beside=True)
    assert found[TEXT.text] == replace(TEXT, page=1)
