"""What the encoder reads before a passage: where it stands.

A passage of a report about Cambodia seldom says Cambodia. With its title and its two innermost
headings before it MRR@10 over 101 questions on 13 public reports went from .594 to .637, over 162
on the starter library from .417 to .438; with the title alone to .621 and .429, with the headings
alone to .602 and .421.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.records import SECTION_SEPARATOR

ROOM = 48
"""Tokens set aside for the context; a longer one is shortened."""

_HEADINGS = 2
"""Innermost headings that are put before a passage."""


def context(
    title: str, section: Sequence[str], count_tokens: Callable[[Sequence[str]], list[int]]
) -> str:
    """What is read before a passage: "Title. Heading > Heading.", in less than `ROOM` tokens; empty
    without title and headings.

    Where that is too long, the outer heading goes first, then the inner one, then words of the
    title from its end. section: headings from the outermost to the innermost.
    """
    for kept in range(min(_HEADINGS, len(section)), -1, -1):
        headings = SECTION_SEPARATOR.join(section[len(section) - kept :])
        text = ". ".join(part for part in (title, headings) if part)
        if not text:
            return ""
        if count_tokens([text])[0] < ROOM:
            return f"{text}."
    words = title.split()
    while len(words) > 1 and count_tokens([" ".join(words)])[0] >= ROOM:
        words.pop()
    shortened = " ".join(words)
    return f"{shortened}." if count_tokens([shortened])[0] < ROOM else ""


def title_in_context(title: str, source_id: str) -> str:
    """The title, unless it is only the id of a JSONL line that has none."""
    return "" if title == source_id else title
