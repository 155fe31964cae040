"""Learning which words mean nearly the same, for `search.question.near_words`.

`python -m search.question.learn_near_words` encodes the whole words of the bundled encoder's
vocabulary and those that stand twice in the labelled passages, each alone, and writes the nearest
of each, with those that the thesaurus gives, and phrases with what stands for them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import numpy as np

from corpus import labelled, phrases, thesaurus
from corpus import taxonomy as taxonomies
from corpus.phrases import Phrase
from corpus.thesaurus import Headword
from index.encoding import encoder as encoders
from index.encoding.encoder import FloatMatrix
from index.languages.stemming import stems
from search.question import near_words
from search.question.function_words import FUNCTION_TERMS
from search.question.nations import nation
from search.question.near_words import SAME, Phrases, Shares, Terms

FROM, SLOPE = 0.5, 1.2
"""Cosine from which a word is near another, and the share that it counts for each point above."""

RELATED = 0.3
"""Share that related words of the thesaurus count for (`search/measured.md`)."""

_MOST = 20
"""Near words kept of each; with 60 rankings gain nothing, with 10 less (`search/measured.md`)."""

_ROWS = 1000
"""So many words are compared with all others at a time."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_PIECE = re.compile(r"[a-z]{2,}")

_GROUPS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion first second third fourth fifth sixth seventh eighth ninth "
    "tenth half quarter january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday",
    "minute hour day week month year decade century",
    "morning afternoon evening",
    "dollar euro pound",
    "north east south west",
    "northern eastern southern western",
    "father mother son daughter brother sister uncle aunt",
    "black white grey red green blue yellow brown orange pink purple",
    "buddhist christian hindu jewish muslim sikh",
    "buddhism christianity hinduism islam judaism",
    "arabic chinese dutch english french german greek hebrew hindi italian japanese kurdish latin "
    "pashto persian polish portuguese russian somali spanish swahili tamil turkish ukrainian urdu",
)
"""Numbers and dates, units, points of the compass, kin, colours, faiths, languages: no two words of
a group mean the same, though the encoder has all of them near."""

_CONTRARY = (
    "absence presence, accept reject, adult minor, alive dead, approve reject, arrival departure, "
    "before after, best worst, better worse, big small, boy girl, buy sell, buyer seller, "
    "creditor debtor, debt credit, doctor patient, early late, easy difficult, employer employee, "
    "fast slow, formal informal, free paid, grow shrink, guilty innocent, high low, higher lower, "
    "host guest, husband wife, immigrant emigrant, immigration emigration, include exclude, "
    "inclusion exclusion, increase decrease, internal external, landlord tenant, large small, "
    "legal unlawful, light dark, male female, marriage divorce, married divorced, "
    "maximum minimum, men women, more less, open closed, primary secondary, public private, rich "
    "poor, safe dangerous, senior junior, short long, strength weakness, strong weak, success "
    "fail, success failure, summer winter, supply demand, teacher student, temporary permanent, "
    "top bottom, upper lower, victim offender, victim perpetrator, victory defeat, war peace, wet "
    "dry, win lose, young old"
)
"""Contraries, which the encoder has near since they stand in the same sentences."""

_NEGATIONS = ("dis", "il", "im", "in", "ir", "non", "un")
"""Prefixes that make a word the contrary of the rest."""

_NOT = frozenset(("no", "not"))
_EMPTY = FUNCTION_TERMS - _NOT

_NO_CONTRARY = "immigration immigrant imprison incorporated inflow"
"""Words that begin with one of these prefixes and are no contraries of the rest: "prison" may stand
for "imprison"."""


def main() -> int:
    """Learn the shipped table."""
    encoder = encoders.load_plain()
    pieces = (encoder.folder / "vocab.txt").read_text(encoding="utf-8").split()
    passages = labelled.load(labelled.STARTER, taxonomies.load())
    written = vocabulary(pieces, [passage.text for passage in passages])
    found = with_thesaurus(nearest(written, encoder.encode([*written.values()])), thesaurus.read())
    said = in_terms(phrases.read())
    near_words.save(found, said, near_words.SHIPPED)
    pairs = sum(map(len, found.values()))
    sys.stdout.write(f"{len(found)} words, {pairs} pairs, {len(said)} phrases\n")
    return 0


