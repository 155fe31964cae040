"""A form that was open while another curator changed what it shows.

A form sends along what it showed, a hidden `shown-NAME` beside each field, so that only what the
person changed in it is put into what stands there now. Fields are compared as they stand in a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.rows import audit
from index.rows.catalog import Catalog
from ingest.language_names import language_code
from ingest.records import Metadata
from web.curate.fields import metadata_of_form, typed

Fields = Mapping[str, str]
"""Names of fields, and what stands in them."""


class OvertakenError(Exception):
    """Another curator changed a field after the form was shown, and the person changed it too."""


def shown(form: Fields, now: Fields) -> dict[str, str]:
    """What the fields of `now` held when the form was shown. Where the form does not say, what they
    hold now.
    """
    return {name: form.get(f"shown-{name}", value) for name, value in now.items()}


def merged(form: Fields, now: Fields) -> dict[str, str]:
    """The fields as they are now, except that those the person changed hold what was typed."""
    before = shown(form, now)
    mine = _sent(form, now)
    return {name: mine[name] if _differ(mine[name], before[name]) else now[name] for name in now}


def changed_by_both(form: Fields, now: Fields) -> list[str]:
    """Names of the fields that the person and another curator changed, each to something else."""
    before, after = shown(form, now), merged(form, now)
    return [
        name for name in now if _differ(now[name], before[name]) and _differ(now[name], after[name])
    ]


def changed(form: Fields, now: Metadata) -> Metadata:
    """The details of a document as they are now, with what the person changed in its form. Fields
    that were left as they stood are not checked: an old link that breaks the rules keeps nobody
    from mending the title.

    Raises OvertakenError, and FieldsError as `metadata_of_form`.
    """
    there = typed(now)
    before, after = shown(form, there), merged(form, there)
    sent = _sent(form, there)
    stated = metadata_of_form({n: text for n, text in sent.items() if _differ(text, before[n])})
    if changed_by_both(form, there):
        raise OvertakenError
    mine = [name for name in there if after[name] != there[name]]
    return replace(now, **{name: getattr(stated, name) for name in mine})


def conflicts(catalog: Catalog, document_id: str, form: Fields, now: Fields) -> Fields:
    """By field that two people changed, a message that says who else changed it, and to what."""
    known, found = catalog.documents_by_id([now.get("replaces", "")]), {}
    for name in changed_by_both(form, now):
        who = audit.last_to_change(catalog.connection, document_id, name) or "somebody"
        value = known[now[name]].metadata.title if now[name] in known else now[name]
        done = f"changed this to “{', '.join(_lines(value))}”" if value else "emptied this"
        found[name] = f"{who} {done} meanwhile. Send it again to put yours in its place."
    return found


def _sent(form: Fields, now: Fields) -> dict[str, str]:
    """What was typed in the fields of `now`, a language's name as the code that a form shows."""
    typed_in = {name: form.get(name, "") for name in now}
    if "language" in typed_in:
        typed_in["language"] = language_code(typed_in["language"])
    return typed_in


def _differ(one: str, other: str) -> bool:
    return _lines(one) != _lines(other)


def _lines(value: str) -> list[str]:
    # Browsers end the lines of what they send with CR and LF.
    return [line.strip() for line in value.strip().splitlines()]
