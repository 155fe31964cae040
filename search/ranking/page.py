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

CLEARLY = 2.0
"""How many times what any other page has of the question's words a page has that is given in place
of that of the middle."""

_ENDS = (".", "!", "?", ":", ";", "”", '"', ")", "\n")
"""What a page ends with behind which the next one begins anew. Of a sentence that goes on either
page may be meant (`search/measured.md`)."""


def placed(words: WordIndex, reading: Reading, results: Iterable[Result]) -> tuple[Result, ...]:
    """The results, each with the page on which its quote answers: of a quote over a page break
    between two sentences the one whose part has clearly more of the question's words, weighted by
    rarity, than any other; else that of its middle.
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
    """What stands of a quote on each of its pages, by page; none where a sentence goes on."""
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
    return page if most > 0 and most >= CLEARLY * next_most else None
