"""Long lists a page at a time. A cursor is the sort key of the last item shown, so that it stays
valid whatever is added or removed meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from werkzeug.exceptions import BadRequest

Key = tuple[str | int, ...]
_T = TypeVar("_T")

USUAL_ITEMS, MOST_ITEMS = 100, 500
"""Items of one page of a list."""


def page_of(
    items: Iterable[_T], key: Callable[[_T], Key], cursor: str, limit: int
) -> tuple[list[_T], str | None]:
    """At most `limit` items after the cursor, by key, and the cursor of the next page.

    key: unique for each item, its parts of the same types for all. cursor: empty for the first
    page. The next cursor is None at the end.

    :raise 400: for a cursor that this list did not give.
    """
    ordered = sorted(items, key=key)
    if cursor and ordered:
        after = _decoded(cursor, tuple(type(part) for part in key(ordered[0])))
        ordered = [item for item in ordered if key(item) > after]
    shown = ordered[:limit]
    return shown, _encoded(key(shown[-1])) if len(ordered) > limit else None


def _encoded(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _decoded(cursor: str, types: tuple[type, ...]) -> Key:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or tuple(type(part) for part in found) != types:
        raise BadRequest("The cursor is none of this list: take it from 'next', or leave it out.")
    return tuple(found)
