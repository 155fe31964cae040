"""Results that say the same in the same words, put together for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.rows.likeness import words_of
from search.records import Result

LEAST = 8
"""Words from which the same quote makes two results one: less is a heading or a name."""


def distinct(results: Iterable[Result]) -> list[tuple[Result, ...]]:
    """Results by their words, the groups in the order of their first: that one is shown, and where
    else its text, or what is quoted of it, stands. Capital letters, white space and punctuation
    make no other text.
    """
    groups: list[list[Result]] = []
    known: dict[str, list[Result]] = {}
    for result in results:
        said = list(_said(result))
        group = next((known[words] for words in said if words in known), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(result)
        for words in said:
            known.setdefault(words, group)
    return [tuple(group) for group in groups]


def _said(result: Result) -> Iterator[str]:
    """By what a result is known: its words, and those of a quote of some length."""
    passage = result.stored.passage
    yield " ".join(words_of(passage.text)) or passage.text
    quoted = words_of(result.quote.words(passage))
    if len(quoted) >= LEAST:
        yield " ".join(quoted)
