"""Titles as lists show them: a regulation's own may fill four lines."""

from __future__ import annotations

LONGEST = 120
"""Characters, without the mark of what was left out."""

_MARK = "…"


def short_title(title: str) -> str:
    """A title for a list: one of more than 120 characters ends at the last whole word within them,
    with "…" after it, and in the middle of a word where there is no other.
    """
    if len(title) <= LONGEST:
        return title
    end = title.rfind(" ", 0, LONGEST + 1)
    return title[: end if end > 0 else LONGEST].rstrip(" ,;:.–—-(") + _MARK
