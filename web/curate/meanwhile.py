"""A form that was open while another curator changed what it shows.

A form sends along what it showed, a hidden `shown-NAME` beside each field, so that only what the
person changed in it is put into what stands there now. Fields are compared as they stand in a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.rows import audit
from index.rows.catalog import Catalog
from ingest.records import Metadata
from web.curate.fields import metadata_of_form, typed

Fields = Mapping[str, str]
"""Names of fields, and what stands in them."""


class OvertakenError(Exception):
    """Another one changed a field of the form to something else since it was shown."""


def shown(form: Fields, now: Fields) -> dict[str, str]:
    """What the fields of `now` held when the form was shown; what they hold now where it says
    nothing of it.
    """
    return {name: form.get(f"shown-{name}", value) for name, value in now.items()}


def merged(form: Fields, now: Fields) -> dict[str, str]:
    """What stands there now, with what the person changed as it was typed."""
    before = shown(form, now)
    mine = {name: form.get(name, "") for name in now}
    return {name: mine[name] if _differ(mine[name], before[name]) else now[name] for name in now}


def of_both(form: Fields, now: Fields) -> list[str]:
    """Names of the fields that the person and another one changed, each to something else."""
    before, after = shown(form, now), merged(form, now)
    return [
        name for name in now if _differ(now[name], before[name]) and _differ(now[name], after[name])
    ]


def changed(form: Fields, now: Metadata) -> Metadata:
    """What is known of a document, with what the person changed in a form of all of it. A field
    that was left as it stood breaks no rule: a wrong link of long ago keeps no title from being
    mended.

    Raises OvertakenError, and FieldsError as `metadata_of_form`.
    """
    there = typed(now)
    before, after = shown(form, there), merged(form, there)
    sent = {name: form.get(name, "") for name in there}
    stated = metadata_of_form({n: text for n, text in sent.items() if _differ(text, before[n])})
    if of_both(form, there):
        raise OvertakenError
    mine = [name for name in there if after[name] != there[name]]
    return replace(now, **{name: getattr(stated, name) for name in mine})


def said(catalog: Catalog, document_id: str, form: Fields, now: Fields) -> Fields:
    """What is said at each field that two people changed: who else, and to what."""
    known, found = catalog.documents_by_id([now.get("replaces", "")]), {}
    for name in of_both(form, now):
        who = audit.last_to_change(catalog.connection, document_id, name) or "somebody"
        value = known[now[name]].metadata.title if now[name] in known else now[name]
        done = f"changed this to “{', '.join(_lines(value))}”" if value else "emptied this"
        found[name] = f"{who} {done} meanwhile. Send it again to put yours in its place."
    return found


def _differ(one: str, other: str) -> bool:
    return _lines(one) != _lines(other)


def _lines(value: str) -> list[str]:
    # Browsers end the lines of what they send with CR and LF.
    return [line.strip() for line in value.strip().splitlines()]
