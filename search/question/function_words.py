"""English words without a meaning of their own: "how", "do", "you"; and texts that have them."""

from __future__ import annotations

from index.languages.stemming import stems
from ingest.prose.language import votes

FUNCTION_TERMS = frozenset(
    stems(
        "a about am an and any are as at be been being but by can could did do does for from had "
        "has have he her how i if in into is it its many may me might mine much must my no not of "
        "on or our out over shall she should so some than that the their them then there these "
        "they this those to under up us was we were what when where which who whom whose why will "
        "with would you your"
    )
)
"""Those words, as indexed."""


def is_english(text: str) -> bool:
    """Whether no other language has more small words of a text than English."""
    others = (count for language, count in votes(text).items() if language != "en")
    return max(others, default=0) <= sum(term in FUNCTION_TERMS for term in stems(text))
