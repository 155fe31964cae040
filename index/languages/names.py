"""Names in a text of another language: words that stay as they are though they may be listed.

"Stein" is a stone, and a person behind "Frau"; "Essen" is food, and a town behind "in"; French "eu"
is "had", and "EU" is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.languages.word_list import WordList

_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,5}")
"""Letters of an acronym."""

_SHORT_FORMS = frozenset(
    "cjeu ecb ecre echr eu gdp hiv icj ilo imf iom nato ngo ngos oecd osce uk un unesco unhcr "
    "unicef us usa vat who wto".split()
)
"""English of acronyms that other languages have their own for: those are put into English (ACNUR).
"""

_TITLES = {
    "de": frozenset("herr herrn frau dr prof".split()),
    "es": frozenset("señor señora sr sra dr dra".split()),
    "fr": frozenset("monsieur madame m mme dr".split()),
    "it": frozenset("signor signora sig dott".split()),
    "nl": frozenset("meneer mevrouw dhr mevr mw dr".split()),
    "pt": frozenset("senhor senhora sr sra dr dra".split()),
    "sv": frozenset("herr fru dr".split()),
}
"""What stands before a person's name, in small letters."""

_BEFORE_NAME = re.compile(r"\.? ")
"""What stands between a title and a name, or between two names."""

_TOWNS = frozenset(
    "bad bergen breda cali celle como cuenca elst emden essen faro fermo gera goma granada guarda "
    "hagen halle hamm hof horta imperia kehl kos lagos leer leiden lille lima liège melle minden "
    "mora moria norden oss palma pau pisa porto potenza prato putten quito riga ronda sala "
    "schwedt sens siegen siena singen soria stade telde toro tours trier verden vigo weiden wels "
    "werden".split()
)
"""Wherever they lie: Dutch questions ask of German towns."""

_BEFORE_TOWN = {
    "de": frozenset("aus bei in kreis landkreis nach raum region stadt".split()),
    "es": frozenset("de desde en hacia hasta".split()),
    "fr": frozenset("à de depuis vers".split()),
    "it": frozenset("a da di".split()),
    "nl": frozenset("bij gemeente in naar stad te uit van".split()),
    "pt": frozenset("ao de do em no para".split()),
    "sv": frozenset("från i till".split()),
}
"""What stands before a town; German without an article, for each of its nouns has a capital."""

Word = re.Match[str]
"""A word where it stands, with its ending of all genders; its first group is without."""


def names(text: str, words: Sequence[Word], listed: WordList) -> set[int]:
    """The places, among the words of a text, of acronyms, of towns behind "in" and its like, and of
    names behind a title, as "Eva" and "Stein" of "Frau Dr. Eva Stein".

    listed: the words of the text's language.
    """
    acronyms = {at for at, word in enumerate(words) if _is_acronym(word[0], listed)}
    towns = {
        at
        for at, (before, word) in enumerate(pairwise(words), start=1)
        if text[before.end() : word.start()] == " "
        and _is_town(listed.language, before[1], word[1])
    }
    return acronyms | towns | _behind_titles(text, words, listed)


def _is_acronym(word: str, listed: WordList) -> bool:
    known = listed.entries.get(word.lower())
    return bool(_ACRONYM.fullmatch(word)) and known not in _SHORT_FORMS


def _behind_titles(text: str, words: Sequence[Word], listed: WordList) -> set[int]:
    """The places of first and last names; a first name is one that is not listed."""
    found: set[int] = set()
    for at, (before, word) in enumerate(pairwise(words), start=1):
        first_name = at - 1 in found and listed.english(before[1]) is None
        titled = first_name or before[1].lower() in _TITLES[listed.language]
        beside = _BEFORE_NAME.fullmatch(text, before.end(), word.start())
        if titled and beside and word[1][0].isupper():
            found.add(at)
    return found


def _is_town(language: str, before: str, word: str) -> bool:
    """Whether a word is a town's name: one with a capital, behind a word that stands before towns.

    before: the word before it.
    """
    named = word[:1].isupper() and not word[1:].isupper() and word.lower() in _TOWNS
    return named and before.lower() in _BEFORE_TOWN[language]
