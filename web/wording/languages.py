"""How a page says that words are in another language than its own."""

from __future__ import annotations

from markupsafe import Markup


def lang(code: str) -> Markup:
    """The attribute of words in another language than the page's, which is English; empty for
    English and where the language is not known (WCAG 2.2, success criterion 3.1.2).
    """
    return Markup(' lang="{}"').format(code) if code not in ("", "en") else Markup("")
