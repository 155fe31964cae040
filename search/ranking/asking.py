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
"""What closes a quotation: in German » opens it, and « and “ do."""
_MOSTLY = 0.5
"""Share of a quote's letters. With any question at all, one is pushed down whose next sentence
answers."""


def wants_questions(question: str) -> bool:
    """Whether what is looked for may be a question itself ("What should we ask a partner?"), in
    English, French, German or Spanish.
    """
    return _WANTED.search(question) is not None


def mostly_asks(quote: str) -> bool:
    """Whether half of a quote or more are questions."""
    if "?" not in quote:
        return False
    said = [line[start:end] for line in quote.split("\n") for start, end in spans(line)]
    asked = sum(len(one) for one in said if one.rstrip(_CLOSING).endswith("?"))
    return asked >= _MOSTLY * sum(map(len, said))
