"""Results with the same text, or the same quote, put together for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.rows.likeness import words_of
from search.records import Result

LEAST = 8
"""Words of the shortest quote that makes two results one: fewer are a heading or a name."""


def distinct(results: Iterable[Result]) -> list[tuple[Result, ...]]:
    """Results in groups with the same text, or the same quote, whatever the capital letters, white
    space and punctuation. The groups come in the order of their first result, which is the one to
    show; the others say where else it stands.
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
    """What makes a result the same as another one: its words, and those of its quote, if that has
    `LEAST` words.
    """
    passage = result.stored.passage
    yield " ".join(words_of(passage.text)) or passage.text
    quoted = words_of(result.quote.words(passage))
    if len(quoted) >= LEAST:
        yield " ".join(quoted)
