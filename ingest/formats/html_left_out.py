"""What stands on a web page beside its text: menus, banners, notices of cookies, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

_NO_TEXT = (
    *"script style noscript template nav select datalist textarea iframe svg canvas object".split(),
    *"embed audio video head noframes noembed rp rt annotation annotation-xml".split(),
)
_ROLES = frozenset("navigation search dialog alertdialog menu menubar".split())
_ENDS = frozenset({"header", "footer", "aside"})
_END_ROLES = frozenset({"banner", "contentinfo", "complementary"})
# Within these, a header, a footer and an aside belong to the text.
_TEXTS = frozenset({"main", "article", "section", "blockquote", "figure"})
_NAMED = re.compile(
    r"(?<![a-z])(?:breadcrumbs?|skip-?link|skip-to-(?:main-)?content)(?![a-z])|(?<!\S)(?:no-?print|d-print-none"
    r"|hidden-print|mw-editsection|navbox)(?!\S)"
)
_NAMED_ENDS = frozenset(
    "footer site-footer page-footer colophon navbar navigation main-navigation site-navigation "
    "topnav main-menu".split()
)
_COOKIES = re.compile(
    r"(?:cookie|consent|gdpr)\S{0,40}?(?:banner|notice|bar\b|message|popup|pop-up|overlay|modal|dialog"
    r"|window|consent|prompt)|\b(?:onetrust|cookiebot|cybotcookiebot|didomi|usercentrics|cmplz)\b"
    r"|\bonetrust-|\bcc-(?:window|banner)\b|\bcookie-?law"
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PAGE = frozenset({"html", "body", "main", "article"})


@dataclass(frozen=True, slots=True)
class _WholePage:
    """What is asked of a page for each of its parts.

    length: of its text, in characters. titles: its headings of level 1. opened: the names of the
    parts that its links and buttons open.
    """

    length: int
    titles: int
    opened: frozenset[str]


def leave_out(root: html.HtmlElement, *, beside: bool) -> None:
    """Take out of a page what is no text, and with `beside` what is not this page's own.

    A hidden part that a link or a button of the page opens stays, as an accordion's does. So does
    the only heading of level 1, a form around the whole page, and a button that is a heading.
    """
    etree.strip_elements(
        root, *_NO_TEXT, etree.Comment, etree.ProcessingInstruction, with_tail=False
    )
    buttons = [one for one in root.iter("button") if not _has_ancestor(one, _HEADINGS)]
    for element in buttons + (list(_beside(root)) if beside else []):
        if element.getparent() is not None:
            element.drop_tree()


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def _beside(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The outermost elements that are not the page's own text."""
    page = _WholePage(len(root.text_content()), _titles(root), frozenset(_opened(root)))
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and _is_beside(element, page):
            walk.skip_subtree()
            yield element


def _opened(root: html.HtmlElement) -> Iterator[str]:
    """The names of the parts that links and buttons of a page open."""
    for element in root.iter():
        for name in ("aria-controls", "href", "data-target", "data-bs-target"):
            value = element.get(name, "")
            if value.startswith("#") or name == "aria-controls":
                yield from value.replace("#", " ").split()


def _is_beside(element: html.HtmlElement, page: _WholePage) -> bool:
    tag, role = element.tag, element.get("role", "").strip().lower()
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if tag in _PAGE:
        return False
    if tag == "form":
        return not _is_around_the_page(element, page)
    if role in _ROLES or _NAMED.search(names) or _is_hidden(element, page.opened):
        return not _holds_the_page(element, page)
    if _COOKIES.search(names):
        return not _holds_the_page(element, page)
    if tag in _ENDS or role in _END_ROLES or _NAMED_ENDS.intersection(names.split()):
        return not _has_ancestor(element, _TEXTS) and not _holds_the_page(element, page)
    return False


def _is_hidden(element: html.HtmlElement, opened: frozenset[str]) -> bool:
    hidden = element.get("hidden")
    if hidden == "until-found" or element.get("role") == "tabpanel":
        return False
    if hidden is None and not _HIDING.search(element.get("style", "")):
        return element.tag == "dialog" and element.get("open") is None
    return element.get("id") not in opened


def _holds_the_page(element: html.HtmlElement, page: _WholePage) -> bool:
    """Whether an element has the page's main part or its only heading of level 1."""
    if next(element.iter("main", "article"), None) is not None:
        return True
    own = _titles(element)
    return own > 0 and own == page.titles


def _titles(element: html.HtmlElement) -> int:
    """How many headings of level 1 an element has."""
    return sum(1 for _ in element.iter("h1"))


def _is_around_the_page(form: html.HtmlElement, page: _WholePage) -> bool:
    """Whether a form is set around a page's text, as servers of ASP.NET do."""
    if _holds_the_page(form, page):
        return True
    return len(form.text_content()) > 0.5 * page.length


def _has_ancestor(element: html.HtmlElement, tags: frozenset[str]) -> bool:
    return any(one.tag in tags for one in element.iterancestors())
