from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from search.question.spelling import has_stem_by_chance, nearest, nearest_other, nearest_written


@pytest.fixture
def words(tmp_path: Path) -> StemmedWords:
    rows = [
        (1, "", "", "Copenhagen hosted a municipality and its behaviour"),
        (2, "", "", "Sugarman wrote on behaviour and on the border of Austria"),
        (3, "", "", "Twinning, mentoring and shadowing were monitored; a twinning evaluation"),
        (4, "", "", "They were showing the Réunion how monitoring is done"),
    ]
    return StemmedWords.build(rows, tmp_path)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("sugerman", "sugarman"),  # a letter exchanged
        ("bordr", "border"),  # one left out
        ("boorder", "border"),  # one put in
        ("bodrer", "border"),  # two swapped
        ("Copenhagn", "copenhagen"),
        ("cupenhagan", ""),  # two edits, but one is the second letter
        ("coppenhagan", "copenhagen"),  # two edits
        ("boorders", "border"),  # the library has it without its ending
        ("minicipals", "municipality"),  # near the stem alone: the word is said, not "municip"
        ("twinnig", "twinning"),  # a misspelt ending is not cut: "twinnig" is far from "twin"
        ("shadowng", "shadowing"),
        ("monitring", "monitoring"),
        ("evaluaton", "evaluation"),
        ("Renunion", "reunion"),  # as it is compared, without its accent
        ("shading", ""),  # two edits from "showing", but short without its ending
        ("lorder", ""),  # the first letter is never an edit
        ("boder", "border"),  # five letters are enough
        ("wree", ""),  # one edit from "were", but too short
        ("19980", ""),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_nearest(words: StemmedWords, word: str, near: str) -> None:
    assert nearest(words, word) == near


def test_two_edits_only_where_they_are_allowed(words: StemmedWords) -> None:
    assert nearest(words, "coppenhagan", edits=1) == ""


def test_words_as_they_are_written_alone(words: StemmedWords) -> None:
    assert nearest_written(words, "bordr") == "border"
    assert nearest_written(words, "minicipals") == ""  # near a stem alone
    assert nearest_written(words, "bor") == ""


@pytest.fixture
def extents(tmp_path: Path) -> StemmedWords:
    rows = [
        (1, "", "", "An extension of the visa, to an extent; an injection; a remit"),
        (2, "", "", "Lending to a leader; monitoring; the remittances; infections"),
        (3, "", "", "An extension; remittances; the monitors"),
        (4, "", "", "To a great extent"),
    ]
    return StemmedWords.build(rows, tmp_path)


@pytest.mark.parametrize(
    ("word", "chance"),
    [
        ("extention", True),  # the stem of "extent"
        ("Remitances", True),
        ("extension", False),  # written
        ("injections", False),  # the plural of what is written
        ("lends", False),  # a plain ending behind the stem of "lending"
        ("monitored", False),
        ("remit", False),
        ("lend", False),  # too short
        ("2017", False),
        ("", False),
    ],
)
def test_words_that_share_a_stem_by_chance(extents: StemmedWords, word: str, chance: bool) -> None:
    assert has_stem_by_chance(extents, word) == chance


def test_the_nearest_word_of_another_stem(extents: StemmedWords) -> None:
    assert nearest_other(extents, "extention") == "extension"
    assert nearest_other(extents, "remitances") == "remittances"
    assert nearest_other(extents, "extents") == ""  # "extent" has its stem


def test_a_word_half_as_frequent_is_not_meant(tmp_path: Path) -> None:
    rows = [(number, "", "", "to an extent") for number in range(3)]
    words = StemmedWords.build([*rows, (3, "", "", "an extension")], tmp_path)
    assert nearest_other(words, "extention") == ""  # in one passage, "extent" in three
    (tmp_path / "more").mkdir()
    words = StemmedWords.build([*rows[1:], (3, "", "", "an extension")], tmp_path / "more")
    assert nearest_other(words, "extention") == "extension"  # in one, "extent" in two
