"""A question as it is read: what each of its words may stand for in this library.

Courtesies and background round the question are left out first, and a question in another language
is put into English word by word. Then words that the library does not hold are read as the nearest
that it does, acronyms also as their long forms and the other way round, and what stands in double
quotes as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.derived.words import WordIndex
from index.languages.gloss import foreign
from index.languages.glossary import Glossary
from ingest.prose.language import votes
from search.question.amounts import asks_amount
from search.question.clauses import clauses
from search.question.dates import date_alone
from search.question.definitions import meant
from search.question.function_words import FUNCTION_TERMS
from search.question.names import absent, named_terms
from search.question.near_words import Near, near_words
from search.question.provisions import (
    Provision,
    in_figures,
    in_full,
    named_provisions,
    shortened,
    shortenings,
)
from search.question.spelling import has_stem_by_chance, nearest, nearest_other, nearest_written
from search.question.variants import apart, joined, numbers, spelt
from search.question.wrappings import asking_sentences, bare, shut_out

CountTokens = Callable[[Sequence[str]], list[int]]

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”«»]")
_LONGEST_FORM = 8
"""Terms of the longest long form that is looked for in a question."""

_QUESTION_WORDS = frozenset(
    (
        "combien comment pourquoi quand quel quelle quels quelles lequel laquelle lesquels"
        " wieviel wieviele warum weshalb wofür wann welche welchem welchen welcher welches"
        " cuánto cuánta cuántos cuántas cuándo dónde cómo cuál cuáles quién quiénes"
        " quanto quanta quanti quante quando dove perché quale quali hoeveel waarom wanneer welke"
        " quantos quantas onde qual quais hur varför vilken vilket vilka"
    ).split()
)
"""What questions begin with in the other languages that are told apart. They are spelt right though
no passage has them: "combien" is no misspelling of "combine"."""


@dataclass(frozen=True, slots=True)
class Form:
    """Terms of the question, and terms that stand for all of them."""

    asked: tuple[str, ...]
    other: tuple[str, ...]


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
    text, mended = _mended(words, in_full(figured), count_tokens, listed)
    terms = words.terms(text)
    provisions = named_provisions(terms)
    acronyms = _acronyms(words, text)
    translated = _translated(glossary, asked)
    forms = (
        *acronyms,
        *_written_otherwise(words, text, provisions),
        *_left_untranslated(words, translated, terms),
    )
    understood = (word for word, _ in (*mended, *translated))
    not_absent = {
        *FUNCTION_TERMS,
        *words.terms(" ".join(understood)),
        *(term for form in forms for term in form.asked),
    }
    return Reading(
        question=question,
        text=text,
        read_as=(*shortenings(asked), *numbered, *mended),
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
        long_forms=_long_forms(words, acronyms, terms),
        absent=absent(words, asked, not_absent),
        bare=asked if asked != question else "",
        shut_out=not_searched,
        near=near_words_of(words, text),
        untranslated=asked if glossary else "",
        language=glossary.language if glossary else "en",
        in_english=in_english,
    )


def near_words_of(words: WordIndex, text: str) -> Near:
    """The terms of a text, its words mended, each with what the library holds that means nearly the
    same. Empty for a text in another language than English: "die" is near "death" in English only.
    """
    if not _is_english(words.terms(text), votes(text)):
        return {}
    return near_words(words, [words.terms(clause) for clause in clauses(text)])


def _without_wrappings(
    words: WordIndex, glossary: Glossary | None, question: str
) -> tuple[str, tuple[str, ...]]:
    """The question without what stands round it, and the words it says not to search for.

    glossary: of its language, where that is not English.
    """

    def count_meaning(text: str) -> int:
        read = glossary.gloss(text) if glossary else text
        return sum(term not in FUNCTION_TERMS for term in words.terms(read))

    understood = glossary or _is_english(words.terms(question), votes(question))
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


def _written_otherwise(
    words: WordIndex, text: str, provisions: Sequence[Provision]
) -> Iterator[Form]:
    """Compounds, numbers, words and provisions of the text with other ways to write them."""
    yield from (Form(*pair) for pair in joined(words, text))
    yield from (Form(*pair) for pair in numbers(words, text))
    yield from (Form(*pair) for pair in spelt(words, text))
    yield from (Form(*pair) for pair in shortened(words, provisions))


def _one_name(terms: Sequence[str], forms: Sequence[Form]) -> tuple[str, ...]:
    """The terms of a question that is one name and nothing else, as "case worker"; else empty."""
    return next((form.asked for form in forms if form.asked == tuple(terms)), ())


def _mended(
    words: WordIndex, question: str, count_tokens: CountTokens, listed: Collection[str] | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with its misspelt words as the nearest that the library holds, and each of them
    with that.

    listed: the words that a glossary gave for those of a question in another language, which are
        spelt right; None for a question that was not put into English.
    """
    english = listed is None and _is_english(words.terms(question), votes(question))
    mended: dict[str, str] = {}
    for found in _WORD.finditer(question):
        word = found[0]
        right = word in (listed or ()) or word.lower() in _QUESTION_WORDS
        if not right and word not in mended:
            first = found.start() == 0
            if near := _nearest(words, word, count_tokens, english=english, first=first):
                mended[word] = near
    if not mended:
        return question, ()
    text = _WORD.sub(lambda found: mended.get(found[0], found[0]), question)
    return text, tuple(mended.items())


def _nearest(
    words: WordIndex, word: str, count_tokens: CountTokens, *, english: bool, first: bool
) -> str:
    """What a word is read as that seems misspelt; empty where it does not, or nothing is near.

    english: whether the question is in English. first: whether the word is the first of it.
    """
    known = any(map(words.frequency, words.terms(word)))
    if known and not (english and has_stem_by_chance(words, word)):
        return ""
    if count_tokens([word])[0] < 2:
        return ""
    if known:
        return nearest_other(words, word)
    edits = 1 if word[0].isupper() and not first else 2  # a name is soon another name
    near = nearest if english else nearest_written
    return apart(words, word) or near(words, word, edits)


def _is_english(terms: Sequence[str], votes: Mapping[str, int]) -> bool:
    """Whether no other language has more small words of a question than English.

    terms: of the question. votes: as `ingest.prose.language.votes` has them.
    """
    other = max((count for language, count in votes.items() if language != "en"), default=0)
    return other <= sum(term in FUNCTION_TERMS for term in terms)


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


def _acronyms(words: WordIndex, text: str) -> tuple[Form, ...]:
    """Acronyms in the text with their long forms, and long forms with their acronyms.

    A word in small letters is an acronym only where the whole question is in small letters.
    """
    terms = words.terms(text)
    capital = frozenset(words.terms(" ".join(w for w in _WORD.findall(text) if w != w.lower())))
    found: dict[Form, None] = {}
    for start in range(len(terms)):
        for end in range(start + 1, min(start + _LONGEST_FORM, len(terms)) + 1):
            asked = tuple(terms[start:end])
            other = words.forms.get(asked)
            alone = len(asked) == 1 and (
                asked[0] in FUNCTION_TERMS or (bool(capital) and asked[0] not in capital)
            )
            if other and not alone:
                found[Form(asked, other)] = None
    return tuple(found)
