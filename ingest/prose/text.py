"""Plain text to blocks: paragraphs, list items, headings, and form feeds as page ends."""

from __future__ import annotations

import os
import re
from pathlib import Path

from corpus.signatures import not_text
from ingest.prose.clean import LINE_HYPHENS, Vocabulary, join, tidy
from ingest.records import Block, BlockKind, Health, Page

_ITEM = re.compile(r"^(?:[-*•‣▪◦·–]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)(?=\S)")
_NUMBERED = re.compile(
    r"^(?:(?:chapter|section|part|annex|appendix)\s+)?(\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)]?\s+\S"
)
_MARKED = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
# The time at which something is said, as transcripts have it.
_TIMED = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?[\])]?(?=\s|$)")
_UNDERLINE = re.compile(r"={3,}")
_THIN_UNDERLINE = re.compile(r"-{3,}|~{3,}")
_ABOUT = 2  # characters by which a thin line may be longer or shorter: others part and end texts
# Of a heading that is known by its look alone.
_LONGEST_HEADING = 100
_MOST_WORDS = 14
# The end of a line that divides a word; a line of hyphens below a title does not, nor does a dash.
_DIVIDED = re.compile(r"\w[-\u00ad]$")

_UNREADABLE = range(0xDC80, 0xDD00)
"""What bytes that are no UTF-8 become under Python's error handler "surrogateescape"."""

_UNDECODED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\0-\x7f]")

# Left out are tab, line ends, form feed, backspace (overstrikes), escape (colours), the end mark of
# CP/M and the separators FS to US, which texts hold by the hundred.
_CONTROLS = [chr(code) for code in (*range(8), *range(0x0E, 0x1A), 0x7F)]
# What a power cut leaves in a log, a cut log begins with, and a block is filled up with.
_HOLE = re.compile("\0{16,}")
_FEW, _MOST_CONTROLS = 20, 0.04
"""Control characters that a text may have: a few, and a part of all its characters. Of 1,190
programs, pictures, fonts and packed files all but one, a dictionary, had .066 or more; 4,546 texts
had none."""

_LOOKED_AT = 1 << 20
"""Bytes that say whether a file is a text: one of 500 MB is not decoded twice."""


def decode(data: bytes) -> str:
    """Bytes to text: UTF-8 or UTF-16 by its mark, else UTF-16 of Latin letters by its NULs, else
    UTF-8, else Windows-1252.

    A text that is UTF-8 but for a few bytes is read as UTF-8, and these bytes as Windows-1252: one
    was put together of two, or is cut within a letter. Bytes that Windows-1252 leaves undefined
    become U+FFFD.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) < 0.05 * len(data) and max(even, odd) > 0.4 * len(data):
        return data.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = data.decode("utf-8-sig", errors="surrogateescape")
        wrong = len(_UNDECODED.findall(found))
        right = len(_BEYOND_ASCII.findall(found)) - wrong
        if right > wrong:
            return _UNDECODED.sub(_of_windows, found)
        return data.decode("cp1252", errors="replace")


def _of_windows(undecoded: re.Match[str]) -> str:
    return bytes([ord(undecoded[0]) - 0xDC00]).decode("cp1252", errors="replace")


def is_undecoded(data: bytes) -> bool:
    """Whether what `decode` makes of a text is no language: Russian or Greek of one byte a letter,
    taken for Western letters. No language has as many accents among its letters.
    """
    sample = data[:_LOOKED_AT]
    beyond = sum(byte > 0x7F for byte in sample)
    ascii_letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if beyond <= _FEW or beyond < ascii_letters or sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    found = sample.decode("utf-8", errors="surrogateescape")
    wrong = len(_UNDECODED.findall(found))
    return wrong > len(_BEYOND_ASCII.findall(found)) - wrong and sample.count(0) < 0.3 * len(sample)


def foreign(data: bytes) -> tuple[str, str] | None:
    """What the bytes of a file are, and what mends it, where they are clearly no text.

    Some control characters are none the less a text: NULs in a log, codes of a word processor.
    """
    if found := not_text(data):
        return found
    text = _HOLE.sub("", decode(data[:_LOOKED_AT]))
    if sum(map(text.count, _CONTROLS)) > _FEW + _MOST_CONTROLS * len(text):
        return "no text", "give it the ending of its kind, or save it as text in UTF-8"
    return None


def fault(text: str) -> str:
    """Why a text of a file can be neither stored nor encoded, in words; empty when it can.

    Bytes that are no UTF-8 are seen where they were read with the error handler "surrogateescape".
    """
    if any(ord(char) in _UNREADABLE for char in text):
        return "not UTF-8: save the file as UTF-8"
    if "\0" in text:
        return "a NUL character: save the file as UTF-8 text"
    if not is_whole(text):
        return "half of a character (a lone surrogate)"
    return ""


def has_word(text: str) -> bool:
    """Whether a text has a letter or a digit: without one it asks and says nothing."""
    return any(map(str.isalnum, text))


def is_mostly_letters(text: str, fewest: int) -> bool:
    """Whether a text has at least `fewest` letters, and more letters than other signs."""
    letters = sum(map(str.isalpha, text))
    return letters >= fewest and letters > 0.5 * len(text.replace(" ", ""))


def is_whole(text: str) -> bool:
    """Whether a text holds no half of a character, a lone surrogate."""
    return not any(0xD800 <= ord(char) <= 0xDFFF for char in text)


def letters_of(text: str) -> str:
    """A text by its letters and figures alone, to compare it with another spelling of it."""
    return "".join(character for character in text.casefold() if character.isalnum())


def file_name(path: Path) -> str:
    """The last part of a path as a text that can be stored; bytes that are no UTF-8 as `decode`."""
    return decode(os.fsencode(path.name)) if fault(path.name) else path.name


def pages(text: str) -> tuple[Page, ...]:
    """Pages of a plain text, split at form feeds; a page without words is EMPTY.

    A word that is divided over two lines of a paragraph is whole, as `clean.join` has it.
    """
    vocabulary = Vocabulary(line.rstrip() for line in text.splitlines())
    found = []
    for number, part in enumerate(text.rstrip("\f").split("\f"), start=1):
        found.append(page(number, tuple(_blocks(part, number, vocabulary))))
    return tuple(found)


def page(number: int, blocks: tuple[Block, ...]) -> Page:
    """A page of blocks, TEXT when there are any, else EMPTY."""
    return Page(number, Health.TEXT if blocks else Health.EMPTY, blocks)


def _blocks(text: str, number: int, vocabulary: Vocabulary) -> list[Block]:
    """The blocks of a page; blank lines part them."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for raw in chunk.split("\n") if (line := _line(raw))]
        if len(lines) > 1 and (level := _underlined(lines[0], lines[1])):
            blocks.append(Block(BlockKind.HEADING, lines[0], number, level))
            lines = lines[2:]
        for group in _grouped(lines):
            whole = _joined(group, vocabulary)
            blocks.append(_block(whole, alone=len(lines) == 1, number=number))
    return blocks


