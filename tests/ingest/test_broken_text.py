"""Text that a box, a line end or a page end broke off, on lines made by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.engines.sheets import Rule
from ingest.prose.clean import Vocabulary
from ingest.prose.endnotes import endnotes_of
from ingest.prose.footnotes import footnotes_of
from ingest.prose.layout import chain_of
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, Piece, pieces_of
from ingest.records import Block, BlockKind
from ingest.structure.headings import is_heading
from ingest.structure.stitch import stitched

NORMS = Norms(10.0, 1.2)
NO_WORDS = Vocabulary([])
FULL = "Long enough to be a line of prose and"


def line(text: str, x0: float, base: float, *, x1: float = 300, bold: bool = False) -> Line:
    return Line(text, x0, x1, base, 10.0, bold)


def part(
    text: str, page: int, base: float, kind: BlockKind = BlockKind.PARAGRAPH, x1: float = 300
) -> tuple[Block, Piece]:
    lines = (line(FULL, 50, base), line(text, 50, base + 12, x1=x1))
    return Block(kind, text, page), Piece(lines, page, (50, 300))


def texts(parts: list[tuple[Block, Piece]]) -> list[str]:
    return [block.text for block in stitched(parts, NO_WORDS)]


BOX = [
    part("Five principles", 4, 400, BlockKind.HEADING),
    part("Each of them was agreed in the first meeting.", 4, 430),
]


def test_a_paragraph_goes_on_after_a_box_with_a_heading() -> None:
    first = part("By coordinating the access to", 4, 300)
    rest = part("administrative data, government can protect them.", 5, 80)
    found = stitched([first, *BOX, rest], NO_WORDS)
    assert [block.text for block in found] == [
        "By coordinating the access to administrative data, government can protect them.",
        "Five principles",
        "Each of them was agreed in the first meeting.",
    ]
    assert found[0].page_breaks == ((30, 5),)


def test_what_did_not_break_off_is_left_alone() -> None:
    rest = part("administrative data were not used.", 5, 80)
    ended = part("The access was coordinated.", 4, 300)
    short = part("By coordinating the access to", 4, 300, x1=150)
    far = part("By coordinating the access to", 3, 300)
    capital = part("Government can protect them.", 5, 80)
    for first, second in ((ended, rest), (short, rest), (far, rest), (far, capital)):
        assert len(texts([first, *BOX, second])) == 4


def test_of_two_paragraphs_broken_off_none_is_chosen() -> None:
    two = [part("By coordinating the access to", 4, 200), part("In the chapter on", 4, 300)]
    rest = part("administrative data, government can protect them.", 5, 80)
    assert len(texts([two[0], *BOX[:1], two[1], *BOX[1:], rest])) == 5


@pytest.mark.parametrize(
    "opened", ["‘experienced’", "“experienced”", "«experienced»", "„experienced“"]
)
def test_a_page_may_begin_with_a_quoted_word_in_mid_sentence(opened: str) -> None:
    # Short of the line's end, since the quoted word is long.
    first = part("which towns are thought to be", 4, 700, x1=200)
    second = part(f"{opened} in the field.", 5, 80)
    assert texts([first, second]) == [f"which towns are thought to be {opened} in the field."]
    ended = part("Which towns are these?", 4, 700, x1=200)
    assert len(texts([ended, second])) == 2


def pieces(*lines: Line) -> list[list[str]]:
    return [[found.text for found in piece.lines] for piece in pieces_of(chain_of(lines), 1, NORMS)]


def test_a_figure_in_mid_sentence_begins_no_list() -> None:
    assert len(pieces(line("as was described in Chapter", 50, 100), line("3. Only", 50, 112))) == 1
    assert len(pieces(line("there were two reasons", 50, 100), line("3. Only", 50, 112))) == 2


def test_a_bold_name_over_two_lines_stays_in_its_item() -> None:
    first = line("• National Centre for Science and", 50, 100, bold=True)
    assert len(pieces(first, line("Engineering, which collects data", 60, 112))) == 1
    short = line("• National Centre", 50, 100, x1=130, bold=True)
    assert len(pieces(short, line("Engineering was next door and", 60, 112))) == 2


def small(text: str, x0: float, base: float) -> Piece:
    return Piece((Line(text, x0, x0 + 200, base, 8.0),), 1, (x0, x0 + 200))


def test_notes_begin_where_the_rule_above_them_does() -> None:
    note = small("carried over from the page before.", 55, 600)
    below = [Rule(50, 590, 150, 590)]
    assert notes_among(note, rules=below) == [True]
    elsewhere = [Rule(400, 590, 500, 590)]
    assert notes_among(note, rules=elsewhere) == [False]


def notes_among(*pieces: Piece, rules: Sequence[Rule] = ()) -> list[bool]:
    """Which of a page's pieces are notes; the page is 800 points high."""
    return [piece.note for piece in footnotes_of(pieces, NORMS, rules, 800)]


