"""Which language a text is in."""

import json
from pathlib import Path

import pytest

from index.languages import gloss
from index.languages.gloss import english, foreign

CORPUS = Path(__file__).parents[3] / "corpus"


def language(text: str) -> str:
    found = foreign(text)
    return found.language if found else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wer zahlt die Unterkunft der Familien, wenn die Stadt es nicht kann?", "de"),
        ("Zumutbarkeit Arbeit", "de"),  # without a small word
        ("coût du mentorat", "fr"),
        ("asile", "fr"),  # listed there; in Spanish a form of another word
        ("Was kostet ein Studienbesuch?", "de"),  # "was" is English too
        ("Was bedeutet Unterkunft?", "de"),
        ("Was bedeutet Resettlement?", "de"),
        ("Was hält IOM davon ab, in Westafrika seine Kapazitäten auszubauen?", "de"),  # "in" too
        ("Hur väljer man en partner?", "sv"),
        ("Waar begin je?", "nl"),
        ("Chi paga?", "it"),
        ("Quem paga?", "pt"),
        ("L’élaboration de la feuille de route a mobilisé la diaspora", "fr"),
        ("¿Qué es Internet2?", "es"),
        ("Los municipios no recibieron las ayudas que el ministerio les prometió", "es"),
        ("Os municípios não receberam os apoios que o ministério lhes prometeu", "pt"),
        ("I comuni non hanno ricevuto gli aiuti che il ministero ha promesso", "it"),
        ("De gemeenten hebben de steun niet gekregen die het ministerie beloofde", "nl"),
        ("Kommunerna fick inte det stöd som departementet hade lovat dem", "sv"),
    ],
)
def test_languages_with_a_list(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2016 / 2017: 12 %",
        "Who pays for the accommodation when the town cannot?",
        "refugee integration France",
        "die before departure",
        "Year: Japan; 2005: n/a; 2006: n/a; 2007: 3; 2008: n/a",
        "UNHCR Bulgaria 2014",
        "COM(2009) 447",
        "EURITA",
        "Was there a minister in Die Welt?",  # as many small words of each
        "Über Łódź",  # one word of two is no language
        "Gminy nie dostały pomocy, którą obiecało im ministerstwo",  # Polish has no list
        "The report cites 'Der Weg zum Partner' and 'La réinstallation en Europe' among others.",
    ],
)
def test_all_else_is_left_as_it_is(text: str) -> None:
    assert language(text) == ""
    assert english(text) == text


def test_no_english_passage_is_taken_for_another_language() -> None:
    lines = (CORPUS / "labelled" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) > 6000
    assert [text for text in texts if foreign(text)] == []


def test_texts_far_longer_than_a_passage_are_not_kept_in_memory() -> None:
    said = "Wer zahlt die Unterkunft der Familien, wenn die Stadt es nicht kann? "
    before = gloss._remembered.cache_info()
    assert [language(f"{said * 100}{at}") for at in range(3)] == ["de"] * 3
    assert gloss._remembered.cache_info() == before
    assert [language(f"{said}{at} far") for at in (1, 2, 1)] == ["de"] * 3
    assert gloss._remembered.cache_info().currsize > before.currsize
