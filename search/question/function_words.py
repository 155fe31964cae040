"""English words without a meaning of their own: "how", "do", "you"."""

from __future__ import annotations

from index.languages.stemming import stems

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
