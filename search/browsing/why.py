"""Why a passage was found: the words it shares with the question, and how near it is in meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from index.derived.words import WordIndex
from index.languages.gloss import foreign
from index.languages.stemming import as_written
from search.question.function_words import FUNCTION_TERMS
from search.question.near_words import Near, Terms
from search.question.reading import near_words_of
from search.records import Answer, Result

_WORD = re.compile(r"[^\W_]+")

_COMMON = 0.7
"""Inverse document frequency below which a word says nothing: it is in half of all passages."""

_SHORTEST = 4
"""Letters of a word in another language that is told: "man" for "one" says nothing."""

_NEARLY = 0.2
"""Share of a word that another has to count for to be told: "learn" counts .2 for "train"."""


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a result.

    matched, missing: words of the question, as asked and in its order, that the passage or its
        headings hold or lack, whatever their ending; words found in most passages and those without
        a meaning of their own ("how", "you") are in neither. A misspelt word is matched as what it
        is read as; what stands round the question is no part of it.
    near: words that it lacks, which are not in `missing`, each with what it holds, in small
        letters, that means nearly the same, or that is the same in another language.
    closeness: cosine of question and passage, [-1, 1]. quote_closeness: of question and quote.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    closeness: float
    quote_closeness: float


def whys(words: WordIndex, answer: Answer, results: Iterable[Result]) -> dict[int, Why]:
    """Hold results against the question they answer; by rank."""
    read_as = dict(answer.read_as)
    asked = answer.in_english or answer.bare or answer.question
    for written, other in answer.read_as:
        asked = asked.replace(written, other) if " " in written else asked
    nearest = near_words_of(words, _WORD.sub(lambda found: read_as.get(found[0], found[0]), asked))
    rarities = {word: words.rarity(read_as.get(word, word)) for word in _WORD.findall(asked)}
    telling = {
        word: rarity.keys()
        for word, rarity in rarities.items()
        if not rarity.keys() <= FUNCTION_TERMS and max(rarity.values()) >= _COMMON
    }
    own = {word.lower() for word in _WORD.findall(answer.question)} if answer.in_english else set()
    return {result.rank: _why(words, telling, nearest, own, result) for result in results}


def _why(
    words: WordIndex,
    telling: Mapping[str, Set[str]],
    nearest: Near,
    own: Set[str],
    result: Result,
) -> Why:
    """telling: the words of the question that say something, each with its terms. own: those of a
    question in another language, as asked, in small letters.
    """
    passage = result.stored.passage
    text = " ".join((result.document.metadata.title, *passage.section, passage.text))
    there = dict(zip(words.terms(text), as_written(text), strict=True))
    glossed = _glossed(words, text, passage.text)
    matched: list[str] = []
    missing: list[str] = []
    near: dict[str, str] = {}
    for word, terms in telling.items():
        lacking = terms - there.keys()
        if not lacking or {glossed.get(term, "").lower() for term in lacking} <= own:
            matched.append(word)
        elif lacking <= glossed.keys():
            near[word] = glossed[next(iter(lacking))]
        elif len(lacking) == 1 and (
            other := _stand_in(nearest.get(next(iter(lacking)), {}), there)
        ):
            near[word] = other
        else:
            missing.append(word)
    return Why(
        tuple(matched),
        tuple(missing),
        tuple(near.items()),
        result.candidate.closeness,
        result.candidate.window_closeness,
    )


def _glossed(words: WordIndex, text: str, passage: str) -> dict[str, str]:
    """The terms of the English of a passage in another language, each with the word that it stands
    for, as it is written there. text: the passage with its headings.
    """
    if not (other := foreign(passage)):
        return {}
    return {
        term: text[one.start : one.end]
        for one in other.stretches(text)
        if one.english and one.end - one.start >= _SHORTEST
        for term in words.terms(one.english)
    }


def _stand_in(near: Mapping[Terms, float], there: Mapping[str, str]) -> str:
    """Of what stands for a term what counts for most of those that are there, as written; empty
    where there is none.
    """
    told = {
        " ".join(there[term] for term in terms): share
        for terms, share in near.items()
        if there.keys() >= set(terms)
    }
    best = max(told, key=lambda word: told[word], default="")
    return best if told.get(best, 0) >= _NEARLY else ""
