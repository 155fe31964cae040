"""Words of other languages into English, with lists of a few words worked by hand."""

import pytest

from index.glossary import Glossary, Stretch, glossary, made_of

GERMAN = {
    "unterkunft": "accommodation",
    "asyl": "asylum",
    "bewerber": "applicant",
    "gesetz": "law",
    "leistung": "benefit",
    "für": "for",
    "sich": "",
    "der": "the",
}
FRENCH = {
    "à": "to",
    "a": "has",
    "l": "",
    "mise": "stake",
    "mise en œuvre": "implementation",
    "mise en œuvre conjointe des projets": "joint project work",
    "projet": "project",
    "sort": "fate",
    "sortie": "exit",
}


@pytest.fixture
def german() -> Glossary:
    return made_of("de", GERMAN)


@pytest.fixture
def french() -> Glossary:
    return made_of("fr", FRENCH)


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Unterkunft", "accommodation"),
        ("Unterkünfte", "accommodation"),  # by its stem
        ("fur", "for"),  # as it is typed without dots
        ("sich", ""),
        ("Jobcenter", None),
        ("Asylbewerberunterkunft", "asylum applicant accommodation"),
        ("Asylbewerberleistungsgesetz", "asylum applicant benefit law"),
        ("Asylxy", None),  # half of a compound is none
    ],
)
def test_a_word(german: Glossary, word: str, english: str | None) -> None:
    assert german.english(word) == english
    assert german.english(word) == english  # as it is remembered


def test_french_has_no_compounds(french: Glossary) -> None:
    assert french.english("projetsortie") is None


def test_the_word_itself_comes_before_its_accents_and_its_stem(french: Glossary) -> None:
    assert [french.english(word) for word in ("à", "a", "sortie", "sorts")] == [
        "to",
        "has",
        "exit",
        "fate",
    ]


def test_a_phrase_in_any_form_and_the_longest_of_them(french: Glossary) -> None:
    assert french.gloss("La mise en œuvre du projet") == "La implementation du project"
    assert french.gloss("mises en oeuvre") == "implementation"
    assert french.gloss("mises en œuvre conjointes des projets") == "joint project work"
    assert french.gloss("la mise") == "la stake"


def test_what_is_not_listed_stays_as_it_is(german: Glossary) -> None:
    text = "UNHCR, 2016 (§ 3): Hanna\nMeyer;"
    assert german.gloss(text) == text
    assert german.translated(text) == ""


def test_an_acronym_is_itself(french: Glossary) -> None:
    assert french.gloss("A mise, L MISE") == "has stake,  MISE"
    assert french.gloss("MISE") == "stake"  # all of it is in capitals
    assert french.gloss("¿Projet?").strip() == "project?"


def test_elisions_part_words(french: Glossary) -> None:
    assert french.gloss("l’projet, l'Iran").split() == ["project,", "Iran"]


def test_without_small_words(german: Glossary) -> None:
    text = "Der Bewerber, für die Unterkunft"
    assert german.gloss(text) == "the applicant, for die accommodation"
    assert german.telling(text).split() == ["applicant,", "for", "die", "accommodation"]


def test_the_english_alone(german: Glossary) -> None:
    assert german.translated("Der UNHCR findet sich für Bewerber") == "the for applicant"


def test_where_each_word_stands(french: Glossary) -> None:
    assert [*french.stretches("X mise en œuvre, l'a")] == [
        Stretch(0, 1, None),
        Stretch(2, 15, "implementation"),
        Stretch(17, 18, ""),
        Stretch(19, 20, "has"),
    ]
    assert [*french.stretches("")] == []


def test_the_shipped_lists_read_a_sentence() -> None:
    german = glossary("de").gloss("Wer zahlt die Unterkunft der Asylbewerber?")
    assert "who pay" in german
    assert "accommodation" in german
    assert "asylum seeker" in german
