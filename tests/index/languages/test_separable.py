"""Verbs apart from their particle, in sentences worked by hand."""

import re

import pytest

from index.languages.separable import Parted, parted

LISTED = {
    "de": "ablehnen ankommen anstellen aufnehmen aufheben teilnehmen vorstellen".split(),
    "nl": "afwijzen opnemen opbouwen ombouwen omgaan overgaan uitvoeren uitwerken"
    " opleveren invullen inlichtingen voordelen voorkomen opgeven opgaven indringen".split(),
    "sv": ["ta emot", "dela ut", "lägga fram", "fylla i", "komma på"],
}


def apart(language: str, text: str) -> list[tuple[str, str, str]]:
    """Verb, particle and infinitive of each that is found."""
    found = [*re.finditer(r"[^\W\d_]+", text)]
    starts = [*(word.start() for word in found), len(text)]
    gaps = [text[word.end() : start] for word, start in zip(found, starts[1:], strict=True)]
    words = [word[0] for word in found]
    listed = {verb.replace("ä", "a") for verb in LISTED.get(language, [])}
    told = parted(language, words, gaps, lambda verb: verb in listed)
    return [(words[one.verb], words[one.particle], one.infinitive) for one in told]


@pytest.mark.parametrize(
    ("text", "verb", "particle", "infinitive"),
    [
        ("Das Amt lehnte die Hälfte der Anträge ab.", "lehnte", "ab", "ablehnen"),
        ("Nimmt Schweden im Jahr 2.500 Menschen auf?", "Nimmt", "auf", "aufnehmen"),
        ("Er nahm an dem Kurs teil und bestand.", "nahm", "teil", "teilnehmen"),
        ("Wer kommt an, und wer bleibt?", "kommt", "an", "ankommen"),
        ("Sie stellte, was sie plante, vor", "stellte", "vor", "vorstellen"),
        ("Man prüfte und hob den Bescheid (2019) auf", "hob", "auf", "aufheben"),
    ],
)
def test_german(text: str, verb: str, particle: str, infinitive: str) -> None:
    assert apart("de", text) == [(verb, particle, infinitive)]


@pytest.mark.parametrize(
    "text",
    [
        "Er lehnte sich ab März zurück.",  # "ab" is a preposition
        "Er stand auf dem Dach auf\nder Straße",  # no such verb is listed
        "Die neue Stelle an.",  # a noun
        "Sie lehnte. Der Weg führt ab.",  # another sentence
        "NAHM AUF",
        "",
    ],
)
def test_german_where_no_verb_is_apart(text: str) -> None:
    assert apart("de", text) == []


def test_each_particle_has_a_verb_of_its_own() -> None:
    text = "Das Land nimmt viele auf und lehnt wenige ab."
    assert apart("de", text) == [("nimmt", "auf", "aufnehmen"), ("lehnt", "ab", "ablehnen")]


@pytest.mark.parametrize(
    ("text", "verb", "particle", "infinitive"),
    [
        ("Het land nam vorig jaar duizend mensen op.", "nam", "op", "opnemen"),
        ("De dienst wees het plan af omdat het te duur was", "wees", "af", "afwijzen"),
        ("Wat levert een stage op voor nieuwkomers?", "levert", "op", "opleveren"),
        ("De ploeg voert het werk uit.", "voert", "uit", "uitvoeren"),
        ("Hoe ga je met verlies om?", "ga", "om", "omgaan"),
        ("Het kost tijd om kennis op te bouwen.", "bouwen", "op", "opbouwen"),
        ("De tweede lichting vulde de lijst in.", "vulde", "in", "invullen"),
        ("Hoe vaak dringt water in?", "dringt", "in", "indringen"),
        ("Een groot deel komt vaker voor.", "komt", "voor", "voorkomen"),
        ("Velen gaven het zoeken op.", "gaven", "op", "opgeven"),
    ],
)
def test_dutch(text: str, verb: str, particle: str, infinitive: str) -> None:
    assert apart("nl", text) == [(verb, particle, infinitive)]


@pytest.mark.parametrize(
    "text",
    [
        "Waar gaat dit rapport over?",
        "Waar gaat het om?",
        "Er is geld om te bouwen.",
        "Hij nam plaats op de bank.",
        "Op",
        "Wat wil hij op te",
    ],
)
def test_dutch_where_no_verb_is_apart(text: str) -> None:
    assert apart("nl", text) == []


@pytest.mark.parametrize(
    ("text", "verb", "particle", "infinitive"),
    [
        ("Staten tog emot tusen flyktingar", "tog", "emot", "ta emot"),
        ("Hur tar en kommun emot barn?", "tar", "emot", "ta emot"),
        ("Regeringen lade fram ett förslag", "lade", "fram", "lagga fram"),
        ("Hon fyllde i blanketten", "fyllde", "i", "fylla i"),
    ],
)
def test_swedish(text: str, verb: str, particle: str, infinitive: str) -> None:
    assert apart("sv", text) == [(verb, particle, infinitive)]


def test_a_swedish_preposition_is_none_and_no_particle_far_off() -> None:
    assert apart("sv", "Han kom hem på kvällen") == []
    assert apart("sv", "Hon tar en kurs i staden och emot") == []


def test_other_languages_have_none() -> None:
    assert apart("fr", "Il met en œuvre") == []
    assert parted("es", ["pone", "en"], [" ", ""], lambda verb: True) == []


def test_where_verb_and_particle_stand() -> None:
    gaps = [" ", " ", "."]
    assert parted("de", ["lehnt", "alles", "ab"], gaps, lambda verb: verb == "ablehnen") == [
        Parted(verb=0, particle=2, infinitive="ablehnen")
    ]
