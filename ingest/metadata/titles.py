"""Title, authors, publisher and year of a PDF, from what it says of itself and its first pages.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ingest.metadata.bylines import (
    people_in,
    printed_authors,
    printed_publisher,
    with_those_beside,
    without_office,
)
from ingest.metadata.fields import is_broken_cell
from ingest.prose.clean import tidy_printed
from ingest.prose.lines import Line
from ingest.prose.paragraphs import stand_apart
from ingest.prose.text import is_mostly_letters, letters_of
from ingest.records import Metadata

FIRST_PAGES = 3
"""Pages of a document that may say who wrote and published it, and when."""

_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|qxd|rtf|odt|pptx?|xlsx?|tex|dvi|p65|qxp)\b", re.I)
# What programs fill in.
_TOOL = re.compile(
    r"^(?:microsoft (?:office )?(?:word|powerpoint|excel|publisher)\s*[-–—]|new microsoft|untitled|"
    r"unbenannt|(?:document )?sans titre|senza titolo|sin título|sem título|do[ck]ument\d*$|"
    r"(?:slide|folie|diapositiv[ae]|layout) \d+$|no slide title|powerpoint|"
    r"(?:présentation|presentación de|apresentação do|presentazione(?: standard)? di) powerpoint|"
    r"pr[eé]sentation\d*$|(?:title|titel|titre|título|titolo|template|blank page)$|"
    r"(?:print|scan|cover)(?![^\W\d_])|\W*$|\(anonymous\)$|[\[<{].*[\]>}]$|"
    r"https?://|[a-z]:\\)",
    re.IGNORECASE,
)
_NOT_AUTHORS = re.compile(
    r"^(?:admin\w*|user|owner|author|unknown|anonymous|\w{1,2}|default|microsoft.*|hp|dell|"
    r"[\w.]+@[\w.]+|python-docx|.*\\.*|\W*)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.-])((?:19[5-9]|20[0-4])\d)(?![\d/]|\.\d|-\d{3})")
_DATED = re.compile(
    r"(?:©|\(c\)|copyright|published|publication|publié|veröffentlicht|stand|version|date[d:]?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"januar|februar|märz|juni|juli|oktober|dezember|enero|febrero|abril|junio|julio|agosto|"
    r"septiembre|octubre|noviembre|diciembre)\W{0,3}(?:\d{1,2}(?:st|nd|rd|th)?\W{1,3})?"
    r"((?:19[5-9]|20[0-4])\d)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?:published|publication date|publié|veröffentlicht|erschienen|publicado|©|copyright)"
    r"[^\n]{0,25}?\b((?:19[5-9]|20[0-4])\d)\b",
    re.IGNORECASE,
)
# Only where a line begins with it: in running text it says who published something else.
_PUBLISHED = re.compile(
    r"^(?i:published by|publisher:|herausgeber:|herausgegeben von|publié par|editor:)\s+"
    r"(?:[Tt]he )?"
    r"([A-ZÀ-Þ][^\s.;,]*"
    r"(?:\s+(?:[A-ZÀ-Þ(&][^\s.;,]*|of|for|and|on|the|de|du|des|la|der|für|und|del|y))*)",
    re.MULTILINE,
)
# Characters that are kept of a title, and letters that it must have.
_LONGEST = 400
_FEWEST_LETTERS = 4
# A first page with no more lines than this is a cover, where all may be of one size.
_COVER_LINES = 12
# Times the usual size of the page: a title stands out.
_STANDS_OUT = 1.1
# Part of the biggest size that all lines of a title have.
_AS_BIG = 0.9
# Letter sizes from a line of a title to the next.
_LEADING = 2.2
# Says what kind of paper it is, not what about: the next line belongs to the title.
_GENERIC = re.compile(
    r"^(?:(?:final|annual|interim|draft|policy|evaluation|full|internal|external|country|summary|"
    r"technical|research|independent|ex-post|mid-?term)\s+){0,3}(?:report|brief|briefing|guidance|"
    r"evaluation|paper|policy|handbook|minutes|study|review|rapport(?: final)?|bericht)\s*:?$",
    re.IGNORECASE,
)
# The first heading of a text.
_FIRST = re.compile(r"(?:1[.)]?|I\.)\s+[^\W\d_]")
_SITE = re.compile(
    r"\s+[-–|]\s+(?:GOV\.UK|[\w ]*website|European Commission|[\w.]+\.(?:org|eu|com))$"
)


def metadata_of(
    info: Mapping[str, str], first_pages: Sequence[Sequence[Line]], stem: str, language: str
) -> Metadata:
    """What is known of a document; authors that it prints go before those that it states.

    info: the PDF's information dictionary. first_pages: lines of the first `FIRST_PAGES` pages.
    stem: the file's name without its ending. language: as guessed from the text.
    """
    pages = ["\n".join(line.text for line in lines) for lines in first_pages]
    title = title_of(info.get("Title", ""), first_pages[0] if first_pages else (), stem)
    published = _PUBLISHED.search("\n".join(pages))
    authors = printed_authors(first_pages) or _authors(info.get("Author", ""))
    return Metadata(
        title=title,
        authors=with_those_beside(authors, first_pages[0]) if first_pages else authors,
        publisher=tidy_printed(published[1]) if published else printed_publisher(first_pages),
        year=year_of(pages, title, stem, info),
        language=language,
    )


def title_of(stated: str, first_page: Sequence[Line], stem: str) -> str:
    """The stated title unless a tool made it up; else the biggest text; else the file's name."""
    stated = _SITE.sub("", tidy_printed(stated))
    if is_title(stated) and letters_of(stated) != letters_of(stem):
        return stated[:_LONGEST]
    return _biggest(first_page) or readable_name(stem)


