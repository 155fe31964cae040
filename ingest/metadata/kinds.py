"""The kind of a document, guessed from file name and title."""

from __future__ import annotations

import re

from corpus.kinds import KINDS

__all__ = ["KINDS", "guess"]

_CUES: tuple[tuple[str, str], ...] = (
    (r"evaluat|évaluation|evaluación|evaluierung|review of|mid-?term review", "evaluation"),
    (r"\bminutes\b|meeting notes|compte rendu|protokoll|procès-verbal", "minutes"),
    (r"guid(e|ance|elines?)\b|handbook|manual|toolkit|weisung|leitfaden|guía", "guidance"),
    (r"\bpodcasts?\b|transcript", "podcast"),
    (r"\b(webinar|conference|workshop|seminar|forum|readout|event)\b", "event"),
    (r"\bbrief(ing)?\b|factsheet|fact sheet|summary|note d'information", "brief"),
)


def guess(*hints: str) -> str:
    """The kind that the first matching cue in the hints (title, file name) speaks for.

    Hints are tried in order; "report" when no cue matches any of them.
    """
    for hint in hints:
        words = re.sub(r"[_\-.]+", " ", hint.lower())
        for cue, kind in _CUES:
            if re.search(cue, words):
                return kind
    return "report"
