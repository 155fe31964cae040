"""What a file or a curator states about a document, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from ingest.metadata.kinds import KINDS
from ingest.prose.clean import tidy
from ingest.records import Metadata

YEARS = range(1800, 2101)
"""Years of publication taken at their word."""


_LANGUAGE = re.compile(r"[A-Za-z]{2}")


def is_language(text: str) -> bool:
    """Whether a text is a language's code of two letters (ISO 639-1), in any case."""
    return _LANGUAGE.fullmatch(text) is not None


LINK = "an address that begins with https:// or http://, without blanks"
"""What `is_link` takes, in words."""

_LINK = re.compile(r"https?://[^\s/]\S*")


def is_link(text: str) -> bool:
    """Whether a text is an address that a reader can be sent to: of the web, without blanks."""
    return _LINK.fullmatch(text) is not None


_BROKEN_CELLS = frozenset(
    "#NAME? #REF! #VALUE! #DIV/0! #NUM! #NULL! #N/A #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT!"
    " #UNKNOWN! #BUSY! #GETTING_DATA #ERROR!"
    " #BEZUG! #WERT! #ZAHL! #NV #NOM? #VALEUR! #NOMBRE! #NUL! #¿NOMBRE? #¡REF! #¡VALOR! #¡DIV/0!"
    " #¡NUM! #¡NULO! #N/D #NOME? #RIF! #VALORE! #NULLO! #NAAM? #VERW! #WAARDE! #DEEL/0! #GETAL!"
    " #LEEG! #N/B #VALOR! #NÚM! #NULO! #NAMN? #REFERENS! #VÄRDEFEL! #DIVISION/0! #OGILTIGT!"
    " #SAKNAS!".split()
)
"""What spreadsheets write into a cell whose formula fails, in the languages that Waymark reads."""

_BROKEN_CELL = re.compile(r"#{3,}|Err:[0-9]{3}")
"""A column too narrow for its number or day, and an error of LibreOffice."""


def is_broken_cell(text: str) -> bool:
    """Whether a text is nothing but the error that a spreadsheet left in its place."""
    cell = text.strip()
    return cell.upper() in _BROKEN_CELLS or _BROKEN_CELL.fullmatch(cell) is not None


def changes(was: Metadata, now: Metadata) -> str:
    """What differs, in words: "kind: guidance -> page | year: none -> 2016"; empty for nothing."""
    pairs = ((name, getattr(was, name), getattr(now, name)) for name in _NAMES)
    return " | ".join(
        f"{name}: {_said(old)} -> {_said(new)}" for name, old, new in pairs if old != new
    )


_NAMES = [field.name for field in fields(Metadata)]


def _said(value: object) -> str:
    return ("; ".join(value) if isinstance(value, tuple) else str(value or "")) or "none"


def emptied(meta: Metadata, names: Iterable[str]) -> Metadata:
    """The same with nothing in some of its fields."""
    return replace(meta, **{name: getattr(Metadata(), name) for name in names})


def metadata_from(stated: Mapping[str, Any]) -> Metadata:
    """Metadata from loosely typed fields; a field of the wrong type or range is left out, and a
    title that is the error of a spreadsheet.
    """
    title = _text(stated.get("title"))
    return Metadata(
        title="" if is_broken_cell(title) else title,
        authors=_texts(stated.get("authors")),
        publisher=_text(stated.get("publisher")),
        year=year_from(stated.get("year")),
        language=_text(stated.get("language")).lower()[:2],
        url=_text(stated.get("url")),
        kind=kind_from(stated.get("kind")),
    )


def kind_from(value: object) -> str:
    """A kind of document from its name in any case, else empty."""
    kind = _text(value).casefold()
    return kind if kind in KINDS else ""


def year_from(value: object) -> int | None:
    """A year between 1800 and 2100 from a number or a text of digits, else None."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        year = int(value)
    except ValueError:
        return None
    return year if year in YEARS else None


def _text(value: object) -> str:
    return tidy(value) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):  # parted as in a form or a table: a comma may stand within a name
        value = value.split(";")
    if not isinstance(value, list):
        return ()
    return tuple(text for item in value if (text := _text(item)))