def is_title(text: str) -> bool:
    """Whether a stated title looks like one that a person gave."""
    return (
        is_mostly_letters(text, _FEWEST_LETTERS)
        and not _FILE_NAME.search(text)
        and not _TOOL.match(text)
        and not is_broken_cell(text)
        and (" " in text or len(text) <= 25)
        and not ("_" in text and " " not in text)
    )


def _biggest(lines: Sequence[Line]) -> str:
    """The biggest text of the first page, joined over its lines; empty if nothing stands out."""
    worded = [line for line in lines if sum(c.isalpha() for c in line.text) >= 3]
    if not worded:
        return ""
    size = max(line.size for line in worded)
    usual = sorted(line.size for line in worded)[len(worded) // 2]
    if size < _STANDS_OUT * usual and len(worded) > _COVER_LINES:
        return ""
    groups: list[list[Line]] = []
    for line in sorted(worded, key=lambda line: line.base):
        if line.size < _AS_BIG * size:
            continue
        above = groups[-1][-1] if groups else line
        if groups and line.base - above.base < _LEADING * size and not stand_apart(above, line):
            groups[-1].append(line)
        else:
            groups.append([line])
    chosen = max(groups, key=lambda group: sum(len(line.text) for line in group))
    text = _joined(chosen)
    if _GENERIC.match(text):
        text = f"{text.rstrip(':')}: {_next_below(worded, chosen)}".rstrip(": ")
    return text[:_LONGEST] if is_mostly_letters(text, _FEWEST_LETTERS) else ""


def _joined(lines: Sequence[Line]) -> str:
    return tidy_printed(" ".join(line.text.rstrip("\u00ad") for line in lines))


def _next_below(lines: Sequence[Line], chosen: Sequence[Line]) -> str:
    """The text of one size below the lines chosen, without dates; empty where the first chapter
    begins there.
    """
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: line.base):
        if line.base <= chosen[-1].base or _DATED.fullmatch(line.text):
            continue
        if found and (
            abs(line.size - found[0].size) > 0.5
            or line.base - found[-1].base > _LEADING * line.size
        ):
            break
        found.append(line)
    return "" if found and _FIRST.match(found[0].text) else _joined(found)


def readable_name(stem: str) -> str:
    """A file name as a title: "final_report-2019" becomes "Final report 2019"."""
    text = tidy_printed(re.sub(r"[_\-.+]+|%20", " ", stem))
    return text[:1].upper() + text[1:]


def _authors(stated: str) -> tuple[str, ...]:
    """The authors that a PDF states, without offices and what programs fill in."""
    parts = [tidy_printed(name) for name in re.split(r"\s*[;\n]\s*", stated)]
    # "Guidance rules and forms team" is one author; "Ana Ruiz and Jo Frost" are two.
    names = [name for part in parts for name in people_in(part) or (part,)]
    return tuple(
        name
        for name in map(without_office, names)
        if 2 < len(name) < 120 and not name.islower() and not _NOT_AUTHORS.match(name)
    )


def year_of(pages: Sequence[str], title: str, stem: str, info: Mapping[str, str]) -> int | None:
    """The year of publication, by the first of these that tells one: what the first pages state,
    the title, a date on the first pages, the file's name, any year there, the year the file was
    made.

    No year after that in which the file was made is believed. pages: text of the first pages.
    """
    now = datetime.now(UTC).year
    made = _year_in(re.sub(r"^D:", "", info.get("CreationDate", ""))[:4], now)
    latest = made or now
    stated = [int(match[1]) for page in pages for match in _STATED.finditer(page)]
    dated = [[int(year) for year in _DATED.findall(page)] for page in pages]
    for years in (
        stated[:1],
        _years(title, latest),
        *dated,
        _years(stem.replace("_", " "), latest),
    ):
        plausible = [year for year in years if year <= latest]
        if plausible:
            return max(plausible)
    near = [y for page in pages for y in _years(page, latest) if made is None or made - y <= 3]
    return max(near) if near else made


def _years(text: str, latest: int) -> list[int]:
    return [int(year) for year in _YEAR.findall(text) if int(year) <= latest]


def _year_in(text: str, now: int) -> int | None:
    return int(text) if re.fullmatch(r"(?:19|20)\d\d", text) and 1950 <= int(text) <= now else None
