"""What a printed web page leaves among its text: links to click, names of pictures, bylines, dates.

Pure. Only a passage that holds nothing else is marked: a link or a picture set as a heading still
tells one entry of a list from the next, and "Entry into force" above "1 January 2014" is an answer,
as is "Who chaired the group?" above "By Ana Ruiz".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.metadata.bylines import is_byline
from ingest.records import Block, BlockKind

_LINKS = frozenset(
    {
        "recent activity", "clear all", "search this collection", "search this site", "share this",
        "share this page", "print this page", "back to top", "top of page", "read more",
        "learn more", "load more", "show more", "view all", "see all", "related content",
        "related articles", "main menu", "skip to main content", "skip to content", "follow us",
        "sort by", "breadcrumb", "you are here", "nach oben", "mehr lesen", "lire la suite",
        "haut de page", "leer más", "volver arriba",
    }
)  # fmt: skip
# Links that are words of answers too: "Home" to where children stay.
_WORDS = frozenset(
    {
        "share", "print", "menu", "home", "search", "subscribe", "sign up", "log in", "login",
        "previous", "next", "filter", "filters", "reset", "zurück", "weiter", "accueil",
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
_COUNTED = re.compile(r"\d+ results?(?: found)?", re.I)
_SORTED = re.compile(rf"{_COUNTED.pattern}(?: (?:reorder|sort|filter|grid_view|list_view))+", re.I)
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
# Characters and words of a picture's name; a longer text must hold "coverthumb" so often.
_LONGEST = 80
_MOST_WORDS = 3
_OFTEN = 2


def with_dates_in_place(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a date that is set as a heading, right below a heading as high or higher, becomes
    the first line of what stands under that.

    A list of entries has each title above its date. As a heading the date took the text away from
    the title, which was left a passage of its own.
    """
    done: list[Block] = []
    for block in blocks:
        under = block.kind is BlockKind.HEADING and done and 0 < done[-1].level <= block.level
        dates = under and is_date(block.text)
        done.append(replace(block, kind=BlockKind.PARAGRAPH, level=0) if dates else block)
    return done


def says_nothing(texts: Sequence[str], heading: str) -> bool:
    """Whether a passage holds nothing but links, names of pictures and what comes with these.

    In a list of entries, or beside a link, those are also bylines, counts and the words of such
    lists; in a list of entries dates too.
    texts: of its blocks. heading: the innermost that it stands under; empty where there is none.
    """
    listed = not heading or _is_listed(heading)
    debris = listed or any(map(_is_debris, texts))
    return all(
        _is_debris(text) or (debris and _comes_with_it(text)) or (listed and is_date(text))
        for text in texts
    )


def is_date(text: str) -> bool:
    """Whether a text is a date with its year, or a month of a year, and no more."""
    return bool(_DATE.fullmatch(text))


def is_picture_name(text: str) -> bool:
    """Whether a text is the name of a picture's file: "Coverthumb_EU CrisisResponse"."""
    if len(text) > _LONGEST:
        return len(_THUMB.findall(text)) >= _OFTEN and bool(_RUN_TOGETHER.search(text))
    named = bool(_PICTURE.search(text) and _RUN_TOGETHER.search(text))
    # "Use WhatsApp_Business and OpenStreetMap" says something.
    return named and (len(text.split()) <= _MOST_WORDS or bool(_THUMB.search(text)))


def _is_debris(text: str) -> bool:
    """Whether a text is a link to click, a menu to sort by, or the name of a picture."""
    return _plain(text) in _LINKS or bool(_SORTED.fullmatch(text)) or is_picture_name(text)


def _comes_with_it(text: str) -> bool:
    """Whether it is debris beside debris, and may be an answer where it stands alone."""
    plain = _plain(text)
    counted = bool(_COUNTED.fullmatch(text))
    return counted or plain in _WORDS or _is_listed(text) or is_byline(text)


def _is_listed(text: str) -> bool:
    return all(_plain(part) in _LISTED for part in text.split(","))


def _plain(text: str) -> str:
    return text.casefold().strip(" .:…›»>|-")
