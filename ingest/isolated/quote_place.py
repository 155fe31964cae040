"""Where on a page the words of a quote stand, told by letters and digits alone.

A quote has been cleaned (words joined across line ends, ligatures undone, note marks dropped), so
neither its spaces nor its punctuation can be looked for on the page as printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

_SHORTEST = 12
"""Letters in a row that must agree before a part of a quote counts as found; two or three words."""


def ranges(page: Sequence[str], quote: str) -> list[tuple[int, int]]:
    """Where a quote stands, as (first, end) indexes into the characters of a page.

    page: one text for each character of the page, in the order of the file.
    The whole quote when the page holds it in one run; else the parts of it that the page holds,
    in the order of the page; empty when not even a few words agree.
    """
    letters, origins = _letters(page)
    wanted, _ = _letters(quote)
    if not wanted:
        return []
    at = letters.find(wanted)
    if at >= 0:
        return [(origins[at], origins[at + len(wanted) - 1] + 1)]
    blocks = SequenceMatcher(None, letters, wanted, autojunk=False).get_matching_blocks()
    return [
        (origins[block.a], origins[block.a + block.size - 1] + 1)
        for block in blocks
        if block.size >= min(_SHORTEST, len(wanted))
    ]


def _letters(characters: Sequence[str]) -> tuple[str, list[int]]:
    """Letters and digits, folded, and for each the index of the character it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(characters):
        for folded in unicodedata.normalize("NFKD", character).casefold():
            if folded.isalnum():
                letters.append(folded)
                origins.append(index)
    return "".join(letters), origins
