"""Names in a question, and those that no passage has."""

from pathlib import Path

import pytest

from index.words import StemmedWords
from search.names import absent
from search.reading import read


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
        ("Bhutan pays", ()),  # the first word has a capital anyway
        ("EFQ pays", ("EFQ",)),  # but an acronym all of them
        ("EFQ", ("EFQ",)),
        ("Towns Paid In Bhutan", ()),  # a title
        ("WHO PAID IN BHUTAN", ()),
        ("the EU in 12 weeks", ()),  # too short
        ("the Ukrainian visit to Arland", ()),  # in a heading, with another ending; in a title
        ("42,609 people", ()),
        ("42,500 people", ("42,500",)),  # both numbers are there, not side by side
        ("agencies in bhutan", ()),
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
