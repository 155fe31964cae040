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

blueprint = Blueprint("brief", __name__)

_PASSAGES = 2
"""Passages a line, so that a brief of nine lines stays near one printed page."""

_LEAST = 0.25
"""Score from which a passage is shown; the best for questions off the subject had .13 to .29."""


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
    """A line of the brief. results: the passages that speak of it, best first; may be empty."""

    title: str
    words: str
    question: str
    results: tuple[Result, ...]


ASPECTS = (
    Aspect(
        "experience",
        "How far along should the partner be?",
        (
            Choice("long", "a long way ahead of us", "mentoring by an experienced country"),
            Choice(
                "recent",
                "a few years ahead of us",
                "learning from a partner that started its programme recently",
            ),
            Choice("equal", "where we are", "newcomers learning together as equals"),
        ),
    ),
    Aspect(
        "welfare",
        "What of its welfare system?",
        (
            Choice("alike", "much like ours", "partners with similar welfare systems"),
            Choice("other", "different from ours", "learning from a different welfare system"),
        ),
    ),
    Aspect(
        "governance",
        "Who decides and delivers there?",
        (
            Choice("centre", "central government", "a centralised programme run by the state"),
            Choice("federal", "states or regions", "federal states and regions share the task"),
            Choice("local", "cities and towns", "role of municipalities and cities as partners"),
        ),
    ),
    Aspect(
        "resources",
        "What can be spent?",
        (
            Choice("little", "little beyond staff time", "cost of peer support with few resources"),
            Choice("grant", "a grant for some years", "project funding and grants for exchange"),
            Choice("steady", "a steady budget", "lasting funding for peer support"),
        ),
    ),
    Aspect(
        "size",
        "How large is the programme?",
        (
            Choice("small", "small, or not begun", "starting a small programme for the first time"),
            Choice("large", "large", "expanding a large programme to more places"),
        ),
    ),
    Aspect(
        "level",
        "Who should meet whom?",
        (
            Choice("politics", "politicians", "meetings of ministers and politicians"),
            Choice("senior", "heads of service", "exchange between senior officials"),
            Choice("working", "those who do the work", "exchange between caseworkers and staff"),
        ),
    ),
    Aspect(
        "actor",
        "What kind of organisation?",
        (
            Choice("authority", "a public authority", "support between government agencies"),
            Choice("international", "an international organisation", "role of UNHCR and IOM"),
            Choice("society", "a civil society organisation", "role of NGOs in peer support"),
        ),
    ),
    Aspect(
        "phase",
        "Which part of the work?",
        (
            Choice("deciding", "deciding to begin", "winning political support to begin"),
            Choice("before", "selection and preparation", "selection missions and orientation"),
            Choice("arrival", "arrival and reception", "reception and housing on arrival"),
            Choice("after", "the years after", "integration, work and school after arrival"),
        ),
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
    """The first line: what is to be done, and what for; none when neither is chosen."""
    taxonomy = current.library().taxonomy
    labels = [taxonomy.label(name) for name in (*filters.activities[:1], *filters.goals[:1])]
    if not labels:
        return []
    words = " to ".join(label.plain.lower() for label in labels)
    return [_line("What, and what for?", words, " ".join(label.plain for label in labels))]


def _line(title: str, words: str, question: str) -> Line:
    results = find(current.library(), question, _PASSAGES).results
    return Line(title, words, question, tuple(r for r in results if r.score >= _LEAST))