def vocabulary(pieces: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """Stems of the pieces that are whole words, and of words that stand twice in the texts, each
    with the word that it is written as most often; without those that have no meaning of their own.
    """
    seen = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    whole = Counter(piece for piece in pieces if _PIECE.fullmatch(piece))
    counts = {word: n for word, n in (seen + whole).items() if n > 1 or word in whole}
    best: dict[str, str] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        for stem in stems(word):
            best.setdefault(stem, word)
    return {stem: best[stem] for stem in sorted(best.keys() - FUNCTION_TERMS)}


def nearest(written: Mapping[str, str], vectors: FloatMatrix) -> dict[str, dict[str, float]]:
    """Each stem with those near it and the shares they count for, the nearest first.

    written: each stem as a word. vectors: float32 (n, dim), of the words, rows of unit length.
    """
    found = {}
    terms = [*written]
    for start in range(0, len(terms), _ROWS):
        cosines = vectors[start : start + _ROWS] @ vectors.T
        for term, row in zip(terms[start : start + _ROWS], cosines, strict=True):
            order = np.argsort(-row, kind="stable")[: np.count_nonzero(row > FROM)]
            near = (at for at in order.tolist() if not apart(written[term], written[terms[at]]))
            found[term] = {terms[at]: SLOPE * (float(row[at]) - FROM) for at in islice(near, _MOST)}
    return found


def with_thesaurus(near: Shares, entries: Iterable[Headword]) -> dict[str, dict[str, float]]:
    """Stems with those near them, and those of the thesaurus, either way; the larger share counts.

    Words of several stems, as "low-cost", and those that may not stand for each other are left out.
    """
    found = {term: dict(shares) for term, shares in near.items()}
    for one, other, share in _pairs(entries):
        for term, standing in ((one, other), (other, one)):
            shares = found.setdefault(term, {})
            shares[standing] = max(share, shares.get(standing, 0.0))
    return {
        term: dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))
        for term, shares in sorted(found.items())
    }


def _pairs(entries: Iterable[Headword]) -> Iterator[tuple[str, str, float]]:
    """The stems of two words of an entry, and the share that one counts for of the other."""
    for entry in entries:
        told = (*((o, SAME) for o in entry.same), *((o, RELATED) for o in entry.related))
        for other, share in told:
            both = (*stems(entry.word), *stems(other))
            if len(both) == 2 and FUNCTION_TERMS.isdisjoint(both) and not apart(entry.word, other):
                yield both[0], both[1], share


def in_terms(entries: Iterable[Phrase]) -> Phrases:
    """Phrases as terms, each with what may stand for it; where that is several words with a meaning
    of their own, "no" and "not" among them, these alone: "set up" keeps its "up". Phrases that are
    one term, or have none with a meaning, are left out.
    """
    found: dict[Terms, dict[Terms, None]] = {}
    for entry in entries:
        asked = tuple(stems(entry.text))
        if len(asked) > 1 and not FUNCTION_TERMS.issuperset(asked):
            told = found.setdefault(asked, {})
            for stand_in in entry.stand_ins:
                whole = tuple(stems(stand_in))
                telling = tuple(term for term in whole if term not in _EMPTY)
                other = telling if len(telling) > 1 else whole
                if telling and not set(telling) <= {*asked, *_NOT}:
                    told[other] = None
    return {asked: tuple(others) for asked, others in sorted(found.items()) if others}


def apart(one: str, other: str) -> bool:
    """Whether two words have one stem or may not stand for each other: contraries, two numbers,
    dates, units, colours, faiths or languages, two countries or their people.
    """
    both = frozenset((_stem(one), _stem(other)))
    return (
        len(both) == 1
        or both in _contraries()
        or any(both <= group for group in _groups())
        or _negates(one, other)
        or _negates(other, one)
        or bool(nation(one) and nation(other) and nation(one) != nation(other))
    )


def _negates(one: str, other: str) -> bool:
    """Whether a word is another with "un" or the like before it, whatever their endings."""
    rest = {_stem(one.removeprefix(prefix)) for prefix in _NEGATIONS if one.startswith(prefix)}
    return _stem(other) in rest and _stem(one) not in _no_contrary()


@cache
def _stem(word: str) -> str:
    return "".join(stems(word))


@cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stems(group)) for group in _GROUPS)


@cache
def _no_contrary() -> frozenset[str]:
    return frozenset(stems(_NO_CONTRARY))


@cache
def _contraries() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(stems(pair)) for pair in _CONTRARY.split(","))


if __name__ == "__main__":
    sys.exit(main())
