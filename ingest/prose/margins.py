"""Notes in the margin, beside the text: told from columns by their width and their place.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.prose.layout import Chain, overlap

# Part of a page's letters that its columns hold.
_MAIN = 0.6
# Points: notes begin at one place, give or take this much.
_SAME_SIDE = 3.0


def margins_of(chains: Sequence[Chain]) -> set[Chain]:
    """Narrow chains beside the text: notes in the margin, not columns of their own."""
    letters = {chain: sum(len(line.text) for line in chain.lines) for chain in chains}
    total = sum(letters.values())
    main = [chain for chain in chains if letters[chain] >= 0.2 * total]
    if sum(letters[chain] for chain in main) < _MAIN * total or not main:
        return set()  # a diagram
    width = max(chain.x1 - chain.x0 for chain in main)
    narrow = [
        chain
        for chain in chains
        if letters[chain] < 0.1 * total
        and any(character.isalpha() for line in chain.lines for character in line.text)
        and chain.x1 - chain.x0 < 0.45 * width
        and all(overlap(chain, other) < 0 for other in main)
    ]
    beside = {
        chain
        for chain in narrow
        if any(other.top < chain.bottom and chain.top < other.bottom for other in main)
    }
    # A note may stand lower than the text, under others of its kind.
    sides = [chain.x0 for chain in beside]
    return beside | {
        chain for chain in narrow if sum(abs(chain.x0 - side) <= _SAME_SIDE for side in sides) > 1
    }
