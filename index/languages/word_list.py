"""The words of another language with their English, and how a word of a text is found among them.

A word of a text is rarely written as it is listed: it has endings, lacks accents, or is made of
several words. Each way of finding it has a method here; `WordList.english` tries them in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from corpus import lexicon
from index.languages.stemming import STEMMERS, TOO_LONG, as_written, stems_in
from index.languages.verb_forms import infinitives, joined

_COMPOUNDING = frozenset(("de", "nl", "sv"))
"""Languages that write compounds as one word."""

_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""What may stand between the parts of a compound."""

_SHORTEST_PART = 4
"""Letters of a part of a compound."""

_NOUN_ENDINGS = {"de": {"ungen": "ung"}, "nl": {"ingen": "ing", "heden": "heid"}}
"""Plural endings, with the singular's, of nouns that the stemmers take for verbs or find no stem
for: "hervestigingen" would be a form of "hervestigde" (resettled) before one of "hervestiging"."""

_REMEMBERED = 50_000
"""Words whose English is remembered; once there are more, all are forgotten."""

_Key = TypeVar("_Key", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class WordEntry:
    """What a list says of a word. stem: the word's. english: empty where the word adds nothing to a
    text, None where it is not listed.
    """

    stem: str
    english: str | None


@dataclass(frozen=True, slots=True)
class WordList:
    """The list of one language: words and phrases, each with its English.

    entries: words and phrases as they are listed.
    plain: words in small letters without accents. stems: words by their stem.
    phrases: by the stems of their words. plain_phrases: by their words in small letters without
        accents.
    longest: by a stem, how many words the longest phrase has that begins with it.
    """

    language: str
    entries: Mapping[str, str]
    plain: Mapping[str, str]
    stems: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    plain_phrases: Mapping[tuple[str, ...], str]
    longest: Mapping[str, int]
    _known: dict[str, WordEntry] = field(default_factory=dict)

    def entry(self, word: str) -> WordEntry:
        """The stem and the English of a word of a text, in any form."""
        if len(word) >= TOO_LONG:
            return WordEntry("", None)
        # Not asked twice: another thread may forget all words in between.
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            stem = self._stem(word)
            known = self._known[word] = WordEntry(stem, self._english(word.lower(), stem))
        return known

    def english(self, word: str) -> str | None:
        """The English of a word of a text; empty or None as in `WordEntry`."""
        return self.entry(word).english

    def verb(self, infinitive: str) -> str | None:
        """The English of an infinitive in small letters without accents, of one word or of two;
        None where it is not listed.
        """
        return self.plain.get(infinitive) or self.plain_phrases.get(tuple(infinitive.split()))

    def _stem(self, word: str) -> str:
        return "".join(stems_in(self.language, word))

    def _english(self, word: str, stem: str) -> str | None:
        plain = "".join(as_written(word))
        for key, table in ((word, self.entries), (plain, self.plain)):
            if key in table:
                return table[key]
        singular = plain.removesuffix("s")
        if singular not in self.plain and not english_words().isdisjoint((plain, singular)):
            return None  # "association" is spelt as in English, and no form of "associant"
        found = self._noun(plain)
        if found is None:
            found = self.stems.get(stem)
        if found is None and self.language == "fr" and word.endswith("ent"):
            return self.english(word[:-2])  # "signalent": the stemmer leaves the plural's ending
        if found is None and self.language in _COMPOUNDING:
            return self._form(plain) or " ".join(self._parts(plain)) or None
        return found

    def _noun(self, word: str) -> str | None:
        """The English of the listed noun whose plural a word is."""
        endings = _NOUN_ENDINGS.get(self.language, {})
        singular = (word.removesuffix(e) + one for e, one in endings.items() if word.endswith(e))
        return next((self.plain[one] for one in singular if one in self.plain), None)

    def _form(self, word: str) -> str | None:
        """The English of the listed verb that a word is a form of."""
        verbs = (*infinitives(self.language, word), *joined(self.language, word))
        return next((self.plain[verb] for verb in verbs if verb in self.plain), None)

    def _parts(self, word: str) -> list[str]:
        """The English of each part of a compound, whose last part is the longest that is listed.
        Empty where the word cannot be cut into parts that are all listed.
        """
        for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if not (last := self._part(word[start:])):
                continue
            firsts = [
                first
                for link in _LINKS
                if len(first := word[:start].removesuffix(link)) >= _SHORTEST_PART
                and f"{first}{link}" == word[:start]
            ]
            # As listed before any other form: "Sicherheits" is no form of "sicher".
            known = (*map(self.plain.get, firsts), *map(self._part, firsts))
            if listed := next(filter(None, known), None):
                return [listed, last]
            if before := next(filter(None, map(self._parts, firsts)), None):
                return [*before, last]
        return []

    def _part(self, word: str) -> str | None:
        if word in self.plain or word in english_words():
            return self.plain.get(word, word)
        return self._noun(word) or self.stems.get(self._stem(word))


@cache
def shipped(language: str) -> Mapping[str, str]:
    """The entries of the shipped list of a language, with their English."""
    return lexicon.read(lexicon.SHIPPED / f"{language}.tsv")


@cache
def english_words() -> frozenset[str]:
    """All words of the English that the shipped lists give."""
    given = (each for language in STEMMERS for each in shipped(language).values())
    return frozenset(word for each in given for word in each.split())


def made_of(language: str, entries: Mapping[str, str]) -> WordList:
    """The list of a language with these words and phrases. Where two words have the same stem, or
    are the same without accents, the first one counts.
    """
    words = [entry for entry in entries if entry.isalpha()]
    phrases = [entry for entry in entries if not entry.isalpha()]
    # One call for all: a call a word takes four times as long.
    lines = "\n".join(words)
    by_stems = _first(((tuple(stems_in(language, entry)), entry) for entry in phrases), entries)
    longest: dict[str, int] = {}
    for phrase in by_stems:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return WordList(
        language,
        entries=entries,
        plain=_first(zip(as_written(lines), words, strict=True), entries),
        stems=_first(zip(stems_in(language, lines), words, strict=True), entries),
        phrases=by_stems,
        plain_phrases=_first(((tuple(as_written(entry)), entry) for entry in phrases), entries),
        longest=longest,
    )


def _first(keyed: Iterable[tuple[_Key, str]], entries: Mapping[str, str]) -> dict[_Key, str]:
    """The English of each key, that of its first entry."""
    found: dict[_Key, str] = {}
    for key, entry in keyed:
        found.setdefault(key, entries[entry])
    return found
