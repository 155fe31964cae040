"""Phrases of plain speech and of the field, each with those that may stand for it in a report: "go
wrong" and "fail", "asylum claim" and "application international protection". Read from a
tab-separated file.

The list was written for Waymark, from its writers' own knowledge. Words that stand for single words
are in `corpus.thesaurus`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.rules import BrokenRulesError, text_of

SHIPPED = Path(__file__).with_name("phrases.tsv")

_WORD = r"[a-z]+(?:[-'’][a-z]+)*"
_HEAD = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}")
_STAND_IN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")


class PhrasesError(BrokenRulesError):
    """The file breaks the rules, see `BrokenRulesError`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two to four words, and what may stand for them, of one to four words each."""

    text: str
    stand_ins: tuple[str, ...]


def read(path: Path = SHIPPED) -> tuple[Phrase, ...]:
    """The entries of a file, one a line: a phrase, a tab, and what may stand for it, parted by
    commas.

    Raises PhrasesError, with the line, for an entry without a tab, with a phrase of one word or of
    more than four, with nothing that stands for it, with what is no word in small letters, and for
    a phrase that has an entry already; OSError when the file cannot be read.
    """
    found: dict[str, Phrase] = {}
    for number, line in enumerate(text_of(path, PhrasesError).splitlines(), start=1):
        entry = _entry(line, f"{path}: line {number}")
        if entry.text in found:
            raise PhrasesError(f"{path}: line {number}: '{entry.text}' has an entry already")
        found[entry.text] = entry
    return tuple(found.values())


def _entry(line: str, place: str) -> Phrase:
    head, tab, rest = line.partition("\t")
    stand_ins = tuple(rest.split(", "))
    if not tab or not _HEAD.fullmatch(head):
        raise PhrasesError(
            f"{place}: one entry is 'two to four words<tab>what stands for them, what else does' "
            f"in small letters, not {line!r}"
        )
    for one in stand_ins:
        if not _STAND_IN.fullmatch(one):
            raise PhrasesError(
                f"{place}: what stands for '{head}' is one to four words in small letters, "
                f"not {one!r}"
            )
    return Phrase(head, stand_ins)
