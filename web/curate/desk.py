"""The curator's desk: what is under way, drafts that wait, the bin, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from index.curating import bin as binned
from index.curating import drafted, erase, jobs
from index.curating.duplicates import SAME_TEXT
from index.curating.guesses import LIKELY
from index.files import ocr
from index.plurals import counted
from index.rows import audit, replaced, shelf
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.rows.shelf import ShelfState
from ingest.metadata.kinds import KINDS
from ingest.records import Metadata
from web.context import current, parameters
from web.curate.changes import back, numbers, perform, perform_alone
from web.curate.fields import FOR_ALL, FieldsError, metadata_for_all
from web.guard import access
from web.wording import history

blueprint = Blueprint("desk", __name__)

_JOBS, _UNFOLDED = 30, 5
"""Jobs looked at for those that ended last; and jobs of a list that are shown at once, the others
being folded so that drafts are not far down."""

_LINES = 100
"""Lines of the log on a page."""

_MOST_AT_ONCE, _MOST_SAID = 200, 5
"""Drafts that one form may change; and those that could not be changed of which the page says why,
as messages travel in the cookie, which has little room."""


@blueprint.get("/curate/")
def desk() -> str:
    """Jobs under way, those that failed, the last ones, and the drafts that wait to be looked at.

    Failed ones stand apart until somebody retries or dismisses them: of thirty reports uploaded
    together, the last jobs are all of publishing.
    """
    return _shown({})


@blueprint.errorhandler(FieldsError)
def refused(error: FieldsError) -> tuple[str, int]:
    """The desk, with its form as it was filled in for several drafts."""
    return _shown(error.wrong), 400


def _shown(wrong: Mapping[str, str], said: str = "") -> str:
    """The desk. wrong, said: what is wrong with the form of several drafts, by field and in all."""
    with current.library().catalog() as catalog:
        active = jobs.active(catalog.connection)
        failed = jobs.failed(catalog.connection)
        apart = {job.job_id for job in (*active, *failed)}
        ended = [j for j in jobs.recent(catalog.connection, _JOBS) if j.job_id not in apart]
        drafts = shelf.listing(catalog.connection, ShelfState.DRAFT)
        places = _places(catalog, drafts)
        published = catalog.documents_by_id(
            [j.subject for j in ended if j.task == jobs.Task.PUBLISH]
        )
        of_file: dict[str, list[shelf.Listed]] = {}
        for draft in drafts:
            of_file.setdefault(draft.file_sha256, []).append(draft)
    return render_template(
        "desk.html",
        active=active,
        failed=failed,
        ended=ended,
        drafts=drafts,
        most=_MOST_AT_ONCE,
        of_file=of_file,
        publishing=_publishing(active),
        places=places,
        published=published,
        copies=_copies(drafts, places),
        unfolded=_UNFOLDED,
        has_ocr=ocr.installed(),
        kinds=KINDS,
        given=request.form,
        chosen=request.form.getlist("draft"),
        wrong=wrong,
        said=said,
        doing="published" if request.endpoint == "desk.publish_chosen" else "changed",
        likely=LIKELY,
    )


def _publishing(active: Sequence[jobs.Job]) -> set[str]:
    """Ids of the drafts that wait to be published."""
    return {job.subject for job in active if job.task == jobs.Task.PUBLISH}


_WHERE = {
    ShelfState.DRAFT: "a draft",
    ShelfState.WITHDRAWN: "in the bin",
    ShelfState.REPLACED: "replaced since",
}


def _places(catalog: Catalog, drafts: Sequence[shelf.Listed]) -> dict[str, str]:
    """By id, in words, where the documents are that drafts look like; none that were removed."""
    alike = [draft.like.document_id for draft in drafts if draft.like]
    shelved = {one.document_id: _WHERE[one.state] for one in shelf.listing(catalog.connection)}
    # Drafts of one folder may have the same title.
    shelved |= {one.document_id: f"a draft, {one.file_name}" for one in drafts}
    found = {name: shelved[name] for name in alike if name in shelved}
    return found | dict.fromkeys(catalog.documents_by_id(alike), "in the library")


def _copies(drafts: Sequence[shelf.Listed], places: Mapping[str, str]) -> set[str]:
    """Ids of the drafts whose text is that of another document, which has a place."""
    return {
        draft.document_id
        for draft in drafts
        if draft.like and draft.like.why == SAME_TEXT and draft.like.document_id in places
    }


@blueprint.post("/curate/jobs/<int:job_id>/cancel")
def cancel(job_id: int) -> Response:
    """Stop a job. :raise 404: if there is none."""
    job = perform(lambda: jobs.cancel(current.library(), job_id, access.who()))
    said = (
        "is cancelled" if job.state == jobs.JobState.CANCELLED else f"had ended: it is {job.state}"
    )
    return back(f"{job.name} {said}.")


@blueprint.post("/curate/jobs/<int:job_id>/retry")
def retry(job_id: int) -> Response:
    """Try a failed job again. :raise 404: if there is none. :raise 409: if it has not failed."""
    job = perform(lambda: jobs.retry(current.library(), job_id, access.who()))
    return back(f"{job.name} will be tried again.")


@blueprint.post("/curate/jobs/forget")
def forget() -> Response | str:
    """Take every failed job named by `job` off the list; their files are no longer kept for another
    try. Without `sure` the page asks first.

    :raise 400: when one is no number.
    """
    named = numbers("job")
    if "sure" not in request.form:
        with current.library().catalog() as catalog:
            failed = [job for job in jobs.failed(catalog.connection) if job.job_id in named]
        return render_template("clear.html", failed=failed)
    count = perform(lambda: jobs.forget(current.library(), named, access.who()))
    return back(f"Dismissed {counted(count, 'failed job')}.")


@blueprint.post("/curate/drafts/discard")
def discard_chosen() -> Response | str | tuple[str, int]:
    """Remove every draft named by `draft` for good, except those that are being published. Without
    `sure` the page asks first.

    :raise 400: when none is named or more than 200: the form again, as it was typed.
    :raise 409: when the library is being written to.
    """
    chosen = request.form.getlist("draft")
    if not 1 <= len(chosen) <= _MOST_AT_ONCE:
        return _wrong_number("discarded")
    if "sure" not in request.form:
        with current.library().catalog() as catalog:
            drafts = shelf.listing(catalog.connection, ShelfState.DRAFT)
        return render_template("clear.html", drafts=[d for d in drafts if d.document_id in chosen])
    gone = perform_alone(lambda: erase.discard(current.library(), chosen, access.who()))
    said = f"Discarded {len(gone)} of {counted(len(chosen), 'draft')}."
    if len(gone) < len(chosen):
        said += " The others are being published, or were already gone."
    return back(said)


@blueprint.post("/curate/drafts/publish")
def publish_chosen() -> Response | str | tuple[str, int]:
    """Publish the drafts named by `draft`, or with the button `all` every draft that was shown,
    with the publisher, language and kind that were typed for them. What cannot be published is
    named, and the others are published. With `all` but without `sure` the page asks first.

    :raise 400: for a publisher, language or kind that breaks the rules, and when no draft is named
        or more than 200: the form again, as it was typed.
    """
    stated = metadata_for_all(request.form)
    if "all" in request.form and "sure" not in request.form:
        return _whether_all()

    def publish(name: str) -> None:
        if stated != Metadata():  # else one whose publishing was broken off would be refused
            drafted.correct(current.library(), name, stated, access.who())
        drafted.publish(current.library(), name, access.who())

    return _each(publish, "Publishing", "published")


def _whether_all() -> str | tuple[str, int]:
    """The page that names all that is to be published and asks whether to."""
    shown = request.form.getlist("shown")
    if not 1 <= len(shown) <= _MOST_AT_ONCE:
        return _wrong_number("published")
    with current.library().catalog() as catalog:
        waiting = _publishing(jobs.active(catalog.connection))
        drafts = shelf.listing(catalog.connection, ShelfState.DRAFT)
    asked = set(shown) - waiting
    given = {name: request.form.get(name, "").strip() for name in FOR_ALL}
    return render_template(
        "publish_all.html",
        drafts=[draft for draft in drafts if draft.document_id in asked],
        given=given,
        likely=LIKELY,
    )


@blueprint.post("/curate/drafts/fill")
def fill_chosen() -> Response | tuple[str, int]:
    """Put the publisher, language and kind that are given into drafts named as for `publish`.

    :raise 400: when none is given, and as for `publish`: the form again, as it was typed.
    """
    stated = metadata_for_all(request.form)
    if stated == Metadata():
        return _shown({}, "Nothing was changed: give a publisher, a language or a kind."), 400
    return _each(
        lambda name: drafted.correct(current.library(), name, stated, access.who()),
        "Filled in",
        "changed",
    )


def _wrong_number(ended: str) -> tuple[str, int]:
    """The desk with its form as it was sent, which says how many drafts can be chosen."""
    return _shown({}, f"Nothing was {ended}: choose 1 to {_MOST_AT_ONCE} drafts."), 400


def _each(change: Callable[[str], object], doing: str, ended: str) -> Response | tuple[str, int]:
    """Change each draft that was chosen; the desk says how many were, and why others were not."""
    chosen = request.form.getlist("shown" if "all" in request.form else "draft")
    if not 1 <= len(chosen) <= _MOST_AT_ONCE:
        return _wrong_number(ended)
    refused = []
    for name in chosen:
        try:
            change(name)
        except KeyError:
            refused.append("one is no longer a draft")
        except LibraryError as error:
            refused.append(str(error))
    for said in refused[:_MOST_SAID]:
        flash(said[:200])
    return back(f"{doing} {len(chosen) - len(refused)} of {len(chosen)}.")


@blueprint.get("/curate/jobs/forget")
@blueprint.get("/curate/drafts/discard")
@blueprint.get("/curate/drafts/fill")
@blueprint.get("/curate/drafts/publish")
def to_desk() -> Response:
    """Back to the desk from addresses that take forms alone: a curator whose sign-in ended at one
    is sent there after signing in again.
    """
    return redirect(url_for("desk.desk"), 303)


@blueprint.get("/curate/bin")
def bin_page() -> str:
    """What was withdrawn or replaced, and for how long it is kept."""
    with current.library().catalog() as catalog:
        listed = shelf.listing(catalog.connection)
        newer = {
            one.document_id: replaced.successor(catalog.connection, one.document_id)
            for one in listed
            if one.replaced_by
        }
    return render_template(
        "bin.html",
        newer=newer,
        withdrawn=[one for one in listed if one.state == ShelfState.WITHDRAWN],
        replaced=[one for one in listed if one.state == ShelfState.REPLACED],
        days_left=binned.days_left,
        kept_days=binned.KEPT_DAYS,
    )


@blueprint.route("/curate/bin/<document_id>/restore", methods=["GET", "POST"])
def restore(document_id: str) -> Response | str:
    """Put a withdrawn or replaced document back. Where a newer version of it is in the library, the
    page asks first; the form that answers names that version as `newer`, and puts the document in
    its place if `do` is "instead", else beside it.

    :raise 404: if it is not there. :raise 409: when it is being put back already.
    """
    library, who = current.library(), access.who()
    found = _shelved(document_id)
    with library.catalog() as catalog:
        name = replaced.successor(catalog.connection, document_id)
        newer = catalog.documents_by_id([name]).get(name)
    if request.method != "POST" or request.form.get("newer", "") != name:
        return render_template("restore.html", found=found, newer=newer)
    instead_of = name if request.form.get("do") == "instead" else ""
    job = perform(lambda: binned.restore(library, document_id, who, instead_of))
    return back(f"{job.name} is being put back.")


@blueprint.route("/curate/shelf/<document_id>/remove", methods=["GET", "POST"])
def remove(document_id: str) -> Response | str:
    """Ask first; then remove a draft, or what lies in the bin, for good.

    :raise 404: if it is not there. :raise 409: when it cannot be removed now.
    """
    found = _shelved(document_id)
    title = found.metadata.title or found.file_name
    if request.method != "POST":
        return render_template("remove.html", title=title, found=found)
    perform_alone(lambda: erase.remove_shelved(current.library(), document_id, access.who()))
    return back(f"{title} has been removed for good.")


def _shelved(document_id: str) -> shelf.Shelved:
    with current.library().catalog() as catalog:
        try:
            return shelf.get(catalog.connection, document_id)
        except KeyError:
            raise NotFound("It is no longer on the desk or in the bin.") from None


@blueprint.get("/curate/log")
def log() -> str:
    """Who did what when, newest first; `before` turns the page.

    :raise 400: when `before` is no number.
    """
    before = parameters.number("before", 0, 1)
    with current.library().catalog() as catalog:
        entries = audit.entries(catalog.connection, _LINES, before or None)
        lines = history.lines(catalog, entries, current.library().taxonomy)
    more = entries[-1].audit_id if len(entries) == _LINES else 0
    return render_template("log.html", lines=lines, more=more)
