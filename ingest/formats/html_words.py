"""The words of an element of a web page, kept apart where a browser would set them apart."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

INLINE = frozenset(
    "a abbr acronym b bdi bdo big br button cite code data del dfn em font i img ins kbd label "
    "mark math nobr o:p q rb ruby s samp small span st1:place strike strong sub sup time tt u var "
    "wbr".split()
)
"""Elements that go on in the line of the text around them."""


def words(element: html.HtmlElement) -> str:
    """The text in an element, with a space at each line break and beside each block.

    Spaces are not made single.
    """
    return "".join(_parts(element))


def _parts(element: html.HtmlElement) -> Iterator[str]:
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if one.tag not in INLINE or one.tag == "br":
            yield " "
        if event == "start":
            yield one.text or ""
        elif one is not element:
            yield one.tail or ""
