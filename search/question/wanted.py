"""Questions that ask when, who, what somebody said, what is not done or what a word means, or look
for questions; and texts that tell it. In English, but for questions that look for questions.

Questions that ask how many are in `search.question.amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.derived.words import WordIndex
from ingest.prose.sentences import spans
from search.question.dates import MONTH

_WHEN = re.compile(
    r"^(?:(?:and|since|until) )?when (?:are|did|do|does|has|had|is|must|should|was|were|will)\b"
    r"|\b(?:what|which) (?:date|day|month|year)\b",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:19|20)\d\d\b|{MONTH}\b|\b\d+ (?:day|week|month|year)s?\b")

_NOT_WHY = r"^(?!(?:(?:and|but) )?(?:why|how come)\b).*"
"""A question that asks why something is not done seeks reasons, and is none of those for a
refusal."""

_NEGATED = "are|can|could|did|do|does|had|has|have|is|was|were|will|would"
_NEGATES = re.compile(
    rf"{_NOT_WHY}(?:\b(?:{_NEGATED}) not\b|\bcannot\b|n['’]t\b"
    r"|\bfail(?:ed|ing|s)? to\b|\brefus(?:e|ed|es|ing)\b)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:absence|cannot|fail\w*|inability|lack(?:ed|ing|s)?|neither|never|no(?!\.? \d)|nobody"
    r"|none|nor|not|refus\w*|reject\w*|unable)\b|n['’]t\b",
    re.IGNORECASE,
)

_WHO = re.compile(r"^(?:(?:and|by|for|from|to|with) )?(?:who|whom|whose)\b", re.IGNORECASE)
_AMID = re.compile(r"([^\W\d_A-Z]|[,;]) (?=([^\W\d_a-z][\w’'-]+))")
"""The letter or comma before a word amid a sentence, and the word, where it begins with no small
letter. Most words do, and to pass over them here is quicker: 1.5 ms in place of 4 for forty texts
without a name."""

_SAID = re.compile(
    r"^what (?:did|does|do|has|have) (?:(?!\b(?:reports?|study|guidance|guidelines?)\b).)*?"
    r" (?:say|said|tell|told|think|thought|argued?|claim(?:ed)?|warn(?:ed)?|suggest(?:ed)?"
    r"|advised?|explain(?:ed)?)\b",
    re.IGNORECASE,
)
"""Questions for what somebody said. Of what a report says a bare source may be the answer."""

_FOR_QUESTIONS = re.compile(
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

_MEANING = re.compile(
    r"(?:what(?: is|’s|'s| are| does| means?(?! of\b| is\b| are\b))|who is|define"
    r"|(?:the )?(?:definition|meaning) of) "
    r"(?:meant by )?(?:an? |the )?(.+?)(?: means?| stands? for)?[ ?.]*"
    r"|what (?:an? |the )?(.+?) (?:is|are|means?|stands? for)[ ?.]*",
    re.IGNORECASE,
)
_LONGEST_NAME = 4
"""Terms of the longest name whose meaning is asked for; before more, "what is" asks something
else."""


def tells_wanted(question: str) -> Callable[[str], bool] | None:
    """How to tell whether a text has the kind of thing that a question asks for: a date or a time
    where it asks when, a refusal or a failure where it asks what is not done. None for any other
    question.
    """
    if _WHEN.search(question):
        return _holds(_DATE)
    return _holds(_REFUSED) if _NEGATES.search(question) else None


def asks_who(question: str) -> bool:
    """Whether a question begins by asking for somebody."""
    return _WHO.search(question) is not None


def names_somebody(text: str) -> bool:
    """Whether a text holds a name: a word with a capital amid a sentence, or an acronym. In letters
    without capitals, such as Arabic ones, any word may be a name.
    """
    if text.lower() == text.upper():
        return any(map(str.isalpha, text))
    return any(_is_name(*found.groups()) for found in _AMID.finditer(text))


def _is_name(before: str, word: str) -> bool:
    """Whether a word is a name, given the letter or comma before it."""
    behind_small = before in ",;" or before.islower()
    return behind_small and word[0].isupper() and (len(word) > 2 or word.isupper())


def asks_what_was_said(question: str) -> bool:
    """Whether a question is about what somebody said or thought, in English."""
    return _SAID.match(question) is not None


def wants_questions(question: str) -> bool:
    """Whether what is looked for may be a question itself ("What should we ask a partner?"), in
    English, French, German or Spanish.
    """
    return _FOR_QUESTIONS.search(question) is not None


def mostly_asks(quote: str) -> bool:
    """Whether half of a quote or more are questions."""
    if "?" not in quote:
        return False
    sentences = [line[start:end] for line in quote.split("\n") for start, end in spans(line)]
    asking = sum(len(one) for one in sentences if one.rstrip(_CLOSING).endswith("?"))
    return asking >= _MOSTLY * sum(map(len, sentences))


def meant(words: WordIndex, question: str) -> tuple[str, ...]:
    """The terms of what a question asks the meaning of; empty where it asks something else.

    It asks so as "what is X", "what X is", "what X stands for", "definition of X", "what means X"
    (as other languages have it word by word), or by one word alone.
    """
    asked = _MEANING.fullmatch(question)
    terms = tuple(words.terms((asked[1] or asked[2]) if asked else question))
    return terms if len(terms) <= (_LONGEST_NAME if asked else 1) else ()


def _holds(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None
