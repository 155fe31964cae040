"""Towns that are words of a language too, told from these words: "in Essen" is no food."""

from __future__ import annotations

_TOWNS = frozenset(
    "bad bergen breda cali celle como cuenca elst emden essen faro fermo gera goma granada guarda "
    "hagen halle hamm hof horta imperia kehl kos lagos leer leiden lille lima liège melle minden "
    "mora moria norden oss palma pau pisa porto potenza prato putten quito riga ronda sala "
    "schwedt sens siegen siena singen soria stade telde toro tours trier verden vigo weiden wels "
    "werden".split()
)
"""Wherever they lie: Dutch questions ask of German towns."""

_BEFORE = {
    "de": frozenset("aus bei in kreis landkreis nach raum region stadt".split()),
    "es": frozenset("de desde en hacia hasta".split()),
    "fr": frozenset("à de depuis vers".split()),
    "it": frozenset("a da di".split()),
    "nl": frozenset("bij gemeente in naar stad te uit van".split()),
    "pt": frozenset("ao de do em no para".split()),
    "sv": frozenset("från i till".split()),
}
"""What stands before a town; German without an article, for each of its nouns has a capital."""


def is_town(language: str, before: str, word: str) -> bool:
    """Whether a word of a text is a town's name: one with a capital, behind a word that stands
    before towns.

    before: the word before it.
    """
    named = word[:1].isupper() and not word[1:].isupper() and word.lower() in _TOWNS
    return named and before.lower() in _BEFORE[language]
