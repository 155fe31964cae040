"""Letters as words are compared by: points, variants and what nobody sees."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from corpus import labelled
from index.languages.letters import folded, unmarked
from index.languages.stemming import analyzer, as_written, stems

LABELLED = Path(labelled.__file__).parent / "labelled"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"),  # points
        ("\ufb2a\u05b8\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),  # shin drawn with its dot
        ("\u0628\u05c4", "\u0628"),  # a mark of another script
        ("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u0645\u0640\u0640\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),  # drawn out
        ("\u0631\u062d\u0645\u0670\u0646", "\u0631\u062d\u0645\u0646"),
        ("\u0625\u0644\u0649", "\u0627\u0644\u064a"),  # alef with hamza, dotless yeh
        ("\u0627\u0655\u0644\u0649", "\u0627\u0644\u064a"),  # the same in two characters
        ("\u0645\u062f\u0631\u0633\u0629", "\u0645\u062f\u0631\u0633\u0647"),  # teh marbuta
        ("\u06a9\u06cc", "\u0643\u064a"),  # Persian kaf and yeh
        ("\ufedb\ufe98\ufe8e\ufe8f", "\u0643\u062a\u0627\u0628"),  # letters as drawn
        ("\u0915\u094d\u092f\u093e", "\u0915\u092f\u093e"),  # a stroke between two letters
        ("\u0391\u03b8\u03ae\u03bd\u03b1\u03c2", "\u03b1\u03b8\u03b7\u03bd\u03b1\u03c3"),
        ("\u0391\u0398\u0397\u039d\u0391\u03a3", "\u03b1\u03b8\u03b7\u03bd\u03b1\u03c3"),
        ("\u0437\u0430\u0301\u043c\u043e\u043a", "\u0437\u0430\u043c\u043e\u043a"),  # a stress
        ("\u0438\u0306", "\u0439"),  # a letter of its own, in two characters
        ("\u0451\u043b\u043a\u0430", "\u0435\u043b\u043a\u0430"),  # dots that print leaves out
        ("\u0415\u0308\u043b\u043a\u0430", "\u0435\u043b\u043a\u0430"),  # in two characters
        ("re\u0301sume\u0301", "resume"),
        ("x\u0302y", "xy"),  # no letter is composed of these
        ("\u0130zmir", "izmir"),
        ("re\u00adset\u200btle\u200d\u2060ment\ufeff", "resettlement"),
        ("\u200f2019\u200e", "2019"),
        ("\u0662\u0660\u0661\u0669", "2019"),
        ("\u0e19\u0e38", "\u0e19\u0e38"),  # a vowel of its own
        ("\u30ab\u3099", "\u30ac"),
        ("\u845b\U000e0100\u57ce", "\u845b\u57ce"),  # which drawing of a character is meant
    ],
)
def test_what_makes_no_other_word(written: str, word: str) -> None:
    assert as_written(written) == as_written(word) == [word]


def test_a_hyphen_of_hebrew_parts_words() -> None:
    assert as_written("\u05d1\u05b5\u05bc\u05d9\u05ea\u05be\u05e1\u05e4\u05e8") == [
        "\u05d1\u05d9\u05ea",
        "\u05e1\u05e4\u05e8",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ministers feared “a backlash” – 1,250 of them…",
        "Die Unterkünfte kosten 12 €; l’été, año, straße",
        "\u0645\u062f\u0631\u0633\u0629",
        "\u0e19\u0e38",
        "\u0915\u094d\u092f\u093e",
        "\u0130zmir",
        "\u304b\u309a",  # a mark that makes another letter, though none is composed of both
        "\ud800 alone",
    ],
)
def test_what_is_shown_stays(text: str) -> None:
    assert unmarked(text) == text


def test_accents_are_of_their_letter_and_marks_go() -> None:
    assert unmarked("re\u0301sume\u0301") == "r\u00e9sum\u00e9"
    assert unmarked("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd") == "\u05e9\u05dc\u05d5\u05dd"
    assert unmarked("a\u200b\u00adb\u202e") == "ab"


def test_folding_again_changes_nothing_and_no_character_is_passed_by() -> None:
    for code in range(0x110000):
        character = chr(code)
        once = folded(character)
        assert folded(once) == once
        # Amid letters that are looked at, it comes to the same.
        if not unicodedata.combining(character):
            assert folded(f"\u0431{character}") == f"\u0431{once}"


def test_words_that_heads_are_learned_from_are_the_same() -> None:
    cut = analyzer()
    lines = (line for path in LABELLED.glob("*.jsonl") for line in path.open(encoding="utf-8"))
    texts = [row["text"] for row in map(json.loads, lines) if "text" in row]
    assert len(texts) > 1000
    assert all(stems(text) == cut.analyze(text) for text in texts[::10])
