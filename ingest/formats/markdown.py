"""Markdown to metadata and blocks: CommonMark with tables, footnotes and YAML front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ingest.formats import html
from ingest.formats.html import TooDeepError
from ingest.formats.html_words import INLINE
from ingest.formats.rows import rows_as_text
from ingest.metadata.fields import metadata_from
from ingest.prose.clean import tidy
from ingest.records import Block, BlockKind, Metadata

_DEEPEST = 100_000
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
# A text that begins with a line across the page, and not with fields.
_WORDS_BETWEEN_LINES = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?:[ \t]*\r?\n|(?![ \t]*[\w\"'-]+[ \t]*:)[ \t]*[\w*_>-])"
)
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)")
# Of elements that set words apart: in a cell of a table lists are written so.
_BLOCKS = frozenset("br p div ul ol li table tr td th hr h1 h2 h3 h4 h5 h6 blockquote".split())
# "a <b and c> d": an element's attributes have values.
_BARE = re.compile(r"\s[\w-]+(?=[\s>])")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""")
_NEAR = 4  # parts of a line
_CONTENT = ("inline", "code_block", "fence", "html_block")


def read(text: str) -> tuple[Metadata, tuple[Block, ...]]:
    """Metadata from the front matter, and the blocks of page 1.

    The title falls back to the first heading of level 1. Front matter that is not YAML or not a
    mapping, or holds a value that is none (2024-02-30), is left out. Fields of a wrong type are
    left out too. HTML among the text is read as such. Raises TooDeepError.
    """
    stated = _TOML.match(text)
    body = text[stated.end() :] if stated else text
    try:
        tokens = _parser(body).parse(_with_lone_notes(body))
    except RecursionError:
        raise TooDeepError from None
    fields = _from_toml(stated[1]) if stated else _front_matter(tokens)
    fields = _as_named_elsewhere(fields) | fields
    blocks = tuple(_blocks(tokens))
    if "title" not in fields:
        first = next((b for b in blocks if b.kind is BlockKind.HEADING and b.level == 1), None)
        if first:
            fields["title"] = first.text
    return metadata_from(fields), blocks


def _with_lone_notes(text: str) -> str:
    """The text with notes that no mark leads to as paragraphs: the parser drops them."""
    led_to = set(_NOTE_MARK.findall(text))
    return _NOTE.sub(lambda note: note[0] if note[1] in led_to else f"[{note[1]}] ", text)


def _from_toml(stated: str) -> dict[str, Any]:
    try:
        return tomllib.loads(stated)
    except (ValueError, RecursionError):
        return {}


def _as_named_elsewhere(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields under the names that makers of sites and pandoc use for them."""
    return {
        "authors": fields.get("author"),
        "year": str(fields.get("date", ""))[:4],
        "language": fields.get("lang"),
    }


def _parser(text: str) -> MarkdownIt:
    # The preset stops without a word at the 20th list or quote within another.
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    if not _WORDS_BETWEEN_LINES.match(text):
        parser.use(front_matter_plugin)
    return parser.use(footnote_plugin)


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
            open_containers.append(token.tag if name == "heading" else name)
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
            if "table" in open_containers:
                rows[-1].append(_plain(token))
            elif found := _content(token, open_containers, mark, notes.get(place, "")):
                blocks += found
                mark = ""
    return blocks


def _content(token: Token, containers: Sequence[str], mark: str, note: str) -> tuple[Block, ...]:
    """The blocks of a token: several where it is HTML, none where it has no words."""
    if token.type == "html_block":
        return html.read_part(token.content)
    if not (text := _plain(token)):
        return ()
    block = _block(token, text, containers, mark)
    marks = tuple(_marks(token, len(block.text) - len(text)))
    return (replace(block, marks=marks, note=note),)


def _block(token: Token, text: str, containers: Sequence[str], mark: str) -> Block:
    """The text of a token as a block. mark: of the list item that it opens, else empty."""
    if containers and (level := _HEADINGS.get(containers[-1])):
        return Block(BlockKind.HEADING, text, 1, level)
    if "footnote" in containers:
        return Block(BlockKind.FOOTNOTE, text, 1)
    if "list_item" in containers:
        return Block(BlockKind.LIST, f"{mark} {text}" if mark else text, 1)
    return Block(BlockKind.PARAGRAPH, text, 1)


def _plain(token: Token) -> str:
    """The words of an inline token, without marks, footnote references and pictures."""
    if token.children is None:
        return tidy(token.content)
    return tidy("".join(map(_words, _children(token))))


def _children(token: Token) -> list[Token]:
    """The parts of an inline token without raised numbers of notes: "250<sup>3</sup>"."""
    children = list(token.children or ())
    tags = [part.content.lower() if part.type == "html_inline" else "" for part in children]
    for place in range(len(children) - 3, -1, -1):
        if (tags[place], tags[place + 2]) == ("<sup>", "</sup>"):
            before = "".join(map(_words, children[max(0, place - _NEAR) : place]))
            after = "".join(map(_words, children[place + 3 : place + 4]))
            if html.is_note_number(before, _words(children[place + 1]), after):
                del children[place : place + 3]
    return children


def _words(child: Token) -> str:
    if child.type in ("text", "code_inline"):
        return child.content
    if child.type == "html_inline":
        return _in_place_of(child.content)
    return " " if child.type in ("softbreak", "hardbreak") else ""


def _in_place_of(tag: str) -> str:
    """What an inline tag is among the words: itself where it is none, as in "List<String>"."""
    found = _TAG.match(tag)
    if not found:
        return ""  # a comment
    name = found[1].lower()
    if name in _BLOCKS:
        return " "
    return "" if name in INLINE and not _BARE.search(_VALUE.sub("=", tag)) else tag


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
    for child in _children(token):
        before += _words(child)
        if child.type == "footnote_ref":
            yield start + len(tidy(before)), _number(child)


def _number(token: Token) -> str:
    """The number of a note as a page would show it: from 1 on, whatever the notes are called."""
    return str(token.meta["id"] + 1)
