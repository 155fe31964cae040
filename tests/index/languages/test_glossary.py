"""Texts of other languages in English, with lists of a few words worked by hand."""

import subprocess
import sys
from dataclasses import replace

import pytest

from index.languages.glossary import Glossary, Stretch, glossary, made_of
from index.languages.word_list import WordEntry

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


@pytest.mark.parametrize("code", ["7a72", "12a", "a3"])
def test_letters_beside_figures_are_no_word(french: Glossary, code: str) -> None:
    assert french.gloss(f"projet {code} à sortie") == f"project {code} to exit"


def test_a_phrase_in_any_form_and_the_longest_of_them(french: Glossary) -> None:
    assert french.gloss("La mise en œuvre du projet") == "La implementation du project"
    assert french.gloss("mises en oeuvre") == "implementation"
    assert french.gloss("mises en œuvre conjointes des projets") == "joint project work"
    assert french.gloss("la mise") == "la stake"


def test_of_phrases_with_one_stem_the_one_that_stands_there() -> None:
    listed = {"assistente social": "social worker", "assistência social": "social assistance"}
    portuguese = made_of("pt", listed)
    assert portuguese.gloss("Assistência social") == "social assistance"
    assert portuguese.gloss("assistente social") == "social worker"
    french = made_of("fr", FRENCH)
    assert french.gloss("mises en œuvre") == "implementation"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ('la mise "en œuvre"', 'la stake "en œuvre"'),
        ("« mise » en œuvre", "« stake » en œuvre"),
        ("une mise. En œuvre", "une stake. En œuvre"),
        ("une mise\nen œuvre", "une stake\nen œuvre"),
        ("mise 2 en œuvre", "stake 2 en œuvre"),
        ("mise-en-œuvre, mise en  œuvre", "implementation, implementation"),
    ],
)
def test_a_phrase_runs_over_no_end_and_no_quotation_mark(
    french: Glossary, text: str, english: str
) -> None:
    assert french.gloss(text) == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Bewerber*innen, Bewerber:innen", "applicant, applicant"),
        ("der/die Bewerber/in und Bewerber/-innen", "the/die applicant und applicant"),
        ("Bewerber_innen in der", "applicant in the"),
        ("Jobcenter*innen", "Jobcenter*innen"),
    ],
)
def test_german_endings_of_all_genders_are_of_their_word(
    german: Glossary, text: str, english: str
) -> None:
    assert german.gloss(text) == english


def test_what_is_not_listed_stays_as_it_is(german: Glossary) -> None:
    text = "UNHCR, 2016 (§ 3): Hanna\nMeyer;"
    assert german.gloss(text) == text
    assert german.translated(text) == ""


def test_marks_part_words(french: Glossary) -> None:
    assert french.gloss("¿Projet?").strip() == "project?"
    assert french.gloss("l’projet, l'Iran").split() == ["project,", "Iran"]


def test_a_verb_apart_from_its_particle_is_read_as_one() -> None:
    listed = {"lehnen": "lean", "ab": "off", "ablehnen": "reject", "anträge": "applications"}
    german = made_of("de", listed)
    assert german.gloss("Man lehnte Anträge ab.").split() == ["Man", "reject", "applications", "."]
    assert german.gloss("Man lehnte Anträge").split() == ["Man", "lean", "applications"]
    swedish = made_of("sv", {"ta": "take", "emot": "against", "ta emot": "receive"})
    assert swedish.gloss("tog staten emot").split() == ["receive", "staten"]


def test_no_phrase_takes_the_half_of_a_verb() -> None:
    listed = {"ablehnen": "reject", "lehnt klar": "leans clearly", "klar": "clear"}
    assert made_of("de", listed).gloss("Er lehnt klar ab").split() == ["Er", "reject", "clear"]


def test_without_small_words(german: Glossary) -> None:
    text = "Der Bewerber, für die Unterkunft"
    assert german.gloss(text) == "the applicant, for die accommodation"
    assert german.telling(text).split() == ["applicant,", "for", "die", "accommodation"]


def test_the_english_alone(german: Glossary) -> None:
    assert german.translated("Der UNHCR findet sich für Bewerber") == "the for applicant"


def test_a_number_stays_behind_its_word(german: Glossary) -> None:
    text = "Gesetz 17 für 3 Bewerber, Jobcenter 4; Unterkunft 1.200,5\n6"
    assert german.translated(text) == "law 17 for 3 applicant accommodation 1.200,5"


def test_a_text_that_views_are_built_of_again_is_not_looked_through_again() -> None:
    class Closed(dict[str, WordEntry]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            raise AssertionError(key)

    first = made_of("de", GERMAN)
    assert first.translated("Unterkunft 17") == "accommodation 17"
    again = replace(first, words=replace(first.words, _known=Closed()))
    assert again.translated("Unterkunft 17") == "accommodation 17"
    with pytest.raises(AssertionError, match="Unterkunft"):
        again.translated("Unterkunft 18")


def test_texts_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.languages.glossary._REMEMBERED", 2)
    german = made_of("de", GERMAN)
    told = [german.translated(f"Unterkunft {number}") for number in range(5)]
    assert told == [f"accommodation {number}" for number in range(5)]
    assert len(german._translated) <= 2


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


def test_each_shipped_list_is_read_once() -> None:
    code = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, given: event == 'open' and opened.append(str(given[0])))\n"
        "from index.languages.glossary import glossary\n"
        "from index.languages.stemming import STEMMERS\n"
        "from index.languages.word_list import english_words\n"
        "english_words()\n"
        "assert all(glossary(language).gloss('Haus') for language in STEMMERS)\n"
        "lists = [name for name in opened if name.endswith('.tsv') and '-verbs' not in name]\n"
        "print(len(lists), len(set(lists)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["7", "7"]
