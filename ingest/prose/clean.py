"""Characters as a reader means them: no ligatures, controls, surrogates or line-end hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LINE_HYPHENS = "-\u00ad\u2010\u0002\ufffe"
"""What may stand at a line's end for a divided word. PDFium writes U+0002 or U+FFFE there."""

_SUPERSCRIPTS = re.compile(r"(?<=[^\W\d_][.,;:)”\"’]|.[^\W\d_])[¹²³⁰⁴-⁹]+")
_UNIT_POWER = re.compile(r"\b([kcm]?m)([²³])")
# Some fonts call the glyph of ffi that of ff, or a degree sign.
_LOST_I = re.compile("\ufb00(?=c[aeiu])|(?<=[A-Za-z])°(?=[a-z])")
_GLUED_LINK = re.compile(r"(?<=[a-zß-ÿ]{3})(?=https?://)")
# PDFium puts a space into an italic "files".
_PARTED_LINK = re.compile(r"(?<=/f) (?=iles/)")
# "interviews(15 in all)"; "child(ren)" and "Article 18(1)" are as they should be.
_GLUED_BRACKET = re.compile(r"(?<=[a-zß-öø-ÿ]{4})(?=\(\d{1,4} [a-zß-öø-ÿ])")
# NFKC makes a space and a loose accent of the first; within a word both are typed for "'".
_APOSTROPHE = re.compile(r"´|(?<=[^\W\d_])`(?=[^\W\d_])")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn"})
# Joiners by which letters of Arabic and Indian scripts are drawn. They are part of the spelling:
# Persian parts the pieces of a word by the first.
_SHAPED = "[\u0600-\u0dff]"
_SHAPING = re.compile(f"(?<={_SHAPED})(?:\u200c+(?={_SHAPED})|\u200d)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
# Second halves of compounds that are hardly ever syllables.
_TAILS = {
    "based",
    "related",
    "term",
    "level",
    "wide",
    "making",
    "building",
    "up",
    "led",
    "driven",
    "specific",
    "oriented",
    "scale",
    "time",
    "depth",
    "border",
    "sector",
    "friendly",
    "maker",
    "makers",
    "holder",
    "holders",
    "sharing",
    "mentioned",
    "funded",
    "focused",
    "informed",
}
# Of words in 13 public reports, a seed and the starter documents: "non-" 57, "nonprofit" and the
# like 17, "self-" 25 and none joined. "pre-" is not here: 8, and 350 words such as "present".
# "most-" begins but one other word.
_PREFIXES = {"non", "self", "most"}
# "an eight- / month visit"
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty ninety".split()
)
_SPANS = frozenset("hour day week month year hours days weeks months years".split())
# Before these a hyphen stands for the rest of a compound: "Integrations- und Sprachkurse".
_ELLIPSIS = {"und", "oder", "bzw", "et", "ou", "and", "or", "to", "y", "o", "e", "en", "of", "och"}
# "any- / one" is one word, though both halves are words.
_PRONOUNS = {"any", "every", "some"}
_PRONOUN_TAILS = {"one", "body", "thing", "where", "how", "time"}
# Small words in the middle of a compound: "day-to-day", "state-of-the-art", "out-of-hours".
_LINKS = {"to", "of", "the", "in", "and", "by", "for", "on", "at", "or", "a"}
# After a hyphen these are hardly ever syllables, so that the word after them may be a new one.
_SURE_LINKS = {"to", "of", "by"}
# These end words too ("tak-en"), so what stands before them has to be a word.
_SYLLABLES = {"et", "to", "y", "o", "e", "en"}


# TeX's old fonts set an accent and then its letter: "Bergstr¨om". On no keyboard are these.
_ACCENTS = dict(zip("¨ˆ˜ˇ˘˚˝˙", "\u0308\u0302\u0303\u030c\u0306\u030a\u030b\u0307", strict=True))
_ACCENTED = re.compile(rf"([{''.join(_ACCENTS)}])([A-Za-zıȷ])")


def tidy(text: str) -> str:
    """NFKC on one line with single spaces; hyphens of other make become "-", soft ones go.

    So do controls, format and private characters and lone surrogates, but not the joiners that
    Arabic and Indian letters are drawn by; of several in a row one stays.
    """
    return _folded(text, _DROPPED | {"Co"})


def tidy_printed(text: str) -> str:
    """What `tidy` makes of the text of a PDF, without what typesetting did to it.

    Raised figures after a word are taken for footnote markers and dropped, except in m² and km³.
    Ligatures under wrong names, addresses and brackets that lost or gained a space are mended, and
    PDFium's own marks of a hyphen become "-". Private characters stay: bullets and ticks are
    among them.
    """
    text = _PARTED_LINK.sub("", _GLUED_BRACKET.sub(" ", _GLUED_LINK.sub(" ", text)))
    if not text.isascii():
        text = _ACCENTED.sub(_composed, text)
        text = _SUPERSCRIPTS.sub("", _UNIT_POWER.sub(_plain_power, text))
        text = _LOST_I.sub("ffi", text)
    return _folded(text.replace("\ufffe", "-").replace("\u0002", "-"), _DROPPED)


