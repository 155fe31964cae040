"""What of a line at the edge of a page is compared with lines of other pages.

Pure.
"""

from __future__ import annotations

import re

from ingest.prose.lines import Line

DIGITS = re.compile(r"\d+")
"""A figure, of any length."""

# Figures of a line that may count the pages.
_MOST_FIGURES = 4
# "12 | Methods"
_BARRED = re.compile(r"(\d{1,4})\|[^|\d]+|[^|\d]+\|(\d{1,4})")


def plain_of(line: Line) -> str:
    """A line's text in small letters, without spaces."""
    return line.text.casefold().replace(" ", "")


def folded_of(line: Line) -> str:
    """As `plain_of`, with one sign for all figures."""
    return DIGITS.sub("#", line.text).casefold().replace(" ", "")


def variants_of(line: Line, index: int) -> set[str]:
    """The line as it is, and with each of its figures in turn less the page's index: on all pages
    the same where the figure counts the pages. Of "Methods | 12" also the figure alone, as the
    chapter changes.
    """
    text = plain_of(line)
    found = {text}
    if barred := _BARRED.fullmatch(text):
        found.add(f"|#{int(barred[1] or barred[2]) - index}#")
    for number in list(DIGITS.finditer(text))[:_MOST_FIGURES]:
        offset = int(number[0][-9:]) - index
        found.add(f"{text[: number.start()]}#{offset}#{text[number.end() :]}")
    return found
