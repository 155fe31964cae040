"""Citations of passages and documents: plain text, RIS, BibTeX and CSL-JSON. Pure functions.

Formats: RIS as Clarivate's "RIS Format Documentation" lists its tags; BibTeX as in Patashnik,
"BibTeXing" (1988), with UTF-8 left as it is; CSL-JSON as in the Citation Style Language 1.0.2
schema. Each is safe for any text: what a format would read as syntax is escaped or taken out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from index.records import StoredDocument

_RIS_TYPES = {"page": "ELEC", "podcast": "SOUND", "event": "CONF"}
_CSL_TYPES = {"page": "webpage", "podcast": "broadcast", "event": "event"}
_REPORT = ("RPRT", "report")

_LIST_MARK = re.compile(r"^\s*[-–•*]\s+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

_BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited; empty or None where it is not known.

    page: 1-based, as the viewer counts; None for a whole document. quote: the words cited.
    key: unique and stable, made of letters, digits and hyphens.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    year: int | None
    kind: str
    language: str
    url: str
    page: int | None = None
    quote: str = ""


def of_document(document: StoredDocument) -> Reference:
    """A whole document."""
    meta = document.metadata
    return Reference(
        key=document.document_id,
        title=meta.title,
        authors=meta.authors,
        publisher=meta.publisher,
        year=meta.year,
        kind=meta.kind,
        language=meta.language,
        url=meta.url,
    )


def of_passage(document: StoredDocument, passage_id: str, page: int, quote: str) -> Reference:
    """Some words of a document and the page on which they stand."""
    whole = of_document(document)
    fields = {name: getattr(whole, name) for name in Reference.__slots__}
    # A quote that begins with a list item begins with its mark.
    words = _LIST_MARK.sub("", quote)
    return Reference(**fields | {"key": passage_id, "page": page, "quote": words})


def plain(reference: Reference) -> str:
    """One line: “Quote” (Authors or publisher, Title, publisher, year, p. 9), without a link."""
    who = ", ".join(reference.authors)
    parts = [
        who,
        reference.title,
        reference.publisher if reference.publisher != who else "",
        str(reference.year or "n.d."),
        f"p. {reference.page}" if reference.page else "",
    ]
    said = ", ".join(_line(part) for part in parts if part)
    return f"“{_line(reference.quote)}” ({said})" if reference.quote else said


def ris(references: Iterable[Reference]) -> str:
    """RIS records, lines ended by CR LF as its documentation asks."""
    lines: list[str] = []
    for reference in references:
        fields = [
            ("TY", _RIS_TYPES.get(reference.kind, _REPORT[0])),
            ("ID", reference.key),
            ("TI", reference.title),
            *(("AU", author) for author in reference.authors),
            ("PB", reference.publisher),
            ("PY", str(reference.year or "")),
            ("SP", str(reference.page or "")),
            ("LA", reference.language),
            ("UR", reference.url),
            ("N1", f"“{reference.quote}”" if reference.quote else ""),
        ]
        lines += [f"{tag}  - {_line(value)}" for tag, value in fields if value]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines)


def bibtex(references: Iterable[Reference]) -> str:
    """BibTeX entries; authors are institutions as often as people, so each is kept whole."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def _bibtex_entry(reference: Reference) -> str:
    fields = [
        ("title", f"{{{_bibtex(reference.title)}}}"),
        ("author", " and ".join(f"{{{_bibtex(author)}}}" for author in reference.authors)),
        ("institution", _bibtex(reference.publisher)),
        ("year", str(reference.year or "")),
        ("pages", str(reference.page or "")),
        ("language", _bibtex(reference.language)),
        ("url", _bibtex_url(reference.url)),
        ("annote", f"“{_bibtex(reference.quote)}”" if reference.quote else ""),
    ]
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@techreport{{{reference.key},\n{inside}\n}}\n"


def csl(references: Iterable[Reference]) -> str:
    """CSL-JSON, as Zotero and pandoc read it: a list of items."""
    return json.dumps([_csl_item(item) for item in references], ensure_ascii=False, indent=1) + "\n"


def _csl_item(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": _CSL_TYPES.get(reference.kind, _REPORT[1]),
        "title": _line(reference.title),
        "author": [{"literal": _line(author)} for author in reference.authors],
        "publisher": _line(reference.publisher),
        "language": reference.language,
        "URL": reference.url,
        "page": str(reference.page or ""),
        "note": f"“{_line(reference.quote)}”" if reference.quote else "",
    }
    if reference.year:
        item["issued"] = {"date-parts": [[reference.year]]}
    return {key: value for key, value in item.items() if value}


FORMATS: dict[str, tuple[str, Callable[[Sequence[Reference]], str]]] = {
    "ris": ("application/x-research-info-systems", ris),
    "bib": ("application/x-bibtex", bibtex),
    "json": ("application/vnd.citationstyles.csl+json", csl),
}
"""Media type and writer by file ending."""


def _line(text: str) -> str:
    """Text on one line, without control characters or marks that turn the direction of writing."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(_TURNS.sub("", "".join(kept)).split())


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX_ESCAPES.get(char, char) for char in _line(text))


def _bibtex_url(url: str) -> str:
    """An address with what would end the field percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", url)
