"""Reading order of a page: columns of text into sequence.

Pure. By the two rules of Breuel, "High performance document layout analysis" (2003): above before
below where they share a width; left before right unless something between them spans both. A title
in the middle goes before all that stands below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.prose.layout import MOST_CHAINS, SAME_MIDDLE, Chain, overlap

# Lines of a title; more are a column between two others.
_MOST_LINES = 3


def in_reading_order(chains: Sequence[Chain]) -> list[Chain]:
    """The chains as a reader takes them.

    More than 150 are a picture, not a text: they stay as the content has them.
    """
    if len(chains) > MOST_CHAINS:
        return sorted(chains, key=lambda chain: chain.order)
    waiting = sorted(chains, key=lambda chain: chain.order)
    titles = _titles(waiting)
    ahead = {
        index: {
            other
            for other in range(len(waiting))
            if other != index and _before(waiting[other], waiting[index], waiting, titles)
        }
        for index in range(len(waiting))
    }
    ordered: list[Chain] = []
    while ahead:
        free = [index for index, others in ahead.items() if not others]
        # Boxes that run into each other can go in a circle: then the highest goes first.
        chosen = free[0] if free else min(ahead, key=lambda index: waiting[index].top)
        del ahead[chosen]
        for others in ahead.values():
            others.discard(chosen)
        ordered.append(waiting[chosen])
    return ordered


def _before(a: Chain, b: Chain, chains: Sequence[Chain], titles: Sequence[Chain]) -> bool:
    """Whether a chain is read before another, by the rules above."""
    if overlap(a, b) > 1.0:
        return (a.top, a.bottom, a.order) < (b.top, b.bottom, b.order)
    if a in titles or b in titles:
        return a.bottom <= b.top
    if a.x0 >= b.x0:
        return False
    high, low = (a, b) if a.top <= b.top else (b, a)
    return not any(
        high.bottom <= between.top
        and between.bottom <= low.top
        and overlap(between, a) > 1.0
        and overlap(between, b) > 1.0
        for between in chains
    )


def _titles(chains: Sequence[Chain]) -> list[Chain]:
    """Texts in the middle of the page with nothing beside them, as a title over a short heading at
    the side stands, though it shares no width with that.
    """
    left = min((chain.x0 for chain in chains), default=0.0)
    right = max((chain.x1 for chain in chains), default=0.0)
    short = (chain for chain in chains if len(chain.lines) <= _MOST_LINES)
    centred = [c for c in short if abs(c.x0 + c.x1 - left - right) <= 2 * SAME_MIDDLE]
    return [
        one
        for one in centred
        if all(c is one or c.bottom <= one.top or one.bottom <= c.top for c in chains)
    ]
