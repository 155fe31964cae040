"""Forms of verbs and the infinitives that they may be of."""

import pytest

from index.languages.verb_forms import infinitives, joined


@pytest.mark.parametrize(
    ("language", "form", "infinitive"),
    [
        ("de", "lehnte", "lehnen"),
        ("de", "arbeitet", "arbeiten"),
        ("de", "sammelt", "sammeln"),
        ("de", "nahm", "nehmen"),
        ("de", "nimmt", "nehmen"),
        ("de", "wies", "weisen"),
        ("de", "gelehnten", "lehnen"),
        ("de", "genommener", "nehmen"),
        ("de", "ziehen", "ziehen"),
        ("nl", "stelde", "stellen"),
        ("nl", "maakt", "maken"),
        ("nl", "schrijf", "schrijven"),
        ("nl", "reisde", "reizen"),
        ("nl", "keurt", "keuren"),
        ("nl", "namen", "nemen"),
        ("nl", "wees", "wijzen"),
        ("nl", "gekruiste", "kruisen"),
        ("sv", "tog", "ta"),
        ("sv", "delade", "dela"),
        ("sv", "lyfter", "lyfta"),
        ("sv", "fyllde", "fylla"),
    ],
)
def test_the_infinitive_is_among_those_told(language: str, form: str, infinitive: str) -> None:
    assert infinitive in set(infinitives(language, form))


@pytest.mark.parametrize(("language", "form"), [("de", "der"), ("nl", "een"), ("fr", "donnait")])
def test_what_is_no_verb_and_what_is_no_such_language(language: str, form: str) -> None:
    assert [*infinitives(language, form)] == []
    assert [*joined("fr", "aufnahm")] == []


@pytest.mark.parametrize(
    ("language", "word", "infinitive"),
    [
        ("de", "ablehnte", "ablehnen"),
        ("de", "abzulehnen", "ablehnen"),
        ("de", "abgelehnten", "ablehnen"),
        ("de", "aufnimmt", "aufnehmen"),
        ("de", "zuruckkehrt", "zuruckkehren"),
        ("nl", "terugdringt", "terugdringen"),
        ("nl", "aangekruist", "aankruisen"),
        ("nl", "afwees", "afwijzen"),
    ],
)
def test_a_separable_verb_in_one_word(language: str, word: str, infinitive: str) -> None:
    assert infinitive in set(joined(language, word))


def test_a_prefix_alone_is_no_verb() -> None:
    assert [*joined("de", "abzu")] == []
    assert [*joined("nl", "aan")] == []
