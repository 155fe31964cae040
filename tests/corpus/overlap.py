"""How much of some texts is also in others: the measure of near-duplicates between splits."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")

Run = tuple[str, ...]


def runs(text: str, length: int) -> set[Run]:
    """Every run of `length` words, in lower case; runs of digits only are left out.

    Years and page numbers meet by chance.
    """
    words = _WORD.findall(text.lower())
    found = (tuple(words[start : start + length]) for start in range(len(words) - length + 1))
    return {run for run in found if not all(word.isdigit() for word in run)}


def shared(texts: Iterable[str], others: Iterable[str], length: int) -> set[Run]:
    """Runs of `length` words found in both; empty when the two share nothing that long."""
    return _all_runs(texts, length) & _all_runs(others, length)


def shared_share(texts: Iterable[str], others: Iterable[str], length: int) -> float:
    """The share of the distinct runs of `texts` found in `others` too, in [0, 1]; 0 of none."""
    mine = _all_runs(texts, length)
    return len(mine & _all_runs(others, length)) / len(mine) if mine else 0.0


def _all_runs(texts: Iterable[str], length: int) -> set[Run]:
    return set().union(*(runs(text, length) for text in texts))