def test_the_size_of_a_page_s_text_tells_its_notes_where_tables_hold_most_letters() -> None:
    # The tables of the document are set in 10 points, its text in 12 and its notes in 10.
    text = Piece((Line("What was seen there in the spring.", 50, 450, 100, 12.0),), 1, (50, 450))
    note = Piece((Line("1 Letter of May.", 50, 200, 600, 10.0),), 1, (50, 450))
    assert notes_among(text, note, rules=[Rule(50, 588, 150, 588)]) == [False, True]
    # Without the rule above it the line may be an item.
    assert notes_among(text, note) == [False, False]


def endnotes(pieces: Sequence[Piece], before: int = 0) -> list[str]:
    """The texts of a page's endnotes, their lines apart by a slash."""
    found = endnotes_of(pieces, NORMS, before, 10.5)
    return [" / ".join(line.text for line in piece.lines) for piece in found[0]] if found else []


def test_a_page_of_small_print_that_roman_numbers_count_is_endnotes() -> None:
    page = [
        small(text, 55, 60 + 20 * n)
        for n, text in enumerate(("i Letter of May.", "ii Ibid.", "iii A", "and more.", "iv B"))
    ]
    assert endnotes(page) == ["i Letter of May.", "ii Ibid.", "iii A", "and more.", "iv B"]
    assert endnotes(page[:2]) == endnotes(page[1:3]) == []
    assert endnotes([*page[:2], page[4]]) == []  # i, ii, iv
    text = Piece((line(FULL, 50, 40),), 1, (50, 300))
    assert endnotes([text, *page]) == []


def test_endnotes_count_on_over_a_page_end_behind_the_rest_of_one() -> None:
    page = [
        small(text, 55, 60 + 20 * n) for n, text in enumerate(("and June.", "xix Ibid.", "xx A"))
    ]
    notes = [replace(piece, note=True) for piece in page]
    assert endnotes_of(page, NORMS, 18, 10.5) == (notes, 20)
    assert endnotes_of(page[:2], NORMS, 18, 10.5) == (notes[:2], 19)
    assert endnotes(page, 17) == endnotes(page) == endnotes(page[:1], 18) == []


def test_endnotes_in_one_piece_are_parted_and_may_be_as_large_as_the_text() -> None:
    lines = ("i Letter of May,", "answered in June.", "iiThe flats of town C.", "iii Ibid.")
    page = [Piece(tuple(line(text, 50, 40 + 12 * n) for n, text in enumerate(lines)), 1, (50, 300))]
    wanted = ["i Letter of May, / answered in June.", "ii The flats of town C.", "iii Ibid."]
    assert endnotes(page) == wanted
    items = [line(text, 50, 40) for text in ("i) Letters", "ii) Flats", "iii) Lists")]
    assert endnotes([Piece((item,), 1, (50, 300)) for item in items]) == []


def test_a_note_whose_last_line_begins_with_a_paragraph_of_a_law_goes_on() -> None:
    rest = small("Begründung", 320, 600)
    for last, goes_on in (("§ 12 Absatz 2 und die", True), ("§ Nach der", False)):
        note = Piece((*small("1 Vgl. dazu", 55, 740).lines, line(last, 55, 750)), 1, (55, 255))
        note = replace(note, lines=tuple(replace(one, size=8.0) for one in note.lines))
        assert notes_among(note, rest) == [True, goes_on]


def test_notes_in_a_frame_at_the_foot_are_measured_by_the_text() -> None:
    text = Piece((line(FULL, 50, 100),), 1, (50, 300))
    first = replace(small("1. Letter of May.", 55, 700), boxed=True)
    second = replace(small("2. Ibid.", 55, 715), boxed=True)
    # The line above them is half a point thick: two frames, as WeasyPrint writes them.
    frames = [Rule(45, level, 300, level) for level in (689.5, 690, 720, 720)]
    assert notes_among(text, first, second, rules=frames) == [False, True, True]
    # Their frame begins where they do, and a letter stands out of it a little.
    flush = [replace(rule, x0=55.1, x1=254.9) for rule in frames]
    assert notes_among(text, first, second, rules=flush) == [False, True, True]
    # A frame of one line or of two all around, and none, as of a shaded panel.
    whole = [*frames[:3], Rule(45, 720.5, 300, 720.5)]
    for rules in ([frames[0], frames[2]], whole, []):
        assert notes_among(text, first, second, rules=rules) == [False] * 3
    # Another box higher up, text below the frame, and a frame with no number.
    panel = replace(small("What we found", 55, 300), boxed=True)
    below = Piece((line(FULL, 50, 760),), 1, (50, 300))
    unnumbered = replace(small("Law of May.", 55, 690), boxed=True)
    for other in (panel, below, unnumbered):
        ordered = sorted((text, other, first, second), key=lambda piece: piece.lines[0].base)
        assert not any(notes_among(*ordered, rules=frames))


def test_a_saying_set_large_opens_no_section() -> None:
    def large(text: str) -> bool:
        return is_heading(Piece((Line(text, 50, 300, 100, 16.0, True),), 1, (50, 300)), text, NORMS)

    assert large("What people care about most")
    assert not large("“What people care about most is that it flows as it should")