def _underlined(line: str, below: str) -> int:
    """The level of a heading with a line of signs below it; 0 where it is none."""
    if _UNDERLINE.fullmatch(below):
        return 1
    is_as_long = abs(len(line) - len(below)) <= _ABOUT
    return 2 if is_as_long and has_word(line) and _THIN_UNDERLINE.fullmatch(below) else 0


def _line(raw: str) -> str:
    """What `tidy` makes of a line, with a hyphen at its end kept: "-", or U+00AD for a soft one."""
    line, end = tidy(raw), raw.rstrip()[-1:]
    if not line or end in "-\u2010" or end not in LINE_HYPHENS:
        return line
    return line + ("\u00ad" if end == "\u00ad" else "-")


def _joined(lines: list[str], vocabulary: Vocabulary) -> str:
    parts = [""]
    for line in lines:
        if _DIVIDED.search(parts[-1]):
            parts[-1] = join(parts[-1], line, vocabulary)
        else:
            parts.append(line)
    return " ".join(parts).replace("\u00ad", "").strip()


def _grouped(lines: list[str]) -> list[list[str]]:
    """Lines without a blank one between as paragraphs, list items and marked headings."""
    groups: list[list[str]] = []
    for line in lines:
        begins = not groups or any(sign.match(line) for sign in (_ITEM, _MARKED, _TIMED))
        if begins or _MARKED.match(groups[-1][-1]):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _block(text: str, *, alone: bool, number: int) -> Block:
    """A text as a block of page `number`. alone: it is a line between blank ones."""
    if match := _MARKED.match(text):
        return Block(BlockKind.HEADING, match[2] or text, number, len(match[1]))
    if alone and (level := _heading_level(text)):
        return Block(BlockKind.HEADING, text, number, level)
    if match := _ITEM.match(text):
        mark = match[0].strip()
        body = text[match.end() :]
        return Block(BlockKind.LIST, f"{mark if mark[-1] in '.)' else '-'} {body}", number)
    return Block(BlockKind.PARAGRAPH, text, number)


def _heading_level(text: str) -> int:
    """1 to 6 for a line that stands alone and looks like a heading, else 0."""
    if len(text) > _LONGEST_HEADING or text[-1] in ".;:,!" or len(text.split()) > _MOST_WORDS:
        return 0
    if match := _NUMBERED.match(text):
        return min(6, match[1].count(".") + 1)
    letters = [char for char in text if char.isalpha()]
    return 1 if len(letters) > 3 and all(char.isupper() for char in letters) else 0
