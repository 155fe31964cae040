"""A passage in three parts, so that its quote can be marked after everything is escaped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """Text before the quote, the quote, and text after it."""

    before: str
    quote: str
    after: str


def marked(text: str, start: int, end: int) -> Marked:
    """Cut `text` at the offsets of a quote; offsets beyond its ends are drawn in."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    return Marked(text[:start], text[start:end], text[end:])
