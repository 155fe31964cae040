"""Choosing a partner: answers to a few questions become a brief of one page, each line with the
passages that speak of it.

What to ask follows section V of the report named in `corpus/alignment.toml`: experience, design of
the programme, level and type of actor, phase of interest. The words are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from werkzeug.exceptions import BadRequest

from index.filters import Filters
from search.find import find
from search.records import Result
from web import current
from web.asked import Asked
from web.evidence import told

blueprint = Blueprint("brief", __name__)

_PASSAGES = 2
"""Passages a line, so that a brief of nine lines stays near one printed page."""

_LEAST = 0.44
"""Score from which a passage is shown. The two best passages for each of the 22 choices, judged by
eye: over the starter library 34 of 39 from .44 on bear on the line, 1 of 5 below; over 13 reports
on other subjects one in 44 lies above, and it does not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer. words: as it stands in the brief. question: what the library is asked about it."""

    id: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """A thing to settle about a partner. name: of its parameter."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the brief. asked: the search behind it. results: the passages that speak of it,
    best first; empty when none does.
    """

    title: str
    words: str
    asked: Asked
    results: tuple[Result, ...]


def _aspect(name: str, title: str, **choices: tuple[str, str]) -> Aspect:
    """An aspect whose choices are given as id=(words, question)."""
    return Aspect(name, title, tuple(Choice(key, *value) for key, value in choices.items()))


ASPECTS = (
    _aspect(
        "experience",
        "How far along should the partner be?",
        long=("a long way ahead of us", "What does mentoring by an experienced country cost?"),
        recent=(
            "a few years ahead of us",
            "What do countries learn from one that began a few years earlier?",
        ),
        equal=("where we are", "Can newcomers learn from each other as equals?"),
    ),
    _aspect(
        "welfare",
        "What of its welfare system?",
        alike=("much like ours", "Why should partners have similar welfare systems?"),
        other=(
            "different from ours",
            "What can be learned from a partner with a different welfare system?",
        ),
    ),
    _aspect(
        "governance",
        "Who decides and delivers there?",
        centre=("central government", "Which partner suits a centralised state?"),
        federal=("states or regions", "Which partner suits a federal state with regions?"),
        local=("cities and towns", "What can cities and municipalities do as partners?"),
    ),
    _aspect(
        "resources",
        "What can be spent?",
        little=("little beyond staff time", "What does peer support cost in staff time?"),
        grant=("a grant for some years", "Which grants pay for peer-support projects?"),
        steady=(
            "a steady budget",
            "Why pool funds for a lasting mechanism in place of short projects?",
        ),
    ),
    _aspect(
        "size",
        "How large is the programme?",
        small=("small, or not begun", "What helps a country that starts a small programme?"),
        large=("large", "How can a large programme expand to more places?"),
    ),
    _aspect(
        "level",
        "Who should meet whom?",
        politics=("politicians", "What do meetings of ministers and politicians achieve?"),
        senior=("heads of service", "When should senior officials meet their peers?"),
        working=(
            "those who do the work",
            "What do caseworkers and operational staff learn from colleagues abroad?",
        ),
    ),
    _aspect(
        "actor",
        "What kind of organisation?",
        authority=("a public authority", "How do public authorities help each other?"),
        international=(
            "an international organisation",
            "What do UNHCR and IOM do to match countries and coordinate?",
        ),
        society=("a civil society organisation", "What part do NGOs play in peer support?"),
    ),
    _aspect(
        "phase",
        "Which part of the work?",
        deciding=(
            "deciding to begin",
            "How do peers win over politicians who decide on resettlement?",
        ),
        before=(
            "selection and preparation",
            "How can peers help with selection missions and orientation?",
        ),
        arrival=(
            "arrival and reception",
            "What can a host show visitors of reception and housing?",
        ),
        after=("the years after", "Why include integration after arrival in exchanges?"),
    ),
)


@blueprint.get("/guide/brief")
def page() -> str:
    """The questions, and beneath them the brief of those that are answered.

    :raise 400: for an answer that is none of the choices.
    """
    filters = current.filters()
    chosen = {aspect.name: _chosen(aspect) for aspect in ASPECTS}
    lines = [
        _line(aspect.title, choice.words, choice.question)
        for aspect in ASPECTS
        if (choice := chosen[aspect.name])
    ]
    return render_template(
        "brief.html",
        aspects=ASPECTS,
        chosen=chosen,
        lines=[*_purpose(filters), *lines],
        goal=filters.goals[0] if filters.goals else "",
        activity=filters.activities[0] if filters.activities else "",
        taxonomy=current.library().taxonomy,
        alignment=current.alignment(),
    )


def _chosen(aspect: Aspect) -> Choice | None:
    given = request.args.get(aspect.name, "")
    for choice in aspect.choices:
        if choice.id == given:
            return choice
    if given:
        known = ", ".join(choice.id for choice in aspect.choices)
        raise BadRequest(f"'{given[:50]}' is no {aspect.name}; there are: {known}")
    return None


def _purpose(filters: Filters) -> list[Line]:
    """The first line: what is to be done, and what for, with passages that carry both tags; none
    when neither is chosen.
    """
    library, columns = current.library(), current.holdings().columns
    wanted = Filters(goals=filters.goals[:1], activities=filters.activities[:1])
    labels = [library.taxonomy.label(name) for name in (*wanted.activities, *wanted.goals)]
    if not labels:
        return []
    words = " to ".join(label.plain.lower() for label in labels)
    results = told(library, columns, wanted, _PASSAGES)
    return [Line("What, and what for?", words, Asked("", wanted), results)]


def _line(title: str, words: str, question: str) -> Line:
    answer = find(current.library(), question, _PASSAGES)
    good = [result for result in answer.results if answer.answered and result.score >= _LEAST]
    return Line(title, words, Asked(question, Filters()), tuple(good))
