"""Quotations in Hebrew and Arabic, which run from right to left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typeset import drawn, type_3

from ingest.engines.right_to_left import as_read, joined
from ingest.engines.sheets import Rule, Word
from ingest.prose.lines import lines_of

# "We did not know whom to ask" and "in the first weeks".
ASKED = "לא ידענו את מי לשאול"
WEEKS = "בשבועות הראשונים"


def shown(tmp_path: Path, *lines: str) -> str:
    """What is read of lines that are drawn from the left, as printers do, all ending at one place.

    The letters of the font are half a letter size wide, 5 points.
    """
    letters = sorted(set("".join(lines)))
    codes = {letter: code for code, letter in enumerate(letters, start=33)}
    font = type_3({code: b"g%d" % code for code in codes.values()})
    text = b"".join(
        b"1 0 0 1 %d %d Tm <%s> Tj "
        % (450 - 5 * len(line), 700 - 14 * n, bytes(codes[c] for c in line).hex().encode())
        for n, line in enumerate(lines)
    )
    meant = b"".join(b"<%02x> <%04x> " % (code, ord(letter)) for letter, code in codes.items())
    called = b"1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %sendbfchar" % (
        len(codes),
        meant,
    )
    return drawn(tmp_path / "a.pdf", font[:-2] + b"/ToUnicode 6 0 R>>", text, called)


def test_lines_from_right_to_left_are_whole(tmp_path: Path) -> None:
    assert shown(tmp_path, ASKED[::-1], "." + WEEKS[::-1]) == f"{ASKED} {WEEKS}."


def test_what_parts_the_pieces_of_a_persian_word_stays(tmp_path: Path) -> None:
    going = "\u0645\u06cc\u200c\u0631\u0648\u062f \u0628\u0647 \u062e\u0627\u0646\u0647"
    assert shown(tmp_path, going[::-1]) == going


def test_a_quotation_within_an_english_line_is_read_from_its_right(tmp_path: Path) -> None:
    said = shown(tmp_path, f"A father said: {ASKED[::-1]} and then he left")
    assert said == f"A father said: {ASKED} and then he left"


def words(*placed: tuple[str, float]) -> list[Word]:
    """Words on one baseline, from the right or the left, five points a letter."""
    return [Word(text, x, x + 5 * len(text), 100, 10, False, False) for text, x in placed]


def said(placed: Sequence[Word], rules: Sequence[Rule] = ()) -> list[tuple[str, float, float]]:
    return [(line.text, line.x0, line.x1) for line in lines_of(placed, rules)]


def test_figures_and_latin_words_keep_their_place_and_order() -> None:
    line = words(("בשנת", 250), ("2018", 225), ("Desk", 200), ("Help", 175), ("של", 160))
    assert said(line) == [("בשנת 2018 Help Desk של", 160, 270)]
    # Within an English line only figures stand between two words.
    line = words(("In", 50), ("של", 65), ("2018", 80), ("את", 105), ("and", 120), ("on", 140))
    assert said(line) == [("In את 2018 של and on", 50, 150)]
    line = words(("In", 50), ("את", 65), ("2018", 80), ("all", 105))
    assert said(line) == [("In את 2018 all", 50, 120)]


@pytest.mark.parametrize(
    ("left", "rule", "whole"),
    [
        # Between the words are 10 points, as high as the print, then 11; then a wall.
        (140.0, [], True),
        (139.0, [], False),
        (140.0, [Rule(170, 80, 170, 120)], False),
    ],
)
def test_words_far_apart_or_with_a_wall_between_are_cells(
    left: float, rule: list[Rule], whole: bool
) -> None:
    cells = words(("שאול", 175), ("ראשון", left))
    assert len(said(cells, rule)) == (1 if whole else 2)


def boxes(*lefts: float) -> list[tuple[float, float, float, float]]:
    """Of letters 5 points wide."""
    return [(left, left + 5, 0.0, 7.0) for left in lefts]


def test_letters_that_come_from_the_left_are_turned_round() -> None:
    assert as_read("ידענו", boxes(120, 115, 110, 105, 100), 20) == ("ידענו", 80, 105)
    assert as_read("ונעדי.", boxes(100, 105, 110, 115, 120, 95), 20) == ("ידענו.", 80, 105)
    # Figures run from left to right; a bracket of the other side does not count for the place.
    assert as_read("ל-25", boxes(120, 115, 105, 110), 0) == ("ל-25", 120, 125)
    assert as_read("את)", boxes(105, 100, 118), 0) == ("את)", 100, 110)


def test_a_vowel_sign_comes_after_its_letter() -> None:
    """It stands above or below it, right of where that one begins."""
    assert as_read("וְ", boxes(100, 102), 0)[0] == "וְ"
    assert as_read("ְו", boxes(102, 100), 0)[0] == "וְ"
    assert as_read("אֶת", boxes(105, 107, 100), 0)[0] == "אֶת"
    assert as_read("תֶא", boxes(100, 107, 105), 0)[0] == "אֶת"


def test_latin_words_that_come_from_the_right_stay_apart_and_are_looked_at_once() -> None:
    line = words(*((f"w{n:03}", 9000 - 25 * n) for n in range(300)), ("של", 50))
    pairs: list[tuple[Word, Word]] = []
    assert joined(line, lambda *pair: pairs.append(pair) or False) == line
    assert len(pairs) == 299


def test_lam_and_alef_of_one_glyph_come_in_their_order() -> None:
    one = "الأسابيع"  # its second and third letter are one glyph
    turned = one[0] + one[2] + one[1] + one[3:]
    places = boxes(135, 130, 130, 120, 115, 110, 105, 100)
    assert as_read(turned, places, 0)[0] == one
    # Two glyphs are an article.
    assert as_read("ال", boxes(105, 100), 0)[0] == "ال"
    # Where all letters came turned round, those two are right.
    assert as_read(one[::-1], places[::-1], 0)[0] == one
