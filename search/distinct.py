"""Results that say the same in the same words, put together for a reader."""

from __future__ import annotations

from collections.abc import Iterable

from index.likeness import words_of
from search.records import Result


def distinct(results: Iterable[Result]) -> list[tuple[Result, ...]]:
    """Results by their words, the groups in the order of their first: that one is shown, and where
    else its text stands. Capital letters, white space and punctuation make no other text.
    """
    groups: dict[str, list[Result]] = {}
    for result in results:
        text = result.stored.passage.text
        groups.setdefault(" ".join(words_of(text)) or text, []).append(result)
    return [tuple(group) for group in groups.values()]
