"""The review queue: a passage and a tag at a time, and what retraining made of the answers."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from index.curating import jobs
from index.learning import decisions
from index.learning.decisions import DecisionError
from index.learning.trained import from_message
from index.tagging.tagger import TaggerError
from index.tagging.teachable import from_shipped, own_labels
from web.context import current
from web.context.decks import PassageLabel
from web.curate.changes import back, perform, perform_alone
from web.guard import access
from web.readers.documents import document_or_404, passage_or_404
from web.readers.taken import just_taken
from web.wording.history import VERDICTS

blueprint = Blueprint("review", __name__)


@blueprint.get("/curate/review")
def review() -> str:
    """One question: does this passage deserve this tag? `passage` and `label` name it; without them
    it is the question whose answer would teach the tagger most.

    :raise 400: for a label that is none. :raise 404: for a passage that is not there.
    """
    library, who = current.library(), access.who()
    try:
        asked = _named() or current.state().decks.next(library, who)
        said = ""
    except TaggerError as error:
        asked, said = None, str(error)
    stored = passage_or_404(asked[0]) if asked else None
    with library.catalog() as catalog:
        past = decisions.history(catalog.connection, stored.passage_id) if stored else []
        trained_last = jobs.last(catalog.connection, jobs.Task.TRAIN)
    return render_template(
        "review.html",
        stored=stored,
        label=library.taxonomy.label(asked[1]) if asked else None,
        document=document_or_404(stored.document_id) if stored else None,
        carried={tag.label for tag in stored.tags} if stored else set(),
        past=past,
        last=just_taken(),
        said=said,
        training=trained_last,
        taxonomy=library.taxonomy,
        labels=library.taxonomy.labels,
        own_labels="" if from_shipped(library.taxonomy) else own_labels(library.taxonomy),
    )


def _named() -> PassageLabel | None:
    passage, label = request.args.get("passage", ""), request.args.get("label", "")
    if not passage:
        return None
    return passage, _known(label)


def _known(label: str) -> str:
    """The label. :raise 400: when the library has no such label."""
    if label not in current.library().taxonomy.label_ids:
        raise BadRequest("label: there is no such tag in this library.")
    return label


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
    stored = passage_or_404(passage_id)
    carried = label in {tag.label for tag in stored.tags}
    word = "reject" if verdict == "no" else "accept" if carried else "add"
    try:
        made = perform_alone(
            lambda: decisions.decide(library, passage_id, label, word, access.who())
        )
    except DecisionError as error:
        raise BadRequest(f"{error}.") from None
    said = f"{library.taxonomy.label(label).plain}: {VERDICTS[word]}."
    return _onward(said, passage_id, f"{passage_id}:{made.decision_id}")


def _onward(said: str, passage_id: str, last: str) -> Response:
    origin, asked = request.form.get("from", ""), request.form.get("asked", "")
    # The review page itself says what was decided last, beside the way to undo it.
    if origin == "review":
        return redirect(url_for("review.review", done=last), 303)
    if origin == "same" and asked:
        there = url_for("review.review", passage=passage_id, label=asked, done=last)
        return redirect(there, 303)
    return back(said, "passages.passage", name=passage_id, done=last)


@blueprint.post("/curate/passages/<passage_id>/skip")
def skip(passage_id: str) -> Response:
    """Ask another question. `done` names the decision before, which can still be undone.

    :raise 400: for a label that is none.
    """
    label = _known(request.form.get("label", ""))
    current.state().decks.skip(access.who(), (passage_id, label))
    last = request.form.get("done", "")
    return back("Skipped.", "review.review", **({"done": last} if last else {}))


@blueprint.post("/curate/decisions/<int:decision_id>/undo")
def undo(decision_id: int) -> Response:
    """Take a decision back, and ask the same again.

    :raise 404: if there is none. :raise 409: when somebody else took it, or one came after.
    """
    taken = perform_alone(lambda: decisions.take_back(current.library(), decision_id, access.who()))
    if request.form.get("from", "") == "passage":
        return back("Taken back.", "passages.passage", name=taken.passage_id)
    return back("Taken back.", "review.review", passage=taken.passage_id, label=taken.label)


@blueprint.post("/curate/train")
def train() -> Response:
    """Learn the tagger anew, as a job."""
    perform(lambda: jobs.train(current.library(), access.who()))
    return back("The tagger is being trained; the desk shows its progress.")


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
    if job.task is not jobs.Task.TRAIN or job.state is not jobs.JobState.DONE:
        raise NotFound("This training has not ended.")
    return render_template(
        "trained.html",
        job=job,
        result=from_message(job.message),
        taxonomy=current.library().taxonomy,
    )
