"""The page of a quote that runs over a page break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from index.derived.words import WordIndex
from ingest.records import Passage
from search.question.reading import Reading
from search.ranking.coverage import QuestionTerms, coverage, question_terms
from search.records import Quote, Result

_CLEARLY = 2.0
"""A page is given in place of the page of the middle where its share of the question's words is at
least so many times that of any other page."""

_ENDS = (".", "!", "?", ":", ";", "”", '"', ")", "\n")
"""What the part on a page ends with where its sentence ends too. Where a sentence goes on over the
break, either page may be meant (`search/measured.md`)."""


def placed(words: WordIndex, reading: Reading, results: Iterable[Result]) -> tuple[Result, ...]:
    """The results, each with the page on which its quote answers.

    That is the page of the quote's middle. Where a page break lies between two sentences of the
    quote, it is the page whose part has clearly more of the question's words, weighted by rarity,
    than any other, if there is one.
    """
    shown = tuple(results)
    split = {result.rank: _parts(result.stored.passage, result.quote) for result in shown}
    if not any(len(parts) > 1 for parts in split.values()):
        return shown
    asked = question_terms(words, reading)
    pages = {rank: _page(words, asked, parts) for rank, parts in split.items() if len(parts) > 1}
    return tuple(
        replace(result, quote=replace(result.quote, page=page))
        if (page := pages.get(result.rank))
        else result
        for result in shown
    )


def _parts(passage: Passage, quote: Quote) -> dict[int, str]:
    """The parts of a quote by their pages; empty where a sentence goes on over a page break."""
    within = [at for at, _ in passage.page_breaks if quote.start < at < quote.end]
    bounds = [quote.start, *within, quote.end]
    parts = [passage.text[start:end].rstrip(" ") for start, end in pairwise(bounds)]
    if not all(part.endswith(_ENDS) for part in parts[:-1]):
        return {}
    return {passage.page_at(at): part for at, part in zip(bounds, parts, strict=False)}


def _page(words: WordIndex, asked: QuestionTerms, parts: Mapping[int, str]) -> int | None:
    """The page whose part has clearly more of the question's words than any other; or none."""
    terms = (*asked.looked_up, *asked.further)
    there = [frozenset(words.terms(part)) for part in parts.values()]
    shares = coverage(asked, np.array([[term in one for term in terms] for one in there]))
    by_share = sorted(zip(shares.tolist(), parts, strict=True), reverse=True)
    (most, page), (next_most, _) = by_share[:2]
    return page if most > 0 and most >= _CLEARLY * next_most else None
