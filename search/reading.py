"""A question as it is read: what each of its words may stand for in this library.

Words the library does not hold are read as the nearest that it does, an acronym also as its long
form and the other way round, and what stands in double quotes as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from index.words import Words, stems
from search.amounts import asks_amount
from search.provisions import Provision, in_full, named, shortened, shortenings
from search.spelling import nearest

CountTokens = Callable[[Sequence[str]], list[int]]

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”«»]")
_LONGEST_FORM = 8
"""Terms of a long form that are looked for in a question."""

_FUNCTION = (
    "a about am an and any are as at be been being but by can could did do does for from had has "
    "have he her how i if in into is it its many may me might mine much must my no not of on or "
    "our out over shall she should so some than that the their them then there these they this "
    "those to under up us was we were what when where which who whom whose why will with would "
    "you your"
)


@dataclass(frozen=True, slots=True)
class Form:
    """Terms of the question, and terms that stand for all of them."""

    asked: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question means to a library.

    question: as asked. text: the same, misspelt words mended.
    mended: those words as asked, with what they are read as. phrases: terms of what is quoted.
    names: terms that name somebody, some place or some number. function: terms without a meaning
    of their own. amount: whether it asks how many or how much. provisions: what it names by a
    number, as "Article 17". content: whether any of its words has a meaning of its own.
    """

    question: str
    text: str
    mended: tuple[tuple[str, str], ...]
    forms: tuple[Form, ...]
    phrases: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    function: frozenset[str]
    amount: bool = False
    provisions: tuple[Provision, ...] = ()
    content: bool = True


def read(words: Words, question: str, count_tokens: CountTokens) -> Reading:
    """Read a question, white space as single blanks, with a library's words.

    count_tokens: of the encoder; a word that is one token to it is no misspelling.
    """
    text, mended = _mended(words, in_full(question), count_tokens)
    function = function_terms()
    terms = words.terms(text)
    provisions = named(terms, function)
    short = (Form(*pair) for pair in shortened(words, provisions))
    return Reading(
        question=question,
        text=text,
        mended=(*shortenings(question), *mended),
        forms=(*_forms(words, text, function), *short),
        phrases=tuple(
            phrase for found in _QUOTED.finditer(text) if (phrase := tuple(words.terms(found[1])))
        ),
        names=frozenset(_names(words, question)) - function,
        function=function,
        amount=asks_amount(text),
        provisions=provisions,
        content=not function.issuperset(terms),
    )


@cache
def function_terms() -> frozenset[str]:
    """The terms of English words without a meaning of their own: "how", "do", "you"."""
    return frozenset(stems(_FUNCTION))


def _mended(
    words: Words, question: str, count_tokens: CountTokens
) -> tuple[str, tuple[tuple[str, str], ...]]:
    mended: dict[str, str] = {}
    for found in _WORD.finditer(question):
        word = found[0]
        unknown = word not in mended and not any(map(words.frequency, words.terms(word)))
        if unknown and count_tokens([word])[0] > 1:
            named = word[0].isupper() and found.start() > 0
            if near := nearest(words, word, edits=1 if named else 2):
                mended[word] = near
    if not mended:
        return question, ()
    text = _WORD.sub(lambda found: mended.get(found[0], found[0]), question)
    return text, tuple(mended.items())


def _forms(words: Words, text: str, function: frozenset[str]) -> tuple[Form, ...]:
    """Acronyms in the text with their long forms, and long forms with their acronyms.

    One word in small letters is an acronym only where the whole question is in small letters.
    """
    terms = words.terms(text)
    capital = frozenset(words.terms(" ".join(w for w in _WORD.findall(text) if w != w.lower())))
    found: dict[Form, None] = {}
    for start in range(len(terms)):
        for end in range(start + 1, min(start + _LONGEST_FORM, len(terms)) + 1):
            asked = tuple(terms[start:end])
            other = words.forms.get(asked)
            alone = len(asked) == 1 and (
                asked[0] in function or (bool(capital) and asked[0] not in capital)
            )
            if other and not alone:
                found[Form(asked, other)] = None
    return tuple(found)


def _names(words: Words, question: str) -> list[str]:
    """Terms of capitalised words but the first, and of numbers; none where most are capitalised."""
    asked = _WORD.findall(question)
    capital = [word for word in asked[1:] if word[0].isupper()]
    numbers = [word for word in asked if any(char.isdigit() for char in word)]
    if 2 * len(capital) > len(asked):
        capital = []
    return [term for term in words.terms(" ".join(capital + numbers)) if len(term) > 2]
