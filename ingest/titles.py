"""Title, authors, publisher and year of a PDF, from what it says of itself and its first pages.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ingest.clean import tidy
from ingest.lines import Line
from ingest.records import Metadata

_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|qxd|rtf|odt|pptx?|xlsx?|tex|dvi|p65|qxp)\b", re.I)
_TOOL = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel|publisher)\s*-|untitled|unbenannt|sans titre|"
    r"document\d*$|slide 1|powerpoint|presentation$|title$|layout \d|print|scan|cover|\W*$)",
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
_PUBLISHED = re.compile(
    r"(?:published by|publisher:|herausgeber:|herausgegeben von|publié par|editor:)\s+"
    r"(?:the )?([^.;\n]{3,80})",
    re.IGNORECASE,
)
_LONGEST = 250


def metadata_of(
    info: Mapping[str, str], first_pages: Sequence[Sequence[Line]], stem: str, language: str
) -> Metadata:
    """What is known of a document.

    info: the PDF's information dictionary. first_pages: lines of the first three pages.
    stem: the file's name without its ending. language: as guessed from the text.
    """
    text = "\n".join(line.text for lines in first_pages for line in lines)
    title = title_of(info.get("Title", ""), first_pages[0] if first_pages else (), stem)
    published = _PUBLISHED.search(text)
    return Metadata(
        title=title,
        authors=_authors(info.get("Author", "")),
        publisher=tidy(published[1]) if published else "",
        year=year_of(text, title, stem, info),
        language=language,
    )


def title_of(stated: str, first_page: Sequence[Line], stem: str) -> str:
    """The stated title unless a tool made it up; else the biggest text; else the file's name."""
    stated = tidy(stated)
    if is_title(stated) and _squeezed(stated) != _squeezed(stem):
        return stated[:_LONGEST]
    return _biggest(first_page) or readable_name(stem)


def is_title(text: str) -> bool:
    """Whether a stated title looks like one that a person gave."""
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 4
        and letters > 0.5 * len(text.replace(" ", ""))
        and not _FILE_NAME.search(text)
        and not _TOOL.match(text)
        and (" " in text or len(text) <= 25)
        and not ("_" in text and " " not in text)
    )


def _squeezed(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _biggest(lines: Sequence[Line]) -> str:
    """The biggest text of the first page, joined over its lines; empty if nothing stands out."""
    worded = [line for line in lines if sum(c.isalpha() for c in line.text) >= 3]
    if not worded:
        return ""
    size = max(line.size for line in worded)
    usual = sorted(line.size for line in worded)[len(worded) // 2]
    if size < 1.1 * usual and len(worded) > 3:
        return ""
    groups: list[list[Line]] = []
    for line in sorted(worded, key=lambda line: line.base):
        if line.size < 0.9 * size:
            continue
        if groups and line.base - groups[-1][-1].base < 2.2 * size:
            groups[-1].append(line)
        else:
            groups.append([line])
    texts = [tidy(" ".join(line.text.rstrip("\u00ad") for line in group)) for group in groups]
    text = max(texts, key=len)
    letters = sum(character.isalpha() for character in text)
    return text[:_LONGEST] if letters >= 4 and letters > 0.5 * len(text.replace(" ", "")) else ""


def readable_name(stem: str) -> str:
    """A file name as a title: "final_report-2019" becomes "Final report 2019"."""
    text = tidy(re.sub(r"[_\-.+]+|%20", " ", stem))
    return text[:1].upper() + text[1:]


def _authors(stated: str) -> tuple[str, ...]:
    names = [tidy(name) for name in re.split(r"\s*(?:;|\band\b|&|\n)\s*", stated)]
    if len(names) == 1 and names[0].count(",") >= 2:
        names = [tidy(name) for name in names[0].split(",")]
    return tuple(
        name for name in names if len(name) > 2 and len(name) < 120 and not _NOT_AUTHORS.match(name)
    )


def year_of(text: str, title: str, stem: str, info: Mapping[str, str]) -> int | None:
    """The year of publication: dated on the first pages, in title or name, else when made."""
    now = datetime.now(UTC).year
    made = _year_in(re.sub(r"^D:", "", info.get("CreationDate", ""))[:4], now)
    latest = made or now
    dated = [int(year) for year in _DATED.findall(text[:6000]) if int(year) <= latest]
    for found in (dated, _years(title, latest), _years(stem.replace("_", " "), latest)):
        if found:
            return max(found)
    near = [year for year in _years(text[:3000], latest) if made is None or made - year <= 3]
    return max(near) if near else made


def _years(text: str, latest: int) -> list[int]:
    return [int(year) for year in _YEAR.findall(text) if int(year) <= latest]


def _year_in(text: str, now: int) -> int | None:
    return int(text) if re.fullmatch(r"(?:19|20)\d\d", text) and 1950 <= int(text) <= now else None
