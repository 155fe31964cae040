"""Questions that ask what a word means, and the rows and sentences that say it, in English."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from index.records import StoredPassage
from index.words import WordIndex
from ingest.records import BlockKind

_ASKED = re.compile(
    r"(?:what(?: is|’s|'s| are| does)|who is|define|(?:the )?(?:definition|meaning) of) "
    r"(?:meant by )?(?:an? |the )?(.+?)(?: means?| stands? for)?[ ?.]*",
    re.IGNORECASE,
)
_LONGEST = 4
"""Terms of a name; of more, "what is" asks for something else."""

_ROW = re.compile(r"^([^;:\n]{2,60}); (?![^;:\n]*: )", re.MULTILINE)
"""The first cell of a row without names of columns, as in a glossary."""

_MEANS = re.compile(r"^(?:\(\w+\) ?)?[‘“'\"]([^’”'\"\n]{2,60})[’”'\"] means\b", re.MULTILINE)


def meant(words: WordIndex, question: str) -> tuple[str, ...]:
    """The terms of what a question asks the meaning of: "what is X", "what does X stand for",
    "definition of X", or one word alone. None where it asks for something else.
    """
    asked = _ASKED.fullmatch(question)
    terms = tuple(words.terms(asked[1] if asked else question))
    return terms if len(terms) <= (_LONGEST if asked else 1) else ()


def defining(
    words: WordIndex, names: Collection[tuple[str, ...]], passages: Mapping[int, StoredPassage]
) -> list[int]:
    """The passages, by number, that say what one of the names means: in a row of a table that
    begins with it, or in a line as "(b) ‘X’ means …".
    """
    found = []
    for number, stored in passages.items():
        passage = stored.passage
        rows = _ROW.findall(passage.text) if passage.kind is BlockKind.TABLE else ()
        said = (*rows, *_MEANS.findall(passage.text))
        if any(tuple(words.terms(name)) in names for name in said):
            found.append(number)
    return found
