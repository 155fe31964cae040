"""HTML to metadata and blocks. Scripts, styles, navigation and forms are left out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from ingest.fields import metadata_from
from ingest.records import Block, BlockKind, Metadata
from ingest.rows import rows_as_text
from ingest.text import tidy

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


def read(data: bytes) -> tuple[Metadata, tuple[Block, ...]]:
    """Metadata from the head, and the blocks of page 1. Empty when there is no markup to parse."""
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Metadata(), ()
    body = root.find("body")
    blocks = tuple(_blocks(root if body is None else body))
    return _metadata(root), blocks


def _metadata(root: html.HtmlElement) -> Metadata:
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
    if text := tidy("".join(loose)):
        yield Block(BlockKind.PARAGRAPH, text, 1)
    loose.clear()


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(isinstance(e.tag, str) and e.tag not in _INLINE for e in element.iterdescendants())


def _block_element(element: html.HtmlElement) -> Iterator[Block]:
    if level := _HEADINGS.get(element.tag):
        if text := tidy(element.text_content()):
            yield Block(BlockKind.HEADING, text, 1, level)
    elif element.tag == "li" and not _holds_blocks(element):
        if text := tidy(element.text_content()):
            yield Block(BlockKind.LIST, f"- {text}", 1)
    elif element.tag == "table":
        rows = [
            [tidy(cell.text_content()) for cell in row.iter("td", "th")]
            for row in element.iter("tr")
        ]
        yield from (Block(BlockKind.TABLE, row, 1) for row in rows_as_text(rows))
    else:
        yield from _blocks(element)
