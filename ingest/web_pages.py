"""What a printed web page leaves among its text: links to click, names of pictures, bylines, dates.

Pure. Only a passage that holds nothing else is marked: a link or a picture set as a heading still
tells one entry of a list from the next, and "Entry into force" above "1 January 2014" is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.bylines import is_byline
from ingest.records import Block, BlockKind

_LINKS = frozenset(
    {
        "pages", "recent activity", "clear all", "search this collection", "search this site",
        "episodes", "share", "share this", "share this page", "print", "print this page",
        "back to top", "top of page", "read more", "learn more", "load more", "show more",
        "view all", "see all", "related content", "related articles", "menu", "main menu", "home",
        "search", "subscribe", "sign up", "log in", "login", "skip to main content",
        "skip to content", "follow us", "previous", "next", "filter", "filters", "sort by",
        "reset", "breadcrumb", "you are here", "zurück", "weiter", "nach oben",
        "mehr lesen", "accueil", "lire la suite", "haut de page", "leer más", "volver arriba",
    }
)  # fmt: skip
# Headings of a list of entries, which say what kind of thing each is.
_LISTED = frozenset(
    {
        "reports", "policy briefs", "briefs", "articles", "commentaries", "news", "events", "video",
        "audio", "webinars", "podcasts", "expert q&a", "publications", "blog", "press releases",
        "fact sheets", "pages", "recent activity", "episodes",
    }
)  # fmt: skip
_COUNTED = re.compile(
    r"\d+ results?(?: found)?(?: (?:reorder|sort|filter|grid_view|list_view))*", re.I
)
_MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|"
    r"august|september|october|november|december|janvier|février|mars|avril|mai|juin|juillet|août|"
    r"septembre|octobre|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember|enero|"
    r"febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)
_DATE = re.compile(
    r"(?:e\.g\.,? )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?,? )?"
    rf"(?:(?:\d{{1,2}}\.? (?:de )?)?{_MONTHS}(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? (?:de )?"
    r"(?:19|20)\d\d|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d)",
    re.IGNORECASE,
)
# "VenezuelansLegalPathways", and what shows that it names a file and not a firm.
_RUN_TOGETHER = re.compile(r"(?:[A-Z][a-zß-ÿ]{2,}){2,}")
_PICTURE = re.compile(
    r"(?<!\w)_|\w_[A-Z]|\bcover_?thumb|\b(?:flickr|shutterstock|getty|istock)\b", re.I
)
_THUMB = re.compile(r"\bcover_?thumb", re.IGNORECASE)
_LONGEST = 80
_OFTEN = 2


def with_dates_in_place(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a date set as a heading right below one that ranks no lower as its first line.

    A list of entries has the title above the date; as a heading the date took the text away
    from it, and the title was left a passage of its own.
    """
    done: list[Block] = []
    for block in blocks:
        under = block.kind is BlockKind.HEADING and done and 0 < done[-1].level <= block.level
        dates = under and is_date(block.text)
        done.append(replace(block, kind=BlockKind.PARAGRAPH, level=0) if dates else block)
    return done


def says_nothing(texts: Sequence[str], heading: str) -> bool:
    """Whether all of a passage is links, bylines, names of pictures and, in a list, dates.

    texts: its blocks. heading: the innermost that it stands under; empty where there is none.
    """
    parts = [part.strip() for part in heading.split(",")]
    listed = not heading or all(_plain(part) in _LISTED for part in parts)
    return all(_is_debris(text) or (listed and is_date(text)) for text in texts)


def is_date(text: str) -> bool:
    """Whether a text is a date with its year, or a month of a year, and no more."""
    return bool(_DATE.fullmatch(text))


def is_picture_name(text: str) -> bool:
    """Whether a text is the name of a picture's file: "Coverthumb_EU CrisisResponse"."""
    if len(text) > _LONGEST:
        return len(_THUMB.findall(text)) >= _OFTEN and bool(_RUN_TOGETHER.search(text))
    return bool(_PICTURE.search(text) and _RUN_TOGETHER.search(text))


def _is_debris(text: str) -> bool:
    plain = _plain(text)
    listed = all(part.strip() in _LISTED for part in plain.split(","))
    return (
        listed
        or plain in _LINKS
        or bool(_COUNTED.fullmatch(text))
        or is_byline(text)
        or is_picture_name(text)
    )


def _plain(text: str) -> str:
    return text.casefold().strip(" .:…›»>|-")
