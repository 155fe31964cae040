"""Evaluation reports as Word and LibreOffice set them, on lines and words made by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.assemble import Printed, pages_of
from ingest.engines.sheets import Rule, Word
from ingest.prose.clean import Vocabulary
from ingest.prose.furniture import without_furniture
from ingest.prose.layout import chain_of, chains_of
from ingest.prose.lines import Line, lines_of
from ingest.prose.paragraphs import Norms, Piece, pieces_of
from ingest.prose.reading_order import in_reading_order
from ingest.records import Block, BlockKind
from ingest.structure.headings import is_heading
from ingest.structure.junk import marked
from ingest.structure.stitch import stitched

NORMS = Norms(10.0, 1.2)


def line(text: str, x0: float, x1: float, base: float, *, bold: bool = False) -> Line:
    return Line(text, x0, x1, base, 10.0, bold)


def below(*rows: tuple[str, float, float], bold: int = 0) -> list[Line]:
    """Lines 12 points apart, each with its left and right end; the first ones may be bold."""
    return [line(*row, 100 + 12 * n, bold=n < bold) for n, row in enumerate(rows)]


def paragraphs(lines: list[Line]) -> list[int]:
    """How many lines each piece has."""
    return [len(piece.lines) for piece in pieces_of(chain_of(lines), 1, NORMS)]


WIDE = [line("The visits were held in spring and in autumn.", 50, 450, 40)]


def test_a_sentence_that_ends_the_line_of_a_quotation_does_not_end_it() -> None:
    first = ("“They asked me the same in May and in June.", 90, 408)
    quote = below(first, ("I had to tell it to somebody else, and", 90, 402), ("more.”", 90, 120))
    assert paragraphs([*WIDE, *quote]) == [1, 3]
    # First lines of paragraphs, set in as far.
    told = ("I had to tell it to somebody else, and", 90, 450)
    assert paragraphs([*WIDE, *below(first, told, ("more.", 50, 80))]) == [1, 1, 2]


def test_short_labels_and_code_are_no_quotation_set_in() -> None:
    labels = below(("Name:", 200, 226), ("Package:", 200, 240))
    assert paragraphs([line("Class", 150, 300, 60), *labels]) == [1, 1, 1]
    code = below(("use bytes;", 50, 95), ("binmode STDIN;", 50, 115), ("undef $/;", 50, 90))
    assert paragraphs([*WIDE, *code]) == [1, 1, 1, 1]


def test_a_sentence_that_ends_a_line_beside_a_box_does_not_end_its_paragraph() -> None:
    beside = [
        ("Costs fell in the first year and rose in", 50, 290),
        ("the second. In March, nobody was paid.", 50, 297),
        ("Families waited for their letters until", 50, 285),
        ("summer was over, as most of them told us.", 50, 300),
    ]
    assert paragraphs([*WIDE, *below(*beside)]) == [1, 4]
    # In the full column the line would have had room for "Families".
    before = ("Costs fell in the first year, and in the second again, and in", 50, 446)
    after = ("Families waited for their letters until the end of the summer,", 50, 444)
    lines = below(before, beside[1], after, ("as most of them told us.", 50, 160))
    assert paragraphs([*WIDE, *lines]) == [1, 2, 2]


def test_the_lines_of_a_numbered_paragraph_hang() -> None:
    first = ("4.4 Only 32 courses were held in that year.", 50, 445)
    rest = ("This is so because the budget came late, as", 86, 448)
    assert paragraphs(below(first, rest, ("usual.", 86, 110))) == [3]
    plain = ("Only 32 courses were held in that year.", 50, 445)
    assert paragraphs(below(plain, rest, ("usual.", 50, 80))) == [1, 2]


def test_a_numbered_paragraph_begins_at_the_side_below_an_item() -> None:
    item = ("• The team visited the towns twice.", 70, 440)
    assert paragraphs(below(item, ("4.5 Staff left early.", 50, 300))) == [1, 1]
    assert paragraphs(below(("• The team visited", 70, 440), ("4.5 towns a day.", 80, 200))) == [2]


def test_a_list_begins_right_below_a_bold_title() -> None:
    item = ("a) This is partly because of the budget.", 60, 440)
    assert paragraphs(below(("Tasks of the evaluator", 50, 170), item, bold=1)) == [1, 1]
    assert paragraphs(below(("as is laid down in letter", 50, 445), item)) == [2]


def test_boxes_to_tick_are_items_and_keep_their_tick() -> None:
    answers = below(("☐ A friend or relative", 80, 190), ("☒ A social worker", 80, 180))
    found = pieces_of(chain_of(answers), 1, NORMS)
    assert [(piece.lines[0].text[0], piece.list_item) for piece in found] == [
        ("☐", True),
        ("☒", True),
    ]


def test_an_address_below_the_words_that_lead_to_it_begins_nothing() -> None:
    entry = ("Relief Board (2015). Return in figures.", 50, 240)
    assert paragraphs(below(entry, ("https://example.org/return-in-figures/2015", 86, 400))) == [2]
    assert paragraphs(below(entry, ("Return was slow at first, as figures show", 86, 400))) == [
        1,
        1,
    ]


def test_a_quotation_set_far_in_is_told_from_the_full_line_above() -> None:
    text = ("At that time nobody was paid, and all of them told us so.", 50, 448)
    quote = [("“They asked me the same in May and in June, and I", 100, 400), ("left.”", 100, 130)]
    assert paragraphs(below(text, *quote)) == [1, 2]
    # A single line so far in may be anything.
    assert paragraphs(below(text, ("As they said.", 100, 400))) == [2]


def test_another_speaker_of_an_interview_begins_a_paragraph() -> None:
    said = ("B: The course came late, as we had all feared.", 50, 446)
    more = ("Unemployed as we were, it was of no more use.", 78, 449)
    assert paragraphs(below(said, more, ("I: And then?", 50, 120))) == [2, 1]
    told = ("Then the course came late, as we had all feared.", 50, 446)
    assert paragraphs(below(told, more, ("I: and then?", 50, 120))) == [1, 2]


def word(text: str, x0: float, x1: float, base: float = 100, size: float = 10.0) -> Word:
    return Word(text, x0, x1, base, size, False, False)


def glued(text: str, x0: float, x1: float, base: float = 100, size: float = 10.0) -> Word:
    return word(text, x0, x1, base, size)._replace(glued=True)


def test_small_capitals_are_as_large_as_the_capitals_before_them() -> None:
    title = [word("C", 50, 58, size=14), glued("ONTEXT", 59, 105, size=11.2)]
    found = lines_of([*title, word("FIRST", 110, 150, size=11.2)], [])
    assert [(one.text, one.size) for one in found] == [("CONTEXT FIRST", 14)]
    # A capital that is no beginning of a word, and one that is an initial.
    (note,) = lines_of([word("A", 50, 58, size=14), word("NOTE", 63, 95, size=11.2)], [])
    (initial,) = lines_of([word("M", 50, 70, size=24), glued("ALL TOWNS", 71, 120)], [])
    assert (note.size, initial.size) == (11.2, 10)


def test_an_initial_written_beside_its_last_line_begins_its_first() -> None:
    words = [
        word("nly", 92, 110, 100),
        word("three", 113, 140, 100),
        word("held,", 92, 115, 112),
        word("O", 58, 89, 124, 52),
        glued("partly", 92, 115, 124),
        word("late", 118, 135, 124),
    ]
    assert [one.text for one in lines_of(words, [])] == ["Only three", "held,", "partly late"]
    # One that stands on its first line, over lines that begin below it.
    raised = [word("O", 58, 80, 100, 30), glued("nly", 82, 98, 100), word("held,", 58, 80, 112)]
    assert [one.text for one in lines_of(raised, [])] == ["Only", "held,"]


@pytest.mark.parametrize(("x0", "text"), [(95.0, "A fter all"), (92.0, "After all")])
def test_an_initial_is_a_word_where_its_line_begins_a_blank_further_right(
    x0: float, text: str
) -> None:
    # "A" and "fter", as no list of words is asked.
    cap = word("A", 58, 89, 124, 52)
    first = [word("fter", x0, x0 + 20, 100), word("all", x0 + 24, x0 + 40, 100)]
    others = [word("three", 92, 115, 112), word("years", 92, 115, 124)]
    assert lines_of([*first, cap, *others], [])[0].text == text


@pytest.mark.parametrize(("gap", "text"), [(2.1, "de la partena-"), (2.7, "de la partena -")])
def test_a_hyphen_set_apart_at_a_line_end_is_told_from_a_dash(gap: float, text: str) -> None:
    # Its gap is to be a little narrower than the blanks, here of 2.5 points.
    words = [word("de", 50, 60), word("la", 62.5, 72), word("partena", 74.5, 110)]
    (found,) = lines_of([*words, word("-", 110 + gap, 113 + gap)], [])
    assert found.text == text


def column(page: int, *lines: Line, gap: float = 1.2) -> tuple[Block, Piece]:
    text = " ".join(one.text for one in lines)
    return Block(BlockKind.PARAGRAPH, text, page), Piece(lines, page, (50, 450), gap)


GERMAN = "Fachkräfte gaben uns in allen Orten gern Auskunft und"
LONG = "Long enough to be a line of prose and"


def test_a_short_last_line_of_a_justified_paragraph_ends_it_at_a_page_end() -> None:
    full = [line(LONG, 50, 450, 700), line(LONG, 50, 449.5, 712)]
    ended = column(1, *full, line("as they told us (woman, 34)", 50, 310, 724))
    after = column(2, line(f"Services {LONG}", 50, 450, 60), line("more.", 50, 80, 72), gap=9)
    assert len(stitched([ended, after], Vocabulary([]))) == 2
    # Set ragged, it may go on.
    ragged = [full[0], line(LONG, 50, 420, 712), line("as told by the office of", 50, 310, 724)]
    assert len(stitched([column(1, *ragged), after], Vocabulary([]))) == 1


def test_where_paragraphs_are_set_in_a_page_that_opens_at_the_side_goes_on() -> None:
    first = [line(LONG, 74, 450, 712), line("and ends here in a full line.", 50, 446, 724)]
    rest = [line(f"This {LONG}", 50, 450, 60), line("more.", 50, 80, 72)]
    assert len(stitched([column(1, *first), column(2, *rest, gap=9)], Vocabulary([]))) == 1
    others = [
        ([line(LONG, 50, 450, 712), first[1]], rest),  # no paragraph is set in
        (first, [line(f"This {LONG}", 74, 450, 60), rest[1]]),
        ([first[0], line("and ends here.", 50, 200, 724)], rest),
    ]
    for before, after in others:
        parts = [column(1, *before), column(2, *after, gap=9)]
        assert len(stitched(parts, Vocabulary([]))) == 2


def test_a_quotation_set_in_on_both_sides_goes_on_over_a_page_end() -> None:
    quote = [line("»Seit dem Frühjahr fragten wir sie, und alle", 92, 408, 712)]
    quote.append(line("konnten es sagen. Im Sommer nannten", 92, 404, 724))
    rest = [line(GERMAN, 92, 408, 60), line("sie.«", 92, 120, 72)]
    parts = [column(1, *quote), column(2, *rest, gap=9)]
    assert len(stitched(parts, Vocabulary([]))) == 1
    # In a column as wide as its lines the last one would have ended early.
    short = [quote[0], line("konnten es sagen. Im Sommer nannten", 92, 340, 724)]
    assert len(stitched([column(1, *short), parts[1]], Vocabulary([]))) == 2


@pytest.mark.parametrize("end", [".“", ".«", ".”", ". »", "! »)", ".’"])
def test_quotations_of_any_language_end_a_sentence(end: str) -> None:
    said = [line(f"Sie kamen spät und gingen bald wieder fort{end}", 50, 448, 712)]
    said.insert(0, line(GERMAN, 50, 450, 700))
    after = [line(GERMAN, 50, 450, 60), line("mehr.", 50, 80, 72)]
    assert len(stitched([column(1, *said), column(2, *after, gap=9)], Vocabulary([]))) == 2


def kept(*pages: list[Line]) -> list[list[str]]:
    return [[one.text for one in page] for page in without_furniture(pages, [800] * len(pages))]


def test_heads_that_differ_on_left_and_right_pages_go_from_a_short_paper() -> None:
    def page(head: str, text: str) -> list[Line]:
        return [line(head, 60, 200, 40)] * bool(head) + [line(text, 60, 400, 300)]

    heads = ["", "Borderlands", "Seasonal work", "Borderlands", "Seasonal work", "Borderlands"]
    pages = [page(head, f"It was {n}.") for n, head in enumerate(heads)]
    assert kept(*pages) == [[f"It was {n}."] for n in range(6)]
    # A longer paper has its heads on more pages than two.
    longer = [*pages, page("", "It was 6."), page("", "It was 7.")]
    assert kept(*longer)[2] == ["Seasonal work", "It was 2."]
    # Without heads at that height on the other pages it may be text.
    alone = [page(head * (head == "Seasonal work"), "It was.") for head in heads]
    assert kept(*alone)[2] == ["Seasonal work", "It was."]


def test_notes_that_repeat_at_the_foot_of_a_short_paper_stay() -> None:
    def page(*notes: str) -> list[Line]:
        return [line("It was.", 60, 400, 300), *below(*((note, 60, 200) for note in notes))]

    def low(page: list[Line]) -> list[Line]:
        return [page[0], *(line(one.text, 60, 200, one.base + 640) for one in page[1:])]

    ibid = [low(page(f"{n} Letter {n}.", f"{n + 1} Ibid.")) for n in (1, 3, 7)]
    assert [texts[2] for texts in kept(*ibid)] == ["2 Ibid.", "4 Ibid.", "8 Ibid."]
    towns = ["Arl", "Beck", "Colm"]
    ends = [
        low(page(f"{n} Town of {town} (last", "accessed 3 May).")) for n, town in enumerate(towns)
    ]
    assert [texts[2] for texts in kept(*ends)] == ["accessed 3 May)."] * 3
    feet = [low(page(f"{n} Town of {town}.", "Report of May")) for n, town in enumerate(towns)]
    assert [len(texts) for texts in kept(*feet)] == [2, 2, 2]


def test_a_title_in_the_middle_is_read_before_a_short_heading_at_the_side() -> None:
    title, head = line("Legal ways", 200, 300, 60), line("1. Aims", 50, 100, 90)
    text = [line(LONG, 50, 450, 160)]
    ordered = in_reading_order(chains_of([title, head, *text]))
    assert [chain.lines[0].text for chain in ordered] == ["Legal ways", "1. Aims", LONG]
    # Beside it stands a text, or it is not in the middle: then it is the right column.
    beside = [line("Below a map", 50, 100, 64), head, *text]
    for high, others in ((title, beside), (line("Legal ways", 300, 400, 60), [head, *text])):
        found = [chain.lines[0].text for chain in in_reading_order(chains_of([high, *others]))]
        assert found.index("Legal ways") > found.index(others[0].text)


@pytest.mark.parametrize(
    ("text", "heads"), [("3.1.1 Repas", True), ("2.1.2. Courts", True), ("12.4 % x 3", False)]
)
def test_a_heading_may_be_shorter_than_its_number(text: str, heads: bool) -> None:
    piece = Piece((line(text, 50, 120, 100, bold=True),), 1, (50, 450))
    assert is_heading(piece, text, NORMS) is heads


@pytest.mark.parametrize(("size", "boxed", "heads"), [(8.3, True, True), (8.3, False, False)])
def test_a_box_in_smaller_print_has_a_smaller_heading(
    size: float, boxed: bool, heads: bool
) -> None:
    piece = Piece((Line("In brief", 50, 100, 100, size, True),), 1, (50, 450), boxed=boxed)
    assert is_heading(piece, "In brief", NORMS) is heads


def frame(x0: float, top: float, x1: float, bottom: float) -> tuple[Rule, ...]:
    corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    return tuple(
        Rule(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(corners)
    )


def boxed_texts(low: tuple[Rule, ...]) -> list[str]:
    """What is boxed, of a page that ends with a title in this frame and of the next."""
    first = [line(LONG, 50, 450, 600), line(LONG, 50, 450, 612)]
    title = line("Box 1. A day", 60, 140, 655, bold=True)
    note = Line("1 Letter of May.", 50, 150, 760, 8.0)
    inside = [line(LONG, 60, 440, 80), line("and more of it, as told.", 60, 200, 92)]
    after = [line(LONG, 50, 450, 160), line(LONG, 50, 450, 172)]
    pages = [
        Printed(1, 500, 800, (*first, title, note), rules=low),
        Printed(2, 500, 800, (*inside, *after), rules=frame(45, 60, 455, 110)),
    ]
    blocks = [block for page in pages_of(pages, ()) for block in page.blocks]
    return [block.text for block in blocks if block.boxed]


def test_a_box_may_begin_with_its_title_at_a_page_end() -> None:
    text = f"{LONG} and more of it, as told."
    assert boxed_texts(frame(45, 640, 455, 665)) == ["Box 1. A day", text]
    assert boxed_texts(frame(45, 640, 255, 665)) == [text]  # not as wide
    assert boxed_texts(()) == [text]


@pytest.mark.parametrize(
    "heading",
    ["Annex D. Documents reviewed", "Annexe 1 : Liste des documents consultés", "References"],
)
def test_documents_reviewed_are_a_list_of_references(heading: str) -> None:
    entries = ["Trust (2014). Strategy for the towns.", "Board (2015). Return in figures."]
    blocks = [
        Block(BlockKind.HEADING, heading, 3, 1),
        *(Block(BlockKind.PARAGRAPH, text, 3) for text in entries),
    ]
    assert [block.kind for block in marked(blocks, 3)][1:] == [BlockKind.REFERENCE] * 2
    prose = [blocks[0], *(Block(BlockKind.PARAGRAPH, f"They {n} read.", 3) for n in "ab")]
    assert [block.kind for block in marked(prose, 3)][1:] == [BlockKind.PARAGRAPH] * 2
    told = (
        "They read the strategy of 2014 and the figures of 2015, and asked the staff where the two "
        "differed. What was planned was compared with what had been done in all of the towns. "
        "Where no figures were to be had, they asked again."
    )
    method = [blocks[0], Block(BlockKind.PARAGRAPH, told, 3)]
    named = "reviewed" in heading or "consultés" in heading
    kind = BlockKind.PARAGRAPH if named else BlockKind.REFERENCE
    assert [block.kind for block in marked(method, 3)][1:] == [kind]
