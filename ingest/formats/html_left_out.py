"""What stands on a web page beside its text: menus, banners, notices of cookies, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf

from lxml import etree, html

_NO_TEXT = (
    "script style select datalist textarea iframe embed svg noframes noembed head rp rt annotation "
    "annotation-xml"
).split()
# What stands in place of what cannot be run or seen: mostly a word about the browser, at times the
# data of a chart or a whole page.
_INSTEAD = "noscript template canvas object audio video".split()
_MENU_ROLES = frozenset("navigation search menu menubar".split())
_MENU_NAMES = frozenset(
    "navbar navigation main-navigation site-navigation topnav main-menu".split()
)
_FOOT_NAMES = frozenset("footer site-footer page-footer colophon".split())
# Within these, a header, a footer and an aside belong to the text.
_TEXTS = frozenset({"main", "article", "section", "blockquote", "figure"})
_MAIN = frozenset({"main", "article"})
_NAMED = re.compile(
    r"(?<![a-z])(?:breadcrumbs?|skip-?link|skip-to-(?:main-)?content)(?![a-z])|(?<!\S)(?:no-?print|d-print-none"
    r"|hidden-print|mw-editsection|navbox)(?!\S)"
)
_COOKIES = re.compile(
    r"(?:cookie|consent|gdpr)\S{0,40}?(?:banner|notice|bar\b|message|popup|pop-up|overlay|modal|dialog"
    r"|window|consent|prompt)|\b(?:onetrust|cookiebot|cybotcookiebot|didomi|usercentrics|cmplz)\b"
    r"|\bonetrust-|\bcc-(?:window|banner)\b|\bcookie-?law"
)
_OF_COOKIES = re.compile(r"cookie|privacy|gdpr|rgpd|dsgvo|datenschutz|куки", re.IGNORECASE)
# What is to come up with a movement is hidden until then.
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden(?!.*animation)", re.IGNORECASE)
# Rows and items of which a page shows the first ones.
_ONE_OF_MANY = frozenset({"tr", "tbody", "li"})
_TABLE_PARTS = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot"})
_LOWER_HEADINGS = frozenset(f"h{level}" for level in range(2, 7))
_TITLES_OF_PARTS = _LOWER_HEADINGS | {"h1", "dt", "th", "summary"}
_LONGEST_TITLE = 300  # characters
_NEAR = 8  # elements beside one another
_OPENS = re.compile(r"accordion|collaps|expand|faq|toggle|question", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]+)[\])]?\s*")
_WORD = re.compile(r"[\u2e80-\u9fff]{1,2}|\w+")

# Words outside of links with which a part may be text, whatever it is called: the questions of a
# survey in a form, a remark in an aside. The foot of a site has its address and terms.
_IN_PLACE, _HIDDEN, _ASIDE, _NAMED_SO, _FOOT = 40, 30, 20, 25, 150
_SHORT_NOTICE, _BETWEEN_NAMES = 25, 60
"""Words of a notice of cookies that need not name them, and those for which a longer one names
them once."""


@dataclass(frozen=True, slots=True)
class _WholePage:
    """What is asked of a page for each of its parts.

    titles: its headings of level 1. most: how many words outside of links are most of it; infinite
    where it says which part is its own text. opened: the names of the parts that its links and
    buttons open. notes: those that numbers of notes lead to.
    """

    titles: int
    most: float
    opened: frozenset[str]
    notes: frozenset[str]


def leave_out(root: html.HtmlElement, *, beside: bool) -> None:
    """Take out of a page what is no text, and with `beside` what is not this page's own.

    What may be text stays: a part with words enough outside of links, the page's main part or only
    heading of level 1, what a link or a button of the page opens, and the button that names it.
    """
    etree.strip_elements(
        root, *_NO_TEXT, etree.Comment, etree.ProcessingInstruction, with_tail=False
    )
    for element in list(root.iter(*_INSTEAD)):
        if element.get("shadowrootmode") is None and not _says(element, _IN_PLACE):
            _drop(element)
    for element in list(_beside(root, beside=beside)):
        _drop(element)
    for button in list(root.iter("button")):
        if not _names_a_part(button):
            _drop(button)


def _drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _beside(root: html.HtmlElement, *, beside: bool) -> Iterator[html.HtmlElement]:
    """The outermost elements that are not the page's own text; without `beside` only menus."""
    count = sum(sum(1 for _ in _words(one)) for one in (root, *root.iter("nav")))
    page = _WholePage(
        titles=_titles(root),
        most=inf if any(map(_is_main, root.iter())) else count // 2 + 1,
        opened=frozenset(_opened(root)),
        notes=frozenset(_noted(root)),
    )
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is root or element.tag == "body" or _is_main(element):
            continue
        if not beside and element.tag != "nav":
            continue
        enough = _enough(element, page)
        if enough and not _holds_the_page(element, page) and not _says(element, enough):
            walk.skip_subtree()
            yield element


def _opened(root: html.HtmlElement) -> Iterator[str]:
    """The names of the parts that links and buttons of a page open."""
    for element in root.iter():
        for name, value in element.items():
            if name == "onclick":
                yield from re.findall(r"[\w-]+", value)
            elif name == "aria-controls" or name.startswith("data-") or value.startswith("#"):
                yield from value.replace("#", " ").split()


def _noted(root: html.HtmlElement) -> Iterator[str]:
    """The names of the parts that links with no more than a number lead to."""
    for link in root.iter("a"):
        if link.get("href", "").startswith("#") and _NUMBER.fullmatch(link.text_content()):
            yield link.get("href")[1:]


