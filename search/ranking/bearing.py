"""Whether what would be quoted of a passage bears on the question, and which window to quote.

Each function here takes the candidates of a question and returns them in the same order. Some mark
them for `search.ranking.fuse`: bare sources, quotes that lack the amount or the person asked for,
quotes that ask. Others choose another window to quote.
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
from search.ranking.rows import Span, of_whole
from search.records import Candidate

_LOOKED_AT = 40
"""Best candidates whose quotes are looked through: for an amount that takes 1.2 ms, and 4 for all
200."""


def with_citing(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """Mark as `citing` the footnotes that only name sources."""
    only = {number for number, text in _footnotes(catalog, found).items() if only_cites(text)}
    return [replace(one, citing=True) if one.number in only else one for one in found]


def with_quoted_sources_as_references(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """Count as references the footnotes of which a bare source is quoted ("Interview with …").

    For a question on what somebody said, which such a source does not tell, whatever else the
    footnote holds.
    """
    notes = _footnotes(catalog, found)
    return [
        replace(one, kind=BlockKind.REFERENCE, citing=False)
        if one.number in notes and only_cites(notes[one.number][one.start : one.end])
        else one
        for one in found
    ]


def _footnotes(catalog: Catalog, found: list[Candidate]) -> dict[int, str]:
    """The texts of the footnotes among the candidates, by number."""
    return catalog.texts([one.number for one in found if one.kind is BlockKind.FOOTNOTE])


def best_texts(catalog: Catalog, found: list[Candidate]) -> dict[int, str]:
    """The texts of the best candidates, by number."""
    return catalog.texts([candidate.number for candidate, _ in ranked(found)[:_LOOKED_AT]])


def quoting_amounts(catalog: Catalog, found: list[Candidate], windows: Worth) -> list[Candidate]:
    """Quote the window that tells an amount, where one about as good as the best does, and mark as
    `lacking` the candidates whose best window tells none. Only the best candidates are looked at.

    windows: of the candidates, in the same order.
    """
    texts = best_texts(catalog, found)
    marked = [
        replace(item, lacking=_lacks_amount(item, texts[item.number]))
        if item.number in texts
        else item
        for item in found
    ]

    def quote(_: Candidate, text: str, own: slice) -> Span:
        return telling(text, windows.spans[own].tolist(), windows.values[own].tolist())

    return _quoting(quote, texts, marked, windows)


def _lacks_amount(item: Candidate, text: str) -> bool:
    # Of the best window and the list it opens: with that of the quote MRR@10 was .483 in place of
    # .485 (starter).
    return not tells_amount(text[item.start : list_end(text, item.start, item.end)])


def quoting_wanted(
    catalog: Catalog, found: list[Candidate], windows: Worth, tells: Callable[[str], bool]
) -> list[Candidate]:
    """Quote the window that tells what is asked for (`search.question.wanted`), where one about as
    good as the best does. Only the best candidates are looked at, and a line that the question asks
    for by name stays quoted.

    windows: as for `quoting_amounts`. tells: whether a text tells it.
    """
    texts = catalog.texts([one.number for one, _ in ranked(found)[:_LOOKED_AT] if not one.headed])

    def quote(_: Candidate, text: str, own: slice) -> Span:
        spans = windows.spans[own].tolist()
        start, end = spans[about_as_good(text, spans, windows.values[own].tolist(), tells)]
        return start, end

    return _quoting(quote, texts, found, windows)


def quoting_whole_rows(
    texts: Mapping[int, str], found: list[Candidate], windows: Worth
) -> list[Candidate]:
    """Quote the row of a whole ("Korea") in place of that of its part ("Korea, Male"), see
    `search.ranking.rows`.

    texts: of the candidates to look at. windows: as for `quoting_amounts`.
    """

    def quote(item: Candidate, text: str, own: slice) -> Span:
        quoted = item.start, item.end
        if item.kind is not BlockKind.TABLE:
            return quoted
        return of_whole(text, windows.spans[own].tolist(), windows.shares[own].tolist(), quoted)

    return _quoting(quote, texts, found, windows)


def _quoting(
    quote: Callable[[Candidate, str, slice], Span],
    texts: Mapping[int, str],
    found: list[Candidate],
    windows: Worth,
) -> list[Candidate]:
    """The candidates, those whose texts are given with the quote that is chosen for them.

    quote: what to quote, as offsets, given a candidate, its text and which of the windows are its
        own.
    """
    chosen = []
    for item, (first, last) in zip(found, pairwise(windows.bounds.tolist()), strict=True):
        if item.number in texts:
            start, end = quote(item, texts[item.number], slice(first, last))
            chosen.append(replace(item, start=start, end=end))
        else:
            chosen.append(item)
    return chosen


def with_nameless(catalog: Catalog, found: list[Candidate]) -> list[Candidate]:
    """Mark as `nameless` the best of the candidates whose quotes name nobody."""
    texts = best_texts(catalog, found)
    return [
        replace(item, nameless=True)
        if item.number in texts and not names_somebody(texts[item.number][item.start : item.end])
        else item
        for item in found
    ]


def with_asking(texts: Mapping[int, str], found: list[Candidate]) -> list[Candidate]:
    """Mark as `asking` the candidates of whose quotes half or more are questions.

    texts: of the candidates to look at.
    """
    return [
        replace(item, asking=True)
        if mostly_asks(texts.get(item.number, "")[item.start : item.end])
        else item
        for item in found
    ]
