"""Words of other languages found in lists of a few words worked by hand."""

from dataclasses import replace

import pytest

from index.languages.word_list import WordEntry, WordList, made_of

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
FRENCH = {"à": "to", "a": "has", "projet": "project", "sort": "fate", "sortie": "exit"}


@pytest.fixture
def german() -> WordList:
    return made_of("de", GERMAN)


@pytest.fixture
def french() -> WordList:
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
def test_a_word(german: WordList, word: str, english: str | None) -> None:
    assert german.english(word) == english
    assert german.english(word) == english  # as it is remembered


def test_french_has_no_compounds(french: WordList) -> None:
    assert french.english("projetsortie") is None


def test_the_word_itself_comes_before_its_accents_and_its_stem(french: WordList) -> None:
    assert [french.english(word) for word in ("à", "a", "sortie", "sorts")] == [
        "to",
        "has",
        "exit",
        "fate",
    ]


def test_a_french_plural_that_the_stemmer_leaves() -> None:
    listed = made_of("fr", {"signaler": "report"})
    assert [listed.english(word) for word in ("signale", "signalent", "argent")] == [
        "report",
        "report",
        None,
    ]


def test_a_separable_verb_in_one_word() -> None:
    assert made_of("de", {"ablehnen": "reject"}).english("abzulehnen") == "reject"


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("hervestigingen", "resettlement"),  # and no form of "hervestigde"
        ("hervestigde", "resettled"),
        ("veiligheden", "safety"),
        ("veiligheidscijfers", "safety figures"),  # and no form of "veilen"
        ("klimaattraining", "climate training"),  # English as it stands
        ("rapporteerde", "report"),
    ],
)
def test_a_dutch_noun_is_no_form_of_a_verb(word: str, english: str) -> None:
    listed = {
        "cijfer": "figure",
        "cijfers": "figures",
        "getraind": "trained",
        "hervestigde": "resettled",
        "hervestiging": "resettlement",
        "klimaat": "climate",
        "rapporteren": "report",
        "veilen": "auction",
        "veiligheid": "safety",
    }
    assert made_of("nl", listed).english(word) == english


def test_words_that_are_too_long_for_a_list_are_not_remembered(german: WordList) -> None:
    assert german.english("unterkunft" * 6) is None
    assert german.english("ü" * 100_000) is None
    assert german.english("unterkunft") == "accommodation"
    assert list(german._known) == ["unterkunft"]


def test_what_another_thread_forgets_meanwhile_is_still_told() -> None:
    class Forgetting(dict[str, WordEntry]):
        def __setitem__(self, key: str, value: WordEntry) -> None:
            """Another thread clears it right away."""

    german = replace(made_of("de", GERMAN), _known=Forgetting())
    assert german.english("Unterkunft") == "accommodation"
