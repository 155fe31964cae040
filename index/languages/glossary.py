"""Words of another language into English, one after the other, through the shipped lists.

The bundled encoder and the tagger were taught English. What stands in a German report is nothing to
them; its words in English, in the order and without the grammar of the report, are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TypeVar

from corpus import lexicon
from index.languages.place_names import is_town
from index.languages.separable import parted
from index.languages.stemming import as_written, stems_in
from index.languages.verb_forms import infinitives, joined

STEMMERS = {
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "sv": "swedish",
}
"""Languages that are read so, ISO 639-1, and what tantivy calls their stemmers."""

_COMPOUNDING = frozenset(("de", "nl", "sv"))
_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""What may stand between the parts of a compound."""

_SHORTEST_PART = 4

_NOUNS = {"de": {"ungen": "ung"}, "nl": {"ingen": "ing", "heden": "heid"}}
"""Ends of nouns whose stem is that of a verb, or no listed one: "hervestigingen" would be a form of
"hervestigde" (resettled) before it is one of "hervestiging"."""

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

_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,5}")
"""Letters of one: "EU" is no "eu" (had)."""

_SHORT_FORMS = frozenset(
    "cjeu ecb ecre echr eu gdp hiv icj ilo imf iom nato ngo ngos oecd osce uk un unesco unhcr "
    "unicef us usa vat who wto".split()
)
"""English of acronyms that other languages have their own for: ACNUR."""

_SMALL = frozenset("the of to a an that which who this these those be is are was in on and".split())

_TITLES = {
    "de": frozenset("herr herrn frau dr prof".split()),
    "es": frozenset("señor señora sr sra dr dra".split()),
    "fr": frozenset("monsieur madame m mme dr".split()),
    "it": frozenset("signor signora sig dott".split()),
    "nl": frozenset("meneer mevrouw dhr mevr mw dr".split()),
    "pt": frozenset("senhor senhora sr sra dr dra".split()),
    "sv": frozenset("herr fru dr".split()),
}
"""What stands before a name: "Frau Stein" is no stone."""

_CALLED = re.compile(r"\.? ")

_KEPT = 50_000
"""Words of which it is remembered what they are in English."""

_KEPT_TEXTS = 4096
"""Texts of which the same is remembered: views are built of the same ones again and again."""

_LONGEST = 60
"""Letters from which on a word is in no list: the analyzers drop it."""

