"""Words in another language, put into English word by word, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from index.languages.gloss import foreign


@dataclass(frozen=True, slots=True)
class Glossed:
    """Words put into English. language: of the words, ISO 639-1. english: word by word; lines stay
    lines.
    """

    language: str
    english: str


def glossed(text: str, start: int = 0, end: int = 0) -> Glossed | None:
    """The words of a text between two offsets, or all of them where nothing lies between. None for
    a text in English, or in a language that has no list of words.

    The language is told from the whole text, since a quote may be too short for that.
    """
    if not (found := foreign(text)):
        return None
    words = text[start:end] if end > start else text
    lines = (" ".join(line.split()) for line in found.gloss(words).split("\n"))
    return Glossed(found.language, "\n".join(line for line in lines if line))
