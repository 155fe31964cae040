"""What scripts post to the API: many questions at once, texts to be tagged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, ServiceUnavailable, UnsupportedMediaType

from corpus.signatures import not_text
from index.classify import Classifier, tags_of
from index.derived.filters import Filters
from index.tagging.tag_dicts import by_facet
from index.tagging.tagger import TaggerError
from ingest.prose.text import is_whole
from search.batches.batch import answers, hold
from search.batches.questions import (
    FILTERS,
    KEYS,
    PLURALS,
    BadQuestion,
    Question,
    distinct,
    from_entry,
)
from search.formats.contract import answer_as_dict
from web.context import current, rates
from web.context.limits import LONGEST_TEXT, MOST_POSTED, MOST_RESULTS
from web.context.problems import json_response

blueprint = Blueprint("posted", __name__)

_TEXT_KEYS = ("id", "text")

_SHOWN = 80
"""Characters of a wrong key that are repeated."""


@blueprint.post("/api/v1/batch")
def batch() -> Response:
    """Ranked passages for each of `questions`, in their order, `k` results each.

    All or nothing: a call is small enough to be sent again, and a script that reads the status
    misses no question.

    :raise 400: for a question that is none, has the id of one before or a key that is not
        described, naming its place, for a `k` outside 1 to 100, and for any other key beside the
        questions.
    """
    body = body_as_object()
    if wrong := next((name for name in body if _limit(name) in FILTERS), None):
        raise BadRequest(f"'{wrong}' belongs to each question, as its key '{_limit(wrong)}'.")
    refuse_others(body, "questions", "k")
    k = body.get("k", 10)
    if type(k) is not int or not 1 <= k <= MOST_RESULTS:
        raise BadRequest(f"k must be a number from 1 to {MOST_RESULTS}.")
    given = _listed(body, "questions")
    rates.ask(len(given), MOST_POSTED)
    asked = [_question(*one) for one in enumerate(given, start=1)]
    found: list[dict[str, Any]] = []
    with hold(current.library()) as held:
        for item in answers(held, distinct(asked, "number"), k, Filters()):
            if isinstance(item, BadQuestion):
                raise BadRequest(f"questions, number {item.line}: {item.message}")
            question, answer = item
            found.append(answer_as_dict(answer, held.taxonomy, question.id))
    return json_response({"answers": found})


def _limit(name: str) -> str:
    """A key of the body, in small letters and the singular, as a question would have it."""
    plain = name.casefold()
    return PLURALS.get(plain, plain)


def _question(number: int, entry: Any) -> Question | BadQuestion:
    found = from_entry({"question": entry} if isinstance(entry, str) else entry, number)
    if isinstance(found, Question) and found.passed_over:
        return BadQuestion(number, _no_key(found.passed_over[0], KEYS))
    return found


@blueprint.post("/api/v1/classify")
def classify() -> Response:
    """The tags of each of `texts`, in their order.

    :raise 400: for a text that is none, has the id of one before or a key that is not described,
        naming its place, and for a key beside the texts.
    :raise 503: when no tagger was learned for the library's encoder and taxonomy.
    """
    library = current.library()
    body = body_as_object()
    refuse_others(body, "texts")
    given = _listed(body, "texts")
    rates.ask(len(given), MOST_POSTED)
    texts = _texts(given)
    try:
        heads = library.heads()
    except TaggerError as error:
        raise ServiceUnavailable(str(error)) from None
    if heads is None:
        raise ServiceUnavailable("No tagger was learned for this library's tags yet.")
    classifier = Classifier(library.taxonomy, library.encoder, heads)
    tags = tags_of(classifier, [text for _, text in texts])
    tagged = [
        {"id": name, **by_facet(given, library.taxonomy)}
        for (name, _), given in zip(texts, tags, strict=True)
    ]
    return json_response({"texts": tagged})


def body_as_object() -> dict[str, Any]:
    """The request's body.

    :raise 400: when it is no JSON object. :raise 415: when it is not said to be JSON, or said to be
        packed.
    """
    if not request.is_json:
        raise UnsupportedMediaType("The header 'Content-Type: application/json' is missing.")
    packing = request.headers.get("Content-Encoding", "identity")
    if packing.strip().lower() not in ("", "identity"):
        raise UnsupportedMediaType(f"The body is packed ({packing[:_SHOWN]}): send it unpacked.")
    data = request.get_data()
    if found := not_text(data):
        raise BadRequest(f"The body is {': '.join(found)}.")
    try:
        body = json.loads(data)
    except UnicodeDecodeError:
        raise BadRequest("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadRequest(f"The body is not valid JSON: see {place}.") from None
    except (ValueError, RecursionError):
        # Such as brackets a thousand deep, or a number of more than 4,300 digits.
        raise BadRequest("The body is nested too deeply, or has too long a number.") from None
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    return body


def refuse_others(body: dict[str, Any], *known: str) -> None:
    """:raise 400: when the body has a key beside those that are `known`."""
    for key in body:
        if key not in known:
            raise BadRequest(f"{_no_key(key, known)}.")


def _no_key(key: str, known: Iterable[str]) -> str:
    """The message about an unknown key. The key is quoted as Python does it, since it may contain
    half of a character, which could not be sent.
    """
    return f"{key[:_SHOWN]!r} is no key here; there are: {', '.join(known)}"


def _listed(body: dict[str, Any], name: str) -> list[Any]:
    entries = body.get(name)
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_POSTED:
        raise BadRequest(f"'{name}' must be a list of 1 to {MOST_POSTED}.")
    return entries


def _texts(entries: list[Any]) -> list[tuple[str, str]]:
    """Id and text of each entry. :raise 400: for an entry that is none, or repeats an id."""
    places: dict[str, int] = {}
    texts = []
    for number, entry in enumerate(entries, start=1):
        name, text = _text(entry, number)
        if places.setdefault(name, number) != number:
            said = f"the id '{name}' is that of number {places[name]} already"
            raise BadRequest(f"texts, number {number}: {said}.")
        texts.append((name, text))
    return texts


def _text(entry: Any, number: int) -> tuple[str, str]:
    """Id and text of an entry; without an id it is named t1, t2, … by its number.

    :raise 400: for an entry that is no text.
    """
    given = {"text": entry} if isinstance(entry, str) else entry
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
        raise BadRequest(
            f"texts, number {number}: 'text' must be a text of 1 to {LONGEST_TEXT:,} characters."
        )
    if wrong := next((key for key in given if key not in _TEXT_KEYS), None):
        raise BadRequest(f"texts, number {number}: {_no_key(wrong, _TEXT_KEYS)}.")
    given_id = given.get("id")
    if given_id is not None and type(given_id) not in (str, int):
        raise BadRequest(f"texts, number {number}: 'id' must be a text or a whole number.")
    name = f"t{number}" if given_id in (None, "") else str(given_id)
    if not (is_whole(text) and is_whole(name)):
        raise BadRequest(f"texts, number {number}: half of a character (a lone surrogate).")
    return name, text
