"""Markdown to metadata and blocks: CommonMark with tables, footnotes and YAML front matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ingest.formats.rows import rows_as_text
from ingest.metadata.fields import metadata_from
from ingest.prose.clean import tidy
from ingest.records import Block, BlockKind, Metadata

_CONTENT = ("inline", "code_block", "fence")


def read(text: str) -> tuple[Metadata, tuple[Block, ...]]:
    """Metadata from the front matter, and the blocks of page 1.

    The title falls back to the first heading of level 1. Front matter that is not YAML or not a
    mapping, or holds a value that is none (2024-02-30), is left out. Fields of a wrong type are
    left out too.
    """
    tokens = _parser().parse(text)
    fields = _front_matter(tokens)
    blocks = tuple(_blocks(tokens))
    if "title" not in fields:
        first = next((b for b in blocks if b.kind is BlockKind.HEADING and b.level == 1), None)
        if first:
            fields["title"] = first.text
    return metadata_from(fields), blocks


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(front_matter_plugin).use(footnote_plugin)


def _front_matter(tokens: Sequence[Token]) -> dict[str, Any]:
    """The fields of the front matter; empty where there is none that can be read."""
    for token in tokens:
        if token.type == "front_matter":
            try:
                fields = yaml.safe_load(token.content)
            except Exception:
                # Beside YAMLError whatever Python raises for a value: ValueError for 2024-02-30,
                # KeyError for "!!bool maybe", RecursionError for brackets a thousand deep.
                return {}
            return dict(fields) if isinstance(fields, dict) else {}
    return {}


def _blocks(tokens: Sequence[Token]) -> list[Block]:
    """Walk the flat token list; the open containers say what an inline run is."""
    blocks: list[Block] = []
    open_containers: list[str] = []
    rows: list[list[str]] = []
    mark = "-"
    notes = _first_of_notes(tokens)
    for place, token in enumerate(tokens):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            open_containers.append(name)
            if name == "list_item":
                mark = f"{token.info}{token.markup}" if token.info else "-"
            elif name == "tr":
                rows.append([])
        elif token.nesting == -1:
            open_containers.pop()
            if name == "table":
                blocks += [Block(BlockKind.TABLE, row, 1) for row in rows_as_text(rows)]
                rows = []
        elif token.type in _CONTENT:
            text = _plain(token)
            if "table" in open_containers:
                rows[-1].append(text)
            elif text:
                block = _block(token, text, open_containers, mark)
                marks = tuple(_marks(token, len(block.text) - len(text)))
                blocks.append(replace(block, marks=marks, note=notes.get(place, "")))
                mark = ""
    return blocks


def _block(token: Token, text: str, containers: Sequence[str], mark: str) -> Block:
    """The text of a token as a block. mark: of the list item that it opens, else empty."""
    if containers and containers[-1] == "heading":
        return Block(BlockKind.HEADING, text, 1, token.markup.count("#") or 1)
    if "footnote" in containers:
        return Block(BlockKind.FOOTNOTE, text, 1)
    if "list_item" in containers:
        return Block(BlockKind.LIST, f"{mark} {text}" if mark else text, 1)
    return Block(BlockKind.PARAGRAPH, text, 1)


def _plain(token: Token) -> str:
    """The words of an inline token, without marks, footnote references and pictures."""
    if token.children is None:
        return tidy(token.content)
    return tidy("".join(map(_words, token.children)))


def _words(child: Token) -> str:
    if child.type in ("text", "code_inline"):
        return child.content
    return " " if child.type in ("softbreak", "hardbreak") else ""


def _first_of_notes(tokens: Sequence[Token]) -> dict[int, str]:
    """Places of the tokens with which notes begin, each with the number of the note."""
    found, number = {}, ""
    for place, token in enumerate(tokens):
        if token.type == "footnote_open":
            number = _number(token)
        elif number and token.type in _CONTENT:
            found[place], number = number, ""
    return found


def _marks(token: Token, start: int) -> Iterator[tuple[int, str]]:
    """Offsets in the text of a block whose words begin at `start`, each with the number of the
    note behind it.
    """
    before = ""
    for child in token.children or ():
        before += _words(child)
        if child.type == "footnote_ref":
            yield start + len(tidy(before)), _number(child)


def _number(token: Token) -> str:
    """The number of a note as a page would show it: from 1 on, whatever the notes are called."""
    return str(token.meta["id"] + 1)
