"""Who wrote and who published a document, as its first pages print it.

Pure. What is printed is meant for the reader; the author that a PDF states is often the one whose
machine made the file. Of 13 public reports four print their authors with a word before them
("Written by:", "By", "Evaluators"), and of these two state somebody else and one nobody. A wrong
name is worse than none: where the words are in doubt, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.prose.clean import tidy_printed
from ingest.prose.lines import Line
from ingest.prose.text import letters_of

# Of Latin, Greek and Cyrillic letters: "A-ZÀ-Þ" ends before those of Łukasz and Šárka.
_CAPITAL = f"[{''.join(filter(str.isupper, map(chr, range(0x2000))))}]"
# Says what follows is the author; "By" alone does so in the title block only. After "Author"
# without a colon come the other heads of a table, or "Contact Details".
_LABEL = re.compile(
    r"(?:(?P<plain>(?-i:By|BY|Par|Von))|(?P<prepared>(?:report |study |paper )?prepared by)|"
    r"(?:report |study |paper )?(?:written|authored) by|rédigé par|écrit par|verfasst von|"
    r"escrito por)(?:\s*:\s*|\s+|$)|"
    r"(?P<noun>(?:(?:lead|main|principal) )?(?:authors?|evaluators?)|auteur(?:es|e|s)?|"
    r"autor(?:en|innen|in|es|as|a)?|verfasser)(?:\((?:s|en|es)\))?"
    r"(?:\s*:\s*|(?<=\))\s+|$)",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:s|en)\)?[\s:]*$", re.IGNORECASE)
_PARTED = re.compile(r"\s*(?:[;,]\s*(?:and|et|und|y)\s+|[;,]|\s(?:and|et|und|y|&)\s)\s*")
_OPEN = re.compile(r"(?:[,;&]|\b(?:and|et|und|y))$")
_HONORIFIC = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|prof|professor|sir|dame|herr|frau|mme|sra?)\b\.?\s*)+", re.IGNORECASE
)
# After a name: "PhD", "(MPI)".
_DEGREES = re.compile(
    r"(?:(?:^|\s+)(?:(?:Ph\.?\s?D|D\.?Phil|[BM]\.?A|[BM]\.?Sc|MBA|MPH|M\.?D|J\.?D|LL\.?[BM]|Ed\.?D)"
    r"\.?|\([^()]*\)))+$"
)
# A word of a name: with a capital, an initial, or one of the small words of family names.
_LARGE = rf"(?:[ae]l-|[dl]['’])?{_CAPITAL}(?:\.|[\w'’-]*\.?)"
_WORD = rf"(?:{_LARGE}|d[aeiou]s?|de[lnr]|la|le|van|von|zu|ter|ten|bin|ben|ibn|al-?)"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}} {_LARGE}")
# "Frost, J. and Li, E.-M."
_REVERSED_NAME = re.compile(
    rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]+)?, {_CAPITAL}\.(?:[ -]?{_CAPITAL}\.)*"
)
_REVERSED = re.compile(
    rf"{_REVERSED_NAME.pattern}(?:(?:, |,? ?(?:and|et|und|y|&) ){_REVERSED_NAME.pattern})+"
)
# Words of offices, bodies, papers and times, which are in capitals too.
_NO_NAME = re.compile(
    r"\b(?:academy|act|advice|agency|article|assembly|association|authority|be|board|bureau|cabinet|centre|"
    r"center|chief|college|commission|committee|consortium|consult\w+|contact|convention|council|decree|"
    r"date|department|details|director|directorate|division|donor|european|evaluation|faculty|federal|for|"
    r"foundation|forum|fund|general|gmbh|government|group|head|high|home|independent|institut\w*|"
    r"international|law|limited|ltd|manager|migration|minist\w+|mission|national|nations|network|"
    r"office|officer|organi[sz]ation\w*|parliament|partners?|performance|policy|president|"
    r"professor|programme|program|project|regional|regulation|report|republic|research|sans|school|"
    r"secreta\w+|section|senior|service\w*|social|society|solutions|states|support|team|to|union|"
    r"unit|united|universit\w+|version|alliance|amnesty|bank|caritas|europ[ae]|federation|partnership|"
    r"red cross|refugees?|relief|rescue|rights|watch|world|january|february|march|april|june|july|"
    r"august|september|october|november|december|the|this|these|its|our)\b",
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
    rf"(?<![\d)])[.,;] {_CAPITAL}[\w'’-]+(?:[ ,]+{_CAPITAL}[\w'’.-]*){{0,3}}: "
    rf"(?P<name>{_CAPITAL}[^:;]{{2,80}}?)\.?(?:,? ?(?:19|20)\d\d\.?)?"
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
# Holders of pictures, of maps and of their data, and who is nobody in particular.
_NO_PUBLISHER = re.compile(
    r"^(?:crown|the authors?|authors?|copyright|parliamentary|photo\w*|cover|image\w*)\b|"
    r"shutterstock|istock|getty|adobe|fotolia|unsplash|flickr|"
    r"openstreetmap|mapbox|google|maxar|esri\b|contributors|[/@]",
    re.IGNORECASE,
)
_BODY = re.compile(rf"\b{_CAPITAL}{{3,}}\b")
# Characters of a name.
_LONGEST = 80
# Lines of a list of names, or of a citation.
_MOST_LINES = 6
# Letter sizes from a line to the next of its text.
_LEADING = 1.8
_CITATION_LEADING = 1.5
# Points by which the baselines of a row, and the sides of names set alike, differ.
_SAME_BASE = 2.0
_ALIGNED = 3.0
# Lines of a first page among which "By" alone begins a byline.
_FIRST_LINES = 40


def printed_authors(pages: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """The people that the first pages name as authors, in their order; empty where none is named.

    pages: lines of the first pages. Of two different bylines on one page none is believed: the
    page lists other papers.
    """
    for number, lines in enumerate(pages):
        read = (_byline(line, lines, first=number == 0) for line in lines)
        found = {names for names in read if names is not None}
        if found:
            return found.pop() if len(found) == 1 else ()
    return ()


def with_those_beside(authors: tuple[str, ...], page: Sequence[Line]) -> tuple[str, ...]:
    """The authors, or those of whom the title page names more in the same way.

    Names set alike, one below the other, each above an office; all authors are among them.
    """
    known = {letters_of(author) for author in authors}
    own = next((line for line in page if letters_of(line.text) in known), None)
    if own is None:
        return authors
    names = [
        tidy_printed(line.text)
        for line in sorted(page, key=lambda line: line.base)
        if is_person(tidy_printed(line.text))
        and (line.size, line.bold) == (own.size, own.bold)
        and min(abs(line.x0 - own.x0), abs(line.x1 - own.x1)) <= _ALIGNED
        and any(_is_office(under.text) for under in page if _stands_under(under, line))
    ]
    more = len(names) > len(authors) and known <= set(map(letters_of, names))
    return tuple(names) if more else authors


def people_in(text: str) -> tuple[str, ...]:
    """The people of a list parted by commas or "and"; empty unless it names two and nobody else.

    "Frost, J., Li, E." is two people, each with the initials behind the name.
    """
    text = text.strip(" ,")
    if _REVERSED.fullmatch(text):
        return tuple(_REVERSED_NAME.findall(text))
    names, rest = _names(text)
    return names if len(names) > 1 and not rest else ()


def without_office(author: str) -> str:
    """A person without what follows behind a comma, if that is no given name and nobody else."""
    name, _, rest = author.partition(", ")
    named = is_person(f"{rest} {name}") or any(map(is_person, _PARTED.split(rest)))
    return name if rest and is_person(name) and not named else author


def printed_publisher(pages: Sequence[Sequence[Line]]) -> str:
    """Who the suggested citation or the © line says published it; empty where neither does.

    A person, who may hold the rights, publishes nothing.
    """
    return _from_citation(pages) or _from_rights(pages)


def _byline(line: Line, lines: Sequence[Line], *, first: bool) -> tuple[str, ...] | None:
    """The names that a line gives as authors, with those of the lines that go on with it.

    None where it is no byline; empty where it is one that cannot be read to its end.
    """
    label = _LABEL.match(line.text)
    if label is None:
        return None
    plain = label["plain"] is not None
    if plain and (not first or line in lines[_FIRST_LINES:]):
        return None
    start, many = line.text[label.end() :].strip(), bool(label["noun"] and _MANY.search(label[0]))
    last = line
    if not start:
        beside = _beside(line, lines)
        if beside is None:
            return None
        start, last = beside.text, beside
    # Below the name in a form stands its next row.
    alone = last is not line and not _OPEN.search(start)
    text = start if alone else _to_its_end(start, last, lines, many=many)
    names, rest = _names(text)
    # "By Ministerial Decree, the fees were": prose that begins with the word.
    if not names or (plain and (rest[:1].islower() or start.endswith("."))):
        return None
    # Mostly firms, whose names read like those of people.
    if label["prepared"] and (rest or (len(names) == 1 and not _HONORIFIC.match(text))):
        return None
    return names if _ends(text, rest) else ()


def _to_its_end(text: str, last: Line, lines: Sequence[Line], *, many: bool) -> str:
    """A list of names that ends with the line `last`, with the lines below that go on with it.

    many: its label is in the plural, so that lines of one name each go on with it too.
    """
    for length in range(1, _MOST_LINES):
        below = _below(last, lines)
        if below is None:
            break
        names, rest = _names(text)
        more, left = _names(below.text)
        whole = bool(more and not left)
        is_open = bool(_OPEN.search(text) or (rest and not _is_office(rest)))
        if is_open:
            joined = f"{text} {below.text}"
        elif not rest and (
            (not _joins(text) and _joins(below.text)) or (many and whole and len(names) == length)
        ):
            joined = f"{text}; {below.text}" if whole else f"{text} {below.text}"
        else:
            break
        if len(_names(joined)[0]) <= len(names):
            break
        text, last = joined, below
    return text


def _ends(text: str, rest: str) -> bool:
    """Whether a list of names ends with them, or with the office or the body of the last."""
    if _OPEN.search(text):
        return False
    parts = _PARTED.split(rest)
    return not rest or (_is_office(parts[0]) and not any(map(is_person, parts)))


def _is_office(text: str) -> bool:
    """Whether a text has a word of an office or a body, an acronym or a figure."""
    return bool(_NO_NAME.search(text) or _BODY.search(text) or any(map(str.isdigit, text)))


def _names(text: str) -> tuple[tuple[str, ...], str]:
    """The people that a text begins with, and what follows them, such as an office."""
    text = tidy_printed(text)
    names: list[str] = []
    place = 0
    for match in [*_PARTED.finditer(text), None]:
        end = match.start() if match else len(text)
        name = _DEGREES.sub("", _HONORIFIC.sub("", text[place:end]).strip())
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
    """Whether a text is "By Ana Ruiz and Jo Frost" and no more; other labels head an answer."""
    label = _LABEL.match(text)
    if label is None or label["plain"] is None:
        return False
    names, rest = _names(text[label.end() :])
    return bool(names and not rest)


def _joins(text: str) -> bool:
    """Whether a text has an "and", as a list of names has before its last."""
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


def _stands_under(line: Line, above: Line) -> bool:
    """Whether it is the line right below, in any size."""
    near = 0 < line.base - above.base <= _LEADING * above.size
    return near and line.x0 < above.x1 and line.x1 > above.x0


def _from_citation(pages: Sequence[Sequence[Line]]) -> str:
    """Who published what the first suggested citation names; empty where that does not say."""
    citations = (
        _with_lines_below(line.text[found.end() :], line, lines)
        for lines in pages
        for line in lines
        if (found := _CITED.match(line.text))
    )
    placed = _PLACE.search(tidy_printed(next(citations, "")))
    return _publisher(placed["name"]) if placed else ""


def _with_lines_below(text: str, last: Line, lines: Sequence[Line]) -> str:
    """A text that ends with the line `last`, with the lines close below that."""
    for _ in range(_MOST_LINES):
        below = _below(last, lines)
        if below is None or below.base - last.base > _CITATION_LEADING * last.size:
            break
        text, last = f"{text} {below.text}", below
    return text


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
    """A name as that of a publisher; empty where it is none."""
    name = tidy_printed(text).strip(" .,")
    fits = 3 <= len(name) <= _LONGEST and name[:1].isupper() and not _NO_PUBLISHER.search(name)
    return name if fits else ""
