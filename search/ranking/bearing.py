"""Whether what would be quoted of a passage bears on the question: bare sources, passages without
the amount or the name asked for, questions; and which of its windows to quote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from index.rows.catalog import Catalog
from ingest.records import BlockKind
from search.question.amounts import about_as_good, telling, tells_amount
from search.question.wanted import names_somebody
from search.ranking.asking import mostly_asks
from search.ranking.compare import Worth
from search.ranking.footnotes import only_cites
from search.ranking.fuse import ranked
from search.ranking.lists import list_end
from search.ranking.rows import of_whole
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


def for_amount(catalog: Catalog, found: list[Candidate], windows: Worth) -> list[Candidate]:
    """Candidates, the best of them with what to quote of them and whether they lack an amount.

    windows: of the same passages in the same order.
    """
    texts = best_texts(catalog, found)
    told = []
    for item, (first, last) in zip(found, pairwise(windows.bounds.tolist()), strict=True):
        if item.number not in texts:
            told.append(item)
            continue
        text, spans = texts[item.number], windows.spans[first:last].tolist()
        start, end = telling(text, spans, windows.values[first:last].tolist())
        # Of the best window and the list it opens: with that of the quote MRR@10 was .483 in place
        # of .485 (starter).
        shown = text[item.start : list_end(text, item.start, item.end)]
        told.append(replace(item, start=start, end=end, lacking=not tells_amount(shown)))
    return told


def for_wanted(
    catalog: Catalog, found: list[Candidate], windows: Worth, tells: Callable[[str], bool]
) -> list[Candidate]:
    """Candidates, the best of them with the window to quote that is worth about as much as the best
    one and tells what is asked for, see `search.question.wanted`; what an asked line opens stays
    quoted.

    windows: as for `for_amount`.
    """
    texts = catalog.texts([one.number for one, _ in ranked(found)[:_LOOKED_AT] if not one.headed])
    told = []
    for item, (first, last) in zip(found, pairwise(windows.bounds.tolist()), strict=True):
        if item.number in texts:
            text, spans = texts[item.number], windows.spans[first:last].tolist()
            chosen = about_as_good(text, spans, windows.values[first:last].tolist(), tells)
            start, end = spans[chosen]
            told.append(replace(item, start=start, end=end))
        else:
            told.append(item)
    return told


def nameless(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """The candidates, with `nameless` for the best of them whose quotes name nobody."""
    texts = best_texts(catalog, found)
    return [
        replace(item, nameless=True)
        if item.number in texts and not names_somebody(texts[item.number][item.start : item.end])
        else item
        for item in found
    ]


def best_texts(catalog: Catalog, found: list[Candidate]) -> dict[int, str]:
    """The texts of the best candidates, by number."""
    return catalog.texts([candidate.number for candidate, _ in ranked(found)[:_LOOKED_AT]])


def whole_rows(texts: Mapping[int, str], found: list[Candidate], windows: Worth) -> list[Candidate]:
    """The candidates, those that quote a row of a table with the row of the whole in its place,
    see `search.ranking.rows`.

    texts: of the best of them. windows: as for `for_amount`.
    """
    whole = []
    for item, (first, last) in zip(found, pairwise(windows.bounds.tolist()), strict=True):
        if item.kind is BlockKind.TABLE and item.number in texts:
            spans, shares = windows.spans[first:last].tolist(), windows.shares[first:last].tolist()
            start, end = of_whole(texts[item.number], spans, shares, (item.start, item.end))
            whole.append(replace(item, start=start, end=end))
        else:
            whole.append(item)
    return whole


def asking(texts: Mapping[int, str], found: list[Candidate]) -> list[Candidate]:
    """The candidates, with `asking` for those of whose quotes half or more asks.

    texts: of the best of them.
    """
    return [
        replace(item, asking=True)
        if mostly_asks(texts.get(item.number, "")[item.start : item.end])
        else item
        for item in found
    ]
