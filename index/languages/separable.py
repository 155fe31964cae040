"""Verbs that come apart over a clause, found again: "lehnte den Antrag ab" holds "ablehnen".

In German and Dutch the particle stands at the end of its clause, in Swedish a few words behind the
verb. Which verb it belongs to is tried out: the infinitive of both has to be listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.languages.stemming import as_written
from index.languages.verb_forms import PREFIXES, infinitives

_PREPOSITIONS = frozenset("an av for i med om pa till ur vid over".split())
"""Swedish prepositions that are particles too: of a verb only where they stand beside it."""

_PARTICLES = {
    **{language: frozenset(prefixes) for language, prefixes in PREFIXES.items()},
    "sv": _PREPOSITIONS.union(
        "bort emot fast fram igen igang ihop in isar ned ner undan upp ut".split()
    ),
}

_BEHIND = {
    "de": frozenset("aber als bzw oder sondern sowie und wie".split()),
    "nl": frozenset(
        "aan als bij binnen dan dat door en in maar met na naar namens of om omdat onder op over"
        " sinds tegen tijdens toen tot tussen uit van vanaf vanwege via volgens voor voordat"
        " waardoor wanneer want zodat zoals zonder".split()
    ),
}
"""Words that may follow a particle without a mark between: a preposition in the particle's place
would have its noun there."""

_AND = {"de": frozenset(("und", "oder")), "nl": frozenset(("en", "of", "maar"))}
"""Words behind which a clause may have another verb: "prüfte und hob … auf"."""

_BEFORE_NOUN = frozenset(
    "aan al alle bij dat de deze die dit door een elk elke geen haar het hoeveel hun ieder iedere"
    " in meer met mijn naar om ons onze op over te tot uit van veel voor weinig welk welke".split()
)
"""Dutch words before a noun, which may look like a verb: "het werk" is no form of "uitwerken"."""

_NOUNS = frozenset(
    "aandelen aantallen afspraken afstanden bijlagen ingangen inkomsten invloeden inzichten nadelen"
    " onderdelen opbrengsten opdrachten opstanden overgangen overzichten toegangen toeslagen"
    " toestanden uitgangen uitkomsten uitslagen uitspraken uitzichten voorbeelden voordelen".split()
)
"""Dutch plurals that look like infinitives of separable verbs."""

_NOUN = re.compile(r".*(?<!dr)(?<!dw)(?<!spr)(?<!z)ingen")
"""The same by their ending: "lichting … in" holds no "inlichtingen". Verbs end so that are of
"dringen", "dwingen", "springen" and "zingen"."""

_BEHIND_WAAR = {("om", "gaan"), ("over", "gaan")}
"""Dutch particles and verbs that are no separable verb behind "waar": the particle is a preposition
that belongs to "waar", as in "waar gaat het om" (what is it about)."""

_CLAUSE_END = re.compile(r"[.,](?!\d)|[;:?!\n()]")
_SENTENCE_END = re.compile(r"\.(?!\d)|[;:?!\n]")

_LONGEST = max(map(len, frozenset().union(*_PARTICLES.values())))
"""Letters of the longest particle."""

_FURTHEST = 30
"""Words between a verb and its particle."""

_FURTHEST_SWEDISH = 3
"""The same in Swedish, where the object stands behind the particle."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A verb apart from its particle: at which words of a text the two stand, and the infinitive of
    both, in one word, in Swedish in two.
    """

    verb: int
    particle: int
    infinitive: str


def parted(
    language: str, words: Sequence[str], gaps: Sequence[str], listed: Callable[[str], bool]
) -> list[Parted]:
    """The verbs of a text that stand apart from their particle, where the infinitive of both is
    listed; none in languages whose verbs do not come apart.

    words: of the text, in order. gaps: what stands behind each. listed: whether an infinitive is,
    in small letters without accents.
    """
    if language not in _PARTICLES:
        return []
    text = _Text(language, words, gaps, listed)
    found: list[Parted] = []
    first = 0
    for at, word in enumerate(words):
        if len(word) <= _LONGEST and text.folded(at) in _PARTICLES[language]:
            one = text.of_swedish(at, first) if language == "sv" else text.of_clause(at, first)
            if one:
                found.append(one)
                first = max(first, one.verb + 1, one.particle + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """What `parted` is given. In its methods `particle` is the place of a word that may be one, and
    `first` the place of the first word that no verb found before has taken.
    """

    language: str
    words: Sequence[str]
    gaps: Sequence[str]
    listed: Callable[[str], bool]

    def folded(self, at: int) -> str:
        """A word in small letters without accents."""
        return "".join(as_written(self.words[at]))

    def of_swedish(self, particle: int, first: int) -> Parted | None:
        """The verb of a Swedish particle."""
        own = self.folded(particle)
        furthest = 0 if own in _PREPOSITIONS else _FURTHEST_SWEDISH
        clause = self._start(particle, first, _CLAUSE_END)
        for at in range(particle - 1, max(clause, particle - 1 - furthest) - 1, -1):
            for verb in infinitives("sv", self.folded(at)):
                if self.listed(f"{verb} {own}"):
                    return Parted(at, particle, f"{verb} {own}")
        return None

    def of_clause(self, particle: int, first: int) -> Parted | None:
        """The verb of a German or Dutch particle at the end of its clause, or the verb behind it
        that only "te" parts from it.
        """
        if self._before_te(particle):
            joined = f"{self.folded(particle)}{self.folded(particle + 2)}"
            return Parted(particle + 2, particle, joined) if self.listed(joined) else None
        if not self._ends_clause(particle):
            return None
        starts = self._starts(particle, first)
        return next((one for at in starts if (one := self._first_verb(at, particle))), None)

    def _starts(self, particle: int, first: int) -> list[int]:
        """From where a verb is looked for, one place after the other: the last "and" of the clause,
        its start, and, where the clause is the particle alone, the start of the sentence.
        """
        start = self._start(particle, first, _CLAUSE_END)
        ands = (
            at for at in range(particle - 1, start, -1) if self.words[at] in _AND[self.language]
        )
        starts = [next(ands, start), start]
        if start == particle:  # what stands between commas is over: "stellte, was er plante, vor"
            starts.append(self._start(particle, first, _SENTENCE_END))
        return starts

    def _first_verb(self, start: int, particle: int) -> Parted | None:
        """The first word from a place on that is a verb with the particle."""
        own = self.folded(particle)
        for at in range(start, particle):
            if not self._may_be_verb(at, start):
                continue
            for verb in infinitives(self.language, self.folded(at)):
                joined = f"{own}{verb}"
                preposition = (own, verb) in _BEHIND_WAAR and self.folded(start) == "waar"
                noun = self.language == "nl" and (joined in _NOUNS or _NOUN.fullmatch(joined))
                if not preposition and not noun and self.listed(joined):
                    return Parted(at, particle, joined)
        return None

    def _may_be_verb(self, at: int, start: int) -> bool:
        """Whether a word is no noun: in Dutch by the word before it, in German by its capital."""
        if self.language == "nl":
            return at == start or self.words[at - 1].lower() not in _BEFORE_NOUN
        begins = at == 0 or bool(_SENTENCE_END.search(self.gaps[at - 1]))
        return self.words[at].islower() or (begins and not self.words[at].isupper())

    def _before_te(self, particle: int) -> bool:
        """Whether Dutch "te" and another word follow, as in "op te bouwen"; "om te bouwen" is no
        form of "ombouwen".
        """
        behind = self.words[particle + 1 : particle + 3]
        return (
            self.language == "nl"
            and len(behind) == 2
            and behind[0] == "te"
            and self.folded(particle) != "om"
            and not any(map(str.strip, self.gaps[particle : particle + 2]))
        )

    def _ends_clause(self, at: int) -> bool:
        gap = self.gaps[at]
        if at + 1 == len(self.words) or _CLAUSE_END.search(gap):
            return True
        return not gap.strip() and self.words[at + 1] in _BEHIND[self.language]

    def _start(self, particle: int, first: int, end: re.Pattern[str]) -> int:
        """The first word of the clause or sentence of a particle, no further off than a verb may
        be, nor before `first`.

        end: what ends the clause or sentence before.
        """
        at = particle
        while at > max(first, particle - _FURTHEST) and not end.search(self.gaps[at - 1]):
            at -= 1
        return at
