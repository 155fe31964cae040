"""Marks of notes, taken out of the text, stay tied to the notes they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.engines.sheets import Word
from ingest.formats import html, markdown
from ingest.passages import cut
from ingest.prose.lines import Line, lines_of
from ingest.prose.note_marks import NoteMark, labels_of, marks_of
from ingest.records import Block, BlockKind, Document, Health, Metadata, Page
from ingest.structure.note_places import with_marks

Reader = Callable[[FPDF], tuple[Page, ...]]


def count(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def ties(pages: Sequence[Page], room: int = 200) -> list[tuple[str, str, str]]:
    """Of each mark that is tied the three words before it, its label, and its note."""
    passages = cut(Document(Path("a"), "f", "c", Metadata(), tuple(pages)), count, room)
    return [
        (
            " ".join(passage.text[: note.offset].split()[-3:]),
            note.label,
            passages[note.position].text[note.start : note.end],
        )
        for passage in passages
        for note in passage.notes
    ]


def one_page(blocks: Sequence[Block]) -> list[Page]:
    return [Page(1, Health.TEXT, tuple(blocks))]


def raised(pdf: FPDF, top: float, before: str, mark: str, after: str = "") -> None:
    """A line of text with a raised mark in it."""
    put(pdf, 60, top, [before])
    x = 60 + pdf.get_string_width(before)
    put(pdf, x, top - 4, [mark], 6)
    x += pdf.get_string_width(mark)
    put(pdf, x, top, [after])


def noted(pdf: FPDF, page: int, marked: Sequence[tuple[str, str]], notes: Sequence[str]) -> None:
    """A page of text, its last lines with marks, and notes below a short line."""
    pdf.page = page
    put(pdf, 60, 80, BODY * 4)
    for n, (before, mark) in enumerate(marked):
        raised(pdf, 80 + 13.2 * (len(BODY) * 4 + n), before, mark, ", as was said")
    pdf.line(60, 690, 200, 690)
    for n, note in enumerate(notes):
        number, _, text = note.partition(" ")
        put(pdf, 60, 701 + 9.6 * n, [number], 5)
        put(pdf, 60 + pdf.get_string_width(f"{number} "), 704 + 9.6 * n, [text], 8)


def test_a_mark_is_tied_to_the_note_of_its_page(read: Reader) -> None:
    pdf = new_pdf(2)
    noted(pdf, 1, [("the wage rose to 1250", "4")], ["4 Council of Wages, 2018, p. 12."])
    noted(pdf, 2, [("the fare fell to 30", "4")], ["4 Harbour Office, 2019."])
    pages = read(pdf)
    assert "rose to 1250, as was said" in pages[0].blocks[0].text
    assert ties(pages) == [
        ("rose to 1250", "4", "Council of Wages, 2018, p. 12."),
        ("fell to 30", "4", "Harbour Office, 2019."),
    ]


def test_a_note_of_another_page_that_begins_anew_is_not_meant(read: Reader) -> None:
    pdf = new_pdf(3)
    noted(pdf, 1, [("the wage rose to 1250", "1")], ["2 Not this one, which has no mark."])
    noted(pdf, 2, [("the fare fell to 30", "1")], ["1 Harbour Office, 2019."])
    noted(pdf, 3, [("the rent rose to 900", "1")], ["1 Office of Rents, 2020."])
    assert [tie[1:] for tie in ties(read(pdf))] == [
        ("1", "Harbour Office, 2019."),
        ("1", "Office of Rents, 2020."),
    ]


def test_a_note_that_stands_on_the_next_page_is_meant_if_it_is_single(read: Reader) -> None:
    pdf = new_pdf(2)
    noted(pdf, 1, [("the wage rose to 1250", "7")], ["6 Written by hand."])
    noted(pdf, 2, [("the fare fell to 30", "8")], ["7 Council of Wages.", "8 Harbour Office."])
    found = [tie[:2] for tie in ties(read(pdf))]
    assert found == [("rose to 1250", "7"), ("fell to 30", "8")]


def test_a_number_on_two_notes_of_a_page_names_neither() -> None:
    _, blocks = html.read(
        b'<p>It rose.<sup><a href="#a1">1</a></sup></p><p id="a1">First list.</p>'
        b'<p>It fell.<sup><a href="#b1">1</a></sup></p><p id="b1">Second list.</p>'
    )
    assert [block.note for block in blocks] == ["", "1", "", "1"]
    assert ties(one_page(blocks)) == []


def test_notes_of_a_passage_stand_in_its_order_whatever_that_of_the_file() -> None:
    marks = ((15, "2"), (7, "1"))
    notes = [Block(BlockKind.FOOTNOTE, f"{n} Source {n}.", 1, note=n) for n in "12"]
    body = Block(BlockKind.PARAGRAPH, "It rose, it fell.", 1, marks=marks)
    assert [tie[1] for tie in ties(one_page([body, *notes]))] == ["1", "2"]


def test_long_paragraphs_keep_the_places_of_their_marks(read: Reader) -> None:
    pdf = new_pdf()
    marked = [("the wage rose to 1250", "1"), ("the fare fell to 30", "2")]
    noted(pdf, 1, marked, ["1 Council of Wages.", "2 Harbour Office."])
    for room in (7, 20, 60):
        found = ties(read(pdf), room)
        assert [(before.split()[-1], label) for before, label, _ in found] == [
            ("1250", "1"),
            ("30", "2"),
        ]


def test_notes_of_markdown_are_numbered_as_a_page_shows_them() -> None:
    text = "It rose[^w]. It fell.[^2]\n\n[^w]: Council, 2018.\n\n[^2]: 12 months of it.\n"
    _, blocks = markdown.read(text)
    assert blocks[0].text == "It rose. It fell."
    assert ties(one_page(blocks)) == [
        ("It rose", "1", "Council, 2018."),
        ("rose. It fell.", "2", "12 months of it."),
    ]


def test_notes_of_a_web_page_are_found_by_their_links() -> None:
    _, blocks = html.read(
        b'<p><b>Ten</b> came<sup><a href="#n1">[1]</a></sup><sup>,</sup><sup><a href="#n2">2</a>'
        b"</sup>."
        b' Two <b>left</b><a href="#n3"><sup>3</sup></a>, 5 m<sup>2</sup> each; 250<sup>9</sup></p>'
        b'<ol><li id="n1"><p>1. Ministry, 2018.</p></li><li id="n2">Two, 2019.</li>'
        b'<li><a id="n3"></a>Three.</li></ol>'
    )
    assert [block.text for block in blocks] == [
        "Ten came. Two left, 5 m2 each; 250",
        "1. Ministry, 2018.",
        "2. Two, 2019.",
        "3. Three.",
    ]
    assert ties(one_page(blocks)) == [
        ("Ten came", "1", "Ministry, 2018."),
        ("Ten came", "2", "Two, 2019."),
        ("came. Two left", "3", "Three."),
    ]


def test_a_link_that_leads_nowhere_ties_nothing() -> None:
    _, blocks = html.read(b'<p>Ten came.<sup><a href="#gone">1</a></sup></p><p id="n1">Other.</p>')
    assert [block.text for block in blocks] == ["Ten came.", "Other."]
    assert ties(one_page(blocks)) == []


def test_private_characters_of_a_page_are_no_marks() -> None:
    page = '<p>Ten \U000f0000came.<sup><a href="#n">1</a></sup></p><p id="n">Other.</p>'
    _, blocks = html.read(page.encode())
    assert [block.text for block in blocks] == ["Ten came.", "Other."]
    assert [block.marks for block in blocks] == [(), ()]


@pytest.mark.parametrize(
    ("mark", "labels"),
    [
        ("15", ["15"]),
        ("[7].", ["7"]),
        ("3,5", ["3", "5"]),
        ("5–7", ["5", "6", "7"]),
        ("**", ["**"]),
        ("iv", ["iv"]),
        ("¹²", ["12"]),
        ("[footnote", []),
    ],
)
def test_what_a_mark_names(mark: str, labels: list[str]) -> None:
    assert list(labels_of(mark)) == labels


def test_raised_characters_are_marks_and_powers_are_not() -> None:
    (mark,) = marks_of("5 km² of income¹² rose", [])
    assert (mark.labels, mark.before, mark.after) == (("12",), "5km2ofincome", "rose")


def test_a_mark_of_the_next_page_takes_the_note_there() -> None:
    marked = [
        Page(n, Health.TEXT, (Block(BlockKind.PARAGRAPH, text, n, marks=((7, "2"),)),))
        for n, text in ((1, "It rose."), (2, "It fell."))
    ]
    note = Block(BlockKind.FOOTNOTE, "2 A source.", 2, note="2")
    second = replace(marked[1], blocks=(*marked[1].blocks, note))
    assert ties([marked[0], second]) == [("rose. It fell", "2", "A source.")]
    unmarked = replace(second, blocks=(Block(BlockKind.PARAGRAPH, "It fell.", 2), note))
    assert ties([marked[0], unmarked]) == [("It rose", "2", "A source.")]


def test_a_mark_in_brackets_stands_where_these_did() -> None:
    words = [
        Word("data", 50, 70, 100, 10, False, False),
        Word("(", 73, 76, 100, 10, False, False),
        Word("1", 76, 79, 96, 6, False, True),
        Word(")", 79, 82, 100, 10, False, True),
        Word("apply", 85, 105, 100, 10, False, False),
    ]
    (line,) = lines_of(words, [])
    assert line.text == "data apply"
    assert line.marks == (NoteMark(("1",), "data", "apply"),)


def test_a_mark_in_words_that_a_page_has_twice_has_no_place() -> None:
    mark = NoteMark(("1",), "thewagerose", "inspring")
    line = Line("the wage rose in spring", 0, 90, 100, 10, marks=(mark,))
    blocks = [Block(BlockKind.PARAGRAPH, "As the wage rose in spring, all stayed.", 1)]
    (once,) = with_marks(one_page(blocks), {1: [line]})
    assert once.blocks[0].marks == ((16, "1"),)
    (twice,) = with_marks(one_page(blocks * 2), {1: [line, line]})
    assert [block.marks for block in twice.blocks] == [(), ()]


def test_a_mark_in_a_sentence_said_twice_is_told_by_what_stands_before() -> None:
    said = "This was never written down in any of the towns."
    letters = "Thiswasneverwrittendowninanyofthetowns"
    lines = [
        Line("Ada asked.", 0, 90, 100, 10),
        Line(said, 0, 90, 112, 10, marks=(NoteMark(("1",), letters, ""),)),
        Line("Bo asked.", 0, 90, 124, 10),
        Line(said, 0, 90, 136, 10),
    ]
    blocks = [Block(BlockKind.PARAGRAPH, f"{name} asked. {said}", 1) for name in ("Ada", "Bo")]
    (page,) = with_marks(one_page(blocks), {1: lines})
    assert [block.marks for block in page.blocks] == [((58, "1"),), ()]


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("15 Council of Wages.", "15", "Council of Wages."),
        ("(2) Council of Wages.", "2", "Council of Wages."),
        ("iv. Council of Wages.", "iv", "Council of Wages."),
        ("†Council of Wages.", "†", "Council of Wages."),
        ("** Council of Wages.", "**", "Council of Wages."),
        ("2018 was wet.", "2", ""),
        ("Council of Wages.", "1", ""),
    ],
)
def test_what_a_note_begins_with_is_its_label(text: str, label: str, said: str) -> None:
    mark = NoteMark((label,), "thewagerose", "")
    line = Line("the wage rose", 0, 90, 100, 10, marks=(mark,))
    body = Block(BlockKind.PARAGRAPH, "As the wage rose, all stayed.", 1)
    pages = with_marks(one_page([body, Block(BlockKind.FOOTNOTE, text, 1)]), {1: [line]})
    assert [tie[2] for tie in ties(pages)] == [said] * bool(said)


def with_list_at_end(*labels: str, marks: Sequence[tuple[int, str]]) -> list[Page]:
    """Pages with marks behind "It rose.", and on page 9 notes of these labels."""
    pages = [
        Page(
            number,
            Health.TEXT,
            (Block(BlockKind.PARAGRAPH, "It rose.", number, marks=((7, mark),)),),
        )
        for number, mark in marks
    ]
    notes = [Block(BlockKind.FOOTNOTE, f"{n} Source {n}.", 9, note=n) for n in labels]
    return [*pages, Page(9, Health.TEXT, tuple(notes))]


def test_a_list_of_notes_at_the_end_is_meant_from_afar() -> None:
    pages = with_list_at_end("1", "2", "3", marks=[(1, "1"), (4, "3")])
    assert [tie[1:] for tie in ties(pages)] == [("1", "Source 1."), ("3", "Source 3.")]


def test_roman_numbers_count_a_list_at_the_end_too() -> None:
    pages = with_list_at_end("i", "ii", "iii", marks=[(1, "i"), (4, "iii")])
    assert [tie[1:] for tie in ties(pages)] == [("i", "Source i."), ("iii", "Source iii.")]
    assert ties(with_list_at_end("i", "iii", "iv", marks=[(1, "iii")])) == []


@pytest.mark.parametrize(
    "pages",
    [
        with_list_at_end("1", "2", marks=[(1, "1")]),  # two notes of one page are no list
        with_list_at_end("2", "3", "4", marks=[(1, "2")]),  # the numbers of a page
        with_list_at_end("1", "2", "3", marks=[(1, "2"), (4, "2")]),  # one of two chapters
        with_list_at_end("1", "2", "3", "1", marks=[(1, "1")]),
        with_list_at_end("1", "2", "3", marks=[(1, "4")]),
    ],
)
def test_what_may_be_no_list_at_the_end_is_not_meant(pages: list[Page]) -> None:
    assert ties(pages) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("xviii Letter of May.", "xviii"),
        ("xcix. Letter of May.", "xcix"),
        ("civil society was not heard.", ""),
        ("il en va de même.", ""),
    ],
)
def test_a_word_of_the_letters_of_roman_numbers_is_no_number_of_a_note(
    text: str, label: str
) -> None:
    (page,) = with_marks(one_page([Block(BlockKind.FOOTNOTE, text, 1)]), {})
    assert page.blocks[0].note == label


@pytest.mark.parametrize(("raised", "said"), [("xiv", "as told"), ("civil", "as told civil")])
def test_a_raised_word_of_the_letters_of_roman_numbers_stays(raised: str, said: str) -> None:
    words = [Word("as", 50, 60, 100, 10, False, False), Word("told", 63, 80, 100, 10, False, False)]
    words.append(Word(raised, 83, 100, 95, 6, False, False))
    (line,) = lines_of(words, [])
    assert line.text == said
