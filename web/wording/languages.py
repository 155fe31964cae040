"""How a page says that words are in another language than its own."""

from __future__ import annotations

from markupsafe import Markup


def lang(code: str) -> Markup:
    """The attribute that says the language of words: empty for English, which pages are in, and
    where the language is not known (WCAG 2.2, success criterion 3.1.2).
    """
    return Markup(' lang="{}"').format(code) if code not in ("", "en") else Markup("")
