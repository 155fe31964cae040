"""Letters, words and sentences that a file breaks: the rules alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from typeset import drawn, new_pdf, put, type_3

from ingest.engines.ligatures import letters, named, plain_width
from ingest.engines.lost_spaces import in_letters, in_suspect
from ingest.engines.raised_figures import place_of
from ingest.prose.clean import Vocabulary, join, tidy, tidy_printed
from ingest.prose.sentences import spans
from ingest.records import Page


def test_a_ligature_is_known_by_the_word_where_the_font_has_no_plain_f() -> None:
    # In parts of the font size: fi .60, a plain f .40, the font's only one .60.
    assert plain_width("f", 0.6, "fles") == 0.4
    assert plain_width("f", 0.6, "flow") == 0.6
    assert letters("f", 0.6 / plain_width("f", 0.6, "fles"), "", "les") == "fi"


def test_glyphs_of_ffi_under_another_name() -> None:
    assert tidy_printed("The O\ufb00ce was e\ufb00ective") == "The Office was effective"
    assert tidy_printed("E°ciency at 20°c") == "Efficiency at 20°c"


def test_an_address_over_a_line_end() -> None:
    words = Vocabulary([])
    assert join("see https://example.org/for-", "review/data", words) == (
        "see https://example.org/for-review/data"
    )
    assert join("see https://", "example.org/a_b", words) == "see https://example.org/a_b"
    assert join("https://example.org/", "https://example.net/", words) == (
        "https://example.org/ https://example.net/"
    )
    assert tidy_printed("found underhttps://example.org") == "found under https://example.org"


def test_an_address_that_a_line_end_cuts_behind_a_full_stop() -> None:
    words = Vocabulary([])
    assert join("see https://www.example.", "gov/data (read in May)", words) == (
        "see https://www.example.gov/data (read in May)"
    )
    assert (
        join("https://example.org/a_b.", "pdf (read", words) == "https://example.org/a_b.pdf (read"
    )
    assert join("https://example.org/67531/", "meta799756 (read", words) == (
        "https://example.org/67531/meta799756 (read"
    )
    for right in ("Data are few.", "e.g. in May", "12 https://example.net/a", "papers and pdf"):
        assert join("see https://example.org.", right, words) == f"see https://example.org. {right}"
    assert join("the data of May.", "gov/data", words) == "the data of May. gov/data"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("see https://", "www.example.org/a (read"),
        ("https://example.org/pkg/", "FR-2014-12-02/pdf/FR.pdf (read"),
        ("https://example.org/2015/03/", "The-Data-Decision-of-Towns"),
        ("https://example.org/papers/", "PrivacyOnTheMap.pdf (read"),
        ("www.example.org/ETA/", "TAAC/pdfs/TAAC_Sheet"),
    ],
)
def test_an_address_goes_on_in_capitals_where_its_marks_do(left: str, right: str) -> None:
    assert join(left, right, Vocabulary([])) == left + right


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("see https://example.org/", "The data are few."),
        ("see https://example.org/", "Cross-border work"),
        ("see https://example.org/", "www.example.net/"),
        ("see http://", "https://www.example.org/"),
    ],
)
def test_what_follows_a_whole_address_stays_apart(left: str, right: str) -> None:
    assert join(left, right, Vocabulary([])) == f"{left} {right}"


def test_a_space_within_the_files_of_an_address_goes() -> None:
    assert tidy_printed("https://example.org/sites/f iles/a") == "https://example.org/sites/files/a"
    assert tidy_printed("of type a/f iles are kept") == "of type a/f iles are kept"


def test_capitals_over_a_line_end_are_one_word_where_the_document_has_it() -> None:
    words = Vocabulary(["the CIPSEA act, the EU-FRANK group and CIPSEA", "of eufrank.example"])
    assert join("under CIP-", "SEA rules", words) == "under CIPSEA rules"
    assert join("the EU-", "FRANK group", words) == "the EU-FRANK group"
    assert join("the EU-", "IOM office", words) == "the EU-IOM office"
    assert join("the CIP-", "sea", words) == "the CIP-sea"


def test_a_syllable_that_is_a_word_too() -> None:
    words = Vocabulary(["steps taken by high and low"])
    assert join("steps tak-", "en", words) == "steps taken"
    assert join("prov-", "en to work", words) == "proven to work"
    assert join("the high-", "to low-income towns", words) == "the high- to low-income towns"


def test_initials_in_small_letters_end_no_sentence() -> None:
    text = "Es gilt § 33 i. V. m. § 115. Danach ist zu verfahren."
    assert [text[a:b] for a, b in spans(text)] == [
        "Es gilt § 33 i. V. m. § 115.",
        "Danach ist zu verfahren.",
    ]
    assert len(spans("An act (Pub. L. No. 112-10). It passed.")) == 2


def test_gaps_within_words() -> None:
    assert in_letters("expectedby", [0.1] * 7 + [0.21, 0.1], set()) == [8]
    assert in_letters("regional", [0.1] * 6 + [0.21], set()) == []  # beside a thin letter
    assert in_letters("underthe", [0.1] * 4 + [0.21, 0.1, 0.1], {"under", "the"}) == [5]
    assert in_letters("ofthe", [0.07, 0.18, 0.1, 0.12], {"of", "the"}) == [2]
    assert in_letters("ofthe", [0.07, 0.18, 0.1, 0.12], {"of"}) == []
    assert in_letters("often", [0.07, 0.17, 0.1, 0.12], {"of", "ten"}) == []  # kerning
    assert in_letters("TITLE", [0.3] * 4, set()) == []
    assert in_letters("(expectedby),", [0.1] * 8 + [0.21] + [0.1] * 3, set()) == [9]
    # PDFium's sign for the hyphen of a divided word.
    assert in_letters("expectedby\ufffe", [0.1] * 7 + [0.21] + [0.1] * 2, set()) == [8]
    # In code between two words alone, with the marks beside them or without.
    assert in_letters("x_expectedby", [0.1] * 9 + [0.21, 0.1], {"by", "the"}) == []
    assert in_letters("x_expectedby", [0.1] * 9 + [0.21, 0.1], {"by", "expected"}) == [10]
    assert in_letters("x_expectedby", [0.1] * 9 + [0.21, 0.1], {"by", "x_expected"}) == [10]
    assert in_suspect("2016-23672", [0.2] + [0.22] * 8) == []
    assert in_suspect("theEnd", [0.05, 0.05, 0.22, 0.05, 0.05]) == [3]


def test_codes_of_bitmap_fonts_are_the_glyphs_they_stand_for() -> None:
    assert tidy_printed(named("The sta\x1b met o\x1ecers; \x1crst re\x1dections, ra\x1fes.")) == (
        "The staff met officers; first reflections, raffles."
    )
    assert named("\x88 reached \x15 in part, 201\x15219") == "• reached – in part, 201–219"
    # Of fonts whose letters have other codes nothing can be known.
    for other in ("a\x88b", "a\x15b", "\x1b\x1c \x1d", "3\x1e4"):
        assert named(other) == other


def test_ligatures_in_another_order_are_told_by_the_words_they_make() -> None:
    source = "We de\x1bne \x1brst how di\x1derent o\x1cces \x1bnd sta\x1d, con\x1eicts too."
    said = "We define first how different offices find staff, conflicts too."
    assert tidy_printed(named(source)) == said
    # Where no word tells, the order is T1's.
    assert tidy_printed(named("Of \x1cobz and u\x1bobz.")) == "Of fiobz and uffobz."
    # One word that tells says how those are to be read that tell nothing.
    assert tidy_printed(named("They \x1bnd it switched o\x1d.")) == "They find it switched off."


def test_a_word_of_many_letters_is_looked_at_once() -> None:
    assert named("a" * 300_000) == "a" * 300_000  # from each letter on it took half an hour


def test_a_file_in_a_bitmap_font_keeps_its_ligatures(tmp_path: Path) -> None:
    text = b"The o\x1ecers met \x1crst and were e\x1bective."
    font = type_3({code: b"a%d" % code for code in text})
    said = drawn(tmp_path / "paper.pdf", font, b"<" + text.hex().encode() + b"> Tj")
    assert said == "The officers met first and were effective."


def test_figures_that_the_font_raises_are_numbers_of_notes(tmp_path: Path) -> None:
    # Of one size and baseline: the 1 stands .4 letter sizes high, the 2 on the line, and a flat
    # minus sign is called 3.
    text = b"Nobody had asked.1 When H2 came, all was at 3 5 and over."
    names = {code: bytes([code]) for code in text if chr(code).isalpha()}
    names |= {ord("."): b"period", ord(","): b"comma"}
    names |= {ord("1"): b"one", ord("2"): b"two", ord("3"): b"three", ord("5"): b"five"}
    drawn_by = {b"one": 7, b"three": 8}
    glyphs = b" ".join(b"/%s %d 0 R" % (one, drawn_by.get(one, 6)) for one in names.values())
    boxes = (
        b"500 0 0 %d 500 %d d1 0 %d 500 %d re f" % one
        for one in ((0, 700, 0, 700), (400, 800, 400, 400), (250, 300, 250, 50))
    )
    said = drawn(tmp_path / "a.pdf", type_3(names, glyphs), b"(" + text + b") Tj", *boxes)
    assert said == "Nobody had asked. When H2 came, all was at 3 5 and over."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("fixed.12", (6, 8)),
        ("asked3,", (5, 6)),
        ("3A", (0, 1)),
        ("7", (0, 1)),
        ("2019", None),
        ("a1b", None),
        ("20-5", None),
    ],
)
def test_where_a_number_of_a_note_may_stand(text: str, place: tuple[int, int] | None) -> None:
    assert place_of(text) == place


def test_gaps_beside_marks_and_hyphens() -> None:
    assert in_letters("twodays,", [0.05, 0.05, 0.27, 0.05, 0.05, 0.05, 0.01], set()) == [3]
    # Between the thin i and r: the eighth gap.
    assert in_letters("Celle-cireposait", [0.05] * 7 + [0.23] + [0.05] * 7, set()) == [8]
    assert in_letters("Celle-cireposait", [0.05] * 7 + [0.2] + [0.05] * 7, set()) == []
    assert in_letters("long-term", [0.05] * 3 + [0.4] + [0.05] * 4, set()) == []


def test_an_article_alone_needs_a_wider_gap() -> None:
    assert in_letters("afile", [0.28, 0.05, 0.05, 0.05], set()) == [1]
    assert in_letters("afile", [0.24, 0.05, 0.05, 0.05], {"a", "file"}) == []
    assert in_letters("xfile", [0.28, 0.05, 0.05, 0.05], set()) == []
    assert in_letters("ofayear", [0.05, 0.28, 0.31, 0.05, 0.05, 0.05], set()) == [2, 3]


def test_an_accent_typed_for_an_apostrophe_is_one(read: Callable[[FPDF], tuple[Page, ...]]) -> None:
    pdf = new_pdf()
    put(pdf, 60, 100, ["The project´s officers said it was the town`s plan and the hosts´ own."])
    ((block,),) = (page.blocks for page in read(pdf))
    assert block.text == "The project's officers said it was the town's plan and the hosts' own."
    # Beside no letter a grave accent is itself, as in code.
    assert tidy("The `name` of a `read` file") == "The `name` of a `read` file"
