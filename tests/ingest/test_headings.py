"""Which lines are headings, and what their level is."""

import pytest

from ingest.headings import is_heading, levels_of
from ingest.lines import Line
from ingest.paragraphs import Norms, Piece

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


@pytest.mark.parametrize(
    "sentence",
    [
        "Finding 3: Visits are paid for by each of the towns.",
        "Finding 4: Visits of three kinds are paid for by the EU.",
        "Finding 5: Visits of this kind were paid for until 2015.",
    ],
)
def test_a_bold_sentence_is_no_heading_whatever_its_last_letter(sentence: str) -> None:
    assert not is_heading(piece(sentence, bold=True), sentence, NORMS)


@pytest.mark.parametrize("title", ["Recommendation 1.", "Visits to towns in the U.S.", "Annex II."])
def test_a_title_with_a_stop_is_a_heading(title: str) -> None:
    assert is_heading(piece(title, bold=True), title, NORMS)
