"""From the form of a plain text to the Markdown that the press sets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from text_forms import MARK, Box, Bullet, Form, Heading, Paragraph, Shaped, Table, number_of

from corpus.press.manuscript import CAPTION

_ADDRESS_IN_ANGLES = re.compile(r"<((?:https?://|www\.)[^\s<>]+)>")
_MEANS_SOMETHING = re.compile(r"[\\`\[\]<>_&|^]")
_OPENS_SOMETHING = re.compile(r"(?=[#+=~-])|(?<=\d)(?=[.)])")

LONGEST_ROW = 3500
"""Letters of a row; with a longer one, which may not go on a page, a table is paragraphs."""
MOST_COLUMNS = 9
"""With more columns than this a word would not go into its cell."""


def markdown(text: Shaped) -> str:
    """The body of a source in the press's dialect."""
    blocks = [_block(form, text.notes) for form in text.forms]
    blocks += [f"[^{number}]: {inline(note, ())}" for number, note in sorted(text.notes.items())]
    return "\n\n".join(block for block in blocks if block) + "\n"


def inline(text: str, notes: Collection[int]) -> str:
    """A text as Markdown in one line: only emphasis by asterisks and marks of `notes` mean more
    than their letters. An address loses its angle brackets.
    """
    text = _MEANS_SOMETHING.sub(r"\\\g<0>", _ADDRESS_IN_ANGLES.sub(r"\1", " ".join(text.split())))
    if not re.search(r"\w", text) or text.startswith("* "):
        text = text.replace("*", r"\*")
    opening = re.match(r"\d*[.)#+=~-]?", text)
    end = opening.end() if opening else 0
    text = _OPENS_SOMETHING.sub(r"\\", text[:end]) + text[end:]
    if text.startswith(CAPTION):
        text = text.replace(":", r"\:", 1)

    def referred(mark: re.Match[str]) -> str:
        number = number_of(mark[0])
        return f"[^{number}]" if number in notes else mark[0]

    return MARK.sub(referred, text)


def _block(form: Form, notes: Collection[int]) -> str:
    match form:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {inline(text, notes)}"
        case Paragraph(text):
            return inline(text, notes)
        case Bullet(text):
            return f"- {inline(text, notes)}"
        case Table(caption, rows) if _goes_in(rows):
            return f"{CAPTION} {inline(caption, notes)}\n\n" + "\n".join(_table(rows, notes))
        case Table(caption, rows):
            lines = [caption, *("; ".join(filter(None, row)) for row in rows)]
            return "\n\n".join(inline(line, notes) for line in lines if line)
        case Box(title, parts):
            inner = [f"**{inline(title, notes)}**", *(_block(part, notes) for part in parts)]
            return "\n>\n".join(f"> {part}" for part in inner)


def _goes_in(rows: tuple[tuple[str, ...], ...]) -> bool:
    return all(len(row) <= MOST_COLUMNS and sum(map(len, row)) <= LONGEST_ROW for row in rows)


def _table(rows: tuple[tuple[str, ...], ...], notes: Collection[int]) -> Iterator[str]:
    columns = max(map(len, rows))
    for number, row in enumerate(rows):
        cells = [*(inline(cell, notes) for cell in row), *[""] * (columns - len(row))]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + "---|" * columns
