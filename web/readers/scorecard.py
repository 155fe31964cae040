"""How good finding and tagging are, in words and figures, and how to measure them again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, render_template

from index.learning import elsewhere
from index.learning import scorecard as cards
from index.status import status_of
from index.tagging.tagger import TaggerError
from index.tagging.teachable import from_shipped, own_labels
from search.measuring import figures
from web.context import current, freshness
from web.context.problems import json_response

blueprint = Blueprint("scorecard", __name__)
freshness.register(blueprint)

MEASURES = {
    "hit@1": "The first passage answers",
    "hit@5": "An answer is among the first five",
    "MRR@10": "How high up the answer stands",
    "page": "The page given is right",
}
"""Measures that are shown for each set of questions, and the words for them."""


@blueprint.get("/scorecard")
def page() -> str:
    """How good finding and tagging are, in figures and words for laypeople."""
    library = current.library()
    return render_template(
        "scorecard.html",
        state=status_of(library),
        card=_card(),
        elsewhere=_elsewhere(),
        figures=figures.load(figures.KEPT),
        measures=MEASURES,
        taxonomy=library.taxonomy,
        own_labels="" if from_shipped(library.taxonomy) else own_labels(library.taxonomy),
    )


@blueprint.get("/api/v1/scorecard")
def as_json() -> Response:
    """The figures of the library's tagger, and those of finding."""
    found = figures.load(figures.KEPT)
    finding = asdict(found) if found else None
    real = [asdict(one) for one in _elsewhere()]
    return json_response({"tagging": _card(), "tagging_elsewhere": real, "finding": finding})


def _card() -> dict[str, Any] | None:
    try:
        return cards.of_library(current.library())
    except TaggerError:
        return None


def _elsewhere() -> tuple[elsewhere.Elsewhere, ...]:
    try:
        folder = current.library().tagger_folder()
    except TaggerError:
        return ()
    return elsewhere.of(folder) if folder else ()
