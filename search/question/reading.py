"""A question as it is read: what each of its words may stand for in this library.

Courtesies and background round the question are left out first, and a question in another language
is put into English word by word. Then words that the library does not hold are read as the nearest
that it does, acronyms also as their long forms and the other way round, and what stands in double
quotes as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from index.derived.words import WordIndex
from index.languages.gloss import foreign
from index.languages.glossary import Glossary
from search.question.amounts import asks_amount
from search.question.dates import date_alone
from search.question.function_words import FUNCTION_TERMS, is_english
from search.question.names import absent, named_terms
from search.question.near_words import Near, near_words_of
from search.question.provisions import (
    Provision,
    in_figures,
    in_full,
    named_provisions,
    shortened,
    shortenings,
)
from search.question.spelling import CountTokens, mended
from search.question.variants import Form, acronyms, joined, numbers, spelt
from search.question.wanted import meant
from search.question.wrappings import asking_sentences, bare, shut_out

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question means to a library.

    question: as asked.
    text: the question as it is read, in English, without what stands round it, its words mended.
    read_as: misspelt words, short forms ("Art.") and numbers in words, as asked, each with what it
        is read as.
    forms: terms of the text, each with other terms that may stand for them.
    phrases: what is quoted, as asked; where no passage has that, as it is read.
    names: terms that name somebody, some place or some number.
    amount: whether it asks how many or how much.
    provisions: what it names by a number, as "Article 17".
    content: whether any of its words has a meaning of its own.
    date: terms of the date that is all it asks about; empty where it asks about more.
    meant: terms of what it asks the meaning of; empty where it asks something else.
    long_forms: its acronyms, each with what the library says it stands for, where the question does
        not say so itself.
    absent: names and numbers, as asked, that no passage has.
    bare: the question without what stands round it and is shut out; empty where nothing is.
    shut_out: words that it says not to search for.
    near: terms of the text, each with what the library holds that means nearly the same.
    untranslated: where it is not in English, the question in its own language, without what stands
        round it; else empty.
    language: its own, ISO 639-1, of those that are told apart.
    in_english: the same word by word in English, where it was asked in another language; else
        empty.
    """

    question: str
    text: str
    read_as: tuple[tuple[str, str], ...]
    forms: tuple[Form, ...]
    phrases: tuple[str, ...]
    names: frozenset[str]
    amount: bool = False
    provisions: tuple[Provision, ...] = ()
    content: bool = True
    date: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    long_forms: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    bare: str = ""
    shut_out: tuple[str, ...] = ()
    near: Near = field(default_factory=dict)
    untranslated: str = ""
    language: str = "en"
    in_english: str = ""

    @property
    def for_encoder(self) -> str:
        """What the encoder is given: the question as read, or in its own language, which the
        encoder may know.
        """
        return self.untranslated or self.text


def read(words: WordIndex, question: str, count_tokens: CountTokens) -> Reading:
    """Read a question with the words of a library.

    question: with single blanks for white space. count_tokens: of the encoder; a word that is one
        token to it is no misspelling.
    """
    glossary = foreign(question)
    asked, not_searched = _without_wrappings(words, glossary, question)
    in_english = " ".join(glossary.gloss(in_full(asked)).split()) if glossary else ""
    figured, numbered = in_figures(words, in_english or asked)
    listed = _WORD.findall(glossary.translated(in_full(asked))) if glossary else None
    text, respelt = mended(words, in_full(figured), count_tokens, listed)
    terms = words.terms(text)
    provisions = named_provisions(terms)
    of_acronyms = acronyms(words, text)
    translated = _translated(glossary, asked)
    forms = (
        *of_acronyms,
        *joined(words, text),
        *numbers(words, text),
        *spelt(words, text),
        *shortened(words, provisions),
        *_left_untranslated(words, translated, terms),
    )
    understood = (word for word, _ in (*respelt, *translated))
    not_absent = {
        *FUNCTION_TERMS,
        *words.terms(" ".join(understood)),
        *(term for form in forms for term in form.asked),
    }
    return Reading(
        question=question,
        text=text,
        read_as=(*shortenings(asked), *numbered, *respelt),
        forms=forms,
        phrases=_phrases(words, asked, text),
        names=frozenset(
            term for version in (asked, in_english) for term in named_terms(words, version)
        )
        - FUNCTION_TERMS,
        amount=asks_amount(text),
        provisions=provisions,
        content=not FUNCTION_TERMS.issuperset(terms),
        date=date_alone(words, text),
        meant=meant(words, text) or _one_name(terms, forms),
        long_forms=_long_forms(words, of_acronyms, terms),
        absent=absent(words, asked, not_absent),
        bare=asked if asked != question else "",
        shut_out=not_searched,
        near=near_words_of(words, text),
        untranslated=asked if glossary else "",
        language=glossary.language if glossary else "en",
        in_english=in_english,
    )


def _without_wrappings(
    words: WordIndex, glossary: Glossary | None, question: str
) -> tuple[str, tuple[str, ...]]:
    """The question without what stands round it, and the words it says not to search for.

    glossary: of its language, where that is not English.
    """

    def count_meaning(text: str) -> int:
        read = glossary.gloss(text) if glossary else text
        return sum(term not in FUNCTION_TERMS for term in words.terms(read))

    understood = glossary or is_english(question)
    asked = asking_sentences(question, count_meaning) if understood else question
    return shut_out(bare(asked, count_meaning), count_meaning)


def _translated(glossary: Glossary | None, asked: str) -> list[tuple[str, str]]:
    """The words of a question in another language that the glossary has, each with its English."""
    stretches = glossary.stretches(asked) if glossary else ()
    return [
        (asked[one.start : one.end], one.english) for one in stretches if one.english is not None
    ]


def _left_untranslated(
    words: WordIndex, translated: Sequence[tuple[str, str]], terms: Collection[str]
) -> list[Form]:
    """English terms of a question in another language, each with its words as they were asked,
    where the library holds those: "Kassel" is a town in it, whatever the glossary says.

    translated: as `_translated` returns it. terms: of the question in English.
    """
    pairs = ((words.terms(english), words.terms(own)) for own, english in translated)
    return [
        Form(tuple(english), tuple(own))
        for english, own in pairs
        if english
        and english != own
        and own
        and {*english}.issubset(terms)
        and all(map(words.frequency, own))
    ]


def _one_name(terms: Sequence[str], forms: Sequence[Form]) -> tuple[str, ...]:
    """The terms of a question that is one name and nothing else, as "case worker"; else empty."""
    return next((form.asked for form in forms if form.asked == tuple(terms)), ())


def _phrases(words: WordIndex, asked: str, text: str) -> tuple[str, ...]:
    """Each thing that is quoted, as asked; as it is read, where the library lacks it in any form.
    What has no term is left out.
    """
    quoted = [_QUOTED.findall(form) for form in (asked, text)]
    return tuple(
        phrase if len(words.holding(terms, 1)) else read
        for phrase, read in zip(*quoted, strict=True)
        if (terms := words.terms(phrase))
    )


def _long_forms(
    words: WordIndex, acronyms: Sequence[Form], terms: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """The acronyms with what the library says they stand for, where the question does not."""
    return tuple(
        words.long_forms[form.asked]
        for form in acronyms
        if form.asked in words.long_forms and not set(terms).issuperset(form.other)
    )
