"""What an item of a list begins with, and a paragraph that is numbered.

Pure.
"""

from __future__ import annotations

import re

BULLET_SIGNS = "•▪■□●○◦‣⁃∙·►▶➢➤"
"""Signs that are hardly ever anything but bullets, for a pattern's set of characters."""

BULLET = re.compile(rf"^(?:[{BULLET_SIGNS}❖✓✔\uf0b7\uf0a7\uf0d8\uf0fc]|[o\-–—*](?=\s))\s*")
"""A bullet at the start of a line."""

# Other capitals are initials, or parts of an abbreviation: "Pub. / L. No. 112-10".
NUMBERED = re.compile(
    r"^(?:[☐☑☒]|\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,5})\)|\([A-Z]\)|\[\d{1,3}\]|(?:\d{1,3}|[a-zA-IVX]|[ivxlc]{1,5})\.)\s+\S"
)
"""A list number, a letter or a box to tick, and what follows it."""

PART_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?\s")
"""The number of a paragraph, whose other lines may hang: "4.4 Only 32 of the courses"."""
SPEAKER = re.compile(r"[A-ZÀ-Þ]{1,3}\d{0,2}:\s\S")
"""Who speaks in an interview, whose other lines hang: "I: And then?"."""


def is_item(text: str) -> bool:
    """Whether a line begins with a bullet or a list number."""
    return bool(BULLET.match(text) or NUMBERED.match(text))


def item_text(text: str) -> str:
    """A list item with its bullet as "- "; a number is kept as it is."""
    return BULLET.sub("- ", text, count=1)
