"""Passages, counted in words instead of tokens so that the sums can be done by hand."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.passages import cut
from ingest.records import Block, BlockKind, Document, Health, Metadata, Page, Passage


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(*blocks: Block) -> Document:
    last = max((block.page for block in blocks), default=1)
    pages = tuple(
        Page(number, Health.TEXT, tuple(b for b in blocks if b.page == number))
        for number in range(1, last + 1)
    )
    return Document(Path("x.pdf"), "f" * 64, "f" * 64, Metadata(), pages)


def passages(*blocks: Block, room: int = 20) -> tuple[Passage, ...]:
    return cut(document(*blocks), count_words, room)


def heading(text: str, level: int = 1, page: int = 1) -> Block:
    return Block(BlockKind.HEADING, text, page, level)


def paragraph(text: str, page: int = 1) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page)


def words(count: int, name: str = "w") -> str:
    return " ".join([name.capitalize(), *[name] * (count - 2), f"{name}."])


def test_short_paragraphs_share_a_passage() -> None:
    found = passages(paragraph(words(5)), paragraph(words(5)), paragraph(words(5, "z")))
    # 5 + 5 + 5 = 15 words fit into 20.
    assert [len(p.text.split()) for p in found] == [15]
    assert found[0].text.count("\n") == 2


def test_a_paragraph_that_does_not_fit_begins_a_passage() -> None:
    found = passages(paragraph(words(10)), paragraph(words(11)))
    assert [len(p.text.split()) for p in found] == [10, 11]


def test_a_long_paragraph_is_cut_evenly_between_sentences() -> None:
    text = " ".join(words(8, 2 * name) for name in "abcde")
    found = passages(paragraph(text))
    # 40 words need two passages of at most 20; sentences of 8 words allow 16 + 16 + 8.
    assert [len(p.text.split()) for p in found] == [16, 16, 8]
    assert all(p.text.endswith(".") for p in found)


def test_a_sentence_too_long_is_cut_at_a_comma_and_nothing_is_lost() -> None:
    text = "One two three four five six seven eight nine, ten eleven twelve thirteen fourteen end."
    found = passages(paragraph(text), room=10)
    assert [p.text for p in found] == [
        "One two three four five six seven eight nine,",
        "ten eleven twelve thirteen fourteen end.",
    ]


def test_a_word_longer_than_the_room_is_still_there() -> None:
    def count_letters(texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    found = cut(document(paragraph("x" * 50)), count_letters, 20)
    assert "".join(p.text for p in found) == "x" * 50
    assert all(len(p.text) <= 20 for p in found)


def test_a_passage_stays_under_its_heading() -> None:
    found = passages(
        heading("Report"),
        paragraph(words(3)),
        heading("Aims", 2),
        paragraph(words(3)),
        heading("Costs", 2),
        paragraph(words(3)),
        heading("Annex"),
        paragraph(words(3)),
    )
    assert [p.section for p in found] == [
        ("Report",),
        ("Report", "Aims"),
        ("Report", "Costs"),
        ("Annex",),
    ]


@pytest.mark.parametrize(
    ("said", "parted"),
    [
        ("“Now we know whom to ask there.”", [10, 13]),
        ("Now we know whom to ask there.", [17, 6]),
    ],
)
def test_a_quotation_goes_with_who_said_it(said: str, parted: list[int]) -> None:
    who = Block(BlockKind.LIST, "- Ada Arl, Mayor of Arland", 1)
    found = passages(paragraph(words(10)), paragraph(said), who)
    assert [len(p.text.split()) for p in found] == parted


@pytest.mark.parametrize(
    ("title", "level", "section"),
    [
        ("An example", 2, ("Report",)),
        ("Next chapter", 1, ("Next chapter",)),  # a chapter's opening, on a shaded ground
        ("2 Costs", 2, ("Report", "2 Costs")),
    ],
)
def test_the_heading_of_a_box_holds_for_what_follows_only_where_it_is_a_chapter_s(
    title: str, level: int, section: tuple[str, ...]
) -> None:
    boxed = Block(BlockKind.HEADING, title, 1, level, boxed=True)
    inside = Block(BlockKind.PARAGRAPH, words(4, "b"), 1, boxed=True)
    found = passages(heading("Report"), paragraph(words(3)), boxed, inside, paragraph(words(5)))
    assert found[1].section[-1] == title
    assert found[-1].text.endswith(words(5))
    assert found[-1].section == section


def test_a_bold_sentence_ends_the_sections_that_rank_below_it() -> None:
    finding = Block(BlockKind.PARAGRAPH, "Finding 2. Visits helped.", 1, leads=True, ends=2)
    parts = [heading("Findings"), heading("Hosts", 2), heading("Towns", 3), paragraph(words(3))]
    found = passages(*parts, finding, paragraph(words(4, "x")))
    assert [p.section for p in found] == [("Findings", "Hosts", "Towns"), ("Findings",)]
    assert found[1].text.startswith("Finding 2.")
    # Right below a heading it speaks of that, which is not lost.
    (under,) = passages(*parts[:3], finding)
    assert under.section == ("Findings", "Hosts", "Towns")
    # Where nothing ends it parts nothing.
    assert len(passages(parts[0], paragraph(words(3)), finding)) == 1


def test_a_heading_with_nothing_under_it_is_searchable() -> None:
    found = passages(heading("Title page"), heading("Chapter"), paragraph(words(3)), heading("End"))
    assert [p.text for p in found] == ["Title page", "W w w.", "End"]


def test_a_footnote_does_not_split_the_paragraphs_it_stands_between() -> None:
    note = Block(BlockKind.FOOTNOTE, "See the law of 1999.", 1)
    found = passages(paragraph(words(4, "a")), note, paragraph(words(4, "b"), page=2))
    assert [(p.kind, p.page_first, p.page_last) for p in found] == [
        (BlockKind.PARAGRAPH, 1, 2),
        (BlockKind.FOOTNOTE, 1, 1),
    ]
    assert found[0].text == "A a a a.\nB b b b."


def test_a_pull_quote_parts_neither_the_paragraphs_nor_the_footnotes_around_it() -> None:
    quote = Block(BlockKind.BOILERPLATE, words(4, "q"), 1, beside=True)
    notes = [Block(BlockKind.FOOTNOTE, f"{n} {words(3, 'f')}", 1) for n in (1, 2)]
    found = passages(paragraph(words(5)), notes[0], quote, notes[1], paragraph(words(6, "z")))
    assert [(p.kind, len(p.text.split())) for p in found] == [
        (BlockKind.PARAGRAPH, 11),
        (BlockKind.FOOTNOTE, 8),
        (BlockKind.BOILERPLATE, 4),
    ]
    # An imprint does part them.
    imprint = Block(BlockKind.BOILERPLATE, words(4, "q"), 1)
    found = passages(paragraph(words(5)), imprint, paragraph(words(6, "z")))
    assert [len(p.text.split()) for p in found] == [5, 4, 6]


def test_a_table_stands_apart_from_the_text_around_it() -> None:
    rows = [Block(BlockKind.TABLE, f"Year: 201{n}; Places: {n}00", 1) for n in (1, 2)]
    found = passages(paragraph(words(3)), *rows, paragraph(words(3)))
    assert [p.kind for p in found] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    assert found[1].text == "Year: 2011; Places: 100\nYear: 2012; Places: 200"


def test_cutting_a_long_table_takes_its_length_and_not_the_square_of_it() -> None:
    def seconds(rows: int) -> float:
        row = Block(BlockKind.TABLE, "Year: 2011; Places: 100", 1)
        started = time.process_time()
        assert len(passages(*[row] * rows, room=40)) == rows / 10
        return time.process_time() - started

    # Sixteen times as many rows; with all of them copied for each, it took 270 times as long.
    assert seconds(64_000) < 60 * max(seconds(4_000), 0.02)


def test_pages_inside_a_passage() -> None:
    over = Block(BlockKind.PARAGRAPH, "One two. Three four.", 3, page_breaks=((9, 4),))
    (found,) = passages(over, paragraph("Five six.", page=5))
    assert (found.page_first, found.page_last) == (3, 5)
    assert found.text == "One two. Three four.\nFive six."
    assert found.page_at(0) == 3
    assert found.page_at(found.text.index("Three")) == 4
    assert found.page_at(found.text.index("Five")) == 5


def test_pages_of_the_second_half_of_a_cut_sentence() -> None:
    text = "One two three four five six, seven eight nine ten eleven twelve."
    block = Block(BlockKind.PARAGRAPH, text, 1, page_breaks=((text.index("eight"), 2),))
    found = passages(block, room=8)
    assert [(p.page_first, p.page_last) for p in found] == [(1, 1), (1, 2)]
    assert found[1].page_at(found[1].text.index("eight")) == 2


def test_positions_count_from_nought_in_document_order() -> None:
    found = passages(*[paragraph(words(12)) for _ in range(3)])
    assert [p.position for p in found] == [0, 1, 2]


def test_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 token, not 0"):
        passages(paragraph("One."), room=0)


def test_a_line_of_the_page_before_after_a_paragraph_that_ran_over() -> None:
    over = Block(BlockKind.PARAGRAPH, "One two. Three four.", 3, page_breaks=((9, 4),))
    (found,) = passages(over, paragraph("continued", 3))
    assert (found.page_first, found.page_last) == (3, 4)
    assert [found.page_at(found.text.index(w)) for w in ("One", "Three", "continued")] == [3, 4, 3]
    later, rest = passages(over, paragraph("continued", 3), room=2)[1:]
    assert (later.page_first, later.page_last, rest.page_first) == (4, 4, 3)
    (_, both) = passages(over, paragraph("continued", 3), room=3)
    assert (both.page_first, both.page_last, both.page_at(0)) == (3, 4, 4)


def test_a_lead_in_goes_to_the_passage_of_what_follows() -> None:
    lead = "The officers shall then:"
    items = [Block(BlockKind.LIST, f"- {words(7, name)}", 1) for name in "xy"]
    found = passages(paragraph(words(12)), paragraph(lead), *items)
    # 12 + 4 words and an item of 8 are more than 20; 4 + 8 + 8 are just that.
    assert [len(p.text.split()) for p in found] == [12, 20]
    assert found[1].text.startswith(lead)


def test_a_bold_finding_goes_to_the_passage_of_its_text() -> None:
    finding = Block(BlockKind.PARAGRAPH, "Finding 1. Visits helped.", 1, leads=True)
    plain = Block(BlockKind.PARAGRAPH, "Finding 1. Visits helped.", 1)
    assert passages(paragraph(words(12)), finding, paragraph(words(10)))[1].text.startswith("Find")
    assert passages(paragraph(words(12)), plain, paragraph(words(10)))[0].text.endswith("helped.")


def test_a_lead_in_without_room_beside_what_follows_stays() -> None:
    lead = "The officers shall then go on to:"
    found = passages(paragraph(words(5)), paragraph(lead), paragraph(words(18)))
    assert [len(p.text.split()) for p in found] == [12, 18]


def test_an_item_leads_in_the_items_below_it() -> None:
    lead = Block(BlockKind.LIST, "3. The officers shall then:", 1)
    item = Block(BlockKind.LIST, f"- {words(7)}", 1)
    found = passages(paragraph(words(12)), lead, item, item)
    # 12 + 5 words and an item of 8 are more than 20.
    assert [(p.text.split()[0], len(p.text.split())) for p in found] == [
        *(("W", 12), ("3.", 13), ("-", 8)),
    ]
    other = Block(BlockKind.LIST, "3. The officers shall then meet.", 1)
    assert [len(p.text.split()) for p in passages(paragraph(words(12)), other, item)] == [18, 8]


def test_a_lead_in_goes_to_the_first_sentences_of_what_it_fits_not_whole() -> None:
    finding = Block(BlockKind.PARAGRAPH, "Finding 1. Visits helped.", 1, leads=True)
    text = paragraph(f"{words(9)} {words(9, 'x')}")
    # 4 + 18 words are more than 20, and 4 + 9 are not.
    found = passages(paragraph(words(12)), finding, text)
    assert [(p.text.split()[0], len(p.text.split())) for p in found] == [
        *(("W", 12), ("Finding", 13), ("X", 9)),
    ]
    # One of half a passage and more would leave no room for what it leads in.
    long = Block(BlockKind.PARAGRAPH, words(11, "y"), 1, leads=True)
    assert [len(p.text.split()) for p in passages(paragraph(words(5)), long, text)] == [16, 18]


def test_the_last_sentence_of_a_long_paragraph_leads_in_what_follows() -> None:
    long = " ".join(words(9, "w" * 14) for _ in range(3))
    item = Block(BlockKind.LIST, f"- {words(19, 'x')}", 2)
    over = Block(
        BlockKind.PARAGRAPH,
        f"{long} The officers shall then:",
        1,
        page_breaks=((len(long) + 1, 2),),
    )
    # More than 400 letters, 27 + 4 words; an item of 20 leaves room for the 4 alone.
    assert len(long) > 400
    found = passages(over, item, room=35)
    assert [(len(p.text.split()), p.page_first, p.page_last) for p in found] == [
        *((27, 1, 1), (24, 2, 2)),
    ]
    assert found[1].text.startswith("The officers shall then:\n- ")
    # One that ends otherwise stays whole.
    plain = replace(over, text=f"{long} The officers shall meet.")
    assert [len(p.text.split()) for p in passages(plain, item, room=35)] == [31, 20]


def test_a_bold_recommendation_goes_to_its_text_however_long_it_is() -> None:
    said = f"REC. 1. {' '.join(['W' * 40] * 9)}."
    assert len(said) < 400 < len(said.replace("W", "WW"))
    for text in (said, said.replace("W", "WW")):
        bold = Block(BlockKind.PARAGRAPH, text, 1, leads=True)
        found = passages(paragraph(words(12)), bold, paragraph(words(18)), room=30)
        # 12 + 11 words and 18 are more than 30.
        assert [len(p.text.split()) for p in found] == [12, 29]


def test_a_lead_in_goes_before_a_paragraph_longer_than_a_passage() -> None:
    lead = "They say:"
    found = passages(
        paragraph(words(16)), paragraph(lead), paragraph(" ".join(words(9, 2 * n) for n in "abc"))
    )
    # 2 + 27 words need two passages of at most 20: 2 + 9 + 9, and 9.
    assert [(p.text.split()[0], len(p.text.split())) for p in found] == [
        *(("W", 16), ("They", 20), ("Cc", 9)),
    ]


def test_a_quotation_goes_to_the_passage_of_who_said_it() -> None:
    quote = "“" + words(9) + "”"
    name = Block(BlockKind.LIST, "- Ada Arl, Mayor of Arland", 1)
    found = passages(paragraph(words(9)), paragraph(quote), name)
    # 9 + 9 words and a name of 6 are more than 20.
    assert [len(p.text.split()) for p in found] == [9, 15]
    item = Block(BlockKind.LIST, "- and so do the towns of Borland.", 1)
    assert [len(p.text.split()) for p in passages(paragraph(words(9)), paragraph(quote), item)] == [
        *(18, 8),
    ]
