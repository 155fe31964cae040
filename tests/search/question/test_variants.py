"""Other ways to write what a question says, as this library writes it."""

from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from search.question.variants import Form, cut_in_two, joined, numbers, spelt


@pytest.fixture
def words(tmp_path: Path) -> StemmedWords:
    rows = [
        (1, "", "", "Caseload and logframe of those who overstayed; a handover; an asset"),
        (2, "", "", "The work plan was kept. Work plans and follow up"),
        (3, "", "", "The car of a driver, port of call; notable"),
        (4, "", "", "Underlying causes, careful"),
    ]
    return StemmedWords.build(rows, tmp_path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the case load of a town", [(("case", "load"), ("caseload",))]),
        ("Case loads", [(("case", "load"), ("caseload",))]),  # whatever the ending
        ("who over stayed", [(("over", "stay"), ("overstay",))]),
        ("hand over of files", [(("hand", "over"), ("handov",))]),
        ("as set out", []),  # "as" begins no word
        ("not able to pay", []),
        ("under lying causes", []),  # the stem of "underlying" is "under"
        ("car ful", []),
        ("caseload", []),
        ("case work", []),  # no word of this library
        ("", []),
    ],
)
def test_two_words_that_the_library_writes_as_one(
    words: StemmedWords, text: str, found: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert list(joined(words, text)) == [Form(*pair) for pair in found]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("workplan", "work plan"),
        ("WorkPlans", "work plans"),
        ("followup", "follow up"),
        ("cardriver", ""),  # both are there, but not side by side
        ("carport", ""),
        ("ofcall", ""),  # a word without a meaning of its own
        ("plan", ""),
        ("2021", ""),
    ],
)
def test_a_word_that_the_library_writes_as_two(words: StemmedWords, word: str, parts: str) -> None:
    assert cut_in_two(words, word) == parts


@pytest.mark.parametrize(
    ("third", "parts"), [("one road shop", "road shop"), ("her roads hop", "roads hop")]
)
def test_of_two_places_to_part_a_word_the_usual_one_is_taken(
    tmp_path: Path, third: str, parts: str
) -> None:
    rows = [(1, "", "", "a road shop"), (2, "", "", "roads hop"), (3, "", "", third)]
    words = StemmedWords.build(rows, tmp_path)
    assert cut_in_two(words, "roadshop") == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("42609 dependents", [(("42609",), ("42", "609"))]),
        ("1500 of them", [(("1500",), ("1", "500"))]),
        ("over 1200000?", [(("1200000",), ("1", "200", "000"))]),
        ("33,361 or 33 361", [(("33", "361"), ("33361",))] * 2),
        ("1.200.000", []),  # the library has it with commas: the terms are the same
        ("$200k", [(("200k",), ("200", "000"))]),
        ("354M, 1.2bn", [(("354m",), ("354", "million")), (("1", "2bn"), ("1", "2", "billion"))]),
        ("in 2017", []),  # a year, though the library has 2,017
        ("77777", []),  # not in this library
        ("1.5 or 500 or 0030", []),
        ("version 4.42609", []),
        ("9" * 2000, []),
    ],
)
def test_numbers_as_the_library_writes_them(
    tmp_path: Path, text: str, found: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    rows = [
        (1, "", "", "For 42,609 dependents, 1,500 of them new, 1,200,000 in all; 33361 left."),
        (2, "", "", "2,017 people paid 200,000 for 354 million and 1.2 billion; 15, 30."),
    ]
    words = StemmedWords.build(rows, tmp_path)
    assert list(numbers(words, text)) == [Form(*pair) for pair in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("labor laws", [("labor", "labour")]),
        ("the labour centre", [("labour", "labor"), ("centr", "center")]),
        ("Organisations that analyze", [("organis", "organiz"), ("analyz", "analys")]),
        ("organisers", [("organis", "organiz")]),  # another ending of a word that is there
        ("program and programmes", [("program", "programm"), ("programm", "program")]),
        ("licensing offences", [("licens", "licenc")]),
        ("authorised", []),  # the library has "author", which is the stem of "authorize"
        ("four hours, to enter", []),  # though it has "for" and "entre"
        ("tours with monitors", []),
        ("", []),
    ],
)
def test_the_other_spelling_where_the_library_has_it(
    tmp_path: Path, text: str, found: list[tuple[str, str]]
) -> None:
    rows = [
        (1, "", "", "Labour programmes of the center: the licence was for an author, entre autres"),
        (2, "", "", "Labor program of a centre: organizing and organising, an analysis analysed"),
    ]
    words = StemmedWords.build(rows, tmp_path)
    assert list(spelt(words, text)) == [Form((asked,), (other,)) for asked, other in found]