def _enough(element: html.HtmlElement, page: _WholePage) -> float:
    """With how many words an element would be text none the less; 0 where nothing speaks against
    its being text.
    """
    tag, role = element.tag, element.get("role", "").strip().lower()
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    is_dialog = role in ("dialog", "alertdialog")
    if is_dialog and element.get("id") not in page.opened:
        return inf
    if _COOKIES.search(names) and _is_of_cookies(element):
        return inf
    if tag == "nav" or role in _MENU_ROLES:
        return page.most
    if _is_hidden(element, page.opened):
        enough = _HIDDEN
    elif tag in _TABLE_PARTS:
        enough = 0
    elif tag == "form" or is_dialog:
        enough = _IN_PLACE
    elif _NAMED.search(names):
        enough = _NAMED_SO
    else:
        enough = _enough_at_edge(element, page, {tag, role}, frozenset(names.split()))
    return min(enough, page.most)


def _enough_at_edge(
    element: html.HtmlElement, page: _WholePage, kinds: set[str], names: frozenset[str]
) -> int:
    """The same for what is at the edge of a page, unless it is within the text. kinds: the
    element's tag and role.
    """
    enough = 0
    if kinds & {"footer", "contentinfo"} or names & _FOOT_NAMES:
        noted = any(one.get("id") in page.notes for one in element.iter(etree.Element))
        enough = 0 if noted else _FOOT
    elif kinds & {"header", "banner"}:
        enough = 0 if _has_lower_heading(element) else _ASIDE
    elif kinds & {"aside", "complementary"}:
        enough = 0 if _is_between_paragraphs(element) else _ASIDE
    elif names & _MENU_NAMES:
        enough = _NAMED_SO
    within = any(one.tag in _TEXTS or _is_main(one) for one in element.iterancestors())
    return 0 if within else enough


def _is_of_cookies(element: html.HtmlElement) -> bool:
    """Whether a part that is called a notice of cookies speaks of them, or says little."""
    text = element.text_content()
    count = len(_WORD.findall(text))
    return count < _SHORT_NOTICE + _BETWEEN_NAMES * len(_OF_COOKIES.findall(text))


def _is_hidden(element: html.HtmlElement, opened: frozenset[str]) -> bool:
    """Whether a part is hidden, and nothing on the page seems to open it."""
    hidden = element.get("hidden")
    if hidden == "until-found" or element.get("role") == "tabpanel" or element.tag in _ONE_OF_MANY:
        return False
    closed = element.tag == "dialog" and element.get("open") is None
    if not closed and hidden is None and not _HIDING.search(element.get("style", "")):
        return False
    return element.get("id") not in opened and not _is_below_opener(element)


def _is_below_opener(element: html.HtmlElement) -> bool:
    """Whether what stands before an element is a heading, or is there to be pressed."""
    before = element.getprevious()
    if before is None or len(before.text_content()) > _LONGEST_TITLE:
        return False
    return any(
        one.tag in _LOWER_HEADINGS
        or one.tag in ("dt", "summary", "button")
        or one.get("onclick") is not None
        or (one.tag == "a" and one.get("href", "#").startswith(("#", "javascript:")))
        for one in before.iter()
    )


def _has_lower_heading(element: html.HtmlElement) -> bool:
    """Whether a header has a heading below level 1, menus aside: the title of a text."""
    headings = element.iter(*_LOWER_HEADINGS)
    return any(all(one.tag != "nav" for one in heading.iterancestors()) for heading in headings)


def _is_between_paragraphs(element: html.HtmlElement) -> bool:
    before = islice(element.itersiblings(preceding=True), _NEAR)
    after = islice(element.itersiblings(), _NEAR)
    return any(one.tag == "p" for one in before) and any(one.tag == "p" for one in after)


def _names_a_part(button: html.HtmlElement) -> bool:
    """Whether a button is the title of a part: set in a heading, or before the part it opens."""
    if any(one.tag in _TITLES_OF_PARTS for one in button.iterancestors()):
        return True
    states = ("aria-controls", "aria-expanded", "data-toggle", "data-bs-toggle")
    if not any(map(button.get, states)) and not _OPENS.search(button.get("class", "")):
        return False
    part = button.getnext()
    return part is not None and part.tag in ("div", "section", "dd", "p", "ul", "ol", "table")


def _holds_the_page(element: html.HtmlElement, page: _WholePage) -> bool:
    """Whether an element has the page's main part or its only heading of level 1."""
    if any(map(_is_main, element.iter())):
        return True
    own = _titles(element)
    return own > 0 and own == page.titles


def _is_main(element: html.HtmlElement) -> bool:
    return element.tag in _MAIN or element.get("role") in _MAIN


def _titles(element: html.HtmlElement) -> int:
    """How many headings of level 1 an element has."""
    return sum(1 for _ in element.iter("h1"))


def _says(element: html.HtmlElement, count: float) -> bool:
    """Whether an element has that many words outside of links."""
    return count < inf and sum(1 for _ in islice(_words(element), int(count))) == count


def _words(element: html.HtmlElement) -> Iterator[str]:
    """The words of an element outside of links, buttons and menus."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start" and one.tag in ("a", "button", "nav") and one is not element:
            walk.skip_subtree()
        elif event == "start":
            yield from _WORD.findall(one.text or "")
        if event == "end" and one is not element:
            yield from _WORD.findall(one.tail or "")
