"""Whether what would be quoted of a passage bears on the question: bare sources, passages without
the amount asked for, questions.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from index.catalog import Catalog
from index.closeness import Closeness
from index.vectors import Numbers
from ingest.records import BlockKind
from search.amounts import telling, tells_amount
from search.asking import mostly_asks
from search.coverage import Shares
from search.footnotes import only_cites
from search.fuse import ranked
from search.lists import list_end
from search.records import Candidate

_LOOKED_AT = 40
"""Candidates whose quotes are looked through, for an amount (1.2 ms; all 200 cost a question 4) and
for questions."""


def citing(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """The candidates, with `citing` for footnotes that only name sources."""
    only = {number for number, text in _notes(catalog, found).items() if only_cites(text)}
    return [replace(one, citing=True) if one.number in only else one for one in found]


def telling_nothing(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """The candidates for a question on what somebody said: footnotes of which a bare source is
    quoted ("Interview with …") are references, whatever else they hold.
    """
    notes = _notes(catalog, found)
    return [
        replace(one, kind=BlockKind.REFERENCE, citing=False)
        if one.number in notes and only_cites(notes[one.number][one.start : one.end])
        else one
        for one in found
    ]


def _notes(catalog: Catalog, found: list[Candidate]) -> dict[int, str]:
    """The texts of the footnotes among the candidates, by number."""
    return catalog.texts([one.number for one in found if one.kind is BlockKind.FOOTNOTE])


def for_amount(
    catalog: Catalog, found: list[Candidate], near: Closeness, bounds: Numbers, values: Shares
) -> list[Candidate]:
    """Candidates, the best of them with what to quote of them and whether they lack an amount.

    near: of the same passages in the same order, their windows worth `values`; bounds: as in
    `index.positions.TermIncidence`.
    """
    texts = catalog.texts([candidate.number for candidate, _ in ranked(found)[:_LOOKED_AT]])
    told = []
    for item, (first, last) in zip(found, pairwise(bounds.tolist()), strict=True):
        if item.number not in texts:
            told.append(item)
            continue
        text, windows = texts[item.number], near.spans[first:last].tolist()
        start, end = telling(text, windows, values[first:last].tolist())
        # Of the best window and the list it opens: with that of the quote MRR@10 was .483 in place
        # of .485 (starter).
        shown = text[item.start : list_end(text, item.start, item.end)]
        told.append(replace(item, start=start, end=end, lacking=not tells_amount(shown)))
    return told


def asking(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """The candidates, with `asking` for the best of them of whose quotes half or more asks."""
    texts = catalog.texts([candidate.number for candidate, _ in ranked(found)[:_LOOKED_AT]])
    return [
        replace(item, asking=True)
        if mostly_asks(texts.get(item.number, "")[item.start : item.end])
        else item
        for item in found
    ]
