"""What stands round a question and is no part of it: courtesies, background, and words that it says
not to search for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.prose.sentences import spans

CountMeaning = Callable[[str], int]
"""How many words of a text have a meaning of their own: "how do we learn" has one."""

_QUOTED = r"[\"“„«][^\"“”„«»]*[\"“”»]"

_COURTESY = re.compile(
    rf"(?P<kept>{_QUOTED})|(?:^(?:hi|hello)(?: all| there| everyone)?(?=[,.!: ])"
    r"|(?:^|(?<=, ))if (?:(?:it is |it['’]s )?(?:at all )?possible|you (?:don['’]t|do not) mind"
    r"|i may(?: ask)?)(?=[,.!?]|$)[, ]*"
    r"|^sorry to (?:bother|trouble|disturb) you[,.]*(?: but)?\b *"
    r"|\b(?:thank you(?: (?:very|so) much)?(?: in advance)?"
    r"|(?:many )?thanks(?: a lot)?(?: in advance)?(?! to)"
    r"|dear (?:all|colleagues?|team)|(?:^|(?<=[.,:;!?] )|(?<=\byou ))please|(?-i:Please)"
    r"|please(?=[.!?]?$)"
    r"|good (?:morning|afternoon)|(?:kind|best) regards))\b[,.!: ]*",
    re.IGNORECASE,
)

_SOURCES = r"(?:passages?|sources?|evidence|reports?|information)"
_OPENING = re.compile(
    r"^(?:(?:and|so|also),? )?"
    r"(?:(?:(?:could|can|would|will) you (?:kindly )?|(?:would it be|is it) possible to "
    r"|(?:i|we)(?: would|['’]d) be (?:very |most )?grateful if you (?:could|would) "
    r"|(?:i was|we were) wondering (?:if|whether) you (?:could|can) )"
    r"(?:explain(?: to (?:me|us))?|(?:tell|show|give|find|list|help) (?:me|us)(?: find)?)"
    r"|(?:i|we)(?: want| need| would like|['’]d like) to know"
    r"|(?:i am|i['’]m|we are|we['’]re)"
    r" (?:looking for|interested in|trying to find(?: out)?|wondering)"
    r"|do(?:es)? (?:you|anyone) know\??|(?:tell|show) me(?: about)?"
    rf"|(?:(?:could|can|would|will) you )?find (?:me )?(?:all |any )?{_SOURCES}"
    r"(?: (?:that|which) (?:says?|tells?|mentions?|discuss(?:es)?)(?: something| anything)?)?"
    r"(?: (?:about|on|for))?"
    rf"|(?:(?:is there|do (?:we|you) have) )?(?:any|some) {_SOURCES} (?:on|about)"
    r")\b(?: (?:this|the following question)(?=:))?[:,?]* *",
    re.IGNORECASE,
)

_PLACE_ASKED = re.compile(
    r",? and (?:on (?:which|what) pages? (?:(?:i|we) (?:can|could|may) find"
    r"|(?:can|could|may) (?:i|we) find|is) (?:it|that|this)|where is (?:it|that|this)"
    r" (?:written|said|stated))(?=[ ,.!?]*$)",
    re.IGNORECASE,
)
"""A question for the page, which every answer gives anyway."""

_LIBRARY = re.compile(
    r",? (?:anywhere )?in (?:any of )?(?:these|your)(?: many)? (?:reports|documents|papers)"
    r"(?=[ ,.!?]*$|,| that\b)",
    re.IGNORECASE,
)
"""Words that say to look in the library, which is done anyway."""

_TORN = re.compile(r"[ ,;]+(?=[.!?]*$)")
"""Blanks and commas that are left behind where thanks stood at the end."""

_LEAST = 4
"""Words with a meaning that a question needs to stand alone. Where it has fewer, a sentence before
it says what it is about."""

_SHUT_OUT = re.compile(
    rf"(?P<kept>{_QUOTED})|\b(?P<place>(?:site|filetype|intitle|inurl):\S+)"
    rf"|(?<=\s)(?:(?P<said>(?:AND )?NOT )|-(?=[\"“]|[^\W\d_]))\(?(?P<word>{_QUOTED}|\w[\w-]*)\)?"
)

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|may|might|must|shall|should"
    r"|will|would)\b",
    re.IGNORECASE,
)
"""Verbs behind which NOT is part of the sentence, in capitals for stress."""

_SUSPENDED = frozenset(("und", "oder", "bis"))
"""German words before a word that begins with a hyphen, as in "Betreuung und -pflege"."""


def shut_out(question: str, count: CountMeaning) -> tuple[str, tuple[str, ...]]:
    """The question without the words that it says not to search for, and those words. It says so as
    search engines are told it: "NOT Ethiopia", "-Ethiopia", "site:iom.int". The question as it is,
    and no words, where nothing with a meaning would be left.
    """
    words: list[str] = []

    def without(found: re.Match[str]) -> str:
        if found["kept"] or not (found["place"] or _shuts_out(found, count)):
            return found[0]
        words.append(found["place"] or found["word"].strip('"“”„«»'))
        return ""

    left = " ".join(_SHUT_OUT.sub(without, question).split())
    left = left.replace(" ?", "?") if words else question
    return (left, tuple(dict.fromkeys(words))) if count(left) else (question, ())


def _shuts_out(found: re.Match[str], count: CountMeaning) -> bool:
    """Whether NOT, or a hyphen, shuts a word out, and is no part of the sentence."""
    before = found.string[: found.start()]
    last = before.split()[-1]
    stressed = found["said"] and (found.string.isupper() or _VERB.search(before))
    return count(last) > 0 and last.lower() not in _SUSPENDED and not stressed


def asking_sentences(question: str, count: CountMeaning) -> str:
    """The sentences of a question that ask, where they say enough without the others; else all."""
    sentences = (question[start:end] for start, end in spans(question))
    asked = " ".join(sentence for sentence in sentences if sentence.endswith("?"))
    return asked if count(asked) >= _LEAST else question


def bare(question: str, count: CountMeaning) -> str:
    """The question without greetings, thanks and "could you tell me"; all of it where nothing with
    a meaning would be left.
    """
    left = _COURTESY.sub(lambda found: found["kept"] or "", question)
    left = _LIBRARY.sub("", _PLACE_ASKED.sub("", _OPENING.sub("", left)))
    left = (left if left == question else _TORN.sub("", left)).strip(" ,;")
    return left if count(left) else question
