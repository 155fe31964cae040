"""Words of another language into English, one after the other, through the shipped lists.

The bundled encoder and the tagger were taught English. What stands in a German report is nothing to
them; its words in English, in the order and without the grammar of the report, are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from corpus import lexicon
from index.stemming import as_written, stems_in

STEMMERS = {
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "sv": "swedish",
}
"""Languages that are read so, and what tantivy calls their stemmers."""

_COMPOUNDING = frozenset(("de", "nl", "sv"))
_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""What may stand between the parts of a compound."""

_SHORTEST_PART = 4

_WORD = re.compile(r"[^\W\d_]+")
_Key = TypeVar("_Key", str, tuple[str, ...])

_KEPT = 50_000
"""Words of which it is remembered what they are in English."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of one language.

    written: words as they are listed, without accents, with their English. stems: the same by stem.
    phrases: those of several words, by the stems of these. longest: the words of the longest phrase
    that begins with a stem.
    """

    language: str
    written: Mapping[str, str]
    stems: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    longest: Mapping[str, int]
    _known: dict[str, str | None] = field(default_factory=dict)

    def english(self, word: str) -> str | None:
        """The English of one word, empty where it adds nothing; None of a word not listed."""
        if word not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[word] = self._looked_up(word)
        return self._known[word]

    def _looked_up(self, word: str) -> str | None:
        plain, stem = "".join(as_written(word)), self.stem(word)
        for key, table in ((plain, self.written), (stem, self.stems)):
            if key in table:
                return table[key]
        if self.language in _COMPOUNDING:
            parts = self._parts(plain)
            return " ".join(parts) if parts else None
        return None

    def stem(self, word: str) -> str:
        """A word without its ending and its accents."""
        return "".join(stems_in(STEMMERS[self.language], word))

    def _parts(self, word: str) -> list[str]:
        """The English of a compound's parts, the last part the longest that is listed; or none."""
        for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            last = self._listed(word[start:])
            if last is None:
                continue
            for link in _LINKS:
                first = word[:start].removesuffix(link) if link else word[:start]
                if not word[:start].endswith(link) or len(first) < _SHORTEST_PART:
                    continue
                known = self._listed(first)
                before = [known] if known else self._parts(first)
                if before:
                    return [*before, last]
        return []

    def _listed(self, word: str) -> str | None:
        return self.written.get(word) or self.stems.get(self.stem(word)) or None

    def gloss(self, text: str) -> str:
        """A text with each word and phrase that is listed in English; the rest stays."""
        return "".join(self._pieces(text))

    def translated(self, text: str) -> str:
        """The English of the words and phrases of a text that are listed, alone."""
        words = [*_WORD.finditer(text)]
        return " ".join(english for english, _ in self._found(words) if english)

    def listed(self, text: str) -> tuple[str, ...]:
        """The words of a text that have an English, alone or in a phrase."""
        words, at, found = [*_WORD.finditer(text)], 0, []
        for english, length in self._found(words):
            if english is not None:
                found += [word[0] for word in words[at : at + length]]
            at += length
        return tuple(found)

    def _pieces(self, text: str) -> Iterator[str]:
        words, done = [*_WORD.finditer(text)], 0
        at = 0
        for english, length in self._found(words):
            start, end = words[at].start(), words[at + length - 1].end()
            yield text[done:start]
            yield text[start:end] if english is None else english
            done, at = end, at + length
        yield text[done:]

    def _found(self, words: Sequence[re.Match[str]]) -> Iterator[tuple[str | None, int]]:
        """The English of each word or phrase, in order, None where it is not listed, and how many
        words it has.
        """
        stems = [self.stem(word[0]) for word in words]
        at = 0
        while at < len(words):
            longest = min(self.longest.get(stems[at], 1), len(words) - at)
            for length in range(longest, 1, -1):
                if (english := self.phrases.get(tuple(stems[at : at + length]))) is not None:
                    break
            else:
                length, english = 1, self.english(words[at][0])
            yield english, length
            at += length


@cache
def glossary(language: str) -> Glossary:
    """The shipped list of a language."""
    return made_of(language, lexicon.read(lexicon.SHIPPED / f"{language}.tsv"))


def made_of(language: str, entries: Mapping[str, str]) -> Glossary:
    """A list of words and phrases, each with its English. Of words with one stem the first counts
    for the others.
    """
    stemmer = STEMMERS[language]
    words = [word for word in entries if _WORD.fullmatch(word)]
    # One call for all: a call a word takes four times as long.
    joined = "\n".join(words)
    written = _first(zip(as_written(joined), words, strict=True), entries)
    stems = _first(zip(stems_in(stemmer, joined), words, strict=True), entries)
    phrases = _first(
        (
            (tuple(stems_in(stemmer, entry)), entry)
            for entry in entries
            if not _WORD.fullmatch(entry)
        ),
        entries,
    )
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return Glossary(language, written, stems, phrases, longest)


def _first(keyed: Iterable[tuple[_Key, str]], entries: Mapping[str, str]) -> dict[_Key, str]:
    """The English of each key, that of its first entry."""
    found: dict[_Key, str] = {}
    for key, entry in keyed:
        found.setdefault(key, entries[entry])
    return found
