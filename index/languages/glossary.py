"""A text of another language in English, one word after the other, by the shipped lists.

The bundled encoder and the tagger were taught English. What stands in a German report is nothing to
them; its words in English, in the order and without the grammar of the report, are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from index.languages import word_list
from index.languages.names import Word, names
from index.languages.separable import parted
from index.languages.stemming import as_written
from index.languages.word_list import WordList

# Letters beside figures are of a code, not a word: "règle 12a7".
_WORD = re.compile(r"(?<![^\W_])([^\W\d_]+)(?![^\W_])")
_GENDERED = re.compile(rf"{_WORD.pattern}(?:(?:[*:_]|/-?)(?:innen|in|e[rn]?|[rn])(?![^\W_]))?")
"""A German word with the ending of all genders behind a mark: "Bewerber*innen", "jede:r"."""

_BESIDE = re.compile(r"[^\S\n]*[-'’,/]?[^\S\n]*|\.")
"""What may stand between two words of a phrase: none runs over a sentence's end, a line's, or a
quotation mark."""

_NUMBER_BEHIND = re.compile(r"[^\S\n](\d+(?:[.,]\d+)*)")
_MARKS = re.compile(r"['’¿¡]")
"""Marks that English has not, or not there."""

_SMALL = frozenset("the of to a an that which who this these those be is are was in on and".split())
"""Articles, prepositions and the like, which `Glossary.telling` leaves out."""

_REMEMBERED = 4096
"""Texts whose English is remembered: views are built of the same ones again and again."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A word of a text, or a phrase that is listed: offsets from and to, and its English, empty
    where it adds nothing, None where it is not listed.
    """

    start: int
    end: int
    english: str | None


@dataclass(frozen=True, slots=True)
class Glossary:
    """Reads texts of one language in English, by the list of its words."""

    words: WordList
    _translated: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language that is read, ISO 639-1."""
        return self.words.language

    def gloss(self, text: str) -> str:
        """A text with each word and phrase that is listed in English; the rest stays."""
        return self._with(text, lambda english: english)

    def telling(self, text: str) -> str:
        """`gloss` without the articles, prepositions and forms of "be" that it gives."""
        return self._with(
            text, lambda english: " ".join(w for w in english.split() if w not in _SMALL)
        )

    def translated(self, text: str) -> str:
        """The English of what is listed in a text alone, with numbers behind it ("article 17")."""
        # Not asked twice, as in `WordList.entry`.
        found = self._translated.get(text)
        if found is None:
            if len(self._translated) >= _REMEMBERED:
                self._translated.clear()
            found = self._translated[text] = " ".join(self._listed(text))
        return found

    def stretches(self, text: str) -> Iterator[Stretch]:
        """The words of a text in order, those of a listed phrase together."""
        words = [*(_GENDERED if self.language == "de" else _WORD).finditer(text)]
        stems = [self.words.entry(word[1]).stem for word in words]
        kept = set() if text.isupper() else names(text, words, self.words)
        verbs = self._verbs_apart(text, words)
        at = 0
        while at < len(words):
            length, english = self._phrase(text, words, stems, at)
            if verbs and not verbs.keys().isdisjoint(range(at, at + length)):
                length = 1
            if length == 1:
                own = None if at in kept else self.words.english(words[at][1])
                english = verbs.get(at, own)
            yield Stretch(words[at].start(), words[at + length - 1].end(), english)
            at += length

    def _with(self, text: str, shown: Callable[[str], str]) -> str:
        """A text in which what is listed stands in English, as it is to be shown."""
        pieces, done = [], 0
        for one in self.stretches(text):
            pieces.append(_MARKS.sub(" ", text[done : one.start]))
            pieces.append(text[one.start : one.end] if one.english is None else shown(one.english))
            done = one.end
        return "".join((*pieces, _MARKS.sub(" ", text[done:])))

    def _listed(self, text: str) -> Iterator[str]:
        for one in self.stretches(text):
            if one.english:
                yield one.english
                if number := _NUMBER_BEHIND.match(text, one.end):
                    yield number[1]

    def _verbs_apart(self, text: str, words: Sequence[Word]) -> dict[int, str]:
        """Where a verb stands apart from its particle, the English of each of the two words, by its
        place among the words: the verb's is that of both, the particle's is empty.
        """
        shown = [word[1] for word in words]
        starts = [*(word.start() for word in words), len(text)]
        gaps = [text[word.end() : start] for word, start in zip(words, starts[1:], strict=True)]
        verb = self.words.verb
        found: dict[int, str] = {}
        for one in parted(self.language, shown, gaps, lambda name: verb(name) is not None):
            found[one.particle] = ""
            found[one.verb] = verb(one.infinitive) or ""
        return found

    def _phrase(
        self, text: str, words: Sequence[Word], stems: Sequence[str], at: int
    ) -> tuple[int, str | None]:
        """The longest listed phrase that begins with a word: how many words it has, and its
        English. 1 and None where there is none. Of two phrases with the same stems the one that is
        written as the text has it goes first.
        """
        listed = self.words
        for length in range(min(listed.longest.get(stems[at], 1), len(words) - at), 1, -1):
            found = words[at : at + length]
            english = listed.phrases.get(tuple(stems[at : at + length]))
            if english is not None and all(
                _BESIDE.fullmatch(text, one.end(), other.start()) for one, other in pairwise(found)
            ):
                written = tuple("".join(as_written(word[1])) for word in found)
                return length, listed.plain_phrases.get(written, english)
        return 1, None


@cache
def glossary(language: str) -> Glossary:
    """The glossary of a language, by its shipped list."""
    return made_of(language, word_list.shipped(language))


def made_of(language: str, entries: Mapping[str, str]) -> Glossary:
    """A glossary of these words and phrases, each with its English."""
    return Glossary(word_list.made_of(language, entries))
