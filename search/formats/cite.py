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
from dataclasses import dataclass, replace
from typing import Any

from index.rows.records import StoredDocument, StoredPassage
from ingest.metadata.bylines import is_person
from ingest.records import Passage
from search.records import Quote, Result

_RIS_TYPES = {"page": "ELEC", "podcast": "SOUND", "event": "CONF"}
_CSL_TYPES = {"page": "webpage", "podcast": "broadcast", "event": "event"}
_REPORT = ("RPRT", "report")

_LIST_MARK = re.compile(r"^\s*[-–•*]\s+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUFFIX = re.compile(r", (?:[JS]r\.?|I{2,3}|IV)$")
# The small words before a family name, which are sorted with it.
_PARTICLES = frozenset(
    "al as bin ben ibn el da das de dei del della den der des di do dos du het la las le los "
    "te ten ter ’t van vom von zu zum zur".split()
)

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
class Quoted:
    """What is quoted of a document: its pages as `cited_pages` writes them, the words, and what
    leads back to the passage, its id or its address.

    asked: of many questions those for which it was found, as they are to be named.
    """

    pages: str
    words: str
    place: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that is cited; empty or None where it is not known.

    key: unique and stable, made of letters, digits and hyphens. quotes: none for the whole
    document.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    year: int | None
    kind: str
    language: str
    url: str
    quotes: tuple[Quoted, ...] = ()


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


def in_document(document: StoredDocument, stored: StoredPassage, quote: Quote) -> str:
    """Where a quote stands in its document: its `pages`, or "passage 12" where there are none."""
    return pages(stored, quote) if document.has_pages else nth(stored)


def nth(stored: StoredPassage) -> str:
    """Which passage of its document one is: "passage 12"."""
    return f"passage {stored.passage.position + 1}"


def pages(stored: StoredPassage, quote: Quote) -> str:
    """Where a quote stands, 1-based as the viewer counts: "p. 9"; over a page break "pp. 14–15",
    though `Quote.page` is one of them. With what is printed there, if that differs: "p. 9
    (printed 4)".
    """
    first, last = _ends(stored.passage, quote)
    return on_pages(stored, first, last)


def cited_pages(stored: StoredPassage, quote: Quote) -> str:
    """`pages` as a citation has them, which is read far from here: "p. 9 (printed p. 4)"."""
    first, last = _ends(stored.passage, quote)
    return on_pages(stored, first, last, "pp. " if first < last else "p. ")


def on_pages(stored: StoredPassage, first: int, last: int, word: str = "") -> str:
    """Pages of a passage in words. word: before the printed numbers."""
    numbers = f"p. {first}" if first == last else f"pp. {first}–{last}"
    printed = [stored.printed_on(first), *([stored.printed_on(last)] if first < last else [])]
    return (
        f"{numbers} (printed {word}{'–'.join(filter(None, printed))})" if all(printed) else numbers
    )


def _ends(passage: Passage, quote: Quote) -> tuple[int, int]:
    return passage.page_at(quote.start), passage.page_at(max(quote.start, quote.end - 1))


def of_passage(
    document: StoredDocument, place: str, where: str, quote: str, asked: tuple[str, ...] = ()
) -> Reference:
    """A document and some words of it. place, asked: as in `Quoted`. where: its pages, which are
    left out of a text that has none.
    """
    quoted = Quoted(where if document.has_pages else "", without_list_mark(quote), place, asked)
    return replace(of_document(document), quotes=(quoted,))


def of_results(
    results: Iterable[Result],
    place: Callable[[Result], str] = lambda one: one.stored.passage_id,
    asked: tuple[str, ...] = (),
) -> list[Reference]:
    """One reference a document, in the order of the results, with what each result quotes of it.

    place: of a result, as in `Quoted`. asked: of all of them, as there.
    """
    return merged(
        of_passage(
            result.document,
            place(result),
            cited_pages(result.stored, result.quote),
            result.quote.words(result.stored.passage),
            asked,
        )
        for result in results
    )


def merged(references: Iterable[Reference]) -> list[Reference]:
    """One reference a document, each with the quotes of all; one that comes again stands once, for
    the questions of all.
    """
    found: dict[str, Reference] = {}
    quotes: dict[str, dict[Quoted, dict[str, None]]] = {}
    for reference in references:
        found.setdefault(reference.key, reference)
        of_this = quotes.setdefault(reference.key, {})
        for quoted in reference.quotes:
            of_this.setdefault(replace(quoted, asked=()), {}).update(dict.fromkeys(quoted.asked))
    return [
        replace(
            one, quotes=tuple(replace(q, asked=tuple(asked)) for q, asked in quotes[key].items())
        )
        for key, one in found.items()
    ]


def without_list_mark(quote: str) -> str:
    """A quote that begins with a list item, without the item's mark; any other as it is."""
    return _LIST_MARK.sub("", quote)


def family_and_given(author: str) -> tuple[str, str] | None:
    """The family name of a person and the others: ("van der Berg", "Jo") of "Jo van der Berg" and
    of "van der Berg, Jo"; None for a body, which is cited whole.

    The family name is the last word with the small words before it. Of two family names without a
    comma the first counts as given; who files documents can write "Ruiz García, Ana".
    """
    family, _, given = author.partition(", ")
    if given:
        return (family, given) if is_person(f"{given} {family}") else None
    if not is_person(author):
        return None
    *before, last = author.split()
    while len(before) > 1 and before[-1].lower() in _PARTICLES:
        last = f"{before.pop()} {last}"
    # "Ruiz A." and "Jo Frost Jr." do not end with the family name.
    cut = last.endswith(".") or len(last) == 1
    return None if cut or before[0] in _PARTICLES else (last, " ".join(before))


def _family_first(author: str) -> str:
    """A person as "Ruiz, Ana"; a body as it is."""
    name = family_and_given(author)
    return ", ".join(name) if name else author


def plain(reference: Reference) -> str:
    """One line: “Quote” (Authors or publisher, Title, publisher, year, p. 9), without a link; of
    several quotes the first. Authors are parted by semicolons: a comma may stand within a name,
    and one follows the last.
    """
    who = "; ".join(reference.authors)
    quoted = next(iter(reference.quotes), None)
    parts = [
        who,
        reference.title,
        reference.publisher if reference.publisher != who else "",
        str(reference.year or "n.d."),
        quoted.pages if quoted else "",
    ]
    said = ", ".join(_line(part) for part in parts if part)
    return f"“{_line(quoted.words)}” ({said})" if quoted and quoted.words else said


def _note(quoted: Quoted) -> str:
    """What is quoted, as a note beside the reference: in the field for pages a reference manager
    reads the pages that the whole work takes up.
    """
    words = f"“{quoted.words}”" if quoted.words else ""
    said = ": ".join(part for part in (quoted.pages, words) if part)
    asked = f"{', '.join(quoted.asked)}; " if quoted.asked else ""
    return _line(f"{said} [{asked}{quoted.place}]")


def ris(references: Iterable[Reference]) -> str:
    """RIS records, lines ended by CR LF as its documentation asks.

    What stands before a comma of an author is a family name there, so a body has none: "Ministry of
    Labour – Borland".
    """
    lines: list[str] = []
    for reference in references:
        fields = [
            ("TY", _RIS_TYPES.get(reference.kind, _REPORT[0])),
            ("ID", reference.key),
            ("TI", reference.title),
            *(("AU", _ris_author(author)) for author in reference.authors),
            ("PB", reference.publisher),
            ("PY", str(reference.year or "")),
            ("LA", reference.language),
            ("UR", reference.url),
            *(("N1", _note(quoted)) for quoted in reference.quotes),
        ]
        lines += [f"{tag}  - {_line(value)}" for tag, value in fields if value]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines)


