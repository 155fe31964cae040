"""Questions that ask what a word means, and the rows and sentences that say it, in English."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from index.derived.words import WordIndex
from index.rows.records import StoredPassage
from ingest.records import BlockKind

_ASKED = re.compile(
    r"(?:what(?: is|’s|'s| are| does| means?(?! of\b| is\b| are\b))|who is|define"
    r"|(?:the )?(?:definition|meaning) of) "
    r"(?:meant by )?(?:an? |the )?(.+?)(?: means?| stands? for)?[ ?.]*"
    r"|what (?:an? |the )?(.+?) (?:is|are|means?|stands? for)[ ?.]*",
    re.IGNORECASE,
)
_LONGEST = 4
"""Terms of the longest name whose meaning is asked for; before more, "what is" asks something
else."""

_ROW = re.compile(r"^([^;:\n]{2,60}); (?![^;:\n]*: )", re.MULTILINE)
"""A row of a table without names of columns; the group is its first cell."""

_GLOSSARY = re.compile(
    r"\b(?:abbreviations?|acronyms?|definitions?|glossary|key terms|terminology|abréviations?"
    r"|sigles|acronymes|définitions?|glossaire|abkürzung\w*|glossar|begriffs?\w*)\b",
    re.IGNORECASE,
)
"""What the heading of a glossary has. Rows of other tables, as of a project's sheet or a list of
questions, may begin with what is asked for too, and define nothing."""

_MEANS = re.compile(r"^(?:\(\w+\) ?)?[‘“'\"]([^’”'\"\n]{2,60})[’”'\"] means\b", re.MULTILINE)


def meant(words: WordIndex, question: str) -> tuple[str, ...]:
    """The terms of what a question asks the meaning of; empty where it asks something else.

    It asks so as "what is X", "what X is", "what X stands for", "definition of X", "what means X"
    (as other languages have it word by word), or by one word alone.
    """
    asked = _ASKED.fullmatch(question)
    terms = tuple(words.terms((asked[1] or asked[2]) if asked else question))
    return terms if len(terms) <= (_LONGEST if asked else 1) else ()


def defining(
    words: WordIndex, names: Collection[tuple[str, ...]], passages: Mapping[int, StoredPassage]
) -> dict[int, int]:
    """The passages, by number, that say what one of the names means, each with the offset of the
    first row or line that does: a row of a glossary that begins with the name, or a line as "(b)
    ‘X’ means …".

    names: as terms. passages: to look through, by number.
    """
    found = {}
    for number, stored in passages.items():
        passage = stored.passage
        listed = passage.kind is BlockKind.TABLE and any(map(_GLOSSARY.search, passage.section))
        rows = _ROW.finditer(passage.text) if listed else ()
        said = (*rows, *_MEANS.finditer(passage.text))
        lines = [one.start() for one in said if tuple(words.terms(one[1])) in names]
        if lines:
            found[number] = lines[0]
    return found
