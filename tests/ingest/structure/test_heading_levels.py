"""Of what level headings are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.engines.sheets import Bookmark
from ingest.passages import cut
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, Piece
from ingest.prose.row_words import TableRow
from ingest.records import Document, Metadata, Page
from ingest.structure.heading_levels import endings, levels_of

NORMS = Norms(10.0, 1.2)
PROSE = "The ministries met in spring and agreed on a second round of visits to the two towns."


def piece(text: str, size: float = 10.0, *, bold: bool = False, boxed: bool = False) -> Piece:
    return Piece((Line(text, 50, 300, 100, size, bold),), 1, (50, 300), boxed=boxed)


def levels(*headings: tuple[str, float]) -> dict[str, int]:
    """Levels of bold headings of a text and a size, a paragraph below each."""
    pieces = [
        part
        for text, size in headings
        for part in (piece(text, size, bold=True), piece(PROSE, bold=False))
    ]
    texts = [part.lines[0].text for part in pieces]
    return {texts[place]: level for place, level in levels_of(pieces, texts, NORMS, ()).items()}


def test_a_number_counts_whatever_stands_after_it() -> None:
    found = levels(
        ("3. Partners", 14),
        ("3.4. Partners abroad", 12),
        ("3.5.Partners at home", 12),
        ("4: Costs", 14),
        ("5 – Results", 14),
        ("Annex 1. Who was asked", 12),
        ("Annex 2: What they said", 12),
        ("Annexe C – Les villes", 12),
    )
    assert list(found.values()) == [1, 2, 2, 1, 1, 1, 1, 1]


def test_a_number_that_counts_something_else_says_no_level() -> None:
    found = levels(
        ("Partners", 16),
        ("1.5m guests", 12),
        ("10-year plan", 12),
        ("Who pays", 12),
        ("Costs", 16),
        ("Article 12: Partners", 12),
    )
    assert list(found.values()) == [1, 2, 2, 2, 1, 3]


def test_what_has_no_number_ranks_with_the_numbers_that_look_like_it() -> None:
    found = levels(("2.1 Visits", 14), ("2.2 Costs", 14), ("Who pays", 14))
    assert list(found.values()) == [2, 2, 2]


def test_an_annex_that_counts_from_one_again_keeps_what_is_set_smaller() -> None:
    found = levels(
        ("1. Findings", 14),
        ("1.1 Costs", 12),
        ("Annex A. Questionnaire", 14),
        ("Part 1: Hosts", 12),
        ("1. How often were you host?", 10),
        ("2. Who came?", 10),
        ("Part 2: Guests", 12),
        ("3. Where did you go?", 10),
        ("Annex B. Terms", 14),
        ("B.1 Aims", 12),
        ("2. Afterword", 14),
        ("2.1 Thanks", 12),
    )
    assert list(found.values()) == [1, 2, 1, 2, 3, 3, 2, 3, 1, 2, 1, 2]
    # Numbers that go on from those of the part are levels of it already.
    chapters = levels(("Part 3", 16), ("3.1 Aims", 12), ("3.2 Costs", 12), ("Part 4", 16))
    assert list(chapters.values()) == [1, 2, 2, 1]


def test_no_level_is_below_the_sixth() -> None:
    sizes = (24, 22, 20, 18, 16, 14, 12)
    found = levels(*((f"{name} at {size}", size) for size in sizes for name in ("Hosts", "Guests")))
    assert [found[f"Hosts at {size}"] for size in sizes] == [1, 2, 3, 4, 5, 6, 6]


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("Chapter 2", 1),
        ("Kapitel 2", 1),
        ("Anexo II", 1),
        ("Section 2", 2),
        ("Abschnitt 2", 2),
        ("Article 4", 3),
        ("Artikel 4a", 3),
        ("Artículo 4", 3),
    ],
)
def test_a_label_alone_on_its_line_says_its_level(label: str, level: int) -> None:
    """By its size alone it would be of the fourth."""
    above = [("Visits", 16), ("Costs", 16), ("Hosts", 14), ("Guests", 14), ("Staff", 12)]
    assert levels(*above, ("Money", 12), (label, 11))[label] == level


def test_numbers_stand_below_the_letters_where_there_are_roman_numbers_too() -> None:
    letters = [("A. Hosts", 14), ("1. Towns", 12), ("B. Guests", 14), ("C. Staff", 14)]
    found = levels(("I. Visits", 16), *letters, ("II. Costs", 16))
    assert list(found.values()) == [1, 2, 3, 2, 2, 1]
    # One such heading is no scheme, and "1." is what it says.
    found = levels(("I. Visits", 16), *letters, ("Costs", 16))
    assert list(found.values()) == [1, 2, 1, 2, 2, 1]


def test_the_outline_says_the_level_of_what_it_names_and_of_what_looks_like_it() -> None:
    names = ("Visits", "2. Costs", "Who pays")
    pieces = [piece(name, 12, bold=True) for name in names]
    outline = (Bookmark("VISITS", 3, 1), Bookmark("2. Costs", 3, 1))
    assert levels_of(pieces, names, NORMS, outline) == {0: 3, 1: 3, 2: 3}
    # One that leads to another page names nothing on this one.
    elsewhere = (Bookmark("Visits", 3, 2), Bookmark("Who pays", 3, 2))
    assert levels_of(pieces, names, NORMS, elsewhere) == {0: 1, 1: 1, 2: 1}


def test_the_outline_makes_a_heading_of_a_line_and_not_of_a_row_or_a_sentence() -> None:
    row = replace(piece("who pays"), row=TableRow(("who pays",), (), 1))
    pieces = [piece("who pays"), row, piece("who pays.")]
    found = levels_of(pieces, ["who pays", "who pays", "who pays."], NORMS, (mark("who pays"),))
    assert found == {0: 2}


def mark(text: str) -> Bookmark:
    return Bookmark(text, 2, 1)


def test_front_and_end_matter_hangs_below_no_chapter() -> None:
    found = levels(
        ("EXECUTIVE SUMMARY", 16),
        ("Costs", 11),
        ("INTRODUCTION", 14),
        ("Scope", 11),
        ("Visits", 16),
        ("Hosts", 11),
        ("Résultats", 16),
        ("Références", 11),
        ("BIBLIOGRAPHY", 11),
    )
    assert found == {
        "EXECUTIVE SUMMARY": 1,
        "Costs": 2,
        "INTRODUCTION": 1,
        "Scope": 2,
        "Visits": 1,
        "Hosts": 2,
        "Résultats": 1,
        "Références": 1,
        "BIBLIOGRAPHY": 1,
    }


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("Visits", "Introduction", "Costs"), id="an introduction to a chapter"),
        pytest.param(("References", "References", "References"), id="one in each chapter"),
        pytest.param(("Hosts", "Glossary", "Guests"), id="a section beside others"),
    ],
)
def test_parts_of_chapters_stay_below_them(names: tuple[str, str, str]) -> None:
    pieces, texts = [], []
    for chapter, name in zip(("One", "Two", "Three"), names, strict=True):
        for text, size in ((f"Chapter {chapter}", 16.0), (name, 11.0), ("What came of it", 11.0)):
            texts += [text, PROSE]
            pieces += [piece(text, size, bold=True), piece(PROSE)]
    found = levels_of(pieces, texts, NORMS, ())
    assert [found[place] for place in sorted(found)] == [1, 2, 2] * 3


def test_parts_without_a_number_stand_below_the_number_they_look_like() -> None:
    found = levels(
        ("2 Visits", 16),
        ("2.1 Who comes", 14),
        ("Hosts", 14),
        ("Guests", 14),
        ("2.2 Who pays", 14),
        ("Towns", 14),
        ("Villages", 12),
        ("Ministries", 14),
        ("2.3 What came of it", 14),
        ("In short", 14),
    )
    # A single one, as the last, may be the end of the chapter.
    assert list(found.values()) == [1, 2, 3, 3, 2, 3, 3, 3, 2, 2]


def test_parts_of_another_chapter_are_none_of_the_number_before_it() -> None:
    found = levels(
        ("2 Visits", 16), ("2.1 Hosts", 14), ("Guests", 14), ("Costs", 16), ("Towns", 14)
    )
    assert list(found.values()) == [1, 2, 2, 1, 2]


def test_a_heading_in_a_box_stands_below_what_is_around_it() -> None:
    names = ["Visits", "Hosts", "Do this", "How", "Guests", "Do that", "Costs", "2 Staff", "Money"]
    sizes = [16.0, 12.0, 14.0, 12.0, 12.0, 14.0, 16.0, 14.0, 16.0]
    boxed = {"Do this", "How", "Do that", "2 Staff", "Money"}
    pieces = [
        piece(name, size, bold=True, boxed=name in boxed)
        for name, size in zip(names, sizes, strict=True)
    ]
    found = levels_of(pieces, names, NORMS, ())
    # By their size 1 for 16 points, 2 for 14, 3 for 12; what has a number, or opens a chapter,
    # keeps it.
    assert [found[place] for place in range(9)] == [1, 3, 4, 5, 3, 4, 1, 1, 1]
    # What the outline names is where it says.
    outlined = levels_of(pieces, names, NORMS, (Bookmark("Do this", 2, 1),))
    assert outlined[2] == 2


def test_a_recommendation_on_a_panel_is_of_the_section_around_it(
    read: Callable[[FPDF], tuple[Page, ...]],
) -> None:
    pdf = new_pdf()
    for top, name in ((80, "Relevance"), (700, "Costs")):
        put(pdf, 70, top, [name], size=18, style="B")
    for top, name in ((120, "Needs of the hosts"), (400, "Needs of the guests")):
        put(pdf, 70, top, [name], size=13, style="B")
        put(pdf, 70, top + 30, BODY)
        pdf.set_fill_color(220)
        pdf.rect(60, top + 130, 400, 100, style="F")
        put(pdf, 70, top + 150, [f"Recommendation {top}."], size=15, style="B")
        put(pdf, 70, top + 175, BODY[:4])
    put(pdf, 70, 730, BODY)
    (page,) = read(pdf)
    levels = [(block.text, block.level) for block in page.blocks if block.level]
    assert levels == [
        ("Relevance", 1),
        ("Needs of the hosts", 3),
        ("Recommendation 120.", 4),
        ("Needs of the guests", 3),
        ("Recommendation 400.", 4),
        ("Costs", 1),
    ]


@pytest.mark.parametrize(("size", "level"), [(13.0, 3), (14.0, 2), (11.0, 4)])
def test_one_heading_a_point_larger_than_five_ranks_as_they_do(size: float, level: int) -> None:
    texts = [
        "Visits",
        "Costs",
        "Hosts",
        "Guests",
        "Trust",
        "Food",
        "Rooms",
        "Cars",
        "Maps",
        "Books",
    ]
    sizes = [16.0, 16.0, 12.0, 12.0, size, *[12.0] * 5]
    pieces = [
        piece(text, high, bold=place < 4)
        for place, (text, high) in enumerate(zip(texts, sizes, strict=True))
    ]
    norms = Norms(9.0, 1.2)
    found = levels_of(pieces, texts, norms, ())
    # 16 points bold are of level 1, 12 bold of 2, 12 plain of 3.
    assert [found[place] for place in range(10)] == [1, 1, 2, 2, level, 3, 3, 3, 3, 3]
    # Five sisters are asked for.
    fewer = levels_of(pieces[:-1], texts[:-1], norms, ())
    assert fewer[4] == {13.0: 2}.get(size, level)


def test_two_headings_a_point_larger_are_no_slip() -> None:
    texts = ["Visits", "Costs", "Trust", "Doubt", "Food", "Rooms", "Cars", "Maps", "Books"]
    sizes = [16.0, 16.0, 13.0, 13.0, *[12.0] * 5]
    pieces = [piece(text, size) for text, size in zip(texts, sizes, strict=True)]
    found = levels_of(pieces, texts, NORMS, ())
    assert [found[place] for place in range(9)] == [1, 1, 2, 2, 3, 3, 3, 3, 3]


SENTENCE = "Finding 2: Visits are paid for by each of the towns."


def ends(*headings: tuple[str, float, int], sentence: Piece, text: str = SENTENCE) -> int | None:
    """The level of headings (text, size, level) that a sentence below their text ends."""
    pieces, texts, levels = [], [], {}
    for name, size, level in headings:
        levels[len(pieces)] = level
        pieces += [piece(name, size), piece(PROSE)]
        texts += [name, PROSE]
    return endings([*pieces, sentence], [*texts, text], levels).get(len(pieces))


def test_a_bold_sentence_ends_the_headings_above_it_that_look_smaller() -> None:
    sections = (("Visits", 16.0, 1), ("Hosts", 12.0, 2), ("Towns", 11.0, 3))
    bold = piece(SENTENCE, 12.0, bold=True)
    assert ends(*sections, sentence=bold) == 2
    assert ends(*sections, sentence=piece(SENTENCE, 11.0, bold=True)) == 3
    assert ends(*sections, sentence=piece(SENTENCE, 10.0, bold=True)) is None
    # Plain print as large as a heading ranks no higher.
    assert ends(*sections[:2], sentence=piece(SENTENCE, 12.0)) is None
    # What stands above a larger heading goes with that.
    assert ends(("References", 11.0, 1), ("Hosts", 14.0, 2), sentence=bold) is None
    assert ends(*sections, ("Guests", 14.0, 2), sentence=bold) is None


def test_what_is_no_bold_sentence_in_the_text_ends_nothing() -> None:
    sections = (("Visits", 16.0, 1), ("Hosts", 11.0, 2))
    bold = piece(SENTENCE, 12.0, bold=True)
    assert ends(*sections, sentence=bold) == 2
    assert ends(*sections, sentence=replace(bold, boxed=True)) is None
    for text in ("Hosts who pay for it", "Table 2. Visits are paid for by each of the towns.", ""):
        assert ends(*sections, sentence=bold, text=text) is None


def test_a_bold_sentence_right_below_a_heading_is_what_that_announces() -> None:
    pieces = [piece("Visits", 16.0), piece("Hosts", 11.0), piece(SENTENCE, 12.0, bold=True)]
    texts = ["Visits", "Hosts", SENTENCE]
    assert endings(pieces, texts, {0: 1, 1: 2}) == {}
    # The next one is not.
    assert endings([*pieces, pieces[2]], [*texts, SENTENCE], {0: 1, 1: 2}) == {3: 2}


def test_the_parts_of_one_finding_do_not_hold_for_the_next(
    read: Callable[[FPDF], tuple[Page, ...]],
) -> None:
    pdf = new_pdf()
    put(pdf, 70, 80, ["Findings"], size=16, style="B")
    put(pdf, 70, 110, ["Finding 1: Visits are paid for by each town."], size=13, style="B")
    put(pdf, 70, 140, BODY)
    for top, name in ((250, "How they pay"), (370, "What they pay")):
        put(pdf, 70, top, [name], size=13)
        put(pdf, 70, top + 30, BODY)
    put(pdf, 70, 490, ["Finding 2: Visits are asked for by each town."], size=13, style="B")
    put(pdf, 70, 520, BODY)
    put(pdf, 70, 640, ["Conclusion"], size=16, style="B")
    put(pdf, 70, 670, BODY)
    whole = Document(Path("report.pdf"), "f" * 64, "f" * 64, Metadata(), read(pdf))
    found = cut(whole, lambda texts: [len(text.split()) for text in texts], 200)
    assert [(passage.text[:9], passage.section) for passage in found] == [
        ("Finding 1", ("Findings",)),
        ("Officials", ("Findings", "How they pay")),
        ("Officials", ("Findings", "What they pay")),
        ("Finding 2", ("Findings",)),
        ("Officials", ("Conclusion",)),
    ]
