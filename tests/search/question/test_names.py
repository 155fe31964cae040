"""Names in a question, and those that no passage has."""

from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from search.question.names import absent
from search.question.reading import read


@pytest.fixture
def words(tmp_path: Path) -> StemmedWords:
    rows = [
        (1, "", "", "Agencies in Borland (EFSA) hired 42,609 people in 2014 under rule 17."),
        (2, "Notes from Arland", "Visits of Ukrainians", "The towns paid, and a labour court."),
        (3, "", "", "A caseload; 500 towns and 42 villages."),
    ]
    return StemmedWords.build(rows, tmp_path)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("agencies in Bhutan", ("Bhutan",)),
        ("agencies in Borland", ()),
        ("Who paid in Malta, Malta or Bhutan in 2027?", ("Malta", "Bhutan", "2027")),
        ("Borduria pays", ()),  # the first word has a capital anyway
        ("Bhutan pays", ("Bhutan",)),  # but a country is a name wherever it stands
        ("towns bhutan paid", ("bhutan",)),
        ("Bhutan Fund pays in towns", ("Bhutan Fund",)),  # but not the second
        ("the Kuala Lumpur towns", ("Kuala Lumpur",)),
        (
            "who has paid in Bhutan-Nepal, Bhutan Malta 2027",
            ("Bhutan-Nepal", "Bhutan Malta", "2027"),
        ),
        ("agencies in bhutan", ("bhutan",)),  # as it is typed on a telephone
        ("visits from kuala lumpur", ("kuala lumpur",)),
        ("did zebras pay in arland", ()),
        ("the 2027 zebras", ("2027",)),
        ("EFQ pays", ("EFQ",)),  # but an acronym all of them
        ("EFQ", ("EFQ",)),
        ("Towns Paid By Borduria", ()),  # a title
        ("Towns Paid By Bhutan", ("Bhutan",)),
        ("towns paid by Bhutan, Malta, Kuala Lumpur", ("Bhutan", "Malta", "Kuala Lumpur")),
        ("WHO PAID BORDURIA", ()),
        ("WHO PAID BHUTAN", ("BHUTAN",)),
        ("who paid Ukraine", ()),  # its people are there
        ("who paid Britain", ("Britain",)),
        ("Wann zahlt der Hafen den Lohn?", ()),  # German nouns have capitals
        ("Wann zahlt der BHF den Lohn in Malta?", ("BHF", "Malta")),
        ("WHO PAID IN BHUTAN", ("BHUTAN",)),
        ("the EU in 12 weeks", ()),  # too short
        ("the Ukrainian visit to Arland", ()),  # in a heading, with another ending; in a title
        ("42,609 people", ()),
        ("42,500 people", ("42,500",)),  # both numbers are there, not side by side
        ("zebras", ()),
        ("", ()),
    ],
)
def test_names_that_no_passage_has(
    words: StemmedWords, question: str, names: tuple[str, ...]
) -> None:
    assert absent(words, question, frozenset()) == names


def test_what_is_read_otherwise_is_not_absent(words: StemmedWords) -> None:
    def missed(question: str) -> tuple[str, ...]:
        return read(words, question, lambda texts: [2] * len(texts)).absent

    assert missed("agencies in Borlund") == ()  # read as "borland"
    assert missed("were 42609 people paid") == ()  # has commas there
    assert missed("towns with a Labor court") == ()  # is spelt otherwise there
    assert missed("agencies in Bhutan") == ("Bhutan",)
    assert missed("how much did Your town pay") == ()  # a word without a meaning of its own
