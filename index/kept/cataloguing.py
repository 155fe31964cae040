"""Which works of a catalogue are in the library."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

from corpus.catalogue import Work
from index.rows.records import StoredDocument
from ingest.records import Metadata

_FEWEST_WORDS = 5
"""A title with so many words names one work of its year even without its subtitle."""

_SUBTITLE = re.compile(r":\s|\s[-–—]\s")


def held(works: Iterable[Work], documents: Iterable[StoredDocument]) -> dict[str, str]:
    """The works that are in the library: for each work's id, the id of its document.

    A document is a work when it has the same link, or the same title and year; where one of them
    has no year, the title alone decides. How link and title are written does not matter. With the
    same year one of the titles may lack its subtitle, as in many PDFs, if `_FEWEST_WORDS` are left;
    but not where several works of that year differ only in the subtitle, as the national reports of
    one study do.

    works: the whole catalogue.
    """
    works = tuple(works)
    alike = Counter((_main_title(work.title), work.year) for work in works)
    by_link: dict[str, str] = {}
    by_title: dict[str, list[tuple[int | None, str]]] = {}
    by_main: dict[str, list[tuple[int | None, str]]] = {}
    for document in documents:
        meta = document.metadata
        if meta.url:
            by_link.setdefault(_plain_link(meta.url), document.document_id)
        dated = (meta.year, document.document_id)
        by_title.setdefault(_plain_title(meta.title), []).append(dated)
        by_main.setdefault(_main_title(meta.title), []).append(dated)
    found = {}
    for work in works:
        titled = by_title.get(_plain_title(work.title), ())
        same = [name for year, name in titled if year == work.year or not (year and work.year)]
        main = _main_title(work.title)
        if alike[main, work.year] == 1:
            shorter, longer = by_title.get(main, ()), by_main.get(_plain_title(work.title), ())
            same += [name for year, name in (*shorter, *longer) if year and year == work.year]
        name = by_link.get(_plain_link(work.link)) or next(iter(same), "")
        if name:
            found[work.id] = name
    return found


def metadata_of(work: Work) -> Metadata:
    """What the catalogue knows of a work, as the metadata of a document."""
    return Metadata(
        title=work.title,
        authors=work.authors,
        publisher=work.publisher,
        year=work.year,
        language=work.language,
        url=work.link,
        kind=work.kind,
    )


def _plain_link(link: str) -> str:
    """A link to compare: without scheme, www, fragment and last slash, percent signs decoded, the
    host in small letters.
    """
    bare = re.sub(r"^https?://(www\.)?", "", link.strip(), flags=re.IGNORECASE)
    host, slash, rest = unquote(bare.partition("#")[0]).partition("/")
    return (host.lower() + slash + rest).rstrip("/")


def _plain_title(title: str) -> str:
    """A title to compare: only its letters and digits, in small letters."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(char for char in folded if char.isalnum())


def _main_title(title: str) -> str:
    """As `_plain_title`, without the subtitle where `_FEWEST_WORDS` are left."""
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    return _plain_title(main if len(main.split()) >= _FEWEST_WORDS else title)
