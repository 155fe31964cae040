"""The review queue: a passage and a tag at a time, and what retraining made of the answers."""

from __future__ import annotations

import threading
from collections import deque

from flask import Blueprint, current_app, render_template, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from index import decisions, jobs
from index.decisions import DecisionError
from index.library import Library
from index.queue import queue
from index.records import StoredPassage
from index.tagger import TaggerError
from index.trained import from_message
from web import access, current
from web.changes import back, done, written
from web.documents import document_or_404

blueprint = Blueprint("review", __name__)

_AHEAD = 40
"""Questions drawn at once: drawing looks at thousands of passages, which takes seconds."""

Asked = tuple[str, str]
"""A passage's id and a label."""


class Decks:
    """The questions that are drawn for each curator. Safe to share between threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._drawing = threading.Lock()
        self._drawn: dict[str, deque[Asked]] = {}
        self._skipped: dict[str, set[Asked]] = {}

    def next(self, library: Library, who: str) -> Asked | None:
        """The next question that nobody has answered meanwhile; None when there is none.

        Raises TaggerError without a tagger.
        """
        # Drawing takes seconds: one at a time, and whoever has questions left does not wait for it.
        found = self._first_open(library, who)
        if found is not None:
            return found
        with self._drawing:
            found = self._first_open(library, who)  # this curator's other page has drawn meanwhile
            return self._draw(library, who) if found is None else found

    def _draw(self, library: Library, who: str) -> Asked | None:
        with self._guard:
            skipped = len(self._skipped.get(who, ()))
        drawn = [(q.stored.passage_id, q.label) for q in queue(library, _AHEAD + skipped)]
        with self._guard:
            left_out = self._skipped.get(who, set())
            deck = deque(asked for asked in drawn if asked not in left_out)
            self._drawn[who] = deck
            return deck[0] if deck else None

    def skip(self, who: str, asked: Asked) -> None:
        """Do not ask this of this curator again, as long as the server runs."""
        with self._guard:
            self._skipped.setdefault(who, set()).add(asked)
            deck = self._drawn.get(who, deque())
            if asked in deck:
                deck.remove(asked)

    def _first_open(self, library: Library, who: str) -> Asked | None:
        """The first of a deck that is in the library and not answered; what is not is dropped."""
        with self._guard, library.catalog() as catalog:
            deck = self._drawn.get(who, deque())
            while deck:
                passage, label = deck[0]
                answered = {d.label for d in decisions.history(catalog.connection, passage)}
                try:
                    catalog.passage(passage)
                except KeyError:
                    deck.popleft()
                    continue
                if label not in answered:
                    return deck[0]
                deck.popleft()
        return None


def _decks() -> Decks:
    found: Decks = current_app.extensions["decks"]
    return found


@blueprint.get("/curate/review")
def review() -> str:
    """One question: does this passage speak of this? `passage` and `label` name it, else the one
    whose answer would teach the tagger most.

    :raise 400: for a label that is none. :raise 404: for a passage that is not there.
    """
    library, who = current.library(), access.who()
    try:
        asked = _named() or _decks().next(library, who)
        said = ""
    except TaggerError as error:
        asked, said = None, str(error)
    stored = _passage(asked[0]) if asked else None
    with library.catalog() as catalog:
        past = decisions.history(catalog.connection, stored.passage_id) if stored else []
        trained_last = jobs.last(catalog.connection, jobs.Task.TRAIN)
        last = _last_of(request.args.get("done", ""), who)
    return render_template(
        "review.html",
        stored=stored,
        label=library.taxonomy.label(asked[1]) if asked else None,
        document=document_or_404(stored.document_id) if stored else None,
        carried={tag.label for tag in stored.tags} if stored else set(),
        past=past,
        last=last,
        said=said,
        training=trained_last,
        taxonomy=library.taxonomy,
        labels=[label for facet in library.taxonomy.facets for label in facet.labels],
    )


def _named() -> Asked | None:
    passage, label = request.args.get("passage", ""), request.args.get("label", "")
    if not passage:
        return None
    if label not in current.library().taxonomy.label_ids:
        raise BadRequest("label: there is no such tag in this library.")
    return passage, label


def _passage(name: str) -> StoredPassage:
    with current.library().catalog() as catalog:
        try:
            return catalog.passage(name)
        except KeyError:
            raise NotFound("There is no passage with this id in the library.") from None


def _last_of(given: str, who: str) -> decisions.Decision | None:
    """The decision just taken, to be undone."""
    passage, _, number = given.rpartition(":")
    if not (number.isascii() and number.isdigit()):
        return None
    with current.library().catalog() as catalog:
        for made in decisions.history(catalog.connection, passage):
            if made.decision_id == int(number) and made.who == who:
                return made
    return None


@blueprint.post("/curate/passages/<passage_id>/decide")
def decide(passage_id: str) -> Response:
    """Take the `verdict` "yes" or "no" on `label`, and go back to the page named by `from`:
    "review" for the next question, "same" for this one, else the passage's own.

    :raise 400: for a label or verdict that is none. :raise 404: if there is no such passage.
    """
    library, label = current.library(), request.form.get("label", "")
    verdict = request.form.get("verdict", "")
    if verdict not in ("yes", "no"):
        raise BadRequest("verdict must be yes or no.")
    stored = _passage(passage_id)
    carried = label in {tag.label for tag in stored.tags}
    word = "reject" if verdict == "no" else "accept" if carried else "add"
    try:
        made = written(lambda: decisions.decide(library, passage_id, label, word, access.who()))
    except DecisionError as error:
        raise BadRequest(f"{error}.") from None
    said = f"{library.taxonomy.label(label).plain}: {_SAID[word]}."
    return _onward(said, passage_id, f"{passage_id}:{made.decision_id}")


def _onward(said: str, passage_id: str, last: str) -> Response:
    origin, asked = request.form.get("from", ""), request.form.get("asked", "")
    if origin == "review":
        return back(said, "review.review", done=last)
    if origin == "same" and asked:
        return back(said, "review.review", passage=passage_id, label=asked, done=last)
    return back(said, "passages.passage", name=passage_id, done=last)


_SAID = {"accept": "right", "add": "added", "reject": "not so"}


@blueprint.post("/curate/passages/<passage_id>/skip")
def skip(passage_id: str) -> Response:
    """Ask something else. :raise 400: for a label that is none."""
    label = request.form.get("label", "")
    if label not in current.library().taxonomy.label_ids:
        raise BadRequest("label: there is no such tag in this library.")
    _decks().skip(access.who(), (passage_id, label))
    return back("Skipped.", "review.review")


@blueprint.post("/curate/decisions/<int:decision_id>/undo")
def undo(decision_id: int) -> Response:
    """Take a decision back, and ask the same again.

    :raise 404: if there is none. :raise 409: when somebody else took it, or one came after.
    """
    taken = written(lambda: decisions.take_back(current.library(), decision_id, access.who()))
    if request.form.get("from", "") == "passage":
        return back("Taken back.", "passages.passage", name=taken.passage_id)
    return back("Taken back.", "review.review", passage=taken.passage_id, label=taken.label)


@blueprint.post("/curate/train")
def train() -> Response:
    """Learn the tagger anew, as a job."""
    done(lambda: jobs.train(current.library(), access.who()))
    return back("The tagger is being trained; the desk shows how far it is.")


@blueprint.get("/curate/training/<int:job_id>")
def trained(job_id: int) -> str:
    """F1 before and after, and what changed in the library's tags.

    :raise 404: if there is no such training, or it has not ended.
    """
    with current.library().catalog() as catalog:
        try:
            job = jobs.get(catalog.connection, job_id)
        except KeyError:
            raise NotFound("There is no such training.") from None
    if job.task is not jobs.Task.TRAIN or job.state is not jobs.State.DONE:
        raise NotFound("This is no training that has ended.")
    return render_template(
        "trained.html",
        job=job,
        result=from_message(job.message),
        taxonomy=current.library().taxonomy,
    )
