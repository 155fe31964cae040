"""Quotes that ask and do not say: items of a checklist, the questions a report sets out from."""

from __future__ import annotations

import re

from ingest.prose.sentences import spans

_WANTED = re.compile(
    r"\b(?:questions?|ask(?:s|ed|ing)?|checklists?|demander|listes? de contrôle"
    r"|fragen?|fragt|gefragt|checklisten?"
    r"|preguntas?|preguntar|listas? de (?:control|verificación))\b",
    re.IGNORECASE,
)
_CLOSING = "”\"’'»«“) "
"""What may stand behind the question mark of a quotation; « and “ close one in German."""

_MOSTLY = 0.5
"""Share of a quote's letters that are questions. Where any question at all counted, a quote was
pushed down whose next sentence answers."""


def wants_questions(question: str) -> bool:
    """Whether what is looked for may be a question itself ("What should we ask a partner?"), in
    English, French, German or Spanish.
    """
    return _WANTED.search(question) is not None


def mostly_asks(quote: str) -> bool:
    """Whether half of a quote or more are questions."""
    if "?" not in quote:
        return False
    sentences = [line[start:end] for line in quote.split("\n") for start, end in spans(line)]
    asking = sum(len(one) for one in sentences if one.rstrip(_CLOSING).endswith("?"))
    return asking >= _MOSTLY * sum(map(len, sentences))
