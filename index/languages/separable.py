"""Verbs that come apart over a clause, found again: "lehnte den Antrag ab" holds "ablehnen"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.languages.stemming import as_written
from index.languages.verb_forms import PREFIXES, infinitives

_BESIDE = frozenset("an av for i med om pa till ur vid over".split())
"""Swedish particles that are prepositions, unless they stand beside the verb."""

_PARTICLES = {
    **{language: frozenset(prefixes) for language, prefixes in PREFIXES.items()},
    "sv": _BESIDE.union("bort emot fast fram igen igang ihop in isar ned ner undan upp ut".split()),
}

_BEHIND = {
    "de": frozenset("aber als bzw oder sondern sowie und wie".split()),
    "nl": frozenset(
        "aan als bij binnen dan dat door en in maar met na naar namens of om omdat onder op over"
        " sinds tegen tijdens toen tot tussen uit van vanaf vanwege via volgens voor voordat"
        " waardoor wanneer want zodat zoals zonder".split()
    ),
}
"""What may stand behind a particle: a preposition would have its noun there."""

_ALSO = {"de": frozenset(("und", "oder")), "nl": frozenset(("en", "of", "maar"))}
"""What may begin the part of a clause that has a verb of its own."""

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
_NOUN = re.compile(r".*(?<!dr)(?<!dw)(?<!spr)(?<!z)ingen")
"""Dutch plurals that look like infinitives: "lichting … in" holds no "inlichtingen"."""

_LEFT_OVER = {("om", "gaan"), ("over", "gaan")}
"""Dutch particles that are what "waar" left of a preposition: "waar gaat het om"."""

_CLAUSE = re.compile(r"[.,](?!\d)|[;:?!\n()]")
_SENTENCE = re.compile(r"\.(?!\d)|[;:?!\n]")

_LONGEST = max(map(len, frozenset().union(*_PARTICLES.values())))
_FURTHEST = 30
"""Words between a verb and its particle."""

_NEAR = 3
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
            one = text.swedish(at, first) if language == "sv" else text.of_clause(at, first)
            if one:
                found.append(one)
                first = max(first, one.verb + 1, one.particle + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    language: str
    words: Sequence[str]
    gaps: Sequence[str]
    listed: Callable[[str], bool]

    def folded(self, at: int) -> str:
        return "".join(as_written(self.words[at]))

    def swedish(self, particle: int, first: int) -> Parted | None:
        """The verb of a particle, which stands a few words before it at most."""
        own = self.folded(particle)
        start = max(self._start(particle, first, _CLAUSE), particle - 1 - _NEAR)
        for at in range(particle - 1, (particle - 2 if own in _BESIDE else start - 1), -1):
            for verb in infinitives("sv", self.folded(at)) if at >= start else ():
                if self.listed(f"{verb} {own}"):
                    return Parted(at, particle, f"{verb} {own}")
        return None

    def of_clause(self, particle: int, first: int) -> Parted | None:
        """The verb of a particle at the end of its clause, or of one that "te" parts from it."""
        if self._before_te(particle):
            joined = f"{self.folded(particle)}{self.folded(particle + 2)}"
            return Parted(particle + 2, particle, joined) if self.listed(joined) else None
        if not self._ends_clause(particle):
            return None
        start = self._start(particle, first, _CLAUSE)
        also = (
            at for at in range(particle - 1, start, -1) if self.words[at] in _ALSO[self.language]
        )
        starts = [next(also, start), start]
        if start == particle:  # what stands between commas is over: "stellte, was er plante, vor"
            starts.append(self._start(particle, first, _SENTENCE))
        return next((one for at in starts if (one := self._first_verb(at, particle))), None)

    def _first_verb(self, start: int, particle: int) -> Parted | None:
        own = self.folded(particle)
        for at in range(start, particle):
            if not self._may_be_verb(at, start):
                continue
            for verb in infinitives(self.language, self.folded(at)):
                joined = f"{own}{verb}"
                left_over = (own, verb) in _LEFT_OVER and self.folded(start) == "waar"
                noun = self.language == "nl" and (joined in _NOUNS or _NOUN.fullmatch(joined))
                if not left_over and not noun and self.listed(joined):
                    return Parted(at, particle, joined)
        return None

    def _may_be_verb(self, at: int, start: int) -> bool:
        if self.language == "nl":
            return at == start or self.words[at - 1].lower() not in _BEFORE_NOUN
        begins = at == 0 or bool(_SENTENCE.search(self.gaps[at - 1]))
        return self.words[at].islower() or (begins and not self.words[at].isupper())

    def _before_te(self, particle: int) -> bool:
        """Whether Dutch "te" and another word follow, as in "op te bouwen": "om te bouwen" is no
        form of "ombouwen".
        """
        behind = self.words[particle + 1 : particle + 3]
        beside = not any(map(str.strip, self.gaps[particle : particle + 2]))
        own = self.folded(particle)
        return (
            self.language == "nl"
            and own != "om"
            and beside
            and [*behind[:1]] == ["te"]
            and len(behind) == 2
        )

    def _ends_clause(self, at: int) -> bool:
        gap = self.gaps[at]
        if at + 1 == len(self.words) or _CLAUSE.search(gap):
            return True
        return not gap.strip() and self.words[at + 1] in _BEHIND[self.language]

    def _start(self, particle: int, first: int, end: re.Pattern[str]) -> int:
        """The first word of the clause or sentence of a particle, of those from one on."""
        at = particle
        while at > max(first, particle - _FURTHEST) and not end.search(self.gaps[at - 1]):
            at -= 1
        return at
