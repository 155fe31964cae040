"""HTML to metadata and blocks. Scripts, styles, navigation and forms are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.formats.html_notes import Marks, tidied, unmarked
from ingest.formats.rows import rows_as_text
from ingest.metadata.fields import metadata_from
from ingest.prose.clean import tidy
from ingest.prose.text import decode
from ingest.records import Block, BlockKind, Metadata

_SKIPPED = frozenset(
    """
    script style noscript template nav form button select iframe svg canvas object embed head
    """.split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data dfn em font i img kbd mark q s samp small span strong sub "
    "sup time u var wbr del ins label".split()
)
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,500}\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,500}\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
# Elements without text that may stand between a word and the number of its note.
_FAR = 30
# What these declare is read as Windows-1252, which holds it: https://encoding.spec.whatwg.org
_LATIN = frozenset({"iso-8859-1", "latin1", "us-ascii", "ascii"})
# Stars stay: in tables of results they say how sure a figure is.
_NOTE_NUMBER = re.compile(r"[\[(]?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*[\])]?|[†‡§]+|[,;]")
_BEFORE_NOTE = re.compile(r"[\w.,;:!?)\]%”’\"'»€$£]$")
_BEFORE_POWER = re.compile(r"(?:\b[kcdm]?m|\bft|\bCO|\b[Rrχ])$")
_REST_OF_FRACTION = re.compile(r"\s*[/⁄]\s*(?:\d|$)")


def read(data: bytes) -> tuple[Metadata, tuple[Block, ...]]:
    """Metadata from the head, and the blocks of page 1. Empty when there is no markup to parse.

    Raised numbers of notes are left out: "250³" would be read as 2503.
    """
    # Left to itself the parser takes Latin-1, also for a title that stands before its <meta>.
    parser = html.HTMLParser(huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(_decoded(data).encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Metadata(), ()
    marks = Marks(root)
    _drop_note_numbers(root, marks)
    body = root.find("body")
    blocks = tuple(marks.told(block) for block in _blocks(root if body is None else body))
    return _metadata(root), blocks


def _decoded(data: bytes) -> str:
    """The text of a file by the encoding that it declares, or as `decode` has it where it declares
    none that is known.
    """
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    declared = None if marked else _DECLARED.search(data)
    name = (declared[1] or declared[2]).decode().lower() if declared else "utf-16"
    if name.startswith("utf-16"):  # cannot be so where the declaration itself could be read
        return decode(data)
    try:
        return data.decode("cp1252" if name in _LATIN else name, errors="replace")
    except (LookupError, ValueError):
        return decode(data)


def _drop_note_numbers(root: html.HtmlElement, marks: Marks) -> None:
    for raised in list(root.iter("sup")):
        if _is_note_number(raised):
            marks.leave(raised)
            raised.drop_tree()
    marks.find_notes()


def _is_note_number(raised: html.HtmlElement) -> bool:
    """Whether a raised text points to a note: not the number before a note, a power or "1/2"."""
    if any("#" in str(link) for link in raised.xpath(".//a/@href")):
        return bool(_text_before(raised).strip())
    text = raised.text_content().strip()
    if not _NOTE_NUMBER.fullmatch(text):
        return False
    before = _text_before(raised).rstrip()
    if not _BEFORE_NOTE.search(before):
        return False
    power = text in ("2", "3") and _BEFORE_POWER.search(before)
    return not power and not _REST_OF_FRACTION.match(raised.tail or "")


def _text_before(element: html.HtmlElement) -> str:
    """What stands right before an inline element in its paragraph; "" where it begins one."""
    for _ in range(_FAR):
        if element.tag not in _INLINE or element.tag == "br":
            break
        previous, parent = element.getprevious(), element.getparent()
        if previous is None:
            if parent is None or unmarked(parent.text or ""):
                return "" if parent is None else unmarked(parent.text)
            element = parent
        elif unmarked(previous.tail or ""):
            return unmarked(previous.tail)
        elif previous.tag in _INLINE and unmarked(previous.text_content()):
            return unmarked(previous.text_content())
        else:
            element = previous
    return ""


def _metadata(root: html.HtmlElement) -> Metadata:
    """What the head of a page states."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        meta.setdefault(name, element.get("content") or "")
    title = root.findtext(".//title") or meta.get("og:title", "")
    published = meta.get("article:published_time") or meta.get("dc.date") or meta.get("date", "")
    canonical = root.xpath("//link[@rel='canonical']/@href")
    return metadata_from(
        {
            "title": title,
            "authors": meta.get("author", ""),
            "publisher": meta.get("og:site_name", ""),
            "year": published[:4],
            "language": (root.get("lang") or "")[:2],
            "url": str(canonical[0]) if canonical else "",
        }
    )


def _blocks(element: html.HtmlElement) -> Iterator[Block]:
    """Blocks of an element in document order; text between block elements is a paragraph."""
    loose: list[str] = []
    if element.text:
        loose.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag in _INLINE and not _holds_blocks(child):
                loose.append(" " if child.tag == "br" else child.text_content())
            else:
                yield from _paragraph(loose)
                yield from _block_element(child)
        if child.tail:
            loose.append(child.tail)
    yield from _paragraph(loose)


def _paragraph(loose: list[str]) -> Iterator[Block]:
    """The texts so far as a paragraph, if they have words; the list is empty afterwards."""
    if text := tidied("".join(loose)):
        yield Block(BlockKind.PARAGRAPH, text, 1)
    loose.clear()


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(isinstance(e.tag, str) and e.tag not in _INLINE for e in element.iterdescendants())


def _block_element(element: html.HtmlElement) -> Iterator[Block]:
    """The blocks of an element that is set apart from the text around it."""
    if level := _HEADINGS.get(element.tag):
        if text := tidied(element.text_content()):
            yield Block(BlockKind.HEADING, text, 1, level)
    elif element.tag == "li" and not _holds_blocks(element):
        if text := tidied(element.text_content()):
            yield Block(BlockKind.LIST, f"- {text}", 1)
    elif element.tag == "table":
        rows = [
            [tidy(cell.text_content()) for cell in row.iter("td", "th")]
            for row in element.iter("tr")
        ]
        yield from (Block(BlockKind.TABLE, row, 1) for row in rows_as_text(rows))
    else:
        yield from _blocks(element)
