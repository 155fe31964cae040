"""Names stay as they are: of people, of towns, and acronyms."""

import pytest

from index.languages.glossary import made_of


def test_a_name_behind_its_title_is_none_of_the_words() -> None:
    listed = {"herr": "mr", "frau": "woman", "stein": "stone", "und": "and", "weg": "path"}
    german = made_of("de", listed)
    assert german.gloss("Herr Stein, Frau Dr. Eva Stein, Stein") == (
        "mr Stein, woman Dr. Eva Stein, stone"
    )
    assert german.gloss("Frau und Stein, Herr Stein Weg") == "woman and stone, mr Stein path"
    assert german.gloss("HERR STEIN") == "mr stone"  # as any word, where all is in capitals
    french = made_of("fr", {"m": "", "petit": "small", "m le": "Mr", "le": "the"})
    assert french.gloss("M. Petit, un petit").split() == [".", "Petit,", "un", "small"]


def test_an_acronym_that_english_has_another_for() -> None:
    listed = made_of("es", {"acnur": "unhcr", "eu": "had"})
    assert listed.gloss("El ACNUR y la EU") == "El unhcr y la EU"


def test_an_acronym_is_itself() -> None:
    french = made_of("fr", {"a": "has", "l": "", "mise": "stake"})
    assert french.gloss("A mise, L MISE") == "has stake,  MISE"
    assert french.gloss("MISE") == "stake"  # all of it is in capitals


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("de", "Wohnen in Essen, aus Halle", "Wohnen in Essen, aus Halle"),
        ("de", "Das Essen in der Halle", "Das food in der hall"),
        ("de", "ESSEN IN ESSEN", "food IN food"),
        ("nl", "in Essen, het essen", "in Essen, het food"),
        ("nl", "in. Essen", "in. food"),
    ],
)
def test_a_town_that_is_a_word(language: str, text: str, english: str) -> None:
    assert made_of(language, {"essen": "food", "halle": "hall"}).gloss(text) == english
