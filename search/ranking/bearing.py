"""Whether what would be quoted of a passage bears on the question, and which window to quote.

Each function here takes the candidates of a question and returns them in the same order. Some mark
them for `search.ranking.fuse`: bare sources, quotes that lack the amount or the person asked for,
quotes that ask. Others choose another window to quote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from index.rows.catalog import Catalog
from ingest.records import BlockKind
from search.question.amounts import tells_amount
from search.question.wanted import mostly_asks, names_somebody
from search.ranking.compare import PassageWindows, Worth
from search.ranking.footnotes import only_cites
from search.ranking.fuse import ranked
from search.ranking.lists import list_end
from search.ranking.rows import Span, of_whole
from search.records import Candidate

_LOOKED_AT = 40
"""Best candidates whose quotes are looked through: for an amount that takes 1.2 ms, and 4 for all
200."""

_NEAR = 0.04
"""By how much less than the best a window may be worth that is quoted as it tells what is asked
for."""


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
    return _quoting(lambda _, text, own: telling(text, own), texts, marked, windows)


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

    def quote(_: Candidate, text: str, own: PassageWindows) -> Span:
        return own.spans[_about_as_good(text, own, tells)]

    return _quoting(quote, texts, found, windows)


def _about_as_good(text: str, own: PassageWindows, tells: Callable[[str], bool]) -> int:
    """Which window of a passage to quote: of those about as good as the best, the best that tells
    what is asked for; where none does, the best.

    tells: whether a text tells it. Returns the window's place among the passage's.
    """
    by_value = sorted(range(len(own.spans)), key=lambda index: -own.values[index])
    best = by_value[0]
    near = (index for index in by_value if own.values[index] >= own.values[best] - _NEAR)
    return next((index for index in near if tells(text[slice(*own.spans[index])])), best)


def telling(text: str, own: PassageWindows) -> Span:
    """What to quote of a passage where an amount is asked for: of the windows about as good as the
    best, the best that tells one, and the sentence behind it where that tells an amount too; where
    no window does, the best.
    """
    chosen = _about_as_good(text, own, tells_amount)
    start, end = own.spans[chosen]
    for next_start, next_end in own.spans[chosen + 1 : chosen + 2]:
        # Windows of two sentences overlap by one: the next window ends with the sentence behind.
        if next_start < end and tells_amount(text[end:next_end].lstrip()):
            return start, next_end
    return start, end


def quoting_whole_rows(
    texts: Mapping[int, str], found: list[Candidate], windows: Worth
) -> list[Candidate]:
    """Quote the row of a whole ("Korea") in place of that of its part ("Korea, Male"), see
    `search.ranking.rows`.

    texts: of the candidates to look at. windows: as for `quoting_amounts`.
    """

    def quote(item: Candidate, text: str, own: PassageWindows) -> Span:
        quoted = item.start, item.end
        is_row = item.kind is BlockKind.TABLE
        return of_whole(text, own.spans, own.shares, quoted) if is_row else quoted

    return _quoting(quote, texts, found, windows)


def _quoting(
    quote: Callable[[Candidate, str, PassageWindows], Span],
    texts: Mapping[int, str],
    found: list[Candidate],
    windows: Worth,
) -> list[Candidate]:
    """The candidates, those whose texts are given with the quote that is chosen for them.

    quote: what to quote, as offsets, given a candidate, its text and its windows.
    """
    chosen = []
    for place, item in enumerate(found):
        if item.number in texts:
            start, end = quote(item, texts[item.number], windows.of(place))
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
