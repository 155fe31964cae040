"""Why a passage was found: the words it shares with the question, and how near it is in meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from index.derived.words import WordIndex
from index.languages.gloss import foreign
from index.languages.stemming import as_written
from search.question.function_words import FUNCTION_TERMS
from search.question.near_words import Near, Terms, near_words_of
from search.records import Answer, Result

_WORD = re.compile(r"[^\W_]+")

_COMMON = 0.7
"""Inverse document frequency below which a word says nothing: half of all passages have it."""

_SHORTEST = 4
"""Letters of the shortest word in another language that is shown: "man" for "one" says nothing."""

_NEARLY = 0.2
"""Least share of a word that a near one has to count for to be shown; "learn" counts .2 for
"train"."""


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a result.

    matched, missing: words of the question, as asked and in its order, that the passage or its
        headings hold, or lack, whatever their ending. Words that most passages have, and function
        words, are in neither. A misspelt word is compared as what it is read as.
    near: words of the question that the passage lacks and that are not in `missing`, each with a
        word of the passage that means nearly the same, in small letters, or the same in another
        language.
    closeness: cosine of question and passage, [-1, 1]. quote_closeness: of question and quote.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    closeness: float
    quote_closeness: float


@dataclass(frozen=True, slots=True)
class _ReadQuestion:
    """A question as it is held against the passages.

    telling: its words that say something, in order, each with its terms.
    near: its terms, each with what means nearly the same.
    own: the words of a question in another language as asked, in small letters.
    """

    telling: Mapping[str, Set[str]]
    near: Near
    own: Set[str]


def whys(words: WordIndex, answer: Answer, results: Iterable[Result]) -> dict[int, Why]:
    """What speaks for each of the results, by rank.

    answer: the results are of it; how it read its question counts.
    """
    asked = _read(words, answer)
    return {result.rank: _why(words, asked, result) for result in results}


def _read(words: WordIndex, answer: Answer) -> _ReadQuestion:
    read_as = dict(answer.read_as)
    text = answer.in_english or answer.bare or answer.question
    for written, other in answer.read_as:
        if " " in written:
            text = text.replace(written, other)
    mended = _WORD.sub(lambda found: read_as.get(found[0], found[0]), text)
    rarities = {word: words.rarity(read_as.get(word, word)) for word in _WORD.findall(text)}
    telling = {
        word: rarity.keys()
        for word, rarity in rarities.items()
        if not rarity.keys() <= FUNCTION_TERMS and max(rarity.values()) >= _COMMON
    }
    own = {word.lower() for word in _WORD.findall(answer.question)} if answer.in_english else set()
    return _ReadQuestion(telling, near_words_of(words, mended), own)


def _why(words: WordIndex, asked: _ReadQuestion, result: Result) -> Why:
    passage = result.stored.passage
    text = " ".join((result.document.metadata.title, *passage.section, passage.text))
    there = dict(zip(words.terms(text), as_written(text), strict=True))
    glossed = _glossed(words, text, passage.text)
    matched: list[str] = []
    missing: list[str] = []
    near: dict[str, str] = {}
    for word, terms in asked.telling.items():
        lacking = terms - there.keys()
        if not lacking or {glossed.get(term, "").lower() for term in lacking} <= asked.own:
            matched.append(word)
        elif other := _in_place_of(lacking, asked.near, there, glossed):
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


def _in_place_of(
    lacking: Set[str], near: Near, there: Mapping[str, str], glossed: Mapping[str, str]
) -> str:
    """What of a passage is shown in place of a word of the question; empty where nothing is.

    lacking: the terms of the word that the passage lacks. there, glossed: its terms, and the
    English ones of a passage in another language, each as it is written there.
    """
    first = next(iter(lacking))
    if lacking <= glossed.keys():
        return glossed[first]
    return _stand_in(near.get(first, {}), there) if len(lacking) == 1 else ""


def _glossed(words: WordIndex, text: str, passage: str) -> dict[str, str]:
    """The English terms of a passage in another language, each with the word of the passage that it
    stands for; empty for a passage in English. text: the passage with its headings.
    """
    if not (glossary := foreign(passage)):
        return {}
    return {
        term: text[one.start : one.end]
        for one in glossary.stretches(text)
        if one.english and one.end - one.start >= _SHORTEST
        for term in words.terms(one.english)
    }


def _stand_in(near: Mapping[Terms, float], there: Mapping[str, str]) -> str:
    """What of a passage stands for a term that it lacks, as it is written there, and counts for the
    largest share; empty where nothing does.

    near: what stands for the term, with the shares. there: the terms of the passage, as written.
    """
    share_of = {
        " ".join(there[term] for term in terms): share
        for terms, share in near.items()
        if there.keys() >= set(terms)
    }
    best = max(share_of, key=lambda word: share_of[word], default="")
    return best if share_of.get(best, 0) >= _NEARLY else ""
