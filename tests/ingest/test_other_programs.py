"""What browsers, TeX, Typst and office programs write and fpdf2 does not, made by hand."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from typeset import BODY, drawn, new_pdf, put, type_3

from ingest.engines.ligatures import named
from ingest.engines.sheets import Word
from ingest.prose.clean import Vocabulary, join, tidy_printed
from ingest.prose.layout import chain_of, column_starts, whole_lines
from ingest.prose.line_numbers import without_line_numbers
from ingest.prose.lines import Line, lines_of
from ingest.prose.paragraphs import Norms, pieces_of
from ingest.records import Block, BlockKind, Page
from ingest.structure.contents_page import joined_entries
from ingest.structure.junk import is_contents_entry, marked
from ingest.tabular.aligned import aligned_tables
from ingest.tabular.table_items import unrolled
from ingest.tabular.tables import Cell

Reader = Callable[[FPDF], tuple[Page, ...]]

TEXT = " ".join(BODY)


def line(text: str, x0: float, base: float, size: float = 10.0) -> Line:
    return Line(text, x0, x0 + 0.5 * size * len(text), base, size)


def word(text: str, x0: float, x1: float, base: float, size: float = 10.0) -> Word:
    return Word(text, x0, x1, base, size, False, False)


def texts_of(pages: tuple[Page, ...]) -> list[str]:
    return [block.text for page in pages for block in page.blocks]


def kinds_of(pages: tuple[Page, ...]) -> list[str]:
    return [block.kind.value for page in pages for block in page.blocks]


def test_letters_stamped_across_the_pages_are_no_text(read: Reader) -> None:
    pdf = new_pdf(2)
    for number in (1, 2):
        pdf.page = number
        put(pdf, 60, 130, BODY * 2)
        # A browser sets each letter of a turned word by itself.
        for n, letter in enumerate("DRAFT"):
            with pdf.rotation(45, 80 + 60 * n, 200 - 15 * n):
                put(pdf, 80 + 60 * n, 200 - 15 * n, [letter], 90)
    assert texts_of(read(pdf)) == [f"{TEXT} {TEXT}"] * 2


def test_small_slanted_labels_stay(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    with pdf.rotation(45, 100, 300):
        put(pdf, 100, 300, ["Arland and Borland"], 9)
    words = " ".join(texts_of(read(pdf)))
    assert TEXT in words
    assert "Arland and Borland" in words


def test_a_title_that_is_slanted_a_little_is_text(read: Reader) -> None:
    pdf = new_pdf(2)
    with pdf.rotation(15, 100, 300):
        put(pdf, 100, 300, ["Housing in Arland"], 34)
    pdf.page = 2
    put(pdf, 60, 100, BODY)
    assert texts_of(read(pdf)) == ["Housing in Arland", TEXT]


@pytest.mark.parametrize(
    ("initial", "rest", "begins"),
    [
        ("O", "fficials had run", "Officials had run"),
        ("O", "FFICIALS had run", "OFFICIALS had run"),
        ("E", "en kantoor", "Een kantoor"),
        ("A", "UN office had run", None),
        ("O", "Fficials had run", None),
        # Letters above the entries of a glossary.
        ("U", "UNHCR runs it", None),
        ("B", "benefits are paid", None),
    ],
)
def test_an_initial_written_before_all_else_goes_to_its_line(
    initial: str, rest: str, begins: str | None
) -> None:
    words = [
        word(initial, 60, 80, 112, 30),
        word("Elsewhere", 60, 110, 60),
        *(word(text, 85 + 50 * n, 130 + 50 * n, 100) for n, text in enumerate(rest.split())),
    ]
    first = next(one.text for one in lines_of(words, ()) if one.base == 100)
    assert first == (begins or rest)
    # TeX writes them one after the other, so near in height that they are one line.
    near = [words[0]._replace(x1=83.0), *words[2:]]
    assert lines_of(near, ())[0].text == (begins or f"{initial} {rest}")
    far = [words[0]._replace(x1=79.0), *words[2:]]
    assert lines_of(far, ())[0].text == f"{initial} {rest}"


def test_numbers_of_lines_beside_a_table_go_with_those_beside_prose() -> None:
    prose = [
        part
        for n, text in enumerate(BODY * 3)
        for part in (line(str(n + 1), 30, 100 + 15 * n), line(text, 60, 100 + 15 * n))
    ]
    table = [
        part
        for n in range(5)
        for part in (
            line(str(n + 19), 25, 100 + 15 * n),
            *(line(text, 60 + 100 * k, 100 + 15 * n) for k, text in enumerate(("Roofs", "40"))),
        )
    ]
    kept = without_line_numbers([prose, table])
    assert [one.text for one in kept[0]] == BODY * 3
    assert [one.text for one in kept[1]] == ["Roofs", "40"] * 5
    # What the numbers parted in the content stands side by side again.
    assert [one.order for one in kept[1]] == list(range(10))


def test_a_column_of_amounts_as_far_out_as_the_numbers_of_lines_stays() -> None:
    prose = [
        part
        for n, text in enumerate(BODY * 3)
        for part in (line(str(n + 1), 30, 100 + 15 * n), line(text, 60, 100 + 15 * n))
    ]
    amounts = [
        part
        for n, amount in enumerate(["40", "7", "15", "3", "22", "81"])
        for part in (line(amount, 30, 100 + 15 * n), line("Roofs", 60, 100 + 15 * n))
    ]
    assert without_line_numbers([prose, amounts])[1] == amounts


CONTENTS = [
    part
    for n, (name, folio) in enumerate(
        [("Foreword. . . . .", 1), ("Visits. . . . .", 1), ("Hosts. . . . .", 1), ("Costs", 2)]
    )
    for part in (line(name, 50, 100 + 12 * n), line(str(folio), 200, 100 + 12 * n))
]
COLUMN = [line(text, 230, 100 + 12 * n) for n, text in enumerate(BODY * 3)]


def test_a_short_list_of_contents_in_one_of_two_columns_is_known() -> None:
    found = joined_entries([line("Contents", 50, 80, 14), *CONTENTS, *COLUMN])
    assert [one.text for one in found[1:5]] == [
        "Foreword. . . . . ..... 1",
        "Visits. . . . . ..... 1",
        "Hosts. . . . . ..... 1",
        "Costs ..... 2",
    ]
    assert joined_entries([*CONTENTS, *COLUMN]) == [*CONTENTS, *COLUMN]
    # Without leaders it may be a table.
    plain = [
        line(one.text.replace(". . . . .", ""), one.x0, one.base)
        for one in (line("Contents", 50, 80, 14), *CONTENTS)
    ]
    assert joined_entries([*plain, *COLUMN]) == [*plain, *COLUMN]


def test_a_page_number_between_dashes_ends_an_entry() -> None:
    assert is_contents_entry("2 Housing . . . . . . — 14 —")
    assert not is_contents_entry("2 Housing . . . . . . — and more —")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Printed in Belgium on recycled paper.", BlockKind.BOILERPLATE),
        ("A passport, printed on strong paper, was kept at home.", BlockKind.PARAGRAPH),
        ("The booklet was printed in six languages.", BlockKind.PARAGRAPH),
    ],
)
def test_what_was_printed_is_no_imprint_within_a_sentence(text: str, kind: BlockKind) -> None:
    assert marked([Block(BlockKind.PARAGRAPH, text, 2)], 40)[0].kind is kind


def test_a_range_of_pages_is_whole_over_a_line_end() -> None:
    assert join("Notes, 22(4), 310–", "327.", Vocabulary([])) == "Notes, 22(4), 310–327."
    assert join("in 2016 –", "2017 was worse", Vocabulary([])) == "in 2016 – 2017 was worse"
    assert join("from 310–", "or so", Vocabulary([])) == "from 310– or so"


def test_an_accent_set_before_its_letter_goes_on_it() -> None:
    assert tidy_printed("Bergstr¨om and Koˇcka, ˆıle") == "Bergström and Kočka, île"
    # No letter has this one, and an apostrophe may be typed so.
    assert tidy_printed("d´accord, ¨q") == "d'accord, \u0308q"


def test_ligatures_of_tex_s_oldest_encoding_have_the_codes_of_white_space() -> None:
    page = "the o\x0ece of sta\x0b is \x0crst\r\nto \ra\rg\r\nand 70{92"
    assert named(page) == "the oﬃce of staﬀ is ﬁrst\r\nto ﬂaﬂg\r\nand 70–92"
    # One such code may be a form feed.
    assert named("staff\x0cNext {page}") == "staff\x0cNext {page}"


def test_figures_raised_by_their_font_leave_a_word_that_two_lines_share(tmp_path: Path) -> None:
    names = {ord(letter): letter.encode() for letter in string.ascii_letters}
    names |= {ord("-"): b"hyphen", ord("."): b"period"}
    drawings = b" ".join(b"/%s 6 0 R" % name for name in names.values())
    drawings += b" /two 7 0 R /four 7 0 R /space 8 0 R"
    names |= {ord(" "): b"space", ord("2"): b"two", ord("4"): b"four"}
    # A box on the line, one that stands high, and white.
    boxes = [
        b"500 0 50 0 450 500 d1 50 0 400 500 re f",
        b"500 0 50 400 450 800 d1 50 400 400 400 re f",
    ]
    shown = b"(the same soap and the same batter-) Tj 0 -12 Td (ies.24 Those that last) Tj"
    found = drawn(tmp_path / "a.pdf", type_3(names, drawings), shown, *boxes, b"500 0 0 0 0 0 d1")
    assert found == "the same soap and the same batteries. Those that last"


def test_the_mark_of_a_note_may_begin_a_line(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, ["Officials had run the programme, and all sat down with"])
    put(pdf, 60, 113.2, ["colleagues who knew nothing at all of the year before."])
    put(pdf, 60, 122.4, ["5"], 7)
    put(pdf, 64.5, 126.4, ["The visits took place in spring, and nobody asked for a"])
    put(pdf, 60, 139.6, ["second round before the summer break."])
    put(pdf, 60, 700, ["5"], 6)
    put(pdf, 64.5, 703, ["Two of them, in the year of the review."], 8)
    pages = read(pdf)
    assert texts_of(pages) == [
        "Officials had run the programme, and all sat down with colleagues who knew nothing at all "
        "of the year before. The visits took place in spring, and nobody asked for a second round "
        "before the summer break.",
        "5 Two of them, in the year of the review.",
    ]
    assert kinds_of(pages) == ["paragraph", "footnote"]


def test_notes_that_follow_the_rest_of_one_stay_apart() -> None:
    rest = line("and of June, which nobody had seen before then.", 50, 100)
    notes = [
        replace(line(f"{n} A letter of July.", 50, 100 + 12 * (n - 5)), note=True) for n in (6, 7)
    ]
    pieces = pieces_of(chain_of([rest, *notes]), 2, Norms(10.0, 1.2))
    assert [[one.text for one in piece.lines] for piece in pieces] == [
        [rest.text],
        ["6 A letter of July."],
        ["7 A letter of July."],
    ]


def test_an_article_and_its_number_are_not_parted_at_a_line_end() -> None:
    item = line("(1) The office may do so by", 50, 100)  # room for six letters more
    rest = line("Art. 2016/67 of the law in force.", 50, 112)
    whole = pieces_of(chain_of([item, replace(rest, x1=245.0)]), 1, Norms(10.0, 1.2))
    assert len(whole) == 1
    ended = replace(item, text="(1) The office may do so.")
    assert len(pieces_of(chain_of([ended, replace(rest, x1=245.0)]), 1, Norms(10.0, 1.2))) == 2
    plain = replace(rest, text="Artisans of the law in force and so on.", x1=290.0)
    assert len(pieces_of(chain_of([item, plain]), 1, Norms(10.0, 1.2))) == 2


def test_a_paragraph_begins_at_the_side_of_an_item_that_left_room(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, [*BODY, "3. Ask who wants to go first"])
    put(pdf, 60, 193, ["Answers were sorted by hand into seven groups that were", "fixed in May."])
    assert texts_of(read(pdf))[-2:] == [
        "3. Ask who wants to go first",
        "Answers were sorted by hand into seven groups that were fixed in May.",
    ]
    whole = new_pdf()
    put(whole, 60, 100, [*BODY, "3. Ask who wants to go first", "and who would go last"])
    assert texts_of(read(whole))[-1] == "3. Ask who wants to go first and who would go last"


def test_an_entry_of_references_goes_on_behind_a_colon(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 90, ["References"], 16, "B")
    top = 120.0
    for name in ("Arl", "Bor"):
        top = put(pdf, 60, top, [f"{name}, M. (2015). A handbag full of records:"])
        top = put(
            pdf, 74, top, ["files in transit, as they were kept. Public Health Notes", "9(3)."]
        )
    assert texts_of(read(pdf))[1:] == [
        f"{name}, M. (2015). A handbag full of records: files in transit, as they were kept. "
        "Public Health Notes 9(3)."
        for name in ("Arl", "Bor")
    ]


def test_notes_that_signs_mark_are_told_apart(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY * 4)
    notes = ["† Adults only.", "‡ See the annex.", "§ Two were lost.", "†† Prices of May."]
    pdf.core_fonts_encoding = "windows-1252"
    put(pdf, 60, 700, notes, 8)
    pages = read(pdf)
    assert texts_of(pages) == [" ".join([TEXT] * 4), *notes]
    assert kinds_of(pages) == ["paragraph", *["footnote"] * 4]


def cell(x0: float, *lines: tuple[str, float]) -> Cell:
    return Cell(x0, x0 + 100, tuple(line(text, x0, base) for text, base in lines))


def said(rows: list[tuple[Cell, ...]]) -> list[list[str]]:
    return [[" ".join(one.text for one in each.lines) for each in row] for row in rows]


NAMES = cell(50, ("Rent insurance", 100), ("Bus pass", 124), ("Library", 136))


def test_rows_ruled_only_around_all_of_them_begin_at_their_names() -> None:
    needs = cell(150, ("A small fund", 100), ("and a form", 112), ("A letter", 124), ("Hours", 136))
    came = cell(250, ("Nineteen flats", 100), ("Visits kept", 124), ("Marks rose", 136))
    assert said(unrolled([NAMES, needs, came])) == [
        ["Rent insurance", "A small fund and a form", "Nineteen flats"],
        ["Bus pass", "A letter", "Visits kept"],
        ["Library", "Hours", "Marks rose"],
    ]


def test_an_empty_cell_of_such_a_row_says_nothing_of_the_row_above() -> None:
    names = Cell(50, 150, (*NAMES.lines, line("Supper", 50, 148)))
    full = cell(150, ("A fund", 100), ("A letter", 124), ("Hours", 136), ("A hall", 148))
    holes = cell(250, ("Nineteen", 100), ("Three", 124), ("Two", 148))
    rows = unrolled([names, full, holes])
    assert said(rows)[2] == ["Library", "Hours", ""]
    assert not rows[2][2].open_above


def test_a_name_that_stands_a_little_higher_than_its_figures_has_them_in_its_row() -> None:
    names = cell(50, *((f"Oil {n}", 100 + 16 * n - 4 * (n == 1)) for n in range(4)))
    prices = [line(f"3{n}.5", 120, 100 + 16 * n) for n in range(4)]
    first = Cell(
        50, 150, tuple(part for pair in zip(names.lines, prices, strict=True) for part in pair)
    )
    before = cell(150, *((f"2{n}.5", 100 + 16 * n) for n in range(4)))
    found = said(unrolled([first, before, replaced(before, 250)], alone=False))
    assert found == [[f"Oil {n} 3{n}.5", f"2{n}.5", f"2{n}.5"] for n in range(4)]


@pytest.mark.parametrize("second", ["and a form", "A form"])
def test_sentences_side_by_side_stay_one_row(second: str) -> None:
    label = cell(50, ("First aim of the plan", 100), ("that was agreed", 112), ("in May", 124))
    beside = cell(150, ("A small fund", 100), (second, 112), ("for all of them", 124))
    assert len(unrolled([label, beside, replaced(beside, 250)])) == 1


def test_an_address_beside_a_name_is_one_row_among_others_that_are_ruled_off() -> None:
    office = cell(50, ("Arland Office", 100), ("Town Hall", 112), ("Arville", 124), ("5001", 136))
    contact = cell(150, ("Ana Ruiz", 100), ("Director", 112), ("Housing", 124))
    region = cell(250, ("North", 100), ("Main Desk", 112), ("Room 5", 124))
    assert len(unrolled([office, contact, region], alone=False)) == 1
    assert len(unrolled([office, contact, region])) == 4
    figures = cell(250, ("1,200", 100), ("340", 112), ("5.1", 124))
    assert len(unrolled([office, figures, figures], alone=False)) == 4


def replaced(one: Cell, x0: float) -> Cell:
    return Cell(x0, x0 + 100, tuple(line(each.text, x0, each.base) for each in one.lines))


def test_a_bold_caption_is_no_name_of_a_column_ruled_below_its_rows(read: Reader) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, BODY)
    put(pdf, 60, 200, ["Table 1: Towns in the study and when people came to them"], 9, "B")
    rows = [
        ["Town", "People", "First arrival"],
        ["Arland", "140", "March"],
        ["Borland", "65", "May"],
    ]
    for n, row in enumerate(rows):
        for k, text in enumerate(row):
            put(pdf, 64 + 110 * k, 216 + 18 * n, [text], 9, "" if n else "B")
        pdf.line(60, 222 + 18 * n, 400, 222 + 18 * n)
    assert texts_of(read(pdf))[1:] == [
        "Table 1: Towns in the study and when people came to them",
        "Town: Arland; People: 140; First arrival: March",
        "Town: Borland; People: 65; First arrival: May",
    ]


def numbers_table() -> list[Line]:
    """Four rows: a name, a number of two figures and, beside it, one of six."""
    rows = [
        ["Town", "Hosts", "Cost"],
        *([f"Town {n}", f"{n}1", f"{n}12,000"] for n in (1, 2, 3, 4)),
    ]
    cells = [
        Line(text, x0, x0 + 4.5 * len(text), 100 + 16 * n, 9.0, order=3 * n + k)
        for n, row in enumerate(rows)
        for k, (text, x0) in enumerate(zip(row, (50, 120, 165), strict=True))
    ]
    # A 1 has more white to its left.
    return [
        one if one.text != "41" else Line("41", 120.8, 129, 164, 9.0, order=13) for one in cells
    ]


def test_a_number_within_a_row_is_no_label_of_the_next_cell() -> None:
    lines = numbers_table()
    assert whole_lines(lines, column_starts(lines)) == lines
    listed = [
        Line(text, x0, x0 + 5.0 * len(text), 100 + 14 * n, 10.0, order=2 * n + k)
        for n in range(5)
        for k, (text, x0) in enumerate([(f"{n + 1}.", 50), ("Ask the patient", 68)])
    ]
    found = whole_lines(listed, column_starts(listed))
    assert [one.text for one in found] == [f"{n}. Ask the patient" for n in (1, 2, 3, 4, 5)]


def test_an_amount_within_a_row_is_no_label_of_its_unit() -> None:
    cells = [
        Line(text, x0, x0 + 4.5 * len(text), 100 + 16 * n, 9.0, order=3 * n + k)
        for n, amount in enumerate(["3.9", "159", "0.25", "47.6"])
        for k, (text, x0) in enumerate([(f"Test {n}", 105), (amount, 150), ("g/L", 180)])
    ]
    assert whole_lines(cells, column_starts(cells)) == cells


@pytest.mark.parametrize("mark", ["-", "o", "•", "1."])
def test_a_bullet_within_a_row_goes_to_the_cell_it_begins(mark: str) -> None:
    cells = [
        Line(text, x0, x0 + 4.5 * len(text), 100 + 16 * n, 9.0, order=3 * n + k)
        for n in range(5)
        for k, (text, x0) in enumerate([(f"Task {n}", 50), (mark, 150), ("Ask the hosts", 168)])
    ]
    found = [one.text for one in whole_lines(cells, column_starts(cells))]
    assert found == [text for n in range(5) for text in (f"Task {n}", f"{mark} Ask the hosts")]


def test_two_columns_of_text_right_below_a_table_do_not_undo_it() -> None:
    table = numbers_table()
    left = [Line(text, 48, 158, 190 + 12 * n, 10.0, order=20 + n) for n, text in enumerate(BODY)]
    right = [Line(text, 161, 300, 190 + 12 * n, 10.0, order=30 + n) for n, text in enumerate(BODY)]
    (found,) = aligned_tables([*table, *left, *right])
    assert len(found.rows) == 5
    assert all(len(row) == 3 for row in found.rows)
