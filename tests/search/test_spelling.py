from pathlib import Path

import pytest

from index.words import StemmedWords
from search.spelling import nearest


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
