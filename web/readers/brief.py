"""Choosing a partner: answers to a few questions become a brief of one page, each line with the
passages that speak of it. What is asked stands in `corpus/partners.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from corpus.partners import Aspect, Choice, load
from index.derived.filters import Filters
from search.ranking.distinct import distinct
from search.records import Result
from web.context import current, parameters
from web.context.asked import FEWEST, Asked
from web.context.refused import ParameterError
from web.readers.evidence import surest_passages
from web.readers.templating import as_of

blueprint = Blueprint("brief", __name__)

_PASSAGES = 2
"""Passages of a line, so that a brief of nine lines takes about one printed page."""

_LEAST = 0.44
"""The lowest score of a passage that is shown. The two best passages for each choice, of which
there were 22, were judged by eye. In the starter library 34 of 39 with this score or more bear on
the line, and 1 of 5 with less. In 13 reports on other subjects one of 44 has this score, and it
does not bear on its line."""


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A line of the brief.

    asked: the search behind it.
    results: the passages that speak of it, best first, but none that a line above quotes already.
    above: whether a passage was left out because a line above quotes it.
    """

    title: str
    words: str
    asked: Asked
    results: tuple[Result, ...]
    above: bool = False


ASPECTS = load()


@blueprint.get("/guide/brief")
def page() -> str:
    """The questions, and below them a brief with a line for each question that is answered.

    :raise 400: for an answer that is none of the choices.
    """
    filters = parameters.filters(("goal", "activity"))
    chosen = {aspect.id: _chosen(aspect) for aspect in ASPECTS}
    lines = _purpose(filters)
    for aspect in ASPECTS:
        if choice := chosen[aspect.id]:
            above = [result for line in lines for result in line.results]
            lines.append(_line(aspect.title, choice, above))
    return render_template(
        "brief.html",
        aspects=ASPECTS,
        chosen=chosen,
        lines=lines,
        stand=as_of(),
        goal=filters.goals[0] if filters.goals else "",
        activity=filters.activities[0] if filters.activities else "",
        taxonomy=current.library().taxonomy,
        alignment=current.alignment(),
    )


def _chosen(aspect: Aspect) -> Choice | None:
    given = request.args.get(aspect.id, "")
    choice = aspect.choice(given)
    if given and not choice:
        known = ", ".join(f"“{choice.words}”" for choice in aspect.choices)
        said = f"“{given[:50]}” is no answer to “{aspect.title}”. There are: {known}."
        raise ParameterError(aspect.id, said)
    return choice


def _purpose(filters: Filters) -> list[BriefLine]:
    """The first line, as a list of one: what is to be done, and what for, with passages that carry
    both tags. Empty when neither is chosen.
    """
    library, columns = current.library(), current.holdings().columns
    wanted = Filters(goals=filters.goals[:1], activities=filters.activities[:1])
    labels = [library.taxonomy.label(name) for name in (*wanted.activities, *wanted.goals)]
    if not labels:
        return []
    words = " to ".join(label.plain.lower() for label in labels)
    results = surest_passages(library, columns, wanted, _PASSAGES)
    return [BriefLine("What, and what for?", words, Asked("", wanted), results)]


def _line(title: str, choice: Choice, above: Sequence[Result]) -> BriefLine:
    """The line of an answer. above: what the lines above quote."""
    answer = current.answer(choice.question, FEWEST, Filters())
    first = [result for result, *_ in distinct(answer.results)]
    good = [result for result in first if answer.answered and result.score >= _LEAST]
    new = [result for result in good if not any(_repeats(result, other) for other in above)]
    asked = Asked(choice.question, Filters())
    return BriefLine(title, choice.words, asked, tuple(new[:_PASSAGES]), len(new) < len(good))


def _repeats(result: Result, other: Result) -> bool:
    """Whether both quote some of the same words."""
    one, two = result.quote, other.quote
    same = result.stored.passage.text == other.stored.passage.text
    return same and one.start < two.end and two.start < one.end
