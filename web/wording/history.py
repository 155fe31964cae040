"""Lines of the log in words, each with a link to what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from corpus.taxonomy import Taxonomy
from index.rows import audit, shelf
from index.rows.audit import Entry
from index.rows.catalog import Catalog
from index.rows.shelf import ShelfState

VERDICTS = {"accept": "right", "add": "added", "reject": "not so"}
"""What people say of tags, by the word it is kept as."""

_WORDS = {
    "add": "added",
    "cancel": "cancelled",
    "carry": "carried a decision over",
    "collection": "changed a collection",
    "correct": "corrected a draft",
    "curator-add": "made a curator of",
    "curator-password": "changed the password of",
    "curator-remove": "removed the curator",
    "decide": "decided on a tag",
    "discard": "discarded a draft",
    "edit": "changed the details",
    "key-add": "made a key for",
    "key-remove": "removed a key of",
    "ocr": "had pages read again",
    "publish": "asked to publish",
    "remove": "removed for good",
    "replaced": "replaced",
    "restore": "asked to put back",
    "restored": "put back",
    "retry": "tried again",
    "sign-in": "signed in",
    "sign-out-everywhere": "signed out everywhere",
    "suggestion": "decided on a suggestion",
    "take-back": "took a decision back",
    "train": "asked to train",
    "upload": "uploaded",
    "withdraw": "withdrew",
}
"""What was done; an action that is not here is its own word."""

_ENDED_AS = {"publish": "published", "restore": "restored", "train": "trained"}
"""By the action that asked for something, the action that says it was done. Where both are in the
log, the request is left out."""

_OWN = frozenset({"sign-in", "sign-out-everywhere"})
"""Actions that have nobody but their author as a subject."""

_TITLED = frozenset({"add", "discard", "published", "remove", "restored", "withdraw"})
"""Actions whose detail is the title of a document."""

_ASIDE = _TITLED | {"cancel", "ocr", "publish", "restore", "retry", "train", "upload"}
"""Actions whose detail is not shown: a title stands there already, and jobs and digests are for
programs."""

_ID = re.compile(r"\b[0-9a-f]{16}\b")
"""The id of a document."""

_FIELDS = {"url": "link", "replaces": "new version of"}


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log. at: ISO 8601, UTC. what: what was done, in words. subject: to what, or
    empty. address: where that is now, or empty. more: further words, or empty.
    """

    at: str
    who: str
    what: str
    subject: str
    address: str
    more: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What ids stand for: titles and addresses of documents, and names of labels."""

    titles: Mapping[str, str]
    addresses: Mapping[str, str]
    labels: Mapping[str, str]


def lines(catalog: Catalog, entries: Sequence[Entry], taxonomy: Taxonomy) -> list[LogLine]:
    """Entries of the log in words, the newest first. A request whose outcome is among them is left
    out.

    entries: the newest first.
    """
    known, shown = _known(catalog, entries, taxonomy), []
    cancelled = {entry.detail for entry in entries if entry.action == "cancel"}
    ended: set[tuple[str, str]] = set()
    done: set[str] = set()
    for entry in entries:
        outcome = (_ENDED_AS.get(entry.action, ""), entry.subject)
        job = entry.detail.partition(",")[0]
        if outcome in ended and job not in cancelled:
            ended.discard(outcome)  # it is the outcome of one request alone
            done.add(job)
        if not (outcome[0] and job in done):
            shown.append(_line(entry, known))
        ended.add((entry.action, entry.subject))
    return shown


def _known(catalog: Catalog, entries: Sequence[Entry], taxonomy: Taxonomy) -> _Known:
    names = {name for e in entries for name in _ID.findall(f"{e.subject} {e.detail}")}
    there = catalog.documents_by_id(list(names))
    listed = [one for one in shelf.listing(catalog.connection) if one.document_id in names]
    # Of what is neither in the library nor on the shelf any more, the log has the title.
    titles = {e.subject: e.detail for e in reversed(entries) if e.action in _TITLED}
    titles |= {one.document_id: one.title or one.file_name for one in listed}
    titles |= {name: found.metadata.title for name, found in there.items()}
    addresses = {
        one.document_id: url_for("drafts.draft", document_id=one.document_id)
        if one.state is ShelfState.DRAFT
        else url_for("desk.bin_page")
        for one in listed
    }
    addresses |= {name: url_for("documents.document", document_id=name) for name in there}
    return _Known(titles, addresses, {label.id: label.plain for label in taxonomy.labels})


def _line(entry: Entry, known: _Known) -> LogLine:
    document, dash, _ = entry.subject.partition("-")
    title, address = known.titles.get(document, ""), known.addresses.get(document, "")
    if dash and title and address == url_for("documents.document", document_id=document):
        address = url_for("passages.passage", name=entry.subject)
    subject = "" if entry.action in _OWN else title or entry.subject
    what = _WORDS.get(entry.action, entry.action)
    return LogLine(entry.at, entry.who, what, subject, address, _more(entry, known))


def _more(entry: Entry, known: _Known) -> str:
    if entry.action in _ASIDE:
        return ""
    if entry.action in ("edit", "correct"):
        return "; ".join(_titled(_field(said), known) for said in audit.changed(entry.detail))
    if entry.action in ("decide", "take-back", "carry"):
        label, _, said = entry.detail.partition(": ")
        verdict, _, rest = said.partition(", ")
        by = f", by {rest.partition(', ')[0]}" if rest else ""
        return f"{known.labels.get(label, label)}: {VERDICTS.get(verdict, verdict)}{by}"
    if entry.action == "replaced":
        return _titled("by " + entry.detail.rpartition(" ")[2], known)
    return _titled(entry.detail, known)


def _titled(text: str, known: _Known) -> str:
    return _ID.sub(lambda found: known.titles.get(found[0], found[0]), text)


def _field(said: str) -> str:
    """What a log says of a changed field, in words: "year: 2018 (was 2008)" for
    "year: 2008 -> 2018".
    """
    name, _, values = said.partition(": ")
    old, arrow, new = values.partition(" -> ")
    if not arrow:
        return said
    was = "" if old == "none" else f" (was {old})"
    return f"{_FIELDS.get(name, name)}: {'emptied' if new == 'none' else new}{was}"
