"""Misspelt words of a question, read as the nearest that the library holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.derived.words import WordIndex
from index.languages.stemming import as_written
from search.question.function_words import is_english
from search.question.variants import cut_in_two

CountTokens = Callable[[Sequence[str]], list[int]]
"""How many tokens each of some texts is to an encoder."""

_Words = Callable[[str, int], Sequence[str]]
"""The words, or stems, of a library that have a first letter and a length."""

_WORD = re.compile(r"[^\W_]+")

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

_FEWEST_LETTERS = 5
"""Letters that a word needs to be mended at all: a shorter one soon is near to other words."""

_TWO_EDITS_FROM = 9
"""Letters that a stem needs for two edits."""

_LONGEST_ENDING = 8
"""Letters that a word may have beyond its stem; "operational" has seven. With eight, every stem of
two libraries (4,012 and 6,927) that is a stem to itself is that of a word found here."""

_PLAIN = frozenset(("", "d", "e", "ed", "er", "ers", "es", "ing", "ings", "r", "rs", "s"))
"""Endings that any verb or noun may have. A word that the library has with another of them is right
as it is: "lends" where it writes "lending"."""

_AS_FREQUENT = 0.5
"""A word is meant only if it is in at least so many passages for each that holds the stem which its
misspelling shares with another word."""


def mended(
    words: WordIndex, question: str, count_tokens: CountTokens, given: Collection[str] | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with each misspelt word as the nearest that the library holds; and those words,
    each with what it is read as.

    count_tokens: of the encoder; a word that is one token to it is no misspelling.
    given: the words that a glossary gave for those of a question in another language; they are
        spelt right. None for a question that was not put into English.
    """
    english = given is None and is_english(question)
    right = {*(given or ())}
    found: dict[str, str] = {}
    for match in _WORD.finditer(question):
        word = match[0]
        if word not in found and word not in right and word.lower() not in _QUESTION_WORDS:
            first = match.start() == 0
            if near := _read_as(words, word, count_tokens, english=english, first=first):
                found[word] = near
    return _WORD.sub(lambda match: found.get(match[0], match[0]), question), tuple(found.items())


def _read_as(
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
    return cut_in_two(words, word) or near(words, word, edits)


def nearest(words: WordIndex, word: str, edits: int = 2) -> str:
    """The word of the library that is nearest to one that it does not hold.

    Of the words one edit away it is the one that most passages hold; where there are none, of those
    two edits away. An edit is a letter left out, put in, exchanged or swapped with its neighbour.
    It never changes the first letter, and two edits never change the second. Words are compared as
    they are written, and where none is near by their stems, for "boorders" where there is "border";
    then the word with that stem is returned, for "partak" is no word.

    edits: at most; two only count where the stem has `_TWO_EDITS_FROM` letters. With endings
        counted, "shadowing" was read as "showing".
    Returns a word in lower case, without accents; empty when the word is short, no word, or none
    is near.
    """
    if near := nearest_written(words, word, edits):
        return near
    stem = _stem(words, word)
    if not stem:
        return ""
    allowed = _edits_allowed(stem, edits)
    stems = [other for other in _near(words.spelt, stem, allowed) if words.terms(other) == [other]]
    best = min(stems, key=lambda other: (-words.frequency(other), other), default="")
    return _as_written_here(words, best, as_written(word)[0]) if best else ""


def nearest_written(words: WordIndex, word: str, edits: int = 2) -> str:
    """The word that `nearest` gives when it compares written words only, no stems."""
    stem = _stem(words, word)
    near = _near(words.written, as_written(word)[0], _edits_allowed(stem, edits)) if stem else []
    return _most_frequent(words, near)


def has_stem_by_chance(words: WordIndex, word: str) -> bool:
    """Whether a word is probably misspelt, and has a stem of the library by chance, as "extention"
    has that of "extent": the library writes neither it nor its singular, and it is not that stem
    with an ending that any word may have.
    """
    stem = _stem(words, word)
    if not stem:
        return False
    asked = as_written(word)[0]
    plain = asked.startswith(stem[:-1]) and asked[len(stem) :] in _PLAIN
    forms = {asked, asked.removesuffix("s")}
    return not plain and not any(form in words.written(form[0], len(form)) for form in forms)


def nearest_other(words: WordIndex, word: str) -> str:
    """The word that most passages hold of those one edit away that have another stem than the
    word's own; empty where twice as many passages hold its own stem.
    """
    stem, asked = _stem(words, word), as_written(word)[0]
    near = [
        other for other in _within_edits(words.written, asked, 1) if words.terms(other) != [stem]
    ]
    best = _most_frequent(words, near)
    enough = _AS_FREQUENT * words.frequency(stem)
    return best if best and _frequency(words, best) >= enough else ""


def _stem(words: WordIndex, word: str) -> str:
    """The stem of a word; empty when it is short or no word."""
    terms = words.terms(word)
    whole = len(terms) == 1 and word.isalpha() and len(word) >= _FEWEST_LETTERS
    return terms[0] if whole else ""


def _edits_allowed(stem: str, edits: int) -> int:
    """As many edits as are asked for; of a short stem one."""
    return edits if len(stem) >= _TWO_EDITS_FROM else 1


def _most_frequent(words: WordIndex, written: Sequence[str]) -> str:
    """The word that most passages hold; empty where there is none."""
    return min(written, key=lambda other: (-_frequency(words, other), other), default="")


def _as_written_here(words: WordIndex, stem: str, asked: str) -> str:
    """The word of the library with a stem that is nearest to the one asked. Empty where all such
    words begin with other letters than the stem, as "dying" for "die".
    """
    forms = (
        other
        for length in range(len(stem), len(stem) + _LONGEST_ENDING + 1)
        for other in words.written(stem[0], length)
        # Cheaper than the stem, and so looked at first; the last letter may differ ("polici").
        if other.startswith(stem[:-1]) and words.terms(other) == [stem]
    )
    return min(forms, key=lambda other: (OSA.distance(asked, other), other), default="")


def _frequency(words: WordIndex, written: str) -> int:
    """How many passages hold a word, whatever its ending."""
    return max(map(words.frequency, words.terms(written)), default=0)


def _near(among: _Words, asked: str, edits: int) -> list[str]:
    """The words one edit away; where there are none, those two away with the same second letter, if
    so many edits are allowed.
    """
    near = _within_edits(among, asked, 1)
    if near or edits < 2:
        return near
    return [other for other in _within_edits(among, asked, 2) if other[1] == asked[1]]


def _within_edits(among: _Words, asked: str, edits: int) -> list[str]:
    """The words with the same first letter that are at most so many edits away.

    All words of about the same length are compared, which takes .03 to .1 ms at 100,000 passages.
    Looking up each of 500 to 1,300 ways to spell the word took .25 to 1.3 ms.
    """
    return [
        other
        for length in range(len(asked) - edits, len(asked) + edits + 1)
        for other, _, _ in process.extract(
            asked, among(asked[0], length), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
    ]