def _ris_author(author: str) -> str:
    person = family_and_given(author) or _SUFFIX.search(author)
    return _family_first(author) if person else " – ".join(re.split(r"\s*,\s*", author.strip(", ")))


def bibtex(references: Iterable[Reference]) -> str:
    """BibTeX entries; bodies among the authors are kept whole by braces."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def _bibtex_entry(reference: Reference) -> str:
    misc = reference.kind in _CSL_TYPES  # no report, for which BibTeX has nothing better
    notes = "\n    ".join(_bibtex(_note(quoted)) for quoted in reference.quotes)
    fields = [
        ("title", f"{{{_bibtex(reference.title)}}}"),
        ("author", " and ".join(map(_bibtex_author, reference.authors))),
        ("organization" if misc else "institution", _bibtex(reference.publisher)),
        ("year", str(reference.year or "")),
        ("language", _bibtex(reference.language)),
        ("url", _bibtex_url(reference.url)),
        ("annote", notes),
    ]
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{'misc' if misc else 'techreport'}{{{reference.key},\n{inside}\n}}\n"


def _bibtex_author(author: str) -> str:
    name = _bibtex(_family_first(author))
    return name if family_and_given(author) else f"{{{name}}}"


def csl(references: Iterable[Reference]) -> str:
    """CSL-JSON, as Zotero and pandoc read it: a list of items."""
    return json.dumps([_csl_item(item) for item in references], ensure_ascii=False, indent=1) + "\n"


def _csl_item(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": _CSL_TYPES.get(reference.kind, _REPORT[1]),
        "title": _line(reference.title),
        "author": [_csl_author(author) for author in reference.authors],
        "publisher": _line(reference.publisher),
        "language": reference.language,
        "URL": reference.url,
        "note": "\n".join(map(_note, reference.quotes)),
    }
    if reference.year:
        item["issued"] = {"date-parts": [[reference.year]]}
    return {key: value for key, value in item.items() if value}


def _csl_author(author: str) -> dict[str, str]:
    name = family_and_given(author)
    return {"family": name[0], "given": name[1]} if name else {"literal": _line(author)}


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