_Key = TypeVar("_Key", str, tuple[str, ...])
Word = re.Match[str]
"""A word where it stands, with its ending of all genders; its first group is without."""


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
    """The words of one language.

    entries: words as they are listed, with their English. plain: the same without accents. stems:
    the same by stem. phrases: those of several words, by the stems of these. plain_phrases: the
    same without accents. longest: how many words the longest phrase has that begins with a stem.
    """

    language: str
    entries: Mapping[str, str]
    plain: Mapping[str, str]
    stems: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    plain_phrases: Mapping[tuple[str, ...], str]
    longest: Mapping[str, int]
    _known: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    _told: dict[str, str] = field(default_factory=dict)

    def english(self, word: str) -> str | None:
        """The English of one word, empty where it adds nothing; None of a word not listed."""
        return self._looked_up(word)[1]

    def stretches(self, text: str) -> Iterator[Stretch]:
        """The words of a text in order, those of a listed phrase together."""
        words = [*(_GENDERED if self.language == "de" else _WORD).finditer(text)]
        stems = [self._looked_up(word[1])[0] for word in words]
        kept = set() if text.isupper() else self._kept(text, words)
        apart = self._apart(text, words)
        at = 0
        while at < len(words):
            length, english = self._phrase(text, words, stems, at)
            if apart and not apart.keys().isdisjoint(range(at, at + length)):
                length = 1
            if length == 1:
                own = None if at in kept else self.english(words[at][1])
                english = apart.get(at, own)
            yield Stretch(words[at].start(), words[at + length - 1].end(), english)
            at += length

    def _apart(self, text: str, words: Sequence[Word]) -> dict[int, str]:
        """The English of the words that are a verb apart from its particle: all of it is the
        verb's.
        """
        shown = [word[1] for word in words]
        starts = [*(word.start() for word in words), len(text)]
        gaps = [text[word.end() : start] for word, start in zip(words, starts[1:], strict=True)]
        found: dict[int, str] = {}
        for one in parted(self.language, shown, gaps, lambda verb: self._verb(verb) is not None):
            found[one.particle] = ""
            found[one.verb] = self._verb(one.infinitive) or ""
        return found

    def _verb(self, infinitive: str) -> str | None:
        """The English of an infinitive, in one word or in two; None where it is not listed."""
        return self.plain.get(infinitive) or self.plain_phrases.get(tuple(infinitive.split()))

    def _phrase(
        self, text: str, words: Sequence[Word], stems: Sequence[str], at: int
    ) -> tuple[int, str | None]:
        """How many words the longest listed phrase has that begins with one, and its English, that
        of the form that stands there before that of another; 1 and None where none does.
        """
        for length in range(min(self.longest.get(stems[at], 1), len(words) - at), 1, -1):
            found = words[at : at + length]
            english = self.phrases.get(tuple(stems[at : at + length]))
            if english is not None and all(
                _BESIDE.fullmatch(text, one.end(), other.start()) for one, other in pairwise(found)
            ):
                written = tuple("".join(as_written(word[1])) for word in found)
                return length, self.plain_phrases.get(written, english)
        return 1, None

    def _kept(self, text: str, words: Sequence[Word]) -> set[int]:
        """Which words stay whatever the list has: acronyms, towns behind "in", and names behind a
        title, as "Stein" of "Frau Dr. Eva Stein".
        """
        kept = {
            at
            for at, word in enumerate(words)
            if _ACRONYM.fullmatch(word[0]) and self.entries.get(word[0].lower()) not in _SHORT_FORMS
        }
        called: set[int] = set()
        for at, (before, word) in enumerate(pairwise(words), start=1):
            first_name = at - 1 in called and self.english(before[1]) is None
            titled = first_name or before[1].lower() in _TITLES[self.language]
            beside = _CALLED.fullmatch(text, before.end(), word.start())
            if titled and beside and word[1][0].isupper():
                called.add(at)
            blank = text[before.end() : word.start()] == " "
            if blank and is_town(self.language, before[1], word[1]):
                kept.add(at)
        return kept | called

    def gloss(self, text: str) -> str:
        """A text with each word and phrase that is listed in English; the rest stays."""
        return self._with(text, lambda english: english)

    def telling(self, text: str) -> str:
        """`gloss` without the articles, prepositions and forms of "be" that it gives."""
        return self._with(
            text, lambda english: " ".join(w for w in english.split() if w not in _SMALL)
        )

    def _with(self, text: str, shown: Callable[[str], str]) -> str:
        pieces, done = [], 0
        for one in self.stretches(text):
            pieces.append(_MARKS.sub(" ", text[done : one.start]))
            pieces.append(text[one.start : one.end] if one.english is None else shown(one.english))
            done = one.end
        return "".join((*pieces, _MARKS.sub(" ", text[done:])))

    def translated(self, text: str) -> str:
        """The English of what is listed in a text alone, with numbers behind it ("article 17")."""
        found = self._told.get(text)  # once, as for words
        if found is None:
            if len(self._told) >= _KEPT_TEXTS:
                self._told.clear()
            found = self._told[text] = " ".join(self._pieces(text))
        return found

    def _pieces(self, text: str) -> Iterator[str]:
        for one in self.stretches(text):
            if one.english:
                yield one.english
                if number := _NUMBER_BEHIND.match(text, one.end):
                    yield number[1]

    def _looked_up(self, word: str) -> tuple[str, str | None]:
        """The stem of a word, and its English."""
        if len(word) >= _LONGEST:
            return "", None
        # Not asked twice: another thread may forget all words in between.
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            stem = self._stem(word)
            known = self._known[word] = stem, self._english(word.lower(), stem)
        return known

    def _stem(self, word: str) -> str:
        return "".join(stems_in(STEMMERS[self.language], word))

    def _english(self, word: str, stem: str) -> str | None:
        plain = "".join(as_written(word))
        for key, table in ((word, self.entries), (plain, self.plain)):
            if key in table:
                return table[key]
        singular = plain.removesuffix("s")
        if singular not in self.plain and not english_words().isdisjoint((plain, singular)):
            return None  # "association" is no form of "associant", it is spelt as in English
        found = self._noun(plain)
        if found is None:
            found = self.stems.get(stem)
        if found is None and self.language == "fr" and word.endswith("ent"):
            return self.english(word[:-2])  # "signalent": the stemmer leaves the plural's ending
        if found is None and self.language in _COMPOUNDING:
            return self._form(plain) or " ".join(self._parts(plain)) or None
        return found

    def _form(self, word: str) -> str | None:
        """The English of the listed verb that a word is a form of."""
        verbs = (*infinitives(self.language, word), *joined(self.language, word))
        return next((self.plain[verb] for verb in verbs if verb in self.plain), None)

    def _parts(self, word: str) -> list[str]:
        """The English of a compound's parts, the last part the longest that is listed; or none."""
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

    def _noun(self, word: str) -> str | None:
        """The English of the listed noun that a word is a regular form of."""
        endings = _NOUNS.get(self.language, {})
        singular = (word.removesuffix(e) + one for e, one in endings.items() if word.endswith(e))
        return next((self.plain[one] for one in singular if one in self.plain), None)


@cache
def glossary(language: str) -> Glossary:
    """The shipped list of a language."""
    return made_of(language, _shipped(language))


@cache
def _shipped(language: str) -> Mapping[str, str]:
    return lexicon.read(lexicon.SHIPPED / f"{language}.tsv")


@cache
def english_words() -> frozenset[str]:
    """All words of the English that the shipped lists give."""
    given = (each for language in STEMMERS for each in _shipped(language).values())
    return frozenset(word for each in given for word in each.split())


def made_of(language: str, entries: Mapping[str, str]) -> Glossary:
    """A list of words and phrases, each with its English. Of words with one stem the first counts
    for the others.
    """
    stemmer = STEMMERS[language]
    words = [entry for entry in entries if _WORD.fullmatch(entry)]
    several = [entry for entry in entries if not _WORD.fullmatch(entry)]
    # One call for all: a call a word takes four times as long.
    lines = "\n".join(words)
    phrases = _first(((tuple(stems_in(stemmer, entry)), entry) for entry in several), entries)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return Glossary(
        language,
        entries,
        _first(zip(as_written(lines), words, strict=True), entries),
        _first(zip(stems_in(stemmer, lines), words, strict=True), entries),
        phrases,
        _first(((tuple(as_written(entry)), entry) for entry in several), entries),
        longest,
    )


def _first(keyed: Iterable[tuple[_Key, str]], entries: Mapping[str, str]) -> dict[_Key, str]:
    """The English of each key, that of its first entry."""
    found: dict[_Key, str] = {}
    for key, entry in keyed:
        found.setdefault(key, entries[entry])
    return found
