"""What speaks for a result: the words it shares with the question."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from index.library import Library
from index.rows.records import StoredDocument, StoredPassage
from ingest.records import BlockKind, Metadata, Passage
from search.browsing.why import Why, whys
from search.find import find
from search.records import Answer, Candidate, Quote, Result


def first(library: Library, question: str) -> Why:
    answer = find(library, question, k=1)
    return whys(library.views().words, answer, answer.results)[1]


def of_first(
    tmp_path: Path,
    rows: list[tuple[int, str, str, str]],
    question: str,
    read_as: tuple[tuple[str, str], ...] = (),
    in_english: str = "",
) -> Why:
    """What speaks for the first of some passages, each a number, title, heading and text."""
    _, title, heading, text = rows[0]
    section = (heading,) if heading else ()
    passage = Passage(0, text, section, BlockKind.PARAGRAPH, 1, 1)
    document = StoredDocument("d", "f", "a.pdf", "", Metadata(title=title), "now", 1, 1, 0)
    stored = StoredPassage(1, "p", "d", passage)
    candidate = Candidate(1, 0.5, 0.25, 0, 0, 0, 0, 5)
    result = Result(1, 0.5, stored, document, Quote(0, 5, 1), candidate)
    answer = Answer(question, True, None, 1, (result,), read_as, in_english=in_english)
    return whys(StemmedWords.build(rows, tmp_path), answer, [result])[1]


def test_words_it_shares_and_words_it_lacks(library: Library) -> None:
    found = first(library, "Why did ministers fear a backlash over sourdough?")
    assert found.matched == ("ministers", "fear", "backlash")
    assert found.missing == ("sourdough",)


@pytest.mark.parametrize("question", ["how do you do", "Who are YOU?", "?! a"])
def test_words_without_a_meaning_are_neither(library: Library, question: str) -> None:
    found = first(library, question)
    assert (found.matched, found.missing) == ((), ())


def test_a_misspelt_word_is_shared_as_what_it_is_read_as(library: Library) -> None:
    assert first(library, "did ministers fear a baklash").matched == (
        "ministers",
        "fear",
        "baklash",
    )


def test_headings_count_and_words_of_most_passages_do_not(tmp_path: Path) -> None:
    rows = [
        (1, "Ferry notes", "Storms", "The town shut its harbour."),
        (2, "", "", "The town and the children."),
        (3, "", "", "A piano and the children."),
        (4, "", "", "Snow fell on the town."),
        (5, "", "", "Rain fell."),
    ]
    question = "town harbours ferry storm snow piano children zebra harbours"
    found = of_first(tmp_path, rows, question)
    # "town" is in three of five: ln(1 + 2.5 / 3.5) = .54; "children" in two: ln(1 + 3.5 / 2.5)
    # = .88; the others in one or none
    missing = ("snow", "piano", "children", "zebra")
    assert found == Why(("harbours", "ferry", "storm"), missing, (), 0.5, 0.25)


def test_a_word_that_means_nearly_the_same_is_told_in_place_of_the_one_it_lacks(
    tmp_path: Path,
) -> None:
    rows = [
        (1, "Notes", "", "They paid for a Telephone, and a fee."),
        (2, "", "", "Snow fell."),
        (3, "", "", "Rain fell."),
        (4, "", "", "Ice, and no phone."),
    ]
    found = of_first(tmp_path, rows, "phone fees zebra telefone", (("telefone", "telephone"),))
    assert (found.matched, found.missing) == (("fees", "telefone"), ("zebra",))
    assert found.near == (("phone", "telephone"),)
    misspelt = of_first(tmp_path, rows, "fone", (("fone", "phone"),))
    assert misspelt.near == (("fone", "telephone"),)


def test_a_word_read_as_two_is_shared_where_both_are(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "The study visit of a mayor."),
        (2, "", "", "Rain."),
        (3, "", "", "Snow."),
        (4, "", "", "Ice."),
    ]
    read_as = (("studyvisit", "study visit"), ("mayorrain", "mayor rain"))
    found = of_first(tmp_path, rows, "studyvisit mayorrain", read_as)
    assert (found.matched, found.missing) == (("studyvisit",), ("mayorrain",))


def test_a_number_in_words_is_shared_as_the_figure_it_is_read_as(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "Article 21"),
        (2, "", "", "Rain."),
        (3, "", "", "Snow."),
        (4, "", "", "Ice."),
    ]
    read_as = (("Article twenty-one", "Article 21"),)
    found = of_first(tmp_path, rows, "rain, Article twenty-one", read_as)
    assert (found.matched, found.missing) == (("Article", "21"), ("rain",))


def test_a_word_of_the_question_in_another_language(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "Die Stadt zahlt die Unterkunft nicht. Das hat sie ihnen gesagt."),
        (2, "", "", "Rain fell on the harbour."),
        (3, "", "", "Snow fell on the harbour."),
    ]
    found = of_first(tmp_path, rows, "accommodation costs harbour")
    assert found.near == (("accommodation", "Unterkunft"),)
    assert found.missing == ("costs",)  # "harbour" stands in most passages


def test_a_question_in_another_language(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "Die Stadt zahlt die Unterkunft nicht. Wohnungen sind es, die fehlen."),
        (2, "", "", "The city pays for flats."),
        (3, "", "", "Rain fell on the harbour."),
        (4, "", "", "Snow fell on the harbour."),
        (5, "", "", "The ferry was late."),
    ]
    found = of_first(
        tmp_path,
        rows,
        "Wer zahlt für Unterkunft und Heime und Schnee?",
        in_english="who pay for accommodation and flat and snow?",
    )
    assert found.matched == ("pay", "accommodation")  # words that were asked
    assert found.near == (("flat", "Wohnungen"),)
    assert found.missing == ("snow",)
