"""The search page, the same results as files, and the guide."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as AnyResponse

from corpus.initiatives import load_formats
from index.derived.filters import Filters
from index.encoding.encoder import EncoderError
from index.rows.database import LibraryError
from index.status import status_of
from search.batches.workbook import write_xlsx
from search.browsing.browse import browse
from search.browsing.facets import counts, passing
from search.browsing.why import Why, whys
from search.formats import cite, output
from search.ranking.distinct import distinct
from search.ranking.strength import NONE_STANDS_OUT, none_stands_out, strengths_of
from search.records import Answer, Result
from web.context import current, parameters
from web.context.asked import FEWEST, MOST, Asked, years_text
from web.readers import choices
from web.readers.attachment import BYTE_ORDER_MARK, attachment, citations
from web.readers.evidence import evidence
from web.readers.initiatives import known_initiatives
from web.readers.passages import address, around

blueprint = Blueprint("pages", __name__)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage on the page. copies: a result for each other place where its text or quote stands.
    strength: how well it matches, in words. others: how many results of its document are hidden.
    """

    result: Result
    copies: tuple[Result, ...]
    strength: str
    others: int = 0


@blueprint.get("/")
def search() -> tuple[str, int]:
    """The search page. With `q` or filters: results, and for the passage named by `open` those
    before and after it.

    :raise 400: for filters that name what is not there; for years, a publisher or a language that
        is none, the results without it and what is wrong, of years beside the field too.
    """
    asked, left_out = parameters.asked_leniently()
    library, holdings = current.library(), current.holdings()
    answer = _answer(asked)
    titles = choices.Titles.of(library.taxonomy, holdings.columns)
    left = counts(holdings.columns, library.taxonomy, asked.filters)
    opened = request.args.get("open", "")
    found = _shown(asked, answer) if answer else []
    results = [one.result for one in found]
    page = render_template(
        "search.html",
        asked=asked,
        unasked="" if asked.question else request.args.get("q", "").strip(),
        years=years_text(asked.filters.years) if asked.filters.years else "",
        left_out=left_out,
        gone=parameters.documents_passed_over(asked),
        answer=answer,
        found=found,
        holdings=holdings,
        examples=() if answer else _examples(),
        facets=choices.facets(asked, left, titles, shown=(r.stored.document_id for r in results)),
        chips=choices.chips(asked, titles),
        cleared=choices.address(asked.within(Filters())),
        whys=_whys(answer, results) if answer else {},
        remark=_remark(answer) if answer else "",
        opened={r.rank: around(r.stored) for r in results if r.stored.passage_id == opened},
        more=_more(asked, answer, found) if answer else "",
        passing=0 if asked.question else int(passing(holdings.columns, asked.filters).sum()),
        taxonomy=library.taxonomy,
    )
    return page, 400 if left_out else 200


def _examples() -> tuple[str, ...]:
    """Questions that are offered; none while the library cannot be asked."""
    try:
        return current.offered()
    except (LibraryError, EncoderError):
        return ()


def _answer(asked: Asked) -> Answer | None:
    """The answer to the question; without one the passages that pass the filters; None where there
    are neither.
    """
    library = current.library()
    k = MOST if asked.by_document else asked.k
    if asked.question:
        return current.answer(asked.question, k, asked.filters)
    if asked.filters:
        return browse(library, current.holdings().columns, asked.filters, k)
    return None


def _shown(asked: Asked, answer: Answer) -> list[Shown]:
    """The passages of an answer, those with the same text or quote together. Where one passage of
    each document is asked for, the best of each among the answer's fifty.
    """
    groups = zip(distinct(answer.results), strengths_of(answer), strict=True)
    found = [Shown(group[0], _elsewhere(group), strength) for group, strength in groups]
    if not asked.by_document:
        return found
    count = Counter(one.result.stored.document_id for one in found)
    best: dict[str, Shown] = {}
    for one in found:
        name = one.result.stored.document_id
        best.setdefault(name, replace(one, others=count[name] - 1))
    return list(best.values())[: asked.k]


def _elsewhere(group: Sequence[Result]) -> tuple[Result, ...]:
    """The first result for each other place where the words of a group's first result stand too."""
    places: dict[tuple[str, str], Result] = {}
    for one in group:
        place = one.stored.document_id, cite.in_document(one.document, one.stored, one.quote)
        places.setdefault(place, one)
    return tuple(places.values())[1:]


def _whys(answer: Answer, results: Iterable[Result]) -> dict[int, Why]:
    """What speaks for each result, by rank; nothing where no question was asked."""
    if not answer.question:
        return {}
    return whys(current.library().views().words, answer, results)


def _remark(answer: Answer) -> str:
    return NONE_STANDS_OUT if answer.question and none_stands_out(answer) else ""


def _more(asked: Asked, answer: Answer, found: Sequence[Shown]) -> str:
    """The address of the same search with more results; empty when there are no more."""
    # Results with the same text or quote stand together in `found`, and yet each was asked for.
    shown = len(found) if asked.by_document else len(answer.results)
    if shown < asked.k or asked.k >= MOST:
        return ""
    return choices.address(replace(asked, k=asked.k + FEWEST))


@blueprint.get("/results.<ending>")
def results(ending: str) -> Response:
    """The results of a search as a file: csv, xlsx, jsonl, or citations: ris, bib, json.

    :raise 400: without question and filters. :raise 404: for another ending.
    """
    asked = parameters.asked()
    answer = _answer(asked)
    if answer is None:
        raise BadRequest("There is no search here: ask a question or choose a filter first.")
    if asked.by_document:
        best = tuple(one.result for one in _shown(asked, answer))
        answer = replace(answer, results=best)
    if ending in cite.FORMATS:
        references = cite.of_results(
            answer.results, lambda result: address(result.stored, result.quote)
        )
        return citations(references, ending, "waymark-results")
    if ending == "xlsx":
        return attachment(_xlsx(answer), _XLSX, "waymark-results.xlsx")
    if ending not in ("csv", "jsonl"):
        raise NotFound("Results come as csv, xlsx, jsonl, ris, bib or json.")
    stream = io.StringIO()
    output.WRITERS[ending]([("q1", answer)], stream, current.library().taxonomy)
    kind = "text/csv" if ending == "csv" else "application/jsonl"
    mark = BYTE_ORDER_MARK if ending == "csv" else ""
    return attachment(mark + stream.getvalue(), kind, f"waymark-results.{ending}")


def _xlsx(answer: Answer) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.xlsx"
        library = current.library()
        about = {key: value for key, value in status_of(library).items() if key != "home"}
        write_xlsx([("q1", answer)], path, library.taxonomy, about)
        return path.read_bytes()


@blueprint.get("/guide")
def guide() -> str:
    """What the search does, what tags mean, the keys; for a `goal` the activities and forms that
    serve it, what passages say of them, and who did it.

    :raise 400: for a goal that is none.
    """
    library, alignment = current.library(), current.alignment()
    taxonomy, goals = library.taxonomy, parameters.filters(("goal",)).goals
    goal = goals[0] if goals else ""
    serving = alignment.serves[goal] if alignment and goal else ()
    return render_template(
        "guide.html",
        taxonomy=taxonomy,
        alignment=alignment,
        formats=load_formats(taxonomy) if alignment else (),
        goal=goal,
        evidence=evidence(library, current.holdings().columns, goal, serving) if goal else (),
        initiatives=[one for one in known_initiatives() if goal in one.goals],
    )


@blueprint.get("/favicon.ico")
def icon() -> AnyResponse:
    """Where browsers look for an icon when a file, not a page, is shown."""
    return redirect(url_for("static", filename="icon.svg"))
