"""Words of the field and of everyday English, each with words that may stand for it in a report:
read from a tab-separated file.

The list was written for Waymark, from its writers' own knowledge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.rules import BrokenRulesError, text_of

SHIPPED = Path(__file__).with_name("thesaurus.tsv")

_WORD = re.compile(r"[a-zé]+(?:-[a-zé]+)*")


class ThesaurusError(BrokenRulesError):
    """The file breaks the rules, see `BrokenRulesError`."""


@dataclass(frozen=True, slots=True)
class Headword:
    """A word and words that may stand for it.

    same: words that mean nearly the same in the same sentence, as "fund" and "finance" for "pay".
    related: words by which a report may speak of the same thing, as "cost" and "wage".
    """

    word: str
    same: tuple[str, ...]
    related: tuple[str, ...]


def read(path: Path = SHIPPED) -> tuple[Headword, ...]:
    """The entries of a file, one a line: a word, a tab, words that mean nearly the same, a tab,
    related words.

    Raises ThesaurusError, with the line, for an entry that has not two tabs, that has no word
    besides its first, that has what is no word in small letters, and for a word that has an entry
    already; OSError when the file cannot be read.
    """
    found: dict[str, Headword] = {}
    for number, line in enumerate(text_of(path, ThesaurusError).splitlines(), start=1):
        entry = _entry(line, f"{path}: line {number}")
        if entry.word in found:
            raise ThesaurusError(f"{path}: line {number}: '{entry.word}' has an entry already")
        found[entry.word] = entry
    return tuple(found.values())


def _entry(line: str, place: str) -> Headword:
    cells = line.split("\t")
    if len(cells) != 3 or not any(cells[1:]):
        raise ThesaurusError(
            f"{place}: one entry is 'word<tab>words that mean the same<tab>related words', "
            f"not {line!r}"
        )
    word, same, related = (tuple(cell.split()) for cell in cells)
    wrong = [one for one in (*word, *same, *related) if not _WORD.fullmatch(one)]
    if len(word) != 1 or wrong:
        told = " ".join(wrong) or cells[0]
        raise ThesaurusError(f"{place}: '{told}' is not one word in small letters")
    return Headword(word[0], same, related)
