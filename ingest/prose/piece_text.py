"""The text of a piece: its lines joined, words that a line end cut made whole."""

from __future__ import annotations

from ingest.prose.clean import Vocabulary, closed_up, join, without_end_sign
from ingest.prose.paragraphs import Piece


def text_of(piece: Piece, vocabulary: Vocabulary) -> str:
    """A piece in words; a row of a table with the names of its columns. A soft hyphen at its end
    stays: the word goes on in the next piece.
    """
    text = ""
    if piece.row:
        return piece.row.text
    for line in piece.lines:
        text = join(text, line.text, vocabulary)
    text = without_end_sign(closed_up(text))
    return text.replace("\u00ad", "") if not text.endswith("\u00ad") else text
