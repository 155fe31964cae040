"""Where in a word figures of a note may stand."""

from __future__ import annotations

import pytest

from ingest.engines.raised_figures import place_of


@pytest.mark.parametrize(
    ("word", "figures"),
    [
        ("money12", "12"),
        ("money12.", "12"),
        ("money.”3", "3"),
        ("método»3", "3"),
        ("Geld“3", "3"),
        ("14Nunca", "14"),
        ("14«Nunca", "14"),
        ("9¡Ojalá", "9"),
        ("3„Nie", "3"),
        ("1992-93", ""),
        ("14%", ""),
        ("14«", ""),
    ],
)
def test_figures_of_a_note_touch_words_and_quotation_marks(word: str, figures: str) -> None:
    place = place_of(word)
    assert (word[slice(*place)] if place else "") == figures