def _composed(match: re.Match[str]) -> str:
    """An accent and its letter as one letter; both as they are where there is none."""
    letter = {"ı": "i", "ȷ": "j"}.get(match[2], match[2])
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])
    return whole if len(whole) == 1 else match[0]


def _folded(text: str, dropped: frozenset[str]) -> str:
    """A text in NFKC on one line, without the characters of the categories dropped.

    Other hyphens become "-", and accents that stand for an apostrophe "'".
    """
    text = _APOSTROPHE.sub("'", text)
    if not (text.isascii() and text.isprintable()):
        text = text.replace("\u00ad", "").replace("\u2010", "-").replace("\u2011", "-")
        text = unicodedata.normalize("NFKC", text)
        shaping = {found.start() for found in _SHAPING.finditer(text)}
        text = "".join(
            character
            if character.isprintable()
            or unicodedata.category(character) not in dropped
            or place in shaping
            else " " * character.isspace()
            for place, character in enumerate(text)
        )
    return " ".join(text.split())


def superscripts(text: str) -> list[tuple[int, int]]:
    """Where the raised figures stand that `tidy_printed` drops, as (start, end) offsets."""
    return [found.span() for found in _SUPERSCRIPTS.finditer(_UNIT_POWER.sub(_plain_power, text))]


def _plain_power(match: re.Match[str]) -> str:
    return match[1] + unicodedata.normalize("NFKC", match[2])


def tidy_line(text: str) -> str:
    """What `tidy_printed` makes of a line, with a hyphen at its end kept: "-", or U+00AD for a soft
    one.
    """
    text = text.rstrip()
    end = text[-1:]
    if end and end in LINE_HYPHENS:
        before = tidy_printed(text[:-1])
        space = " " if before and text[-2].isspace() else ""
        return before + space + ("\u00ad" if end == "\u00ad" else "-")
    return tidy_printed(text)


_OPENED_UP = re.compile(r"(?<=[^\W_]|[)\]”’]) (?=[.,](?:\s|$))(?!\.\s*\.)")


def closed_up(text: str) -> str:
    """Without the space that a dropped footnote mark leaves before a full stop or a comma."""
    return _OPENED_UP.sub("", text)


_END_SIGN = re.compile(r"(?<=[.!?])([\"”’»)\]]*) ?[■▪◼◾∎]$")


def without_end_sign(text: str) -> str:
    """Without the small square that marks the end of a chapter behind its last sentence."""
    return _END_SIGN.sub(r"\1", text)


class Vocabulary:
    """How often each word of a document stands undivided, to rejoin those that do not."""

    def __init__(self, lines: Iterable[str]) -> None:
        """lines: tidied, in content order; the halves of a word divided over two do not count."""
        self._counts: Counter[str] = Counter()
        divided = False
        for line in lines:
            words = _WORD.findall(line)
            words = words[1:] if divided else words
            divided = line.endswith(("-", "\u00ad"))
            self._counts.update(word.lower() for word in (words[:-1] if divided else words))

    def __getitem__(self, word: str) -> int:
        return self._counts[word.lower()]

    def _is_ellipsis(self, left: str, right: str) -> bool:
        """Whether the hyphen of `left` stands for the rest of a compound: "Integrations- und"."""
        if right not in _ELLIPSIS or self[left + right]:
            return False
        return right not in _SYLLABLES or self[left] > 0

    def _is_link(self, left: str, right: str) -> bool:
        """Whether a compound of three words is broken at the small one: "state-of- / the-art"."""
        first, *more = right.lower().split("-")
        if more and first in _LINKS:
            return True
        _, hyphen, last = left.lower().rpartition("-")
        if not hyphen or last not in _LINKS or self[left + first]:
            return False
        # "co-or- / dination" is one word: what follows stands nowhere alone. So is
        # "theme-to- / wards" where the document has "towards".
        return self[first] > 0 or (last in _SURE_LINKS and not self[last + first])

    def seam(self, left: str, right: str) -> str:
        """What belongs between a line ending in the word `left` and one beginning with `right`.

        left: without its hyphen; right: with what is hyphened to it. Gives "" for a divided
        word, "-" for a compound and "- " for a compound whose second half comes later.
        """
        if self._is_link(left, right):
            return "-"
        right = right.split("-", 1)[0]
        if self._is_ellipsis(left, right.lower()):
            return "- "
        joined, hyphened = self[left + right], self[f"{left}-{right}"]
        # Capitals are no half of a word that goes on in small letters: "EU- / funded".
        if not right[:1].islower() or not left[-1:].isalpha() or left.isupper():
            one = left.isupper() and right.isupper() and joined > hyphened  # "CIP- / SEA"
            return "" if one else "-"
        if left.lower() in _PRONOUNS and right in _PRONOUN_TAILS:
            return ""
        if joined or hyphened:
            return "" if joined >= hyphened else "-"
        prefix = left.lower() in _PREFIXES and right != "ly"  # "most-ly"
        half = prefix or (right.lower() in _TAILS and self[left])
        half = half or (left.lower().rpartition("-")[2] in _NUMBERS and right in _SPANS)
        # It begins words too ("co-lumn"), so what follows has to be one.
        half = half or (left.lower() == "co" and self[right])
        both_stand_alone = min(len(left), len(right)) >= 3 and min(self[left], self[right]) > 1
        return "-" if half or both_stand_alone else ""


