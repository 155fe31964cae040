"""Elements of a web page to blocks in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from ingest.formats.html_notes import tidied, unmarked
from ingest.formats.html_tables import is_layout, rows_of
from ingest.formats.html_words import INLINE, words
from ingest.records import Block, BlockKind

_BREAK = "\v"  # of a line: a page has no such character of its own
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def blocks_of(root: html.HtmlElement) -> Iterator[Block]:
    """The blocks of a page; text between block elements or two line breaks is a paragraph, the
    first text of a list item is an item with its number or a hyphen.

    Walks without recursion: pages have elements within elements by the hundred.
    """
    around = _inline_around_blocks(root)
    loose: list[str] = []
    items = _Items()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        apart = element.tag not in INLINE or element in around
        if event == "end":
            if apart:
                yield from _paragraph(loose, items)
                items.leave(element)
            if element is not root:
                loose.append(element.tail or "")
        elif not apart:
            if element.tag == "br" and _ends_in_break(loose):
                yield from _paragraph(loose, items)
            loose.append(_BREAK if element.tag == "br" else words(element))
            walk.skip_subtree()
        else:
            yield from _paragraph(loose, items)
            items.enter(element)
            if element.tag in _HEADINGS or (element.tag == "table" and not is_layout(element)):
                yield from _whole(element, items)
                walk.skip_subtree()
            else:
                loose.append(element.text or "")
    yield from _paragraph(loose, items)


class _Items:
    """The list items that are open, each with its mark until that is written."""

    def __init__(self) -> None:
        self._marks: list[str] = []
        self._counts: dict[html.HtmlElement, int] = {}  # by list: the number of its last item

    def enter(self, element: html.HtmlElement) -> None:
        """Open an item, if the element is one."""
        if element.tag == "li":
            self._marks.append(self._mark(element))

    def leave(self, element: html.HtmlElement) -> None:
        """Close the item, if the element is one."""
        if element.tag == "li":
            self._marks.pop()

    def take(self) -> str:
        """The mark of the innermost item; empty outside of items and where it is written."""
        if not self._marks:
            return ""
        mark, self._marks[-1] = self._marks[-1], ""
        return mark

    def _mark(self, item: html.HtmlElement) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or parent.get("reversed") is not None:
            return "-"
        if parent not in self._counts:
            self._counts[parent] = _number(parent.get("start"), 1) - 1
        self._counts[parent] = _number(item.get("value"), self._counts[parent] + 1)
        return f"{self._counts[parent]}."


def _number(stated: str | None, otherwise: int) -> int:
    found = (stated or "").strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 7 else otherwise


def _ends_in_break(loose: list[str]) -> bool:
    last = next((text for text in reversed(loose) if text == _BREAK or text.strip()), "")
    return last == _BREAK


def _paragraph(loose: list[str], items: _Items) -> Iterator[Block]:
    """The texts so far as a block, if they have words; the list is empty afterwards."""
    if text := tidied("".join(loose)):
        mark = items.take()
        kind = BlockKind.LIST if mark else BlockKind.PARAGRAPH
        written = not mark or unmarked(text).startswith(mark)
        yield Block(kind, text if written else f"{mark} {text}", 1)
    loose.clear()


def _whole(element: html.HtmlElement, items: _Items) -> Iterator[Block]:
    """A heading, or the rows of a table."""
    if element.tag == "table":
        yield from (Block(BlockKind.TABLE, row, 1) for row in rows_of(element))
    elif text := tidied(words(element)):
        items.take()
        yield Block(BlockKind.HEADING, text, 1, _HEADINGS[element.tag])


def _inline_around_blocks(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Elements of a line's text that have blocks in them, as a link around a heading."""
    found: set[html.HtmlElement] = set()
    for element in root.iter():
        if element.tag in INLINE:
            continue
        for outer in element.iterancestors():
            if outer.tag not in INLINE or outer in found:
                break
            found.add(outer)
    return found
