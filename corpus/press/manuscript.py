"""The body of a starter document: Markdown, read into blocks of spans.

The dialect is small on purpose: `##` and `###` headings, paragraphs, lists of one level, block
quotes as text boxes, pipe tables after a line `Table: caption`, emphasis, links and footnotes.
Everything else is refused with its line. Straight quotation marks become those of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from corpus.press.sources import Source, SourceError

CAPTION = "Table:"

QUOTES = {
    "en": ("“", "”", "\u2018", "\u2019"),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "de": ("„", "“", "\u201a", "\u2018"),
    "es": ("«", "»", "“", "”"),
}
"""Quotation marks by language: opening and closing double ones, then single ones. French sets them
off with no-break spaces."""
BARE_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]\u2019”»]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    link: an address, or empty.
    note: 1-based number of a footnote whose reference this is (its text is then empty), or 0.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: int = 0


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section, 2 a subsection."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `marker` is a bullet or a number with its full stop."""

    marker: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box."""

    blocks: tuple[Paragraph | Item, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; all rows are as long as the header.

    alignments: "left", "center" or "right", one a column.
    """

    caption: Spans
    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    alignments: tuple[str, ...]


Block = Heading | Paragraph | Item | TextBox | TableBlock


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The blocks of a body in order, and its footnotes: the first is note 1."""

    blocks: tuple[Block, ...]
    notes: tuple[Spans, ...]


def parse(source: Source) -> Manuscript:
    """Read the body of a source.

    Raises SourceError for a form outside the dialect, a table without a caption, a caption without
    a table, a reference to a footnote that is not defined and a footnote that is never referred to.
    """
    tree = SyntaxTreeNode(_parser(source.front.language).parse(source.body))
    reader = _Reader(source)
    notes = tuple(
        reader.spans(note.children[0].children[0])
        for block in tree.children
        if block.type == "footnote_block"
        for note in block.children
    )
    nodes = [block for block in tree.children if block.type != "footnote_block"]
    reader.refuse_lost_notes()
    return Manuscript(tuple(reader.blocks(nodes)), notes)


def _parser(language: str) -> MarkdownIt:
    options = {"typographer": True, "quotes": QUOTES[language]}
    return MarkdownIt("commonmark", options).enable(["table", "smartquotes"]).use(footnote_plugin)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the nodes of one source into blocks."""

    source: Source

    def blocks(self, nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
        """Blocks of the body; a caption and its table become one."""
        caption: SyntaxTreeNode | None = None
        for node in nodes:
            if caption and node.type != "table":
                raise self._lost_caption(caption)
            if node.type == "table":
                if not caption:
                    raise self._fault(node, "a table without caption", f"add '{CAPTION} …' above")
                yield self._table(node, _without_caption_mark(self.spans(caption.children[0])))
                caption = None
            elif node.type == "paragraph" and _text(node).startswith(CAPTION):
                caption = node
            else:
                yield from self._block(node)
        if caption:
            raise self._lost_caption(caption)

    def _lost_caption(self, caption: SyntaxTreeNode) -> SourceError:
        return self._fault(caption, "a caption without a table", "put the table right after it")

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "heading" if node.tag in ("h2", "h3"):
                yield Heading(int(node.tag[1]) - 1, self.spans(node.children[0]))
            case "blockquote":
                inner = [part for child in node.children for part in self._block(child)]
                kept = tuple(part for part in inner if isinstance(part, Paragraph | Item))
                if len(kept) < len(inner):
                    raise self._fault(node, "a box may hold paragraphs and lists only", "split it")
                yield TextBox(kept)
            case "paragraph":
                yield Paragraph(self.spans(node.children[0]))
            case "bullet_list" | "ordered_list":
                yield from self._items(node)
            case _:
                raise self._fault(node, f"'{node.tag or node.type}' is not in the dialect", "")

    def _items(self, node: SyntaxTreeNode) -> Iterator[Item]:
        number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        for offset, item in enumerate(node.children):
            if [child.type for child in item.children] != ["paragraph"]:
                raise self._fault(item, "a list item must be one paragraph", "use one level")
            marker = f"{number + offset}." if number else "•"
            yield Item(marker, self.spans(item.children[0].children[0]))

    def _table(self, node: SyntaxTreeNode, caption: Spans) -> TableBlock:
        head, *body = node.children
        rows = tuple(self._cells(row) for part in body for row in part.children)
        styles = [str(cell.attrs.get("style", "")) for cell in head.children[0].children]
        alignments = tuple(style.rpartition(":")[2] or "left" for style in styles)
        return TableBlock(caption, self._cells(head.children[0]), rows, alignments)

    def _cells(self, row: SyntaxTreeNode) -> tuple[Spans, ...]:
        return tuple(self.spans(cell.children[0]) for cell in row.children)

    def spans(self, inline: SyntaxTreeNode) -> Spans:
        """The spans of an inline node, bare addresses made into links."""
        return tuple(part for span in self._styled(inline, Span("")) for part in _linked(span))

    def _styled(self, node: SyntaxTreeNode, style: Span) -> Iterator[Span]:
        for child in node.children:
            match child.type:
                case "text":
                    if child.content:
                        yield replace(style, text=child.content)
                case "softbreak":
                    yield replace(style, text=" ")
                case "footnote_ref":
                    yield Span("", note=int(child.meta["id"]) + 1)
                case "em":
                    yield from self._styled(child, replace(style, italic=True))
                case "strong":
                    yield from self._styled(child, replace(style, bold=True))
                case "link":
                    yield from self._styled(child, replace(style, link=str(child.attrs["href"])))
                case "footnote_anchor":
                    pass
                case _:
                    raise self._fault(node, f"'{child.type}' is not in the dialect", "")

    def refuse_lost_notes(self) -> None:
        """Raise SourceError for footnotes defined and not referred to, or the other way round."""
        defined = set(re.findall(r"^\[\^([^\]]+)\]:", self.source.body, re.MULTILINE))
        referred = set(re.findall(r"\[\^([^\]]+)\](?!:)", self.source.body))
        problems = [
            f"{self.source.path}: footnote [^{label}] has no definition (add '[^{label}]: …')"
            for label in sorted(referred - defined)
        ] + [
            f"{self.source.path}: footnote [^{label}] is never referred to (remove it)"
            for label in sorted(defined - referred)
        ]
        if problems:
            raise SourceError(*problems)

    def _fault(self, node: SyntaxTreeNode, what: str, mend: str) -> SourceError:
        place = f", line {self.source.body_line + node.map[0]}" if node.map else ""
        return SourceError(f"{self.source.path}{place}: {what}" + (f" ({mend})" if mend else ""))


def _text(paragraph: SyntaxTreeNode) -> str:
    return paragraph.children[0].content


def _without_caption_mark(spans: Spans) -> Spans:
    first = spans[0]
    return (replace(first, text=first.text.removeprefix(CAPTION).lstrip()), *spans[1:])


def _linked(span: Span) -> Iterator[Span]:
    if span.link or span.note:
        yield span
        return
    end = 0
    for match in BARE_LINK.finditer(span.text):
        if match.start() > end:
            yield replace(span, text=span.text[end : match.start()])
        address = match.group()
        target = address if address.startswith("http") else f"https://{address}"
        yield replace(span, text=address, link=target)
        end = match.end()
    if end < len(span.text):
        yield replace(span, text=span.text[end:])
