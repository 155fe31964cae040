"""Which infinitives a form of a verb may be of, in German, Dutch and Swedish.

Endings are cut by rule; forms of strong verbs stand in `corpus/lexicon`. All is written as the
analyzers write it: small letters, no accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus import lexicon
from index.languages.stemming import as_written

PREFIXES = {
    "de": tuple(
        "ab an auf aus bei bekannt bereit bloss dar durch ein fern fertig fest fort frei gegenuber"
        " gleich heim her heran heraus herbei herein herum herunter hervor hin hinaus hinein hinweg"
        " hinzu kennen klar los mit nach nahe nieder offen sicher statt teil uber ubrig um unter"
        " voll vor voran voraus vorbei vorweg wahr weg weiter wieder zu zurecht zuruck"
        " zusammen".split()
    ),
    "nl": tuple(
        "aan achter achteruit af bekend bij bijeen binnen bloot deel dicht door gade gelijk goed in"
        " klaar kwijt langs los mee mis na neer om omhoog omlaag onder op open over plaats rond"
        " samen schuil stil stop tegemoet tegen terecht terug thuis toe tussen uit uiteen vast vol"
        " voor voorbij voort vooruit vrij weg weer".split()
    ),
}
"""Particles that come apart from their verb, German and Dutch."""

_ENDINGS = {
    "de": ("", "e", "st", "t", "est", "et", "te", "test", "ten", "tet", "ete", "eten", "en"),
    "nl": ("", "t", "de", "den", "te", "ten"),
    "sv": ("", "r", "de", "t", "ar", "ade", "at", "er", "te", "it"),
}
"""Endings of verb forms that are not strong; the longest that fits need not be the right one."""

_INFINITIVE = {"de": "en", "nl": "en", "sv": "a"}
"""Endings of infinitives."""

_SHORTER = ("el", "er")
"""Ends of a German stem behind which the infinitive has "n" alone: "sammeln"."""

_SHORTEST = 4
"""Letters of the shortest infinitive: "een" is none."""

_NO_VERBS = frozenset(
    "das dem den der des die ein eine einem einen einer eines er es ihr man sie was wem wen wer wir"
    " dat deze dit een geen haar het hij hoe hun men mijn ons wat wie ze zij zijn".split()
)
"""Words that are no verbs though by their letters they might be: "der" of "(vor)deren"."""

_PARTICIPLES = {
    "de": re.compile(r"ge(.{2,}t)(?:e[rnms]?)?"),
    "nl": re.compile(r"ge(.{2,}[td])e?"),
}
"""Weak participles, in German declined too: "gemachter". What stands between goes on as a form."""

_DECLINED = re.compile(r"(ge.+en)e[rnms]?")
"""A strong German participle that is declined: "gegebenen"."""

_TWICE = re.compile(r"(.*[^aeiou]|)([aeiou])([^aeiouwjxy])")
"""A Dutch stem whose last letter is doubled before a vowel: "stel" of "stellen"."""

_LONG = re.compile(r"(.*)([aeou])\2([^aeiou])")
"""A Dutch stem whose double vowel is written once there: "maak" of "maken"."""

_VOICED = {"f": "v", "s": "z"}
"""Ends of a Dutch stem before a vowel: "schrijf" of "schrijven"."""


def infinitives(language: str, form: str) -> Iterator[str]:
    """The infinitives that a form may be of. Many of them are no words: ask a list.

    That of a strong form comes first: "gaven … op" is of "opgeven", and "opgaven" are tasks. Other
    languages than German, Dutch and Swedish have none.
    form: in small letters, without accents, of a whole verb or of one apart from its particle.
    """
    if language not in _ENDINGS or form in _NO_VERBS:
        return
    strong = _strong(language)
    if form in strong:
        yield strong[form]
    if form.endswith(("n", "a")) and len(form) >= _SHORTEST:
        yield form
    if language == "de" and (declined := _DECLINED.fullmatch(form)) and declined[1] in strong:
        yield strong[declined[1]]
    participle = _PARTICIPLES[language].fullmatch(form) if language in _PARTICIPLES else None
    for weak in (participle[1], form) if participle else (form,):
        for ending in _ENDINGS[language]:
            stem = weak.removesuffix(ending)
            if len(stem) > 1 and len(stem) + len(ending) == len(weak):
                yield from _of_stem(language, stem)


def joined(language: str, word: str) -> Iterator[str]:
    """The infinitives of separable verbs that a word may be of in which verb and particle stand
    together: "ablehnte", "abzulehnen" and "abgelehnt" are of "ablehnen". Otherwise as
    `infinitives`.
    """
    for prefix in PREFIXES.get(language, ()):
        if not word.startswith(prefix) or len(word) < len(prefix) + 3:
            continue
        rest = word.removeprefix(prefix)
        if language == "de" and rest.startswith("zu"):
            yield f"{prefix}{rest[2:]}"
        yield from (f"{prefix}{one}" for one in infinitives(language, rest))


def _of_stem(language: str, stem: str) -> Iterator[str]:
    """The infinitives that a stem may be of."""
    if language == "nl":
        yield from (f"{end}en" for end in _before_vowel(stem))
        return
    yield f"{stem}{_INFINITIVE[language]}"
    if language == "de" and stem.endswith(_SHORTER) and len(stem) >= _SHORTEST:
        yield f"{stem}n"


def _before_vowel(stem: str) -> Iterator[str]:
    """A Dutch stem as it may be written before a vowel."""
    for one in (stem, f"{stem[:-1]}{_VOICED[stem[-1]]}") if stem[-1] in _VOICED else (stem,):
        if twice := _TWICE.fullmatch(one):
            yield f"{one}{twice[3]}"
        if long := _LONG.fullmatch(one):
            yield "".join(long.groups())
        yield one


@cache
def _strong(language: str) -> dict[str, str]:
    """Forms that the endings do not tell, each with its infinitive."""
    listed = lexicon.verbs(language)
    forms, whole = as_written("\n".join(listed)), as_written("\n".join(listed.values()))
    return dict(zip(forms, whole, strict=True))
