"""Notes of a web page: a mark and its note stay tied to each other while the page becomes blocks.

A mark that is taken out leaves a private character, and so does the beginning of the element that
its link leads to. `tidied` keeps them where blocks are made, and `Marks.told` reads and takes them
out. A page with such characters of its own keeps no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import html

from ingest.prose.clean import tidy
from ingest.prose.note_marks import labels_of
from ingest.records import Block

_FIRST, _LAST = 0xF0000, 0xFFFFD
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")


def unmarked(text: str) -> str:
    """A text without what marks left in it."""
    return text if text.isascii() else _PRIVATE.sub("", text)


def tidied(text: str) -> str:
    """What `ingest.prose.clean.tidy` makes of a text, with what marks left in it."""
    done = tidy(text)
    if not done or text.isascii():
        return done
    for found in reversed(list(_PRIVATE.finditer(text))):
        place = len(tidy(text[: found.start()]))
        done = done[:place] + found[0] + done[place:]
    return done


class Marks:
    """What the marks of a page left in it."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._root = root
        self._shown = _PRIVATE.search(root.text_content()) is None
        self._labels: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._targets: dict[str, str] = {}

    def leave(self, raised: html.HtmlElement) -> None:
        """Keep the place of a mark with a link to its note, which is about to be taken out."""
        for link, label in _links(raised):
            if sign := self._sign():
                self._labels[sign] = label
                self._targets[link] = label
                raised.tail = sign + (raised.tail or "")

    def find_notes(self) -> None:
        """Mark the beginnings of the notes that the marks link to."""
        named: dict[str, html.HtmlElement] = {}
        for element in self._root.xpath("//*[@id or @name]") if self._targets else ():
            for name in (element.get("id"), element.get("name")):
                named.setdefault(name, element)
        for link, label in self._targets.items():
            sign = self._sign() if link in named else ""
            if sign:
                self._notes[sign] = label
                element = named[link]
                own = (one for one in element.iter() if isinstance(one.tag, str))
                first = next((one for one in own if (one.text or "").strip()), element)
                first.text = sign + (first.text or "")

    def told(self, block: Block) -> Block:
        """A block without what marks left in its text, but with the marks themselves."""
        if block.text.isascii() or not _PRIVATE.search(block.text):
            return block
        marks, note = [], ""
        for found in _PRIVATE.finditer(block.text):
            note = note or self._notes.get(found[0], "")
            if found[0] in self._labels:
                offset = len(_PRIVATE.sub("", block.text[: found.start()]))
                marks.append((offset, self._labels[found[0]]))
        return replace(block, text=_PRIVATE.sub("", block.text), marks=tuple(marks), note=note)

    def _sign(self) -> str:
        """A private character that is not in use; empty where there is none."""
        place = _FIRST + len(self._labels) + len(self._notes)
        return chr(place) if self._shown and place <= _LAST else ""


def _links(raised: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The names of the places on the page that a mark leads to, each with its number."""
    links = raised.xpath("descendant::a[starts-with(@href, '#')]")
    around = raised.xpath("ancestor::a[starts-with(@href, '#')][1]")
    own = [raised] if raised.tag == "a" else []
    for link in own or links or around:
        for label in list(labels_of(link.text_content()))[:1]:
            yield link.get("href")[1:], label
