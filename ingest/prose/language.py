"""Which language a text is in, by a vote of its most frequent small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# Characters of a text that are looked at.
_SAMPLE = 20_000
# Stretches of a longer text, evenly spread over it: its front may be a summary in another language.
_STRETCHES = 20
# Votes that the language of a text, or of a line, must have.
_FEWEST_VOTES = 5
_FEWEST_OF_LINE = 2
# Characters on each side of the place where the language may change.
_LOOK = 1_000
# The winner's share of the text's words; running prose of any of the eight has .25 to .5.
_LOWEST_SHARE = 0.12
# Times the votes of the next language that the winner must have.
_LEAD = 1.4
# The same of few votes: "A list, and no two agree" has two words of Portuguese, one of English.
_LEAD_OF_FEW = 3
# Part of a document that is in a language, for it to be one of the document's.
_SECOND = 0.2
# Part of a text in two languages that is in its main one.
_MOST = 0.6
# Part of a text in two languages that stands in lines whose language shows; of Catalan, which is
# none of the eight, two fifths do.
_SAYING = 0.45

_WORDS: dict[str, str] = {
    "en": "the of and to in is that for with as are was by on be this which from or have not "
    "their has were its an at it will can been they these when between after than other "
    "more would who what into also only most such about should could during through both "
    "all one we our you there where while",
    "fr": "le la les des et en du une un dans que pour par sur au qui est avec sont aux ce "
    "cette ces ou il ne pas se plus leur leurs été d l entre après comme si tout tous "
    "elle elles ils nous vous mais où dont afin ainsi être peut "
    "quel quelle quels quelles combien comment pourquoi quand",
    "de": "der die das und in den von zu mit des ist für auf im dem nicht eine ein als auch "
    "sich werden oder bei nach einer zur durch wird sind aus über sowie wenn dass kann "
    "nur noch am vom zum um so wie man hat haben unter gegen ihre "
    "was wer wo wann warum welche welcher welches",
    "es": "el la los las de y en que del una un para por con se es al como su sus más lo o son "
    "entre sobre este esta han fue no está están ser sido cuando donde también pero si "
    "muy sin hasta desde todos ha "
    "qué cómo dónde quién cuál cuáles cuánto cuántos",
    "it": "il lo la i gli le di e che in del della dei delle un una per con da nel nella alla è "
    "sono si non come anche più al ai dal questo questa stato essere dove quando tra fra "
    "ma ed degli agli hanno può "
    "perché quale quali quanto quanti chi",
    "nl": "de het een en van in is dat op te voor met zijn die niet aan er om ook als bij door "
    "naar uit worden wordt over deze dit of hebben maar dan zij wij hun onder tussen "
    "tegen na tot geen alle meer veel kan zal ze "
    "hoe waar wat wie wanneer welke waarom je",
    "pt": "o a os as de e em que do da dos das um uma para por com se na no nas nos é ao não "
    "mais como pela pelo são sua seu foi ser entre quando onde também mas sem até desde "
    "todos há pelos pelas aos "
    "qual quais quem quanto quantos",
    "sv": "och att det i en som på är av för den till med inte om har de ett var vi kan från "
    "eller men detta vid ska genom också sin när där mellan efter alla mer mycket hos "
    "utan hade varit "
    "hur vad vem vilken vilka varför",
}
_VOTES: dict[str, tuple[str, ...]] = {}
for _language, _list in _WORDS.items():
    for _word in _list.split():
        _VOTES[_word] = (*_VOTES.get(_word, ()), _language)

_WORD = re.compile(r"[^\W\d_]+")


def guess(text: str) -> str:
    """ISO 639-1 code of one of eight languages, or empty when the text does not say.

    Looks at 20,000 characters. A word common to several languages votes for each. Of a text in
    two languages it is the one of most of its lines.
    """
    sample = _spread(text)
    ranked = [*votes(sample).most_common(2), ("", 0), ("", 0)]
    (best, most), (_, next_most) = ranked[0], ranked[1]
    words = len(_WORD.findall(sample))
    if most < _FEWEST_VOTES or most < _LOWEST_SHARE * words:
        return ""
    return best if most >= _LEAD * next_most else _of_most(sample.splitlines())


def _spread(text: str) -> str:
    """The text, or stretches of a long one, evenly spread over it."""
    if len(text) <= _SAMPLE:
        return text
    length = _SAMPLE // _STRETCHES
    steps = (number * (len(text) - length) // (_STRETCHES - 1) for number in range(_STRETCHES))
    return "\n".join(text[start : start + length] for start in steps)


def _of_most(lines: Sequence[str]) -> str:
    """The language that most of the lines are in; empty where no language has most of them, or too
    few lines show theirs.
    """
    said = _letters(lines, [_most_voted(line) for line in lines])
    if said.total() < _SAYING * sum(map(len, lines)):
        return ""
    (best, most), *_ = [*said.most_common(1), ("", 0)]
    return best if most > _MOST * said.total() else ""


def _letters(texts: Sequence[str], languages: Sequence[str]) -> Counter[str]:
    """How many characters the texts of each language have together."""
    said = Counter[str]()
    for text, language in zip(texts, languages, strict=True):
        if language:
            said[language] += len(text)
    return said


def by_language(texts: Sequence[str]) -> list[str]:
    """The language of each text of a document in several languages; that of the text before where a
    text does not show its own. All are empty for a document in one language.
    """
    languages = [guess(text) for text in texts]
    said = _letters(texts, languages)
    spoken = {language for language, letters in said.items() if letters >= _SECOND * said.total()}
    if len(spoken) < 2:
        return [""] * len(texts)
    last = next(language for language in languages if language in spoken)
    found = []
    for language in languages:
        last = language if language in spoken else last
        found.append(last)
    return found


def differ(one: str, other: str) -> bool:
    """Whether the end of a text and the beginning of another are clearly in two languages.

    Two small words are enough where the other language has none.
    """
    first, second = votes(one[-_LOOK:]), votes(other[:_LOOK])
    if not first or not second:
        return False
    (mine, _), (theirs, _) = first.most_common(1)[0], second.most_common(1)[0]
    return mine != theirs and _leads(first, mine, theirs) and _leads(second, theirs, mine)


def _leads(counted: Counter[str], language: str, rival: str) -> bool:
    """Whether a language has clearly more votes than another."""
    lead = _LEAD if counted[language] >= _FEWEST_VOTES else _LEAD_OF_FEW
    return counted[language] >= max(_FEWEST_OF_LINE, lead * counted[rival])


def _most_voted(text: str) -> str:
    """The language of a line; empty where it does not show."""
    counted = votes(text)
    (best, _), (rival, _) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    return best if _leads(counted, best, rival) else ""


def votes(text: str) -> Counter[str]:
    """How many words of a text are frequent small ones of each of the eight languages."""
    counted: Counter[str] = Counter()
    # Each word once: over the words of a library this takes half the time.
    for word, times in Counter(map(str.lower, _WORD.findall(text))).items():
        for language in _VOTES.get(word, ()):
            counted[language] += times
    return counted
