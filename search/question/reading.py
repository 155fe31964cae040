"""A question as it is read: what each of its words may stand for in this library.

Words the library does not hold are read as the nearest that it does, an acronym also as its long
form and the other way round, and what stands in double quotes as a phrase. What stands round the
question is left out first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
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
from search.question.provisions import Provision, in_figures, in_full, named, shortened, shortenings
from search.question.spelling import nearest, nearest_other, nearest_written, strays
from search.question.variants import apart, joined, numbers, spelt
from search.question.wrappings import asking, bare, shut_out

CountTokens = Callable[[Sequence[str]], list[int]]

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”«»]")
_LONGEST_FORM = 8
"""Terms of a long form that are looked for in a question."""

_ASKING = frozenset(
    (
        "combien comment pourquoi quand quel quelle quels quelles lequel laquelle lesquels"
        " wieviel wieviele warum weshalb wofür wann welche welchem welchen welcher welches"
        " cuánto cuánta cuántos cuántas cuándo dónde cómo cuál cuáles quién quiénes"
        " quanto quanta quanti quante quando dove perché quale quali hoeveel waarom wanneer welke"
        " quantos quantas onde qual quais hur varför vilken vilket vilka"
    ).split()
)
"""What a question begins with in the other languages that are told apart; no misspelling of any
word, as "combien" of "combine"."""


@dataclass(frozen=True, slots=True)
class Form:
    """Terms of the question, and terms that stand for all of them."""

    asked: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question means to a library.

    question: as asked. text: the same as it is read.
    read_as: misspelt words, short forms ("Art.") and numbers in words, as asked, each with what it
    is read as. phrases: what is quoted, as asked; as it is read where no passage has that.
    names: terms that name somebody, some place or some number. amount: whether it asks how many or
    how much. provisions: what it names by a number, as "Article 17". content: whether any of its
    words has a meaning of its own.
    date: terms of the date that is all it asks about. meant: terms of what it asks the meaning of.
    long_forms: its acronyms, each with what the library says it stands for, where the question does
    not. absent: names and numbers, as asked, that no passage has. bare: the question without what
    stands round it and is shut out; empty where nothing is. shut_out: words that it says not to
    search for. near: its terms with those that mean nearly the same, see `nearly`.
    untranslated: without what stands round it, in its own language, where that is not English; else
    empty. language: its own, ISO 639-1, of those that are told apart. in_english: word by word,
    where it was asked in another; else empty.
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
    """Read a question, white space as single blanks, with a library's words.

    count_tokens: of the encoder; a word that is one token to it is no misspelling.
    """
    other = foreign(question)
    asked, not_searched = _asked(words, other, question)
    in_english = " ".join(other.gloss(in_full(asked)).split()) if other else ""
    figured, numbered = in_figures(words, in_english or asked)
    given = frozenset(_WORD.findall(other.translated(in_full(asked)))) if other else None
    text, mended = _mended(words, in_full(figured), count_tokens, given)
    terms = words.terms(text)
    provisions = named(terms)
    pairs = (
        *joined(words, text),
        *numbers(words, text),
        *spelt(words, text),
        *shortened(words, provisions),
    )
    acronyms = _forms(words, text)
    own = _as_asked(words, other, asked, terms)
    forms = (*acronyms, *(Form(*pair) for pair in pairs), *own)
    otherwise = {
        *FUNCTION_TERMS,
        *words.terms(" ".join((*(word for word, _ in mended), *_listed(other, asked)))),
    }
    return Reading(
        question=question,
        text=text,
        read_as=(*shortenings(asked), *numbered, *mended),
        forms=forms,
        phrases=_phrases(words, asked, text),
        names=frozenset(f for form in (asked, in_english) for f in named_terms(words, form))
        - FUNCTION_TERMS,
        amount=asks_amount(text),
        provisions=provisions,
        content=not FUNCTION_TERMS.issuperset(terms),
        date=date_alone(words, text),
        meant=meant(words, text) or _whole(terms, forms),
        long_forms=_long_forms(words, acronyms, terms),
        absent=absent(words, asked, otherwise.union(*(form.asked for form in forms))),
        bare=asked if asked != question else "",
        shut_out=not_searched,
        near=nearly(words, text),
        untranslated=asked if other else "",
        language=other.language if other else "en",
        in_english=in_english,
    )


def nearly(words: WordIndex, text: str) -> Near:
    """The terms of a text, mended, with what the library holds that means nearly the same; none of
    words without a meaning of their own, and none in another language than English: "die" is near
    "death" in one only.
    """
    if not _english(words.terms(text), votes(text)):
        return {}
    return near_words(words, [words.terms(clause) for clause in clauses(text)])


def _listed(other: Glossary | None, asked: str) -> list[str]:
    """The words of a question in another language that have an English."""
    found = other.stretches(asked) if other else ()
    return [asked[one.start : one.end] for one in found if one.english is not None]


def _as_asked(
    words: WordIndex, other: Glossary | None, asked: str, terms: Collection[str]
) -> list[Form]:
    """The English of a question's words with these as they were asked, where the library holds
    them: "Kassel" is a town to it, whatever the list says. terms: of the question in English.
    """
    pairs = (
        (words.terms(one.english or ""), words.terms(asked[one.start : one.end]))
        for one in (other.stretches(asked) if other else ())
    )
    return [
        Form(tuple(english), tuple(own))
        for english, own in pairs
        if english
        and english != own
        and own
        and {*english}.issubset(terms)
        and all(map(words.frequency, own))
    ]


def _whole(terms: Sequence[str], forms: Sequence[Form]) -> tuple[str, ...]:
    """The terms of a question that is one name and nothing else, as "case worker"; or none."""
    return next((form.asked for form in forms if form.asked == tuple(terms)), ())


def _asked(words: WordIndex, other: Glossary | None, question: str) -> tuple[str, tuple[str, ...]]:
    """The question without what stands round it, and the words it says not to search for.

    other: the list of its language, where that is not English.
    """

    def count(text: str) -> int:
        read = other.gloss(text) if other else text
        return sum(term not in FUNCTION_TERMS for term in words.terms(read))

    told = other or _english(words.terms(question), votes(question))
    return shut_out(bare(asking(question, count) if told else question, count), count)


def _mended(
    words: WordIndex, question: str, count_tokens: CountTokens, given: frozenset[str] | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with its misspelt words as the nearest that the library holds, and these.

    given: the words that a list gave for those of a question in another language, which are spelt
    right; None for a question that no list was used for.
    """
    mended: dict[str, str] = {}
    english = given is None and _english(words.terms(question), votes(question))
    for found in _WORD.finditer(question):
        word = found[0]
        known = any(map(words.frequency, words.terms(word)))
        asks = word.lower() in _ASKING
        right = asks or word in (given or ()) or (known and not (english and strays(words, word)))
        if word in mended or right or count_tokens([word])[0] < 2:
            continue
        if known:
            near = nearest_other(words, word)
        else:
            nearest_known = nearest if english else nearest_written
            edits = 1 if word[0].isupper() and found.start() > 0 else 2
            near = apart(words, word) or nearest_known(words, word, edits)
        if near:
            mended[word] = near
    if not mended:
        return question, ()
    text = _WORD.sub(lambda found: mended.get(found[0], found[0]), question)
    return text, tuple(mended.items())


def _english(terms: Sequence[str], votes: Mapping[str, int]) -> bool:
    """Whether no other language has more small words of a question than English.

    terms: of the question. votes: as `ingest.prose.language.votes` has them.
    """
    other = max((count for language, count in votes.items() if language != "en"), default=0)
    return other <= sum(term in FUNCTION_TERMS for term in terms)


def _phrases(words: WordIndex, asked: str, text: str) -> tuple[str, ...]:
    """Each thing that is quoted, if it has a term, as asked; as it is read where the library lacks
    that in any form.
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


def _forms(words: WordIndex, text: str) -> tuple[Form, ...]:
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
                asked[0] in FUNCTION_TERMS or (bool(capital) and asked[0] not in capital)
            )
            if other and not alone:
                found[Form(asked, other)] = None
    return tuple(found)