_LAST_WORD = re.compile(r"([^\W\d_]+(?:['’-][^\W\d_]+)*)?[-\u00ad]$")
# An address broken where one may be: all its marks are its own.
_ADDRESS = re.compile(r"(?://|\bwww\.)\S*[-/?=&_%\u00ad]$|//$|//www\.$")
_ADDRESS_GOES_ON = re.compile(
    r"(?!https?:|www\.)(?:[a-z\d]\S*(?:[-/._=&]|$)|[a-z]+\d{3}"
    r"|[A-Z]\S*(?:[/_=&%]|-\S*-|\.(?:aspx?|docx?|html?|pdf)\b))"
)
# A full stop may end the sentence too: "www.congress. / gov/report", "report. / pdf".
_ADDRESS_STOP = re.compile(r"(?://|\bwww\.)\S*[\w%]\.$")
_AFTER_STOP = re.compile(
    r"(?!https?:|www\.)[a-z][\w-]*(?:\.[a-z][\w-]*)*/"
    r"|(?:com|edu|eu|gov|int|net|org|uk|aspx?|docx?|html?|pdf|php)(?![\w.'’-])"
)
# One broken anywhere goes on with a mark, or with more of its marks than a word has.
_ADDRESS_CUT = re.compile(r"(?:://|\bwww\.)[^\s>;,]*[A-Za-z\d]$")
_REST_OF_ADDRESS = re.compile(
    r"[-/_?=&%#][\w%]|(?!https?:|www\.)[a-z\d]\S*[/_=&%]|(?:[a-z\d]+-){4}"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# "pp. 310– / 327"
_RANGE = re.compile(r"\d–$")


def _is_one_address(left: str, right: str) -> bool:
    """Whether a web address runs over the end of a line."""
    if left.endswith("//") and right.startswith("www."):
        return True
    if _ADDRESS.search(left):
        return bool(_ADDRESS_GOES_ON.match(right))
    if _ADDRESS_STOP.search(left):
        return bool(_AFTER_STOP.match(right))
    return bool(_ADDRESS_CUT.search(left) and _REST_OF_ADDRESS.match(right))


def join(left: str, right: str, vocabulary: Vocabulary) -> str:
    """Two lines of one paragraph as one string; a word divided over the line end is whole."""
    if not left or not right:
        return left or right
    # Looked for in the whole of a paragraph for each of its lines, its end made the work grow with
    # the square of its length.
    end = left.rpartition(" ")[2]
    if _is_one_address(end, right):
        return left.replace("\u00ad", "-") + right
    if _RANGE.search(end) and right[0].isdigit():
        return left + right
    if not left.endswith(("-", "\u00ad")):
        return f"{left} {right}"
    return _rejoined(left, right, vocabulary)


def begin_of_rest(joined: str, rest: str) -> int:
    """Where `rest` begins in a text that it was joined to by `join`: at its first whole word, as a
    word divided between the two belongs to the first.
    """
    begin = len(joined) - len(rest)
    while 0 < begin < len(joined) and not joined[begin - 1].isspace():
        begin += 1
    return min(begin, len(joined) - 1)


def _rejoined(left: str, right: str, vocabulary: Vocabulary) -> str:
    """What `join` makes of two lines, the first of which ends in a hyphen."""
    if left.endswith("\u00ad"):
        return left[:-1] + right
    if left[-2:-1].isspace() or len(left) == 1:
        return f"{left} {right}"  # a dash with a space before it
    ending, beginning = _LAST_WORD.search(left.rpartition(" ")[2]), _FIRST_WORD.match(right)
    stem = (ending[1] or "") if ending else ""
    return left[:-1] + vocabulary.seam(stem, beginning[0] if beginning else "") + right
