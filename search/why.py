"""Why a passage was found: the words it shares with the question, and how near it is in meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.words import WordIndex
from search.reading import function_terms
from search.records import Answer, Result

_WORD = re.compile(r"[^\W_]+")

_COMMON = 0.7
"""Inverse document frequency below which a word says nothing: it is in half of all passages."""


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a result.

    matched, missing: words of the question, as asked and in its order, that the passage or its
        headings hold or lack, whatever their ending; words found in most passages and those without
        a meaning of their own ("how", "you") are in neither. A misspelt word is matched as what it
        is read as; what stands round the question is no part of it.
    closeness: cosine of question and passage, [-1, 1]. quote_closeness: of question and quote.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    closeness: float
    quote_closeness: float


def why(words: WordIndex, answer: Answer, result: Result) -> Why:
    """Hold a result against the question it answers."""
    read_as = dict(answer.read_as)
    passage = result.stored.passage
    heading = " ".join((result.document.metadata.title, *passage.section))
    there = set(words.terms(f"{heading} {passage.text}"))
    function = function_terms()
    matched: dict[str, None] = {}
    missing: dict[str, None] = {}
    text = answer.bare or answer.question
    for asked, other in answer.read_as:
        text = text.replace(asked, other) if " " in asked else text
    for word in _WORD.findall(text):
        terms = words.rarity(read_as.get(word, word))
        if terms.keys() <= function or max(terms.values()) < _COMMON:
            continue
        (matched if terms.keys() <= there else missing)[word] = None
    return Why(
        tuple(matched),
        tuple(missing),
        result.candidate.closeness,
        result.candidate.window_closeness,
    )
