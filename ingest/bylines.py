"""Who wrote and who published a document, as its first pages print it.

Pure. What is printed is meant for the reader; the author that a PDF states is often the one whose
machine made the file. Of 13 public reports four print their authors with a word before them
("Written by:", "By", "Evaluators"), and of these two state somebody else and one nobody. A wrong
name is worse than none: where the words are in doubt, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.clean import tidy
from ingest.lines import Line

# Says what follows is the author; "By" alone does so in the title block only.
_LABEL = re.compile(
    r"(?:(?P<plain>(?-i:By|BY|Par|Von))|(?:report |study |paper )?(?:written|prepared|authored) by|"
    r"(?:(?:lead|main|principal) )?(?:authors?|evaluators?)(?:\(s\))?|"
    r"auteur(?:e|es|s)?(?:\(s\))?|rédigé par|écrit par|"
    r"autor(?:en|innen|in|es|as|a)?(?:\(en\)|\(es\))?|verfasst von|verfasser|escrito por)"
    r"(?:\s*:\s*|\s+|$)",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*(?:[;,]\s*(?:and|et|und|y)\s+|[;,]|\s(?:and|et|und|y|&)\s)\s*")
_OPEN = re.compile(r"(?:[,;&]|\b(?:and|et|und|y))$")
_HONORIFIC = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|prof|professor|sir|dame|herr|frau|mme|sra?)\b\.?\s*)+", re.IGNORECASE
)
# A word of a name: with a capital, an initial, or one of the small words of family names.
_WORD = (
    r"(?:[A-ZÀ-Þ](?:\.|[\w'’-]*\.?)|"
    r"d[aeiou]s?|de[lnr]|la|le|van|von|zu|ter|ten|bin|ben|ibn|al-?)"
)
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,5}}")
# Words of offices, bodies, papers and times, which are in capitals too.
_NO_NAME = re.compile(
    r"\b(?:academy|act|agency|article|assembly|association|authority|board|bureau|cabinet|centre|"
    r"center|chief|college|commission|committee|consortium|consulting|convention|council|decree|"
    r"department|director|directorate|division|donor|european|evaluation|faculty|federal|"
    r"foundation|forum|fund|general|government|group|head|high|home|independent|institut\w*|"
    r"international|law|limited|ltd|manager|migration|minist\w+|mission|national|nations|network|"
    r"office|officer|organi[sz]ation\w*|parliament|partners?|performance|policy|president|"
    r"professor|programme|program|project|regional|regulation|report|republic|research|school|"
    r"secreta\w+|section|senior|service\w*|social|society|solutions|states|support|team|union|"
    r"unit|united|universit\w+|january|february|march|april|june|july|august|september|october|"
    r"november|december|the|this|these|its|our)\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?:(?:suggested|recommended|preferred) citation|please cite\b[^:]{0,40}|"
    r"cite (?:this|as)\b[^:]{0,40}|citation (?:suggérée|recommandée)|zitiervorschlag|"
    r"cita (?:sugerida|recomendada))\s*:?\s*",
    re.IGNORECASE,
)
# "Brussels: Migration Policy Institute Europe." at the end of a citation; what comes right after
# the year is the title, with its own colon.
_PLACE = re.compile(
    r"(?<![\d)])[.,;] [A-ZÀ-Þ][\w'’-]+(?:[ ,]+[A-ZÀ-Þ][\w'’.-]*){0,3}: "
    r"(?P<name>[A-ZÀ-Þ][^:;]{2,80}?)\.?(?:,? ?(?:19|20)\d\d\.?)?"
    r"(?: (?i:available at:?|https?:|www\.|doi).*)?$"
)
_RIGHTS = re.compile(
    r"^(?:©|\(c\)|copyright(?:\s*(?:©|\(c\)))?)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?,?\s+"
    r"(?P<after>[^\W\d_].{2,100})|(?P<before>[^\W\d_].{2,80}?),?\s+(?:19|20)\d\d)(?=$|[.,;\s])",
    re.IGNORECASE,
)
_RIGHTS_END = re.compile(
    r"\.\s.*|\.$|,?\s*(?:all rights|some rights|alle rechte|tous droits).*", re.I
)
# Holders of pictures, and who is nobody in particular.
_NO_PUBLISHER = re.compile(
    r"^(?:crown|the authors?|authors?|copyright|parliamentary|photo\w*|cover|image\w*)\b|"
    r"shutterstock|istock|getty|adobe|fotolia|unsplash|flickr|[/@]",
    re.IGNORECASE,
)
_BODY = re.compile(r"\b[A-ZÀ-Þ]{3,}\b")
_LONGEST = 80
_MOST_LINES = 6
# A part of the line's size, and points.
_LEADING = 1.8
_SAME_BASE = 2.0
_FIRST_LINES = 40


def printed_authors(pages: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """The people that the first pages name as authors, in their order; empty where none is named.

    pages: lines of the first pages. Of two different bylines on one page none is believed: the
    page lists other papers.
    """
    for number, lines in enumerate(pages):
        found = {names for line in lines if (names := _byline(line, lines, first=number == 0))}
        if found:
            return found.pop() if len(found) == 1 else ()
    return ()


def printed_publisher(pages: Sequence[Sequence[Line]]) -> str:
    """Who the suggested citation or the © line says published it; empty where neither does.

    A person, who may hold the rights, publishes nothing.
    """
    return _from_citation(pages) or _from_rights(pages)


def _byline(line: Line, lines: Sequence[Line], *, first: bool) -> tuple[str, ...]:
    """The names that a line gives as authors, with those of the line that goes on with it."""
    label = _LABEL.match(line.text)
    if label is None:
        return ()
    plain = label["plain"] is not None
    if plain and (not first or line in lines[_FIRST_LINES:]):
        return ()
    text, last = line.text[label.end() :].strip(), line
    if not text:
        beside = _beside(line, lines)
        if beside is None:
            return ()
        text, last = beside.text, beside
    names, rest = _names(text)
    below = _below(last, lines)
    if below is not None:
        more, left = _names(f"{text} {below.text}")
        goes_on = rest or _OPEN.search(text) or (not _joins(text) and _joins(below.text))
        if goes_on and not left and len(more) > len(names):
            names, rest = more, left
    # "By Ministerial Decree, the fees were": prose that begins with the word.
    prose = plain and (rest[:1].islower() or text.endswith("."))
    return () if prose else names


def _names(text: str) -> tuple[tuple[str, ...], str]:
    """The people that a text begins with, and what follows them: offices, or the rest of a name."""
    text = tidy(text)
    names: list[str] = []
    place = 0
    for match in [*_PARTED.finditer(text), None]:
        end = match.start() if match else len(text)
        name = _HONORIFIC.sub("", text[place:end]).strip()
        if name:
            if not is_person(name):
                return tuple(names), text[place:]
            names.append(name)
        place = match.end() if match else end
    return tuple(names), ""


def is_person(text: str) -> bool:
    """Whether a text reads like the name of one person: two to six words, none an acronym."""
    return bool(
        len(text) <= _LONGEST
        and _NAME.fullmatch(text)
        and not _NO_NAME.search(text)
        and not _BODY.search(text)
    )


def is_byline(text: str) -> bool:
    """Whether a text is "By Ana Ruiz and Jo Frost" and no more."""
    label = _LABEL.match(text)
    if label is None:
        return False
    names, rest = _names(text[label.end() :])
    return bool(names and not rest)


def _joins(text: str) -> bool:
    return bool(re.search(r"(?:^|\s)(?:and|et|und|y|&)\s", text))


def _beside(line: Line, lines: Sequence[Line]) -> Line | None:
    """What stands to the right of a line, in a row of a form."""
    row = [one for one in lines if abs(one.base - line.base) <= _SAME_BASE and one.x0 >= line.x1]
    return min(row, key=lambda one: one.x0, default=None)


def _below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line of the same column and size, without white between."""
    under = [
        one
        for one in lines
        if 0 < one.base - line.base <= _LEADING * line.size
        and abs(one.size - line.size) <= 1
        and one.x0 < line.x1
        and one.x1 > line.x0
    ]
    return min(under, key=lambda one: one.base, default=None)


def _from_citation(pages: Sequence[Sequence[Line]]) -> str:
    for lines in pages:
        for line in lines:
            found = _CITED.match(line.text)
            if found is None:
                continue
            text, last = line.text[found.end() :], line
            for _ in range(_MOST_LINES):
                below = _below(last, lines)
                if below is None or below.base - last.base > 1.5 * last.size:
                    break
                text, last = f"{text} {below.text}", below
            placed = _PLACE.search(tidy(text))
            return _publisher(placed["name"]) if placed else ""
    return ""


def _from_rights(pages: Sequence[Sequence[Line]]) -> str:
    """What the © lines name, if they name one."""
    matches = (_RIGHTS.match(line.text) for lines in pages for line in lines)
    found = {
        name
        for match in matches
        if match and (name := _publisher(_RIGHTS_END.sub("", match["after"] or match["before"])))
    }
    return found.pop() if len(found) == 1 and not any(map(is_person, found)) else ""


def _publisher(text: str) -> str:
    name = tidy(text).strip(" .,")
    fits = 3 <= len(name) <= _LONGEST and name[:1].isupper() and not _NO_PUBLISHER.search(name)
    return name if fits else ""
