"""Why a passage was found: the words it shares with the question, and how near it is in meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.words import WordIndex, as_written
from search.function_words import FUNCTION_TERMS
from search.reading import nearly
from search.records import Answer, Result

_WORD = re.compile(r"[^\W_]+")

_COMMON = 0.7
"""Inverse document frequency below which a word says nothing: it is in half of all passages."""

_NEARLY = 0.2
"""Share of a word that another has to count for to be told: "learn" counts .2 for "train"."""


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a result.

    matched, missing: words of the question, as asked and in its order, that the passage or its
        headings hold or lack, whatever their ending; words found in most passages and those without
        a meaning of their own ("how", "you") are in neither. A misspelt word is matched as what it
        is read as; what stands round the question is no part of it.
    near: words that it lacks, which are not in `missing`, each with one that it holds in small
        letters and that means nearly the same.
    closeness: cosine of question and passage, [-1, 1]. quote_closeness: of question and quote.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    closeness: float
    quote_closeness: float


def why(words: WordIndex, answer: Answer, result: Result) -> Why:
    """Hold a result against the question it answers."""
    read_as = dict(answer.read_as)
    passage = result.stored.passage
    text = " ".join((result.document.metadata.title, *passage.section, passage.text))
    there = dict(zip(words.terms(text), as_written(text), strict=True))
    matched: dict[str, None] = {}
    missing: dict[str, None] = {}
    near: dict[str, str] = {}
    asked = answer.bare or answer.question
    for written, other in answer.read_as:
        asked = asked.replace(written, other) if " " in written else asked
    nearest = nearly(words, _WORD.sub(lambda found: read_as.get(found[0], found[0]), asked))
    for word in _WORD.findall(asked):
        terms = words.rarity(read_as.get(word, word))
        if terms.keys() <= FUNCTION_TERMS or max(terms.values()) < _COMMON:
            continue
        lacking = terms.keys() - there.keys()
        if not lacking:
            matched[word] = None
        elif len(lacking) == 1 and (other := _stand_in(nearest.get(lacking.pop(), {}), there)):
            near[word] = other
        else:
            missing[word] = None
    return Why(
        tuple(matched),
        tuple(missing),
        tuple(near.items()),
        result.candidate.closeness,
        result.candidate.window_closeness,
    )


def _stand_in(near: Mapping[str, float], there: Mapping[str, str]) -> str:
    """Of the terms near another the one that counts for most of those that are there, as written;
    empty where there is none.
    """
    told = {there[term]: share for term, share in near.items() if term in there}
    best = max(told, key=lambda word: told[word], default="")
    return best if told.get(best, 0) >= _NEARLY else ""
