"""What stands in another language, word by word in English, as a page shows it to be read."""

from __future__ import annotations

from dataclasses import dataclass

from index.languages.gloss import foreign


@dataclass(frozen=True, slots=True)
class Glossed:
    """language: that of the words, ISO 639-1. english: word by word, line by line."""

    language: str
    english: str


def glossed(text: str, start: int = 0, end: int = 0) -> Glossed | None:
    """The words of a text between two offsets, all of it where they hold nothing; None where it is
    in English or in a language without a list.

    Which language it is the whole text says: a quote may be too short for that.
    """
    if not (found := foreign(text)):
        return None
    words = text[start:end] if end > start else text
    lines = (" ".join(line.split()) for line in found.gloss(words).split("\n"))
    return Glossed(found.language, "\n".join(line for line in lines if line))
