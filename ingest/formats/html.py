"""HTML to metadata and blocks."""

from __future__ import annotations

import re

from lxml import etree, html

from ingest.formats.html_blocks import blocks_of
from ingest.formats.html_encoding import decoded
from ingest.formats.html_left_out import leave_out
from ingest.formats.html_notes import Marks, unmarked
from ingest.formats.html_words import INLINE, words
from ingest.metadata.fields import metadata_from
from ingest.records import Block, Metadata

# What follows the end of a page is read too: saved e-mails are one page after another.
_ENDS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
# What a tree cannot be given back once it has it, written out or by its number.
_FORM_FEED = re.compile(r"\f|&#(?:0*12|[xX]0*[cC])(?:;|(?![0-9a-fA-F]))")
_CONTROLS = re.compile(
    "[\0-\x08\x0b\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|11|1[4-9]|2\\d|3[01]|6553[45])"
    "|[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]))(?:;|(?![0-9a-fA-F]))"
)
# Words of a page that has more than what it says until its scripts have run: of one that asks for
# them, and of one with an empty place, of which some are only short.
_FEWEST_IF_ASKED, _FEWEST_BESIDE_PLACE = 25, 8
# Elements without text that may stand between a word and the number of its note.
_FAR = 30
# What says that a link points to a note: its role, or where it leads in Word's and other pages.
_NOTE_ROLE = re.compile(r"\b(?:doc-)?noteref\b|\bfootnote-ref", re.IGNORECASE)
_NOTE_PLACE = re.compile(
    r"#_?(?:ftn|edn|fn|footnote|endnote|note|cite_note)[-_:]?\d", re.IGNORECASE
)
# Stars stay: in tables of results they say how sure a figure is.
_NOTE_NUMBER = re.compile(r"[\[(]?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*[\])]?|[†‡§]+|[,;]")
_BEFORE_NOTE = re.compile(r"[\w.,;:!?)\]%”’\"'»€$£]$")
_BEFORE_POWER = re.compile(r"(?:\b[kcdm]?m|\bft|\bCO|\b[Rrχ])$")
_REST_OF_FRACTION = re.compile(r"\s*[/⁄]\s*(?:\d|$)")


class TooDeepError(ValueError):
    """Elements within elements, more of them than the parser takes."""


class MadeByScriptsError(ValueError):
    """A page whose text scripts would make: the file has next to none."""


def read(data: bytes) -> tuple[Metadata, tuple[Block, ...]]:
    """Metadata from the head, and the blocks of page 1. Empty when there is no markup to parse.

    Raised numbers of notes are left out: "250³" would be read as 2503. So are menus, banners and
    the like, unless nothing else is on the page. Raises TooDeepError and MadeByScriptsError.
    """
    root = _parsed(data)
    if root is None:
        return Metadata(), ()
    metadata, fewest = _metadata(root), _fewest_words(root)
    blocks = _blocks(root, data)
    if sum(len(block.text.split()) for block in blocks) < fewest:
        raise MadeByScriptsError
    return metadata, blocks


def read_part(text: str) -> tuple[Block, ...]:
    """The blocks of some HTML in a text of another format. Raises TooDeepError."""
    data = text.encode(errors="replace")
    root = _parsed(data)
    return () if root is None else _blocks(root, data)


def _fewest_words(root: html.HtmlElement) -> int:
    """With how many words a page says something: it may ask for scripts, or have some and an empty
    place for what they make.
    """
    if any("javascript" in one.text_content().lower() for one in root.iter("noscript")):
        return _FEWEST_IF_ASKED
    if next(root.iter("script"), None) is None:
        return 0
    places = root.xpath("//body//div[@id] | //body//main | //body//*[contains(name(), '-')]")
    is_empty = any(not one.text_content().strip() for one in places)
    return _FEWEST_BESIDE_PLACE if is_empty else 0


def _parsed(data: bytes) -> html.HtmlElement | None:
    """The tree of a page; None where there is nothing to parse."""
    clean = _CONTROLS.sub("", _FORM_FEED.sub(" ", decoded(data)))
    text = _ENDS.sub(b" ", clean.encode(errors="replace"))
    # Left to itself the parser takes Latin-1, also for a title that stands before its <meta>, stops
    # without a word at the 256th element within another, and drops the rest.
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise TooDeepError
    return root


def _blocks(root: html.HtmlElement, data: bytes) -> tuple[Block, ...]:
    """The blocks of a page without what is beside its text, unless that is all there is."""
    leave_out(root, beside=True)
    if not (blocks := _of_text(root)) and (whole := _parsed(data)) is not None:
        leave_out(whole, beside=False)
        blocks = _of_text(whole)
    return blocks


def _of_text(root: html.HtmlElement) -> tuple[Block, ...]:
    for formula in root.iter("math"):
        formula.text = words(formula)
        del formula[:]
    marks = Marks(root)
    _drop_note_numbers(root, marks)
    return tuple(marks.told(block) for block in blocks_of(root))


def _drop_note_numbers(root: html.HtmlElement, marks: Marks) -> None:
    for raised in list(root.iter("sup", "a")):
        within = any(one.tag in ("sup", "a") for one in raised.iterancestors())
        if raised.tag == "a" and (within or not _says_note(raised)):
            continue
        if raised.getparent() is not None and _is_note_number(raised):
            marks.leave(raised)
            raised.drop_tree()
    marks.find_notes()


def _says_note(link: html.HtmlElement) -> bool:
    """Whether a link that is not raised points to a note none the less, by its own word."""
    if not _NOTE_NUMBER.fullmatch(link.text_content().strip()):
        return False
    role = f"{link.get('role', '')} {link.get('epub:type', '')} {link.get('class', '')}"
    return bool(_NOTE_ROLE.search(role) or _NOTE_PLACE.match(link.get("href", "")))


def _is_note_number(raised: html.HtmlElement) -> bool:
    """Whether a raised text points to a note: not the number before a note, a power or "1/2"."""
    if any("#" in str(link) for link in raised.xpath(".//a/@href")):
        return bool(_text_before(raised).strip())
    return is_note_number(_text_before(raised), raised.text_content(), raised.tail or "")


def is_note_number(before: str, raised: str, after: str) -> bool:
    """Whether a raised text points to a note, by the texts right before and after it."""
    text = raised.strip()
    if not _NOTE_NUMBER.fullmatch(text) or not _BEFORE_NOTE.search(before.rstrip()):
        return False
    power = text in ("2", "3") and _BEFORE_POWER.search(before.rstrip())
    return not power and not _REST_OF_FRACTION.match(after)


def _text_before(element: html.HtmlElement) -> str:
    """What stands right before an inline element in its paragraph; "" where it begins one."""
    for _ in range(_FAR):
        if element.tag not in INLINE or element.tag == "br":
            break
        previous, parent = element.getprevious(), element.getparent()
        if previous is None:
            if parent is None or unmarked(parent.text or ""):
                return "" if parent is None else unmarked(parent.text)
            element = parent
        elif unmarked(previous.tail or ""):
            return unmarked(previous.tail)
        elif previous.tag in INLINE and unmarked(previous.text_content()):
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
